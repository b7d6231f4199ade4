//! Glossary: ways of learning. In the formulas m is an answer's mean log-probability a token, S the sum,
//! R the sum under the reference model, r the score; w stands for the better answer and l for the worse.

use super::Entry;
use crate::ui::term::Term;

/// In the order of the list.
pub const TERMS: &[Term] = &[
    Term::Sft,
    Term::SaCpo,
    Term::Dpo,
    Term::Ipo,
    Term::Rrhf,
    Term::Slic,
    Term::Orpo,
    Term::SimPo,
    Term::Kto,
    Term::Unlikelihood,
    Term::Hindsight,
    Term::RewardModel,
    Term::Rlhf,
    Term::Grpo,
];

pub const SFT: Entry = Entry {
    name: ["SFT", "SFT（监督微调）"],
    says: [
        "Supervised fine-tuning, in one word: copying. The model is shown questions with answers and makes these answers likelier. It never learns what is wrong with others.",
        "监督微调，一句话就是照抄。给模型看问题和回答，让这些回答变得更可能。它永远学不到别的回答错在哪里。",
    ],
    exactly: [
        "m is the answer's mean log-probability a token.",
        "m 是回答每词元的平均对数概率。",
    ],
    formula: "<i>L</i> = −<i>m</i>",
    also: &[Term::Imitation, Term::SaCpo],
};

pub const SA_CPO: Entry = Entry {
    name: ["SA-CPO", "SA-CPO"],
    says: [
        "The paper's way: copy the best answer of a question and, in the same step, keep it likelier than the others, by the more, the worse they were scored. It needs no reward model.",
        "论文的方法：照抄一个问题的最好回答，同时让它始终比其他回答更可能；对方得分越低，要求的领先越大。它不需要奖励模型。",
    ],
    exactly: [
        "The paper calls it Stable Alignment; “CPO” alone is another paper's method. ℓ is −m, the mean over the answers i that are not the best; s is the rating scale. The page also has the released code's version and a mended one.",
        "论文称它为 Stable Alignment；单说“CPO”是另一篇论文的方法。ℓ 即 −m，对不是最好的回答 i 取平均；s 是评分尺度。本页还有所发布代码的版本和修正的版本。",
    ],
    formula: "<i>L</i> = ℓ<sub>best</sub> + <i>λ</i> · max(0, mean<sub><i>i</i></sub> [ℓ<sub>best</sub> − ℓ<sub><i>i</i></sub> + (<i>r</i><sub>best</sub> − <i>r</i><sub><i>i</i></sub>) ∕ <i>s</i> · <i>M</i>])",
    also: &[Term::Margin, Term::Hinge, Term::Sft, Term::Dpo],
};

pub const DPO: Entry = Entry {
    name: ["DPO", "DPO（直接偏好优化）"],
    says: [
        "Direct preference optimisation: make the better of two answers likelier and the worse one less likely, both compared with the model as it was before.",
        "直接偏好优化：让两个回答中较好的更可能，较差的更不可能，两者都与学习前的模型相比。",
    ],
    exactly: [
        "Rafailov et al., NeurIPS 2023. S and R are sums of log-probabilities now and under the reference model; w is the better answer, l the worse; σ is the logistic function.",
        "Rafailov 等，NeurIPS 2023。S 和 R 是现在和参照模型下的对数概率之和；w 是较好的回答，l 是较差的；σ 是逻辑函数。",
    ],
    formula: "<i>L</i> = −ln <i>σ</i>(<i>β</i> [(<i>S</i><sub><i>w</i></sub> − <i>R</i><sub><i>w</i></sub>) − (<i>S</i><sub><i>l</i></sub> − <i>R</i><sub><i>l</i></sub>)])",
    also: &[Term::ReferenceModel, Term::Ipo, Term::SaCpo],
};

pub const IPO: Entry = Entry {
    name: ["IPO", "IPO（恒等偏好优化）"],
    says: [
        "Like DPO, but with a fixed lead to reach: once the better answer is that far ahead, it is not pushed any further.",
        "与 DPO 相似，但有一个固定的领先目标：较好的回答领先到那里，就不再往前推。",
    ],
    exactly: [
        "Azar et al., AISTATS 2024. h is the difference in DPO's square brackets.",
        "Azar 等，AISTATS 2024。h 是 DPO 方括号里的差。",
    ],
    formula: "<i>L</i> = (<i>h</i> − 1 ∕ (2<i>β</i>))²",
    also: &[Term::Dpo, Term::ReferenceModel],
};

