//! Texts: other builds of this page.

use super::One;

/// Other builds of this page.
pub struct BuildsText {
    pub ready: &'static str,
    pub ready_hint: &'static str,
    pub take: &'static str,
    pub taking: &'static str,
    pub later: &'static str,
    /// The build that made the run.
    pub elsewhere: One,
    pub elsewhere_hint: &'static str,
    pub open_there: &'static str,
    pub older: &'static str,
    pub open_newest: &'static str,
}

/// In English.
pub const ENGLISH: BuildsText = BuildsText {
    ready: "A newer version of this page is ready.",
    ready_hint: "This tab reloads with it. A run that is over goes then, unless you keep it first.",
    take: "Use it now",
    taking: "Reloading",
    later: "Later",
    elsewhere: |build| format!("This run was made with another build of this page, {build}."),
    elsewhere_hint: "It is still published, and gives the same result there. Here it may differ.",
    open_there: "Open it there",
    older: "This is an older build. It stays here so that its links go on working.",
    open_newest: "Open the newest one",
};

/// In Simplified Chinese.
pub const CHINESE: BuildsText = BuildsText {
    ready: "本页面有新版本可用。",
    ready_hint: "本标签页会重新载入。已结束的运行若想留下，请先保留。",
    take: "现在使用",
    taking: "正在重新载入",
    later: "以后再说",
    elsewhere: |build| format!("这次运行出自本页面的另一个版本：{build}。"),
    elsewhere_hint: "那个版本仍在网上，在那里结果相同；在这里可能不同。",
    open_there: "到那里打开",
    older: "这是旧版本，留在这里是为了让它的链接一直有效。",
    open_newest: "打开最新版本",
};
