//! Texts: what is being worked on.

use super::{Count, One};

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
    /// Megabytes that are here, and all of them.
    pub bytes_of: fn(&str, &str) -> String,
    pub bytes: One,
    /// Programs for the graphics card.
    pub programs: Count,
    /// The same where it is known how many there are.
    pub programs_of: fn(u32, u32) -> String,
}

/// In English.
pub const ENGLISH: Stages = Stages {
    loading_model: "Reading the model",
    remembering: "Villagers gather their memories",
    drafting: "Villagers write a first answer",
    criticising: "Neighbours say what they think",
    revising: "Villagers think again",
    training: "The model learns",
    testing_base: "The old model answers the test",
    testing_trained: "The new model answers the test",
    bytes_of: |here, all| format!("{here} of {all} MB"),
    bytes: |here| format!("{here} MB so far"),
    programs: |count| format!("preparing the graphics card: program {count}"),
    programs_of: |here, all| format!("preparing the graphics card: program {here} of about {all}"),
};

/// In Simplified Chinese.
pub const CHINESE: Stages = Stages {
    loading_model: "正在读取模型",
    remembering: "村民正在整理记忆",
    drafting: "村民写下第一次回答",
    criticising: "邻居说出看法",
    revising: "村民重新思考",
    training: "模型正在学习",
    testing_base: "旧模型正在答题",
    testing_trained: "新模型正在答题",
    bytes_of: |here, all| format!("{here} / {all} MB"),
    bytes: |here| format!("已取 {here} MB"),
    programs: |count| format!("正在准备显卡：第 {count} 个程序"),
    programs_of: |here, all| format!("正在准备显卡：第 {here} 个程序，共约 {all} 个"),
};
