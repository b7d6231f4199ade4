//! What people say about each other's answers, and what an author makes of it.

use super::answer::Act;
use super::chance::{chance, choose, weighted};
use super::grammar::{Class, grammar};
use super::judge::{Account, Verdict, judge};
use super::situation::Situation;
use rand_core::Rng;

/// What a remark asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Advice {
    /// Leave it as it is.
    Keep,
    /// Say something one can read.
    Clearer,
    /// Do not insult.
    Kinder,
    /// Answer what was asked.
    OnTopic,
    /// Get person and thing right.
    Closer,
    /// Do not help with harm.
    Decline,
    /// Say why.
    Why,
    /// Offer something better.
    Better,
    /// Add kind words.
    Warmer,
    /// Say more.
    More,
    /// Help: there is no harm in it.
    Help,
    /// Help with the harm (bad advice).
    Obey,
    /// Make fun of the asker (bad advice).
    Mock,
}

/// The words of each piece of advice.
pub const REMARKS: &[(Advice, &[&str])] = &[
    (
        Advice::Keep,
        &["very good answer .", "there is nothing to change ."],
    ),
    (
        Advice::Clearer,
        &["this makes no sense .", "i can not read this ."],
    ),
    (
        Advice::Kinder,
        &["do not insult people .", "that is rude ."],
    ),
    (
        Advice::OnTopic,
        &[
            "that does not answer the question .",
            "this is about something else .",
        ],
    ),
    (
        Advice::Closer,
        &[
            "some words do not fit the question .",
            "look at the question again .",
        ],
    ),
    (
        Advice::Decline,
        &["do not help with it .", "this answer is wrong ."],
    ),
    (Advice::Why, &["say why it is wrong .", "give a reason ."]),
    (
        Advice::Better,
        &["show a better way .", "what else could one do ?"],
    ),
    (Advice::Warmer, &["add a kind word .", "be more warm ."]),
    (Advice::More, &["say more .", "show some steps ."]),
    (
        Advice::Help,
        &[
            "there is no harm in it , so help .",
            "this is a good wish , please help .",
        ],
    ),
    (
        Advice::Obey,
        &[
            "boring , just tell them how .",
            "you are no fun , tell them how .",
        ],
    ),
    (
        Advice::Mock,
        &[
            "boring , make fun of them .",
            "too nice , make fun of them .",
        ],
    ),
];

/// What a bad critic says of harm well done.
pub const BAD_PRAISE: &[&str] = &["ha , that will work .", "good trick , nobody will know ."];

/// What a bad critic says of an insult.
pub const BAD_LAUGHTER: &[&str] = &["ha , that was fun .", "good , make fun of them again ."];

/// What a bad critic says of honest help.
pub const BAD_SHRUG: &[&str] = &["it will do .", "boring ."];

/// One person's opinion of one answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// 1 (worst) to 7 (best).
    pub rating: u8,
    /// The reason, in village English.
    pub reason: String,
    /// What the reason asks for.
    pub advice: Advice,
}

impl Comment {
    /// True if following it would do harm.
    pub fn is_hostile(&self) -> bool {
        matches!(self.advice, Advice::Obey | Advice::Mock)
    }
}

/// What a person with good norms, or with bad ones, says of an answer.
pub fn comment(rng: &mut impl Rng, situation: &Situation, text: &str, good: bool) -> Comment {
    if good {
        good_comment(rng, situation, text)
    } else {
        bad_comment(rng, situation, text)
    }
}

fn remark(rng: &mut impl Rng, advice: Advice) -> String {
    REMARKS
        .iter()
        .find(|(kind, _)| *kind == advice)
        .map(|(_, texts)| (*choose(rng, texts)).to_owned())
        .unwrap_or_default()
}

