//! Texts: learning in stages, and what is seen of it while it goes on.

use super::{Count, Of};

/// Learning in stages, and what is seen of it while it goes on.
pub struct LearningText {
    pub pipeline: (&'static str, &'static str),
    /// In the order of `Pipeline::ALL`; the last is one's own.
    pub pipeline_names: [&'static str; 8],
    pub pipeline_lines: [&'static str; 8],
    pub stages: &'static str,
    pub stage_names: [&'static str; 4],
    pub steps: Count,
    /// In the order of `settings::stages::Deed::ALL`.
    pub deeds: [&'static str; 5],
    /// Stage, stages and name.
    pub stage_of: fn(u32, u32, &str) -> String,
    pub ended_early: Of,
    pub loss_learnt: &'static str,
    pub loss_kept: &'static str,
    pub loss_some: &'static str,
    pub divergence: &'static str,
    pub divergence_hint: &'static str,
    pub watched: &'static str,
    pub watched_hint: &'static str,
    pub at_step: Count,
    pub look: &'static str,
    pub first: &'static str,
    pub scores: fn(f32, f32) -> String,
    /// Alignment, engagement and share of bad answers.
    pub means: fn(f32, f32, f32) -> String,
    pub lessons: Of,
    pub imitated: Count,
    pub skipped: Count,
    pub skipped_more: Count,
    /// In the order of `Why`.
    pub why: [&'static str; 6],
}

/// In English.
pub const ENGLISH: LearningText = LearningText {
    pipeline: ("Way of learning", ""),
    pipeline_names: [
        "the usual: one stage",
        "as published: three stages",
        "one mix, 5 : 1 : 1",
        "without imitation",
        "without self-critic",
        "without realignment",
        "SFT, then DPO",
        "your own",
    ],
    pipeline_lines: [
        "Answers alone, the best known one preferred.",
        "Imitation of good answers, then self-critic, then realignment, with the authors' numbers.",
        "The same data and numbers, all in one stage.",
        "As published, but for the first stage: what does it add?",
        "As published, but for the second stage: what does it add?",
        "As published, but for the third stage: what does it add?",
        "First copy the best answers, then prefer them to others.",
        "Stages as set below.",
    ],
    stages: "Stages, one after the other",
    stage_names: ["Imitation", "Self-critic", "Realignment", "Mixture"],
    steps: |steps| format!("{steps} steps"),
    deeds: ["Add", "Duplicate", "Earlier", "Later", "Remove"],
    stage_of: |stage, stages, name| format!("Stage {stage} of {stages}: {name}"),
    ended_early: |steps, planned| {
        format!("It ended after {steps} of {planned} steps: no better loss was to be had.")
    },
    loss_learnt: "learnt from",
    loss_kept: "kept for measuring",
    loss_some: "some of the same, at a look",
    divergence: "Distance from its beginning",
    divergence_hint: "how differently it picks the next word than the model the stage began with, nats a token",
    watched: "Three questions, asked again and again",
    watched_hint: "They are in no test. Step 0 is before learning.",
    at_step: |step| format!("after step {step}"),
    look: "Look",
    first: "before learning",
    scores: |alignment, engagement| format!("alignment {alignment:.0}, engagement {engagement:.0}"),
    means: |alignment, engagement, bad| {
        format!(
            "Ten questions: alignment {alignment:.1}, engagement {engagement:.1}, bad {:.0}%",
            bad * 100.0
        )
    },
    lessons: |learnt, kept| {
        format!("Learns from {learnt} questions; {kept} are kept for measuring.")
    },
    imitated: |count| format!("{count} of them have nothing to compare and are only imitated."),
    skipped: |count| format!("{count} questions are not learnt from"),
    skipped_more: |count| format!("and {count} more"),
    why: [
        "answers and scores don't match in number",
        "a score is not a number",
        "no words",
        "too long for the model",
        "one answer only",
        "all answers equally good",
    ],
};

/// In Simplified Chinese.
pub const CHINESE: LearningText = LearningText {
    pipeline: ("学习方式", ""),
    pipeline_names: [
        "平常：一个阶段",
        "按论文：三个阶段",
        "合在一起，5 : 1 : 1",
        "去掉模仿",
        "去掉自我批评",
        "去掉重新对齐",
        "先 SFT，再 DPO",
        "自定",
    ],
    pipeline_lines: [
        "只学回答，偏爱已知最好的。",
        "先模仿好的回答，再自我批评，再重新对齐，用作者的数值。",
        "同样的数据和数值，合在一个阶段。",
        "按论文，但没有第一阶段：它有什么用？",
        "按论文，但没有第二阶段：它有什么用？",
        "按论文，但没有第三阶段：它有什么用？",
        "先照抄最好的回答，再偏爱它们胜过别的。",
        "阶段如下所设。",
    ],
    stages: "阶段，依次进行",
    stage_names: ["模仿", "自我批评", "重新对齐", "混合"],
    steps: |steps| format!("{steps} 步"),
    deeds: ["添加", "复制", "提前", "推后", "删除"],
    stage_of: |stage, stages, name| format!("第 {stage} 阶段，共 {stages} 个：{name}"),
    ended_early: |steps, planned| {
        format!("在计划的 {planned} 步中走了 {steps} 步就结束了：损失不再变好。")
    },
    loss_learnt: "所学的",
    loss_kept: "留作测量的",
    loss_some: "抽查所学的一部分",
    divergence: "离起点的距离",
    divergence_hint: "选择下一个词与本阶段起始模型有多不同，每个词的纳特数",
    watched: "反复问的三个问题",
    watched_hint: "它们不在任何测试里。第 0 步是学习之前。",
    at_step: |step| format!("第 {step} 步之后"),
    look: "查看",
    first: "学习之前",
    scores: |alignment, engagement| format!("对齐 {alignment:.0}，投入 {engagement:.0}"),
    means: |alignment, engagement, bad| {
        format!(
            "十个问题：对齐 {alignment:.1}，投入 {engagement:.1}，坏回答 {:.0}%",
            bad * 100.0
        )
    },
    lessons: |learnt, kept| format!("从 {learnt} 个问题学习；{kept} 个留作测量。"),
    imitated: |count| format!("其中 {count} 个没有可比较的，只是模仿。"),
    skipped: |count| format!("{count} 个问题没有用来学习"),
    skipped_more: |count| format!("还有 {count} 个"),
    why: [
        "回答与评分数目不符",
        "评分不是数",
        "没有词",
        "对模型来说太长",
        "只有一个回答",
        "所有回答一样好",
    ],
};
