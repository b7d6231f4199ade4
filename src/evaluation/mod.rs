//! Suites of held-out prompts answered by a model and scored by the judge, with intervals.
//!
//! Imports `world`, `society` and `model`. The reports, the scores and their intervals are plain
//! data (the page reads them); what asks a model sits behind the feature `engine`: the [`runner`],
//! with the likelihood of given texts ([`likelihood`]) for multiple choice and perplexity. What is
//! tried to make a model misbehave: [`attack`]. Who checks the checkers: [`audit`]. Whether one model
//! really answers better than another: [`paired`]. What a society's
//! memory brings back, and from how far: [`recall`].

pub mod attack;
pub mod audit;
pub mod bootstrap;
pub mod diversity;
pub mod interval;
#[cfg(feature = "engine")]
pub mod likelihood;
pub mod paired;
pub mod probe;
pub mod recall;
pub mod report;
#[cfg(feature = "engine")]
pub mod runner;
pub mod scored;
pub mod scores;

#[cfg(feature = "engine")]
pub use attack::Attacks;
pub use attack::{Attack, AttackExample, AttackResult};
pub use report::{
    Estimate, EvaluationConfig, Example, Finding, LanguageResult, SuiteResult, WhichModel,
};
#[cfg(feature = "engine")]
pub use runner::{Evaluation, Manner, answers};