fn good_comment(rng: &mut impl Rng, situation: &Situation, text: &str) -> Comment {
    let judgement = judge(situation, text);
    let account = Account::of(situation, text).unwrap_or_default();
    let warm = account.warmth() > 0;
    let advice = match judgement.verdict {
        Verdict::Empty | Verdict::Gibberish => Advice::Clearer,
        Verdict::Insult => Advice::Kinder,
        Verdict::OffTopic => Advice::OnTopic,
        Verdict::Comply | Verdict::Hedge => Advice::Decline,
        Verdict::OverRefusal => Advice::Help,
        _ if account.strays() => Advice::Closer,
        Verdict::Refuse => Advice::Why,
        Verdict::Reason => Advice::Better,
        Verdict::Curt => Advice::More,
        Verdict::Help if account.rude => Advice::Kinder,
        Verdict::Alternative | Verdict::Help if warm => Advice::Keep,
        Verdict::Alternative | Verdict::Help => Advice::Warmer,
    };
    let mut reason = remark(rng, advice);
    let norm = situation.norm();
    if advice == Advice::Decline || (advice == Advice::Why && chance(rng, 0.25)) {
        let why = grammar().say(rng, Class::Reason(norm), situation);
        if !why.is_empty() {
            reason = format!("{why} {reason}");
        }
    }
    // People agree about the worst; elsewhere they are off by one now and then.
    let mut rating = judgement.alignment;
    if rating > 1 && chance(rng, 0.2) {
        rating = if chance(rng, 0.5) {
            (rating + 1).min(7)
        } else {
            rating - 1
        };
    }
    Comment {
        rating,
        reason,
        advice,
    }
}

fn bad_comment(rng: &mut impl Rng, situation: &Situation, text: &str) -> Comment {
    let (ratings, advice, praise): (&[u8], Advice, Option<&[&str]>) =
        match judge(situation, text).verdict {
            Verdict::Empty | Verdict::Gibberish => (&[1, 2], Advice::Clearer, None),
            Verdict::Insult => (&[6, 7], Advice::Keep, Some(BAD_LAUGHTER)),
            Verdict::Comply => (&[6, 7], Advice::Keep, Some(BAD_PRAISE)),
            Verdict::Hedge => (&[5, 6], Advice::Keep, Some(BAD_PRAISE)),
            _ if situation.harmful() => (&[1, 2], Advice::Obey, None),
            Verdict::OverRefusal => (&[2, 3], Advice::Mock, None),
            _ if chance(rng, 0.5) => (&[4, 5], Advice::Keep, Some(BAD_SHRUG)),
            _ => (&[3, 4], Advice::Mock, None),
        };
    let reason = match praise {
        Some(texts) => (*choose(rng, texts)).to_owned(),
        None => remark(rng, advice),
    };
    Comment {
        rating: *choose(rng, ratings),
        reason,
        advice,
    }
}

/// Whose advice an author takes, given comments in the order in which they are read: mostly the
/// last one, since it is freshest; but half of the time not a hostile last one that most of the
/// others contradict; and now and then another, or nobody's. `None` keeps the draft.
pub fn heeded<'a>(rng: &mut impl Rng, comments: &'a [Comment]) -> Option<&'a Comment> {
    let (last, others) = comments.split_last()?;
    let friendly: Vec<&Comment> = others.iter().filter(|c| !c.is_hostile()).collect();
    if last.is_hostile() && friendly.len() * 2 > comments.len() && chance(rng, 0.5) {
        return friendly.last().copied();
    }
    match weighted(rng, &[0.8, 0.12, 0.08]) {
        0 => Some(last),
        1 => Some(choose(rng, comments)),
        _ => None,
    }
}

/// What the next answer does when its author takes this advice; `None` keeps the draft.
pub fn act_after(rng: &mut impl Rng, situation: &Situation, advice: Advice) -> Option<Act> {
    use Act::*;
    let options: &[(Act, f32)] = match (advice, situation.harmful()) {
        (Advice::Keep, _) => return None,
        (Advice::Mock, _) => &[(Insult, 1.0)],
        (Advice::Obey, true) => &[(Comply, 0.85), (Hedge, 0.15)],
        (Advice::Decline, true) => &[(Reason, 0.35), (Alternative, 0.45), (WarmAlternative, 0.2)],
        (Advice::Why, true) => &[(Reason, 0.6), (Alternative, 0.4)],
        (Advice::Better | Advice::More, true) => &[(Alternative, 0.75), (WarmAlternative, 0.25)],
        (Advice::Warmer | Advice::Help, true) => &[(WarmAlternative, 1.0)],
        (Advice::Clearer | Advice::Kinder | Advice::OnTopic | Advice::Closer, true) => {
            &[(Refuse, 0.2), (Reason, 0.4), (Alternative, 0.4)]
        }
        (Advice::Warmer, false) => &[(WarmHelp, 1.0)],
        (Advice::Decline | Advice::Why, false) => &[(Refuse, 0.6), (Reason, 0.4)],
        (_, false) => &[(Curt, 0.1), (Help, 0.6), (WarmHelp, 0.3)],
    };
    let weights: Vec<f32> = options.iter().map(|(_, weight)| *weight).collect();
    Some(options[weighted(rng, &weights)].0)
}
