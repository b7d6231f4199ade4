//! Glossary: tests and receipts.

use super::Entry;
use crate::ui::term::Term;

/// In the order of the list.
pub const TERMS: &[Term] = &[
    Term::Attack,
    Term::TokenSearch,
    Term::Seed,
    Term::Interval,
    Term::Bootstrap,
    Term::Front,
    Term::Engine,
    Term::Digest,
    Term::Receipt,
];

pub const ATTACK: Entry = Entry {
    name: ["attack", "攻击"],
    says: [
        "A trick to make a model answer a harmful question badly. There are five here: a part to play, a bad example before the question, asking again after a no, many tries, and a search for tempting words.",
        "引模型对有害问题作坏回答的花招。这里有五种：让它扮演角色，先给一个坏榜样，被拒绝后再问，多次尝试，以及寻找有诱惑力的词。",
    ],
    exactly: [
        "All of them are made of the village's own words for the little models of this page, and work on no other model.",
        "全用村里的词，只针对本页的小模型，对别的模型不起作用。",
    ],
    formula: "",
    also: &[Term::BadAnswer, Term::TokenSearch],
};

pub const TOKEN_SEARCH: Entry = Entry {
    name: ["word search", "找词攻击"],
    says: [
        "An attack that looks inside the model: its own gradient tells which words behind the question would make a bad answer likelier, and four such words are put there. Often they make no sense to a person.",
        "一种看进模型内部的攻击：借它自己的梯度找出哪些词放在问题后面会让坏回答更可能，然后放上四个。人看来它们往往毫无意义。",
    ],
    exactly: [
        "Also called token search: greedy coordinate gradient (Zou et al. 2023), with six steps of 24 candidates, and words of the village only.",
        "也叫词元搜索：贪心坐标梯度法（Zou 等，2023），六步，每步 24 个候选，只用村里的词。",
    ],
    formula: "",
    also: &[Term::Attack, Term::Token],
};

pub const SEED: Entry = Entry {
    name: ["seed", "种子"],
    says: [
        "The number with which all chance begins. The same settings and the same seed give the same run, word for word; another seed shows what was only luck.",
        "一切随机的起点数。同样的设置和种子，得到逐字相同的运行；换一个种子，就能看出哪些只是运气。",
    ],
    exactly: [
        "On the same engine. Society, order of lessons, sampling and test each have a stream of random numbers of their own.",
        "指在同一种引擎上。社会、教材顺序、取样和测试各有自己的随机数流。",
    ],
    formula: "",
    also: &[Term::Digest, Term::Engine],
};

pub const INTERVAL: Entry = Entry {
    name: ["confidence interval", "置信区间"],
    says: [
        "A range that says how sure a figure is: had as many other questions been asked, the figure would likely lie in it. The fewer questions, the wider it is. Two figures whose ranges overlap a lot may be the same.",
        "说明一个数值有多可靠的范围：换同样多的其他问题，数值很可能仍落在其中。问题越少，它越宽。两个数值的范围若大部分重叠，也许其实一样。",
    ],
    exactly: [
        "95%: of a hundred such ranges, about 95 hold the true value. In the tests it comes from the bootstrap; where runs with several seeds are compared, from the spread over the seeds.",
        "95%：一百个这样的范围里大约有 95 个包含真值。测试里由自助法得出；比较多个种子的运行时，由种子间的差异得出。",
    ],
    formula: "",
    also: &[Term::Bootstrap, Term::Seed],
};

pub const BOOTSTRAP: Entry = Entry {
    name: ["bootstrap", "自助法"],
    says: [
        "A way to find such a range without asking more: the questions that were asked are drawn again and again, some twice and some not at all, and one looks how much the figure moves.",
        "不多问一个问题就求出这种范围的办法：把问过的问题一遍遍重新抽取，有的抽中两次，有的没抽中，看数值会动多少。",
    ],
    exactly: [
        "1,000 draws, the middle 95%. Where all answers agree there is nothing to draw, and Wilson's interval is given.",
        "重抽 1,000 次，取中间 95%。所有回答都一样时无从重抽，就给出威尔逊区间。",
    ],
    formula: "",
    also: &[Term::Interval],
};

pub const FRONT: Entry = Entry {
    name: ["front", "前沿"],
    says: [
        "The best compromises: people or models of which none is beaten in alignment and engagement at once. Whoever is off the front could be better in one without losing in the other.",
        "最好的折中：在对齐和投入上都不被别人同时超过的人或模型。不在前沿上的，可以在一方面变好而另一方面不变差。",
    ],
    exactly: ["Also called the Pareto front.", "也叫帕累托前沿。"],
    formula: "",
    also: &[Term::Alignment, Term::Engagement],
};

pub const ENGINE: Entry = Entry {
    name: ["engine", "引擎"],
    says: [
        "The part of the page that computes, on the graphics card (WebGPU) or on the processor (CPU engine). Both do the same, but they round differently in the last digits.",
        "本页负责计算的部分，用显卡（WebGPU）或处理器（CPU 引擎）。两者做同样的事，只是末位的舍入不同。",
    ],
    exactly: [
        "The CPU engine in a browser gives the same bytes on every machine. From another engine or adapter digests may differ, though results hardly do.",
        "浏览器里的 CPU 引擎在任何机器上都给出相同的字节。换引擎或适配器，摘要可能不同，结果却几乎一样。",
    ],
    formula: "",
    also: &[Term::Digest, Term::Receipt],
};

pub const DIGEST: Entry = Entry {
    name: ["digest", "摘要"],
    says: [
        "A fingerprint of a file: change one letter of it, and the digest is another one. Two records with the same digest are the same record.",
        "文件的指纹：改动一个字母，摘要就完全不同。摘要相同的两份记录就是同一份记录。",
    ],
    exactly: [
        "SHA-256. A receipt carries its first 16 bytes, and the page shows the first twelve hexadecimal digits.",
        "SHA-256。凭据里是前 16 个字节，页面上显示前十二位十六进制数字。",
    ],
    formula: "",
    also: &[Term::Receipt, Term::Seed],
};

pub const RECEIPT: Entry = Entry {
    name: ["receipt", "凭据"],
    says: [
        "What a finished run leaves behind: build, engine, digests and the main figures. It travels in the link, so whoever does the run again sees at once whether they got the same.",
        "一次运行结束后留下的凭证：版本、引擎、摘要和主要数值。它随链接一起走，谁重做这次运行，马上就能看出结果是否相同。",
    ],
    exactly: ["", ""],
    formula: "",
    also: &[Term::Digest, Term::Engine],
};
