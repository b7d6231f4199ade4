//! What tests of kernels need: the device, one at a time, and a table to put numbers on.

use super::memory::{Lists, Memory, Place, Script, Shelf, all_of, filled};
use super::{EngineKind, Opened, WebGpu, open};
use pollster::block_on;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The device, and one test's turn on it: a software adapter lends itself to one thread at a time, and another that
/// waits too long for it falls over. Where there is none, tests of kernels are left out; `./lab test` sees to it that
/// there is one, and then says so in `MORES_WEBGPU`.
pub(crate) fn device() -> Option<(Opened, MutexGuard<'static, ()>)> {
    static TURN: Mutex<()> = Mutex::new(());
    let turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    match block_on(open(EngineKind::WebGpu)) {
        Ok(opened) => Some((opened, turn)),
        Err(error) => {
            assert!(std::env::var_os("MORES_WEBGPU").is_none(), "{error}");
            eprintln!("left out, the kernel is not tested here: {error}");
            None
        }
    }
}

/// The same, for kernels of the network.
pub(crate) fn webgpu() -> Option<(Arc<WebGpu>, MutexGuard<'static, ()>)> {
    let (opened, turn) = device()?;
    let webgpu = opened.site.card()?.clone();
    // What is written for graphics cards computes the same on an imitation, only slower.
    match std::env::var_os("MORES_AS_A_CARD") {
        Some(_) => Some((Arc::new(webgpu.as_a_card()), turn)),
        None => Some((webgpu, turn)),
    }
}

/// Numbers for one kernel, and what it does with them.
pub(super) struct Table {
    pub(super) webgpu: Arc<WebGpu>,
    pub(super) script: Script,
    memory: Memory,
    shelf: Shelf,
    there: Vec<(Place, Vec<f32>)>,
    _turn: MutexGuard<'static, ()>,
}

impl Table {
    /// With weights, tables, and slopes of so many numbers, all of them `f32`s from 1 up.
    pub(super) fn new(weights: &[f32], tables: &[f32], slopes: usize) -> Option<Self> {
        let (webgpu, turn) = webgpu()?;
        let lists = Lists {
            weights: filled(&webgpu, "weights", weights),
            tables: filled(&webgpu, "tables", tables),
        };
        let count = slopes * webgpu.shares();
        Some(Self {
            script: Script::default(),
            memory: Memory::learning(webgpu.clone(), lists, count, 2 * slopes, None),
            shelf: Shelf::default(),
            there: Vec::new(),
            webgpu,
            _turn: turn,
        })
    }

    /// Room for so many numbers.
    pub(super) fn place(&mut self, count: usize) -> Place {
        self.shelf.place(count)
    }

    /// Puts numbers on the table.
    pub(super) fn put(&mut self, numbers: &[f32]) -> Place {
        let place = self.shelf.place(numbers.len());
        self.there.push((place, numbers.to_vec()));
        place
    }

    /// Runs what has been written down, and gives the numbers at some places.
    pub(super) fn run(&mut self, asked: &[Place]) -> Vec<Vec<f32>> {
        let script = std::mem::take(&mut self.script);
        let nothing = Script::default();
        block_on(self.memory.run(&nothing, self.shelf.taken, &[])).unwrap();
        for (place, numbers) in self.there.drain(..) {
            self.memory.put(place, &numbers);
        }
        let answer = block_on(self.memory.run(&script, self.shelf.taken, asked)).unwrap();
        let all = block_on(answer.read()).unwrap();
        let mut all = all.into_iter();
        let each = asked.iter();
        each.map(|place| all.by_ref().take(place.count).collect())
            .collect()
    }

    /// Slopes, in the first of their copies; the others are zero.
    pub(super) fn fill_slopes(&self, slopes: &[f32]) {
        self.memory.fill_slopes(slopes);
    }

    /// All weights.
    pub(super) fn weights(&self) -> Vec<f32> {
        block_on(all_of(&self.webgpu, &self.memory.lists().weights)).unwrap()
    }

    /// All slopes, their copies added up.
    pub(super) fn slopes(&self) -> Vec<f32> {
        let all = block_on(all_of(&self.webgpu, self.memory.slopes())).unwrap();
        let count = all.len() / self.webgpu.shares();
        let sums = (0..count).map(|place| all[place..].iter().step_by(count).sum());
        sums.collect()
    }
}

/// Numbers between -1 and 1 that look like chance and never change.
pub(crate) fn numbers(seed: u32, count: usize) -> Vec<f32> {
    let mut state = seed.wrapping_mul(2_654_435_761).wrapping_add(12_345);
    let next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as f32 / 8_388_608.0 - 1.0
    };
    std::iter::repeat_with(next).take(count).collect()
}

/// Rows of `width` numbers, each filled up with zeros to whole quads.
pub(crate) fn padded(rows: &[f32], width: usize) -> Vec<f32> {
    let rows = rows.chunks_exact(width);
    let more = width.next_multiple_of(4) - width;
    rows.flat_map(|row| row.iter().copied().chain(std::iter::repeat_n(0.0, more)))
        .collect()
}

/// The largest difference, relative to 1 and to the largest number.
pub(crate) fn apart(found: &[f32], right: &[f64]) -> f64 {
    assert_eq!(found.len(), right.len());
    let size = right.iter().fold(1.0f64, |most, one| most.max(one.abs()));
    let pairs = found.iter().zip(right);
    pairs.fold(0.0, |most, (a, b)| {
        f64::max(most, (f64::from(*a) - b).abs() / size)
    })
}
