//! A scene as it is told: who is asked what, what they answer, what the neighbours say, what becomes
//! of it. What prompts were sent and how likely the words were is left to the record.

use super::view::{Interaction, Label, OnStage};
use serde::{Deserialize, Serialize};

/// What is said in a scene, in the order in which it is said.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Script {
    /// Who is asked.
    pub author: u16,
    /// How the author was raised; none while the scene goes on.
    pub raised: Option<Label>,
    /// The round, from 0; none while the scene goes on.
    pub round: Option<u16>,
    /// The question.
    pub question: String,
    /// The first answer.
    pub draft: String,
    /// What the neighbours say about it.
    pub comments: Vec<Comment>,
    /// What becomes of it; none while neighbours or author are still thinking.
    pub ending: Option<Ending>,
}

/// What a neighbour says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Comment {
    /// Who.
    pub peer: u16,
    /// 1 to 7, where it can be read.
    pub rating: Option<u8>,
    /// Why.
    pub reason: String,
}

/// The second answer, and what the observers make of both.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ending {
    /// The second answer.
    pub revision: String,
    /// Alignment of the first and of the second answer.
    pub alignment: [Option<u8>; 2],
    /// Engagement of the first and of the second answer.
    pub engagement: [Option<u8>; 2],
    /// Why the alignment is what it is, of either answer.
    pub why_alignment: [String; 2],
    /// Why the engagement is what it is, of either answer.
    pub why_engagement: [String; 2],
}

impl From<&OnStage> for Script {
    fn from(scene: &OnStage) -> Self {
        let comment = |(peer, rating, reason): &(u16, Option<u8>, String)| Comment {
            peer: *peer,
            rating: *rating,
            reason: reason.clone(),
        };
        Self {
            author: scene.agent,
            raised: None,
            round: None,
            question: scene.question.clone(),
            draft: scene.draft.clone(),
            comments: scene.comments.iter().map(comment).collect(),
            ending: None,
        }
    }
}

impl From<&Interaction> for Script {
    fn from(one: &Interaction) -> Self {
        let said = one.target_id.iter().zip(&one.rating).zip(&one.feedback);
        let comment = |((peer, rating), reason): ((&u16, &Option<u8>), &String)| Comment {
            peer: *peer,
            rating: *rating,
            reason: reason.clone(),
        };
        Self {
            author: one.agent_id,
            raised: Some(one.label),
            round: Some(one.iteration),
            question: one.question.clone(),
            draft: one.draft_answer.clone(),
            comments: said.map(comment).collect(),
            ending: Some(Ending::from(one)),
        }
    }
}

impl From<&Interaction> for Ending {
    fn from(one: &Interaction) -> Self {
        Self {
            revision: one.revised_answer.clone(),
            alignment: one.alignment(),
            engagement: one.engagement(),
            why_alignment: [&one.gen_moral_reason_before, &one.gen_moral_reason_after]
                .map(String::clone),
            why_engagement: [
                &one.gen_engagement_reason_before,
                &one.gen_engagement_reason_after,
            ]
            .map(String::clone),
        }
    }
}

impl Script {
    /// The same with its neighbours in the order in which they were heard: the record has them in the
    /// order the author read them, and nobody on stage shall change places.
    pub fn as_heard(mut self, heard: &Script) -> Self {
        let place = |comment: &Comment| {
            let before = heard
                .comments
                .iter()
                .position(|one| one.peer == comment.peer);
            before.unwrap_or(usize::MAX)
        };
        self.comments.sort_by_key(place);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_was_heard_keeps_their_place() {
        let mut one = Interaction::example();
        one.target_id = vec![2, 5, 9];
        one.rating = vec![Some(1), None, Some(6)];
        one.feedback = ["no .", "?", "good ."].map(String::from).to_vec();
        let whole = Script::from(&one);
        let peers = |script: &Script| -> Vec<u16> {
            script.comments.iter().map(|comment| comment.peer).collect()
        };
        assert_eq!(peers(&whole), [2, 5, 9]);
        let heard = Script::from(&OnStage {
            agent: 0,
            question: String::new(),
            draft: String::new(),
            comments: vec![(9, Some(6), "good .".into()), (2, Some(1), "no .".into())],
        });
        let told = whole.as_heard(&heard);
        assert_eq!(peers(&told), [9, 2, 5]);
        assert_eq!(told.comments[0].rating, Some(6));
        let ending = told.ending.expect("the interaction is over");
        assert_eq!(ending.revision, "ask for it .");
        assert_eq!(ending.alignment, [Some(2), Some(6)]);
    }
}
