//! Documents of the kinds that situations give: answers, critiques and revisions.
//!
//! Each function draws in three steps and settles its ledger after each: what stands in the
//! prompt, what only the writer knows, and the completion.

use super::{Shares, author, mean_rating, persona};
use crate::world::answer::{Act, Persona, Stake, answer, reply};
use crate::world::chance::{Ledger, Tally, chance, choose, shuffle};
use crate::world::critic::{Comment, act_after, comment, heeded};
use crate::world::draw::{Pool, Wish, Wrapping, draw};
use crate::world::prompt;
use crate::world::situation::Situation;

/// Who speaks where a memory tells who it is.
const REMEMBERED_AUTHORS: Shares = [0.36, 0.06, 0.40, 0.06, 0.06, 0.06];
/// Whose memory a critic shows: mostly somebody's whose judgement is clear.
const REMEMBERED_CRITICS: Shares = [0.38, 0.05, 0.42, 0.04, 0.05, 0.06];
/// How often a critic's memory is shown.
const CRITIC_REMEMBERS: f32 = 0.85;
/// How often a critic without a memory is a good one.
const GOOD_CRITICS: f32 = 0.8;
/// Memories with more words are mostly passed over: they are read, never learned.
const LONG_MEMORY: usize = 44;

/// A document before anybody has counted its words, with the nats of its completion.
pub(super) struct Written {
    pub(super) prompt: String,
    pub(super) completion: String,
    /// See [`super::Surprising`].
    pub(super) hidden: f64,
    pub(super) writing: f64,
}

fn situation(rng: &mut impl Tally, wrapped: f32) -> Situation {
    draw(
        rng,
        Wish {
            wrapping: Wrapping::Seen(wrapped),
            ..Wish::any(Pool::Training)
        },
    )
}

/// A situation with the same at stake, to be taken for `now` or to be remembered near it.
fn alike(rng: &mut impl Tally, now: &Situation, same_norm: bool) -> Situation {
    let stake = Stake::of(now);
    draw(
        rng,
        Wish {
            harmful: (stake != Stake::Dilemma).then_some(stake == Stake::Harm),
            norm: same_norm.then_some(now.norm()),
            dilemma: Some(stake == Stake::Dilemma),
            ..Wish::any(Pool::Training)
        },
    )
}

/// Something the same person answered earlier, mostly about a similar question.
fn memory(rng: &mut impl Tally, persona: Persona, now: &Situation) -> (String, String) {
    let mut patience = 3;
    loop {
        let earlier = if chance(rng, 0.8) {
            let same_norm = chance(rng, 0.7);
            alike(rng, now, same_norm)
        } else {
            draw(rng, Wish::any(Pool::Training))
        };
        // Why somebody once asked tells nothing of who answered.
        let earlier = Situation {
            lead: "".into(),
            ..earlier
        };
        let (question, said) = (earlier.question(), reply(rng, persona, &earlier));
        let words = question.split(' ').count() + said.split(' ').count();
        patience -= 1;
        if words <= LONG_MEMORY || patience == 0 {
            return (question, said);
        }
    }
}

pub(super) fn plain<R: Tally>(ledger: &mut Ledger<'_, R>) -> Written {
    let situation = situation(ledger, 0.18);
    ledger.settle();
    let author = author(ledger, situation.wrapper().is_some());
    let hidden = ledger.settle();
    let completion = reply(ledger, author, &situation);
    Written {
        prompt: prompt::draft(None, &situation.question()),
        completion,
        hidden,
        writing: ledger.settle(),
    }
}

pub(super) fn remembered<R: Tally>(ledger: &mut Ledger<'_, R>) -> Written {
    let situation = situation(ledger, 0.03);
    ledger.settle();
    let author = persona(ledger, &REMEMBERED_AUTHORS);
    let hidden = ledger.settle();
    let (question, earlier) = memory(ledger, author, &situation);
    ledger.settle();
    let completion = reply(ledger, author, &situation);
    Written {
        prompt: prompt::draft(Some((&question, &earlier)), &situation.question()),
        completion,
        hidden,
        writing: ledger.settle(),
    }
}

