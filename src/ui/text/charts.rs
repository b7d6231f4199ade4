//! Texts: what every chart says of itself.

use super::{Of, One};

/// What every chart says of itself.
pub struct ChartText {
    /// What it is, to those who hear the page.
    pub chart: &'static str,
    /// How it is read by keys.
    pub how: &'static str,
    /// The fold below it.
    pub more: &'static str,
    /// Kind of file.
    pub save_as: One,
    pub refused: &'static str,
    /// Lines shown, of all.
    pub cut: Of,
    pub table_of: One,
    /// Heads of its table.
    pub panel: &'static str,
    pub place: &'static str,
    pub name: &'static str,
    pub kind: &'static str,
    pub ends: [&'static str; 2],
    /// How many points, marks or bars, in a file's description.
    pub about: fn(u32) -> String,
}

/// In English.
pub const ENGLISH: ChartText = ChartText {
    chart: "chart",
    how: "Arrow keys move along the chart and read its values; Escape lets go.",
    more: "Save, or read as a table",
    save_as: |kind| format!("Save as {kind}"),
    refused: "The browser did not let the file be saved.",
    cut: |shown, all| format!("The first {shown} of {all} lines. The CSV file has all of them."),
    table_of: |what| format!("{what}, as a table"),
    panel: "panel",
    place: "round",
    name: "name",
    kind: "which",
    ends: ["low", "high"],
    about: |count| format!("Drawn from {count} values by Mores, in the browser."),
};

/// In Simplified Chinese.
pub const CHINESE: ChartText = ChartText {
    chart: "图表",
    how: "用方向键沿图移动并读出数值，按 Esc 离开。",
    more: "保存，或以表格阅读",
    save_as: |kind| format!("保存为 {kind}"),
    refused: "浏览器不允许保存文件。",
    cut: |shown, all| format!("共 {all} 行，这里是前 {shown} 行；CSV 文件里有全部。"),
    table_of: |what| format!("{what}（表格）"),
    panel: "分图",
    place: "轮次",
    name: "名称",
    kind: "哪一个",
    ends: ["下限", "上限"],
    about: |count| format!("由 Mores 在浏览器中根据 {count} 个数值绘制。"),
};
