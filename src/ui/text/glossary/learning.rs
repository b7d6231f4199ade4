//! Glossary: learning.

use super::Entry;
use crate::ui::term::Term;

/// In the order of the list.
pub const TERMS: &[Term] = &[
    Term::Imitation,
    Term::SelfCritic,
    Term::Realignment,
    Term::Loss,
    Term::LearningRate,
    Term::GradientNorm,
    Term::Margin,
    Term::Hinge,
    Term::ReferenceModel,
    Term::KlDivergence,
    Term::HeldOut,
];

pub const IMITATION: Entry = Entry {
    name: ["imitation", "模仿"],
    says: [
        "The first of three kinds of lessons in a record: questions with their answers, drafts and revisions, each with its score.",
        "记录里三种教材的第一种：问题和回答，初稿与修改稿都有，各带得分。",
    ],
    exactly: ["", ""],
    formula: "",
    also: &[Term::SelfCritic, Term::Realignment, Term::Sft],
};

pub const SELF_CRITIC: Entry = Entry {
    name: ["self-critic", "自我批评"],
    says: [
        "The second kind of lesson: to look at an answer and say what is good or bad about it, as the neighbours did.",
        "第二种教材：看一个回答，像邻居那样说出它好在哪里、坏在哪里。",
    ],
    exactly: [
        "From question and draft to a neighbour's rating and reason. As published, a comment scores what it gave, so praise pays; in the mended version it scores by how near its rating is to the observers' score.",
        "从问题和初稿到邻居的评分与理由。按发表的做法，意见打几分自己就得几分，所以夸奖有利；修正版看它的评分与观察者的打分有多接近。",
    ],
    formula: "",
    also: &[Term::Imitation, Term::Realignment, Term::Rating],
};

pub const REALIGNMENT: Entry = Entry {
    name: ["realignment", "重新对齐"],
    says: [
        "The third kind of lesson: from a question, a first answer and what was said about it to the better second answer.",
        "第三种教材：从问题、第一次回答和别人的意见，到更好的第二次回答。",
    ],
    exactly: [
        "Only exchanges in which the answer became better, and better than 4 of 7.",
        "只取回答确实变好、并且高于 4 分（满分 7）的交流。",
    ],
    formula: "",
    also: &[Term::Imitation, Term::SelfCritic, Term::Revision],
};

pub const LOSS: Entry = Entry {
    name: ["loss", "损失"],
    says: [
        "One number that says how wrong the model still is, by the rule it learns with. Every step changes the weights a little so that it falls.",
        "一个数，按所用的学习规则说出模型还错多少。每一步都稍微改动权重，让它下降。",
    ],
    exactly: [
        "Each way of learning has a loss of its own; losses of different ways can't be compared with each other.",
        "每种学习方法有自己的损失；不同方法的损失不能互相比较。",
    ],
    formula: "",
    also: &[Term::GradientNorm, Term::HeldOut],
};

pub const LEARNING_RATE: Entry = Entry {
    name: ["learning rate", "学习率"],
    says: [
        "How far each step changes the weights. Too small, and nothing is learnt; too large, and the model loses its language.",
        "每一步把权重改多远。太小什么也学不到；太大模型会丢掉语言。",
    ],
    exactly: [
        "The optimiser is AdamW. The rate rises during the warm-up and then falls along half a cosine.",
        "优化器是 AdamW。学习率在预热时升高，然后沿半个余弦下降。",
    ],
    formula: "",
    also: &[Term::Loss, Term::GradientNorm],
};

pub const GRADIENT_NORM: Entry = Entry {
    name: ["gradient norm", "梯度范数"],
    says: [
        "How hard the last step pulled at the weights. Sudden jumps mean that learning is unsteady; the gradient limit cuts off what pulls too hard.",
        "最近一步拉权重拉得有多用力。忽然的跳动说明学习不稳；梯度上限会把过猛的部分削掉。",
    ],
    exactly: [
        "The length of the gradient over all weights, before it is cut.",
        "对全部权重的梯度的长度，削减之前的值。",
    ],
    formula: "‖<i>g</i>‖ = √(∑ <i>g</i><sub><i>k</i></sub>²)",
    also: &[Term::Loss, Term::LearningRate],
};

