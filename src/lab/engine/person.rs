//! What comes from outside while a run is on: a person's words in a seat, and happenings.

use super::Engine;
use crate::lab::error::LabError;
use crate::lab::message::Event;
use crate::society::{Happening, Prompt, Purpose, Utterance, Voice, What};
use crate::world::display::village_form;
use crate::world::prompt::format_critique;

impl Engine {
    /// Asks the person for words; the run waits until they come or are passed over. How long a
    /// person may think is for whoever shows the question to decide.
    pub(super) fn ask_person(&mut self, prompt: &Prompt, events: &mut Vec<Event>) {
        let simulation = self.society.as_ref().map(|society| &society.simulation);
        if let Some(asked) = simulation.and_then(|simulation| simulation.asked(prompt)) {
            self.waiting = true;
            events.push(Event::Waiting(Some(Box::new(asked))));
        }
    }

    /// A person's words to a prompt, with the rating where a draft is rated. They become part of the
    /// run.
    ///
    /// # Errors
    /// [`LabError::Setting`] where a rating is missing or the words are too many, [`LabError::NotNow`]
    /// where nothing of that kind is waited for.
    pub async fn say(
        &mut self,
        prompt: u64,
        rating: Option<u8>,
        text: &str,
        events: &mut Vec<Event>,
    ) -> Result<(), LabError> {
        let phase = self.phase.name();
        let not_now = || LabError::NotNow {
            command: "saying something",
            phase,
        };
        let society = self.society.as_mut().ok_or_else(not_now)?;
        let pending = society.simulation.pending();
        let asked = pending.iter().find(|one| one.id == prompt);
        let asked = asked.ok_or_else(not_now)?;
        let words = village_form(text);
        let text = match (asked.purpose, rating) {
            (Purpose::Critique, Some(rating)) if (1..=7).contains(&rating) => {
                format_critique(rating, &words)
            }
            (Purpose::Critique, _) => {
                return Err(LabError::Setting(
                    "a rating must be a whole number from 1 to 7".into(),
                ));
            }
            _ => words,
        };
        let said = What::Said {
            prompt,
            text: text.clone(),
        };
        let happening = society.simulation.happen(said)?;
        let utterance = Utterance {
            id: prompt,
            text,
            log_probability: f32::NAN,
            by: Voice::Person,
        };
        self.journal.push(utterance.clone());
        let happened = society
            .simulation
            .supply(vec![utterance], &mut society.rng)?;
        self.announce(happening, events);
        self.wait_no_longer(events);
        self.tell(happened, events).await?;
        // What a person said can't be computed again.
        self.remember_midway(events).await
    }

    /// The person leaves a prompt to whoever speaks there otherwise. Nothing changes if they are not
    /// asked that any more.
    ///
    /// # Errors
    /// Errors of the rooms below.
    pub async fn pass(&mut self, prompt: u64, events: &mut Vec<Event>) -> Result<(), LabError> {
        let Some(society) = self.society.as_mut() else {
            return Ok(());
        };
        let Ok(happened) = society.simulation.pass(prompt, &mut society.rng) else {
            return Ok(());
        };
        self.wait_no_longer(events);
        self.tell(happened, events).await
    }

    /// The person leaves the seat; whoever speaks there otherwise does from now on. The run's
    /// settings say so, or whoever does the run again would be waited for.
    ///
    /// # Errors
    /// Errors of the rooms below.
    pub async fn stand_up(&mut self, events: &mut Vec<Event>) -> Result<(), LabError> {
        if self.config.society.seat.take().is_none() {
            return Ok(());
        }
        self.note(Event::StoodUp, events);
        self.wait_no_longer(events);
        let Some(society) = self.society.as_mut() else {
            return Ok(());
        };
        let happened = society.simulation.stand_up(&mut society.rng);
        self.tell(happened, events).await?;
        self.remember_midway(events).await
    }

    fn wait_no_longer(&mut self, events: &mut Vec<Event>) {
        if std::mem::take(&mut self.waiting) {
            events.push(Event::Waiting(None));
        }
    }

    /// Lets something happen from the next round on.
    ///
    /// # Errors
    /// [`LabError::Setting`] if it names nobody or says too much or nothing, [`LabError::NotNow`]
    /// where no society lives.
    pub async fn happen(&mut self, what: What, events: &mut Vec<Event>) -> Result<(), LabError> {
        let phase = self.phase.name();
        let living = self.society.as_mut();
        // It happens when the next round begins, so there has to be one.
        let society = living
            .filter(|society| society.simulation.round() + 1 < society.simulation.config().rounds);
        let society = society.ok_or(LabError::NotNow {
            command: "changing the society",
            phase,
        })?;
        let what = match what {
            What::Rumour {
                question,
                answer,
                hearers,
            } => What::Rumour {
                question: village_form(&question),
                answer: village_form(&answer),
                hearers,
            },
            other => other,
        };
        let happening = society.simulation.happen(what)?;
        self.announce(happening, events);
        self.remember_midway(events).await
    }

    /// The run's settings are what was set and what was done since.
    fn announce(&mut self, happening: Happening, events: &mut Vec<Event>) {
        self.config.society.happenings.push(happening.clone());
        self.note(Event::Announced(happening), events);
    }
}