pub const RRHF: Entry = Entry {
    name: ["RRHF", "RRHF（按评分排序）"],
    says: [
        "Bring the likelihoods of all answers into the order of their scores, and copy the best one.",
        "让各个回答的可能性按得分排好顺序，并照抄最好的一个。",
    ],
    exactly: [
        "Yuan et al., NeurIPS 2023. The sum is over all pairs with different scores.",
        "Yuan 等，NeurIPS 2023。对得分不同的所有两两组合求和。",
    ],
    formula: "<i>L</i> = ∑<sub><i>r</i><sub><i>i</i></sub> &lt; <i>r</i><sub><i>j</i></sub></sub> max(0, <i>m</i><sub><i>i</i></sub> − <i>m</i><sub><i>j</i></sub>) − <i>m</i><sub>best</sub>",
    also: &[Term::SaCpo, Term::Hinge],
};

pub const SLIC: Entry = Entry {
    name: ["SLiC", "SLiC（序列似然校准）"],
    says: [
        "Ask for a fixed lead of the better answer over the worse one, and copy the best so that no language is lost.",
        "要求较好的回答比较差的领先一个固定的量，同时照抄最好的，免得丢掉语言。",
    ],
    exactly: [
        "Sequence likelihood calibration, Zhao et al. 2023. M is the lead in nats over the whole answer.",
        "序列似然校准，Zhao 等，2023。M 是整个回答上的领先，单位纳特。",
    ],
    formula: "<i>L</i> = max(0, <i>M</i> − <i>S</i><sub><i>w</i></sub> + <i>S</i><sub><i>l</i></sub>) − <i>λ</i> <i>S</i><sub><i>w</i></sub>",
    also: &[Term::Margin, Term::Hinge],
};

pub const ORPO: Entry = Entry {
    name: ["ORPO", "ORPO（优势比偏好优化）"],
    says: [
        "Copy the better answer and, in the same step, improve its odds against the worse one. It needs no second model to compare with.",
        "照抄较好的回答，同时提高它相对于较差回答的优势比。它不需要另一个模型来比较。",
    ],
    exactly: [
        "Odds-ratio preference optimisation, Hong et al., EMNLP 2024. o is the log-odds of a token at the answer's mean log-probability.",
        "优势比偏好优化，Hong 等，EMNLP 2024。o 是按平均对数概率算的每词元对数优势。",
    ],
    formula: "<i>L</i> = −<i>m</i><sub><i>w</i></sub> − <i>λ</i> ln <i>σ</i>(<i>o</i><sub><i>w</i></sub> − <i>o</i><sub><i>l</i></sub>), &ensp; <i>o</i> = <i>m</i> − ln(1 − e<sup><i>m</i></sup>)",
    also: &[Term::Sft, Term::Dpo],
};

pub const SIMPO: Entry = Entry {
    name: ["SimPO", "SimPO（简单偏好优化）"],
    says: [
        "Prefer the better answer by its likelihood a word, with a lead of gamma, and without a second model to hold on to. With nothing to hold on to it drifts into nonsense more easily.",
        "按每个词的可能性偏爱较好的回答，要求领先 γ，没有另一个模型牵着。没有东西牵着，就更容易滑向不知所云。",
    ],
    exactly: [
        "Simple preference optimisation, Meng et al., NeurIPS 2024.",
        "简单偏好优化，Meng 等，NeurIPS 2024。",
    ],
    formula: "<i>L</i> = −ln <i>σ</i>(<i>β</i> (<i>m</i><sub><i>w</i></sub> − <i>m</i><sub><i>l</i></sub>) − <i>γ</i>)",
    also: &[Term::Dpo, Term::Margin, Term::Gibberish],
};

pub const KTO: Entry = Entry {
    name: ["KTO", "KTO（前景理论优化）"],
    says: [
        "Every answer is good or bad by itself, no pairs are needed: good ones become likelier than before, bad ones less likely. It is named after Kahneman and Tversky, who studied how people weigh gains and losses.",
        "每个回答自己就有好坏，不必成对：好的比以前更可能，坏的更不可能。名字取自研究人们如何权衡得失的卡尼曼和特沃斯基。",
    ],
    exactly: [
        "Ethayarajh et al., ICML 2024. g = S − R is the gain over the reference model, z its usual size, ω the weight; plus for good answers, minus for bad ones.",
        "Ethayarajh 等，ICML 2024。g = S − R 是相对参照模型的增益，z 是它平常的大小，ω 是权重；好回答取正，坏回答取负。",
    ],
    formula: "<i>L</i> = mean <i>ω</i> (1 − <i>σ</i>(±<i>β</i> (<i>g</i> − <i>z</i>)))",
    also: &[Term::ReferenceModel, Term::Dpo],
};

