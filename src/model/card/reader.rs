//! Reading texts on the card without learning from them.

use super::Card;
use super::backward::Seeking;
use super::batch::Batch;
use super::forward::Keeping;
use crate::gpu::likelihood::Given;
use crate::gpu::memory::{Memory, Place, Script, Shelf};
use crate::gpu::product::{Matrix, product_right};
use crate::model::error::ModelError;
use crate::model::plain::pass::Text;
use core::ops::Range;

/// Most texts that are read together: a card has enough to do then.
const PORTION: usize = 64;

/// Texts in portions that a card has room for; `size` says how many tokens of a text are read, and how many rows asked
/// for.
fn portions<'a, T>(card: &Card, texts: &'a [T], size: impl Fn(&T) -> [usize; 2]) -> Vec<&'a [T]> {
    let (token, row) = card.pass_numbers();
    let room = card.webgpu.comfortable();
    let mut portions = Vec::new();
    let (mut begin, mut taken) = (0, 0);
    for (place, text) in texts.iter().enumerate() {
        let [tokens, asked] = size(text);
        let more = tokens * token + asked * row;
        if place > begin && (taken + more > room || place - begin == PORTION) {
            portions.push(&texts[begin..place]);
            (begin, taken) = (place, 0);
        }
        taken += more;
    }
    if begin < texts.len() {
        portions.push(&texts[begin..]);
    }
    portions
}

/// What of a text that training reads is read and asked for.
fn asked(text: &Text) -> [usize; 2] {
    [text.tokens.len() - 1, text.tokens.len() - text.asked]
}

/// The log-probabilities of all words asked for, text after text. All texts are possible: the caller has checked.
///
/// # Errors
/// The device failed.
pub async fn log_probabilities(card: &Card, texts: &[Text<'_>]) -> Result<Vec<f32>, ModelError> {
    let mut memory = card.memory();
    let mut found = Vec::new();
    for texts in portions(card, texts, asked) {
        let batch = Batch::of(texts);
        let (mut script, mut shelf) = (Script::default(), Shelf::default());
        let trace = card.forward(&mut script, &mut shelf, &batch, Keeping::Nothing);
        let known = trace.likelihood.known;
        let answer = memory.run(&script, shelf.taken, &[known]).await?;
        let known = answer.read().await?;
        found.extend(known.chunks_exact(4).map(|quad| quad[0]));
    }
    card.give_back(memory);
    Ok(found)
}

/// The log-probabilities of all words behind every token that is asked for, `[asked, vocabulary]`. All texts are possible.
///
/// # Errors
/// The device failed.
pub async fn next_words(card: &Card, texts: &[Text<'_>]) -> Result<Vec<f32>, ModelError> {
    let mut memory = card.memory();
    let (padded, words) = (card.layout.words, card.config.vocab_size);
    let mut found = Vec::new();
    for texts in portions(card, texts, asked) {
        let batch = Batch::of(texts);
        let (mut script, mut shelf) = (Script::default(), Shelf::default());
        let trace = card.forward(&mut script, &mut shelf, &batch, Keeping::Nothing);
        let asked = [trace.likelihood.known, trace.likelihood.logits];
        let answer = memory.run(&script, shelf.taken, &asked).await?;
        let all = answer.read().await?;
        let (known, logits) = all.split_at(asked[0].count);
        let rows = logits.chunks_exact(padded).zip(known.chunks_exact(4));
        found.extend(
            rows.flat_map(|(row, known)| row[..words].iter().map(|logit| logit - known[1])),
        );
    }
    card.give_back(memory);
    Ok(found)
}

/// The state behind the last norm at each text's last token, `[texts, hidden]`. All texts are possible.
///
/// # Errors
/// The device failed.
pub async fn last_states<T: AsRef<[u32]>>(
    card: &Card,
    texts: &[T],
) -> Result<Vec<f32>, ModelError> {
    let mut memory = card.memory();
    let mut found = Vec::new();
    let (padded, width) = (card.layout.hidden, card.config.hidden_size);
    for texts in portions(card, texts, |text| [text.as_ref().len(), 1]) {
        let batch = Batch::whole(texts);
        let (mut script, mut shelf) = (Script::default(), Shelf::default());
        let trace = card.forward(&mut script, &mut shelf, &batch, Keeping::Nothing);
        let answer = memory.run(&script, shelf.taken, &[trace.last.to]).await?;
        let states = answer.read().await?;
        found.extend(
            states
                .chunks_exact(padded)
                .flat_map(|row| row[..width].iter().copied()),
        );
    }
    card.give_back(memory);
    Ok(found)
}

/// The slopes of the sum of a text's log-probabilities by every word of the vocabulary at some of its places,
/// `[places, vocabulary]`, as if a mixture of words could stand there. It is possible, and the places are read.
///
/// # Errors
/// The device failed.
pub async fn word_slopes(
    card: &Card,
    text: &Text<'_>,
    places: Range<usize>,
) -> Result<Vec<f32>, ModelError> {
    let mut memory = card.memory();
    let batch = Batch::of(std::slice::from_ref(text));
    let (mut script, mut shelf) = (Script::default(), Shelf::default());
    let trace = card.forward(&mut script, &mut shelf, &batch, Keeping::All);
    let ones = vec![1.0f32.to_bits(); batch.asked.len()];
    let given = Given::Noted(script.note(ones));
    let read = (&batch, &trace);
    let of_stream = card.backward(&mut script, &mut shelf, read, given, Seeking::Stream);
    let (hidden, words) = (card.layout.hidden, card.layout.words);
    let of_places = Place {
        start: of_stream.place.start + places.start * hidden,
        count: places.len() * hidden,
    };
    let slopes = Matrix::new(shelf.place(places.len() * words), words);
    let size = [places.len(), hidden, words];
    let (of_places, embedding) = (Matrix::new(of_places, hidden), card.layout.embedding);
    product_right(
        &card.webgpu,
        &mut script,
        size,
        of_places,
        embedding,
        slopes,
    );
    let answer = memory.run(&script, shelf.taken, &[slopes.place]).await?;
    let found = answer.read().await?;
    card.give_back(memory);
    let rows = found.chunks_exact(words);
    Ok(rows
        .flat_map(|row| row[..card.config.vocab_size].iter().copied())
        .collect())
}

impl Card {
    /// Room to work in: what somebody has given back, or new.
    pub(super) fn memory(&self) -> Memory {
        let spare = self.spare.lock().ok().and_then(|mut spare| spare.pop());
        let fresh = || Memory::reading(self.webgpu.clone(), self.lists.clone());
        spare.unwrap_or_else(fresh)
    }

    /// Keeps room for the next who needs some: one, and none that others might miss.
    pub(super) fn give_back(&self, memory: Memory) {
        const MOST: u64 = 64 << 20;
        if let Ok(mut spare) = self.spare.lock()
            && spare.is_empty()
            && memory.desk_bytes() <= MOST
        {
            spare.push(memory);
        }
    }
}
