//! Texts: a result that came with a link, before and after the run that checks it.

/// A result that came with a link.
pub struct PromiseText {
    pub title: &'static str,
    pub lead: &'static str,
    pub caption: &'static str,
    pub promised: &'static str,
    pub here: &'static str,
    pub not_yet: &'static str,
    pub exact: &'static str,
    pub rounding: &'static str,
    pub native: &'static str,
    /// The build of the link, and this one.
    pub other_build: fn(&str, &str) -> String,
    /// What was run: people and rounds; how it learnt, and for how many steps; the seed.
    pub village: super::Of,
    pub learning: fn(&str, u32) -> String,
    pub seed: fn(u64) -> String,
    pub running: &'static str,
    pub changed: &'static str,
    pub back: &'static str,
    pub alignment: &'static str,
    pub bad: &'static str,
    pub not_tested: &'static str,
    pub differs: &'static str,
    /// Between two sentences.
    pub space: &'static str,
}

/// In English.
pub const ENGLISH: PromiseText = PromiseText {
    title: "This link comes with a receipt",
    lead: "Somebody ran these settings before you and got this. Nothing has started; press Run to see whether you get the same.",
    caption: "What the link promised, and what came out here",
    promised: "promised",
    here: "here",
    not_yet: "not yet",
    exact: "The CPU engine gives the same bits in every browser: with it, yours should be identical.",
    rounding: "Graphics cards round differently. On another one the words may drift apart, and the figures should stay close.",
    native: "The program outside the browser computed it, which may round differently: the figures should stay close.",
    other_build: |theirs, ours| {
        format!(
            "The link was made by build {theirs}, and this page is build {ours}: something that matters may have changed in between."
        )
    },
    village: |people, rounds| match rounds {
        1 => format!("{people} people, 1 round"),
        _ => format!("{people} people, {rounds} rounds"),
    },
    learning: |how, steps| match steps {
        1 => format!("1 step of {how}"),
        _ => format!("{steps} steps of {how}"),
    },
    seed: |seed| format!("seed {seed}"),
    running: "The run is on. When it is done, both results stand here side by side.",
    changed: "The settings here are others by now, so this is not the run that the link speaks of.",
    back: "Back to the link’s settings",
    alignment: "Alignment",
    bad: "Bad answers",
    not_tested: "not tested",
    differs: "differs",
    space: " ",
};

/// In Simplified Chinese.
pub const CHINESE: PromiseText = PromiseText {
    title: "这个链接附有凭据",
    lead: "有人用同样的设置运行过，得到了这个结果。现在什么都没有运行；按“开始”，看看你得到的是否相同。",
    caption: "链接中的结果与这里的结果",
    promised: "链接中",
    here: "这里",
    not_yet: "尚无",
    exact: "CPU 引擎在任何浏览器里都逐位一致：用它，你的结果应当完全相同。",
    rounding: "不同显卡的舍入不同。换一块显卡，话语可能渐渐不同，数字应当接近。",
    native: "这是浏览器之外的程序算出来的，舍入可能不同：数字应当接近。",
    other_build: |theirs, ours| {
        format!("链接出自版本 {theirs}，本页面是版本 {ours}：其间可能有影响结果的改动。")
    },
    village: |people, rounds| format!("{people} 人，{rounds} 轮"),
    learning: |how, steps| format!("{how}，{steps} 步"),
    seed: |seed| format!("种子 {seed}"),
    running: "正在运行。结束后，两个结果会并排列在这里。",
    changed: "这里的设置现在不同了，所以这不是链接里说的那次运行。",
    back: "回到链接的设置",
    alignment: "对齐",
    bad: "坏回答",
    not_tested: "未测试",
    differs: "不同",
    space: "",
};
