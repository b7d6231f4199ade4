//! Texts: the society and the conversation.

use super::{Count, One};

/// The society and the conversation.
pub struct SceneText {
    /// A record from a file, and what is not known of it.
    pub brought: One,
    pub brought_hint: &'static str,
    pub society: &'static str,
    pub person: Count,
    pub raised: &'static str,
    pub raised_well: &'static str,
    pub raised_badly: &'static str,
    pub alignment: &'static str,
    pub engagement: &'static str,
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
    pub memory_none: &'static str,
    pub their_answers: &'static str,
    pub begin: &'static str,
    /// In the order of `Voice`: model, role, person.
    pub voices: [&'static str; 3],
    /// Names of the profiles, in the order of `Profile::ALL`; then of one's own weights.
    pub profiles: [&'static str; 5],
}

/// In English.
pub const ENGLISH: SceneText = SceneText {
    brought: |name| format!("A record that was brought: {name}"),
    brought_hint: "Only what was said is known of this run, not its settings: who lives where is a guess, and links \
                    join those who gave each other feedback. Reset goes back to your own.",
    society: "The village",
    person: |id| format!("No. {id}"),
    raised: "Raised",
    raised_well: "raised well",
    raised_badly: "raised badly",
    alignment: "Alignment",
    engagement: "Engagement",
    answers: "Answers",
    not_yet: "not yet",
    on_stage: "On stage",
    nobody_title: "The curtain is still down",
    nobody: |people| {
        format!(
            "Press Run. Each of {people} villagers is asked a question, some of them nasty ones. They answer, neighbours \
             rate the answer and say why, and they answer again. What the neighbours say depends on how they were raised."
        )
    },
    gathering: "Each of them recalls what they heard as a child. Then the first questions are asked.",
    asks: "Asked",
    draft: "First answer",
    neighbours: "What the neighbours say",
    neighbour_none: "Nobody was near enough to say anything.",
    unreadable: "could not be understood",
    no_reason: "— no reason given",
    revision: "Second answer",
    unchanged: "The answer stayed as it was.",
    rewritten: "Written anew from beginning to end.",
    thinking_neighbours: "Neighbours are thinking it over",
    thinking_revision: "Thinking again",
    observers: "The observers",
    before_after: "first → second",
    scored_by: |name| format!("Scored by “{name}” values, not by the village's common ones."),
    rating: "Rating",
    follow: "Follow the play",
    following: "Following the play",
    details: "Look closer",
    record: "The record",
    record_empty: "Every answer will be listed here, with what was said about it.",
    record_none: "Nothing in the record has these words.",
    record_count: |count| {
        if count == 1 {
            "1 answer".into()
        } else {
            format!("{count} answers")
        }
    },
    record_more: |count| format!("Show {count} more"),
    search: "Search the record",
    round: |round| format!("round {round}"),
    prompts: "The prompts that were really sent",
    memory_none: "Nothing similar came to mind.",
    their_answers: "Their answers",
    begin: "Before the first answer",
    voices: ["the model", "a role", "a person"],
    profiles: ["Common", "Careful", "Frank", "Kin", "Your own"],
};

/// In Simplified Chinese.
pub const CHINESE: SceneText = SceneText {
    brought: |name| format!("带来的记录：{name}"),
    brought_hint: "关于这次运行，只知道说过的话，不知道它的设置：谁住在哪里是推测，连线连的是互相给过意见的人。“重置”回到你自己的运行。",
    society: "村庄",
    person: |id| format!("{id} 号"),
    raised: "教养",
    raised_well: "教养良好",
    raised_badly: "教养不良",
    alignment: "对齐",
    engagement: "投入",
    answers: "回答",
    not_yet: "还没有",
    on_stage: "台上",
    nobody_title: "幕布还没有拉开",
    nobody: |people| {
        format!(
            "按“开始”。{people} 位村民各被问一个问题，有些问题不怀好意。他们先回答，邻居打分并说明理由，然后再回答一次。邻居怎么说，取决于他们受过怎样的教养。"
        )
    },
    gathering: "每个人都在回想小时候听过的话，然后才会被问到第一个问题。",
    asks: "问题",
    draft: "第一次回答",
    neighbours: "邻居怎么说",
    neighbour_none: "附近没有人能发表意见。",
    unreadable: "没能听懂",
    no_reason: "— 没有给出理由",
    revision: "第二次回答",
    unchanged: "回答没有改变。",
    rewritten: "从头到尾重新写过。",
    thinking_neighbours: "邻居正在考虑",
    thinking_revision: "正在重新思考",
    observers: "观察者",
    before_after: "前 → 后",
    scored_by: |name| format!("按“{name}”的价值观打分，不是村里共同的那一套。"),
    rating: "评分",
    follow: "跟随演出",
    following: "正在跟随演出",
    details: "细看",
    record: "记录",
    record_empty: "每一个回答以及别人对它的评价都会列在这里。",
    record_none: "记录里没有这些词。",
    record_count: |count| format!("{count} 个回答"),
    record_more: |count| format!("再显示 {count} 个"),
    search: "搜索记录",
    round: |round| format!("第 {round} 轮"),
    prompts: "真正发出的提示词",
    memory_none: "没有想起类似的事。",
    their_answers: "此人的回答",
    begin: "第一个回答之前",
    voices: ["模型", "角色", "真人"],
    profiles: ["共同", "谨慎", "直率", "亲情", "自己定"],
};
