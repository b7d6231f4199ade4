//! Texts: what went wrong, and what helps.

use super::Count;

/// What went wrong, and what helps.
pub struct TroubleText {
    pub bad_link: &'static str,
    pub bad_file: &'static str,
    pub bad_wish: &'static str,
    pub damaged_link: &'static str,
    /// The version of the link's format.
    pub newer_link: Count,
    pub no_such_engine: &'static str,
    pub neither_run_nor_link: &'static str,
    pub unreadable: &'static str,
    /// Before what the program says, which is in English.
    pub bad_setting: &'static str,
    pub no_run_file: &'static str,
    pub choose: &'static str,
    pub unreachable: &'static str,
    pub retry: &'static str,
    pub broke: &'static str,
    pub go_on: &'static str,
    pub start_over: &'static str,
    pub wrong_build: &'static str,
    pub wrong_build_again: &'static str,
    pub reload: &'static str,
    pub failed: &'static str,
    pub refused: &'static str,
    pub dismiss: &'static str,
    pub other_link: &'static str,
    pub load_it: &'static str,
    pub keep: &'static str,
    pub why: &'static str,
    pub see_kept: &'static str,
    pub part_missed: &'static str,
    pub too_early: &'static str,
    pub opened: &'static str,
    /// Only what is learnt is new: before Run, and after.
    pub takes_over: &'static str,
    pub taken_over: &'static str,
}

/// In English.
pub const ENGLISH: TroubleText = TroubleText {
    bad_link: "That link can't be opened, so here is the usual village instead.",
    bad_file: "That can't be opened; your settings are as they were.",
    bad_wish: "Part of the link makes no sense here and is left out; the rest is as it says.",
    damaged_link: "It is damaged: some letters are missing or changed. Copy it again, the whole of it.",
    newer_link: |version| {
        format!(
            "It has version {version} of the link format, which is newer than this page. Reload the page, then open it again."
        )
    },
    no_such_engine: "The engine must be cpu, webgpu or auto.",
    neither_run_nor_link: "It holds neither a run nor a link.",
    unreadable: "The browser can't read the file.",
    bad_setting: "It wishes a setting that can't be:",
    no_run_file: "It is no run file:",
    choose: "Choose a society",
    unreachable: "The engine could not be fetched. Perhaps the connection is gone.",
    retry: "Try again",
    broke: "The engine broke down. What the village said so far is safe.",
    go_on: "Go on from the last checkpoint",
    start_over: "Start over",
    wrong_build: "This page and its engine come from different builds; a reload puts them together.",
    wrong_build_again: "This page and its engine still come from different builds. Wait a minute for the site to finish updating, then reload.",
    reload: "Reload",
    failed: "The run stopped.",
    refused: "That did not work; the run is unharmed.",
    dismiss: "Dismiss",
    other_link: "Other settings were opened. Loading them takes the run off the stage.",
    load_it: "Load them",
    keep: "Keep this run",
    why: "What the engine said",
    see_kept: "See what is kept",
    part_missed: "This part of the page could not be fetched.",
    too_early: "The engine is not ready yet.",
    opened: "The settings are loaded. Nothing starts until you press Run.",
    takes_over: "Press Run: the village stays as it is, and only learning starts anew.",
    taken_over: "The village stays as it is, and only learning started anew.",
};

/// In Simplified Chinese.
pub const CHINESE: TroubleText = TroubleText {
    bad_link: "这个链接打不开，先给你默认的村庄。",
    bad_file: "打不开；你的设置没有变。",
    bad_wish: "链接里有一部分这里看不懂，已略过；其余照办。",
    damaged_link: "链接不完整，或有字符被改动。请重新完整地复制一遍。",
    newer_link: |version| {
        format!("它用的是第 {version} 版链接格式，比本页新。请刷新页面后再打开。")
    },
    no_such_engine: "引擎只能是 cpu、webgpu 或 auto。",
    neither_run_nor_link: "里面既没有运行，也没有链接。",
    unreadable: "浏览器读不了这个文件。",
    bad_setting: "其中有一项设置不能成立。程序的说明：",
    no_run_file: "这不是运行文件。程序的说明：",
    choose: "选一个社会",
    unreachable: "没能取来引擎。也许网络断了。",
    retry: "重试",
    broke: "引擎出了故障。村民说过的话都还在。",
    go_on: "从上一个检查点继续",
    start_over: "重新开始",
    wrong_build: "页面与引擎版本不同；重新载入即可一致。",
    wrong_build_again: "页面与引擎版本仍不同。请等一分钟让网站更新完，再重新载入。",
    reload: "重新载入",
    failed: "运行停止了。",
    refused: "没有成功；运行不受影响。",
    dismiss: "知道了",
    other_link: "打开了另一组设置。载入它们，台上的运行就会下台。",
    load_it: "载入",
    keep: "保留这次运行",
    why: "引擎的说明",
    see_kept: "看看存了什么",
    part_missed: "页面的这一部分没能取来。",
    too_early: "引擎还没有准备好。",
    opened: "设置已载入。按“开始”之前什么都不会运行。",
    takes_over: "按“开始”：村庄照旧，只有学习重新开始。",
    taken_over: "村庄照旧，只有学习重新开始了。",
};
