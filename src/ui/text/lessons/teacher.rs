//! Texts: the teacher's page, a lesson of 45 minutes.

/// A part of the page; what is empty is left out.
pub struct Part {
    pub title: &'static str,
    pub says: &'static [&'static str],
    pub lines: &'static [&'static str],
    /// The look of the pairs below, a class of the style sheet.
    pub class: &'static str,
    pub pairs: &'static [(&'static str, &'static str)],
}

/// The teacher's page.
pub struct TeacherText {
    pub title: &'static str,
    pub lead: &'static str,
    pub print: &'static str,
    pub contents: &'static str,
    pub this_page: &'static str,
    pub open_vote: &'static str,
    pub parts: [Part; 8],
}

/// In English.
pub(super) const ENGLISH: TeacherText = TeacherText {
    title: "For teachers: 45 minutes",
    lead: "Students of about 14 and up find out, with small models they train themselves, where a machine's manners come from and who decides what counts as manners. No programming, no accounts, nothing to install.",
    print: "Print this page",
    contents: "The list of chapters",
    this_page: "This page",
    open_vote: "The votes of a class",
    parts: [
        Part {
            title: "Aims",
            says: &["After the lesson, students can"],
            lines: &[
                "say why copying examples is not the same as knowing which of them are good;",
                "describe how other people's reactions become something a model can learn from;",
                "ask of any figure: who measured it, on which questions, and how much of it is chance;",
                "give an example of a measure that is gamed, and of a value that reasonable people weigh differently.",
            ],
            class: "",
            pairs: &[],
        },
        Part {
            title: "To prepare",
            says: &[],
            lines: &[
                "One device for every two or three students, with a current browser. Open the page once on each: the first visit fetches the engine and the model.",
                "Do chapters 1, 2, 4 and 5 yourself, about ten minutes. Every chapter has a seed of its own, so on the processor your figures are the ones your class will see.",
                "On slow devices, run the chapters on the projector and let the class guess by a show of hands. Guessing first is what makes it work.",
                "Send the link of chapter 1, or show its code: both are below, under “Links for the class”.",
                "The villagers speak a simple English, whatever language the page is in. Their bad answers are about coats, hens and diaries, and some are unkind on purpose.",
            ],
            class: "",
            pairs: &[],
        },
        Part {
            title: "Minute by minute",
            says: &[],
            lines: &[],
            class: "minutes",
            pairs: &[
                (
                    "0–4",
                    "Warm up, screens closed. “Somebody learns manners by copying everything that anybody in town says. What becomes of them?” Collect answers; don't settle it.",
                ),
                (
                    "4–12",
                    "Chapter 1 in pairs: read, guess, run. While it runs, pairs look at the stage and pick one answer they find good and one they find bad. Then the result: was the warm-up right?",
                ),
                (
                    "12–19",
                    "Chapter 2. Each pair finds one answer that got better after the neighbours spoke, and one that did not. Two or three are read aloud. Question to the class: who was right, the author or the neighbours?",
                ),
                (
                    "19–30",
                    "Chapters 4 and 5: half of the class does one, half the other. Then each explains theirs to somebody from the other half, with the figures in view.",
                ),
                (
                    "30–37",
                    "Chapter 6 on the projector. Everybody guesses by a show of hands before Run. While it runs: where have you seen a measure gamed? (Likes, grades, steps on a phone, waiting times.)",
                ),
                (
                    "37–43",
                    "Chapter 7 as a debate, with or without running it: one side speaks for the careful model, one for the frank one. Then swap sides.",
                ),
                (
                    "43–45",
                    "On a slip of paper: “One thing the judge in this village can't see is …”. For home: chapter 3, and chapter 8 with a question of their own.",
                ),
            ],
        },
        Part {
            title: "Blind vote, 10 minutes",
            says: &[
                "The class judges for itself: one question, two answers, and nobody knows which model wrote which. It fits after chapter 4, or instead of chapter 7.",
            ],
            lines: &[
                "Open the votes of a class and give everybody the link that stands there. Everybody plays the same run, which takes a few minutes: let it run while you talk about chapter 4.",
                "When it is over, everybody presses “Judge for yourself” in the third act and judges ten pairs.",
                "After the curtain each has a code. Collect the codes, paste them, and look together at the pairs where the class and the village's judge disagree: who is right?",
            ],
            class: "blind-vote",
            pairs: &[],
        },
        Part {
            title: "Questions for the class, and what may come of them",
            says: &[],
            lines: &[],
            class: "asked-answered",
            pairs: &[
                (
                    "The copier learnt from the whole village. Why did it not become kinder?",
                    "Nothing told it which answers were better. It learnt how people in this village talk, good and bad in the mixture it found. To prefer something one needs a comparison.",
                ),
                (
                    "The neighbours are no wiser than the author. How can their comments help?",
                    "It is easier to notice a fault in somebody else's answer than to write a faultless one, and several look at it. Ask when this fails: when all neighbours share the same fault.",
                ),
                (
                    "Why does comparing answers help under attack, more than copying the best ones?",
                    "A copier sees only what to say. Whoever compares also learns what not to say, and a trick mostly tries to bring exactly that out. Let them check how large the difference in their own run was, and whether another village shows it too.",
                ),
                (
                    "In chapter 6 the reward rose. Did anybody lie?",
                    "No. The reward model is a small model's guess at what the judge would like. Pushed hard, the learner finds answers that the guess overrates. When a measure becomes the target, it stops being a good measure.",
                ),
                (
                    "Whose values should a model follow that everybody uses?",
                    "There is no answer on the last page. Good points: who is harmed by which mistake; that not deciding is a decision, too; that people who are affected should have a say; that one can tell users which values were built in.",
                ),
                (
                    "Your figures and your neighbour's differ. Who is right?",
                    "Both, if they used other seeds or pressed “Another village”. One run is one draw. Write all of them on the board: what stays the same in most of them is what can be claimed.",
                ),
            ],
        },
        Part {
            title: "Common misconceptions",
            says: &[],
            lines: &[],
            class: "asked-answered",
            pairs: &[
                (
                    "“The model understands that stealing is wrong.”",
                    "It became likelier to write some sentences and less likely to write others. Whether that is understanding is a good question; the lab doesn't decide it.",
                ),
                (
                    "“Aligned means good.”",
                    "Here it means: rated well by this village's judge, by norms that somebody wrote down. Chapter 7 changes them.",
                ),
                (
                    "“More training is always better.”",
                    "Chapter 6 is the counter-example, and the record is small: after too many steps a model repeats it by heart.",
                ),
                (
                    "“The safest model is the one that always says no.”",
                    "The test also counts needless refusals. A model that helps nobody harms nobody, and is of no use.",
                ),
                (
                    "“What we saw holds for the chatbots we use.”",
                    "These models are some hundred thousand times smaller and live in an invented village. The questions carry over; the figures don't.",
                ),
            ],
        },
        Part {
            title: "Links for the class",
            says: &[
                "Chapters 1 to 7 play villages of their own. For settings of yours, with chapter 8 beside them or alone, use “Share” at the top of the page.",
            ],
            lines: &[],
            class: "links-for-class",
            pairs: &[],
        },
        Part {
            title: "Good to know",
            says: &[],
            lines: &[
                "Guesses and results stay in each browser and are sent nowhere. On shared devices, “Guess again” begins a chapter anew.",
                "Nothing students do can break anything: Reset, or a reload, brings the village back.",
            ],
            class: "",
            pairs: &[],
        },
    ],
};

