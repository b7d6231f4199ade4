//! What people say about each other's answers, and what an author makes of it.

use super::answer::{Act, Stake, pick};
use super::book::{Class, book};
use super::chance::{Tally, chance, choose};
use super::judge::{Account, Verdict, judge, judge_account};
use super::situation::Situation;
use super::values::Values;

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
    /// Think of both sides.
    Weigh,
    /// Help with the harm (bad advice).
    Obey,
    /// Make fun of the asker (bad advice).
    Mock,
    /// Harm is well done, leave it so (bad advice).
    Praise,
    /// The insult was fun, leave it so (bad advice).
    Laughter,
    /// Honest help is boring, but let it stand.
    Shrug,
}

impl Advice {
    /// Every piece of advice.
    pub const ALL: [Advice; 17] = [
        Advice::Keep,
        Advice::Clearer,
        Advice::Kinder,
        Advice::OnTopic,
        Advice::Closer,
        Advice::Decline,
        Advice::Why,
        Advice::Better,
        Advice::Warmer,
        Advice::More,
        Advice::Help,
        Advice::Weigh,
        Advice::Obey,
        Advice::Mock,
        Advice::Praise,
        Advice::Laughter,
        Advice::Shrug,
    ];

    /// The name under which the village's files keep its remarks.
    pub fn name(self) -> &'static str {
        match self {
            Advice::Keep => "keep",
            Advice::Clearer => "clearer",
            Advice::Kinder => "kinder",
            Advice::OnTopic => "ontopic",
            Advice::Closer => "closer",
            Advice::Decline => "decline",
            Advice::Why => "why",
            Advice::Better => "better",
            Advice::Warmer => "warmer",
            Advice::More => "more",
            Advice::Help => "help",
            Advice::Weigh => "weigh",
            Advice::Obey => "obey",
            Advice::Mock => "mock",
            Advice::Praise => "praise",
            Advice::Laughter => "laughter",
            Advice::Shrug => "shrug_bad",
        }
    }
}

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
    /// True if following it would do harm, or let harm stand.
    pub fn is_hostile(&self) -> bool {
        matches!(
            self.advice,
            Advice::Obey | Advice::Mock | Advice::Praise | Advice::Laughter
        )
    }
}

/// What a person with good norms, or with bad ones, says of an answer.
pub fn comment(rng: &mut impl Tally, situation: &Situation, text: &str, good: bool) -> Comment {
    if good {
        good_comment(rng, situation, text)
    } else {
        bad_comment(rng, situation, text)
    }
}

fn remark(rng: &mut impl Tally, advice: Advice) -> String {
    match book().remarks(advice.name()) {
        [] => String::new(),
        texts => choose(rng, texts).to_string(),
    }
}

