//! Continuing many prompts: a place becomes free when a text ends, and the next prompt takes it.

use super::reader::{Next, Reader};
use super::weights::Weights;
use crate::model::error::ModelError;
use crate::model::generate::Generated;
use crate::model::sampling::{Sampling, choose};
use rand_chacha::ChaCha8Rng;

/// Texts that are written at the same time: more need more memory and are no faster.
const PLACES: usize = 64;

/// Somebody at a place.
struct Writing {
    /// Which prompt.
    index: usize,
    /// Tokens it may still get.
    left: usize,
    /// The token it reads next.
    next: [u32; 1],
    /// It has only just begun: it reads its prompt, which begins as another place's does.
    begins_as: Option<Option<(usize, usize)>>,
}

/// Continues every prompt until a `stop` token, a limit of its own (`rooms`, at least 1) or that of `sampling`.
///
/// # Errors
/// Logits that are not finite.
pub fn write(
    weights: &Weights,
    prompts: &[Vec<u32>],
    rooms: &[usize],
    sampling: &Sampling,
    stop: &[u32],
    generators: &mut [ChaCha8Rng],
) -> Result<Vec<Generated>, ModelError> {
    let mut texts = vec![Generated::default(); prompts.len()];
    // Prompts that begin alike stand beside each other, so that one can take over from the other.
    let mut waiting: Vec<usize> = (0..prompts.len()).collect();
    waiting.sort_by(|one, two| prompts[*two].cmp(&prompts[*one]).then(two.cmp(one)));
    let longest = prompts
        .iter()
        .zip(rooms)
        .map(|(prompt, room)| prompt.len() + room - 1);
    let places = PLACES.min(prompts.len());
    let mut reader = Reader::new(weights, places, longest.max().unwrap_or(0));
    let mut at: Vec<Option<Writing>> = (0..places).map(|_| None).collect();
    let mut logits = Vec::new();
    loop {
        for place in 0..places {
            if at[place].is_none()
                && let Some(index) = waiting.pop()
            {
                let begins_as = Some(likest(&at[..], place, prompts, index));
                let left = rooms[index];
                at[place] = Some(Writing {
                    index,
                    left,
                    next: [0],
                    begins_as,
                });
            }
        }
        // Those that take over from a place stand behind it.
        let there = at
            .iter()
            .enumerate()
            .filter_map(|(place, one)| Some((place, one.as_ref()?)));
        let entries: Vec<Next> = there
            .map(|(text, one)| match one.begins_as {
                Some(begins_as) => {
                    let known = begins_as.map_or(0, |(_, count)| count);
                    Next {
                        text,
                        tokens: &prompts[one.index][known..],
                        begins_as: Some(begins_as.unwrap_or((text, 0))),
                    }
                }
                None => Next {
                    text,
                    tokens: &one.next,
                    begins_as: None,
                },
            })
            .collect();
        if entries.is_empty() {
            return Ok(texts);
        }
        reader.read(&entries, &mut logits);
        let places: Vec<usize> = entries.iter().map(|entry| entry.text).collect();
        for (place, logits) in places
            .into_iter()
            .zip(logits.chunks_exact(weights.shape.vocabulary))
        {
            let Some(one) = &mut at[place] else {
                continue;
            };
            one.begins_as = None;
            let choice = choose(logits, sampling, &mut generators[one.index])?;
            let text = &mut texts[one.index];
            text.log_probability += choice.log_probability;
            if stop.contains(&choice.token) {
                text.finished = true;
                at[place] = None;
                continue;
            }
            text.tokens.push(choice.token);
            one.next = [choice.token];
            one.left -= 1;
            if one.left == 0 {
                at[place] = None;
            }
        }
    }
}

/// The place before `place` whose prompt, begun earlier or just now, shares most with prompt `index`, and how
/// much that is: all but the last token at most, because somebody has to say what comes next.
fn likest(
    at: &[Option<Writing>],
    place: usize,
    prompts: &[Vec<u32>],
    index: usize,
) -> Option<(usize, usize)> {
    let prompt = &prompts[index];
    let shared = at[..place].iter().enumerate().filter_map(|(other, one)| {
        let theirs = prompts[one.as_ref()?.index].iter();
        let count = theirs.zip(prompt).take_while(|(a, b)| a == b).count();
        let count = count.min(prompt.len() - 1);
        (count > 0).then_some((other, count))
    });
    shared.max_by(|one, two| one.1.cmp(&two.1).then(two.0.cmp(&one.0)))
}
