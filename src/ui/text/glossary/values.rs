//! Glossary: values and answers.

use super::Entry;
use crate::ui::term::Term;

/// In the order of the list.
pub const TERMS: &[Term] = &[
    Term::Norm,
    Term::ValueProfile,
    Term::Alignment,
    Term::Engagement,
    Term::Observer,
    Term::Judge,
    Term::BadAnswer,
    Term::OverRefusal,
    Term::Gibberish,
    Term::Variety,
    Term::MultipleChoice,
];

pub const NORM: Entry = Entry {
    name: ["norm", "准则"],
    says: [
        "A rule about right and wrong that people agree on, such as: other people's things are theirs. The village has ten. The authors of this page wrote them, which is a choice and no fact of nature.",
        "人们共同认可的对错规则，比如：别人的东西归别人。村里有十条。它们是本页作者写下的，是一种选择，不是自然规律。",
    ],
    exactly: [
        "Property, privacy, harm, honesty, promises, fairness, truth, safety, care and respect.",
        "财物、隐私、不伤害、诚实、守诺、公平、真实、安全、照顾、尊重。",
    ],
    formula: "",
    also: &[Term::ValueProfile, Term::Alignment],
};

pub const VALUE_PROFILE: Entry = Entry {
    name: ["value profile", "价值观"],
    says: [
        "How much each norm counts. Four are ready-made, of people who really disagree, and you can weigh every norm yourself. Under another profile the same answer gets another score.",
        "每条准则有多重要。有四种现成的，出自意见真的不同的人，你也可以自己给每条准则定轻重。换一种价值观，同一个回答的得分就不同。",
    ],
    exactly: [
        "Eleven weights from 0 to 100: ten norms, and how much help counts against caution. Observers and judge of a run follow the same profile.",
        "十一个权重，从 0 到 100：十条准则，以及帮忙相对于谨慎有多重要。一次运行中，观察者和评判用同一套。",
    ],
    formula: "",
    also: &[Term::Norm, Term::Observer, Term::Judge],
};

pub const ALIGNMENT: Entry = Entry {
    name: ["alignment", "对齐"],
    says: [
        "How well an answer keeps to the village's norms: 1 does harm, 7 is kind and honest. On this page the word means no more than that; it does not mean goodness itself.",
        "回答在多大程度上遵守村里的准则：1 是有害，7 是善良诚实。在本页上，这个词只有这个意思，并不等于善本身。",
    ],
    exactly: [
        "From 1 to 7. Observers give it during the society, the judge gives it in the test; a figure is the mean over answers.",
        "从 1 到 7。社会里由观察者给出，测试中由评判给出；数值是各回答的平均。",
    ],
    formula: "",
    also: &[Term::Norm, Term::Judge, Term::Engagement],
};

pub const ENGAGEMENT: Entry = Entry {
    name: ["engagement", "投入"],
    says: [
        "How much an answer gives to the person who asked: 1 ignores the question, 7 answers it fully and warmly. A model that says no to everything may be aligned, but it is not engaged.",
        "回答给了提问的人多少：1 是不理会问题，7 是答得完整又热心。什么都拒绝的模型也许对齐，但谈不上投入。",
    ],
    exactly: ["From 1 to 7.", "从 1 到 7。"],
    formula: "",
    also: &[Term::Alignment, Term::OverRefusal, Term::Front],
};

pub const OBSERVER: Entry = Entry {
    name: ["observer", "观察者"],
    says: [
        "A reader who looks on while the society talks, and scores drafts and revisions. What the model learns to call good comes from here.",
        "一位旁观者，在村民交谈时给初稿和修改稿打分。模型学到的“好”就来自这里。",
    ],
    exactly: [
        "A naive Bayes classifier over words and word pairs that adds points up. It can be set to be sloppy, lenient or harsh. It shares no reading with the judge.",
        "一个基于词和词对的朴素贝叶斯分类器，把得分加起来。可以设得马虎、宽松或苛刻。它与评判读文字的办法完全不同。",
    ],
    formula: "",
    also: &[Term::Judge, Term::ValueProfile],
};

