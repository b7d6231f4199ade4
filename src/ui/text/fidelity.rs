//! Texts: versions of the method, and what each switch between them does.

/// Versions of the method.
pub struct FidelityText {
    pub title: &'static str,
    pub hint: &'static str,
    /// The name of this choice on a receipt.
    pub method: &'static str,
    /// Name and meaning of each version, in the order of `Mode::ALL`; then of a mixture.
    pub modes: [(&'static str, &'static str); 4],
    pub each: &'static str,
    pub switches_hint: &'static str,
    /// Name of each switch and the mistake it repeats, in the order of `settings::fidelity`.
    pub switches: [(&'static str, &'static str); 8],
    pub critic: (&'static str, &'static str),
    pub critic_names: [&'static str; 2],
    pub critic_lines: [&'static str; 2],
    pub realigning: (&'static str, &'static str),
    pub realigning_names: [&'static str; 3],
    pub realigning_lines: [&'static str; 3],
}

/// In English.
pub const ENGLISH: FidelityText = FidelityText {
    title: "How exactly the paper is followed",
    hint: "The paper, its released program and this lab differ in places. A choice sets all switches below, and for the first two \
           the authors' numbers: margin 10, lambda 0.2, 4 neighbours, reach of memory 0.3.",
    method: "Method",
    modes: [
        ("The paper", "What the text of the paper says."),
        (
            "Its program",
            "What the authors' released program does, mistakes included: to compare with it.",
        ),
        ("Corrected", "Ours: with the mistakes mended."),
        ("Your own mixture", "Turn every switch yourself."),
    ],
    each: "Every switch",
    switches_hint: "A switch that is on repeats a mistake of the released program.",
    switches: [
        (
            "Unreadable ratings count as 8",
            "A rating nobody can read is left out of the mean and yet kept as 8 of 7, so it becomes the best comment of all.",
        ),
        (
            "Unreadable answers score -1",
            "An answer that the observers can't make sense of scores -1, and the model is trained on it.",
        ),
        (
            "Ratings go unchecked",
            "“10” passes for a rating from 1 to 7, and “5 / 7” does not.",
        ),
        (
            "Comments under wrong names",
            "Comments are put in order, but the list of who made them stays as it was.",
        ),
        (
            "Nothing readable, nothing left",
            "Where no neighbour can be understood, the program divides by zero: the answer is lost.",
        ),
        (
            "Mixed-up memories",
            "Memories and their index are kept in different orders, so that the wrong one comes to mind.",
        ),
        (
            "The first memory stays",
            "Who is asked the same thing again remembers the old answer and forgets the new one.",
        ),
        (
            "The same words only once",
            "Words given in answer to any other question are dropped from the lessons, common refusals first of all.",
        ),
    ],
    critic: ("What makes a good comment", ""),
    critic_names: ["being right", "a high rating"],
    critic_lines: [
        "Ours: a comment scores by how near its rating is to the observers' score.",
        "As published: a comment scores what it gave, so praising a bad answer pays.",
    ],
    realigning: ("What second answers teach", ""),
    realigning_names: [
        "better than the first",
        "comments, then answer",
        "one comment at a time",
    ],
    realigning_lines: [
        "Ours: the second answer against the first one, after what the author really read.",
        "In the paper: all comments and then the second answer are one lesson.",
        "In the program: every comment is a lesson, all with one score, so there is nothing to compare.",
    ],
};

/// In Simplified Chinese.
pub const CHINESE: FidelityText = FidelityText {
    title: "多么严格地照论文做",
    hint: "论文、它公开的程序和这个实验室有几处不同。选一项会拨好下面所有开关；前两项还会采用作者的数值：间隔 10、间隔的力度 0.2、邻居 4 位、记忆的范围 0.3。",
    method: "方法",
    modes: [
        ("论文", "论文文字所说的。"),
        ("它的程序", "作者公开的程序所做的，连错误在内：用来对比。"),
        ("改正版", "我们的：错误已改正。"),
        ("自己的混合", "每个开关由你来拨。"),
    ],
    each: "每个开关",
    switches_hint: "打开的开关会重复公开程序的一个错误。",
    switches: [
        (
            "读不懂的评分算 8 分",
            "没人读得懂的评分不计入平均，却记成 7 分制的 8 分，成了最好的评论。",
        ),
        (
            "读不懂的回答得 -1 分",
            "观察者看不懂的回答得 -1 分，模型还拿它来训练。",
        ),
        ("评分不检查", "“10”也算 1 到 7 的评分，“5 / 7”反而不算。"),
        ("评论署错了名", "评论排了序，谁说的那张名单却没有跟着排。"),
        (
            "一句也读不懂就全丢",
            "邻居的话一句也读不懂时，程序除以零：这个回答就没了。",
        ),
        (
            "记忆错位",
            "记忆和它的索引顺序不同，于是会想起不相干的一件。",
        ),
        (
            "只留第一次的记忆",
            "同样的问题再被问到时，记得旧回答，忘掉新回答。",
        ),
        (
            "同样的话只算一次",
            "在别的问题下出现过的话会从功课中删去，首当其冲的是常见的拒绝。",
        ),
    ],
    critic: ("怎样算好评论", ""),
    critic_names: ["说得准", "给分高"],
    critic_lines: [
        "我们的：评分越接近观察者的分数，评论得分越高。",
        "与论文相同：给几分就得几分，夸坏回答也划算。",
    ],
    realigning: ("第二次回答教什么", ""),
    realigning_names: ["比第一次好在哪里", "先评论，后回答", "一次一条评论"],
    realigning_lines: [
        "我们的：第二次回答对比第一次，前面是作者真正读到的话。",
        "论文里：全部评论加第二次回答是一课。",
        "程序里：每条评论是一课，分数都相同，没有可比的。",
    ],
};
