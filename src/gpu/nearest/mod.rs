//! The memory nearest to a question: what comes to an agent's mind, for a whole society at once.
//!
//! A search is flat and plain, so that it goes to a device as it is: one embedding for every
//! question anybody knows, one list of question numbers for everything anybody remembers, agent
//! after agent, and the pairs of agent and question that are asked. The distance is the cosine
//! distance, 1 minus the product of two vectors of length 1.
//!
//! The twin in plain Rust says what is right and serves the CPU engine; a WebGPU kernel finds the
//! same on a card. It may sum in another order, so distances agree to about
//! a millionth, and of two memories closer together than that either may be found. Memories that
//! are equally near are told apart by their place alone, on both.

mod kernel;
#[cfg(all(test, feature = "cli"))]
mod tests;
mod twin;

pub(super) use kernel::Kernel;

use super::device::Site;
use super::error::GpuError;

/// No number of a vector of length 1 is larger, rounding included.
const MOST: f32 = 1.001;

/// What everybody remembers, and what is asked of whom.
#[derive(Clone, Copy, Debug)]
pub struct Search<'a> {
    /// Numbers in one embedding.
    pub width: usize,
    /// `[questions, width]`, each embedding of length 1, or all zero and so at distance 1 from
    /// every other.
    pub embeddings: &'a [f32],
    /// `[agents + 1]`: agent `a` remembers `memories[starts[a]..starts[a + 1]]`.
    pub starts: &'a [u32],
    /// The question number of every memory, agent after agent, in the order learnt.
    pub memories: &'a [u32],
    /// Agent and question number of every pair that is asked.
    pub asked: &'a [(u32, u32)],
}

/// The nearest memory of one asked pair.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Found {
    /// Its place among the agent's memories, from 0; the earliest among equals.
    pub place: u32,
    /// Cosine distance, 0 to 2; exactly 0 where the remembered question is the asked one.
    pub distance: f32,
}

/// The nearest memory for every asked pair, in the order asked; `None` for an agent that remembers
/// nothing. The kernel searches on a WebGPU device, the twin on the CPU.
///
/// # Errors
/// [`GpuError::Search`] for lists that do not fit together and for embeddings that are no vectors
/// of length 1, before anything goes to a device; [`GpuError::TooLarge`] if the device cannot hold
/// a list; [`GpuError::Failed`] if the device fails.
pub async fn find(site: &Site, search: &Search<'_>) -> Result<Vec<Option<Found>>, GpuError> {
    search.check()?;
    if search.asked.is_empty() {
        return Ok(Vec::new());
    }
    match site.card() {
        Some(webgpu) => kernel::find(webgpu, search).await,
        None => Ok(twin::find(search)),
    }
}

impl Search<'_> {
    /// Makes sure that no number points outside its list and that every distance is a number.
    fn check(&self) -> Result<(), GpuError> {
        let refused = |reason: String| Err(GpuError::Search { reason });
        if self.width == 0 && !self.embeddings.is_empty() {
            return refused("embeddings of width 0 hold numbers".into());
        }
        let questions = self.embeddings.len().checked_div(self.width).unwrap_or(0);
        if questions * self.width != self.embeddings.len() {
            return refused(format!(
                "{} numbers are no embeddings of width {}",
                self.embeddings.len(),
                self.width
            ));
        }
        // Written so that what is no number at all is caught too.
        let odd = |value: &&f32| !(-MOST..=MOST).contains(*value);
        if let Some(value) = self.embeddings.iter().find(odd) {
            return refused(format!(
                "an embedding holds {value}, which no vector of length 1 does"
            ));
        }
        let ascending = self.starts.is_sorted();
        let covered = (self.starts.first(), self.starts.last());
        if !ascending || covered != (Some(&0), Some(&(self.memories.len() as u32))) {
            return refused(format!(
                "the agents' shares do not divide {} memories",
                self.memories.len()
            ));
        }
        let agents = self.starts.len() - 1;
        let known = |question: u32| (question as usize) < questions;
        if let Some(memory) = self.memories.iter().find(|memory| !known(**memory)) {
            return refused(format!("memory of question {memory}, of {questions}"));
        }
        let meant = |(agent, question): (u32, u32)| (agent as usize) < agents && known(question);
        match self.asked.iter().find(|pair| !meant(**pair)) {
            Some((agent, question)) => refused(format!(
                "question {question} of {questions} is asked of agent {agent} of {agents}"
            )),
            None => Ok(()),
        }
    }
}
