//! Mores: a browser laboratory of social alignment.
//!
//! This page is the map of the house. A room is a folder with one reason to exist; imports point
//! downwards only, and `tests/imports.rs` holds every `crate::` path against the table below.
//!
//! | level | room | what it is for | may import |
//! |---|---|---|---|
//! | L0 | [`world`] | the village: situations, answers, norms, judge, corpus, tokenizer | |
//! | L0 | [`gpu`] | opening the device that computes, saying plainly when there is none, and kernels of our own | |
//! | L0 | [`cpu`] | kernels of the CPU engine: products, attention, norms, their gradients | |
//! | L1 | [`society`] | agents, memory, grid, Back-Scatter, observers, record; it asks a `Speaker`, never a model | `world` |
//! | L1 | [`model`] | Hugging Face Llama: configuration, layers, KV cache, sampling | `cpu` `gpu` |
//! | L2 | [`alignment`] | the record as training data, the objectives, the trainer | `world` `society` `model` `cpu` `gpu` |
//! | L2 | [`evaluation`] | suites answered and judged, with intervals | `world` `society` `model` |
//! | L3 | [`formats`] | safetensors, Hugging Face folders, records, data sets, zip | `world` `society` `model` `alignment` |
//! | L4 | [`lab`] | configuration, link, receipt, seeds, messages, run view, engine | L0 to L3 |
//! | L5 | `worker` | drives the engine inside a browser worker | `lab` |
//! | L5 | `bench` | does the measured work in a browser worker of its own, beside its peers | `lab` |
//! | L5 | `painter` | puts marks on a graphics card, in a worker of its own | `lab` |
//! | L5 | `cli` | drives the engine from a terminal | L0 to L4 |
//! | L5 | `canvas` | draws the society | `lab` |
//! | L6 | `ui` | the page | `lab` `canvas` |
//!
//! Cargo features are the walls the compiler keeps: `engine` is everything that computes, `burn-wgpu` has burn
//! compute on graphics cards as well, `page` is the browser page and contains no burn, `worker` and
//! `cli` are the two drivers of the engine, `painter` is all that the page wants of wgpu, and `bench`
//! is for `./lab bench browser` alone.
#![forbid(unsafe_code)]
#![deny(missing_docs)]

pub mod alignment;
#[cfg(all(feature = "bench", target_arch = "wasm32"))]
pub mod bench;
#[cfg(feature = "page")]
pub mod canvas;
#[cfg(feature = "cli")]
pub mod cli;
#[cfg(feature = "engine")]
pub mod cpu;
pub mod evaluation;
pub mod formats;
#[cfg(feature = "engine")]
pub mod gpu;
pub mod lab;
pub mod model;
#[cfg(all(feature = "painter", target_arch = "wasm32"))]
pub mod painter;
pub mod society;
#[cfg(feature = "page")]
pub mod ui;
#[cfg(feature = "worker")]
pub mod worker;
pub mod world;
