//! Continuing many prompts on the card: a place becomes free when a text ends, and the next prompt takes it.
//!
//! The card chooses words itself and goes on with them, several in one submission; only then does the host look, let
//! go who has ended, and let others in. What was written beyond an end is thrown away. Prompts that begin alike are
//! read once as far as they do.

use super::Card;
use super::batch::Batch;
use super::forward::{Keeping, Trace};
use crate::gpu::attention::share;
use crate::gpu::embedding::drawn;
use crate::gpu::memory::{Place, Script, Shelf};
use crate::gpu::sample::{Choosing, sample};
use crate::model::error::ModelError;
use crate::model::generate::Generated;
use crate::model::sampling::Sampling;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::Rng;

/// Texts that are written at the same time, where there is room for so many.
const PLACES: usize = 256;
/// Words that are written before the host looks.
const STRIDE: usize = 8;
/// Tokens that prompts must share for it to be worth a second pass.
const WORTHWHILE: usize = 8;

/// Somebody at a place.
struct Writing {
    /// Which prompt.
    index: usize,
    /// Words it may still get.
    left: usize,
    /// Tokens it has read.
    read: usize,
    /// The word it reads next, once it has one.
    next: Option<u32>,
}

/// Words to choose together: behind which rows, for whom, and where they go.
struct Chosen {
    places: Vec<usize>,
    to: Place,
}

/// The work of one submission.
struct Round<'a> {
    card: &'a Card,
    script: Script,
    /// Where words go.
    shelf: Shelf,
    /// Where the places of a pass begin, behind all words; every pass uses them anew.
    passes: usize,
    /// Numbers that the longest pass needs.
    desk: usize,
    rows: &'a [Place],
    choosing: Choosing,
    chosen: Vec<Chosen>,
}

impl Round<'_> {
    /// Reads a batch and chooses what stands behind it.
    fn read(
        &mut self,
        batch: &Batch,
        places: Vec<usize>,
        random: impl Iterator<Item = u32>,
    ) -> Trace {
        let script = &mut self.script;
        let to = self.shelf.place(4 * places.len());
        let mut shelf = self.shelf.clone();
        shelf.taken = self.passes;
        let trace = self
            .card
            .forward(script, &mut shelf, batch, Keeping::Rows(self.rows));
        self.desk = self.desk.max(shelf.taken);
        let random = script.note(random);
        let logits = (
            trace.likelihood.logits,
            places.len(),
            self.card.config.vocab_size,
        );
        sample(&self.card.webgpu, script, logits, random, self.choosing, to);
        self.chosen.push(Chosen { places, to });
        trace
    }
}

/// Continues every prompt until a `stop` token, a limit of its own (`rooms`, at least 1) or that of `sampling`.
///
/// # Errors
/// Logits that are not finite, or a device that failed.
pub async fn write(
    card: &Card,
    prompts: &[Vec<u32>],
    rooms: &[usize],
    sampling: &Sampling,
    stop: &[u32],
    generators: &mut [ChaCha8Rng],
) -> Result<Vec<Generated>, ModelError> {
    let mut texts = vec![Generated::default(); prompts.len()];
    let mut waiting: Vec<usize> = (0..prompts.len()).collect();
    waiting.sort_by(|one, two| prompts[*two].cmp(&prompts[*one]).then(two.cmp(one)));
    let both = prompts.iter().zip(rooms);
    let capacity = both
        .map(|(prompt, room)| prompt.len() + room)
        .max()
        .unwrap_or(1);
    let layout = &card.layout;
    // What a place keeps of what it has read, and what reading its prompt takes for a moment.
    let longest = prompts.iter().map(Vec::len).max().unwrap_or(1);
    let (token, row) = card.pass_numbers();
    let place = capacity * layout.row * layout.blocks.len() + longest * token + row;
    let room = card.webgpu.comfortable() / place.max(1);
    let count = PLACES.min(prompts.len()).min(room.max(1));
    let mut kept = Shelf::default();
    let rows = layout
        .blocks
        .iter()
        .map(|_| kept.place(count * capacity * layout.row));
    let rows: Vec<Place> = rows.collect();
    let choosing = Choosing {
        temperature: sampling.temperature,
        top_k: sampling.top_k,
        min_p: sampling.min_p,
    };
    let mut memory = card.memory();
    let mut at: Vec<Option<Writing>> = (0..count).map(|_| None).collect();
    loop {
        let entering = enter(&mut at, &mut waiting, rooms);
        let most = at.iter().flatten().map(|one| one.left).max();
        let Some(most) = most else {
            break;
        };
        let steps = most.min(STRIDE);
        // Each text's own random numbers; how many of them count is known later.
        let mut ahead: Vec<Option<ChaCha8Rng>> = at
            .iter()
            .map(|one| one.as_ref().map(|one| generators[one.index].clone()))
            .collect();
        let mut random = |place: &usize| match &mut ahead[*place] {
            Some(generator) if sampling.temperature > 0.0 => generator.next_u32(),
            _ => 0,
        };
        let mut round = Round {
            card,
            script: Script::default(),
            shelf: kept.clone(),
            // Nobody gets more than a word a step.
            passes: kept.taken + 4 * count * steps,
            desk: 0,
            rows: &rows,
            choosing,
            chosen: Vec::new(),
        };
        begin(&mut round, &at, &entering, prompts, capacity, &mut random);
        // Where each text's newest word will be.
        let mut newest: Vec<u32> = vec![0; count];
        note_newest(&mut newest, &round.chosen);
        for step in 1..steps {
            let mut batch = Batch::default();
            let mut places = Vec::new();
            for (place, one) in at.iter().enumerate() {
                let Some(one) = one.as_ref().filter(|one| one.left > step) else {
                    continue;
                };
                let begun = one.next.map_or(prompts[one.index].len(), |_| one.read + 1);
                batch.asked.push(batch.tokens.len() as u32);
                batch.push(&[newest[place]], begun + step - 1, place * capacity);
                places.push(place);
            }
            let draws: Vec<u32> = places.iter().map(&mut random).collect();
            round.read(&batch, places, draws.into_iter());
            let last = round.chosen.len() - 1;
            note_newest(&mut newest, &round.chosen[last..]);
        }

        let asked: Vec<Place> = round.chosen.iter().map(|chosen| chosen.to).collect();
        let answer = memory.run(&round.script, round.desk, &asked).await?;
        let words = answer.read().await?;
        let mut words = words.chunks_exact(4);
        for chosen in &round.chosen {
            for (place, word) in chosen.places.iter().zip(words.by_ref()) {
                // What stands behind an end is thrown away, whatever it is.
                let Some(one) = &mut at[*place] else {
                    continue;
                };
                if word[2] == 0.0 {
                    return Err(ModelError::NotANumber);
                }
                if sampling.temperature > 0.0 {
                    generators[one.index].next_u32();
                }
                one.read = one.next.map_or(prompts[one.index].len(), |_| one.read + 1);
                let text = &mut texts[one.index];
                text.log_probability += word[1];
                let token = word[0] as u32;
                if stop.contains(&token) {
                    text.finished = true;
                    at[*place] = None;
                    continue;
                }
                text.tokens.push(token);
                one.next = Some(token);
                one.left -= 1;
                if one.left == 0 {
                    at[*place] = None;
                }
            }
        }
    }
    card.give_back(memory);
    Ok(texts)
}

