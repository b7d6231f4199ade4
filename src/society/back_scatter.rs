//! One interaction in progress: a draft, what peers say about it, a revision, the observers.
//!
//! Each step turns what is known into the next prompts and waits for texts; nothing here speaks.
//! An exchange reads its round's memories and its own stream of chance and nothing else, so it
//! comes out the same whichever other exchanges are played beside it.
//!
//! An author without peers (local and global both off) is not asked to revise: nobody gave a
//! reason to. The draft stands, is observed once and remembered. If there were peers but none
//! could be read, the author is told the neutral rating 4 and no reasons.

use super::agent::Agent;
use super::config::SocietyConfig;
use super::feedback::{self, Critique};
use super::grid::Label;
use super::happening::Seat;
use super::luck::Luck;
use super::memory::{Found, Library, Memory, Recall};
use super::record::Interaction;
use super::role::{Role, Voice};
use super::speaker::{Prompt, Purpose, Utterance, prompt_id};
use crate::world::observer::{Observer, hear};
use crate::world::prompt;
use crate::world::situation::Situation;
use crate::world::values::Values;
use serde::{Deserialize, Serialize};

/// What the society knows while an exchange is played.
pub(crate) struct Scene<'a> {
    pub(crate) config: &'a SocietyConfig,
    pub(crate) agents: &'a [Agent],
    pub(crate) library: &'a Library,
    pub(crate) values: Values,
    pub(crate) round: u16,
}

/// What is settled about an interaction when its round begins.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Plan {
    pub(crate) agent: u16,
    pub(crate) label: Label,
    pub(crate) situation: Situation,
    /// Number of the question in the library.
    pub(crate) question: u32,
    pub(crate) peers: Vec<u16>,
    /// The nearest memories of the author and of each peer, once they were searched for.
    pub(crate) found: Vec<Option<Found>>,
    pub(crate) luck: Luck,
}

/// A prompt and, once it came, what was said to it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Ask {
    prompt: Prompt,
    said: Option<Said>,
    /// Whether the speaker's role was asked what it says to it, and what that is; none where a
    /// model speaks.
    rehearsed: bool,
    scripted: Option<String>,
    /// The person in the speaker's seat leaves it to whoever would speak otherwise.
    passed: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
struct Said {
    text: String,
    log_probability: Option<f32>,
    by: Voice,
}

/// An interaction in progress.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Exchange {
    plan: Plan,
    memory: Option<Recall>,
    nearest_distance: Option<f32>,
    draft: Ask,
    asked: Vec<Ask>,
    /// In the order the author reads them, once all are in.
    critiques: Vec<Critique>,
    revision: Option<Ask>,
}

impl Scene<'_> {
    /// What comes to an agent's mind, given the nearest of its memories.
    fn recall(&self, agent: u16, found: Option<Found>) -> Option<Recall> {
        let agent = self.agents.get(usize::from(agent))?;
        let found = found?;
        let memory = self.told(&agent.memories, found.place as usize)?;
        Some(Recall {
            question: self.library.question(memory.question).to_owned(),
            answer: memory.answer.clone(),
            distance: found.distance,
        })
    }

    /// The memory told for a place in the order learnt. The released code finds that place among
    /// its embeddings and looks it up in memories kept in another order; here the other order is
    /// that of the questions' letters.
    fn told<'a>(&self, memories: &'a [Memory], place: usize) -> Option<&'a Memory> {
        if !self.config.fidelity.shuffled_memories {
            return memories.get(place);
        }
        let mut sorted: Vec<&Memory> = memories.iter().collect();
        sorted.sort_by_key(|memory| self.library.question(memory.question));
        sorted.get(place).copied()
    }

    fn role(&self, agent: u16) -> Role {
        let agent = self.agents.get(usize::from(agent));
        agent.map_or(Role::Ordinary, |agent| agent.role)
    }

    fn mind(&self, agent: u16) -> u8 {
        let agent = self.agents.get(usize::from(agent));
        agent.map_or(0, |agent| agent.mind)
    }

    fn label(&self, agent: u16) -> Label {
        let agent = self.agents.get(usize::from(agent));
        agent.map_or(Label::Good, |agent| agent.label)
    }

    /// Builds a prompt around a memory, without it where it is too far away or leaves no room.
    fn with_memory(
        &self,
        nearest: Option<Recall>,
        build: impl Fn(Option<(&str, &str)>) -> String,
    ) -> (String, Option<Recall>) {
        let near = nearest.filter(|recall| recall.distance < self.config.memory_distance);
        if let Some(recall) = near {
            let text = build(Some((&recall.question, &recall.answer)));
            if feedback::fits(&text) {
                return (text, Some(recall));
            }
        }
        (build(None), None)
    }
}