/// In Simplified Chinese.
pub(super) const CHINESE: TeacherText = TeacherText {
    title: "给老师：45 分钟的一节课",
    lead: "十四岁左右及以上的学生，用自己亲手训练的小模型去弄明白：机器的“教养”从哪里来，又由谁来定什么才算有教养。不用编程，不用注册，不用安装。",
    print: "打印本页",
    contents: "章节目录",
    this_page: "本页",
    open_vote: "全班的评选",
    parts: [
        Part {
            title: "教学目标",
            says: &["这节课之后，学生能够："],
            lines: &[
                "说清楚为什么照抄例子不等于知道哪些例子是好的；",
                "描述别人的反应怎样变成模型可以学习的东西；",
                "面对任何一个数字都会问：谁测的，用哪些问题测的，其中有多少是偶然；",
                "举出一个“指标被钻空子”的例子，以及一个讲道理的人也会掂量得不同的价值。",
            ],
            class: "",
            pairs: &[],
        },
        Part {
            title: "课前准备",
            says: &[],
            lines: &[
                "每两三名学生一台设备，装有较新的浏览器。请在每台设备上先打开一次本页：第一次打开要取来引擎和模型。",
                "自己先做一遍第 1、2、4、5 章，大约十分钟。每一章都有固定的种子，所以用处理器计算时，你看到的数字就是全班将看到的数字。",
                "设备较慢时，就在投影上运行，让全班举手猜。先猜再看，才是这门课起作用的地方。",
                "把第 1 章的链接发给学生，或者展示它的二维码：都在下面的“发给全班的链接”里。",
                "不管页面用什么语言，村民都说简单的英语。他们的坏回答不过是关于外套、母鸡和日记的，有些是故意不友善的。",
            ],
            class: "",
            pairs: &[],
        },
        Part {
            title: "教学流程",
            says: &[],
            lines: &[],
            class: "minutes",
            pairs: &[
                (
                    "0–4",
                    "热身，先不看屏幕。“有个人学做人的办法，是把镇上所有人说的话全都照学。他会变成什么样？”听听大家的想法，先不下结论。",
                ),
                (
                    "4–12",
                    "两人一组做第 1 章：读、猜、运行。运行时看舞台，各找一个你们觉得好的回答和一个觉得坏的回答。结果出来后：热身时的想法对吗？",
                ),
                (
                    "12–19",
                    "第 2 章。每组找出一个听了邻居的话以后变好的回答，和一个没有变好的。请两三组念出来。问全班：谁说得对，是作者还是邻居？",
                ),
                (
                    "19–30",
                    "第 4、5 章：半个班做一章，另半个班做另一章。然后各自对着数字，讲给另一半的同学听。",
                ),
                (
                    "30–37",
                    "在投影上做第 6 章。开始之前全班举手猜。运行时讨论：你在哪里见过被钻空子的指标？（点赞、分数、手机步数、排队时间……）",
                ),
                (
                    "37–43",
                    "把第 7 章当辩论来上，运行不运行都可以：一方替谨慎的模型说话，一方替直率的模型说话。然后交换立场。",
                ),
                (
                    "43–45",
                    "写一张小纸条：“这个村子的评判看不见的一样东西是……”。课后：第 3 章；再带着自己的问题做第 8 章。",
                ),
            ],
        },
        Part {
            title: "盲评，10 分钟",
            says: &[
                "由全班自己来评判：一个问题，两个回答，谁也不知道哪个出自哪个模型。适合放在第 4 章之后，或者代替第 7 章。",
            ],
            lines: &[
                "打开全班的评选，把那里的链接发给每个人。大家运行的是同一次运行，要几分钟：可以一边运行一边讨论第 4 章。",
                "运行结束后，每个人到第三幕里按“你来评”，评十对回答。",
                "揭幕之后每人有一个代码。把代码收齐、贴进去，一起看看全班和村里的评判意见不同的那几对：谁说得对？",
            ],
            class: "blind-vote",
            pairs: &[],
        },
        Part {
            title: "课堂提问，以及可能的回答",
            says: &[],
            lines: &[],
            class: "asked-answered",
            pairs: &[
                (
                    "照抄的模型向全村学习，为什么没有变得更善良？",
                    "没有什么告诉它哪些回答更好。它学会的是这个村子怎么说话，好的坏的照原来的比例都学了。要偏爱什么，先得有比较。",
                ),
                (
                    "邻居并不比作者更聪明，他们的意见怎么会有用？",
                    "看出别人回答里的毛病，比自己写一个没有毛病的回答容易，而且有好几个人在看。可以追问：什么时候不管用？当所有邻居都有同一个毛病的时候。",
                ),
                (
                    "为什么受攻击时，比较回答比只抄最好的回答更管用？",
                    "照抄的只见过该说什么；会比较的还知道不该说什么，而花招多半正是要引出后者。请学生看看自己的运行里差距有多大，换一座村庄是不是也一样。",
                ),
                (
                    "第 6 章里奖励涨了。有谁撒谎了吗？",
                    "没有。奖励模型只是一个小模型对“评判会喜欢什么”的猜测。使劲追着它跑，学习者就会找到被它高估的回答。一个指标一旦变成目标，就不再是好指标。",
                ),
                (
                    "人人都在用的模型，该听谁的价值观？",
                    "最后一页没有标准答案。可以想到的有：哪种错误会伤到谁；不作决定也是一种决定；受影响的人应该说得上话；可以把内置的价值观告诉使用者。",
                ),
                (
                    "你的数字和同桌的不一样，谁对？",
                    "如果种子不同，或者按过“换一座村庄”，两个都对。一次运行只是抽一次签。把大家的数字都写在黑板上：多数里都不变的，才是可以下的结论。",
                ),
            ],
        },
        Part {
            title: "常见的误解",
            says: &[],
            lines: &[],
            class: "asked-answered",
            pairs: &[
                (
                    "“模型明白偷东西不对。”",
                    "它只是更可能写出某些句子，更不可能写出另一些。这算不算明白，是个好问题；这个实验室不替你回答。",
                ),
                (
                    "“对齐就是好。”",
                    "在这里，它的意思是：按某个人写下的准则，被这个村子的评判打了高分。第 7 章就来换掉这些准则。",
                ),
                (
                    "“训练越多越好。”",
                    "第 6 章就是反例。而且记录不长：步数太多，模型就只会背书了。",
                ),
                (
                    "“最安全的模型就是永远说不的模型。”",
                    "测试也数不必要的拒绝。谁也不帮的模型当然不害人，但也没有用处。",
                ),
                (
                    "“这里看到的，对我们平时用的聊天机器人也成立。”",
                    "这些模型要小几十万倍，住在一个虚构的村庄里。问题可以带走，数字不能。",
                ),
            ],
        },
        Part {
            title: "发给全班的链接",
            says: &[
                "第 1 到 7 章演自己的村庄。想用你自己的设置，不管旁边有没有第 8 章，请用页面上方的“分享”。",
            ],
            lines: &[],
            class: "links-for-class",
            pairs: &[],
        },
        Part {
            title: "还要知道",
            says: &[],
            lines: &[
                "猜测和结果只留在各自的浏览器里，不会传到别处。多人共用的设备上，“重新猜”可以让一章从头开始。",
                "学生怎么弄都弄不坏：按“重置”或者刷新，村庄就回来了。",
            ],
            class: "",
            pairs: &[],
        },
    ],
};
