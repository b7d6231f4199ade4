//! Which of the engine's two programs a worker runs.
//!
//! One computes on the processor and on a graphics card, and is several times as large as the other,
//! which computes on the processor alone. So the larger one is fetched only where a run asks for a card
//! that is there. It can do what the other can, to the byte; a run that asks for more than the program at
//! hand can do gets a new worker.

use super::{Session, State};
use crate::canvas::card;
use crate::lab::card::Card;
use crate::lab::config::BaseModel;
use crate::lab::{EngineChoice, RunConfig};
use std::rc::Rc;

/// A program of the engine's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Program {
    /// Computes on the processor.
    #[default]
    Processor,
    /// Computes on the processor and on a graphics card.
    Card,
}

impl Program {
    fn of(choice: EngineChoice, card: Card) -> Self {
        match choice.takes(card) {
            true => Self::Card,
            false => Self::Processor,
        }
    }

    /// What `public/worker_loader.js` is asked for: this program, and the weights of a model meanwhile.
    pub(super) fn asked(self, model: BaseModel) -> String {
        let program = match self {
            Self::Processor => "worker",
            Self::Card => "worker_gpu",
        };
        format!("program={program}&model={}", model.folder())
    }
}

impl Session {
    /// Starts a worker in place of the one there was, with the program that such a run needs here.
    pub fn open(self: &Rc<Self>, config: &RunConfig) {
        self.open_for(config.engine, config.model);
    }

    fn open_for(self: &Rc<Self>, choice: EngineChoice, model: BaseModel) {
        self.close("the engine was started anew");
        let generation = {
            let mut state = self.state.borrow_mut();
            state.generation += 1;
            (state.choice, state.model) = (choice, model);
            state.looking = true;
            state.generation
        };
        if choice == EngineChoice::Cpu {
            return self.start_worker(generation, Program::Processor);
        }
        let session = Rc::downgrade(self);
        leptos::task::spawn_local(async move {
            let card = card::look().await;
            if let Some(session) = session.upgrade() {
                session.start_worker(generation, Program::of(choice, card));
            }
        });
    }

    /// Starts another worker of the same kind.
    pub fn open_again(self: &Rc<Self>) {
        let (choice, model) = {
            let state = self.state.borrow();
            (state.choice, state.model)
        };
        self.open_for(choice, model);
    }

    /// Whether the program at hand can do what such a run needs here.
    pub fn suits(&self, config: &RunConfig) -> bool {
        suits(&self.state.borrow(), config.engine, card::known())
    }

    /// Whether the program with WebGPU was fetched.
    pub fn has_card_program(&self) -> bool {
        self.state.borrow().program == Program::Card
    }

    fn start_worker(self: &Rc<Self>, generation: u32, program: Program) {
        let model = {
            let mut state = self.state.borrow_mut();
            // Somebody may have started another one meanwhile.
            if state.generation != generation || !std::mem::take(&mut state.looking) {
                return;
            }
            state.program = program;
            state.model
        };
        match self.dial(generation, &program.asked(model)) {
            Some(line) => {
                self.state.borrow_mut().line = Some(line);
                self.wait(generation);
            }
            None => (self.trouble)(super::Trouble::Unreachable),
        }
    }
}

fn suits(state: &State, choice: EngineChoice, card: Option<Card>) -> bool {
    // While somebody looks for a card, it is for this choice.
    if state.looking {
        return state.choice == choice;
    }
    // Where nobody looked for a card yet, opening does.
    let needs = |choice: EngineChoice| card.map(|card| Program::of(choice, card));
    state.program == Program::Card
        || choice == EngineChoice::Cpu
        || choice == state.choice
        || needs(choice) == Some(Program::Processor)
}

#[cfg(test)]
mod tests {
    use super::*;
    use EngineChoice::{Auto, Cpu, WebGpu};

    fn at(program: Program, choice: EngineChoice) -> State {
        State {
            program,
            choice,
            ..State::default()
        }
    }

    #[test]
    fn the_larger_program_suits_every_choice() {
        for choice in [Auto, Cpu, WebGpu] {
            let state = at(Program::Card, WebGpu);
            assert!(suits(&state, choice, Some(Card::There)));
            assert!(suits(&state, choice, Some(Card::Missing)));
        }
    }

    #[test]
    fn the_smaller_one_gives_way_only_to_a_choice_that_takes_a_card() {
        let state = at(Program::Processor, Cpu);
        let suited = |choice, card| suits(&state, choice, card);
        assert!(suited(Auto, Some(Card::Imitated)));
        assert!(suited(WebGpu, Some(Card::Missing)));
        assert!(!suited(Auto, Some(Card::There)));
        assert!(!suited(WebGpu, Some(Card::Imitated)));
        assert!(!suited(Auto, None), "nobody looked yet");
        assert!(suited(Cpu, None));
    }

    #[test]
    fn what_was_tried_for_a_choice_is_not_tried_again_for_the_same() {
        assert!(suits(
            &at(Program::Processor, Auto),
            Auto,
            Some(Card::There)
        ));
        let looking = State {
            looking: true,
            ..at(Program::Processor, Auto)
        };
        assert!(suits(&looking, Auto, None));
        assert!(!suits(&looking, WebGpu, None));
    }
}
