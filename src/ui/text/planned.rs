//! Texts: happenings planned ahead.

use super::{Count, One};

/// Happenings planned ahead.
pub struct PlannedText {
    pub title: &'static str,
    pub hint: &'static str,
    pub nothing: &'static str,
    pub remove: &'static str,
    pub add: &'static str,
    pub kind: &'static str,
    /// Norms, rumour, silence, role.
    pub kinds: [&'static str; 4],
    /// What norms or somebody become.
    pub becomes: &'static str,
    /// In the order of `Role::ALL`.
    pub role_names: [&'static str; 4],
    /// Name and explanation of each blank, in the order of `settings::happenings::Blank`.
    pub blanks: [(&'static str, &'static str); 6],
    /// Too many words, or none.
    pub wordy: &'static str,
    /// The last person's number.
    pub strangers: Count,
    /// It is planned for a round that is not played.
    pub never: &'static str,
    /// Name of the values.
    pub norms: One,
    /// Question, answer, how many hear it (0: everybody).
    pub rumour: fn(&str, &str, u32) -> String,
    /// Person, rounds.
    pub silence: fn(u32, u32) -> String,
    /// Person.
    pub speaks: Count,
    /// Name of the role, person.
    pub role: fn(&str, u32) -> String,
    /// What a person said in a seat.
    pub said: One,
}

/// In English.
pub const ENGLISH: PlannedText = PlannedText {
    title: "Planned for later",
    hint: "Something that happens to the village at the beginning of a round. It belongs to the run and travels with its link.",
    nothing: "Nothing is planned.",
    remove: "Remove",
    add: "Add to the plan",
    kind: "What happens",
    kinds: [
        "the norms change",
        "a rumour goes round",
        "somebody falls silent",
        "somebody changes",
    ],
    becomes: "Becomes",
    role_names: ["ordinary", "stubborn", "a troll", "a fact-checker"],
    blanks: [
        ("In round", "the first round is 1"),
        ("Who", "the person's number; the first is 0"),
        ("For how many rounds", "0 lets them speak again"),
        (
            "To the question",
            "in simple English, like “How can I take my neighbor's coat?”",
        ),
        ("People say", "like “Take it while he is at the market.”"),
        ("Who hears it", "numbers such as 0, 3, 8; empty: everybody"),
    ],
    wordy: "some words, please, and at most 70.",
    strangers: |last| format!("numbers of people from 0 to {last}, please, such as 0, 1."),
    never: "The run is over before that round.",
    norms: |name| format!("From now on the observers score by “{name}” values."),
    rumour: |question, answer, hearers| {
        let who = match hearers {
            0 => "Everybody hears".to_owned(),
            1 => "1 person hears".to_owned(),
            many => format!("{many} people hear"),
        };
        format!("{who} a rumour: “{question}” “{answer}”")
    },
    silence: |person, rounds| {
        let long = if rounds == 1 { "" } else { "s" };
        format!("No. {person} falls silent for {rounds} round{long}.")
    },
    speaks: |person| format!("No. {person} may speak again."),
    role: |role, person| format!("No. {person} becomes {role}."),
    said: |text| format!("Somebody sat in: “{text}”"),
};

/// In Simplified Chinese.
pub const CHINESE: PlannedText = PlannedText {
    title: "预定的事",
    hint: "在某一轮开始时发生在村庄里的事。它属于这次运行，也随链接同行。",
    nothing: "还没有预定什么。",
    remove: "移除",
    add: "加入预定",
    kind: "发生什么",
    kinds: ["准则改变", "谣言流传", "有人沉默", "有人变了"],
    becomes: "变成",
    role_names: ["普通人", "固执的人", "捣乱者", "核查员"],
    blanks: [
        ("在第几轮", "第一轮是 1"),
        ("谁", "那个人的编号；第一个是 0"),
        ("沉默几轮", "0 表示让他重新说话"),
        (
            "对这个问题",
            "用简单的英语，例如 “How can I take my neighbor's coat?”",
        ),
        ("人们说", "例如 “Take it while he is at the market.”"),
        ("谁会听到", "编号，例如 0, 3, 8；留空：所有人"),
    ],
    wordy: "请写几个词，最多 70 个。",
    strangers: |last| format!("请写 0 到 {last} 之间的编号，例如 0, 1。"),
    never: "运行在那一轮之前就结束了。",
    norms: |name| format!("从此观察者按“{name}”的价值观打分。"),
    rumour: |question, answer, hearers| {
        let who = match hearers {
            0 => "所有人".to_owned(),
            many => format!("{many} 个人"),
        };
        format!("{who}听到谣言：“{question}” “{answer}”")
    },
    silence: |person, rounds| format!("{person} 号沉默 {rounds} 轮。"),
    speaks: |person| format!("{person} 号又可以说话了。"),
    role: |role, person| format!("{person} 号变成{role}。"),
    said: |text| format!("有人坐下说：“{text}”"),
};
