//! Texts: what was found in many societies. English claims and settings are the files' own words.

use super::{Count, One};

/// What was found in many societies.
pub struct FindingsText {
    pub open: &'static str,
    pub title: &'static str,
    pub lead: &'static str,
    pub loading: &'static str,
    /// Name of the file.
    pub missing: One,
    /// Name of the file, and what is wrong with it.
    pub broken: fn(&str, &str) -> String,
    pub made_by: &'static str,
    pub file: &'static str,

    pub claims: &'static str,
    pub claims_hint: &'static str,
    /// People and rounds.
    pub scale: fn(u32, u32) -> String,
    pub claim: &'static str,
    pub difference: &'static str,
    pub verdict: &'static str,
    /// The paper, its reviewers, ours.
    pub sources: [&'static str; 3],
    /// Holds, contrary, open.
    pub verdicts: [&'static str; 3],
    pub seeds: Count,
    /// A claim in this language, by its id.
    pub claim_text: fn(&str) -> Option<&'static str>,
    /// A setting's name in this language.
    pub setting: fn(&str) -> Option<&'static str>,
    /// Kind of comparison, figure, and the settings.
    pub compared: fn(&str, &str, &str, &str) -> String,
    pub alignment: &'static str,
    pub revised: &'static str,
    pub engagement: &'static str,
    pub engagement_revised: &'static str,
    pub nearness: &'static str,
    pub moran: &'static str,

    pub curves: &'static str,
    pub curves_hint: Count,
    pub shown: &'static str,
    pub beside: &'static str,
    pub figure: &'static str,
    pub none: &'static str,

    pub distances: &'static str,
    pub distances_hint: &'static str,
    pub model: &'static str,
    pub helps: &'static str,
    pub misleads: &'static str,
    pub distance: &'static str,
    /// Limit, share that helps, share of helpful ones recalled.
    pub chosen: fn(&str, &str, &str) -> String,
    /// The published limit, share recalled, share of those that helps.
    pub published: fn(&str, &str, &str) -> String,
}

/// In English.
pub const ENGLISH: FindingsText = FindingsText {
    open: "What was found in many societies",
    title: "What was found",
    lead: "Many societies were played beforehand, each setting with several seeds. Anybody can play them again: the command and the files are below.",
    loading: "Fetching the findings",
    missing: |file| format!("These findings are not here: {file} could not be fetched."),
    broken: |file, why| format!("These findings cannot be read: {file}, {why}."),
    made_by: "Made by",
    file: "the file",

    claims: "Claims, and what the runs say",
    claims_hint: "Dots are mean differences over the [seeds|seed], in points of the scale from 1 to 7; lines are [95% intervals|confidence-interval]. A claim holds where the whole line lies right of zero; where it crosses zero, the question is open. Among 100 people the same questions come round every five rounds, and climbing is a single step there: [drafts|draft] become what is remembered of their [revision|revision], and revisions stay as good as they were.",
    scale: |people, rounds| format!("{people} people, {rounds} rounds"),
    claim: "Claim",
    difference: "Difference",
    verdict: "Verdict",
    sources: ["the paper", "its reviewers", "ours"],
    verdicts: ["holds", "the contrary holds", "open"],
    seeds: |count| format!("{count} seeds"),
    claim_text: |_| None,
    setting: |_| None,
    compared: |kind, figure, one, other| match kind {
        "rise" => format!("{figure} in {one}, last third less first third of the rounds"),
        "lift" => format!("{figure} less first answers in {one}, all rounds"),
        "more" => format!("{figure}, last third of the rounds, {one} less {other}"),
        _ => format!("{figure}, all rounds, {one} less {other}"),
    },
    alignment: "alignment of first answers",
    revised: "alignment of second answers",
    engagement: "engagement of first answers",
    engagement_revised: "engagement of second answers",
    nearness: "nearness of first answers to 7 and 7",
    moran: "Moran's I of second answers",

    curves: "Round by round",
    curves_hint: |rounds| {
        format!("Means over the seeds of moving averages over {rounds} rounds, with 95% intervals.")
    },
    shown: "Setting",
    beside: "Beside it",
    figure: "Figure",
    none: "nothing",

    distances: "How near must a memory be?",
    distances_hint: "For every question the nearest memory was looked for. Up: it is about the same thing and helps. Down: it is about something else and misleads.",
    model: "Model",
    helps: "helps",
    misleads: "misleads",
    distance: "distance",
    chosen: |limit, precision, recall| {
        format!(
            "Limit {limit}, the dashed line: of the memories nearer than that {precision} help, and {recall} of all that help are told."
        )
    },
    published: |limit, recalled, precision| {
        format!(
            "At the published limit of {limit}, made for another embedding, {recalled} of all questions would be told a memory, and {precision} of those help."
        )
    },
};

/// In Simplified Chinese.
pub const CHINESE: FindingsText = FindingsText {
    open: "许多社会里的发现",
    title: "有什么发现",
    lead: "事先运行了许多社会，每种设定用几个种子。谁都可以重做：命令和文件在下面。",
    loading: "正在取来结果",
    missing: |file| format!("这里没有这些结果：取不到 {file}。"),
    broken: |file, why| format!("这些结果读不出来：{file}，{why}。"),
    made_by: "由此命令得出",
    file: "文件",

    claims: "说法，以及运行的结果",
    claims_hint: "圆点是各[种子|seed]平均的差，以 1 到 7 分的分值计；横线是 [95% 区间|confidence-interval]。整条线在零的右边，说法成立；跨过零，则没有定论。一百人的社会里，每五轮会再遇到同样的问题；那里的上升只有一步：[初稿|draft]变成所记得的[修改稿|revision]，而修改稿并没有更好。",
    scale: |people, rounds| format!("{people} 人，{rounds} 轮"),
    claim: "说法",
    difference: "差",
    verdict: "结论",
    sources: ["论文", "审稿人", "我们"],
    verdicts: ["成立", "恰恰相反", "没有定论"],
    seeds: |count| format!("{count} 个种子"),
    claim_text: chinese_claim,
    setting: chinese_setting,
    compared: |kind, figure, one, other| match kind {
        "rise" => format!("“{one}”的{figure}：最后三分之一轮减最初三分之一轮"),
        "lift" => format!("“{one}”的{figure}减第一次回答，全部轮次"),
        "more" => format!("{figure}，最后三分之一轮，“{one}”减“{other}”"),
        _ => format!("{figure}，全部轮次，“{one}”减“{other}”"),
    },
    alignment: "第一次回答的对齐",
    revised: "第二次回答的对齐",
    engagement: "第一次回答的投入",
    engagement_revised: "第二次回答的投入",
    nearness: "第一次回答离“对齐 7 分、投入 7 分”有多近",
    moran: "第二次回答的莫兰指数",

    curves: "逐轮来看",
    curves_hint: |rounds| format!("{rounds} 轮移动平均，再对各种子取平均，带 95% 区间。"),
    shown: "设定",
    beside: "对照",
    figure: "数值",
    none: "无",

    distances: "记忆要多近才有用？",
    distances_hint: "为每个问题找出最近的记忆。向上：说的是同一件事，有帮助。向下：说的是别的事，会误导。",
    model: "模型",
    helps: "有帮助",
    misleads: "误导",
    distance: "距离",
    chosen: |limit, precision, recall| {
        format!(
            "上限 {limit}，即虚线：比它近的记忆中 {precision} 有帮助；有帮助的记忆中 {recall} 会被想起。"
        )
    },
    published: |limit, recalled, precision| {
        format!(
            "原文的上限 {limit} 是为另一种嵌入定的：用在这里，{recalled} 的问题都会想起一条记忆，其中 {precision} 有帮助。"
        )
    },
};

fn chinese_claim(id: &str) -> Option<&'static str> {
    Some(match id {
        "feedback_helps" => "反馈让回答更对齐。",
        "mixed_climbs" => "好坏混住的社会在对齐和投入上一起走高。",
        "asked_again_climbs" => "同样的问题反复出现时，它确实走高。",
        "asked_again_bad_climbs" => "同样的问题反复出现时，连人人教养不良的社会也走高。",
        "all_good_climbs" => "人人教养良好的社会也走高。",
        "all_bad_climbs" => "连人人教养不良的社会也走高。",
        "all_bad_alignment_ceiling" => "人人教养不良的社会，对齐的上限比混住的低。",
        "all_bad_engagement_ceiling" => "投入的上限也更低。",
        "stronger_model" => "更强的模型带来更对齐的社会。",
        "many_against_one" => "许多人一起，比一个人自我批评更对齐。",
        "larger_society" => "社会越大越对齐：81 人对 9 人。",
        "grid_against_pool" => "有邻里的网格比不分邻里的人群更对齐。",
        "learnt_without_comments" => "问题反复出现时，从意见中学到的胜过没有任何意见。",
        "reasons_beyond_rating" => "理由比光有评分更有帮助。",
        "four_against_one" => "四条意见比一条更对齐。",
        "median_last" => "最后读到中间的意见，比最后读到最严厉的更对齐。",
        "approving_last" => "最后读到赞许的意见，比最后读到最严厉的更对齐。",
        "any_order" => "随便什么顺序，都比最严厉的放最后更对齐。",
        "camps_against_mixture" => "两个阵营一直不如混住。",
        "strangers_help" => "评论者中有些陌生人会有帮助。",
        "shortcuts_help" => "环上的捷径有帮助。",
        "hubs_against_circles" => "有中心人物的网络比封闭的圈子更对齐。",
        "trolls_harm" => "三十六人中有六个捣乱的，会把社会拉低。",
        "fact_checkers_help" => "六个核查的人能把它抬高。",
        "weak_minds_harm" => "弱模型会拉低强模型的社会。",
        "official_mistakes_cost" => "公开代码中的错误有损对齐。",
        _ => return None,
    })
}

fn chinese_setting(name: &str) -> Option<&'static str> {
    Some(match name {
        "mixed" => "好坏混住（默认）",
        "all_good" => "人人教养良好",
        "all_bad" => "人人教养不良",
        "alone" => "只评自己的回答",
        "asked_again" => "24 个问题反复出现",
        "asked_again_bad" => "问题反复出现，人人教养不良",
        "asked_again_no_feedback" => "问题反复出现，没人评论",
        "half_half" => "沿对角线分两个阵营",
        "pool" => "评论者来自各处",
        "local_and_global" => "一半邻居，一半陌生人",
        "size_3" => "9 人",
        "size_9" => "81 人",
        "weak" => "都用弱模型",
        "strong" => "都用强模型",
        "weak_among_strong" => "强模型，一半换成弱模型",
        "score_only" => "只告知评分，不给理由",
        "median_last" => "最后读中间的意见",
        "rating_weighted" => "赞许的意见多半放最后",
        "random_order" => "意见顺序随机",
        "one_peer" => "只有一条意见",
        "ring" => "环，左右各两个邻居",
        "small_world" => "环，五分之一的连接改到任意处",
        "scale_free" => "有中心人物的网络",
        "communities" => "四个封闭的圈子",
        "trolls" => "六个捣乱的人",
        "fact_checkers" => "六个核查的人",
        "official" => "带公开代码中的错误",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The names in a table of the terminal's rooms, which the page cannot import: each follows its
    /// opening word, on the same line or the next.
    fn names(source: &'static str, openings: &[&str]) -> Vec<&'static str> {
        let mut found = Vec::new();
        for opening in openings {
            for rest in source.split(opening).skip(1) {
                if let Some(name) = rest.trim_start().strip_prefix('"') {
                    found.extend(name.split('"').next());
                }
            }
        }
        found
    }

    #[test]
    fn every_claim_and_setting_has_chinese_words() {
        let claims = names(include_str!("../../cli/findings/claims.rs"), &[" claim("]);
        assert_eq!(claims.len(), 26);
        for id in claims {
            assert!((CHINESE.claim_text)(id).is_some(), "{id}");
        }
        let plan = include_str!("../../cli/findings/plan.rs");
        let settings = names(plan, &[" small(", " both("]);
        assert_eq!(settings.len(), 27);
        for name in settings {
            assert!((CHINESE.setting)(name).is_some(), "{name}");
        }
        assert_eq!((CHINESE.claim_text)("a claim of tomorrow"), None);
    }
}
