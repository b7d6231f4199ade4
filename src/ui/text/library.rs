//! Texts: around the glossary and citations. They are in the file of that surface alone.

use super::{Count, Language, Of, One};

/// Around the glossary and citations.
pub struct LibraryText {
    /// The two things to read, for screen readers.
    pub library: &'static str,
    pub about_short: &'static str,
    pub glossary: &'static str,
    pub glossary_lead: &'static str,
    pub search: &'static str,
    pub terms: Count,
    /// Found, and all.
    pub found: Of,
    pub none: &'static str,
    pub exactly: &'static str,
    pub also: &'static str,
    pub between: &'static str,
    pub link_to: One,
    pub in_glossary: &'static str,
    pub cite: &'static str,
    pub cited: &'static str,
    /// The run, the software, the paper.
    pub subjects: [&'static str; 3],
    pub subject_lines: [&'static str; 3],
    pub no_run: &'static str,
    pub copy: &'static str,
    pub save: &'static str,
    pub copy_named: One,
    pub save_named: One,
    pub has_copied: &'static str,
    pub copied: &'static str,
    pub not_copied: &'static str,
    pub not_saved: &'static str,
}

impl Language {
    /// What is said around the glossary and citations.
    pub fn library(self) -> &'static LibraryText {
        match self {
            Language::English => &ENGLISH,
            Language::Chinese => &CHINESE,
        }
    }
}

/// In English.
static ENGLISH: LibraryText = LibraryText {
    library: "About this page",
    about_short: "About",
    glossary: "Glossary",
    glossary_lead: "What the words on this page mean: first in plain words, then more exactly for those who want to know.",
    search: "Search the glossary",
    terms: |count| format!("{count} words"),
    found: |found, all| format!("{found} of {all} words"),
    none: "No entry mentions this.",
    exactly: "More exactly:",
    also: "See also:",
    between: ", ",
    link_to: |name| format!("Link to “{name}”"),
    in_glossary: "Open the glossary here",
    cite: "Cite",
    cited: "What to cite",
    subjects: ["This run", "Mores", "The paper"],
    subject_lines: [
        "With its build, its digests and the link that does it again, so that whoever reads about it can check it. If the run is yours, add your name.",
        "The laboratory itself. The second file is the one to lay beside your own work's files.",
        "The work that this page takes up, which is by other people. Its arXiv number is 2305.16960.",
    ],
    no_run: "A run can be cited when it is done and has a receipt.",
    copy: "Copy",
    save: "Save",
    copy_named: |name| format!("Copy {name}"),
    save_named: |name| format!("Save {name}"),
    has_copied: "Copied",
    copied: "It is in your clipboard.",
    not_copied: "This browser keeps its clipboard closed: mark the text and copy it by hand, or save it.",
    not_saved: "This browser did not take the file.",
};

/// In Simplified Chinese.
static CHINESE: LibraryText = LibraryText {
    library: "关于本页",
    about_short: "说明",
    glossary: "词汇表",
    glossary_lead: "本页用词的含义：先用平常的话说，再为想深究的人说得更准确。",
    search: "搜索词汇表",
    terms: |count| format!("共 {count} 个词"),
    found: |found, all| format!("{all} 个词中找到 {found} 个"),
    none: "没有词条提到它。",
    exactly: "更准确地说：",
    also: "另见：",
    between: "、",
    link_to: |name| format!("“{name}”的链接"),
    in_glossary: "在词汇表中打开",
    cite: "引用",
    cited: "引用什么",
    subjects: ["这次运行", "Mores", "论文"],
    subject_lines: [
        "附有版本号、摘要和可以重做它的链接，读到的人都能核对。如果这次运行是你做的，请加上你的名字。",
        "这个实验室本身。第二个文件可以放在你自己作品的文件旁边。",
        "本页所依据的研究，作者是别人。它的 arXiv 编号是 2305.16960。",
    ],
    no_run: "运行结束、有了凭据之后，才能引用这次运行。",
    copy: "复制",
    save: "保存",
    copy_named: |name| format!("复制 {name}"),
    save_named: |name| format!("保存 {name}"),
    has_copied: "已复制",
    copied: "已在剪贴板中。",
    not_copied: "这个浏览器不让网页使用剪贴板：请选中文字手动复制，或保存为文件。",
    not_saved: "这个浏览器没有接受文件。",
};
