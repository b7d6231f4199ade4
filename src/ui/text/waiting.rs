//! Texts: settings that wait for a restart, and steps back and forth among settings.

use super::{Count, One};

/// Settings that wait for a restart, and steps back and forth among settings.
pub struct WaitingText {
    /// How many settings differ.
    pub title: Count,
    /// While the run is on, and when it is over.
    pub on: &'static str,
    pub over: &'static str,
    /// How many are not listed.
    pub more: Count,
    /// Setting, what it is in the run, and what it will be.
    pub change: fn(&str, &str, &str) -> String,
    pub apply: &'static str,
    pub discard: &'static str,
    pub undo: &'static str,
    pub redo: &'static str,
    /// Names of the settings.
    pub undone: One,
    pub redone: One,
    pub nothing: &'static str,
    pub yes: &'static str,
    pub no: &'static str,
    pub separator: &'static str,
}

/// In English.
pub const ENGLISH: WaitingText = WaitingText {
    title: |count| match count {
        1 => "One change waits for a restart".to_owned(),
        _ => format!("{count} changes wait for a restart"),
    },
    on: "The run on stage goes on with the settings it began with.",
    over: "The result on stage was made with the settings before.",
    more: |count| format!("and {count} more"),
    change: |name, from, to| format!("{name}: {from} → {to}"),
    apply: "Apply and restart",
    discard: "Discard",
    undo: "Undo",
    redo: "Redo",
    undone: |what| format!("Undone: {what}"),
    redone: |what| format!("Redone: {what}"),
    nothing: "none",
    yes: "on",
    no: "off",
    separator: ", ",
};

/// In Simplified Chinese.
pub const CHINESE: WaitingText = WaitingText {
    title: |count| format!("有 {count} 项改动要重新开始才生效"),
    on: "台上的运行仍按开始时的设置进行。",
    over: "台上的结果是用改动前的设置得到的。",
    more: |count| format!("另有 {count} 项"),
    change: |name, from, to| format!("{name}：{from} → {to}"),
    apply: "应用并重新开始",
    discard: "放弃改动",
    undo: "撤销",
    redo: "重做",
    undone: |what| format!("已撤销：{what}"),
    redone: |what| format!("已重做：{what}"),
    nothing: "无",
    yes: "开",
    no: "关",
    separator: "、",
};
