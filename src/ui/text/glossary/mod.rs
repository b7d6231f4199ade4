//! The glossary, an entry at a time, both languages side by side: a term without an entry, or an entry
//! without one of the languages, does not compile. It is in the file of that surface alone.

mod language;
mod learning;
mod methods;
mod running;
mod society;
mod values;

use crate::ui::term::Term;

/// What is said of a term; of two texts the first is English, the second Simplified Chinese.
pub struct Entry {
    pub name: [&'static str; 2],
    /// In one to three sentences, for everybody.
    pub says: [&'static str; 2],
    /// For those who want to know; may be empty.
    pub exactly: [&'static str; 2],
    /// Markup, the same in all languages; may be empty.
    pub formula: &'static str,
    /// Terms that belong to it.
    pub also: &'static [Term],
}

/// The groups of the list: name and terms, which are in the order of [`Term::ALL`].
pub const GROUPS: [([&str; 2], &[Term]); 6] = [
    (["The society", "社会"], society::TERMS),
    (["Values and answers", "价值观与回答"], values::TERMS),
    (["Language models", "语言模型"], language::TERMS),
    (["Learning", "学习"], learning::TERMS),
    (["Ways of learning", "学习方法"], methods::TERMS),
    (["Tests and receipts", "测试与凭据"], running::TERMS),
];

/// What is said of a term.
pub fn entry(term: Term) -> &'static Entry {
    match term {
        Term::Society => &society::SOCIETY,
        Term::Agent => &society::AGENT,
        Term::Upbringing => &society::UPBRINGING,
        Term::Memory => &society::MEMORY,
        Term::Draft => &society::DRAFT,
        Term::Rating => &society::RATING,
        Term::Revision => &society::REVISION,
        Term::BackScatter => &society::BACK_SCATTER,
        Term::Role => &society::ROLE,
        Term::Record => &society::RECORD,
        Term::Norm => &values::NORM,
        Term::ValueProfile => &values::VALUE_PROFILE,
        Term::Alignment => &values::ALIGNMENT,
        Term::Engagement => &values::ENGAGEMENT,
        Term::Observer => &values::OBSERVER,
        Term::Judge => &values::JUDGE,
        Term::BadAnswer => &values::BAD_ANSWER,
        Term::OverRefusal => &values::OVER_REFUSAL,
        Term::Gibberish => &values::GIBBERISH,
        Term::Variety => &values::VARIETY,
        Term::MultipleChoice => &values::MULTIPLE_CHOICE,
        Term::LanguageModel => &language::LANGUAGE_MODEL,
        Term::Weights => &language::WEIGHTS,
        Term::Token => &language::TOKEN,
        Term::LogProbability => &language::LOG_PROBABILITY,
        Term::Perplexity => &language::PERPLEXITY,
        Term::Temperature => &language::TEMPERATURE,
        Term::MinP => &language::MIN_P,
        Term::Imitation => &learning::IMITATION,
        Term::SelfCritic => &learning::SELF_CRITIC,
        Term::Realignment => &learning::REALIGNMENT,
        Term::Loss => &learning::LOSS,
        Term::LearningRate => &learning::LEARNING_RATE,
        Term::GradientNorm => &learning::GRADIENT_NORM,
        Term::Margin => &learning::MARGIN,
        Term::Hinge => &learning::HINGE,
        Term::ReferenceModel => &learning::REFERENCE_MODEL,
        Term::KlDivergence => &learning::KL_DIVERGENCE,
        Term::HeldOut => &learning::HELD_OUT,
        Term::Sft => &methods::SFT,
        Term::SaCpo => &methods::SA_CPO,
        Term::Dpo => &methods::DPO,
        Term::Ipo => &methods::IPO,
        Term::Rrhf => &methods::RRHF,
        Term::Slic => &methods::SLIC,
        Term::Orpo => &methods::ORPO,
        Term::SimPo => &methods::SIMPO,
        Term::Kto => &methods::KTO,
        Term::Unlikelihood => &methods::UNLIKELIHOOD,
        Term::Hindsight => &methods::HINDSIGHT,
        Term::RewardModel => &methods::REWARD_MODEL,
        Term::Rlhf => &methods::RLHF,
        Term::Grpo => &methods::GRPO,
        Term::Attack => &running::ATTACK,
        Term::TokenSearch => &running::TOKEN_SEARCH,
        Term::Seed => &running::SEED,
        Term::Interval => &running::INTERVAL,
        Term::Bootstrap => &running::BOOTSTRAP,
        Term::Front => &running::FRONT,
        Term::Engine => &running::ENGINE,
        Term::Digest => &running::DIGEST,
        Term::Receipt => &running::RECEIPT,
    }
}
