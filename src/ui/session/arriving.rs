//! What a worker tells before and beside its engine's messages: see `public/worker_loader.js`.

use crate::lab::build;
use crate::ui::memory;
use wasm_bindgen::JsCast;
use wasm_bindgen::JsValue;

/// Under which the number of programs is kept, behind the build.
const PROGRAMS: &str = "mores.programs";

/// How far something has come that takes long and says nothing by itself.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Arriving {
    /// Bytes of the engine that are here, and all of them; 0 where that is not known.
    Bytes {
        /// Here.
        here: f64,
        /// All.
        all: f64,
    },
    /// Programs that the graphics card was given so far.
    Programs {
        /// So far.
        here: u32,
        /// As many as there were the last time with this build; 0 where that is not known.
        all: u32,
    },
}

impl Arriving {
    /// Reads a message; none if it is one of the engine's.
    pub(super) fn of(message: &JsValue) -> Option<Self> {
        let parts = message.dyn_ref::<js_sys::Array>()?;
        let number = |place| parts.get(place).as_f64();
        match parts.get(0).as_string()?.as_str() {
            "bytes" => Some(Self::Bytes {
                here: number(1)?,
                all: number(2)?,
            }),
            // A count of calls: whole, and far below the largest number.
            "programs" => Some(Self::programs(number(1)? as u32)),
            _ => None,
        }
    }

    /// How many there will be depends on the run and the card, so the page remembers how many there were.
    fn programs(here: u32) -> Self {
        let before = memory::recall(PROGRAMS).and_then(|kept| {
            let (build, count) = kept.split_once(' ')?;
            (build == build::id()).then(|| count.parse::<u32>().ok())?
        });
        let all = before.unwrap_or(0);
        if here > all {
            memory::remember(PROGRAMS, &format!("{} {here}", build::id()));
        }
        Self::Programs {
            here,
            all: if here > all { 0 } else { all },
        }
    }
}
