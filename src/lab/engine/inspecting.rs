//! A closer look at what was said and at what is remembered. Nothing here changes a run.

use super::Engine;
use crate::lab::error::LabError;
use crate::lab::figures::SocietyFigures;
use crate::lab::message::{SpokenToken, UtteranceOf};
use crate::society::Interaction;

/// Alternatives told for each token.
const LIKELIEST: usize = 5;

impl Engine {
    /// The tokens of an utterance, each with its probability and the likeliest ones in its place,
    /// as the model behind the speaker gives them.
    ///
    /// # Errors
    /// [`LabError::Setting`] for an utterance that is not in the record, or an error of the model.
    pub async fn inspect(
        &self,
        interaction: u32,
        utterance: UtteranceOf,
    ) -> Result<Vec<SpokenToken>, LabError> {
        let record = self
            .society
            .as_ref()
            .map_or(&[][..], |society| society.simulation.record());
        let one = record.get(interaction as usize);
        let found = one.and_then(|one| self.utterance(one, utterance));
        let Some((prompt, text, mind)) = found else {
            return Err(LabError::Setting("nobody has said that yet".into()));
        };
        let mut tokens = self.tokenizer.encode(prompt);
        let begin = tokens.len();
        tokens.extend(self.tokenizer.encode(text));
        tokens.push(self.tokenizer.eos());
        let model = self.mind(mind);
        let most = model.config().max_position_embeddings;
        // A person may have said more than the model can read.
        tokens.truncate(most);
        let logits = model.logits(&tokens).await?;
        let spoken = (begin..tokens.len()).filter_map(|at| {
            let row = logits.get(at.checked_sub(1)?)?;
            Some(self.spoken(*tokens.get(at)?, row))
        });
        Ok(spoken.collect())
    }

    /// Prompt, text and mind of an utterance.
    fn utterance<'a>(
        &self,
        one: &'a Interaction,
        utterance: UtteranceOf,
    ) -> Option<(&'a str, &'a str, u8)> {
        match utterance {
            UtteranceOf::Draft => Some((&one.draft_prompt, &one.draft_answer, one.mind)),
            UtteranceOf::Revision => {
                let prompt = one.revision_prompt.as_deref()?;
                Some((prompt, &one.revised_answer, one.mind))
            }
            UtteranceOf::Critique(place) => {
                let critique = one.critiques.get(usize::from(place))?;
                let agents = self.society.as_ref()?.simulation.agents();
                let peer = agents.get(usize::from(critique.peer));
                let mind = peer.map_or(0, |peer| peer.mind);
                Some((&critique.prompt, &critique.text, mind))
            }
        }
    }

    fn spoken(&self, token: u32, logits: &[f32]) -> SpokenToken {
        let most = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let weights: Vec<f32> = logits.iter().map(|l| libm::expf(l - most)).collect();
        let total: f32 = weights.iter().sum();
        let probability = |id: usize| weights.get(id).map_or(0.0, |weight| weight / total);
        let mut order: Vec<usize> = (0..weights.len()).collect();
        order.sort_by(|one, other| {
            weights[*other]
                .total_cmp(&weights[*one])
                .then(one.cmp(other))
        });
        let name = |id: usize| {
            let word = u32::try_from(id)
                .ok()
                .and_then(|id| self.tokenizer.word(id));
            word.unwrap_or("?").to_owned()
        };
        let likeliest = order.into_iter().take(LIKELIEST);
        SpokenToken {
            token: name(token as usize),
            probability: probability(token as usize),
            likeliest: likeliest.map(|id| (name(id), probability(id))).collect(),
        }
    }

    /// The first rounds of the society in figures; none before anybody spoke.
    pub fn figures(&self, rounds: u16) -> Option<SocietyFigures> {
        let simulation = &self.society.as_ref()?.simulation;
        let record = simulation.record();
        let agents = simulation.agents();
        (!record.is_empty())
            .then(|| SocietyFigures::of(record, &agents, simulation.links(), rounds))
    }

    /// What somebody remembers now, as question and answer, in the order learnt.
    pub fn recollect(&self, agent: u16) -> Vec<(String, String)> {
        let society = self.society.as_ref();
        society.map_or_else(Vec::new, |society| society.simulation.memories(agent))
    }
}
