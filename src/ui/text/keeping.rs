//! Texts: runs that are kept, interrupted, and taken up again.

use super::One;

/// Runs that are kept, interrupted, and taken up again.
pub struct KeepingText {
    /// How far it had come.
    pub interrupted: One,
    pub throw_away: &'static str,
    pub other_build: &'static str,
    pub anew: &'static str,
    /// How far a run from a file had come.
    pub came: One,
    pub waits: One,
    pub at_start: &'static str,
    pub at_test: &'static str,
    pub at_end: &'static str,
    pub unkept: &'static str,
    pub unread: &'static str,
    pub save: &'static str,
    pub save_hint: &'static str,
}

/// In English.
pub const ENGLISH: KeepingText = KeepingText {
    interrupted: |place| format!("A run was interrupted: {place}."),
    throw_away: "Throw away",
    other_build: "Another build of this page made it, and only that one can go on with it.",
    anew: "Begin the same settings anew",
    came: |place| format!("The file holds a run: {place}."),
    waits: |place| format!("The run from the file is open: {place}. Press Run to go on."),
    at_start: "just begun",
    at_test: "being tested",
    at_end: "at its end",
    unkept: "The browser can't keep this run, so a reload would lose it. It goes on all the same.",
    unread: "The interrupted run can't be read.",
    save: "Save checkpoint",
    save_hint: "the run as it stands, to go on with it later or elsewhere",
};

/// In Simplified Chinese.
pub const CHINESE: KeepingText = KeepingText {
    interrupted: |place| format!("有一次运行被中断：{place}。"),
    throw_away: "丢弃",
    other_build: "它出自本页面的另一个版本，只有那个版本能继续它。",
    anew: "用同样的设置重新开始",
    came: |place| format!("文件里有一次运行：{place}。"),
    waits: |place| format!("文件里的运行已打开：{place}。按“开始”继续。"),
    at_start: "刚刚开始",
    at_test: "正在测试",
    at_end: "已到终点",
    unkept: "浏览器无法保存这次运行，重新载入会丢失它。运行照常继续。",
    unread: "读不出被中断的运行。",
    save: "保存检查点",
    save_hint: "运行的现状，以后或在别处继续",
};
