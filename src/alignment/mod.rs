//! The room `alignment`.
