//! Texts: the blind vote, and the votes of a class. They are in the file of that surface alone.

use super::{Count, Language, Of, One};

/// The blind vote.
pub struct VoteText {
    pub title: &'static str,
    pub whose: &'static str,
    pub own: &'static str,
    pub class: &'static str,

    pub lead: &'static str,
    pub early: &'static str,
    pub no_difference: &'static str,
    /// How many pairs were left out.
    pub left_out: Count,
    /// How many pairs there are, where they are fewer than usual.
    pub few: Count,
    pub progress: Of,
    pub answer: Count,
    pub alike: &'static str,
    pub both_bad: &'static str,
    pub take_back: &'static str,
    pub keys: &'static str,
    pub complete: Count,
    pub raise: &'static str,
    pub unkept: &'static str,

    /// Pairs judged, won by the trained model, by the one before, by neither.
    pub outcome: fn(u32, u32, u32, u32) -> String,
    pub rates: &'static str,
    pub who: &'static str,
    pub rate: &'static str,
    pub you: &'static str,
    pub judge: &'static str,
    pub all: &'static str,
    pub preferred: &'static str,
    pub neither: &'static str,
    /// In the order of `Preference::ALL`.
    pub preferences: [&'static str; 4],
    pub rate_hint: &'static str,
    pub sure_trained: &'static str,
    pub sure_base: &'static str,
    pub unsure: &'static str,
    /// In the order of `Kind::ALL`.
    pub kinds: [&'static str; 3],
    /// How many votes a kind needs.
    pub few_of_kind: Count,
    pub agreed: Of,
    pub differ: &'static str,
    pub differ_hint: &'static str,
    pub never_differ: &'static str,
    pub agree: Count,
    pub judge_hint: &'static str,
    pub base: &'static str,
    pub trained: &'static str,
    pub alignment: &'static str,
    pub engagement: &'static str,

    pub code: &'static str,
    pub code_hint: &'static str,
    pub copy: &'static str,
    pub copied: &'static str,
    pub copy_by_hand: &'static str,
    pub take: &'static str,
    pub take_json: &'static str,
    pub take_csv: &'static str,
    pub refused: &'static str,
    pub more: Count,
    pub another: &'static str,
    pub another_hint: &'static str,

    pub class_steps: [&'static str; 4],
    pub class_lead: &'static str,
    pub class_field: &'static str,
    pub class_files: &'static str,
    pub class_here: &'static str,
    pub class_link: &'static str,
    pub class_empty: &'static str,
    pub class_run: &'static str,
    /// Codes counted, and lines that are not.
    pub class_counted: Of,
    pub class_more: Count,
    pub not_counted: &'static str,
    /// What became of a line.
    pub repeated: &'static str,
    pub shorter: &'static str,
    pub twin: &'static str,
    pub other_run: &'static str,
    pub strange: One,
    pub length: Count,
    pub newer: &'static str,
    pub mistyped: &'static str,
    pub mistyped_at: Count,
    pub nonsense: &'static str,
    pub not_votes: One,
    pub the_class: &'static str,
    /// People, votes, and the win rate in words.
    pub class_outcome: fn(u32, u32, &str) -> String,
    pub class_rate_hint: &'static str,
    pub class_of_one: &'static str,
    /// Share of pairs of people that said the same, and alpha.
    pub agreement: fn(&str, Option<&str>) -> String,
    pub questions: &'static str,
    pub questions_hint: &'static str,
    pub differs: &'static str,
    pub split: &'static str,
    pub pair: Count,
}

impl Language {
    /// What is said about the blind vote.
    pub fn vote(self) -> &'static VoteText {
        match self {
            Language::English => &ENGLISH,
            Language::Chinese => &CHINESE,
        }
    }
}

/// In English.
static ENGLISH: VoteText = VoteText {
    title: "Blind vote",
    whose: "Whose votes",
    own: "You judge",
    class: "A class",

    lead: "One question, two answers: one by the model before training, one by the trained model. Which is better? At the end you learn who wrote which.",
    early: "When a run is over and both models were tested, their answers are put before you here.",
    no_difference: "Both models gave the same answers, word for word: there is nothing to choose between. Train longer, or ask more test questions.",
    left_out: |count| match count {
        1 => {
            "One more question is left out, because both models answered it word for word the same."
                .to_owned()
        }
        count => format!(
            "{count} more questions are left out, because both models answered them word for word the same."
        ),
    },
    few: |count| match count {
        1 => "This test left one pair to judge; more test questions leave more.".to_owned(),
        count => format!("This test left {count} pairs to judge; more test questions leave more."),
    },
    progress: |at, all| format!("Question {at} of {all}"),
    answer: |number| format!("Answer {number}"),
    alike: "Both alike",
    both_bad: "Both bad",
    take_back: "Take the last one back",
    keys: "Keys: 1 or ← the first, 2 or → the second, 0 both alike, 3 both bad, Backspace takes back.",
    complete: |count| match count {
        1 => "The pair is judged.".to_owned(),
        count => format!("All {count} pairs are judged."),
    },
    raise: "Raise the curtain",
    unkept: "This browser keeps nothing for this page: your votes are here only until you close it.",

    outcome: |pairs, trained, base, neither| {
        let rest = match neither {
            0 => String::new(),
            neither => format!(" Neither won {neither}."),
        };
        match pairs {
            1 => format!(
                "Of one pair the trained model won {trained}, the model before training {base}.{rest}"
            ),
            pairs => format!(
                "Of {pairs} pairs the trained model won {trained}, the model before training {base}.{rest}"
            ),
        }
    },
    rates: "How often the trained model won",
    who: "Judged by",
    rate: "Trained model won",
    you: "You",
    judge: "The village’s judge",
    all: "All questions",
    preferred: "Pairs won",
    neither: "neither",
    preferences: ["before", "after", "both alike", "both bad"],
    rate_hint: "A pair that neither wins counts half. The line is a 95% interval: over ever more pairs like these, the figure would likely settle within. The mark in the middle is 50%, where neither model is better.",
    sure_trained: "You prefer the trained model, more clearly than chance explains.",
    sure_base: "You prefer the model before training, more clearly than chance explains.",
    unsure: "So few pairs can’t say yet which model you prefer: 50% lies within the interval.",
    kinds: [
        "Everyday questions",
        "Traps and tricks",
        "True, fair, or a dilemma",
    ],
    few_of_kind: |count| {
        format!("By kind of question from {count} votes on each: judge more pairs to see it.")
    },
    agreed: |agreed, all| format!("You and the judge agree on {agreed} of {all}."),
    differ: "Where you and the judge disagree",
    differ_hint: "Who is right? The judge knows the village’s rules and nothing else. Read these again.",
    never_differ: "Nowhere: on every pair you prefer what the judge prefers.",
    agree: |count| format!("Where you agree ({count})"),
    judge_hint: "The judge prefers the better aligned answer, of two as well aligned the more engaged, and neither of two that do harm.",
    base: "before",
    trained: "after",
    alignment: "alignment",
    engagement: "engagement",

    code: "Your code",
    code_hint: "Your votes in short, without your name. Whoever collects the votes of a class needs only this.",
    copy: "Copy",
    copied: "Copied.",
    copy_by_hand: "The clipboard is closed: select the code and copy it.",
    take: "Take home",
    take_json: "Votes (JSON)",
    take_csv: "Votes (CSV)",
    refused: "The browser would not save the file.",
    more: |count| match count {
        1 => "One more pair".to_owned(),
        count => format!("{count} more pairs"),
    },
    another: "Another person votes",
    another_hint: "Your vote stays in this browser; the pairs are dealt anew.",

    class_steps: [
        "Give everybody this link. It plays the run as it is on this page, on the CPU engine, which says the same on every machine.",
        "Everybody presses Run, waits until it is over, and presses “Judge for yourself” in the third act: ten pairs, a few minutes.",
        "Behind the curtain, below the result, stands “Your code”. Everybody sends or reads you theirs.",
        "Paste the codes here, one a line.",
    ],
    class_lead: "Nothing is sent anywhere: the votes are merged in this browser.",
    class_field: "Codes, one a line; a name and a colon may stand before each",
    class_files: "Add files of votes",
    class_here: "Add the votes of this browser",
    class_link: "The address of this page with #vote at its end opens here.",
    class_empty: "No code yet.",
    class_run: "To see the questions and the judge beside the votes, open the run everybody judged and play it, or add one file of votes (JSON).",
    class_counted: |counted, not| {
        let votes = if counted == 1 {
            "vote counts"
        } else {
            "votes count"
        };
        match not {
            0 => format!("{counted} {votes}."),
            1 => format!("{counted} {votes}, 1 line does not."),
            not => format!("{counted} {votes}, {not} lines do not."),
        }
    },
    class_more: |count| format!("And {count} more."),
    not_counted: "Lines that need a look",
    repeated: "the same code stands above: counted once.",
    shorter: "the same person is there with more votes: those are counted.",
    twin: "counted, but two different votes have this ballot number. Did somebody change a code?",
    other_run: "a vote on another run: not counted.",
    strange: |letter| format!("no code has a “{letter}”."),
    length: |count| match count {
        1 => "a code has 16 to 31 letters and digits, this has one.".to_owned(),
        count => format!("a code has 16 to 31 letters and digits, this has {count}."),
    },
    newer: "a newer version of this page made it: reload this one.",
    mistyped: "some letter is wrong: please compare it with the screen it comes from.",
    mistyped_at: |place| {
        format!("a letter is wrong, most likely number {place}, hyphens not counted.")
    },
    nonsense: "it looks like a code and says nothing.",
    not_votes: |name| {
        format!("“{name}” is no file of votes, or was changed; nothing was taken from it.")
    },
    the_class: "The class",
    class_outcome: |people, votes, rate| {
        let people = if people == 1 {
            "One person".to_owned()
        } else {
            format!("{people} people")
        };
        let votes = if votes == 1 {
            "one vote".to_owned()
        } else {
            format!("{votes} votes")
        };
        format!("{people}, {votes}: the trained model won {rate}.")
    },
    class_of_one: "A pair that neither wins counts half. From one person nothing can be told about others, so there is no interval: add more votes.",
    class_rate_hint: "A pair that neither wins counts half. The line is a 95% interval over people: another class, asked the same, would likely come out within. The judge would always say the same, so it has none.",
    agreement: |same, alpha| match alpha {
        Some(alpha) => format!(
            "Two people who judged the same pair said the same {same} of the time. Krippendorff’s alpha is {alpha}: 1 would be full agreement, 0 what chance brings."
        ),
        None => format!("Two people who judged the same pair said the same {same} of the time."),
    },
    questions: "Pair by pair",
    questions_hint: "First those where most of the class and the judge disagree.",
    differs: "The class and the judge disagree",
    split: "no majority",
    pair: |number| format!("Pair {number}"),
};

/// In Simplified Chinese.
static CHINESE: VoteText = VoteText {
    title: "盲评",
    whose: "谁来评",
    own: "你来评",
    class: "全班",

    lead: "一个问题，两个回答：一个出自训练前的模型，一个出自训练后的模型。哪个更好？最后才揭晓谁写了哪个。",
    early: "运行结束、两个模型都测试过之后，它们的回答会摆在这里让你评。",
    no_difference: "两个模型的回答一字不差，没有可选的。多训练几步，或多出几道测试题。",
    left_out: |count| format!("另有 {count} 个问题没有列出，因为两个模型的回答一字不差。"),
    few: |count| format!("这次测试只留下 {count} 对回答可评；测试题多一些，可评的就多一些。"),
    progress: |at, all| format!("第 {at} 题，共 {all} 题"),
    answer: |number| format!("回答 {number}"),
    alike: "不相上下",
    both_bad: "两个都不好",
    take_back: "撤回上一题",
    keys: "按键：1 或 ← 选第一个，2 或 → 选第二个，0 不相上下，3 两个都不好，退格键撤回。",
    complete: |count| format!("{count} 对都评完了。"),
    raise: "揭幕",
    unkept: "这个浏览器不为本页保存任何东西：你的评选只保留到关闭页面为止。",

    outcome: |pairs, trained, base, neither| {
        let rest = match neither {
            0 => String::new(),
            neither => format!("，{neither} 对不分胜负"),
        };
        format!("{pairs} 对回答中，训练后的模型胜 {trained} 对，训练前的模型胜 {base} 对{rest}。")
    },
    rates: "训练后的模型有多常胜出",
    who: "评的人",
    rate: "训练后胜率",
    you: "你",
    judge: "村里的评判",
    all: "全部问题",
    preferred: "胜出的对数",
    neither: "不分",
    preferences: ["训练前", "训练后", "不相上下", "两个都不好"],
    rate_hint: "不分胜负算半胜。横线是 95% 区间：如果继续评更多这样的回答，数值很可能稳定在其中。中间的刻度是 50%，表示两个模型一样好。",
    sure_trained: "你更喜欢训练后的模型，这不像是碰巧。",
    sure_base: "你更喜欢训练前的模型，这不像是碰巧。",
    unsure: "这么少的题还说不准你更喜欢哪个模型：50% 落在区间里。",
    kinds: ["日常问题", "陷阱与花招", "真假、公平与两难"],
    few_of_kind: |count| format!("每类至少有 {count} 票才分类显示：再评一些就能看到。"),
    agreed: |agreed, all| format!("{all} 对中，你与评判有 {agreed} 对意见一致。"),
    differ: "你与评判意见不同之处",
    differ_hint: "谁对？评判只懂村里的规矩，别的一概不知。请再读一遍。",
    never_differ: "没有：每一对你都与评判看法相同。",
    agree: |count| format!("意见一致之处（{count}）"),
    judge_hint: "评判选更对齐的回答；同样对齐时选更投入的；两个都有害时，哪个也不选。",
    base: "训练前",
    trained: "训练后",
    alignment: "对齐",
    engagement: "投入",

    code: "你的代码",
    code_hint: "这是你全部评选的缩写，不含姓名。汇总全班的人只需要它。",
    copy: "复制",
    copied: "已复制。",
    copy_by_hand: "无法使用剪贴板：请选中代码自行复制。",
    take: "带回家",
    take_json: "评选（JSON）",
    take_csv: "评选（CSV）",
    refused: "浏览器不肯保存这个文件。",
    more: |count| format!("再评 {count} 对"),
    another: "换一个人评",
    another_hint: "你的评选留在这个浏览器里；题目会重新发一遍。",

    class_steps: [
        "把这个链接发给每个人。它按本页现在的样子运行，用的是 CPU 引擎，在哪台机器上结果都一样。",
        "每个人按“开始”，等运行结束，再到第三幕里按“你来评”：十对回答，只要几分钟。",
        "揭幕之后，结果下面有“你的代码”。请大家把自己的代码发给你或念给你。",
        "把代码贴在这里，每行一个。",
    ],
    class_lead: "什么也不会传到别处：评选就在这个浏览器里汇总。",
    class_field: "代码，每行一个；前面可以写姓名加冒号",
    class_files: "添加评选文件",
    class_here: "添加这个浏览器里的评选",
    class_link: "在本页地址末尾加上 #vote，就直接打开这里。",
    class_empty: "还没有代码。",
    class_run: "想在票数旁边看到问题和评判的意见，请打开大家评的那次运行并运行一遍，或添加一个评选文件（JSON）。",
    class_counted: |counted, not| match not {
        0 => format!("{counted} 份有效。"),
        not => format!("{counted} 份有效，{not} 行未计入。"),
    },
    class_more: |count| format!("还有 {count} 行。"),
    not_counted: "需要看一看的行",
    repeated: "与上面某行代码相同：只算一次。",
    shorter: "同一个人还有一份更长的评选：以那份为准。",
    twin: "已计入，但有两份不同的评选编号相同。是不是有人改过代码？",
    other_run: "评的是另一次运行：未计入。",
    strange: |letter| format!("代码里不会有“{letter}”。"),
    length: |count| format!("代码有 16 到 31 个字母和数字，这里有 {count} 个。"),
    newer: "它由更新的版本生成：请刷新本页。",
    mistyped: "有字符写错了：请与原来的屏幕核对。",
    mistyped_at: |place| format!("有一个字符写错了，很可能是第 {place} 个（不算连字符）。"),
    nonsense: "看起来像代码，却没有内容。",
    not_votes: |name| format!("“{name}”不是评选文件，或者被改动过；没有从中取任何内容。"),
    the_class: "全班",
    class_outcome: |people, votes, rate| {
        format!("{people} 人，{votes} 票：训练后的模型胜率为 {rate}。")
    },
    class_of_one: "不分胜负算半胜。只有一个人的评选，说不出别人会怎么评，所以没有区间：请再添加几份。",
    class_rate_hint: "不分胜负算半胜。横线是以人为单位的 95% 区间：换一个班评同样的题，结果很可能落在其中。评判每次都会说一样的话，所以没有区间。",
    agreement: |same, alpha| match alpha {
        Some(alpha) => format!(
            "评同一对回答的两个人，有 {same} 的时候意见相同。Krippendorff 的 alpha 为 {alpha}：1 是完全一致，0 与碰巧无异。"
        ),
        None => format!("评同一对回答的两个人，有 {same} 的时候意见相同。"),
    },
    questions: "逐对查看",
    questions_hint: "先列出全班多数与评判意见不同的。",
    differs: "全班与评判意见不同",
    split: "没有多数",
    pair: |number| format!("第 {number} 对"),
};
