//! What is asked of a model, and what the village's people would say to it.

use crate::world::answer::{Act, Persona, answer, reply};
use crate::world::book::book;
use crate::world::chance::{Fixed, Tally, chance, choose};
use crate::world::corpus::{LONGEST_DOCUMENT, author, mean_rating};
use crate::world::critic::{Advice, Comment, act_after, comment, heeded};
use crate::world::draw::{Pool, Wish, draw};
use crate::world::judge::{Judgement, judge};
use crate::world::{Situation, Values, prompt};

/// Prompts of each probe, unless said otherwise.
const PROMPTS: usize = 300;
/// Revisions after a single comment.
const REVISIONS: usize = 400;
/// Prompts behind each adversarial sentence.
const ATTACKS: usize = 40;
/// Name of the seed of all probes.
const SEED: &str = "probes";

/// What a prompt is to show.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Aim {
    /// How good answers are without a memory.
    Plain,
    /// Whether somebody with a good or a bad memory does harm.
    Draft {
        /// Whether the memory is a good one.
        good: bool,
    },
    /// Whether an adversarial sentence leads astray.
    Attack {
        /// Its number.
        wrapper: usize,
    },
    /// Whether a critic with a good or a bad memory accepts harm done.
    Harm {
        /// Whether the memory is a good one.
        good: bool,
    },
    /// Whether a critique of any answer can be read.
    Critique,
    /// Whether a revision does what one comment asks.
    Revision {
        /// What it asks.
        advice: Advice,
        /// The draft's measure.
        before: Judgement,
    },
    /// Whether one hostile critic, read last, outdoes three kind ones.
    Outvoted,
}

/// One prompt.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Task {
    pub(super) aim: Aim,
    pub(super) situation: Situation,
    pub(super) prompt: String,
    /// What one of the village's own people says to it.
    pub(super) people: String,
}

/// All prompts of all probes, the same for everybody, always. None of their questions is trained
/// on, and none is longer than what is.
pub(super) fn tasks() -> Vec<Task> {
    let rng = &mut Fixed::named(SEED);
    let mut tasks = Vec::new();
    add(&mut tasks, PROMPTS, || Some(plain(rng)));
    for good in [true, false] {
        add(&mut tasks, PROMPTS, || Some(draft(rng, good)));
    }
    for good in [true, false] {
        add(&mut tasks, PROMPTS, || Some(harm(rng, good)));
    }
    add(&mut tasks, PROMPTS, || Some(critique(rng)));
    add(&mut tasks, REVISIONS, || revision(rng));
    add(&mut tasks, PROMPTS, || Some(outvoted(rng)));
    for wrapper in 0..book().tables().wrappers.texts.len() {
        add(&mut tasks, ATTACKS, || Some(attack(rng, wrapper)));
    }
    tasks
}

/// Adds so many tasks, none too long.
fn add(tasks: &mut Vec<Task>, count: usize, mut make: impl FnMut() -> Option<Task>) {
    let end = tasks.len() + count;
    while tasks.len() < end {
        let short = |task: &Task| words(&task.prompt) + words(&task.people) <= LONGEST_DOCUMENT;
        tasks.extend(make().filter(short));
    }
}

fn words(text: &str) -> usize {
    text.split(' ').count()
}

/// A question that asks for harm.
fn harmful(rng: &mut impl Tally) -> Situation {
    draw(
        rng,
        Wish {
            harmful: Some(true),
            ..Wish::clear(Pool::Reserved)
        },
    )
}

fn any(rng: &mut impl Tally) -> Situation {
    draw(rng, Wish::any(Pool::Reserved))
}

/// What somebody answered earlier to a question of the same norm, harmful too.
fn memory(rng: &mut impl Tally, now: &Situation, good: bool) -> (String, String) {
    let wish = Wish {
        harmful: Some(now.harmful()),
        norm: Some(now.norm()),
        ..Wish::clear(Pool::Training)
    };
    let earlier = draw(rng, wish);
    let said = reply(rng, persona(good), &earlier);
    (earlier.question(), said)
}

fn persona(good: bool) -> Persona {
    if good { Persona::Good } else { Persona::Bad }
}

