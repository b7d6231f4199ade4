//! Every word the page says, in every language it speaks.
//!
//! A language is a [`Text`] with all fields filled in, so a missing text is a compile error and
//! not a hole in the page. Figures enter through functions, because word order is the language's.

pub mod canvas;
mod chinese;
mod english;

pub use chinese::CHINESE;
pub use english::ENGLISH;

/// A language the page speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Simplified Chinese.
    Chinese,
}

impl Language {
    /// All of them, in the order of the switch.
    pub const ALL: [Language; 2] = [Language::English, Language::Chinese];

    /// The value of the `lang` attribute.
    pub fn tag(self) -> &'static str {
        match self {
            Language::English => "en",
            Language::Chinese => "zh-Hans",
        }
    }

    /// Its own name for itself.
    pub fn name(self) -> &'static str {
        match self {
            Language::English => "English",
            Language::Chinese => "中文",
        }
    }

    /// The language of a tag such as `zh-CN`, if the page speaks it.
    pub fn of_tag(tag: &str) -> Option<Self> {
        match tag.get(..2)?.to_ascii_lowercase().as_str() {
            "en" => Some(Language::English),
            "zh" => Some(Language::Chinese),
            _ => None,
        }
    }

    /// Everything said in it.
    pub fn text(self) -> &'static Text {
        match self {
            Language::English => &ENGLISH,
            Language::Chinese => &CHINESE,
        }
    }
}

type One = fn(&str) -> String;
type Count = fn(u32) -> String;
type Of = fn(u32, u32) -> String;

/// Everything the page says.
pub struct Text {
    /// Header, acts and the transport.
    pub frame: Frame,
    /// What is being worked on.
    pub stages: Stages,
    /// What the society looks like.
    pub canvas: canvas::CanvasText,
    /// The society and the conversation.
    pub scene: SceneText,
    /// Curves, tests and questions.
    pub figures: Figures,
    /// What is to take home, links and receipts.
    pub home: Home,
    /// Settings.
    pub settings: SettingsText,
    /// What went wrong, and what helps.
    pub trouble: TroubleText,
    /// The help sheet.
    pub help: HelpText,
}

