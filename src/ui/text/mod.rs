//! Every word the page says, in every language it speaks.
//!
//! A language is a [`Text`] with all fields filled in, so a missing text is a compile error and
//! not a hole in the page. Each surface has a file with its texts in all languages, side by side.
//! Figures enter through functions, because word order is the language's.
//!
//! The page's first file says only what is in the [`Opening`]; the rest comes with the surfaces that
//! have files of their own. Whatever calls [`Language::text`] in the first file makes it carry every
//! word there is. What has a wasm file of its own has its words there too: [`RunsText`], [`KeptText`],
//! [`LibraryText`], [`about::AboutText`], the [`glossary`], [`VoteText`], [`ShareText`], [`LessonsText`].

pub mod about;
mod attacks;
mod builds;
pub mod canvas;
mod charts;
mod data;
mod fidelity;
mod figures;
mod findings;
mod frame;
pub mod glossary;
mod help;
mod home;
mod inspector;
mod keeping;
mod kept;
mod learning;
mod lessons;
mod library;
mod planned;
mod promise;
mod replay;
mod runs;
mod scene;
mod seat;
mod settings;
mod share;
mod society;
mod stages;
mod statistics;
mod theatre;
mod trouble;
mod vote;
mod waiting;

pub use attacks::AttackText;
pub use builds::BuildsText;
pub use charts::ChartText;
pub use data::DataText;
pub use fidelity::FidelityText;
pub use figures::Figures;
pub use findings::FindingsText;
pub use frame::Frame;
pub use help::HelpText;
pub use home::Home;
pub use inspector::InspectorText;
pub use keeping::KeepingText;
pub use kept::KeptText;
pub use learning::LearningText;
pub use lessons::{ChapterText, LessonsText, Part, TeacherText, Told};
pub use library::LibraryText;
pub use planned::PlannedText;
pub use promise::PromiseText;
pub use replay::ReplayText;
pub use runs::RunsText;
pub use scene::SceneText;
pub use seat::SeatText;
pub use settings::SettingsText;
pub use share::ShareText;
pub use society::SocietyText;
pub use stages::Stages;
pub use statistics::StatisticsText;
pub use theatre::TheatreText;
pub use trouble::TroubleText;
pub use vote::VoteText;
pub use waiting::WaitingText;

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

    /// What the page says before any surface in a file of its own is there.
    pub fn opening(self) -> &'static Opening {
        match self {
            Language::English => &OPENING_ENGLISH,
            Language::Chinese => &OPENING_CHINESE,
        }
    }

    /// Everything said in it, the opening included.
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

/// What the page says before anything else is there.
pub struct Opening {
    /// Header, acts and the transport.
    pub frame: Frame,
    /// What is being worked on.
    pub stages: Stages,
    /// What the society looks like.
    pub canvas: canvas::CanvasText,
    /// The society and the conversation.
    pub scene: SceneText,
    /// The conversation, beat by beat, and the recording.
    pub theatre: TheatreText,
    /// What went wrong, and what helps.
    pub trouble: TroubleText,
}

/// Everything the page says.
pub struct Text {
    /// What is said first.
    pub opening: &'static Opening,
    /// Curves, tests and questions.
    pub figures: Figures,
    /// What every chart says of itself.
    pub charts: ChartText,
    /// Attacks on the models.
    pub attacks: AttackText,
    /// What is to take home, links and receipts.
    pub home: Home,
    /// Data sets, and files that people bring.
    pub data: DataText,
    /// Settings.
    pub settings: SettingsText,
    /// Settings of a society beyond the usual village.
    pub society: SocietyText,
    /// Versions of the method.
    pub fidelity: FidelityText,
    /// Happenings planned ahead.
    pub planned: PlannedText,
    /// The help sheet.
    pub help: HelpText,
    /// The inspector, and the search through the record.
    pub inspector: InspectorText,
    /// The run played again, and what happens to it from outside.
    pub replay: ReplayText,
    /// A person in somebody's seat.
    pub seat: SeatText,
    /// Runs that are kept and taken up again.
    pub keeping: KeepingText,
    /// Other builds of this page.
    pub builds: BuildsText,
    /// Learning in stages, and what is seen of it.
    pub learning: LearningText,
    /// The society in figures.
    pub statistics: StatisticsText,
    /// What was found in many societies.
    pub findings: FindingsText,
    /// A result that came with a link.
    pub promise: PromiseText,
    /// Settings that wait for a restart.
    pub waiting: WaitingText,
}

impl std::ops::Deref for Text {
    type Target = Opening;

    fn deref(&self) -> &Opening {
        self.opening
    }
}

/// The opening in English.
static OPENING_ENGLISH: Opening = Opening {
    frame: frame::ENGLISH,
    stages: stages::ENGLISH,
    canvas: canvas::ENGLISH,
    scene: scene::ENGLISH,
    theatre: theatre::ENGLISH,
    trouble: trouble::ENGLISH,
};

/// The page in English.
pub static ENGLISH: Text = Text {
    opening: &OPENING_ENGLISH,
    figures: figures::ENGLISH,
    charts: charts::ENGLISH,
    attacks: attacks::ENGLISH,
    home: home::ENGLISH,
    data: data::ENGLISH,
    settings: settings::ENGLISH,
    society: society::ENGLISH,
    fidelity: fidelity::ENGLISH,
    planned: planned::ENGLISH,
    help: help::ENGLISH,
    inspector: inspector::ENGLISH,
    replay: replay::ENGLISH,
    seat: seat::ENGLISH,
    keeping: keeping::ENGLISH,
    builds: builds::ENGLISH,
    learning: learning::ENGLISH,
    statistics: statistics::ENGLISH,
    findings: findings::ENGLISH,
    promise: promise::ENGLISH,
    waiting: waiting::ENGLISH,
};

/// The opening in Simplified Chinese.
static OPENING_CHINESE: Opening = Opening {
    frame: frame::CHINESE,
    stages: stages::CHINESE,
    canvas: canvas::CHINESE,
    scene: scene::CHINESE,
    theatre: theatre::CHINESE,
    trouble: trouble::CHINESE,
};

/// The page in Simplified Chinese.
pub static CHINESE: Text = Text {
    opening: &OPENING_CHINESE,
    figures: figures::CHINESE,
    charts: charts::CHINESE,
    attacks: attacks::CHINESE,
    home: home::CHINESE,
    data: data::CHINESE,
    settings: settings::CHINESE,
    society: society::CHINESE,
    fidelity: fidelity::CHINESE,
    planned: planned::CHINESE,
    help: help::CHINESE,
    inspector: inspector::CHINESE,
    replay: replay::CHINESE,
    seat: seat::CHINESE,
    keeping: keeping::CHINESE,
    builds: builds::CHINESE,
    learning: learning::CHINESE,
    statistics: statistics::CHINESE,
    findings: findings::CHINESE,
    promise: promise::CHINESE,
    waiting: waiting::CHINESE,
};
