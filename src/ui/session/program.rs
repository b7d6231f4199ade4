//! Which of the engine's two programs a worker runs.
//!
//! One computes on the processor and, with kernels of our own, on a graphics card. The other has burn's WebGPU back end
//! as well, for the one thing that our kernels do not do, the reward model of a policy gradient, and is more than twice as
//! large. So it is fetched only where a run asks for that and for a card that is there. All else it does as the other does,
//! to the byte; a run that asks for more than the program at hand can do gets a new worker. Without a network and without
//! the larger one the smaller one does it all, with rewards computed on the processor: such a run differs in the last
//! digits from the same with a network.

use super::{Session, State};
use crate::canvas::card;
use crate::lab::card::Card;
use crate::lab::config::BaseModel;
use crate::lab::{EngineChoice, RunConfig};
use std::rc::Rc;

/// A program of the engine's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Program {
    /// The engine.
    #[default]
    Engine,
    /// The same, with burn for graphics cards.
    WithBurn,
}

/// What decides which program a run needs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Need {
    choice: EngineChoice,
    /// Whether a reward model is learnt.
    rewards: bool,
}

impl Need {
    fn of(config: &RunConfig) -> Self {
        Self {
            choice: config.engine,
            rewards: config.learns_rewards(),
        }
    }

    /// Whether it takes a graphics card to know.
    fn depends_on_the_card(self) -> bool {
        self.rewards && self.choice != EngineChoice::Cpu
    }

    fn program(self, card: Card) -> Program {
        match self.rewards && self.choice.takes(card) {
            true => Program::WithBurn,
            false => Program::Engine,
        }
    }
}

impl Program {
    /// What `public/worker_loader.js` is asked for: this program, and the weights of a model meanwhile.
    pub(super) fn asked(self, model: BaseModel) -> String {
        let program = match self {
            Self::Engine => "worker",
            Self::WithBurn => "worker_burn",
        };
        format!("program={program}&model={}", model.folder())
    }
}

impl Session {
    /// Starts a worker in place of the one there was, with the program that such a run needs here.
    pub fn open(self: &Rc<Self>, config: &RunConfig) {
        self.open_for(Need::of(config), config.model);
    }

    fn open_for(self: &Rc<Self>, need: Need, model: BaseModel) {
        self.close("the engine was started anew");
        let generation = {
            let mut state = self.state.borrow_mut();
            state.generation += 1;
            (state.need, state.model) = (need, model);
            state.looking = true;
            state.generation
        };
        if !need.depends_on_the_card() {
            return self.start_worker(generation, Program::Engine);
        }
        let session = Rc::downgrade(self);
        leptos::task::spawn_local(async move {
            let card = card::look().await;
            if let Some(session) = session.upgrade() {
                session.start_worker(generation, need.program(card));
            }
        });
    }

    /// Starts another worker of the same kind.
    pub fn open_again(self: &Rc<Self>) {
        let (need, model) = {
            let state = self.state.borrow();
            (state.need, state.model)
        };
        self.open_for(need, model);
    }

    /// Whether the program at hand can do what such a run needs here.
    pub fn suits(&self, config: &RunConfig) -> bool {
        suits(&self.state.borrow(), Need::of(config), card::known())
    }

    /// Whether the larger program was fetched.
    pub fn has_burn(&self) -> bool {
        self.state.borrow().program == Program::WithBurn
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

fn suits(state: &State, need: Need, card: Option<Card>) -> bool {
    // While somebody looks for a card, it is for this need.
    if state.looking {
        return state.need == need;
    }
    // Where nobody looked for a card yet, opening does.
    state.program == Program::WithBurn
        || !need.depends_on_the_card()
        || need == state.need
        || card.is_some_and(|card| need.program(card) == Program::Engine)
}

#[cfg(test)]
mod tests {
    use super::*;
    use EngineChoice::{Auto, Cpu, WebGpu};

    fn need(choice: EngineChoice, rewards: bool) -> Need {
        Need { choice, rewards }
    }

    fn at(program: Program, need: Need) -> State {
        State {
            program,
            need,
            ..State::default()
        }
    }

    #[test]
    fn the_larger_program_suits_every_need() {
        for choice in [Auto, Cpu, WebGpu] {
            for rewards in [false, true] {
                let state = at(Program::WithBurn, need(WebGpu, true));
                assert!(suits(&state, need(choice, rewards), Some(Card::There)));
                assert!(suits(&state, need(choice, rewards), Some(Card::Missing)));
            }
        }
    }

    #[test]
    fn the_smaller_one_gives_way_only_to_rewards_on_a_card() {
        let state = at(Program::Engine, need(Cpu, false));
        let suited = |choice, rewards, card| suits(&state, need(choice, rewards), card);
        assert!(suited(Auto, false, Some(Card::There)));
        assert!(suited(WebGpu, false, None));
        assert!(suited(Cpu, true, Some(Card::There)));
        assert!(suited(Auto, true, Some(Card::Imitated)));
        assert!(suited(WebGpu, true, Some(Card::Missing)));
        assert!(!suited(Auto, true, Some(Card::There)));
        assert!(!suited(WebGpu, true, Some(Card::Imitated)));
        assert!(!suited(Auto, true, None), "nobody looked yet");
    }

    #[test]
    fn what_was_tried_for_a_need_is_not_tried_again_for_the_same() {
        let wanted = need(Auto, true);
        assert!(suits(
            &at(Program::Engine, wanted),
            wanted,
            Some(Card::There)
        ));
        let looking = State {
            looking: true,
            ..at(Program::Engine, wanted)
        };
        assert!(suits(&looking, wanted, None));
        assert!(!suits(&looking, need(WebGpu, true), None));
    }
}
