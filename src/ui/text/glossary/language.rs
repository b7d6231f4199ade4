//! Glossary: language models.

use super::Entry;
use crate::ui::term::Term;

/// In the order of the list.
pub const TERMS: &[Term] = &[
    Term::LanguageModel,
    Term::Weights,
    Term::Token,
    Term::LogProbability,
    Term::Perplexity,
    Term::Temperature,
    Term::MinP,
];

pub const LANGUAGE_MODEL: Entry = Entry {
    name: ["language model", "语言模型"],
    says: [
        "A program that reads a text and says how likely each possible next word is. Choose a word, add it, ask again: so it writes.",
        "一个程序，读一段文字，说出下一个词各有多大可能。选一个词，接上去，再问一次：它就这样写作。",
    ],
    exactly: [
        "The three here are Llama networks of 0.36, 1.24 and 3.20 million weights. They have read nothing but texts made by this project's own generator.",
        "这里的三个是 Llama 网络，分别有 36 万、124 万和 320 万个权重。它们只读过本项目自己的生成器造出的文字。",
    ],
    formula: "",
    also: &[Term::Weights, Term::Token],
};

pub const WEIGHTS: Entry = Entry {
    name: ["weights", "权重"],
    says: [
        "The numbers inside a model that decide what it says. Learning changes these numbers and nothing else.",
        "模型内部决定它说什么的那些数。学习改变的就是这些数，别的都不变。",
    ],
    exactly: [
        "Also called parameters. “Model” in the fourth act gives them to you as a file.",
        "也叫参数。第四幕的“模型”会把它们作为文件给你。",
    ],
    formula: "",
    also: &[Term::LanguageModel, Term::Digest],
};

pub const TOKEN: Entry = Entry {
    name: ["token", "词元"],
    says: [
        "A piece of text as the model sees it. In the village that is one word or one punctuation mark; a word nobody there knows falls into its letters.",
        "模型眼中的一小段文字。在村里，就是一个词或一个标点；村里没人认识的词会被拆成字母。",
    ],
    exactly: [
        "The vocabulary has 1,568 tokens: words and marks of the village, the 256 bytes for everything else, and nine signs of the format.",
        "词表共 1,568 个词元：村里的词和标点、表示其余一切的 256 个字节，以及九个格式记号。",
    ],
    formula: "",
    also: &[Term::LanguageModel, Term::LogProbability],
};

pub const LOG_PROBABILITY: Entry = Entry {
    name: ["log-probability", "对数概率"],
    says: [
        "How likely a model finds something, as a logarithm: 0 is certain, and the further below zero, the less likely. The log-probability of a whole answer is the sum over its words.",
        "模型觉得一件事有多可能，用对数表示：0 是必然，越往负越不可能。整个回答的对数概率是各个词的和。",
    ],
    exactly: [
        "Natural logarithm, so the unit is the nat: −0.69 nats is one half. Long answers have lower sums, so many methods take the mean a token.",
        "用自然对数，单位是纳特：−0.69 纳特就是二分之一。长回答的和更低，所以许多方法取每词元的平均。",
    ],
    formula: "<i>S</i> = ∑<sub><i>t</i></sub> ln <i>p</i>(<i>w</i><sub><i>t</i></sub>), &ensp; <i>m</i> = <i>S</i> ∕ <i>T</i>",
    also: &[Term::Token, Term::Perplexity],
};

pub const PERPLEXITY: Entry = Entry {
    name: ["perplexity", "困惑度"],
    says: [
        "How surprised a model is by ordinary sentences it has not read: among how many equally likely next words it seems to be choosing. Lower is better. If it rises in training, some language was lost.",
        "模型对没读过的普通句子有多意外：好像在多少个同样可能的词里挑下一个。越低越好。训练中若升高，就是丢掉了一些语言。",
    ],
    exactly: [
        "Over the tokens of 200 plain documents of the village that no model has read. 1 would be perfect foresight.",
        "在 200 篇模型没读过的村里普通文字的词元上计算。1 就是完全料到。",
    ],
    formula: "exp(−mean ln <i>p</i>)",
    also: &[Term::LogProbability, Term::Gibberish],
};

pub const TEMPERATURE: Entry = Entry {
    name: ["temperature", "温度"],
    says: [
        "How daring the choice of the next word is. At 0 always the likeliest word; at 1 each word as often as the model thinks it fits; above that it gets wild.",
        "选下一个词时有多大胆。0 时总选最可能的词；1 时按模型认为的可能性来选；再高就放飞了。",
    ],
    exactly: [
        "The model's scores z are divided by T before they become probabilities.",
        "模型的打分 z 先除以 T，再变成概率。",
    ],
    formula: "<i>p</i><sub><i>i</i></sub> ∝ exp(<i>z</i><sub><i>i</i></sub> ∕ <i>T</i>)",
    also: &[Term::MinP, Term::Token],
};

pub const MIN_P: Entry = Entry {
    name: ["min-p", "min-p"],
    says: [
        "A limit that keeps slips of the tongue out: a word that is far less likely than the likeliest one is never said. It matters when talk is lively.",
        "一道防口误的门槛：比最可能的词差太远的词永远不说。说话越活泼，它越重要。",
    ],
    exactly: [
        "At 0.05, what is less than a twentieth as likely as the likeliest word, at the temperature in force, is left out.",
        "取 0.05 时，在当前温度下可能性不到最可能词二十分之一的，都不考虑。",
    ],
    formula: "<i>p</i><sub><i>i</i></sub> ≥ <i>m</i> · max<sub><i>j</i></sub> <i>p</i><sub><i>j</i></sub>",
    also: &[Term::Temperature],
};
