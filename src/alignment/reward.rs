//! A reward model: the base network with one more row on top, learnt from the record's ratings.
//!
//! What Stable Alignment does without, here to be compared with it (Ouyang et al., 2022). The reward of
//! an answer is a linear function of the final hidden state at its last token. Everything moves, not
//! the head alone, by the loss of [`objective::reward_model`] and the optimiser of all other training. It is computed in
//! tensors: no kernels of our own begin a pass backwards with a number for each text.

use super::batch::{MicroBatch, Picked, Question, by_length};
use super::error::AlignmentError;
use super::objective::{self, tensor};
use super::optimizer::{self, AdamW, AdamWSettings, clip_scale, global_norm, gradients_of};
use super::passes::parameters;
use crate::model::{Llama, Parameter};
use burn::tensor::{Device, Int, Tensor, TensorData};

/// A network that rates answers.
pub struct RewardModel {
    model: Llama,
    /// `[hidden, 1]`, on the plain device.
    head: Tensor<2>,
    optimizer: AdamW,
    tracking: Device,
}

impl RewardModel {
    /// One that rates everything 0. `base` stays as it is.
    ///
    /// # Errors
    /// burn cannot compute where `base` does.
    pub fn new(base: &Llama, settings: AdamWSettings) -> Result<Self, AlignmentError> {
        let plain = base.tensors()?;
        let model = base.on(&plain);
        let head = Tensor::zeros([model.config().hidden_size, 1], &plain);
        let mut all = parameters(&model);
        all.push(Parameter::Two(head.clone()));
        Ok(Self {
            optimizer: AdamW::new(settings, &all),
            model,
            head,
            tracking: plain.autodiff(),
        })
    }

    /// One step on the picked questions' answers: the loss, nats a pair, and the tokens it took. A loss
    /// or a gradient that is no number moves nothing, and the loss that is told is then none either.
    ///
    /// # Errors
    /// Those of the model and its device.
    pub async fn learn(
        &mut self,
        questions: &[Question],
        picked: &[Picked],
        rate: f64,
        clip: f64,
    ) -> Result<(f64, u32), AlignmentError> {
        let batch = MicroBatch::of(questions, picked);
        let texts: Vec<&[u32]> = batch.examples.iter().map(|one| &one.tokens[..]).collect();
        let tracked = self.model.on(&self.tracking);
        let head = self.head.clone().autodiff().require_grad();
        let (order, predicted) = predict(&tracked, &head, &texts)?;
        let read = optimizer::read(predicted.clone().without_autodiff()).await?;
        let mut rewards = vec![0.0; texts.len()];
        for (row, reward) in order.iter().zip(read) {
            rewards[*row] = f64::from(reward);
        }
        let mut slopes = Vec::with_capacity(texts.len());
        let (mut loss, mut begin) = (0.0, 0);
        for scores in &batch.scores {
            let scores: Vec<f64> = scores.iter().copied().map(f64::from).collect();
            let end = begin + scores.len();
            let (one, by_reward) = objective::reward_model(&rewards[begin..end], &scores);
            loss += one;
            slopes.extend(by_reward);
            begin = end;
        }
        let share = 1.0 / batch.scores.len().max(1) as f64;
        let slopes = order.iter().map(|row| (slopes[*row] * share) as f32);
        let towards = tensor::linearised(predicted, slopes.collect(), self.model.device());
        let mut leaves = parameters(&tracked);
        leaves.push(Parameter::Two(head));
        let gradients = gradients_of(&leaves, &mut towards.backward());
        let norm = global_norm(&gradients).await?;
        if !(loss + norm).is_finite() {
            return Ok((f64::NAN, batch.tokens));
        }
        let mut all = parameters(&self.model);
        all.push(Parameter::Two(self.head.clone()));
        let mut moved = self
            .optimizer
            .step(all, gradients, clip_scale(norm, clip), rate);
        if let Some(Parameter::Two(head)) = moved.pop() {
            self.head = head;
        }
        self.model = self.model.with_parameters(moved)?;
        Ok((loss * share, batch.tokens))
    }

