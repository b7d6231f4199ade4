//! Texts: settings of a society beyond the usual village.

use super::One;

/// Settings of a society beyond the usual village.
pub struct SocietyText {
    pub group_people: &'static str,
    pub group_network: &'static str,
    pub group_outside: &'static str,
    pub network: (&'static str, &'static str),
    /// Name and meaning of each shape, in the order of `settings::network`.
    pub network_names: [&'static str; 8],
    pub network_lines: [&'static str; 8],
    /// A part of the links that is none.
    pub no_link: One,
    /// What a setting can be at odds with, in the order of `settings::fields::Clash`.
    pub clashes: [&'static str; 7],
    pub second_mind: (&'static str, &'static str),
    pub second_mind_names: [&'static str; 4],
    pub second_model: (&'static str, &'static str),
    pub schedule: (&'static str, &'static str),
    pub schedule_names: [&'static str; 3],
    pub schedule_lines: [&'static str; 3],
    pub seat: (&'static str, &'static str),
    pub seat_names: [&'static str; 3],
    pub seat_lines: [&'static str; 3],
}

/// In English.
pub const ENGLISH: SocietyText = SocietyText {
    group_people: "Who lives here",
    group_network: "Who hears whom",
    group_outside: "What comes from outside",
    network: ("Shape of the village", ""),
    network_names: [
        "a square",
        "a circle",
        "a small world",
        "scale free: a few know many",
        "complete: all know all",
        "closed circles",
        "drawn by hand",
        "everybody alone",
    ],
    network_lines: [
        "As published: people hear whoever lives near enough.",
        "People hear the nearest few on both sides, and nobody further off.",
        "A circle in which some links lead anywhere, so that nobody is far from anybody.",
        "Newcomers link to those who have many links already: a few are heard by most.",
        "Anybody may comment on anybody.",
        "Within a circle all hear each other; a few bridges lead to the next one.",
        "You decide who hears whom.",
        "Nobody hears anybody: people comment on their own answers. One against many.",
    ],
    no_link: |part| {
        format!(
            "“{part}” is no link between two different people who live here; write it like 0-1."
        )
    },
    clashes: [
        "That would make more answers than a record holds: fewer rounds, or a smaller village.",
        "Then there are more trolls, stubborn people and fact-checkers than people.",
        "Then nobody lives in the place where you want to sit.",
        "Then a link drawn by hand leads to nobody, or there are more links than fit.",
        "Then something planned would happen to somebody who does not live here.",
        "Then there is nothing to learn from: give one of the three a part.",
        "Patience waits for a better loss on questions kept for measuring: keep some.",
    ],
    second_mind: (
        "Another model",
        "some may think with another model than the rest",
    ),
    second_mind_names: [
        "nobody has one",
        "some have one",
        "those raised well",
        "those raised badly",
    ],
    second_model: ("Which other model", ""),
    schedule: ("Who gets which question", ""),
    schedule_names: ["one after another", "any question", "the same for all"],
    schedule_lines: [
        "As published: through the question bank in its order.",
        "Anybody may get any question.",
        "In a round, everybody answers the same question.",
    ],
    seat: ("Sit down among them", ""),
    seat_names: ["only watch", "sit, and they wait", "sit, and they go on"],
    seat_lines: [
        "A model speaks for everybody.",
        "You speak for one of them, and the village waits for your words.",
        "You speak for one of them; whenever you don't, the model does.",
    ],
};

/// In Simplified Chinese.
pub const CHINESE: SocietyText = SocietyText {
    group_people: "谁住在这里",
    group_network: "谁听得见谁",
    group_outside: "外面来的事",
    network: ("村庄的形状", ""),
    network_names: [
        "方格",
        "圆圈",
        "小世界",
        "无标度：少数人认识很多人",
        "完全：人人相识",
        "封闭的圈子",
        "亲手来画",
        "各自一人",
    ],
    network_lines: [
        "与论文相同：住得够近就听得见。",
        "只听得见两边最近的几位，再远就听不见。",
        "一个圆圈，其中一些连线通向任意一人，于是谁离谁都不远。",
        "新来者多半连向连线已经很多的人：少数人被大多数人听见。",
        "谁都可以评论谁。",
        "圈子里人人互相听得见；几座桥通向下一个圈子。",
        "由你决定谁听得见谁。",
        "谁也听不到谁：每个人评论自己的回答。一人对众人。",
    ],
    no_link: |part| format!("“{part}”不是住在这里的两个不同的人之间的连线；请写成 0-1 这样。"),
    clashes: [
        "那样回答会多得记录装不下：请减少轮数，或把村庄变小。",
        "那样捣乱者、固执的人和核查员加起来比村民还多。",
        "那样你要坐的位置上就没有人了。",
        "那样有一条亲手画的连线通向不存在的人，或者连线太多。",
        "那样预定的事会落在不住这里的人身上。",
        "那样就没有东西可学：三者之中至少给一个份额。",
        "耐心要看留作测量的问题上的损失：请留一些。",
    ],
    second_mind: ("另一个模型", "有些人可以用与别人不同的模型思考"),
    second_mind_names: ["没有人用", "一些人用", "教养良好的人用", "教养不良的人用"],
    second_model: ("哪一个模型", ""),
    schedule: ("谁得到哪个问题", ""),
    schedule_names: ["依次", "任意", "人人相同"],
    schedule_lines: [
        "与论文相同：按题库的顺序。",
        "谁都可能得到任何问题。",
        "同一轮里人人回答同一个问题。",
    ],
    seat: ("坐到他们中间", ""),
    seat_names: ["只看", "坐下，他们等我", "坐下，他们不等"],
    seat_lines: [
        "人人都由模型说话。",
        "你替其中一人说话，村庄等着你开口。",
        "你替其中一人说话；你不说时由模型说。",
    ],
};
