//! The room `canvas`.