/// Lets waiting prompts take free places; which ones they took.
fn enter(at: &mut [Option<Writing>], waiting: &mut Vec<usize>, rooms: &[usize]) -> Vec<usize> {
    let free = at.iter_mut().enumerate().filter(|(_, one)| one.is_none());
    let mut entering = Vec::new();
    for (place, free) in free {
        let Some(index) = waiting.pop() else {
            break;
        };
        *free = Some(Writing {
            index,
            left: rooms[index],
            read: 0,
            next: None,
        });
        entering.push(place);
    }
    entering
}

/// Everybody's first word of a round: who is there already reads the last one, who has just come a prompt. Those whose
/// prompt begins like another's wait until that is read, and take over what they share.
fn begin(
    round: &mut Round,
    at: &[Option<Writing>],
    entering: &[usize],
    prompts: &[Vec<u32>],
    capacity: usize,
    mut random: impl FnMut(&usize) -> u32,
) {
    let (mut first, mut then) = (Batch::default(), Batch::default());
    let (mut at_first, mut at_then, mut copies) = (Vec::new(), Vec::new(), Vec::new());
    // Whose rows are whole once the first batch is read.
    let mut known: Vec<(usize, &[u32])> = Vec::new();
    for (place, one) in at.iter().enumerate() {
        let Some(one) = one else {
            continue;
        };
        let prompt = &prompts[one.index];
        if entering.contains(&place) {
            let like = known.iter().map(|(other, theirs)| {
                let same = theirs
                    .iter()
                    .zip(prompt)
                    .take_while(|(a, b)| a == b)
                    .count();
                (same.min(prompt.len() - 1), *other)
            });
            let like = like.max_by_key(|(same, other)| (*same, std::cmp::Reverse(*other)));
            if let Some((same, other)) = like.filter(|(same, _)| *same >= WORTHWHILE) {
                copies.push([other * capacity, place * capacity, same]);
                then.push(&prompt[same..], same, place * capacity);
                then.asked.push(then.tokens.len() as u32 - 1);
                at_then.push(place);
                continue;
            }
            first.push(prompt, 0, place * capacity);
        } else if let Some(next) = one.next {
            first.push(&[next], one.read, place * capacity);
        }
        known.push((place, prompt));
        first.asked.push(first.tokens.len() as u32 - 1);
        at_first.push(place);
    }
    let draws: Vec<u32> = at_first.iter().map(&mut random).collect();
    let trace = round.read(&first, at_first, draws.into_iter());
    let (Some(layer), Some(start)) = (trace.layers.first(), round.rows.first()) else {
        return;
    };
    if copies.is_empty() {
        return;
    }
    let apart = round.rows.get(1).map_or(0, |next| next.start - start.start);
    let blocks = (*start, apart, round.rows.len());
    share(
        &round.card.webgpu,
        &mut round.script,
        &layer.attention,
        &copies,
        blocks,
    );
    let draws: Vec<u32> = at_then.iter().map(&mut random).collect();
    round.read(&then, at_then, draws.into_iter());
}

/// Remembers where each text's newest word will be.
fn note_newest(newest: &mut [u32], chosen: &[Chosen]) {
    for chosen in chosen {
        for (number, place) in chosen.places.iter().enumerate() {
            let start = chosen.to.start + 4 * number;
            newest[*place] = drawn(Place { start, count: 4 });
        }
    }
}
