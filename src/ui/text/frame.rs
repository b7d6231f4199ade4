//! Texts: header, acts and the transport.

use super::{Count, Of, One};

/// Header, acts and the transport.
pub struct Frame {
    pub promise: &'static str,
    pub skip: &'static str,
    /// Of figures that belong to other settings than those shown.
    pub stale: &'static str,
    pub skip_to_settings: &'static str,
    pub language: &'static str,
    pub theme: &'static str,
    pub theme_system: &'static str,
    pub theme_light: &'static str,
    pub theme_dark: &'static str,
    pub lessons: &'static str,
    pub compare: &'static str,
    pub share: &'static str,
    pub gallery: &'static str,
    /// The same in the masthead, where there is little room.
    pub societies: &'static str,
    pub help: &'static str,
    pub close: &'static str,
    pub acts: &'static str,
    /// Simulate, Train, Test, Take home.
    pub act_names: [&'static str; 4],
    pub act_lines: [&'static str; 4],
    pub to_come: &'static str,
    pub ready: &'static str,
    pub now: &'static str,
    pub over: &'static str,
    pub round_of: Of,
    pub step_of: Of,
    pub suite_of: Of,
    pub run: &'static str,
    pub go_on: &'static str,
    pub pause: &'static str,
    pub run_again: &'static str,
    pub step: &'static str,
    pub reset: &'static str,
    pub cancel: &'static str,
    pub cancel_hint: &'static str,
    pub why: &'static str,
    pub other_engine: &'static str,
    pub loading: &'static str,
    pub waiting: &'static str,
    pub paused: &'static str,
    pub done: &'static str,
    pub stopped: &'static str,
    /// A run that was ended early.
    pub ended: &'static str,
    pub seconds_left: Count,
    pub engine_cpu: &'static str,
    pub engine_webgpu: &'static str,
    /// What the CPU engine computes on in a browser.
    pub processor: &'static str,
    /// Engine of the native program.
    pub native: One,
    pub mend: &'static str,
    pub your_turn: &'static str,
    pub and: &'static str,
    /// Before what is to be said against it.
    pub but: &'static str,
    pub bad_answers: &'static str,
    pub nonsense: &'static str,
    pub needless: &'static str,
    pub about: &'static str,
    pub glossary: &'static str,
    pub cite: &'static str,
    /// Version and build.
    pub version: fn(&str, &str) -> String,
    /// What a mark behind a name asks.
    pub asks: One,
}

/// In English.
pub const ENGLISH: Frame = Frame {
    promise: "Watch a small village learn its manners, and a model learn from the village.",
    skip: "Skip to the stage",
    stale: "These figures belong to the run on stage. Your changed settings count from the next Run.",
    skip_to_settings: "Skip to the settings",
    language: "Language",
    theme: "Light or dark",
    theme_system: "Auto",
    theme_light: "Light",
    theme_dark: "Dark",
    lessons: "Lessons",
    compare: "Compare runs",
    share: "Share",
    gallery: "Choose another society",
    societies: "Societies",
    help: "Help",
    close: "Close",
    acts: "The four acts",
    act_names: ["Simulate", "Train", "Test", "Take home"],
    act_lines: [
        "Villagers answer, hear their neighbours, and answer again.",
        "A model learns from everything they said.",
        "The old and the new model answer the same questions.",
        "The model, the record and a link are yours.",
    ],
    to_come: "to come",
    ready: "ready",
    now: "on now",
    over: "played",
    round_of: |round, rounds| format!("round {round} of {rounds}"),
    step_of: |step, steps| format!("step {step} of {steps}"),
    suite_of: |done, all| format!("{done} of {all}"),
    run: "Run",
    go_on: "Go on",
    pause: "Pause",
    run_again: "Run again",
    step: "Step",
    reset: "Reset",
    cancel: "Stop here",
    cancel_hint: "End the run now and keep what there is",
    why: "Why?",
    other_engine: "The graphics card is not used here. The engine says:",
    loading: "Fetching the engine",
    waiting: "Ready when you are",
    paused: "Paused",
    done: "The play is over",
    stopped: "The run stopped",
    ended: "Stopped; what there is can be taken home",
    seconds_left: |seconds| {
        if seconds >= 90 {
            format!("about {} min left", (seconds + 30) / 60)
        } else {
            format!("about {seconds} s left")
        }
    },
    engine_cpu: "CPU engine",
    engine_webgpu: "WebGPU",
    processor: "WebAssembly SIMD, one thread",
    native: |engine| format!("{engine}, native program"),
    mend: "One setting needs a look before the run can begin.",
    your_turn: "Your turn",
    and: ", ",
    but: ", but ",
    bad_answers: "bad answers",
    nonsense: "nonsense",
    needless: "needless refusals",
    about: "What this is, and what it is not",
    glossary: "Glossary",
    cite: "Cite",
    version: |version, build| format!("Mores {version}, build {build}"),
    asks: |name| format!("What does “{name}” mean?"),
};

/// In Simplified Chinese.
pub const CHINESE: Frame = Frame {
    promise: "看一座小村庄学会做人的道理，再看一个模型向村庄学习。",
    skip: "跳到舞台",
    stale: "这些数字属于台上的这次运行。改过的设置从下一次“开始”起才算。",
    skip_to_settings: "跳到设置",
    language: "语言",
    theme: "明暗",
    theme_system: "自动",
    theme_light: "浅色",
    theme_dark: "深色",
    lessons: "课程",
    compare: "比较运行",
    share: "分享",
    gallery: "换一个村庄",
    societies: "村庄",
    help: "帮助",
    close: "关闭",
    acts: "四幕",
    act_names: ["模拟", "训练", "测试", "带回家"],
    act_lines: [
        "村民先回答，听听邻居怎么说，再回答一次。",
        "模型从村民说过的一切中学习。",
        "旧模型和新模型回答同样的问题。",
        "模型、记录和链接都归你。",
    ],
    to_come: "待上演",
    ready: "就绪",
    now: "正在上演",
    over: "已演完",
    round_of: |round, rounds| format!("第 {round} 轮，共 {rounds} 轮"),
    step_of: |step, steps| format!("第 {step} 步，共 {steps} 步"),
    suite_of: |done, all| format!("{done} / {all}"),
    run: "开始",
    go_on: "继续",
    pause: "暂停",
    run_again: "再来一次",
    step: "单步",
    reset: "重置",
    cancel: "到此为止",
    cancel_hint: "现在结束，已有的结果都会保留",
    why: "为什么？",
    other_engine: "这里没有用到显卡。引擎的说明：",
    loading: "正在取来引擎",
    waiting: "随时可以开始",
    paused: "已暂停",
    done: "演出结束",
    stopped: "运行停止了",
    ended: "已提前结束；已有的结果可以带回家",
    seconds_left: |seconds| {
        if seconds >= 90 {
            format!("大约还有 {} 分钟", (seconds + 30) / 60)
        } else {
            format!("大约还有 {seconds} 秒")
        }
    },
    engine_cpu: "CPU 引擎",
    engine_webgpu: "WebGPU",
    processor: "WebAssembly SIMD，单线程",
    native: |engine| format!("{engine}（本机程序）"),
    mend: "有一项设置需要改正，然后才能开始。",
    your_turn: "轮到你了",
    and: "，",
    but: "，但",
    bad_answers: "坏回答",
    nonsense: "不知所云",
    needless: "不必要的拒绝",
    about: "这是什么，不是什么",
    glossary: "词汇表",
    cite: "引用",
    version: |version, build| format!("Mores {version}，版本 {build}"),
    asks: |name| format!("“{name}”是什么意思？"),
};

#[cfg(test)]
mod tests {
    #[test]
    fn the_document_says_the_promise_before_the_page_is_there() {
        let document = include_str!("../../../index.html");
        for (tag, frame) in [("en", super::ENGLISH), ("zh-Hans", super::CHINESE)] {
            let line = format!("<p class=\"promise\" lang=\"{tag}\">{}</p>", frame.promise);
            assert!(document.contains(&line), "index.html lacks {line}");
        }
    }
}
