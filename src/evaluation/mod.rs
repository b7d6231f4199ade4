//! The room `evaluation`.