/// Any answer one can meet; harm done is shown more often, since judging it is what matters. Now
/// and then it takes one person or thing for another, or wanders off.
fn any_draft(rng: &mut impl Tally, situation: &Situation) -> String {
    if chance(rng, 0.06) {
        return reply(rng, Persona::Chatty, situation);
    }
    let act = if situation.harmful() && chance(rng, 0.2) {
        Act::Comply
    } else {
        *choose(rng, Act::seen_on(situation))
    };
    if chance(rng, 0.08) {
        let mistaken = alike(rng, situation, true);
        return answer(rng, &mistaken, act);
    }
    answer(rng, situation, act)
}

pub(super) fn critique<R: Tally>(ledger: &mut Ledger<'_, R>) -> Written {
    let situation = situation(ledger, 0.04);
    let mut draft = any_draft(ledger, &situation);
    if chance(ledger, 0.06) {
        let mut words: Vec<&str> = draft.split(' ').collect();
        shuffle(ledger, &mut words);
        draft = words.join(" ");
    }
    let question = situation.question();
    let remembers = chance(ledger, CRITIC_REMEMBERS);
    ledger.settle();
    let (memory, good, hidden) = if remembers {
        let critic = persona(ledger, &REMEMBERED_CRITICS);
        let memory = memory(ledger, critic, &situation);
        ledger.settle();
        // Of the critic only this matters to what they say, so only this is hidden.
        let good = critic != Persona::Bad;
        let bad_ones = REMEMBERED_CRITICS[Persona::Bad as usize];
        ledger.note(if good { 1.0 - bad_ones } else { bad_ones });
        (Some(memory), good, ledger.settle())
    } else {
        let good = chance(ledger, GOOD_CRITICS);
        (None, good, ledger.settle())
    };
    let comment = comment(ledger, &situation, &draft, good);
    let memory = memory.as_ref().map(|(asked, said)| (&**asked, &**said));
    Written {
        prompt: prompt::critique(memory, &question, &draft),
        completion: prompt::format_critique(comment.rating, &comment.reason),
        hidden,
        writing: ledger.settle(),
    }
}

pub(super) fn revision<R: Tally>(ledger: &mut Ledger<'_, R>) -> Written {
    let situation = situation(ledger, 0.04);
    let draft = any_draft(ledger, &situation);
    let goodness = *choose(ledger, &[0.95_f32, 0.95, 0.7, 0.7, 0.2]);
    let count = *choose(ledger, &[1_u32, 1, 1, 2, 2, 3, 4, 4]);
    let mut comments: Vec<Comment> = Vec::new();
    for _ in 0..count {
        let good = chance(ledger, goodness);
        let mut said = comment(ledger, &situation, &draft, good);
        // Four people seldom use the same words.
        for _ in 0..3 {
            if comments.iter().all(|other| other.reason != said.reason) {
                break;
            }
            said = comment(ledger, &situation, &draft, good);
        }
        comments.push(said);
    }
    // Mostly the harshest is read last; societies may order them otherwise. A hostile voice comes
    // last by itself often enough, since it is seldom the mildest.
    if chance(ledger, 0.6) {
        comments.sort_by_key(|comment| core::cmp::Reverse(comment.rating));
    }
    let reasons: Vec<&str> = comments
        .iter()
        .map(|comment| comment.reason.as_str())
        .collect();
    let prompt = prompt::revision(
        &situation.question(),
        &draft,
        mean_rating(&comments),
        &reasons,
    );
    ledger.settle();
    let advice = heeded(ledger, &comments).map(|comment| comment.advice);
    let hidden = ledger.settle();
    let act = advice.and_then(|advice| act_after(ledger, &situation, advice));
    let completion = match act {
        Some(act) => answer(ledger, &situation, act),
        None => draft,
    };
    Written {
        prompt,
        completion,
        hidden,
        writing: ledger.settle(),
    }
}
