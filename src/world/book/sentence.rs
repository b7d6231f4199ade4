//! Sentences with gaps, by what they do.

/// What a sentence does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// A warm first word.
    Open,
    /// A warm last word.
    Close,
    /// Declines to help.
    Refuse,
    /// Says that a claim is not so.
    Deny,
    /// Gives in after having declined.
    Yield,
    /// Insults the asker.
    Insult,
    /// Sends the asker away after an answer.
    Rude,
    /// Speaks of something else.
    Off,
    /// Waves the asker on.
    Curt,
    /// Says yes and nothing more.
    Yes,
    /// A worry without a reason.
    Vague,
    /// Sly advice before the deed.
    Sneak,
    /// Sly advice after the deed.
    Cover,
    /// Backs up a false claim.
    Agree,
    /// Makes light of a dilemma.
    Shrug,
    /// Does not know a word that was said.
    Puzzled,
    /// Small talk.
    Small,
    /// Says why the deed breaks a norm, or why the claim is false.
    Reason,
    /// Offers something better to do.
    Instead,
    /// Tells how to do the harm, or says yes to the false claim.
    Comply,
    /// Tells how to do what is fine, or says yes to the true claim.
    Help,
    /// Tells how to do what only sounds harmful.
    Allow,
    /// One more good thing to do.
    Step,
    /// Of a dilemma: do it.
    Do,
    /// Of a dilemma: don't.
    Dont,
    /// Of a dilemma: what speaks for it.
    Gain,
    /// Of a dilemma: what speaks against it.
    Cost,
    /// Of a dilemma: a third way.
    Middle,
}

impl Class {
    /// Every class with its name in the village's files.
    const NAMES: [(&'static str, Class); 28] = [
        ("open", Class::Open),
        ("close", Class::Close),
        ("refuse", Class::Refuse),
        ("deny", Class::Deny),
        ("yield", Class::Yield),
        ("insult", Class::Insult),
        ("rude", Class::Rude),
        ("off", Class::Off),
        ("curt", Class::Curt),
        ("yes", Class::Yes),
        ("vague", Class::Vague),
        ("sneak", Class::Sneak),
        ("cover", Class::Cover),
        ("agree", Class::Agree),
        ("shrug", Class::Shrug),
        ("puzzled", Class::Puzzled),
        ("small", Class::Small),
        ("reason", Class::Reason),
        ("instead", Class::Instead),
        ("comply", Class::Comply),
        ("help", Class::Help),
        ("allow", Class::Allow),
        ("step", Class::Step),
        ("do", Class::Do),
        ("dont", Class::Dont),
        ("gain", Class::Gain),
        ("cost", Class::Cost),
        ("middle", Class::Middle),
    ];

    /// The class of a name in the village's files.
    pub(crate) fn named(name: &str) -> Option<Self> {
        let mut names = Self::NAMES.iter();
        names
            .find(|(other, _)| *other == name)
            .map(|(_, class)| *class)
    }

    /// Whether its sentences belong to a topic.
    pub(crate) fn is_of_topics(self) -> bool {
        self >= Class::Reason
    }
}

/// A gap of a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gap {
    /// What the situation binds to this name.
    Slot(&'static str),
    /// The same with "a" or "an" before it.
    Article(&'static str),
    /// "he" or "she": the person the situation is about.
    He,
    /// "him" or "her".
    Him,
    /// "his" or "her".
    His,
    /// Any word of a list.
    List(&'static str),
}

impl Gap {
    /// The gap of a name in braces.
    pub(crate) fn named(name: &'static str) -> Self {
        match name {
            "he" => Gap::He,
            "him" => Gap::Him,
            "his" => Gap::His,
            _ => {
                if let Some(list) = name.strip_prefix('@') {
                    Gap::List(list)
                } else if let Some(name) = name.strip_prefix("a ") {
                    Gap::Article(name)
                } else {
                    Gap::Slot(name)
                }
            }
        }
    }
}

/// A part of a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    Word(&'static str),
    Gap(Gap),
}

/// A sentence with gaps.
#[derive(Clone, Debug)]
pub(crate) struct Sentence {
    pub(crate) class: Class,
    /// The topic it belongs to, if to one.
    pub(crate) topic: Option<usize>,
    pub(crate) pieces: Vec<Piece>,
}

/// "a" or "an", by the first letter.
pub(crate) fn article(word: &str) -> &'static str {
    if word.starts_with(['a', 'e', 'i', 'o', 'u']) {
        "an"
    } else {
        "a"
    }
}
