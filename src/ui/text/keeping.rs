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
    pub title: &'static str,
    pub hint: &'static str,
    pub keep_model: &'static str,
    pub keep_checkpoint: &'static str,
    /// Its name.
    pub kept: One,
    pub promised: &'static str,
    pub unpromised: &'static str,
    pub no_checkpoint: &'static str,
    pub list: &'static str,
    /// The build that made it.
    pub open_build: One,
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
    title: "Keep it in this browser",
    hint: "A run, to lay it beside others; its model; or the point where it stands, to go on from there.",
    keep_model: "Keep its model",
    keep_checkpoint: "Keep a checkpoint",
    kept: |name| format!("Kept as “{name}”."),
    promised: "The browser has promised to keep it until you delete it.",
    unpromised: "The browser may clear it if your device runs short of space; a download is safest.",
    no_checkpoint: "There is nothing to go on from yet.",
    list: "What this browser keeps",
    open_build: |build| format!("Open build {build}"),
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
    title: "留在本浏览器里",
    hint: "可以保留运行，以便与别的并排比较；也可以保留它的模型，或它停在的地方，以后接着来。",
    keep_model: "保留它的模型",
    keep_checkpoint: "保留检查点",
    kept: |name| format!("已保留为“{name}”。"),
    promised: "浏览器已答应保存，直到你删除为止。",
    unpromised: "设备空间不足时，浏览器可能会清除它；下载最稳妥。",
    no_checkpoint: "还没有可以继续的地方。",
    list: "本浏览器保存的内容",
    open_build: |build| format!("打开版本 {build}"),
};
