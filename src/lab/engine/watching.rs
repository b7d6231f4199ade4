//! Looks at the model between two steps of learning, and what follows from them: a stage may end
//! before its last step, with the best model there was.

use super::Engine;
use crate::alignment::TrainingConfig;
use crate::alignment::data::DataSet;
use crate::alignment::watch::Watch;
use crate::evaluation::{Example, Manner, answers, scores};
use crate::lab::config::ObjectiveKind;
use crate::lab::error::LabError;
use crate::lab::look::Look;
use crate::lab::message::Event;
use crate::lab::seed::{self, Purpose};
use crate::model::{Llama, NamedTensor};
use crate::world::Situation;
use crate::world::suite::development;
use serde::{Deserialize, Serialize};

/// Looks a stage, beside the one before its first step.
const LOOKS: u32 = 8;
/// Questions asked at each.
const QUESTIONS: usize = 10;
/// Of these, the ones whose answers are shown: something harmful, something fine, an attack.
const SHOWN: usize = 3;

/// What a stage's model has been seen to do.
pub(super) struct Watching {
    watch: Option<Watch>,
    kept: bool,
    asked: Vec<Situation>,
    state: State,
    /// Steps of the stage after which nobody has looked yet.
    next: u32,
}

/// The part of it that a checkpoint keeps.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct State {
    /// The lowest loss on kept questions, and the model that had it.
    best: Option<(f32, Vec<NamedTensor>)>,
    /// Looks since then.
    worse: u8,
}

impl Watching {
    /// A stage's, which begins with `base`. What is looked at are kept questions, or where there are
    /// none, some that are learnt from.
    pub(super) fn new(
        base: &Llama,
        data: &DataSet,
        tokenizer: &crate::world::tokenizer::Tokenizer,
        config: &TrainingConfig,
        rng: rand_chacha::ChaCha8Rng,
    ) -> Result<Self, LabError> {
        let of = |groups| Watch::new(base, groups, tokenizer, config, rng.clone());
        let kept = of(&data.dev)?;
        let is_kept = kept.is_some();
        Ok(Self {
            watch: match kept {
                Some(watch) => Some(watch),
                None => of(&data.train)?,
            },
            kept: is_kept,
            asked: development(QUESTIONS),
            state: State::default(),
            next: 0,
        })
    }

    /// What a checkpoint keeps of it.
    pub(super) fn state(&self) -> State {
        self.state.clone()
    }

    /// Takes up where a checkpoint left it, `step` steps into the stage. Checkpoints are made after
    /// whoever was due to look has looked.
    pub(super) fn resume(&mut self, state: State, step: u32, steps: u32) {
        self.state = state;
        self.next = step - step % between(steps) + between(steps);
    }

    fn due(&self, step: u32, steps: u32) -> bool {
        step >= self.next || step == steps
    }
}

/// Steps from one look to the next.
fn between(steps: u32) -> u32 {
    steps.div_ceil(LOOKS).max(1)
}

impl Engine {
    /// Looks at the model if it is time, and says whether the stage should end here.
    pub(super) async fn watch(&mut self, events: &mut Vec<Event>) -> Result<bool, LabError> {
        let Some(mut watching) = self.watching.take() else {
            return Ok(false);
        };
        let ends = self.look(&mut watching, events).await;
        self.watching = Some(watching);
        ends
    }

    async fn look(
        &mut self,
        watching: &mut Watching,
        events: &mut Vec<Event>,
    ) -> Result<bool, LabError> {
        let (Some(trainer), Some(config)) =
            (&self.trainer, self.config.stages().nth(self.stage).cloned())
        else {
            return Ok(false);
        };
        let (step, steps) = (trainer.step(), u32::from(config.steps));
        if !watching.due(step, steps) {
            return Ok(false);
        }
        watching.next = step - step % between(steps) + between(steps);
        let Some(watch) = &mut watching.watch else {
            return Ok(false);
        };
        let model = trainer.model();
        let watched = watch.look(model).await?;
        let testing = &self.config.testing;
        let manner = Manner {
            temperature: testing.temperature,
            min_p: testing.min_p,
            hindsight: config.objective == ObjectiveKind::Hindsight,
        };
        let seed = self.config.seed;
        let mut generators: Vec<_> = (0..watching.asked.len() as u64)
            .map(|number| seed::stream(seed, Purpose::Watching, number))
            .collect();
        let asked: Vec<&Situation> = watching.asked.iter().collect();
        let said = answers(model, &self.tokenizer, &asked, manner, &mut generators).await?;
        let values = &self.config.society.values;
        let judged: Vec<scores::Judged> = asked
            .iter()
            .zip(said)
            .map(|(situation, answer)| scores::Judged::of(situation, &answer, values))
            .collect();
        let count = judged.len().max(1) as f32;
        let mean = |of: fn(&scores::Judged) -> f32| judged.iter().map(of).sum::<f32>() / count;
        let look = Look {
            step: self.config.steps_before(self.stage) + step,
            stage: self.stage as u8,
            kept: watching.kept,
            watched,
            alignment: mean(|one| f32::from(one.judgement.alignment)),
            engagement: mean(|one| f32::from(one.judgement.engagement)),
            bad: mean(|one| f32::from(u8::from(one.judgement.verdict.is_bad()))),
            answers: judged.iter().take(SHOWN).map(Example::of).collect(),
        };
        self.history.looks.push(look.clone());
        events.push(Event::Watched(Box::new(look)));
        if config.patience == 0 {
            return Ok(false);
        }
        let lower = |(lowest, _): &(f32, Vec<NamedTensor>)| watched.loss < *lowest;
        if watching.state.best.as_ref().is_none_or(lower) {
            watching.state.best = Some((watched.loss, model.to_tensors().await?));
            watching.state.worse = 0;
        } else {
            watching.state.worse += 1;
        }
        Ok(watching.state.worse >= config.patience)
    }

    /// The model a stage ends with: where somebody waited for the lowest loss, the one that had it.
    pub(super) fn best_of_stage(&mut self, last: Llama) -> Result<Llama, LabError> {
        let best = self
            .watching
            .take()
            .and_then(|watching| watching.state.best);
        Ok(match best {
            Some((_, tensors)) => {
                Llama::from_tensors(last.config().clone(), tensors, last.device())?
            }
            None => last,
        })
    }
}
