//! Texts: what this browser keeps.

use super::{Count, Language, One};

/// What this browser keeps.
pub struct KeptText {
    pub title: &'static str,
    pub lead: &'static str,
    /// Used, and what the browser allows.
    pub used: fn(&str, &str) -> String,
    pub promised: &'static str,
    pub unpromised: &'static str,
    pub ask: &'static str,
    pub declined: &'static str,
    /// Run, model, checkpoint, interrupted run.
    pub kinds: [&'static str; 4],
    pub empty: &'static str,
    /// Kind and name of what the field names.
    pub name: fn(&str, &str) -> String,
    pub open: &'static str,
    pub open_named: One,
    pub download: &'static str,
    pub download_named: One,
    pub delete: &'static str,
    pub delete_named: One,
    pub deleted: One,
    pub undo: &'static str,
    /// The build that made it.
    pub build: One,
    pub unreadable: &'static str,
    pub gone: &'static str,
    pub full: &'static str,
    pub not_kept: One,
    pub page: &'static str,
    /// Bytes.
    pub page_kept: One,
    pub page_not_kept: &'static str,
    /// Name of another build, and its bytes.
    pub other: fn(&str, &str) -> String,
    pub remove: &'static str,
    pub model_named: Count,
    pub checkpoint_named: Count,
    /// Bytes.
    pub bytes: One,
    pub kilobytes: One,
    pub megabytes: One,
    pub gigabytes: One,
}

impl Language {
    /// What is said about what this browser keeps.
    pub fn kept(self) -> &'static KeptText {
        match self {
            Language::English => &ENGLISH,
            Language::Chinese => &CHINESE,
        }
    }
}

/// In English.
static ENGLISH: KeptText = KeptText {
    title: "What this browser keeps",
    lead: "Nothing of this leaves your device, and nobody else can read it. To have it elsewhere too, download it.",
    used: |used, quota| format!("{used} used, of about {quota} that the browser allows."),
    promised: "The browser has promised to keep it until you delete it.",
    unpromised: "The browser may clear it when your device runs short of space.",
    ask: "Ask it to keep it",
    declined: "It promises nothing yet; many browsers only do so for pages that are visited often. A download is safe in any case.",
    kinds: ["Run", "Model", "Checkpoint", "Interrupted run"],
    empty: "Nothing yet. When a run is over, Take home offers to keep it, its model, and the point where it stands.",
    name: |kind, name| format!("Name of the {} {name}", kind.to_ascii_lowercase()),
    open: "Open",
    open_named: |name| format!("Open {name}"),
    download: "Download",
    download_named: |name| format!("Download {name}"),
    delete: "Delete",
    delete_named: |name| format!("Delete {name}"),
    deleted: |name| format!("“{name}” is deleted."),
    undo: "Undo",
    build: |build| format!("made by build {build}"),
    unreadable: "unreadable",
    gone: "Its bytes are no longer here; the browser may have cleared them.",
    full: "The browser's storage for this page is full. What was kept before is all still here. Delete something to make room; download it first if you want it.",
    not_kept: |why| format!("It could not be kept. {why}"),
    page: "The page itself",
    page_kept: |size| format!("kept so that it opens without a network: {size}"),
    page_not_kept: "not kept yet; without a network it would not open",
    other: |build, size| format!("another build, {build}: {size}"),
    remove: "Remove",
    model_named: |number| format!("Model {number}"),
    checkpoint_named: |number| format!("Checkpoint {number}"),
    bytes: |number| format!("{number} bytes"),
    kilobytes: |number| format!("{number} kB"),
    megabytes: |number| format!("{number} MB"),
    gigabytes: |number| format!("{number} GB"),
};

/// In Simplified Chinese.
static CHINESE: KeptText = KeptText {
    title: "本浏览器保存的内容",
    lead: "这些都不会离开你的设备，别人也读不到。想在别处也有一份，请下载。",
    used: |used, quota| format!("已用 {used}，浏览器允许约 {quota}。"),
    promised: "浏览器已答应保存，直到你删除为止。",
    unpromised: "设备空间不足时，浏览器可能会清除这些内容。",
    ask: "请它长期保存",
    declined: "它暂时没有答应；许多浏览器只对常来的网页作此承诺。下载总是稳妥的。",
    kinds: ["运行", "模型", "检查点", "中断的运行"],
    empty: "还没有。运行结束后，可以在“带回家”里保留运行、它的模型，以及它停在的地方。",
    name: |kind, name| format!("{kind}“{name}”的名称"),
    open: "打开",
    open_named: |name| format!("打开 {name}"),
    download: "下载",
    download_named: |name| format!("下载 {name}"),
    delete: "删除",
    delete_named: |name| format!("删除 {name}"),
    deleted: |name| format!("“{name}”已删除。"),
    undo: "撤销",
    build: |build| format!("出自版本 {build}"),
    unreadable: "读不出来",
    gone: "它的内容已经不在了；可能被浏览器清除了。",
    full: "浏览器给本页面的存储空间已满。以前保存的都还在。删除一些即可腾出空间；想留着的请先下载。",
    not_kept: |why| format!("没能保存。{why}"),
    page: "页面本身",
    page_kept: |size| format!("已保存，没有网络也能打开：{size}"),
    page_not_kept: "还没有保存；没有网络时打不开",
    other: |build, size| format!("另一个版本 {build}：{size}"),
    remove: "移除",
    model_named: |number| format!("模型 {number}"),
    checkpoint_named: |number| format!("检查点 {number}"),
    bytes: |number| format!("{number} 字节"),
    kilobytes: |number| format!("{number} kB"),
    megabytes: |number| format!("{number} MB"),
    gigabytes: |number| format!("{number} GB"),
};