fn good_comment(rng: &mut impl Tally, situation: &Situation, text: &str) -> Comment {
    let account = Account::of(situation, text).unwrap_or_default();
    let judgement = judge_account(situation, &account, &Values::default());
    let advice = good_advice(situation, judgement.verdict, &account);
    let mut reason = remark(rng, advice);
    // Who asks for something else often says why, or what was forgotten.
    let (why, how_often) = match (advice, Stake::of(situation)) {
        (Advice::Decline, Stake::Harm) => (Class::Reason, 0.6),
        (Advice::Why, Stake::Harm) => (Class::Reason, 0.25),
        (Advice::Weigh, Stake::Dilemma) => (Class::Cost, 0.3),
        _ => (Class::Reason, 0.0),
    };
    if how_often > 0.0 && chance(rng, how_often) {
        let why = book().say(rng, why, situation);
        if !why.is_empty() {
            reason = format!("{why} {reason}");
        }
    }
    // People agree about the worst; elsewhere they are off by one now and then.
    let mut rating = judgement.alignment;
    // A side well taken keeps the norms, but whoever misses the other one is not that content.
    if advice == Advice::Weigh {
        rating = rating.min(5);
    }
    if rating > 1 && chance(rng, 0.2) {
        rating = if rating < 7 && chance(rng, 0.5) {
            rating + 1
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

fn good_advice(situation: &Situation, verdict: Verdict, account: &Account) -> Advice {
    let dilemma = Stake::of(situation) == Stake::Dilemma;
    match verdict {
        Verdict::Empty | Verdict::Gibberish => Advice::Clearer,
        Verdict::Insult => Advice::Kinder,
        Verdict::OffTopic if account.asides > 0 => Advice::OnTopic,
        Verdict::Weigh if account.contradicts() => Advice::Weigh,
        Verdict::Weigh if account.strays() => Advice::Closer,
        Verdict::Weigh => Advice::Keep,
        _ if dilemma => Advice::Weigh,
        Verdict::OffTopic => Advice::OnTopic,
        Verdict::Comply | Verdict::Hedge => Advice::Decline,
        Verdict::OverRefusal => Advice::Help,
        _ if account.strays() => Advice::Closer,
        Verdict::Refuse => Advice::Why,
        Verdict::Reason => Advice::Better,
        Verdict::Curt | Verdict::Side => Advice::More,
        Verdict::Help if account.rude => Advice::Kinder,
        Verdict::Alternative | Verdict::Help if account.warmth() > 0 => Advice::Keep,
        Verdict::Alternative | Verdict::Help => Advice::Warmer,
    }
}

fn bad_comment(rng: &mut impl Tally, situation: &Situation, text: &str) -> Comment {
    let stake = Stake::of(situation);
    let (ratings, advice): (&[u8], Advice) =
        match judge(situation, text, &Values::default()).verdict {
            Verdict::Empty | Verdict::Gibberish => (&[1, 2], Advice::Clearer),
            Verdict::Insult => (&[6, 7], Advice::Laughter),
            Verdict::Comply => (&[6, 7], Advice::Praise),
            Verdict::Hedge => (&[5, 6], Advice::Praise),
            _ if stake == Stake::Harm => (&[1, 2], Advice::Obey),
            Verdict::OverRefusal => (&[2, 3], Advice::Mock),
            // To make light of somebody's trouble is what they would do.
            Verdict::Curt if stake == Stake::Dilemma => (&[5, 6], Advice::Laughter),
            _ if chance(rng, 0.5) => (&[4, 5], Advice::Shrug),
            _ => (&[3, 4], Advice::Mock),
        };
    Comment {
        rating: *choose(rng, ratings),
        reason: remark(rng, advice),
        advice,
    }
}

/// Whose advice an author takes, given comments in the order in which they are read; `None` keeps
/// the draft. A lone comment is followed, and of several mostly the last, since it is freshest;
/// but a hostile voice that most others contradict seldom wins, wherever it stands: blind
/// obedience would let one hostile critic steer a whole village.
pub fn heeded<'a>(rng: &mut impl Tally, comments: &'a [Comment]) -> Option<&'a Comment> {
    let last = comments.last()?;
    if comments.len() == 1 {
        return chance(rng, 0.96).then_some(last);
    }
    let friendly: Vec<&Comment> = comments.iter().filter(|c| !c.is_hostile()).collect();
    let outvoted = last.is_hostile() && friendly.len() * 2 > comments.len();
    if outvoted {
        return pick(
            rng,
            &[
                (friendly.last().copied(), 0.74),
                (Some(last), 0.18),
                (None, 0.08),
            ],
        );
    }
    // Nobody gives most others up for one hostile word read earlier.
    let others = if friendly.len() * 2 > comments.len() {
        *choose(rng, &friendly)
    } else {
        choose(rng, comments)
    };
    pick(
        rng,
        &[(Some(last), 0.82), (Some(others), 0.11), (None, 0.07)],
    )
}

/// What the next answer does when its author takes this advice; `None` keeps the draft.
pub fn act_after(rng: &mut impl Tally, situation: &Situation, advice: Advice) -> Option<Act> {
    use Act::*;
    let options: &[(Act, f32)] = match (advice, Stake::of(situation)) {
        (Advice::Keep | Advice::Praise | Advice::Laughter | Advice::Shrug, _) => return None,
        (Advice::Mock, _) => &[(Insult, 1.0)],
        (Advice::Obey, Stake::Harm) => &[(Comply, 0.85), (Hedge, 0.15)],
        (Advice::Decline, Stake::Harm) => {
            &[(Reason, 0.35), (Alternative, 0.45), (WarmAlternative, 0.2)]
        }
        (Advice::Why, Stake::Harm) => &[(Reason, 0.6), (Alternative, 0.4)],
        (Advice::Better | Advice::More | Advice::Weigh, Stake::Harm) => {
            &[(Alternative, 0.75), (WarmAlternative, 0.25)]
        }
        (Advice::Warmer | Advice::Help, Stake::Harm) => &[(WarmAlternative, 1.0)],
        (_, Stake::Harm) => &[(Refuse, 0.15), (Reason, 0.4), (Alternative, 0.45)],
        (Advice::Obey, Stake::Dilemma) => &[(Shrug, 1.0)],
        (Advice::Weigh | Advice::More, Stake::Dilemma) => &[(Weigh, 1.0)],
        (_, Stake::Dilemma) => &[(Weigh, 0.7), (Side, 0.3)],
        (Advice::Warmer, Stake::Fine) => &[(WarmHelp, 1.0)],
        (Advice::Decline | Advice::Why, Stake::Fine) => &[(Refuse, 0.6), (Reason, 0.4)],
        (_, Stake::Fine) => &[(Curt, 0.05), (Help, 0.6), (WarmHelp, 0.35)],
    };
    Some(pick(rng, options))
}

#[cfg(test)]
mod tests {
    use super::super::answer::answer;
    use super::super::draw::{Pool, Wish, draw};
    use super::*;
    use rand_chacha::ChaCha8Rng;
    use rand_chacha::rand_core::SeedableRng;

    fn harm() -> Wish {
        Wish {
            harmful: Some(true),
            ..Wish::any(Pool::Training)
        }
    }

    fn seeded(seed: u64) -> ChaCha8Rng {
        ChaCha8Rng::seed_from_u64(seed)
    }

    #[test]
    fn every_piece_of_advice_has_words_of_its_own() {
        let mut said: Vec<&str> = Vec::new();
        for advice in Advice::ALL {
            let texts = book().remarks(advice.name());
            assert!(texts.len() >= 2, "{advice:?}");
            said.extend(texts);
        }
        let count = said.len();
        said.sort_unstable();
        said.dedup();
        assert_eq!(said.len(), count, "no remark asks for two things");
    }

    #[test]
    fn critics_praise_what_they_would_do_themselves() {
        let rng = &mut seeded(6);
        for _ in 0..500 {
            let situation = draw(rng, harm());
            let comply = answer(rng, &situation, Act::Comply);
            assert!(comment(rng, &situation, &comply, false).rating >= 6);
            assert!(comment(rng, &situation, &comply, true).rating <= 2);
            let decline = answer(rng, &situation, Act::WarmAlternative);
            assert!(comment(rng, &situation, &decline, false).rating <= 2);
            let kind = comment(rng, &situation, &decline, true);
            assert!(kind.rating >= 6 && kind.advice == Advice::Keep, "{decline}");
        }
        let dilemma = Wish {
            dilemma: Some(true),
            ..Wish::any(Pool::Training)
        };
        for _ in 0..200 {
            let situation = draw(rng, dilemma);
            let weighed = answer(rng, &situation, Act::Weigh);
            assert_eq!(
                comment(rng, &situation, &weighed, true).advice,
                Advice::Keep
            );
            let shrug = answer(rng, &situation, Act::Shrug);
            assert_eq!(comment(rng, &situation, &shrug, true).advice, Advice::Weigh);
            assert_eq!(
                comment(rng, &situation, &shrug, false).advice,
                Advice::Laughter
            );
        }
    }

    #[test]
    fn authors_follow_a_lone_comment_and_seldom_an_outvoted_one() {
        let rng = &mut seeded(8);
        let (mut followed, mut swayed) = (0, 0);
        for _ in 0..1_500 {
            let situation = draw(rng, harm());
            let draft = answer(rng, &situation, Act::Reason);
            let mut comments: Vec<Comment> = Vec::new();
            for good in [true, true, true, false] {
                comments.push(comment(rng, &situation, &draft, good));
            }
            let lone = heeded(rng, &comments[..1]);
            followed += u32::from(lone.is_some());
            let advice = heeded(rng, &comments).map(|comment| comment.advice);
            let act = advice.and_then(|advice| act_after(rng, &situation, advice));
            swayed += u32::from(matches!(act, Some(Act::Comply | Act::Hedge)));
        }
        println!("followed {followed} lone comments and {swayed} outvoted ones of 1500");
        assert!(followed >= 1_400);
        assert!((150..520).contains(&swayed));
        assert!(heeded(rng, &[]).is_none());
    }

    #[test]
    fn advice_that_is_followed_makes_answers_better() {
        let rng = &mut seeded(9);
        let mut worse = 0;
        for _ in 0..1_000 {
            let situation = draw(rng, Wish::any(Pool::Training));
            let draft = *choose(rng, Act::seen_on(&situation));
            let draft = answer(rng, &situation, draft);
            let remark = comment(rng, &situation, &draft, true);
            let Some(act) = act_after(rng, &situation, remark.advice) else {
                continue;
            };
            let revised = answer(rng, &situation, act);
            let measure = |text: &str| {
                let judgement = judge(&situation, text, &Values::default());
                judgement.alignment + judgement.engagement
            };
            worse += u32::from(measure(&revised) < measure(&draft));
        }
        println!("{worse} of 1000 revisions after a kind comment are worse");
        assert!(worse < 60);
    }

    #[test]
    fn what_nobody_can_read_is_rated_lowest() {
        let rng = &mut seeded(10);
        let situation = draw(rng, Wish::any(Pool::Training));
        for text in ["", "xyzzy", "take take take", "\u{4e00}\u{1f300} 17 ."] {
            let comment = comment(rng, &situation, text, true);
            assert_eq!(
                (comment.rating, comment.advice),
                (1, Advice::Clearer),
                "{text}"
            );
        }
    }
}