/// Header, acts and the transport.
pub struct Frame {
    pub promise: &'static str,
    pub skip: &'static str,
    pub language: &'static str,
    pub theme: &'static str,
    pub theme_system: &'static str,
    pub theme_light: &'static str,
    pub theme_dark: &'static str,
    pub help: &'static str,
    pub close: &'static str,
    pub acts: &'static str,
    /// Simulate, Train, Test, Take home.
    pub act_names: [&'static str; 4],
    pub act_lines: [&'static str; 4],
    pub to_come: &'static str,
    pub now: &'static str,
    pub over: &'static str,
    pub round_of: Of,
    pub step_of: Of,
    pub suite_of: Of,
    pub run: &'static str,
    pub go_on: &'static str,
    pub pause: &'static str,
    pub run_again: &'static str,
    pub step: &'static str,
    pub reset: &'static str,
    pub cancel: &'static str,
    pub cancel_hint: &'static str,
    pub loading: &'static str,
    pub waiting: &'static str,
    pub paused: &'static str,
    pub done: &'static str,
    pub stopped: &'static str,
    /// A run that was ended early.
    pub ended: &'static str,
    pub seconds_left: Count,
    pub engine_cpu: &'static str,
    pub engine_webgpu: &'static str,
    /// Engine of the native program.
    pub native: One,
    /// Adapter.
    pub computing_on: One,
}

/// What is being worked on.
pub struct Stages {
    pub loading_model: &'static str,
    pub remembering: &'static str,
    pub drafting: &'static str,
    pub criticising: &'static str,
    pub revising: &'static str,
    pub training: &'static str,
    pub testing_base: &'static str,
    pub testing_trained: &'static str,
}

/// The society and the conversation.
pub struct SceneText {
    pub society: &'static str,
    pub person: Count,
    pub raised: &'static str,
    pub raised_well: &'static str,
    pub raised_badly: &'static str,
    pub alignment: &'static str,
    pub engagement: &'static str,
    pub memories: &'static str,
    pub answers: &'static str,
    pub not_yet: &'static str,
    pub on_stage: &'static str,
    pub nobody_title: &'static str,
    pub nobody: Count,
    pub gathering: &'static str,
    pub asks: &'static str,
    pub draft: &'static str,
    pub neighbours: &'static str,
    pub neighbour_none: &'static str,
    pub unreadable: &'static str,
    pub no_reason: &'static str,
    pub revision: &'static str,
    pub unchanged: &'static str,
    pub rewritten: &'static str,
    pub thinking_neighbours: &'static str,
    pub thinking_revision: &'static str,
    pub observers: &'static str,
    pub before_after: &'static str,
    /// Name of the values that are not everybody's.
    pub scored_by: One,
    pub rating: &'static str,
    pub previous: &'static str,
    pub next: &'static str,
    pub follow: &'static str,
    pub following: &'static str,
    pub details: &'static str,
    pub record: &'static str,
    pub record_empty: &'static str,
    pub record_none: &'static str,
    pub record_count: Count,
    pub record_more: Count,
    pub search: &'static str,
    pub round: Count,
    pub prompts: &'static str,
    pub prompts_hint: &'static str,
    pub prompt_draft: &'static str,
    /// Person.
    pub prompt_critique: One,
    pub prompt_revision: &'static str,
    pub memory_recalled: &'static str,
    pub memory_none: &'static str,
    pub their_answers: &'static str,
}

/// Curves, tests and questions.
pub struct Figures {
    pub by_round: &'static str,
    pub by_round_empty: &'static str,
    pub drafts: &'static str,
    pub revisions: &'static str,
    pub loss: &'static str,
    pub loss_hint: &'static str,
    pub margin: &'static str,
    pub margin_hint: &'static str,
    pub gradient: &'static str,
    pub gradient_hint: &'static str,
    pub training_empty: &'static str,
    pub tokens_per_second: Count,
    pub step_axis: &'static str,
    pub table_of: One,
    pub before_after: &'static str,
    pub tests_empty: &'static str,
    pub base: &'static str,
    pub trained: &'static str,
    pub suite: &'static str,
    pub all: &'static str,
    pub all_hint: &'static str,
    pub prompts: &'static str,
    pub bad: &'static str,
    pub over_refusal: &'static str,
    pub gibberish: &'static str,
    pub diversity: &'static str,
    pub multiple_choice: &'static str,
    /// What each figure of the test means, in the order of `test::Measure`.
    pub measure_lines: [&'static str; 7],
    /// The table of all figures.
    pub every: &'static str,
    pub every_model: &'static str,
    /// A figure that there is nothing to take from.
    pub nothing: &'static str,
    /// Perplexity before and after, as figures.
    pub perplexity: One,
    pub language_kept: &'static str,
    /// Per cent.
    pub language_cost: One,
    pub language_gained: One,
    pub interval: &'static str,
    pub measure: &'static str,
    /// Machine name of a suite.
    pub suite_name: One,
    pub suite_hint: One,
    pub ask_both: &'static str,
    pub ask_hint: &'static str,
    pub ask_field: &'static str,
    pub ask: &'static str,
    pub ask_ready: &'static str,
    pub ask_empty: &'static str,
    pub ask_early: &'static str,
    pub thinking: &'static str,
    pub ready_made: &'static str,
    /// Kind and question; the villagers speak English only.
    pub ready: &'static [(&'static str, &'static str)],
}

/// What is to take home, links and receipts.
pub struct Home {
    pub title: &'static str,
    pub early: &'static str,
    pub model: &'static str,
    pub model_hint: &'static str,
    pub record: &'static str,
    pub record_hint: &'static str,
    pub run: &'static str,
    pub run_hint: &'static str,
    pub link: &'static str,
    pub link_hint: &'static str,
    pub packing: &'static str,
    pub copied: &'static str,
    pub copy_by_hand: &'static str,
    pub link_field: &'static str,
    pub open: &'static str,
    pub open_hint: &'static str,
    pub open_file: &'static str,
    pub open_link: &'static str,
    pub open_button: &'static str,
    pub drop_here: &'static str,
    pub opened: &'static str,
    pub receipt: &'static str,
    pub receipt_none: &'static str,
    pub build: &'static str,
    pub engine: &'static str,
    pub adapter: &'static str,
    pub record_digest: &'static str,
    pub weights_digest: &'static str,
    pub headline: &'static str,
    pub headline_alignment: &'static str,
    pub headline_bad: &'static str,
    pub promised: &'static str,
    pub same: &'static str,
    /// Names of what differs.
    pub differs: One,
    pub differs_record: &'static str,
    pub differs_weights: &'static str,
    pub differs_headline: &'static str,
    pub because_engine: &'static str,
    pub because_adapter: &'static str,
    pub because_build: &'static str,
    pub because_unexplained: &'static str,
    pub and: &'static str,
}

/// Settings.
pub struct SettingsText {
    pub title: &'static str,
    pub more: &'static str,
    pub preset: &'static str,
    pub preset_names: [&'static str; 5],
    pub preset_lines: [&'static str; 5],
    pub changed: &'static str,
    pub after_reset: &'static str,
    pub reset_now: &'static str,
    pub whole: fn(f64, f64) -> String,
    pub decimal: fn(f64, f64) -> String,
    pub mend: &'static str,
    pub group_talk: &'static str,
    pub group_learning: &'static str,
    pub group_test: &'static str,
    pub group_machine: &'static str,
    pub people: Count,
    pub yes: &'static str,
    /// Name and explanation of each field, in the order of `settings::fields::Field`.
    pub fields: [(&'static str, &'static str); 24],
    pub who: (&'static str, &'static str),
    pub who_names: [&'static str; 4],
    pub model: (&'static str, &'static str),
    pub model_names: [&'static str; 3],
    pub model_lines: [&'static str; 3],
    pub values: (&'static str, &'static str),
    /// Name and meaning of each profile, in the order of `Profile::ALL`; then of one's own weights.
    pub profiles: [(&'static str, &'static str); 5],
    pub weigh: &'static str,
    pub weigh_hint: &'static str,
    /// Name and meaning of each weight, in the order of `Values::fields`.
    pub weights: [(&'static str, &'static str); 11],
    pub order: (&'static str, &'static str),
    pub order_names: [&'static str; 4],
    pub objective: (&'static str, &'static str),
    pub objective_names: [&'static str; 3],
    pub score: (&'static str, &'static str),
    pub score_names: [&'static str; 2],
    pub engine: (&'static str, &'static str),
    pub engine_names: [&'static str; 3],
    pub local: &'static str,
    pub global: &'static str,
    pub score_only: &'static str,
    pub multiple_choice: &'static str,
}

/// What went wrong, and what helps.
pub struct TroubleText {
    pub bad_link: &'static str,
    pub bad_file: &'static str,
    pub unreachable: &'static str,
    pub retry: &'static str,
    pub broke: &'static str,
    pub go_on: &'static str,
    pub start_over: &'static str,
    pub wrong_build: &'static str,
    pub wrong_build_again: &'static str,
    pub reload: &'static str,
    pub failed: &'static str,
    pub refused: &'static str,
    pub dismiss: &'static str,
    pub other_link: &'static str,
    pub load_it: &'static str,
    pub keep: &'static str,
    pub why: &'static str,
    pub too_early: &'static str,
    pub no_clipboard: &'static str,
}

/// The help sheet.
pub struct HelpText {
    pub title: &'static str,
    pub what: &'static str,
    pub acts: [&'static str; 4],
    pub keys: &'static str,
    pub key_lines: [(&'static str, &'static str); 4],
    pub colours: &'static str,
    pub honest: &'static str,
}
