//! What passes compute in: lists that are used again, because asking the system for memory and making zeros of it took an
//! eighth of a training step (perf, 30 November 2026).

use crate::cpu::norm::norm;
use crate::cpu::product::{Matrix, Room, set_product};

/// Lists that nobody uses now, and room for products.
#[derive(Debug, Default)]
pub struct Workspace {
    lists: Vec<Vec<f32>>,
    /// For the copies of products.
    pub room: Room,
}

impl Workspace {
    /// A list of so many numbers, which may be anything.
    pub fn list(&mut self, count: usize) -> Vec<f32> {
        let mut list = self.taken(count);
        list.resize(count, 0.0);
        // Who takes them for zeros is found out.
        #[cfg(test)]
        list.fill(f32::NAN);
        list
    }

    /// A list of so many zeros.
    pub fn zeros(&mut self, count: usize) -> Vec<f32> {
        let mut list = self.taken(count);
        list.clear();
        list.resize(count, 0.0);
        list
    }

    /// A copy of a list.
    pub fn copied(&mut self, from: &[f32]) -> Vec<f32> {
        let mut list = self.taken(from.len());
        list.clear();
        list.extend_from_slice(from);
        list
    }

    /// Keeps a list for the next who wants one.
    pub fn give_back(&mut self, list: Vec<f32>) {
        self.lists.push(list);
    }

    /// `A · B`, rows one after another: `size` is rows of `A`, the inner index, columns of `B`.
    pub fn product(&mut self, size: [usize; 3], a: Matrix, b: Matrix) -> Vec<f32> {
        let [rows, _, columns] = size;
        let mut c = self.list(rows * columns);
        set_product(size, a, b, &mut c, columns, &mut self.room);
        c
    }

    /// The normed rows, and one over each row's root mean square.
    pub fn normed(&mut self, x: &[f32], scale: &[f32], epsilon: f32) -> [Vec<f32>; 2] {
        let mut to = self.list(x.len());
        let mut inverse = self.list(x.len() / scale.len());
        norm(x, scale, epsilon, &mut to, &mut inverse);
        [to, inverse]
    }

    /// The smallest list that is large enough; a new one in the largest's place where none is, so that there are never
    /// more of them than were in use at once.
    fn taken(&mut self, count: usize) -> Vec<f32> {
        let sizes = self.lists.iter().map(Vec::capacity).enumerate();
        let enough = sizes.clone().filter(|(_, size)| *size >= count);
        if let Some((place, _)) = enough.min_by_key(|(_, size)| *size) {
            return self.lists.swap_remove(place);
        }
        if let Some((place, _)) = sizes.max_by_key(|(_, size)| *size) {
            self.lists.swap_remove(place);
        }
        // Texts differ in length from step to step: a little more, and the next will fit too.
        Vec::with_capacity(count + count / 8)
    }
}
