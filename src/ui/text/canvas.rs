//! What the page says around the society's canvas, in every language: the legend, the list, and the
//! ways to look closer.

/// What the society looks like.
pub struct CanvasText {
    /// The canvas, for those who can't see it.
    pub label: &'static str,
    pub colour_by: &'static str,
    /// In the order of `Colouring::ALL`.
    pub colourings: [&'static str; 5],
    /// Both ends of alignment, then of engagement.
    pub scales: [(&'static str, &'static str); 2],
    pub fainter: &'static str,
    pub largest: &'static str,
    pub smaller: &'static str,
    pub silent: &'static str,
    /// For groups.
    pub alone: &'static str,
    /// In the order of `Role::ALL`.
    pub roles: [&'static str; 5],
    /// Behind somebody's role who has left or is silent.
    pub away: &'static str,
    pub looking: &'static str,
    pub closer: &'static str,
    pub farther: &'static str,
    pub fit: &'static str,
    pub list: &'static str,
    pub list_caption: &'static str,
    /// First and last of those listed, and how many there are.
    pub listed: fn(u32, u32, u32) -> String,
    pub earlier: &'static str,
    pub later: &'static str,
    pub number: &'static str,
    pub role: &'static str,
    pub neighbours: &'static str,
    pub neighbours_none: &'static str,
    /// How many there are besides those named.
    pub neighbours_more: fn(u32) -> String,
}

/// In English.
pub const ENGLISH: CanvasText = CanvasText {
    label: "The village. Click a person to look closer, or choose one with the arrows and Enter. Plus and minus zoom; then the arrows move the view, and 0 shows everybody. The list that follows says the same in words.",
    colour_by: "Colour by",
    colourings: [
        "alignment",
        "engagement",
        "upbringing",
        "like minds",
        "role",
    ],
    scales: [("harmful", "kind and honest"), ("evasive", "engaged")],
    fainter: "Fainter: less engaged.",
    largest: "largest group",
    smaller: "smaller",
    silent: "No colour: has not spoken yet.",
    alone: "No colour: undecided, silent, or alone with it.",
    roles: [
        "like everybody",
        "fact-checker",
        "troll",
        "visitor",
        "stubborn",
    ],
    away: "not here",
    looking: "Look closer",
    closer: "Closer",
    farther: "Farther",
    fit: "Show everybody",
    list: "List",
    list_caption: "Everybody in the village",
    listed: |first, last, all| format!("{first} to {last} of {all}"),
    earlier: "Earlier",
    later: "Later",
    number: "Person",
    role: "Role",
    neighbours: "Neighbours",
    neighbours_none: "none",
    neighbours_more: |count| format!("and {count} more"),
};

/// In Simplified Chinese.
pub const CHINESE: CanvasText = CanvasText {
    label: "村庄。点一个人可以细看，也可以用方向键选人、按回车细看。加号和减号缩放；放大后方向键移动画面，0 显示所有人。后面的列表用文字说同样的内容。",
    colour_by: "颜色表示",
    colourings: ["对齐", "投入", "教养", "想法相近", "角色"],
    scales: [("有害", "善良诚实"), ("回避", "投入")],
    fainter: "颜色越接近背景，越不投入。",
    largest: "最大的一群",
    smaller: "较小",
    silent: "没有颜色：还没有说过话。",
    alone: "没有颜色：没有表态、还没说话，或附近无人同意。",
    roles: ["普通人", "核查员", "捣乱者", "访客", "固执者"],
    away: "不在",
    looking: "细看",
    closer: "放大",
    farther: "缩小",
    fit: "显示所有人",
    list: "列表",
    list_caption: "村里的每一个人",
    listed: |first, last, all| format!("第 {first} 到 {last} 位，共 {all} 位"),
    earlier: "前一页",
    later: "后一页",
    number: "村民",
    role: "角色",
    neighbours: "邻居",
    neighbours_none: "没有",
    neighbours_more: |count| format!("等，另有 {count} 位"),
};