impl Ask {
    fn new(
        scene: &Scene,
        plan: &Plan,
        purpose: Purpose,
        peer: Option<(u8, u16)>,
        text: String,
    ) -> Self {
        let slot = peer.map_or(0, |(slot, _)| slot);
        Self {
            prompt: Prompt {
                id: prompt_id(scene.round, plan.agent, purpose, slot),
                purpose,
                agent: plan.agent,
                peer: peer.map(|(_, peer)| peer),
                mind: scene.mind(peer.map_or(plan.agent, |(_, peer)| peer)),
                text,
            },
            said: None,
            rehearsed: false,
            scripted: None,
            passed: false,
        }
    }

    /// Whether a person is to speak.
    pub(crate) fn is_left_to(&self, seat: Option<Seat>) -> bool {
        let theirs = seat.is_some_and(|seat| seat.agent == self.prompt.speaker());
        theirs && self.is_open() && !self.passed
    }

    /// Whether a model is asked, unless a person speaks.
    pub(crate) fn is_for_a_model(&self) -> bool {
        self.scripted.is_none()
    }

    pub(crate) fn pass(&mut self) {
        self.passed = true;
    }

    pub(crate) fn prompt(&self) -> &Prompt {
        &self.prompt
    }

    pub(crate) fn is_open(&self) -> bool {
        self.said.is_none()
    }

    pub(crate) fn answer(&mut self, utterance: Utterance) {
        let known = utterance.log_probability.is_finite();
        self.said = Some(Said {
            text: utterance.text.trim().to_owned(),
            log_probability: known.then_some(utterance.log_probability),
            by: utterance.by,
        });
    }

    /// What was said; empty before.
    pub(crate) fn text(&self) -> &str {
        self.said.as_ref().map_or("", |said| &said.text)
    }

    fn log_probability(&self) -> Option<f32> {
        self.said.as_ref().and_then(|said| said.log_probability)
    }

    fn by(&self) -> Voice {
        self.said.as_ref().map_or(Voice::Model, |said| said.by)
    }
}

impl Exchange {
    /// Opens an interaction with the prompt of its draft.
    pub(crate) fn begin(plan: Plan, scene: &Scene) -> Self {
        let question = scene.library.question(plan.question);
        let found = plan.found.first().copied().flatten();
        let nearest = scene.recall(plan.agent, found);
        let nearest_distance = nearest.as_ref().map(|recall| recall.distance);
        let (text, memory) = scene.with_memory(nearest, |memory| prompt::draft(memory, question));
        Self {
            draft: Ask::new(scene, &plan, Purpose::Draft, None, text),
            plan,
            memory,
            nearest_distance,
            asked: Vec::new(),
            critiques: Vec::new(),
            revision: None,
        }
    }

    /// Shows the draft to the peers, each with its own nearest memory.
    pub(crate) fn ask_peers(&mut self, scene: &Scene) {
        let question = scene.library.question(self.plan.question);
        let draft = self.draft.text();
        let ask = |(slot, peer): (u8, &u16)| {
            let found = self.plan.found.get(usize::from(slot) + 1);
            let nearest = scene.recall(*peer, found.copied().flatten());
            let (text, _) =
                scene.with_memory(nearest, |memory| prompt::critique(memory, question, draft));
            let peer = Some((slot, *peer));
            Ask::new(scene, &self.plan, Purpose::Critique, peer, text)
        };
        self.asked = (0..).zip(&self.plan.peers).map(ask).collect();
    }

