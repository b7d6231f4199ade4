//! Texts: runs side by side, and the results of sweeps. They are in the file of that surface alone.

use super::{Count, Language, Of, One};

/// Runs side by side, and the results of sweeps.
pub struct RunsText {
    pub title: &'static str,
    pub lead: &'static str,
    pub shelf: &'static str,
    pub shelf_empty: &'static str,
    /// Number of a run that nobody named.
    pub unnamed: Count,
    pub early: &'static str,
    pub name: One,
    pub shown: One,
    pub open: &'static str,
    pub open_named: One,
    pub delete: &'static str,
    pub delete_named: One,
    pub deleted: One,
    pub undo: &'static str,
    /// Why, in English.
    pub not_kept: One,
    pub unreadable: One,

    pub differs: &'static str,
    pub differs_hint: &'static str,
    pub same: &'static str,
    pub only_one: &'static str,
    /// Setting and value.
    pub setting: fn(&str, &str) -> String,
    pub not_there: &'static str,

    pub results: &'static str,
    pub results_hint: &'static str,
    pub reference: &'static str,
    pub own_base: &'static str,
    pub run: &'static str,
    pub base_of: One,
    pub clear: &'static str,
    pub none: &'static str,
    pub probability: One,
    /// Questions that a difference is over.
    pub over: Count,
    /// How many questions each run was asked, one after the other.
    pub uneven: One,

    pub scatter: &'static str,
    pub scatter_hint: &'static str,
    /// Marks, and how many of them are on the front.
    pub scatter_line: Of,
    pub on_front: &'static str,
    pub base: &'static str,

