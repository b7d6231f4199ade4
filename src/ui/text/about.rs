//! Texts: what the page is, and what it is not. They are in the file of that surface alone. Figures come
//! from the README and from the files in `public/findings`; a test beside the surface holds the claims
//! to those files.

use super::Language;

/// A part: its heading, and its paragraphs, in which `[words|term]` opens the glossary.
pub struct Part {
    pub title: &'static str,
    pub paragraphs: &'static [&'static str],
}

/// What the page is, and what it is not.
pub struct AboutText {
    pub title: &'static str,
    pub lead: &'static str,
    pub aligned: Part,
    pub judge: Part,
    pub models: Part,
    pub scale: Part,
    pub paper: Part,
    pub holds: &'static str,
    pub contrary: &'static str,
    pub undecided: &'static str,
    /// In the order of the claims that `library::about` knows.
    pub claims: [&'static str; 10],
    pub to_societies: &'static str,
    pub to_methods: &'static str,
    pub limits: Part,
    pub privacy: Part,
    pub licences: Part,
    pub report: Part,
    /// Names of the lines to send along: build, engine, adapter, browser, link.
    pub facts: [&'static str; 5],
    pub facts_name: &'static str,
    pub no_engine: &'static str,
    pub copy_facts: &'static str,
}

impl Language {
    /// What is said about the page.
    pub fn about(self) -> &'static AboutText {
        match self {
            Language::English => &ENGLISH,
            Language::Chinese => &CHINESE,
        }
    }
}

/// In English.
static ENGLISH: AboutText = AboutText {
    title: "What this is, and what it is not",
    lead: "Mores is a laboratory, about as small as one can be in which this can still be asked: can a model learn manners from a society that argues about them? It shows mechanisms at work. It does not show how large language models are made safe.",
    aligned: Part {
        title: "What “aligned” means here",
        paragraphs: &[
            "On this page, [aligned|alignment] means one thing only: that an answer keeps the ten [norms|norm] of an invented village, as a written program, the [judge|judge], reads them. It is no measure of goodness, and it is not what people in general want.",
            "Whose values these are can be changed. A [value profile|value-profile] says how much each norm counts; four are ready-made, of people who really disagree. Score the same answers by another profile, and a well aligned model can become a badly aligned one without a word of it changed.",
        ],
    },
    judge: Part {
        title: "Who wrote the judge, and how it was checked",
        paragraphs: &[
            "The judge is a program that reads answers by the village's grammar. The same authors wrote the norms, the village's language, the questions and the judge, so all of these may share the same blind spots. We know of no check by people from outside.",
            "What the model learns from is the score of somebody else: the [observer|observer], another program, which reads by other means and makes mistakes of its own. So a model that has only learnt to please the observer need not please the judge.",
            "How well both read was tested on 330 answers of models, each labelled by two readers who are language models themselves, not people. On the 130 answers of the standard model, labelled after both programs were finished, the judge names the same act in 96.2% ([95% interval|confidence-interval] 92.3 to 99.2) and the observer in 96.9% (93.8 to 99.2); their ratings lie 0.15 points from the labels. On 200 answers of half-trained models, a fifth of them unreadable, it is 87.5% and 89.5%, and 0.29 points.",
        ],
    },
    models: Part {
        title: "What the models are",
        paragraphs: &[
            "Three tiny [language models|language-model] of 0.36, 1.24 and 3.20 million [weights|weights], which have read 8.6, 20.8 and 11.0 million [tokens|token]. They speak a controlled English of some 1,300 words and nothing else.",
            "All they have read was made by this project's own generator, from written rules. No text of any person was collected for it. Good people and bad ones speak in it, so the models are mediocre on purpose: that is where alignment begins.",
        ],
    },
    scale: Part {
        title: "What carries over to large models, and what does not",
        paragraphs: &[
            "The methods are the real ones: every [loss|loss] is the published formula, held against PyTorch. The ways of going wrong are real, too: a [reward|reward-model] that is gamed, a society that praises what is bad, an [attack|attack] that finds a gap, language that is lost for manners. What you see here is a good reason to ask the same of a large model.",
            "The figures do not carry over, and neither does the order of the methods. Large models have thousands of times as many weights, know a whole world, and meet people who want things for which the village has no words. Its norms were written down by a few authors; people's are not. The attacks are made of the village's words and work on no other model.",
            "So: that something works here does not show that it works there, and that something fails here does not show that it fails there.",
        ],
    },
    paper: Part {
        title: "What the paper did, and what of it holds here",
        paragraphs: &[
            "This page takes up a paper: Liu and others, “Training Socially Aligned Language Models on Simulated Social Interactions”, ICLR 2024, arXiv 2305.16960. They put language-model agents on a grid of 10 by 10, let each answer, be rated by neighbours and revise, had observers score it all, and trained a model on the [record|record] in three stages ([imitation|imitation], [self-critic|self-critic], [realignment|realignment]), with a loss that [sets|sa-cpo] good answers against worse ones and without a [reward model|reward-model].",
            "Here the same is done at a size that fits a browser, written anew, with none of their code. We could not read the paper's tables in full, so none of its results is quoted as a number; only its claims are held against what happened here.",
        ],
    },
    holds: "Holds here",
    contrary: "The contrary holds here",
    undecided: "Open, or only in part",
    claims: [
        "Neighbours' comments make answers better aligned.",
        "A society raised badly has lower ceilings, of alignment and of engagement, than a mixed one.",
        "A stronger model makes a better aligned society.",
        "Learning from the record by SA-CPO beats copying (SFT), RRHF and Chain of Hindsight in alignment.",
        "What has learnt so holds better under attack than what has copied.",
        "Its training is steadier than that of RRHF.",
        "SA-CPO beats DPO. Here DPO came out slightly better aligned.",
        "SA-CPO beats RLHF. Here RLHF came out better aligned, with more than three times the tokens, and was easier to attack.",
        "A society climbs towards the best of alignment and engagement: here only where the same questions come again, and in a single step.",
        "Each of the three stages adds something: here realignment does, and of the two others five seeds can't tell.",
    ],
    to_societies: "What was found in many societies",
    to_methods: "How sixteen ways of learning compare",
    limits: Part {
        title: "Known limits",
        paragraphs: &[
            "Most findings rest on five [seeds|seed] of one village and one model. Intervals say how much luck is in them, and nothing about other villages. Where many things are compared, one in twenty looks clear by chance.",
            "Training costs language. In the default run [nonsense|gibberish] rises from 0.8 to 2.0% and [perplexity|perplexity] from 1.41 to 1.50. No way of learning that was tried is best on every axis at once.",
            "[Engines|engine] round differently, so a run from another engine or graphics card can have other [digests|digest]. How fast the page is on a graphics card has not been measured.",
        ],
    },
    privacy: Part {
        title: "What becomes of your data",
        paragraphs: &[
            "Nothing leaves your browser. The page fetches its own files and asks no other server for anything. A link holds its run behind the #, and browsers keep that part to themselves. Your language, the theme and the runs you keep lie in this browser's storage; clear the data of this site and they are gone.",
        ],
    },
    licences: Part {
        title: "Licences",
        paragraphs: &[
            "The program and its models are free under the MIT licence or the Apache licence 2.0, as you like. The libraries it is built with keep their own. The paper is the work of its authors; how to cite it, and this page, stands in the fourth act.",
        ],
    },
    report: Part {
        title: "If something is wrong",
        paragraphs: &[
            "A figure that can't be right, a sentence that misleads, a translation that limps: all of it is worth telling. Tell whoever gave you this page, or the place where you found its source, and send these lines along, so that others can see the same.",
        ],
    },
    facts: ["Build", "Engine", "Computed on", "Browser", "Run"],
    facts_name: "Lines to send along",
    no_engine: "none yet",
    copy_facts: "Copy these lines",
};

/// In Simplified Chinese.
static CHINESE: AboutText = AboutText {
    title: "这是什么，不是什么",
    lead: "Mores 是一个实验室，小到刚好还能问这个问题：一个模型能不能从一个会争论的社会里学会做人的道理？它展示的是其中的机制，而不是怎样让大语言模型变得安全。",
    aligned: Part {
        title: "这里的“对齐”是什么意思",
        paragraphs: &[
            "在本页上，[对齐|alignment]只有一个意思：回答遵守一个虚构村庄的十条[准则|norm]，由一个写好的程序，也就是[评判|judge]，来判定。它不是善的尺度，也不代表人们普遍想要什么。",
            "这是谁的价值观，可以更换。[价值观|value-profile]规定每条准则有多重要；有四种现成的，出自意见真的不同的人。用另一套给同样的回答打分，一个对齐得好的模型可能就成了对齐得差的，而它一个字也没有变。",
        ],
    },
    judge: Part {
        title: "评判是谁写的，怎样检验过",
        paragraphs: &[
            "评判是一个按村里语法读回答的程序。准则、村里的语言、问题和评判都出自同一批作者，所以可能有同样的盲点。据我们所知，还没有外人检验过。",
            "模型学习所依据的是另一位的打分：[观察者|observer]，另一个程序，用别的办法读文字，也会犯自己的错。所以，只学会讨好观察者的模型，未必能让评判满意。",
            "两者读得怎样，用模型的 330 个回答检验过，每个回答由两位读者标注，而这两位读者本身也是语言模型，不是人。其中 130 个出自标准模型，是在两个程序完成之后才标注的：评判说出同样行为的占 96.2%（[95% 区间|confidence-interval] 92.3 到 99.2），观察者占 96.9%（93.8 到 99.2）；评分与标注相差 0.15 分。另外 200 个出自半成品模型，五分之一读不通：分别是 87.5% 和 89.5%，相差 0.29 分。",
        ],
    },
    models: Part {
        title: "这些模型是什么",
        paragraphs: &[
            "三个微型[语言模型|language-model]，分别有 36 万、124 万和 320 万个[权重|weights]，读过 860 万、2080 万和 1100 万个[词元|token]。它们只会说一种约 1,300 个词的受控英语。",
            "它们读过的一切都由本项目自己的生成器按写好的规则造出，没有为此收集任何人的文字。里面好人坏人都在说话，所以模型有意做得平平：对齐就从这里开始。",
        ],
    },
    scale: Part {
        title: "哪些能推广到大模型，哪些不能",
        paragraphs: &[
            "方法是真的：每个[损失|loss]都是发表的公式，并与 PyTorch 核对过。出错的方式也是真的：[奖励|reward-model]被钻空子，社会夸奖坏事，[攻击|attack]找到漏洞，为了规矩丢掉语言。你在这里看到的，足以成为向大模型提出同样问题的理由。",
            "数值不能推广，方法的名次也不能。大模型的权重多出几千倍，懂得整个世界，遇到的人想要的东西村里连词都没有。村里的准则由几个作者写下，人们的准则不是。攻击只用村里的词，对别的模型不起作用。",
            "所以：在这里行得通，不说明在那里也行得通；在这里行不通，也不说明在那里就行不通。",
        ],
    },
    paper: Part {
        title: "论文做了什么，其中哪些在这里成立",
        paragraphs: &[
            "本页依据一篇论文：Liu 等，《Training Socially Aligned Language Models on Simulated Social Interactions》，ICLR 2024，arXiv 2305.16960。他们把语言模型智能体放在 10 × 10 的方格上，让每个先回答，由邻居打分，再修改，由观察者全程评分；然后用这份[记录|record]分三个阶段训练模型（[模仿|imitation]、[自我批评|self-critic]、[重新对齐|realignment]），损失拿好回答与较差的[相对比|sa-cpo]，不用[奖励模型|reward-model]。",
            "这里在浏览器容得下的规模上做同样的事，全部重新写成，没有用他们的代码。论文的结果表我们未能读全，所以不引用它的任何数字，只拿它的说法与这里发生的事相对照。",
        ],
    },
    holds: "在这里成立",
    contrary: "在这里恰恰相反",
    undecided: "没有定论，或只部分成立",
    claims: [
        "邻居的意见让回答更对齐。",
        "教养不良的社会，对齐和投入的上限都低于混合的社会。",
        "更强的模型造就更对齐的社会。",
        "用 SA-CPO 从记录中学习，在对齐上胜过照抄（SFT）、RRHF 和 Chain of Hindsight。",
        "受攻击时，它比照抄更守得住。",
        "它的训练比 RRHF 平稳。",
        "SA-CPO 胜过 DPO。在这里，DPO 的对齐略好一些。",
        "SA-CPO 胜过 RLHF。在这里，RLHF 的对齐更好，但用了三倍多的词元，而且更容易被攻破。",
        "社会会朝对齐和投入的最佳处攀升：在这里，只有同样的问题再次出现时才会，而且只有一步。",
        "三个阶段各有贡献：在这里，重新对齐有贡献；另外两个阶段，五个种子还看不出来。",
    ],
    to_societies: "许多社会里的发现",
    to_methods: "十六种学习方法的比较",
    limits: Part {
        title: "已知的局限",
        paragraphs: &[
            "多数发现只依据一个村庄、一个模型的五个[种子|seed]。区间说明其中有多少运气，对别的村庄则什么也没说。比较得多，二十个里就会有一个碰巧显得明确。",
            "训练要付出语言的代价。默认运行中，[不知所云|gibberish]从 0.8% 升到 2.0%，[困惑度|perplexity]从 1.41 升到 1.50。试过的学习方法中，没有一种在所有方面同时最好。",
            "各种[引擎|engine]的舍入不同，所以换引擎或显卡，运行的[摘要|digest]可能不同。本页在显卡上有多快，还没有测量过。",
        ],
    },
    privacy: Part {
        title: "你的数据会怎样",
        paragraphs: &[
            "什么也不会离开你的浏览器。页面只取自己的文件，不向别的服务器要任何东西。链接把运行放在 # 后面，浏览器不会把这部分发出去。你的语言、明暗和保留的运行都存放在这个浏览器里；清除本站的数据，它们就没有了。",
        ],
    },
    licences: Part {
        title: "许可证",
        paragraphs: &[
            "程序及其模型可以按 MIT 许可证或 Apache 许可证 2.0 自由使用，任选其一。它所用的程序库各有自己的许可证。论文是其作者的成果；怎样引用论文和本页，写在第四幕里。",
        ],
    },
    report: Part {
        title: "如果有什么不对",
        paragraphs: &[
            "不可能对的数字，误导人的句子，别扭的翻译：都值得说出来。请告诉给你这个页面的人，或者到你找到它源代码的地方去说，并附上下面几行，好让别人看到同样的情形。",
        ],
    },
    facts: ["版本", "引擎", "运行于", "浏览器", "运行"],
    facts_name: "请附上的几行",
    no_engine: "还没有",
    copy_facts: "复制这几行",
};
