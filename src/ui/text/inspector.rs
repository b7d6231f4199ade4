//! Texts: the inspector, and the search through the record.

use super::{Count, Of, One};

/// The inspector, and the search through the record.
pub struct InspectorText {
    pub role: &'static str,
    /// In the order of `Role::ALL`.
    pub roles: [&'static str; 4],
    pub model: &'static str,
    pub place: &'static str,
    /// Row and column, from 1.
    pub place_at: Of,
    pub absent: &'static str,
    pub neighbours: &'static str,
    pub neighbours_none: &'static str,
    pub neighbours_more: Count,
    pub remember: &'static str,
    pub remember_search: &'static str,
    pub remember_again: &'static str,
    pub remember_none: &'static str,
    pub remember_found: Of,
    pub more: Count,
    pub busy: &'static str,
    pub no_answer: &'static str,
    pub look_at: One,
    /// Name of a model.
    pub by_model: One,
    pub by_role: &'static str,
    pub by_person: &'static str,
    pub question: &'static str,
    pub told: &'static str,
    /// Distance and limit.
    pub near: fn(&str, &str) -> String,
    pub far: fn(&str, &str) -> String,
    pub comment: One,
    pub no_rating: &'static str,
    pub told_rating: Count,
    pub prompt: &'static str,
    pub first: &'static str,
    pub second: &'static str,
    pub likely: &'static str,
    pub likely_hide: &'static str,
    pub likely_hint: &'static str,
    pub likely_role: &'static str,
    pub likely_person: &'static str,
    pub likely_list: &'static str,
    pub likely_word: &'static str,
    pub likely_chance: &'static str,
    pub likely_else: &'static str,
    /// Sum of logarithms, as a figure.
    pub likely_sum: One,
    pub likely_end: &'static str,
    pub open: &'static str,
    /// Found, and searched.
    pub found: Of,
    pub searching: &'static str,
    pub sieve: &'static str,
    pub clear: &'static str,
    pub any: &'static str,
    pub raised: &'static str,
    pub before: &'static str,
    pub after: &'static str,
    pub spoke: &'static str,
    pub round: &'static str,
    /// Harmful, neither, kind.
    pub bands: [&'static str; 3],
    pub unscored: &'static str,
    pub changed: &'static str,
    pub unread: &'static str,
}

/// In English.
pub const ENGLISH: InspectorText = InspectorText {
    role: "Role",
    roles: ["like everybody", "stubborn", "troll", "fact checker"],
    model: "Model",
    place: "Lives at",
    place_at: |row, column| format!("row {row}, column {column}"),
    absent: "not taking part just now",
    neighbours: "Neighbours",
    neighbours_none: "Nobody lives next to them.",
    neighbours_more: |count| format!("and {count} more"),
    remember: "What they remember now",
    remember_search: "Search their memories",
    remember_again: "Look again",
    remember_none: "No memory has these words.",
    remember_found: |found, all| {
        if found == all {
            format!("{all}, newest first")
        } else {
            format!("{found} of {all}")
        }
    },
    more: |count| format!("Show {count} more"),
    busy: "Asking the engine. While it computes, it answers between two pieces of work.",
    no_answer: "The engine has no answer to that now.",
    look_at: |person| format!("Look at {person}"),
    by_model: |model| format!("the {model} model's words"),
    by_role: "the role's words",
    by_person: "a person's words",
    question: "Asked",
    told: "What came to mind",
    near: |distance, limit| format!("Near enough to be told: distance {distance}, limit {limit}."),
    far: |distance, limit| format!("Too far: {distance}, limit {limit}. It was not told."),
    comment: |person| format!("{person} says"),
    no_rating: "Without a rating that can be read, it does not reach the author.",
    told_rating: |rating| format!("The author was told the rating {rating}."),
    prompt: "The prompt as it was sent",
    first: "first",
    second: "second",
    likely: "How likely was each word?",
    likely_hide: "Close",
    likely_hint: "The paler a word, the less the model expected it. Arrow keys go from word to word.",
    likely_role: "The role chose these words. Here is how likely the model behind it would have been to say them.",
    likely_person: "A person chose these words. Here is how likely the model would have been to say them.",
    likely_list: "Every word in a list",
    likely_word: "Word",
    likely_chance: "Probability",
    likely_else: "Likeliest in its place",
    likely_sum: |sum| format!("All together: log-probability {sum}."),
    likely_end: "end",
    open: "Open in inspector",
    found: |found, all| {
        if found == all {
            format!("{all} answers")
        } else {
            format!("{found} of {all} answers")
        }
    },
    searching: "searching",
    sieve: "Filter",
    clear: "Clear",
    any: "any",
    raised: "Raised",
    before: "First answer scored",
    after: "Second answer scored",
    spoke: "Who spoke",
    round: "Round",
    bands: ["harmful (1 to 3)", "neither (4)", "kind (5 to 7)"],
    unscored: "no score",
    changed: "Only answers that changed",
    unread: "Only with comments nobody could read",
};

/// In Simplified Chinese.
pub const CHINESE: InspectorText = InspectorText {
    role: "角色",
    roles: ["普通村民", "固执的人", "捣乱的人", "核查的人"],
    model: "模型",
    place: "住处",
    place_at: |row, column| format!("第 {row} 行第 {column} 列"),
    absent: "眼下没有参与",
    neighbours: "邻居",
    neighbours_none: "旁边没有人住。",
    neighbours_more: |count| format!("还有 {count} 人"),
    remember: "现在记得什么",
    remember_search: "搜索他的记忆",
    remember_again: "再看一次",
    remember_none: "没有哪条记忆里有这些词。",
    remember_found: |found, all| {
        if found == all {
            format!("{all} 条，最新的在前")
        } else {
            format!("{all} 条中的 {found} 条")
        }
    },
    more: |count| format!("再显示 {count} 条"),
    busy: "正在询问引擎。它在计算时，会在两段工作之间回答。",
    no_answer: "引擎现在答不上来。",
    look_at: |person| format!("看看 {person}"),
    by_model: |model| format!("模型（{model}）说的"),
    by_role: "角色说的",
    by_person: "真人说的",
    question: "问题",
    told: "想起了什么",
    near: |distance, limit| format!("够接近，写进了提示词：距离 {distance}，上限 {limit}。"),
    far: |distance, limit| format!("太远：{distance}，上限 {limit}。没有写进提示词。"),
    comment: |person| format!("{person} 说"),
    no_rating: "评分读不出来，所以作者看不到这条意见。",
    told_rating: |rating| format!("作者被告知的评分是 {rating}。"),
    prompt: "真正发出的提示词",
    first: "第一次",
    second: "第二次",
    likely: "每个词有多大可能？",
    likely_hide: "收起",
    likely_hint: "颜色越淡，模型越没料到这个词。用方向键逐词查看。",
    likely_role: "这些词由角色决定。这里显示的是背后的模型有多大可能这样说。",
    likely_person: "这些词由真人写下。这里显示的是模型有多大可能这样说。",
    likely_list: "逐词列表",
    likely_word: "词",
    likely_chance: "概率",
    likely_else: "此处最可能的词",
    likely_sum: |sum| format!("合起来：对数概率 {sum}。"),
    likely_end: "结束",
    open: "在细看中打开",
    found: |found, all| {
        if found == all {
            format!("{all} 个回答")
        } else {
            format!("{all} 个回答中的 {found} 个")
        }
    },
    searching: "正在搜索",
    sieve: "筛选",
    clear: "清除",
    any: "不限",
    raised: "教养",
    before: "第一次回答的分数",
    after: "第二次回答的分数",
    spoke: "谁说的",
    round: "轮次",
    bands: ["有害（1 到 3）", "都不是（4）", "善良（5 到 7）"],
    unscored: "没有分数",
    changed: "只看有改变的回答",
    unread: "只看有人评语读不懂的回答",
};
