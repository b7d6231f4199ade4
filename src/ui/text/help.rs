//! Texts: the help sheet.

/// The help sheet.
pub struct HelpText {
    pub title: &'static str,
    pub what: &'static str,
    pub acts: [&'static str; 4],
    pub keys: &'static str,
    pub key_lines: [(&'static str, &'static str); 8],
    pub colours: &'static str,
    pub honest: &'static str,
}

/// In English.
pub const ENGLISH: HelpText = HelpText {
    title: "How it goes",
    what: "You are looking at a [society|society] of small [language models|language-model]. Each was raised on good or bad answers, \
           each has a memory, and all of them criticise each other. Everything happens in this browser; nothing leaves it.",
    acts: [
        "Each villager gets a question and answers it. Neighbours rate the answer from 1 to 7 and say why. The villager answers again.",
        "A copy of the model learns from this record to prefer answers that were well received.",
        "Old and new model answer questions neither has seen, tricks among them. A strict judge counts.",
        "Keep the model, the record, or a link that does the same run again on any machine.",
    ],
    keys: "Keys",
    key_lines: [
        ("Space", "run or pause"),
        (".", "one step"),
        ("P", "play or hold the scene"),
        (",", "its next beat"),
        (";", "its last beat again"),
        ("R", "reset"),
        (
            "Ctrl Z",
            "take a change of settings back; with Shift, make it again",
        ),
        ("?", "open this help"),
    ],
    colours: "Red answers do harm, blue ones are kind and honest, grey ones neither, as the observers or the judge score them. What a neighbour thinks of an answer is in plain ink: neighbours can be wrong. The yellow light falls on what is on now.",
    honest: "These are tiny models in an invented village. What works here need not work for large ones; what fails here is still worth knowing.",
};

/// In Simplified Chinese.
pub const CHINESE: HelpText = HelpText {
    title: "怎么看",
    what: "你看到的是一个由小[语言模型|language-model]组成的[社会|society]。每个人从小听到好的或坏的回答，都有记忆，并且互相批评。一切都在这个浏览器里发生，什么也不会传出去。",
    acts: [
        "每位村民得到一个问题并回答。邻居打 1 到 7 分并说明理由。村民再回答一次。",
        "模型的一个副本从这份记录中学习，偏爱受到好评的回答。",
        "新旧模型回答它们都没见过的问题，其中有花招。严格的评判来计数。",
        "留下模型、记录，或一个能在任何机器上重做这次运行的链接。",
    ],
    keys: "按键",
    key_lines: [
        ("空格", "开始或暂停"),
        (".", "单步"),
        ("P", "播放或停住这一场"),
        (",", "下一拍"),
        (";", "回到上一拍"),
        ("R", "重置"),
        ("Ctrl Z", "撤销对设置的改动；同时按 Shift 则重做"),
        ("?", "打开本帮助"),
    ],
    colours: "红色的回答有害，蓝色的善良诚实，灰色的两者都不是；这由观察者或评判打分决定。邻居的评分只用黑白表示，因为邻居也会看错。黄色的光照着正在上演的部分。",
    honest: "这些是虚构村庄里的微型模型。在这里有效的，对大模型未必有效；在这里失败的，也值得知道。",
};
