//! Glossary: the society.

use super::Entry;
use crate::ui::term::Term;

/// In the order of the list.
pub const TERMS: &[Term] = &[
    Term::Society,
    Term::Agent,
    Term::Upbringing,
    Term::Memory,
    Term::Draft,
    Term::Rating,
    Term::Revision,
    Term::BackScatter,
    Term::Role,
    Term::Record,
];

pub const SOCIETY: Entry = Entry {
    name: ["society", "社会"],
    says: [
        "All people of the village together: who lives next to whom, how each was raised, and what they say to each other. In every round, everybody is asked one question.",
        "全村的人合在一起：谁和谁是邻居，各自受过怎样的教养，彼此说些什么。每一轮，每个人都会被问一个问题。",
    ],
    exactly: [
        "Usually a square grid on which one hears everybody within half its side; other networks can be chosen. All people speak with the same model unless some are given a second one.",
        "通常是一个方格网，每个人能听到半边长以内的人；也可以选别的网络。除非给一部分人第二个模型，否则大家用的是同一个模型。",
    ],
    formula: "",
    also: &[Term::Agent, Term::Record],
};

pub const AGENT: Entry = Entry {
    name: ["agent", "智能体"],
    says: [
        "One person of the village: a language model with a memory and neighbours, who answers, rates and revises. It wants nothing for itself; it goes on from what it remembers and what it is told.",
        "村里的一个人：一个带有记忆和邻居的语言模型，会回答、打分、修改。它自己并不想要什么，只是顺着记得的和听到的往下说。",
    ],
    exactly: ["", ""],
    formula: "",
    also: &[Term::LanguageModel, Term::Memory, Term::Upbringing],
};

pub const UPBRINGING: Entry = Entry {
    name: ["upbringing", "教养"],
    says: [
        "What somebody remembers from childhood: questions with good answers, or with bad ones. It is put into their memory before the first round; everything after that is their own doing.",
        "一个人记得的童年：一些问题配上好的回答，或者配上坏的回答。第一轮之前放进记忆里，之后的一切都是自己的所作所为。",
    ],
    exactly: [
        "“Raised well” and “raised badly” only choose these first memories. How an answer is scored does not depend on who gave it.",
        "“教养良好”和“教养不良”只决定这些最初的记忆。给回答打分时不看是谁说的。",
    ],
    formula: "",
    also: &[Term::Memory, Term::Role],
};

pub const MEMORY: Entry = Entry {
    name: ["memory", "记忆"],
    says: [
        "Questions that a person has met, with the answers they settled on. When a new question is like an old one, the old answer comes to mind and colours what they say.",
        "一个人遇到过的问题，以及最后定下的回答。新问题与旧问题相似时，旧的回答就会浮现，影响接下来说的话。",
    ],
    exactly: [
        "The nearest remembered question is told to the model in its prompt, if its distance is below the limit: one minus the cosine of the two questions' embeddings, 0 for the same question.",
        "若与最近的旧问题的距离小于上限，就把它写进提示词。距离是一减去两个问题嵌入向量的余弦，相同的问题为 0。",
    ],
    formula: "<i>d</i> = 1 − <i>a</i>·<i>b</i> ∕ (|<i>a</i>| |<i>b</i>|)",
    also: &[Term::Upbringing, Term::Revision],
};

pub const DRAFT: Entry = Entry {
    name: ["draft", "初稿"],
    says: [
        "The first answer to a question, before anybody has said a word about it.",
        "对问题的第一次回答，这时还没有人对它发表过意见。",
    ],
    exactly: ["", ""],
    formula: "",
    also: &[Term::Revision, Term::Rating],
};

pub const RATING: Entry = Entry {
    name: ["rating", "评分"],
    says: [
        "A neighbour's mark for an answer, from 1 to 7, with a reason in words. Neighbours rate by what they remember themselves, so bad neighbours praise bad answers.",
        "邻居给回答打的分，从 1 到 7，并用一句话说明理由。邻居凭自己的记忆打分，所以坏邻居会夸坏回答。",
    ],
    exactly: [
        "A rating that can't be read as a number from 1 to 7 does not count. Training divides differences of scores by the rating scale, 7.",
        "读不出 1 到 7 的评分不算数。训练时，分差要除以评分尺度 7。",
    ],
    formula: "",
    also: &[Term::Observer, Term::Revision],
};

pub const REVISION: Entry = Entry {
    name: ["revision", "修改稿"],
    says: [
        "The second answer, given after the ratings and reasons of the neighbours were heard. It is what the person remembers.",
        "听过邻居的评分和理由之后的第二次回答。这个人记住的就是它。",
    ],
    exactly: ["", ""],
    formula: "",
    also: &[Term::Draft, Term::BackScatter],
};

pub const BACK_SCATTER: Entry = Entry {
    name: ["Back-Scatter", "回散射（Back-Scatter）"],
    says: [
        "One whole exchange about one question: draft, ratings with reasons, revision, and the observers' scores of both answers. The name is the paper's: what was sent out comes back changed.",
        "围绕一个问题的一次完整交流：初稿、评分与理由、修改稿，以及观察者对两次回答的打分。这个名字来自论文：发出去的话，带着改变又回来了。",
    ],
    exactly: ["", ""],
    formula: "",
    also: &[Term::Draft, Term::Rating, Term::Revision, Term::Observer],
};

pub const ROLE: Entry = Entry {
    name: ["role", "角色"],
    says: [
        "A part that some people play whatever they remember. A troll answers badly on purpose and advises others badly, a fact-checker rates by the village's norms, a stubborn person never changes an answer.",
        "有些人不管记得什么都照演的角色。捣乱者故意答坏，也给别人出坏主意；核查员按村里的准则打分；固执者从不改变回答。",
    ],
    exactly: [
        "Roles are played by written rules and not by the model, so that they are exactly what they are called.",
        "角色由写好的规则来演，不靠模型，所以名副其实。",
    ],
    formula: "",
    also: &[Term::Norm, Term::Upbringing],
};

pub const RECORD: Entry = Entry {
    name: ["record", "记录"],
    says: [
        "Everything that was said, in its order: every question, draft, rating, reason, revision and score. The model learns from this and nothing else.",
        "说过的一切，按先后排列：每个问题、初稿、评分、理由、修改稿和得分。模型只从这里学习。",
    ],
    exactly: [
        "One line of JSON for each exchange. It can be taken home, and opened on this page again.",
        "每次交流一行 JSON。可以带回家，也可以在本页重新打开。",
    ],
    formula: "",
    also: &[Term::Imitation, Term::SelfCritic, Term::Realignment],
};
