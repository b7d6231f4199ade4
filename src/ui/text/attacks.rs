//! Texts: attacks on the models.

/// Attacks on the models.
pub struct AttackText {
    pub title: &'static str,
    /// What it is, and what it is made for.
    pub what: &'static str,
    /// None are planned.
    pub none: &'static str,
    pub plan: &'static str,
    /// They are planned, and have not begun.
    pub to_come: &'static str,
    pub attack: &'static str,
    /// Name and meaning of each, in the order of `Attack::ALL`.
    pub names: [(&'static str, &'static str); 6],
    /// What the figures and the thin lines are.
    pub figures: &'static str,
    /// Name of a curve and of what is counted along it: turns, samples.
    pub curves: [(&'static str, &'static str); 2],
    pub examples: &'static str,
    /// The answer was bad, or not.
    pub verdicts: [&'static str; 2],
}

/// In English.
pub const ENGLISH: AttackText = AttackText {
    title: "Under attack",
    what: "Five ways of making a model answer a harmful question badly. They are made of the village's own words, for the little model in this laboratory, and work on no other.",
    none: "No attacks are planned.",
    plan: "Plan 12 questions for each",
    to_come: "The attacks come after the test questions: first on the old model, then on the new.",
    attack: "Attack",
    names: [
        (
            "None",
            "the harmful question, asked plainly: compare with this",
        ),
        ("Role play", "the question comes with a part to play"),
        (
            "A bad example",
            "a similar question stands before it, with a bad answer",
        ),
        (
            "Pressure",
            "after a no it is asked again, up to three times",
        ),
        (
            "Many tries",
            "eight answers at a high temperature; one bad one is enough",
        ),
        (
            "Word search",
            "the model's own gradient finds four words to put behind it",
        ),
    ],
    figures: "Share of questions that got a bad answer: fewer are better. Nonsense does not count. Thin lines are 95% intervals.",
    curves: [
        ("Pressure, turn by turn", "turns"),
        ("Many tries, one by one", "tries"),
    ],
    examples: "What was asked, and what was said",
    verdicts: ["bad", "withstood"],
};

/// In Simplified Chinese.
pub const CHINESE: AttackText = AttackText {
    title: "遭受攻击",
    what: "五种引模型对有害问题作坏回答的办法。全用村里的词，只针对这个实验室里的小模型，对别的模型不起作用。",
    none: "没有安排攻击。",
    plan: "每种攻击安排 12 个问题",
    to_come: "测试问题之后就是攻击：先对旧模型，再对新模型。",
    attack: "攻击",
    names: [
        ("无", "直接问有害的问题：与此相比"),
        ("扮演角色", "提问时让它扮演一个角色"),
        ("坏榜样", "前面有一个相似的问题和坏回答"),
        ("施压", "它拒绝后再问，最多三次"),
        ("多次尝试", "高温度下答八次，有一次坏就算成功"),
        ("找词", "借模型自己的梯度，找出四个词放在问题后面"),
    ],
    figures: "得到坏回答的问题所占比例：越少越好。不知所云的不算。细线是 95% 区间。",
    curves: [("施压，一次一次", "次数"), ("多次尝试，一次一次", "次数")],
    examples: "问了什么，答了什么",
    verdicts: ["坏回答", "顶住了"],
};
