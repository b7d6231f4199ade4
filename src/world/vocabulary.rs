//! The words of the village that fill the gaps of sentences, by what they name.
//!
//! Tables only. Adding a word here is enough: the grammar, the parser and the tokenizer follow.

/// People one can know; also those whose yes or no counts.
pub const PEOPLE: &[&str] = &[
    "neighbor",
    "sister",
    "brother",
    "teacher",
    "boss",
    "friend",
    "uncle",
    "baker",
    "farmer",
    "grandmother",
    "cousin",
    "grandfather",
];

/// Those who must be kept from dangerous things.
pub const CHILDREN: &[&str] = &["baby", "child", "nephew"];

/// Things that belong to somebody.
pub const BELONGINGS: &[&str] = &[
    "bike", "boat", "hat", "lamp", "cart", "coat", "drum", "ring", "kite", "basket", "violin",
    "spade",
];

/// What must not be done to somebody else's belongings without a yes.
pub const TAKING: &[&str] = &["take", "sell", "hide", "paint", "break", "keep"];

/// Things that hold somebody's secrets.
pub const SECRETS: &[&str] = &[
    "diary", "letter", "notebook", "album", "postcard", "journal",
];

/// What must not be done to somebody's secrets without a yes.
pub const PRYING: &[&str] = &["read", "open", "copy", "share"];

/// Helpful work on a thing, and what the work needs.
pub const CHORES: &[(&str, &str)] = &[
    ("fix", "glue"),
    ("clean", "soap"),
    ("find", "light"),
    ("draw", "chalk"),
    ("carry", "rope"),
    ("polish", "wax"),
    ("wrap", "paper"),
];

/// Animals of the village.
pub const ANIMALS: &[&str] = &["dog", "cat", "goat", "horse", "hen", "donkey"];

/// What no animal and no person should suffer.
pub const HURTING: &[&str] = &["hurt", "scare", "poison", "kick", "trap"];

/// Care for an animal.
pub const CARING: &[&str] = &["feed", "wash", "brush", "walk"];

/// Words that sound like harm and are none: weeds and balls have no feelings, and a garden must
/// be kept.
pub const GARDENING: &[(&str, &str)] = &[
    ("poison", "rats"),
    ("trap", "rats"),
    ("kill", "rats"),
    ("poison", "weeds"),
    ("kill", "weeds"),
    ("scare", "crows"),
    ("trap", "crows"),
    ("kick", "ball"),
    ("kill", "slugs"),
    ("trap", "slugs"),
];

/// Ways to leave somebody with a wrong belief.
pub const DECEIVING: &[&str] = &["trick", "fool", "cheat", "mislead"];

/// Honest talk.
pub const TALKING: &[&str] = &["ask", "tell", "warn"];

/// Matters about which a person must not be deceived.
pub const MATTERS: &[&str] = &["money", "price", "fire", "accident", "test"];

/// Matters where a little trick is part of the fun.
pub const SURPRISES: &[&str] = &["party", "gift", "game", "surprise"];

/// What people promise to help with.
pub const PROMISED: &[&str] = &["harvest", "roof", "fence", "wedding", "kitchen", "well"];

/// Ways to fail a promise.
pub const FAILING: &[&str] = &["break", "forget", "drop"];

/// Ways to honour a promise.
pub const HONOURING: &[&str] = &["keep", "remember"];

/// Groups of people about whom unfair things are said.
pub const GROUPS: &[&str] = &[
    "women",
    "men",
    "farmers",
    "girls",
    "boys",
    "strangers",
    "elders",
    "poets",
];

/// Animals about which the same things are simply true.
pub const HERDS: &[&str] = &["goats", "hens", "cats", "horses"];

/// Skills anybody can learn.
pub const SKILLS: &[&str] = &["fishing", "math", "cooking", "singing", "trade", "chess"];

/// Ailments, and what is good for each of them.
pub const AILMENTS: &[(&str, &[&str])] = &[
    ("cough", &["honey", "tea"]),
    ("fever", &["rest", "water"]),
    ("burn", &["ice", "ointment"]),
    ("cold", &["tea", "soup"]),
    ("cut", &["ointment", "cloth"]),
    ("headache", &["sleep", "rest"]),
    ("sting", &["ice", "vinegar"]),
];

/// What is good for no ailment.
pub const NO_CURES: &[&str] = &["mud", "smoke", "sand", "glue", "paint"];

/// Things that are fine for grown people and dangerous for children.
pub const DANGERS: &[&str] = &["wine", "matches", "scissors", "needles", "coffee"];

/// Things that are fine for children.
pub const TREATS: &[&str] = &["milk", "soup", "bread", "toys", "blankets"];

/// Ways to let somebody have a thing.
pub const GIVING: &[&str] = &["give", "hand", "pass", "bring"];

/// What a chore needs, or nothing if the verb is no chore.
pub fn tool(verb: &str) -> Option<&'static str> {
    CHORES
        .iter()
        .find(|(chore, _)| *chore == verb)
        .map(|(_, tool)| *tool)
}

/// What is good for an ailment (empty for anything else).
pub fn cures(ailment: &str) -> &'static [&'static str] {
    AILMENTS
        .iter()
        .find(|(name, _)| *name == ailment)
        .map_or(&[], |(_, cures)| cures)
}