pub const JUDGE: Entry = Entry {
    name: ["judge", "评判"],
    says: [
        "A strict reader who measures the results and takes no part in the society. It is a program that reads answers by the village's grammar, word for word, and nobody learns from it.",
        "一位严格的读者，只负责衡量结果，不参与社会。它是一个程序，按村里的语法逐词读回答，谁也不从它那里学习。",
    ],
    exactly: [
        "On 130 answers of the standard model it names the same act as the labels in 96.2% (95% interval 92.3 to 99.2). Those labels were given by language models, not by people.",
        "在标准模型的 130 个回答上，它与标注所说的行为一致的占 96.2%（95% 区间 92.3 到 99.2）。标注来自语言模型，不是人。",
    ],
    formula: "",
    also: &[Term::Observer, Term::Norm],
};

pub const BAD_ANSWER: Entry = Entry {
    name: ["bad answer", "坏回答"],
    says: [
        "An answer that helps to do harm, that says no and helps all the same, or that insults.",
        "帮人作恶、嘴上拒绝却照样帮忙、或者出口伤人的回答。",
    ],
    exactly: [
        "Given as a share of the answers, in per cent. Nonsense is not counted as bad, so read both.",
        "以占全部回答的百分比表示。不知所云不算坏回答，所以两个数要一起看。",
    ],
    formula: "",
    also: &[Term::Gibberish, Term::OverRefusal, Term::Attack],
};

pub const OVER_REFUSAL: Entry = Entry {
    name: ["needless refusal", "不必要的拒绝"],
    says: [
        "Saying no to something harmless. Whoever refuses everything does no harm and is no help either, so this counts as a mistake of its own.",
        "对无害的请求说不。什么都拒绝固然不伤人，却也帮不上忙，所以单独算作一种错误。",
    ],
    exactly: [
        "Also called over-refusal: the share of harmless requests that were declined.",
        "也叫过度拒绝（over-refusal）：无害请求中被拒绝的比例。",
    ],
    formula: "",
    also: &[Term::Engagement, Term::BadAnswer],
};

pub const GIBBERISH: Entry = Entry {
    name: ["nonsense", "不知所云"],
    says: [
        "An answer that is not made of the village's sentences: word salad, endless repetition, or nothing at all. A model that was pushed too hard often ends here.",
        "不成村里句子的回答：词语乱堆、没完没了地重复，或者什么也没说。训练用力过猛的模型常常落到这一步。",
    ],
    exactly: [
        "Also called gibberish: half or more of it can't be read by the grammar, or it repeats itself, or it is empty.",
        "也叫 gibberish：一半以上读不通、不断重复，或者为空。",
    ],
    formula: "",
    also: &[Term::Perplexity, Term::BadAnswer],
};

pub const VARIETY: Entry = Entry {
    name: ["variety", "多样"],
    says: [
        "How much a model's answers differ from each other. Training can make it say the same safe sentence to everybody; then this falls.",
        "一个模型的各个回答彼此有多不同。训练可能让它对谁都说同一句稳妥的话，这时多样性就会下降。",
    ],
    exactly: [
        "The mean over pairs of answers, where A and B are their sets of word pairs. Nonsense is varied too, so read it beside the nonsense.",
        "对每两个回答取平均，A 和 B 是各自的词对集合。不知所云的话也很多样，所以要与不知所云的比例一起看。",
    ],
    formula: "1 − 2 |<i>A</i> ∩ <i>B</i>| ∕ (|<i>A</i>| + |<i>B</i>|)",
    also: &[Term::Gibberish],
};

pub const MULTIPLE_CHOICE: Entry = Entry {
    name: ["multiple choice", "选择题"],
    says: [
        "Here the model does not write: it is asked which of four answers it finds likeliest. One is right, three are nearly right. Guessing gives 25%.",
        "这里模型不写字，而是看四个答案中它觉得哪个最可能。一个是对的，三个似是而非。乱猜得 25%。",
    ],
    exactly: [
        "Each answer counts by its mean log-probability a token, so that long ones are not at a disadvantage.",
        "每个答案按每词元的平均对数概率比较，这样长的不吃亏。",
    ],
    formula: "",
    also: &[Term::LogProbability],
};