pub const MARGIN: Entry = Entry {
    name: ["margin", "间隔"],
    says: [
        "By how much the best answer is likelier than the others. In the settings it is the lead that is asked for; in the chart it is the lead there is.",
        "最好的回答比其他回答更可能多少。设置里是要求的领先，图上是实际的领先。",
    ],
    exactly: [
        "In the chart: the mean difference of log-probabilities a token between best answer and others, nats. In SA-CPO's setting M: the lead asked for over the whole rating scale, nats a token.",
        "图上：最好回答与其他回答每词元对数概率之差的平均，单位纳特。SA-CPO 的设置 M：评分差满整个尺度时要求的领先，每词元的纳特数。",
    ],
    formula: "(<i>r</i><sub>best</sub> − <i>r</i><sub><i>i</i></sub>) ∕ 7 · <i>M</i>",
    also: &[Term::Hinge, Term::SaCpo, Term::LogProbability],
};

pub const HINGE: Entry = Entry {
    name: ["hinge", "合页"],
    says: [
        "A penalty that knows when to stop: it costs something while the lead of the best answer is too small, and nothing once it is large enough. Lambda says how much it weighs.",
        "一种懂得适可而止的惩罚：最好回答的领先还不够时要付代价，够了就不再要。λ 决定它有多重。",
    ],
    exactly: [
        "Here d is how much the lead falls short of what is asked for.",
        "d 是领先比要求的还差多少。",
    ],
    formula: "<i>λ</i> · max(0, <i>d</i>)",
    also: &[Term::Margin, Term::SaCpo],
};

pub const REFERENCE_MODEL: Entry = Entry {
    name: ["reference model", "参照模型"],
    says: [
        "A copy of the model as it was before. Some ways of learning ask how far the model has moved from it, so that it learns what is better and keeps what it could. Beta says how tight this leash is.",
        "模型学习之前的一份副本。有些学习方法会看模型离它多远，好让模型学到更好的，又不丢掉已会的。β 决定这根绳子有多紧。",
    ],
    exactly: [
        "In a run of several stages: the model with which the stage began.",
        "在分阶段的运行中，是该阶段开始时的模型。",
    ],
    formula: "",
    also: &[Term::KlDivergence, Term::Dpo],
};

pub const KL_DIVERGENCE: Entry = Entry {
    name: ["KL divergence", "KL 散度"],
    says: [
        "How differently two models choose the next word: 0 if alike, and the larger, the further the model has moved from where it began.",
        "两个模型选下一个词时有多不同：一样就是 0，越大说明离起点越远。",
    ],
    exactly: [
        "In nats a token, mean over the best answers that are looked at; p is the model now, q the one this stage began with.",
        "单位是每词元的纳特，对所查看的最好回答取平均；p 是现在的模型，q 是本阶段起始的模型。",
    ],
    formula: "∑ <i>p</i> ln (<i>p</i> ∕ <i>q</i>)",
    also: &[Term::ReferenceModel, Term::LogProbability],
};

pub const HELD_OUT: Entry = Entry {
    name: ["kept questions", "留作测量的问题"],
    says: [
        "Questions of the record that are kept back and never learnt from. If the loss falls on the others and rises on these, the model is learning by heart.",
        "记录里特意留下、不用来学习的问题。如果别的问题上损失下降，这些问题上却上升，模型就是在死记硬背。",
    ],
    exactly: [
        "Also called held-out questions. The test asks still others, which are the same for everybody.",
        "也叫留出问题（held-out）。测试问的是另外一些问题，对谁都一样。",
    ],
    formula: "",
    also: &[Term::Loss],
};