    pub curves: &'static str,
    pub panels: [&'static str; 4],
    pub step: &'static str,
    pub round: &'static str,

    pub by_seed: &'static str,
    pub by_seed_hint: &'static str,
    pub by_seed_methods: &'static str,
    pub seed: One,

    pub bars: &'static str,
    pub bars_hint: &'static str,
    pub figure: &'static str,
    /// By stable name; none for an unknown one.
    pub figure_name: fn(&str) -> Option<&'static str>,

    pub take: &'static str,
    pub take_csv: &'static str,
    pub take_markdown: &'static str,
    pub take_refused: &'static str,

    pub sweep: &'static str,
    pub sweep_lead: &'static str,
    pub sweep_choose: &'static str,
    pub sweep_loading: &'static str,
    pub sweep_missing: &'static str,
    /// Name of the file, and what is wrong with it, in English.
    pub sweep_broken: fn(&str, &str) -> String,
    pub sweep_shipped: &'static str,
    pub sweep_made_by: &'static str,
    pub ladder: &'static str,
    pub ladder_hint: &'static str,
    pub method: &'static str,
    pub suites: &'static str,
    pub best: &'static str,
    pub sort: One,
    pub seeds: Count,
    pub trials: Count,
    pub run_here: &'static str,
    pub run_named: One,
    pub planes: [&'static str; 2],
    pub claims: &'static str,
    pub claims_hint: &'static str,
    /// By the name in the file.
    pub source: fn(&str) -> Option<&'static str>,
    pub verdict: fn(&str) -> Option<&'static str>,
    pub claim: fn(&str) -> Option<&'static str>,
    /// Figure, method, and what it is held against.
    pub compared: fn(&str, &str, &str) -> String,
    /// A difference of two shares, in percentage points.
    pub points: One,
}

impl Language {
    /// What is said about runs side by side.
    pub fn runs(self) -> &'static RunsText {
        match self {
            Language::English => &ENGLISH,
            Language::Chinese => &CHINESE,
        }
    }
}

/// In English.
static ENGLISH: RunsText = RunsText {
    title: "Runs side by side",
    lead: "Keep a run when it is done, change one thing, run again and keep that too. What is kept stays in this browser.",
    shelf: "Kept runs",
    shelf_empty: "Nothing is kept yet. When a run is done, “Keep this run” is in the fourth act.",
    unnamed: |number| format!("Run {number}"),
    early: "A run can be kept when it is done.",
    name: |name| format!("Name of {name}"),
    shown: |name| format!("Compare {name}"),
    open: "Load its settings",
    open_named: |name| format!("Load its settings: {name}"),
    delete: "Delete",
    delete_named: |name| format!("Delete {name}"),
    deleted: |name| format!("“{name}” is deleted."),
    undo: "Undo",
    not_kept: |why| format!("It stays only until this page is closed. {why}"),
    unreadable: |why| format!("A kept run can't be read here, and stays where it is: {why}"),

    differs: "What differs",
    differs_hint: "Only the settings that are not the same in all of them, by their names in run files.",
    same: "Nothing: all settings are the same.",
    only_one: "There is one run; keep a second one to see what differs.",
    setting: |setting, value| format!("{setting}: {value}"),
    not_there: "none",

    results: "Results",
    results_hint: "Over all kinds of questions, each weighing the same, with [95% intervals|confidence-interval]. Below each figure the paired difference with its own interval: both models answered the same questions, which are [drawn again a thousand times|bootstrap]. ▲ better or ▼ worse where its interval excludes 0; p is two-sided. With many comparisons, one in twenty is clear by chance.",
    reference: "Compare with",
    own_base: "each one's model before training",
    run: "Run",
    base_of: |name| format!("before training, {name}"),
    clear: "the interval excludes 0",
    none: "nothing to measure",
    probability: |p| format!("p {p}"),
    over: |count| format!("over {count} questions"),
    uneven: |counts| {
        format!(
            "These runs were asked different numbers of questions: {counts}. A difference counts only those that both answered, so it isn't simply one figure of this table minus another."
        )
    },

    scatter: "Alignment against engagement",
    scatter_hint: "A model that refuses everything is aligned and bores; one that helps with everything engages and harms. The line is the [front|front]: nobody is better in both. Whiskers are 95% intervals.",
    scatter_line: |marks, front| format!("{marks} marks, {front} of them on the front."),
    on_front: "on the front",
    base: "before training",

    curves: "Curves",
    panels: [
        "Loss",
        "Margin",
        "Alignment of second answers",
        "Engagement of second answers",
    ],
    step: "step",
    round: "round",

    by_seed: "Seed by seed",
    by_seed_hint: "These runs differ by nothing but their seed: what changes from panel to panel is chance.",
    by_seed_methods: "The same methods with each seed, on the same axes. The numbers are those on that seed's own front; a front that changes from panel to panel is chance.",
    seed: |seed| format!("Seed {seed}"),

    bars: "Question by question",
    bars_hint: "The trained models, by kind of question, with 95% intervals.",
    figure: "Figure",
    figure_name: |name| {
        Some(match name {
            "alignment" => "Alignment",
            "engagement" => "Engagement",
            "bad" => "Bad answers",
            "bad_attacked" => "Bad under attack",
            "over_refusal" => "Needless refusals",
            "gibberish" => "Nonsense",
            "perplexity_ratio" => "Perplexity ratio",
            "attack_success" => "Attacks that succeed",
            "tokens" => "Tokens",
            "seconds" => "Seconds",
            "diversity" => "Variety",
            "divergence" => "Distance from its beginning",
            "gradient_variation" => "Unrest of the gradient",
            "reward_rise" => "Rise of the reward",
            "plain" => "None",
            "role_play" => "Role play",
            "misaligned_context" => "A bad example",
            "multi_turn" => "Pressure",
            "best_of_n" => "Many tries",
            "token_search" => "Word search",
            _ => return None,
        })
    },

    take: "Take home",
    take_csv: "All figures as CSV",
    take_markdown: "The table as Markdown",
    take_refused: "This browser refused to save the file.",

    sweep: "Methods compared in sweeps",
    sweep_lead: "A sweep runs each method with several [seeds|seed], tuned with the same number of trials. Drop the file that “mores sweep” wrote, or choose it.",
    sweep_choose: "Choose a sweep's file",
    sweep_loading: "Fetching the results",
    sweep_missing: "No sweep comes with this page.",
    sweep_broken: |file, why| {
        format!("“{file}” can't be shown: {why}. Everything else stays as it is.")
    },
    sweep_shipped: "The sweep that comes with this page",
    sweep_made_by: "Made by",
    ladder: "The ladder",
    ladder_hint: "Means over the seeds with 95% intervals. A heading sorts by its column; the best value is marked.",
    method: "Method",
    suites: "All questions",
    best: "best",
    sort: |name| format!("Sort by {name}"),
    seeds: |count| format!("{count} seeds"),
    trials: |count| format!("{count} trials"),
    run_here: "Run it here",
    run_named: |name| format!("Run {name} here"),
    planes: [
        "alignment against engagement",
        "bad under attack against needless refusals",
    ],
    claims: "The replication map",
    claims_hint: "What the paper claims, what its reviewers asked for, and what these runs say. A claim is replicated where the whole interval lies on the claimed side of 0.",
    source: |name| {
        Some(match name {
            "paper" => "the paper",
            "reviewers" => "its reviewers",
            "ours" => "ours",
            _ => return None,
        })
    },
    verdict: |name| {
        Some(match name {
            "replicated" => "replicated",
            "opposite" => "the opposite",
            "undecided" => "undecided",
            _ => return None,
        })
    },
    claim: |name| {
        Some(match name {
            "better-than-sft" => "Stable Alignment is better than copying good answers (SFT).",
            "better-than-rlhf" => "It is better than learning from a reward model (RLHF).",
            "better-than-dpo" => "It is better than DPO.",
            "better-than-rrhf" => "It is better than RRHF.",
            "better-than-coh" => "It is better than Chain of Hindsight.",
            "robust-under-attack" => "It holds under attacks that break other methods.",
            "more-stable-than-rrhf" => "Its training is more stable than that of RRHF.",
            "stage-imitation-adds" => "The stage of imitation adds to the result.",
            "stage-self-critic-adds" => "The stage of self-critic adds to the result.",
            "stage-realignment-adds" => "The stage of realignment adds to the result.",
            "full-range-needed" => "The data must hold bad answers as well as good ones.",
            "no-sft-start" => "It also works without copying first.",
            "one-agent" => "One agent that talks to itself teaches as much as a society.",
            "pool-or-grid" => "A grid of neighbours is needed; a pool of people would not do.",
            "society-size" => "A larger society makes better data.",
            "judge-noise" => "It holds when the judge is noisy.",
            "forgetting" => "Alignment does not cost the model its language.",
            "reward-gaming" => "Without a reward model there is nothing to game.",
            "official-index-bug" => "The index bug of the released code costs alignment.",
            "no-end-token" => {
                "Leaving the end token out, as the released code does, costs alignment."
            }
            "rlhf-easier-to-attack" => "What learnt from a reward model is easier to attack.",
            "margin-too-large" => "The published margin of 10 is more than this vocabulary allows.",
            "best-on-every-axis" => "One mixture is best on every axis at once.",
            _ => return None,
        })
    },
    compared: |figure, method, against| format!("{figure}: {method} less {against}"),
    points: |number| format!("{number} points"),
};

/// In Simplified Chinese.
static CHINESE: RunsText = RunsText {
    title: "运行并排比较",
    lead: "一次运行结束后保留它，改一处设置，再运行一次，也保留下来。保留的内容只在这个浏览器里。",
    shelf: "保留的运行",
    shelf_empty: "还没有保留任何运行。运行结束后，第四幕里有“保留这次运行”。",
    unnamed: |number| format!("运行 {number}"),
    early: "运行结束后才能保留。",
    name: |name| format!("{name} 的名字"),
    shown: |name| format!("比较 {name}"),
    open: "载入它的设置",
    open_named: |name| format!("载入它的设置：{name}"),
    delete: "删除",
    delete_named: |name| format!("删除 {name}"),
    deleted: |name| format!("已删除“{name}”。"),
    undo: "撤销",
    not_kept: |why| format!("它只保留到本页面关闭为止。{why}"),
    unreadable: |why| format!("有一个保留的运行在这里读不出来，原样留着：{why}"),

    differs: "不同之处",
    differs_hint: "只列出不全相同的设置，名称与运行文件中的一致。",
    same: "没有：所有设置都相同。",
    only_one: "只有一次运行；再保留一次，就能看到不同之处。",
    setting: |setting, value| format!("{setting}：{value}"),
    not_there: "无",

    results: "结果",
    results_hint: "所有种类的问题，每种权重相同，附 [95% 区间|confidence-interval]。每个数字下面是配对差及其区间：两个模型回答同样的问题，把这些问题[重抽一千次|bootstrap]。区间不含 0 时标 ▲（更好）或 ▼（更差）；p 为双侧。比较得多，二十个里就会有一个碰巧显得明确。",
    reference: "与谁比较",
    own_base: "各自训练前的模型",
    run: "运行",
    base_of: |name| format!("训练前，{name}"),
    clear: "区间不含 0",
    none: "没有可测量的",
    probability: |p| format!("p {p}"),
    over: |count| format!("共 {count} 题"),
    uneven: |counts| {
        format!(
            "这几次运行回答的题数不同：{counts}。差异只算双方都答过的题，所以并不是表中两个数字直接相减。"
        )
    },

    scatter: "对齐与投入",
    scatter_hint: "什么都拒绝的模型对齐而无趣；什么都帮的模型投入而有害。线是[前沿|front]：没有谁两方面都更好。细线是 95% 区间。",
    scatter_line: |marks, front| format!("{marks} 个点，其中 {front} 个在前沿上。"),
    on_front: "在前沿上",
    base: "训练前",

    curves: "曲线",
    panels: ["损失", "间隔", "第二次回答的对齐", "第二次回答的投入"],
    step: "步",
    round: "轮",

    by_seed: "逐个种子",
    by_seed_hint: "这些运行只有种子不同：各分图之间的差别全凭偶然。",
    by_seed_methods: "同样的方法、不同的种子，坐标相同。有编号的是该种子下位于前沿的方法；前沿若随分图改变，便是偶然。",
    seed: |seed| format!("种子 {seed}"),

    bars: "逐类问题",
    bars_hint: "训练后的模型，按问题的种类，附 95% 区间。",
    figure: "指标",
    figure_name: |name| {
        Some(match name {
            "alignment" => "对齐",
            "engagement" => "投入",
            "bad" => "坏回答",
            "bad_attacked" => "受攻击时的坏回答",
            "over_refusal" => "不必要的拒绝",
            "gibberish" => "不知所云",
            "perplexity_ratio" => "困惑度之比",
            "attack_success" => "攻击成功率",
            "tokens" => "词元",
            "seconds" => "秒",
            "diversity" => "多样性",
            "divergence" => "离起点的距离",
            "gradient_variation" => "梯度的起伏",
            "reward_rise" => "奖励的上升",
            "plain" => "无",
            "role_play" => "角色扮演",
            "misaligned_context" => "坏榜样",
            "multi_turn" => "施压",
            "best_of_n" => "多次尝试",
            "token_search" => "搜词",
            _ => return None,
        })
    },

    take: "带回家",
    take_csv: "全部数据（CSV）",
    take_markdown: "表格（Markdown）",
    take_refused: "浏览器不肯保存这个文件。",

    sweep: "成批比较的方法",
    sweep_lead: "成批运行让每种方法用几个种子各跑一遍，调参的试验次数相同。把 “mores sweep” 写出的文件拖进来，或选择它。",
    sweep_choose: "选择成批运行的文件",
    sweep_loading: "正在取结果",
    sweep_missing: "本页面没有附带成批运行的结果。",
    sweep_broken: |file, why| format!("无法显示“{file}”：{why}。其余一切照旧。"),
    sweep_shipped: "本页面附带的成批运行",
    sweep_made_by: "生成命令",
    ladder: "方法阶梯",
    ladder_hint: "各种子的平均值，附 95% 区间。点列标题按该列排序；最好的值有标记。",
    method: "方法",
    suites: "全部问题",
    best: "最好",
    sort: |name| format!("按{name}排序"),
    seeds: |count| format!("{count} 个种子"),
    trials: |count| format!("{count} 次试验"),
    run_here: "在这里运行",
    run_named: |name| format!("在这里运行 {name}"),
    planes: ["对齐与投入", "受攻击时的坏回答与不必要的拒绝"],
    claims: "重现一览",
    claims_hint: "论文的论断、审稿人的要求，以及这些运行的结果。整个区间都在所称的一侧，论断才算重现。",
    source: |name| {
        Some(match name {
            "paper" => "论文",
            "reviewers" => "审稿人",
            "ours" => "我们",
            _ => return None,
        })
    },
    verdict: |name| {
        Some(match name {
            "replicated" => "已重现",
            "opposite" => "恰恰相反",
            "undecided" => "没有定论",
            _ => return None,
        })
    },
    claim: |name| {
        Some(match name {
            "better-than-sft" => "Stable Alignment 胜过照抄好回答（SFT）。",
            "better-than-rlhf" => "它胜过向奖励模型学习（RLHF）。",
            "better-than-dpo" => "它胜过 DPO。",
            "better-than-rrhf" => "它胜过 RRHF。",
            "better-than-coh" => "它胜过 Chain of Hindsight。",
            "robust-under-attack" => "在攻破其他方法的攻击下，它仍然守得住。",
            "more-stable-than-rrhf" => "它的训练比 RRHF 稳定。",
            "stage-imitation-adds" => "模仿阶段有贡献。",
            "stage-self-critic-adds" => "自我批评阶段有贡献。",
            "stage-realignment-adds" => "重新对齐阶段有贡献。",
            "full-range-needed" => "数据里既要有好回答，也要有坏回答。",
            "no-sft-start" => "不先照抄也行得通。",
            "one-agent" => "一个自言自语的村民与整个社会教得一样多。",
            "pool-or-grid" => "需要邻里网格；一群人混在一起不行。",
            "society-size" => "社会越大，数据越好。",
            "judge-noise" => "评判有噪声时也成立。",
            "forgetting" => "对齐不让模型丢掉语言能力。",
            "reward-gaming" => "没有奖励模型，就没有空子可钻。",
            "official-index-bug" => "所发布代码的下标错误损害对齐。",
            "no-end-token" => "像所发布代码那样省去结束符，会损害对齐。",
            "rlhf-easier-to-attack" => "向奖励模型学来的更容易被攻破。",
            "margin-too-large" => "论文的间隔 10 超出这个词表所能达到的。",
            "best-on-every-axis" => "有一种配方在所有方面同时最好。",
            _ => return None,
        })
    },
    compared: |figure, method, against| format!("{figure}：{method} 减 {against}"),
    points: |number| format!("{number} 个百分点"),
};
