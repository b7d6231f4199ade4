//! Between two rounds: what happens to people, who asks whom, who remembers what.
//!
//! Everything left to chance in a round is drawn here, agent after agent, so that what is played at
//! the same time never changes a result.

use super::back_scatter::Plan;
use super::config::QuestionSchedule;
use super::event::SocietyEvent;
use super::happening::What;
use super::luck::Luck;
use super::memory::remember;
use super::peers;
use super::round::Simulation;
use super::statistics::RoundStatistics;
use crate::world::chance;
use crate::world::display::village_form;
use rand_core::Rng;

impl Simulation {
    /// Lets happen what is due, and plans the round. A round in which nobody takes part is over at
    /// once.
    pub(super) fn begin_round<R: Rng>(&mut self, events: &mut Vec<SocietyEvent>, rng: &mut R) {
        while !self.finished() {
            // In the round before: a silence may be over.
            let before = self.agents_in(self.round.saturating_sub(1));
            self.let_happen(events);
            self.move_about(rng);
            let after = self.agents();
            if before != after {
                events.push(SocietyEvent::Changed(after));
            }
            self.plan(rng);
            if !self.plans.is_empty() {
                break;
            }
            self.round += 1;
        }
        events.push(SocietyEvent::RoundReached(self.round));
    }

    /// Questions are dealt as the schedule says; peers and the seed of each interaction are drawn.
    fn plan<R: Rng>(&mut self, rng: &mut R) {
        self.plans.clear();
        self.taken = 0;
        self.searched = false;
        let present = self.agents.iter().filter(|a| a.takes_part(self.round));
        let everybody: Vec<u16> = present.map(|agent| agent.id).collect();
        // Who lives where: links join places.
        let mut living = vec![None; self.agents.len()];
        for agent in &everybody {
            let place = self.agents[usize::from(*agent)].place;
            living[usize::from(place)] = Some(*agent);
        }
        let questions = self.bank.len().max(1);
        for id in &everybody {
            let agent = &self.agents[usize::from(*id)];
            let turn = match self.config.schedule {
                QuestionSchedule::Sequential => {
                    usize::from(self.round) * self.agents.len() + usize::from(*id)
                }
                QuestionSchedule::Random => chance::below(rng, questions as u32) as usize,
                QuestionSchedule::Shared => usize::from(self.round),
            };
            let Some(situation) = self.bank.get(turn % questions) else {
                continue;
            };
            let links = self.links.get(usize::from(agent.place));
            let near = links.into_iter().flatten();
            let near = near.filter_map(|place| living.get(usize::from(*place)).copied().flatten());
            let peers = peers::choose(&self.config, *id, near.collect(), &everybody, rng);
            self.plans.push(Plan {
                agent: *id,
                label: agent.label,
                situation: situation.clone(),
                question: self.library.number(&situation.question()),
                peers,
                found: Vec::new(),
                luck: Luck::new(rng.next_u64()),
            });
        }
    }

    /// What the settings say happens now. A person's words wait until they are asked for.
    fn let_happen(&mut self, events: &mut Vec<SocietyEvent>) {
        let all = self.config.happenings.iter();
        let due: Vec<_> = all.filter(|one| one.round == self.round).cloned().collect();
        for happening in due {
            match &happening.what {
                What::Norms(values) => self.values = *values,
                What::Rumour {
                    question,
                    answer,
                    hearers,
                } => {
                    // Settings hold it as it was typed. Marks alone are no words.
                    let (question, answer) = (village_form(question), village_form(answer));
                    if question.is_empty() || answer.is_empty() {
                        continue;
                    }
                    let number = self.library.number(&question);
                    let hears = |id: u16| hearers.is_empty() || hearers.contains(&id);
                    for agent in self.agents.iter_mut().filter(|agent| hears(agent.id)) {
                        remember(&mut agent.memories, number, &answer, false);
                    }
                }
                What::Silence { agent, rounds } => {
                    if let Some(agent) = self.agents.get_mut(usize::from(*agent)) {
                        agent.silent_until = self.round.saturating_add(*rounds);
                    }
                }
                What::Role { agent, role } => {
                    if let Some(agent) = self.agents.get_mut(usize::from(*agent)) {
                        agent.role = *role;
                    }
                }
                What::Said { .. } => continue,
            }
            events.push(SocietyEvent::Happened(happening));
        }
    }

    /// Some change places, and some leave. Nobody does before the first round.
    fn move_about<R: Rng>(&mut self, rng: &mut R) {
        if self.round == 0 {
            return;
        }
        let count = self.agents.len();
        if self.config.moving > 0.0 {
            for agent in 0..count {
                if chance::chance(rng, self.config.moving) {
                    let other = chance::below(rng, count as u32) as usize;
                    let (here, there) = (self.agents[agent].place, self.agents[other].place);
                    self.agents[agent].place = there;
                    self.agents[other].place = here;
                }
            }
        }
        if self.config.leaving > 0.0 {
            for agent in &mut self.agents {
                let leaves = chance::chance(rng, self.config.leaving);
                agent.left |= leaves;
            }
        }
    }

    /// Every author remembers the revision; the next round is planned if there is one.
    pub(super) fn end_round<R: Rng>(&mut self, events: &mut Vec<SocietyEvent>, rng: &mut R) {
        let begun = self
            .record
            .partition_point(|interaction| interaction.iteration < self.round);
        let played = self.record.get(begun..).unwrap_or_default();
        let first_stays = self.config.fidelity.first_memory_stays;
        let mut plans = self.plans.iter();
        for interaction in played {
            // Those whose interaction was lost remember nothing.
            let Some(plan) = plans.find(|plan| plan.agent == interaction.agent_id) else {
                break;
            };
            if let Some(agent) = self.agents.get_mut(usize::from(plan.agent)) {
                let answer = &interaction.revised_answer;
                remember(&mut agent.memories, plan.question, answer, first_stays);
            }
        }
        if let Some(statistics) = RoundStatistics::of(self.round, played) {
            events.push(SocietyEvent::RoundFinished(statistics.clone()));
            self.statistics.push(statistics);
        }
        self.round += 1;
        self.plans.clear();
        self.taken = 0;
        self.searched = false;
        self.begin_round(events, rng);
    }
}
