//! Texts: the society in figures.

use super::{Count, Of, One};

/// The society in figures.
pub struct StatisticsText {
    pub title: &'static str,
    pub empty: &'static str,
    /// What stands between two sentences.
    pub gap: &'static str,
    /// Rounds counted.
    pub over: Count,
    /// The round that the replay has reached.
    pub then: Count,
    /// Answers without a score.
    pub lost: Count,
    /// Lower and upper end of an interval.
    pub between: fn(&str, &str) -> String,
    pub intervals: &'static str,

    pub curves: &'static str,
    pub everybody: &'static str,
    pub average: &'static str,
    /// Rounds of the moving average; 1: none.
    pub average_of: Count,

    pub scatter: &'static str,
    pub scatter_hint: &'static str,
    pub people: &'static str,
    pub rounds: &'static str,
    /// People, and those on the front.
    pub people_line: Of,
    /// People who share a mark.
    pub side_by_side: Count,
    /// Rounds, and those on the front.
    pub rounds_line: Of,
    pub front: &'static str,
    pub front_more: Count,

    pub agreement: &'static str,
    pub neighbours: &'static str,
    pub anybody: &'static str,
    /// Round, and how far neighbours and any two people are apart.
    pub differ: fn(u32, &str, &str) -> String,
    /// The value, and the one to expect by chance.
    pub moran: fn(&str, &str) -> String,
    /// Alike, unlike, chance, unknown: in the order of `agreement::Likeness`.
    pub likeness: [&'static str; 4],
    pub no_moran: &'static str,
    pub rough: &'static str,
    pub no_groups: &'static str,
    /// Groups, people in the largest, their share, their side.
    pub groups: fn(u32, u32, &str, &str) -> String,
    pub aligned: &'static str,
    pub misaligned: &'static str,
    pub moved: &'static str,

    pub voices: &'static str,
    /// Drafts, share changed, its interval.
    pub changed: fn(u32, &str, &str) -> String,
    /// Mean change of alignment, its interval.
    pub lifted: fn(&str, &str) -> String,
    pub nobody_spoke: &'static str,
    pub voices_hint: &'static str,
    pub whose: &'static str,
    pub comments: &'static str,
    pub then_changed: &'static str,
    pub then_lifted: &'static str,
    /// Everybody raised like this.
    pub all_of: One,

    pub settled: &'static str,
    /// The round, the rounds of an average, the band.
    pub settled_from: fn(u32, u32, &str) -> String,
    /// Rounds of an average, the band.
    pub not_settled: fn(u32, &str) -> String,
    /// Rounds that are needed.
    pub too_early: Count,
    /// Whose, the slope, its interval.
    pub drift: fn(&str, &str, &str) -> String,
    pub drift_unclear: &'static str,
}

/// In English.
pub const ENGLISH: StatisticsText = StatisticsText {
    title: "The society in figures",
    empty: "After the first round there is something to count.",
    gap: " ",
    over: |rounds| {
        if rounds == 1 {
            "Over the first round.".into()
        } else {
            format!("Over rounds 1 to {rounds}.")
        }
    },
    then: |round| format!("As it was after round {round}."),
    lost: |count| {
        format!("{count} answers could not be scored; each figure leaves out what it lacks.")
    },
    between: |low, high| format!("{low} to {high}"),
    intervals: "In brackets: 95% intervals.",

    curves: "By upbringing",
    everybody: "everybody",
    average: "Moving average",
    average_of: |rounds| {
        if rounds == 1 {
            "each round by itself".into()
        } else {
            format!("over {rounds} rounds")
        }
    },

    scatter: "Kind and engaging at once",
    scatter_hint: "Means of second answers. The line joins the [front|front]: those whom nobody matches in both and beats in one.",
    people: "People",
    rounds: "Rounds",
    people_line: |people, front| format!("{people} people, {front} of them on the front."),
    side_by_side: |people| format!("{people} people side by side"),
    rounds_line: |rounds, front| format!("{rounds} rounds, {front} of them on the front."),
    front: "On the front, with alignment and engagement:",
    front_more: |count| format!("and {count} more"),

    agreement: "Do neighbours agree?",
    neighbours: "neighbours",
    anybody: "any two people",
    differ: |round, near, any| {
        format!(
            "In round {round}, second answers of neighbours are {near} points of alignment apart, those of any two people {any}."
        )
    },
    moran: |value, expected| {
        format!("Moran's I is {value}; chance alone would give about {expected}.")
    },
    likeness: [
        "Neighbours are more alike than chance would have it.",
        "Neighbours differ more than chance would have it, as on a chessboard.",
        "That is no more than chance can do.",
        "Here that says nothing about chance.",
    ],
    no_moran: "Moran's I cannot be told: all answers score the same, or nobody has neighbours.",
    rough: "With so few people this is a rough guess.",
    no_groups: "No two neighbours are on the same side of the scale.",
    groups: |groups, people, share, side| {
        let largest = if groups == 1 {
            format!("one group, of {people} people")
        } else {
            format!("{groups} groups, the largest of {people} people")
        };
        format!("Neighbours on the same side of the scale form {largest} ({share}), {side}.")
    },
    aligned: "all kind",
    misaligned: "all harmful",
    moved: "People move here: neighbours are those who live side by side now.",

    voices: "Whose comments change answers?",
    changed: |drafts, share, interval| {
        format!("Of {drafts} first answers with comments, {share} were changed ({interval}).")
    },
    lifted: |change, interval| format!("Their alignment moved by {change} points ({interval})."),
    nobody_spoke: "Nobody has commented yet.",
    voices_hint: "An answer has several critics and changes once: this tells who was around when answers changed. Those stand first of whom it is surest.",
    whose: "Comments of",
    comments: "Comments",
    then_changed: "Answers changed",
    then_lifted: "Alignment moved",
    all_of: |raised| format!("all {raised}"),

    settled: "Has it come to rest?",
    settled_from: |round, window, band| {
        format!(
            "Since round {round}: from there on the average alignment over {window} rounds stays within {band} points."
        )
    },
    not_settled: |window, band| {
        format!(
            "Not yet: the average alignment over {window} rounds still moves by more than {band} points."
        )
    },
    too_early: |rounds| format!("Too early to tell: that takes {rounds} rounds."),
    drift: |whose, slope, interval| {
        format!("Alignment of {whose} moves by {slope} points a round ({interval}).")
    },
    drift_unclear: "The intervals contain zero: this may be luck.",
};

/// In Simplified Chinese.
pub const CHINESE: StatisticsText = StatisticsText {
    title: "数字里的社会",
    empty: "第一轮结束后，就有可数的了。",
    gap: "",
    over: |rounds| format!("统计前 {rounds} 轮。"),
    then: |round| format!("第 {round} 轮结束时的样子。"),
    lost: |count| format!("有 {count} 个回答没有分数；每个数值都不计缺少的部分。"),
    between: |low, high| format!("{low} 至 {high}"),
    intervals: "括号内是 95% 区间。",

    curves: "按教养分开看",
    everybody: "所有人",
    average: "移动平均",
    average_of: |rounds| {
        if rounds == 1 {
            "逐轮".into()
        } else {
            format!("{rounds} 轮平均")
        }
    },

    scatter: "又善良又投入",
    scatter_hint: "第二次回答的平均。连线是[前沿|front]：没有谁两样都不输、又有一样更好。",
    people: "人",
    rounds: "轮",
    people_line: |people, front| format!("{people} 人，其中 {front} 人在前沿上。"),
    side_by_side: |people| format!("挨在一起的 {people} 人"),
    rounds_line: |rounds, front| format!("{rounds} 轮，其中 {front} 轮在前沿上。"),
    front: "在前沿上的（对齐、投入）：",
    front_more: |count| format!("还有 {count} 个"),

    agreement: "邻居之间一致吗？",
    neighbours: "邻居之间",
    anybody: "任意两人",
    differ: |round, near, any| {
        format!("第 {round} 轮，邻居的第二次回答平均相差 {near} 分对齐，任意两人相差 {any} 分。")
    },
    moran: |value, expected| format!("莫兰指数是 {value}；纯凭偶然约为 {expected}。"),
    likeness: [
        "邻居比偶然情形更相像。",
        "邻居比偶然情形更不同，像棋盘一样。",
        "这没有超出偶然。",
        "在这里说明不了是否偶然。",
    ],
    no_moran: "算不出莫兰指数：所有回答同分，或者谁都没有邻居。",
    rough: "人这么少，只是粗略的估计。",
    no_groups: "没有两个邻居站在同一边。",
    groups: |groups, people, share, side| {
        format!("站在同一边的邻居形成 {groups} 群，最大的一群有 {people} 人（{share}），{side}。")
    },
    aligned: "都善良",
    misaligned: "都有害",
    moved: "这里的人会搬家：邻居按现在的住处算。",

    voices: "谁的意见改变了回答？",
    changed: |drafts, share, interval| {
        format!("{drafts} 个得到意见的第一次回答中，{share} 被修改（{interval}）。")
    },
    lifted: |change, interval| format!("它们的对齐变化 {change} 分（{interval}）。"),
    nobody_spoke: "还没有人提过意见。",
    voices_hint: "一个回答有好几个人评论，却只改一次：这里说的是回答改变时谁在场。最有把握的排在前面。",
    whose: "谁的意见",
    comments: "条数",
    then_changed: "回答改变",
    then_lifted: "对齐变化",
    all_of: |raised| format!("所有{raised}的人"),

    settled: "安定下来了吗？",
    settled_from: |round, window, band| {
        format!("从第 {round} 轮起：此后 {window} 轮的平均对齐一直在 {band} 分之内。")
    },
    not_settled: |window, band| format!("还没有：{window} 轮的平均对齐仍有超过 {band} 分的变动。"),
    too_early: |rounds| format!("为时尚早：至少需要 {rounds} 轮。"),
    drift: |whose, slope, interval| format!("{whose}的对齐每轮变化 {slope} 分（{interval}）。"),
    drift_unclear: "区间包含零：也可能只是运气。",
};
