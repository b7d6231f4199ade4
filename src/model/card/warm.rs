//! Kernels that are compiled before anybody waits for them: those of a training step and of writing.
//!
//! Compiling takes longer than the first step itself, and a visitor reads before pressing Run. Work is written down as
//! for texts that say nothing, and instead of handing it over its kernels are compiled, one at each call, so that
//! whatever else there is to do comes in between.

use super::Card;
use super::backward::Seeking;
use super::batch::Batch;
use super::forward::Keeping;
use crate::gpu::adamw::{self, Step};
use crate::gpu::attention::share;
use crate::gpu::contrast::{Answer, Group, Pushing, Rule, contrast};
use crate::gpu::likelihood::Given;
use crate::gpu::memory::{Place, Script, Shelf};
use crate::gpu::sample::{Choosing, sample};
use crate::model::error::ModelError;
use crate::model::plain::pass::Text;

/// Texts at work: as many as fill the largest tiles, some, and a last one; kernels differ by that.
const COUNTS: [usize; 3] = [40, 8, 1];

impl Card {
    /// Compiles one kernel that answering or learning will need; whether there was one left. Nothing is computed.
    ///
    /// # Errors
    /// The device refuses it, or was lost.
    pub async fn warm(&self) -> Result<bool, ModelError> {
        Ok(self.writing().compile_one(&self.webgpu).await?
            || self.learning().compile_one(&self.webgpu).await?)
    }

    fn writing(&self) -> Script {
        let (mut script, mut shelf) = (Script::default(), Shelf::default());
        let (webgpu, row) = (&*self.webgpu, self.layout.row);
        let blocks = self.layout.blocks.iter();
        let rows: Vec<Place> = blocks.map(|_| shelf.place(2 * COUNTS[0] * row)).collect();
        let choosing = Choosing {
            temperature: 1.0,
            top_k: 0,
            min_p: 0.0,
        };
        for count in COUNTS {
            // A prompt of two tokens at each place, and then one more.
            for tokens in [&[0; 2][..], &[0]] {
                let mut batch = Batch::default();
                for place in 0..count {
                    batch.push(tokens, 2 - tokens.len(), 2 * place);
                    batch.asked.push(batch.tokens.len() as u32 - 1);
                }
                let keeping = Keeping::Rows(&rows);
                let trace = self.forward(&mut script, &mut shelf, &batch, keeping);
                let random = script.note([0]);
                let words = self.config.vocab_size;
                let logits = (trace.likelihood.logits, count, words);
                let to = shelf.place(4 * count);
                sample(webgpu, &mut script, logits, random, choosing, to);
                if let (Some(layer), Some(first)) = (trace.layers.first(), rows.first()) {
                    let blocks = (*first, 0, 1);
                    share(webgpu, &mut script, &layer.attention, &[[0, 1, 1]], blocks);
                }
            }
        }
        script
    }

    fn learning(&self) -> Script {
        let (mut script, mut shelf) = (Script::default(), Shelf::default());
        let webgpu = &*self.webgpu;
        let text = Text {
            tokens: &[0, 0],
            asked: 1,
        };
        let texts = [text; COUNTS[0]];
        let batch = Batch::of(&texts);
        let trace = self.forward(&mut script, &mut shelf, &batch, Keeping::All);
        let rule = Rule {
            pushing: Pushing::EachPair,
            weight: 0.0,
            share: 0.0,
        };
        let answer = Answer {
            tokens: 1,
            own: 0.0,
            asked: 0.0,
        };
        let group = Group {
            best: 0,
            answers: vec![answer; texts.len()],
        };
        let known = trace.likelihood.known;
        contrast(webgpu, &mut script, (rule, &[group]), known);
        let (read, given) = ((&batch, &trace), Given::Beside);
        self.backward(&mut script, &mut shelf, read, given, Seeking::Weights);
        let step = Step {
            keep: 1.0,
            beta1: 0.0,
            rest1: 0.0,
            beta2: 0.0,
            rest2: 0.0,
            step_size: 0.0,
            root_correction: 0.0,
            epsilon: 0.0,
            clip: 0.0,
        };
        let count = self.layout.count;
        adamw::step(webgpu, &mut script, &mut shelf, count, &step);
        script
    }
}