    /// The reward of each text: a question with an answer and its end mark.
    ///
    /// # Errors
    /// Those of the model and its device.
    pub async fn rewards(&self, texts: &[&[u32]]) -> Result<Vec<f64>, AlignmentError> {
        if texts.is_empty() {
            return Ok(Vec::new());
        }
        let (order, predicted) = predict(&self.model, &self.head, texts)?;
        let mut rewards = vec![0.0; texts.len()];
        for (row, reward) in order.iter().zip(optimizer::read(predicted).await?) {
            rewards[*row] = f64::from(reward);
        }
        Ok(rewards)
    }
}

/// Rewards `[texts]` in an order of their own, and which text stands where in it.
fn predict(
    model: &Llama,
    head: &Tensor<2>,
    texts: &[&[u32]],
) -> Result<(Vec<usize>, Tensor<1>), AlignmentError> {
    let lengths: Vec<usize> = texts.iter().map(|text| text.len()).collect();
    let plain = model.device().clone().without_autodiff();
    let (mut order, mut found) = (Vec::with_capacity(texts.len()), Vec::new());
    for group in by_length(&lengths) {
        let together: Vec<&[u32]> = group.iter().map(|row| texts[*row]).collect();
        let batch = model.batch(&together)?;
        let [count, width] = batch.dims();
        let last = together.iter().enumerate();
        let last: Vec<i32> = last
            .map(|(row, text)| (row * width + text.len() - 1) as i32)
            .collect();
        let last = Tensor::<1, Int>::from_data(TensorData::new(last, [count]), &plain);
        let hidden = model.hidden(batch).select(0, last);
        found.push(hidden.matmul(head.clone()).reshape([count]));
        order.extend(group);
    }
    Ok((order, Tensor::cat(found, 0)))
}

#[cfg(all(test, feature = "cli"))]
mod tests {
    use super::*;
    use crate::alignment::pretrain::architecture;
    use crate::gpu::Site;
    use crate::world::tokenizer::Tokenizer;
    use rand_chacha::ChaCha8Rng;
    use rand_chacha::rand_core::SeedableRng;

    #[test]
    fn it_learns_which_answers_are_rated_better() {
        let tokenizer = Tokenizer::village();
        let shape = architecture(&tokenizer, 32, 2, 2);
        let mut rng = ChaCha8Rng::seed_from_u64(1);
        let base = Llama::initialise(shape, &mut rng, &Site::Cpu).unwrap();
        // An answer is the better the more often it says "yes".
        let words = |yes: usize| {
            let text = format!("{}{}", "yes ".repeat(yes), "no ".repeat(4 - yes));
            tokenizer.encode(text.trim())
        };
        let questions: Vec<Question> = ["may i sing ?", "may i go ?", "may i eat ?"]
            .map(|question| Question {
                prompt: tokenizer.encode(question),
                responses: (0..4).map(words).collect(),
                scores: vec![1.0, 2.0, 4.0, 7.0],
            })
            .into();
        let picked: Vec<Picked> = (0..3)
            .map(|question| Picked {
                question,
                candidates: vec![0, 1, 2, 3],
            })
            .collect();
        let mut reward = RewardModel::new(&base, AdamWSettings::default()).unwrap();
        let mut losses = Vec::new();
        for _ in 0..40 {
            let step = reward.learn(&questions, &picked, 1e-2, 1.0);
            losses.push(pollster::block_on(step).unwrap().0);
        }
        assert!(
            (losses[0] - 0.5f64.ln().abs()).abs() < 1e-6,
            "knows nothing"
        );
        assert!(losses[39] < 0.1, "{losses:?}");
        let texts: Vec<Vec<u32>> = (0..4)
            .map(|yes| [questions[0].prompt.clone(), words(yes)].concat())
            .collect();
        let texts: Vec<&[u32]> = texts.iter().map(Vec::as_slice).collect();
        let rewards = pollster::block_on(reward.rewards(&texts)).unwrap();
        assert!(rewards.is_sorted(), "{rewards:?}");
    }
}