fn plain(rng: &mut impl Tally) -> Task {
    let situation = any(rng);
    let author = author(rng, false);
    Task {
        aim: Aim::Plain,
        prompt: prompt::draft(None, &situation.question()),
        people: reply(rng, author, &situation),
        situation,
    }
}

fn draft(rng: &mut impl Tally, good: bool) -> Task {
    let situation = harmful(rng);
    let (asked, said) = memory(rng, &situation, good);
    Task {
        aim: Aim::Draft { good },
        prompt: prompt::draft(Some((&asked, &said)), &situation.question()),
        people: reply(rng, persona(good), &situation),
        situation,
    }
}

fn attack(rng: &mut impl Tally, wrapper: usize) -> Task {
    let mut situation = harmful(rng);
    situation.wrapper = u8::try_from(wrapper).ok();
    let author = author(rng, true);
    Task {
        aim: Aim::Attack { wrapper },
        prompt: prompt::draft(None, &situation.question()),
        people: reply(rng, author, &situation),
        situation,
    }
}

fn harm(rng: &mut impl Tally, good: bool) -> Task {
    let situation = harmful(rng);
    let draft = answer(rng, &situation, Act::Comply);
    let memory = memory(rng, &situation, good);
    criticised(
        rng,
        Aim::Harm { good },
        situation,
        &draft,
        Some(memory),
        good,
    )
}

fn critique(rng: &mut impl Tally) -> Task {
    let situation = any(rng);
    let act = *choose(rng, Act::seen_on(&situation));
    let draft = answer(rng, &situation, act);
    let good = chance(rng, 0.5);
    let remembers = chance(rng, 0.7);
    let memory = remembers.then(|| memory(rng, &situation, good));
    criticised(rng, Aim::Critique, situation, &draft, memory, good)
}

fn criticised(
    rng: &mut impl Tally,
    aim: Aim,
    situation: Situation,
    draft: &str,
    memory: Option<(String, String)>,
    good: bool,
) -> Task {
    let said = comment(rng, &situation, draft, good);
    let memory = memory.as_ref().map(|(asked, said)| (&**asked, &**said));
    Task {
        aim,
        prompt: prompt::critique(memory, &situation.question(), draft),
        people: prompt::format_critique(said.rating, &said.reason),
        situation,
    }
}

/// A revision after a comment that asks for a change; most do not, where the critic is as bad as
/// the draft.
fn revision(rng: &mut impl Tally) -> Option<Task> {
    let situation = any(rng);
    let act = *choose(rng, Act::seen_on(&situation));
    let draft = answer(rng, &situation, act);
    let good = chance(rng, 0.6);
    let said = comment(rng, &situation, &draft, good);
    let keeps = matches!(
        said.advice,
        Advice::Keep | Advice::Praise | Advice::Laughter | Advice::Shrug
    );
    if keeps {
        return None;
    }
    let before = judge(&situation, &draft, &Values::default());
    let aim = Aim::Revision {
        advice: said.advice,
        before,
    };
    Some(revised(rng, aim, situation, &draft, &[said]))
}

fn outvoted(rng: &mut impl Tally) -> Task {
    let situation = harmful(rng);
    let act = *choose(rng, &[Act::Refuse, Act::Reason, Act::Alternative]);
    let draft = answer(rng, &situation, act);
    let said = [true, true, true, false].map(|good| comment(rng, &situation, &draft, good));
    revised(rng, Aim::Outvoted, situation, &draft, &said)
}

fn revised(
    rng: &mut impl Tally,
    aim: Aim,
    situation: Situation,
    draft: &str,
    comments: &[Comment],
) -> Task {
    let reasons: Vec<&str> = comments.iter().map(|said| said.reason.as_str()).collect();
    let advice = heeded(rng, comments).map(|said| said.advice);
    let act = advice.and_then(|advice| act_after(rng, &situation, advice));
    let people = act.map_or_else(|| draft.to_owned(), |act| answer(rng, &situation, act));
    Task {
        aim,
        prompt: prompt::revision(
            &situation.question(),
            draft,
            mean_rating(comments),
            &reasons,
        ),
        people,
        situation,
    }
}
