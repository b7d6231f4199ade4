//! Kernels of the CPU engine: what a Llama is made of, forwards and backwards, over plain lists of numbers.
//!
//! Everything is computed in one order, by products and sums that are rounded one by one: a browser, a
//! native build, one thread and many, one text and a hundred give the same bits. What that costs:
//! multiply-adds that round once would be up to twice as fast, but not every processor has them, and
//! WebAssembly leaves it open whether one is fused (`relaxed-simd`). A native build may have its products so (the
//! feature `fused`), and then agrees with other such builds only.
//!
//! [`product`] is most of the work; [`lanes`] keeps the order of sums whatever the processor's
//! registers; [`norm`], [`rope`], [`attention`], [`gated`] and [`softmax`] are the layers; [`adamw`] moves weights.

pub mod adamw;
pub mod attention;
pub mod gated;
pub mod lanes;
pub mod norm;
pub mod product;
pub mod rope;
pub mod softmax;
#[cfg(test)]
mod tests;