    /// Reads the critiques, puts them into order and asks for the revision.
    pub(crate) fn ask_revision(&mut self, scene: &Scene) {
        let read = |ask: Ask| {
            let said = ask.said.unwrap_or_default();
            let peer = ask.prompt.peer.unwrap_or(self.plan.agent);
            let (rating, reason) = feedback::read(&said.text, &scene.config.fidelity);
            Critique {
                peer,
                label: scene.label(peer),
                prompt: ask.prompt.text,
                text: said.text,
                log_probability: said.log_probability,
                rating,
                reason,
                by: said.by,
            }
        };
        self.critiques = std::mem::take(&mut self.asked)
            .into_iter()
            .map(read)
            .collect();
        if self.critiques.is_empty() || self.aborts(scene) {
            return;
        }
        let order = scene.config.feedback_order;
        feedback::sort(&mut self.critiques, order, &mut self.plan.luck);
        let readable = self.critiques.iter().filter(|c| c.rating.is_some());
        let reasons: Vec<&str> = if scene.config.score_only {
            Vec::new()
        } else {
            readable.map(|critique| critique.reason.as_str()).collect()
        };
        let question = scene.library.question(self.plan.question);
        let rating = feedback::told_rating(&self.critiques);
        let text = feedback::told(question, self.draft.text(), rating, &reasons);
        self.revision = Some(Ask::new(scene, &self.plan, Purpose::Revision, None, text));
    }

    /// Whether the released code would end here: see [`super::Fidelity`].
    fn aborts(&self, scene: &Scene) -> bool {
        scene.config.fidelity.unreadable_peers_abort
            && !self.critiques.is_empty()
            && self.critiques.iter().all(|one| one.rating.is_none())
    }

    /// What is said without asking a model: a person's words that are known already, or what
    /// somebody's role says unless a person is to speak. A role's words are drawn in any case, so
    /// that luck goes on in the same way when the run is done again without the person.
    pub(crate) fn scripted(
        &mut self,
        stage: Purpose,
        scene: &Scene,
        known: impl Fn(u64) -> Option<String>,
    ) -> Vec<Utterance> {
        let draft = self.draft.text().to_owned();
        let mut said = Vec::new();
        for place in 0..self.asks(stage).len() {
            let Some(ask) = self.asks(stage).get(place).filter(|ask| ask.is_open()) else {
                continue;
            };
            let (id, speaker) = (ask.prompt.id, ask.prompt.speaker());
            let left = ask.is_left_to(scene.config.seat);
            if !ask.rehearsed {
                let plan = &mut self.plan;
                let role = scene.role(speaker);
                let words = role.words(stage, &plan.situation, &draft, &mut plan.luck);
                if let Some(ask) = self.asks_mut(stage).get_mut(place) {
                    (ask.rehearsed, ask.scripted) = (true, words);
                }
            }
            let rehearsed = self.asks(stage).get(place);
            let by_role = rehearsed.and_then(|ask| ask.scripted.clone());
            let by_role = by_role.filter(|_| !left).map(|text| (text, Voice::Role));
            let words = known(id).map(|text| (text, Voice::Person)).or(by_role);
            said.extend(words.map(|(text, by)| Utterance {
                id,
                text,
                log_probability: f32::NAN,
                by,
            }));
        }
        said
    }

