//! What a person in somebody's seat is shown when it is their turn.

use super::feedback;
use super::round::Simulation;
use super::speaker::{Prompt, Purpose};
use serde::{Deserialize, Serialize};

/// A prompt as a person can read it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Asked {
    /// The prompt's id, to be returned with the words.
    pub prompt: u64,
    /// What is wanted.
    pub purpose: Purpose,
    /// In whose place.
    pub speaker: u16,
    /// Who was asked the question.
    pub author: u16,
    /// The question.
    pub question: String,
    /// The author's draft, where it is to be rated or revised.
    pub draft: Option<String>,
    /// What was said of the draft, where it is to be revised, in the order the author reads it.
    pub comments: Vec<(u16, Option<u8>, String)>,
    /// The rating the author is told.
    pub rating: Option<u8>,
}

impl Simulation {
    /// A pending prompt as a person can read it; none for a prompt that is not pending.
    pub fn asked(&self, prompt: &Prompt) -> Option<Asked> {
        let exchange = self.exchange(prompt.agent)?;
        let asked = Asked {
            prompt: prompt.id,
            purpose: prompt.purpose,
            speaker: prompt.speaker(),
            author: prompt.agent,
            question: self.library.question(exchange.question()).to_owned(),
            draft: None,
            comments: Vec::new(),
            rating: None,
        };
        let draft = Some(exchange.draft().to_owned());
        Some(match prompt.purpose {
            Purpose::Draft => asked,
            Purpose::Critique => Asked { draft, ..asked },
            Purpose::Revision => {
                let critiques = exchange.critiques();
                let said = critiques.iter();
                let told = self.config().score_only;
                Asked {
                    draft,
                    rating: Some(feedback::told_rating(critiques)),
                    comments: said
                        .map(|one| {
                            let reason = if told { "" } else { &one.reason };
                            (one.peer, one.rating, reason.to_owned())
                        })
                        .collect(),
                    ..asked
                }
            }
        })
    }
}
