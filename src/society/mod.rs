//! The room `society`.