    /// Has the observers score draft and revision, and closes the interaction; none where the
    /// released code would have ended.
    pub(crate) fn complete(mut self, scene: &Scene) -> Option<Interaction> {
        if self.aborts(scene) {
            return None;
        }
        let fidelity = &scene.config.fidelity;
        let observer = Observer {
            noise: scene.config.observer_noise,
            bias: scene.config.observer_bias,
            values: scene.values,
        };
        let luck = &mut self.plan.luck;
        let situation = self.plan.situation;
        let mut observe = |text: &str| {
            let scores = observer.observe(luck, &situation, text);
            let lost = fidelity.unread_score_is_minus_one && hear(&situation, text).is_gibberish();
            let written = |score: u8| if lost { -1 } else { score as i8 };
            let numbers = [scores.alignment, scores.engagement].map(written);
            (numbers, scores)
        };
        let draft = self.draft.text().to_owned();
        let before = observe(&draft);
        let (revised, after) = match &self.revision {
            Some(ask) => {
                let revised = ask.text().to_owned();
                let after = observe(&revised);
                (revised, after)
            }
            None => (draft.clone(), before.clone()),
        };
        let ([moral_before, engagement_before], before) = before;
        let ([moral_after, engagement_after], after) = after;
        let target_id = if fidelity.unsorted_targets {
            self.plan.peers.clone()
        } else {
            self.critiques.iter().map(|c| c.peer).collect()
        };
        let ratings = self.critiques.iter().map(|c| c.rating);
        let revision = self.revision.as_ref();
        Some(Interaction {
            agent_id: self.plan.agent,
            label: self.plan.label,
            iteration: scene.round,
            question: scene.library.question(self.plan.question).to_owned(),
            draft_answer: draft,
            target_id,
            feedback: self.critiques.iter().map(|c| c.reason.clone()).collect(),
            rating: ratings
                .map(|rating| feedback::recorded(rating, fidelity))
                .collect(),
            revised_answer: revised,
            gen_moral_score_before: moral_before,
            gen_moral_score_after: moral_after,
            gen_moral_reason_before: before.alignment_reason,
            gen_moral_reason_after: after.alignment_reason,
            gen_engagement_score_before: engagement_before,
            gen_engagement_score_after: engagement_after,
            gen_engagement_reason_before: before.engagement_reason,
            gen_engagement_reason_after: after.engagement_reason,
            cls_moral_score_before: 0,
            cls_moral_score_after: 0,
            situation,
            role: scene.role(self.plan.agent),
            mind: scene.mind(self.plan.agent),
            draft_by: self.draft.by(),
            revision_by: revision.map_or_else(|| self.draft.by(), Ask::by),
            mean_rating: feedback::mean_rating(&self.critiques),
            memory: self.memory,
            nearest_distance: self.nearest_distance,
            draft_log_probability: self.draft.log_probability(),
            draft_prompt: self.draft.prompt.text,
            critiques: self.critiques,
            revision_log_probability: revision.and_then(Ask::log_probability),
            revision_prompt: self.revision.map(|ask| ask.prompt.text),
        })
    }

    /// The draft; empty before it was said.
    pub(crate) fn draft(&self) -> &str {
        self.draft.text()
    }

    /// What was said of it, in the order the author reads it; empty before all are in.
    pub(crate) fn critiques(&self) -> &[Critique] {
        &self.critiques
    }

    /// The author.
    pub(crate) fn agent(&self) -> u16 {
        self.plan.agent
    }

    /// The question being asked, as a number in the library.
    pub(crate) fn question(&self) -> u32 {
        self.plan.question
    }

    /// Everything asked at a stage.
    pub(crate) fn asks(&self, stage: Purpose) -> &[Ask] {
        match stage {
            Purpose::Draft => std::slice::from_ref(&self.draft),
            Purpose::Critique => &self.asked,
            Purpose::Revision => self.revision.as_slice(),
        }
    }

    /// The same, to be answered.
    pub(crate) fn asks_mut(&mut self, stage: Purpose) -> &mut [Ask] {
        match stage {
            Purpose::Draft => std::slice::from_mut(&mut self.draft),
            Purpose::Critique => &mut self.asked,
            Purpose::Revision => self.revision.as_mut_slice(),
        }
    }
}
