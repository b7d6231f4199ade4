//! Keys and values of the tokens already read, so that a new token costs one row and not a batch.
//!
//! A batch is padded on the left: all rows share the slot of the next token, and a row's position
//! is its slot minus its padding. Room is reserved once and filled in place.

use burn::tensor::{Device, Int, Tensor};

use super::config::LlamaConfig;

/// Slots are looked at in steps of this many: shapes change seldom, so few kernels are compiled.
const STEP: usize = 8;

/// The cache of one batch, all layers.
#[derive(Debug)]
pub struct Cache {
    keys: Vec<Option<Tensor<4>>>,
    values: Vec<Option<Tensor<4>>>,
    length: usize,
    capacity: usize,
}

impl Cache {
    /// Reserves `slots` slots for each of `rows` rows.
    pub fn new(config: &LlamaConfig, rows: usize, slots: usize, device: &Device) -> Self {
        let capacity = slots.next_multiple_of(STEP);
        let shape = [rows, config.num_key_value_heads, capacity, config.head_dim];
        let room = || {
            let layers = 0..config.num_hidden_layers;
            layers.map(|_| Some(Tensor::zeros(shape, device))).collect()
        };
        Self {
            keys: room(),
            values: room(),
            length: 0,
            capacity,
        }
    }

    /// Slots filled so far.
    pub fn length(&self) -> usize {
        self.length
    }

    /// Slots attention will look at once `new` more tokens are in; the unfilled ones must be
    /// masked.
    pub fn visible(&self, new: usize) -> usize {
        (self.length + new)
            .next_multiple_of(STEP)
            .min(self.capacity)
    }

    /// Stores the keys and values `[rows, key heads, new, head_dim]` of one layer in the next
    /// slots, and returns all visible ones `[rows, key heads, visible, head_dim]`.
    pub fn extend(
        &mut self,
        layer: usize,
        keys: Tensor<4>,
        values: Tensor<4>,
    ) -> (Tensor<4>, Tensor<4>) {
        let visible = self.visible(keys.dims()[2]);
        (
            put(&mut self.keys[layer], keys, self.length, visible),
            put(&mut self.values[layer], values, self.length, visible),
        )
    }

    /// Counts `new` slots as filled, after every layer has stored its part.
    pub fn advance(&mut self, new: usize) {
        self.length += new;
    }

    /// Keeps only the given rows, in the given order.
    pub fn keep(&mut self, rows: &Tensor<1, Int>) {
        for store in self.keys.iter_mut().chain(self.values.iter_mut()) {
            *store = store.take().map(|tensor| tensor.select(0, rows.clone()));
        }
    }
}

/// Writes `new` at slot `start` without copying the store: it is taken out, so nobody else holds
/// it while it is changed.
fn put(store: &mut Option<Tensor<4>>, new: Tensor<4>, start: usize, visible: usize) -> Tensor<4> {
    let [rows, heads, count, width] = new.dims();
    let filled = match store.take() {
        Some(tensor) => {
            tensor.slice_assign([0..rows, 0..heads, start..start + count, 0..width], new)
        }
        None => new,
    };
    let seen = filled.clone().narrow(2, 0, visible.min(filled.dims()[2]));
    *store = Some(filled);
    seen
}