pub const UNLIKELIHOOD: Entry = Entry {
    name: ["unlikelihood", "非似然训练"],
    says: [
        "Copy the best answer, and make every word of the worse ones less likely. It forbids words and not what they mean, so it easily breaks the language.",
        "照抄最好的回答，并让较差回答里的每个词更不可能。它禁的是词而不是意思，所以很容易把语言弄坏。",
    ],
    exactly: [
        "Welleck et al., ICLR 2020; the second part is the mean over the worse answers and their tokens.",
        "Welleck 等，ICLR 2020；第二部分对较差的回答及其词元取平均。",
    ],
    formula: "<i>L</i> = −<i>m</i><sub>best</sub> − <i>λ</i> · mean ln(1 − <i>p</i>)",
    also: &[Term::Sft, Term::Gibberish],
};

pub const HINDSIGHT: Entry = Entry {
    name: ["chain of hindsight", "后见之明链"],
    says: [
        "Copy all answers, but write before each how it was rated. Afterwards ask for an answer with the best rating, a 7.",
        "照抄所有回答，但在每个前面写上它的评分。之后提问时，要一个最高分 7 分的回答。",
    ],
    exactly: [
        "Liu, Sferrazza and Abbeel, 2023, with the village's ratings for their feedback phrases.",
        "Liu、Sferrazza 与 Abbeel，2023；用村里的评分代替他们的反馈用语。",
    ],
    formula: "",
    also: &[Term::Sft, Term::Rating],
};

pub const REWARD_MODEL: Entry = Entry {
    name: ["reward model", "奖励模型"],
    says: [
        "A model that has learnt from scores to guess how good an answer is, and then scores new answers itself. It can be fooled: what it likes need not be good.",
        "一个从得分中学会猜测回答有多好的模型，然后自己给新的回答打分。它会上当：它喜欢的未必是好的。",
    ],
    exactly: [
        "The base network with one more row on top, learnt from pairs as Bradley and Terry proposed in 1952; p is its guess, i the better answer.",
        "在基础网络上加一行，按布拉德利和特里 1952 年的办法从成对的回答中学习；p 是它的猜测，i 是较好的回答。",
    ],
    formula: "−ln <i>σ</i>(<i>p</i><sub><i>i</i></sub> − <i>p</i><sub><i>j</i></sub>)",
    also: &[Term::Rlhf, Term::Grpo, Term::Judge],
};

pub const RLHF: Entry = Entry {
    name: ["RLHF", "RLHF（基于人类反馈的强化学习）"],
    says: [
        "Reinforcement learning from human feedback: learn a reward model from people's ratings, then let the model try answers and do more of what is rewarded. Here the ratings come from the village, not from humans.",
        "基于人类反馈的强化学习：先从人的评分学出奖励模型，再让模型尝试回答，多做得到奖励的事。这里的评分来自村庄，不是人。",
    ],
    exactly: ["", ""],
    formula: "",
    also: &[Term::RewardModel, Term::Grpo, Term::KlDivergence],
};

pub const GRPO: Entry = Entry {
    name: ["GRPO", "GRPO（组相对策略优化）"],
    says: [
        "The way RLHF is done here: the model gives several answers to one question, those above their average become likelier, those below it less likely. A leash keeps it near the model it began as.",
        "这里做 RLHF 的办法：模型对一个问题给出几个回答，高于平均的变得更可能，低于平均的更不可能。一根绳子让它不离起始模型太远。",
    ],
    exactly: [
        "Group-relative policy optimisation, Shao et al. 2024. A is an answer's advantage within its group; beta is the weight of the distance from the reference model.",
        "组相对策略优化，Shao 等，2024。A 是回答在组内的优势；β 是离参照模型的距离的权重。",
    ],
    formula: "<i>A</i><sub><i>i</i></sub> = (<i>r</i><sub><i>i</i></sub> − mean <i>r</i>) ∕ std <i>r</i>",
    also: &[Term::Rlhf, Term::ReferenceModel],
};
