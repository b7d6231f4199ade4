//! Texts: the lessons in Simplified Chinese.

mod first;
mod last;

use super::{LessonsText, teacher};

/// The lessons in Simplified Chinese.
pub(super) static CHINESE: LessonsText = LessonsText {
    name: "课程",
    lead: &[
        "八个短章，只围绕一个问题：机器的教养从哪里来？",
        "每一章先说说你的预想。然后台上的村庄会真的演起来，真的有模型在学习，你看到的结果就是你自己的数字。放心，弄不坏的。",
    ],
    so_far: |done, all| match done {
        0 => format!("共 {all} 章，每章两到五分钟。"),
        _ => format!("已完成 {done} 章，共 {all} 章。"),
    },
    start: "开始：",
    go_on: "接着学：",
    go_on_after: "全部完成。回到：",
    done: "已完成",
    kept: "你的猜测和结果只留在这个浏览器里，不会传到别处。",
    all_chapters: "全部章节",
    for_teachers: "给老师",
    leave: "回到实验室",
    chapter_of: |chapter, all| format!("第 {chapter} 章，共 {all} 章"),
    previous: "上一章：",
    next: "下一章：",
    guess: "你来猜",
    guess_first: "先说说你的预想。猜错的时候学到的最多。",
    run_step: "运行",
    run: "开始",
    run_again: "重新运行",
    takes: |runs, seconds| {
        let [least, most] = super::minutes(seconds);
        match runs {
            1 => format!("运行一次，需要 {least} 到 {most} 分钟，快慢看设备。"),
            _ => format!("接连运行 {runs} 次，共需要 {least} 到 {most} 分钟，快慢看设备。"),
        }
    },
    ends_run: "实验室里正有一次运行。在这里开始，就会结束它。",
    replaces_result: "在这里开始，刚完成的那次运行就会下台。想留住它，请先到“带回家”里按“保留这次运行”。",
    own_village: "不管设置如何，这一章都演自己的村庄。你的设置可以用“设置”标题旁的撤销找回来。",
    run_of: |run, runs, what| format!("第 {run} 次，共 {runs} 次：{what}"),
    on_stage: "正在台上演。四处看看吧，结果会自己来到这里。",
    held: "它停下来了。按舞台下面的按钮可以继续。",
    elsewhere: "台上现在演的是别的。没关系，想做的时候这次运行可以重新开始。",
    broken: "这次运行提前结束了，所以它的数字在这里不算。",
    back_to_lesson: "回到课程",
    arrived: "看看结果如何",
    reveal: "结果如何",
    as_guessed: |came| format!("你猜的是“{came}”，果然如此。"),
    otherwise: |guess, came| format!("你猜的是“{guess}”，结果却是“{came}”。"),
    came: |came| format!("结果是“{came}”。"),
    unknown: "少了一个数字，所以没法下结论。请重新运行。",
    cost: |what| format!("这是有代价的：{what}。"),
    cost_of: |run, what| format!("这是有代价的（{run}）：{what}。"),
    heard: "测试中的一道题",
    before: "之前",
    after: "之后",
    other_village: "换一座村庄再做一遍",
    guess_again: "重新猜",
    village: |number| format!("第 {number} 座村庄：设置相同，人和问题不同。"),
    try_it: "自己试试",
    try_hint: "点一下，改动就放进实验室的设置里。先猜，再到那里按“开始”。",
    opened: "已经放进设置里了。先猜，再按舞台下面的“开始”。",
    chapters: [
        first::COPYING,
        first::NEIGHBOURS,
        first::COMPANY,
        first::RECORD,
        last::ATTACK,
        last::JUDGE,
        last::VALUES,
        last::OWN,
    ],
    teacher: teacher::CHINESE,
};
