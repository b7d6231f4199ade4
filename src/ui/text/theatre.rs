//! Texts: the conversation, beat by beat, and the recording.

use super::Of;

/// The conversation, beat by beat, and the recording.
pub struct TheatreText {
    pub recorded: &'static str,
    /// On stage, with what can be done instead.
    pub recorded_hint: &'static str,
    pub run_your_own: &'static str,
    pub first_lesson: &'static str,
    /// Of the canvas, for those who don't see it.
    pub recorded_label: &'static str,
    pub controls: &'static str,
    pub play: &'static str,
    pub hold: &'static str,
    pub again: &'static str,
    pub back: &'static str,
    pub step: &'static str,
    pub end: &'static str,
    pub earlier_scene: &'static str,
    pub later_scene: &'static str,
    pub pace: &'static str,
    /// In the order of `Pace::ALL`.
    pub paces: [&'static str; 4],
    pub scene_of: Of,
}

/// In English.
pub const ENGLISH: TheatreText = TheatreText {
    recorded: "Recorded",
    recorded_hint: "This is a recording.",
    run_your_own: "Run your own",
    first_lesson: "Start lesson 1",
    recorded_label: "A recorded run is being played; the conversation beside it says what is on stage.",
    controls: "Play the scene",
    play: "Play the scene",
    hold: "Hold the scene",
    again: "Play the scene again",
    back: "One beat back",
    step: "Next beat",
    end: "To the end of the scene",
    earlier_scene: "Scene before",
    later_scene: "Next scene",
    pace: "Pace of the scene",
    paces: [
        "Slow motion, 0.5×",
        "Reading pace, 1×",
        "Brisk, 2×",
        "With the engine",
    ],
    scene_of: |scene, scenes| format!("scene {scene} of {scenes}"),
};

/// In Simplified Chinese.
pub const CHINESE: TheatreText = TheatreText {
    recorded: "录像",
    recorded_hint: "这是一段录像。",
    run_your_own: "自己运行一次",
    first_lesson: "从第 1 课开始",
    recorded_label: "正在播放一次运行的录像；旁边的对话写着台上发生的事。",
    controls: "播放这一场",
    play: "播放这一场",
    hold: "停住这一场",
    again: "重放这一场",
    back: "退一拍",
    step: "下一拍",
    end: "到这一场的结尾",
    earlier_scene: "上一场",
    later_scene: "下一场",
    pace: "这一场的快慢",
    paces: ["慢动作，0.5×", "阅读速度，1×", "快，2×", "跟着引擎"],
    scene_of: |scene, scenes| format!("第 {scene} 场，共 {scenes} 场"),
};
