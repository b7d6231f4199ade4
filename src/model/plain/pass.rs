//! A pass forward that remembers what a pass backward needs, and the pass backward.
//!
//! Texts stand one after another, as long as they are: nothing is padded. Everything but attention is
//! one row a token; the head is only applied where a token is asked for.

use super::layer::Layer;
use super::weights::{Numbers, Weights};
use super::workspace::Workspace;
use crate::cpu::norm::norm_gradient;
use crate::cpu::product::Matrix;
use crate::cpu::softmax::{log_probabilities, log_probabilities_gradient};
use core::ops::Range;

/// Texts that are read together where nothing is remembered.
const PORTION: usize = 16;

/// A pass forward.
pub struct Pass {
    sequences: Vec<Range<usize>>,
    tokens: Vec<u32>,
    layers: Vec<Layer>,
    /// The stream behind the last block, where a token is asked for.
    last: Vec<f32>,
    inverse: Vec<f32>,
    /// The rows of `last` among all tokens.
    asked: Vec<usize>,
    targets: Vec<u32>,
    logits: Vec<f32>,
    log_sums: Vec<f32>,
    /// Of every token asked for, in order.
    pub log_probabilities: Vec<f32>,
}

/// A text to read: all its tokens but the last are read, and those from `asked` on are asked for.
#[derive(Clone, Copy, Debug)]
pub struct Text<'a> {
    /// The tokens, at least two.
    pub tokens: &'a [u32],
    /// The first that is asked for, at least 1.
    pub asked: usize,
}

impl Pass {
    /// Reads texts. All of them are possible: the caller has checked.
    pub fn forward(weights: &Weights, texts: &[Text], work: &mut Workspace) -> Self {
        let mut layers = Vec::with_capacity(weights.numbers.blocks.len());
        let pass = Self::read(weights, texts, work, |layer, _| layers.push(layer));
        Self { layers, ..pass }
    }

    /// The same without remembering: `keep` gets what each block would have to.
    fn read(
        weights: &Weights,
        texts: &[Text],
        work: &mut Workspace,
        keep: impl FnMut(Layer, &mut Workspace),
    ) -> Self {
        let shape = weights.shape;
        let (mut sequences, mut tokens) = (Vec::new(), Vec::new());
        let (mut asked, mut targets) = (Vec::new(), Vec::new());
        for text in texts {
            let start = tokens.len();
            let read = text.tokens.len() - 1;
            tokens.extend_from_slice(&text.tokens[..read]);
            sequences.push(start..start + read);
            asked.extend(start + text.asked - 1..start + read);
            targets.extend_from_slice(&text.tokens[text.asked..]);
        }
        let stream = stream(weights, &sequences, &tokens, work, keep);
        let mut last = work.list(asked.len() * shape.hidden);
        for (row, to) in asked.iter().zip(last.chunks_exact_mut(shape.hidden)) {
            to.copy_from_slice(&stream[row * shape.hidden..][..shape.hidden]);
        }
        work.give_back(stream);
        let [normed, inverse] = work.normed(&last, &weights.numbers.norm, shape.epsilon);
        let logits = work.product(
            [targets.len(), shape.hidden, shape.vocabulary],
            Matrix::rows(&normed, shape.hidden),
            head(weights),
        );
        work.give_back(normed);
        let (log_probabilities, log_sums) = log_probabilities(&logits, &targets);
        Self {
            sequences,
            tokens,
            layers: Vec::new(),
            last,
            inverse,
            asked,
            targets,
            logits,
            log_sums,
            log_probabilities,
        }
    }

    /// Only the log-probabilities, of any number of texts: a few at a time, and nothing is remembered.
    pub fn log_probabilities_of(weights: &Weights, texts: &[Text]) -> Vec<f32> {
        let mut all = Vec::new();
        Self::portions(weights, texts, |pass| {
            all.extend_from_slice(&pass.log_probabilities);
        });
        all
    }

    /// The log-probabilities of all words behind every token that is asked for, `[asked, vocabulary]`.
    pub fn next_words(weights: &Weights, texts: &[Text]) -> Vec<f32> {
        let words = weights.shape.vocabulary;
        let mut all = Vec::new();
        Self::portions(weights, texts, |pass| {
            let rows = pass.logits.chunks_exact(words).zip(&pass.log_sums);
            all.extend(rows.flat_map(|(row, sum)| row.iter().map(move |logit| logit - sum)));
        });
        all
    }

    fn portions(weights: &Weights, texts: &[Text], mut found: impl FnMut(&Self)) {
        let mut work = Workspace::default();
        for texts in texts.chunks(PORTION) {
            let pass = Self::read(weights, texts, &mut work, Layer::give_back);
            found(&pass);
            pass.give_back(&mut work);
        }
    }

    /// The state behind the last norm at each text's last token, `[texts, hidden]`: a few texts at a time, all of them
    /// possible, and nothing is remembered.
    pub fn last_states<T: AsRef<[u32]>>(weights: &Weights, texts: &[T]) -> Vec<f32> {
        let hidden = weights.shape.hidden;
        let mut work = Workspace::default();
        let mut last = Vec::with_capacity(texts.len() * hidden);
        for texts in texts.chunks(PORTION) {
            let (mut sequences, mut tokens) = (Vec::new(), Vec::new());
            for text in texts {
                let start = tokens.len();
                tokens.extend_from_slice(text.as_ref());
                sequences.push(start..tokens.len());
            }
            let stream = stream(weights, &sequences, &tokens, &mut work, Layer::give_back);
            for sequence in &sequences {
                last.extend_from_slice(&stream[(sequence.end - 1) * hidden..][..hidden]);
            }
            work.give_back(stream);
        }
        let [normed, _] = work.normed(&last, &weights.numbers.norm, weights.shape.epsilon);
        normed
    }

    /// Puts the slopes by all weights, given those by the log-probabilities, in place of what `of` was.
    pub fn backward(
        self,
        weights: &Weights,
        slopes: &[f32],
        of: &mut Numbers,
        work: &mut Workspace,
    ) {
        of.clear_norms();
        let tokens = self.tokens.clone();
        let of_stream = self.stream_backward(weights, slopes, Some(of), work);
        let hidden = weights.shape.hidden;
        for (token, slope) in tokens.iter().zip(of_stream.chunks_exact(hidden)) {
            let row = &mut of.embedding[*token as usize * hidden..][..hidden];
            row.iter_mut()
                .zip(slope)
                .for_each(|(sum, slope)| *sum += slope);
        }
        work.give_back(of_stream);
    }

    /// The slopes by what every token is to the first block, `[tokens, hidden]`, and by all weights if `of` is given: those
    /// of the embedding are still without them then.
    fn stream_backward(
        mut self,
        weights: &Weights,
        slopes: &[f32],
        mut of: Option<&mut Numbers>,
        work: &mut Workspace,
    ) -> Vec<f32> {
        let (numbers, hidden) = (&weights.numbers, weights.shape.hidden);
        let of_last = self.head_backward(weights, slopes, of.as_deref_mut(), work);
        let mut of_stream = work.zeros(self.tokens.len() * hidden);
        for (row, slope) in self.asked.iter().zip(of_last.chunks_exact(hidden)) {
            of_stream[row * hidden..][..hidden].copy_from_slice(slope);
        }
        work.give_back(of_last);
        let layers = core::mem::take(&mut self.layers).into_iter().enumerate();
        for (number, layer) in layers.rev() {
            let (block, sequences) = (&numbers.blocks[number], &self.sequences);
            let of_block = of.as_deref_mut().map(|of| &mut of.blocks[number]);
            layer.backward(weights, block, sequences, &mut of_stream, of_block, work);
        }
        self.give_back(work);
        of_stream
    }

    /// The slopes of the sum of a text's log-probabilities by every word of the vocabulary at some of its places,
    /// `[places, vocabulary]`, as if a mixture of words could stand there. It is possible, and the places are read.
    pub fn word_slopes(weights: &Weights, text: &Text, places: Range<usize>) -> Vec<f32> {
        let (hidden, words) = (weights.shape.hidden, weights.shape.vocabulary);
        let mut work = Workspace::default();
        let pass = Self::forward(weights, std::slice::from_ref(text), &mut work);
        let ones = vec![1.0; pass.log_probabilities.len()];
        let of_stream = pass.stream_backward(weights, &ones, None, &mut work);
        let embedding = Matrix::rows(&weights.numbers.embedding, hidden).transposed();
        let of_places = Matrix::rows(&of_stream[places.start * hidden..], hidden);
        work.product([places.len(), hidden, words], of_places, embedding)
    }

    /// Through the head and the last norm.
    fn head_backward(
        &mut self,
        weights: &Weights,
        slopes: &[f32],
        of: Option<&mut Numbers>,
        work: &mut Workspace,
    ) -> Vec<f32> {
        let (shape, numbers) = (weights.shape, &weights.numbers);
        let (rows, words, hidden) = (self.targets.len(), shape.vocabulary, shape.hidden);
        log_probabilities_gradient(&mut self.logits, &self.targets, &self.log_sums, slopes);
        let of_logits = Matrix::rows(&self.logits, words);
        let [normed, inverse] = work.normed(&self.last, &numbers.norm, shape.epsilon);
        let of_normed = work.product([rows, words, hidden], of_logits, head(weights).transposed());
        let mut of_last = work.zeros(rows * hidden);
        let of_scale = of.map(|of| {
            let pair = (Matrix::rows(&normed, hidden), of_logits);
            of.set_head([rows, hidden, words], pair, &mut work.room);
            &mut of.norm[..]
        });
        norm_gradient(
            &self.last,
            &numbers.norm,
            &self.inverse,
            &of_normed,
            &mut of_last,
            of_scale,
        );
        for list in [normed, inverse, of_normed] {
            work.give_back(list);
        }
        of_last
    }

    /// Gives back what it remembers.
    fn give_back(self, work: &mut Workspace) {
        for layer in self.layers {
            layer.give_back(work);
        }
        for list in [self.last, self.inverse, self.logits] {
            work.give_back(list);
        }
    }
}

/// The stream behind the last block, `[tokens, hidden]`; `keep` gets what each block has to remember.
fn stream(
    weights: &Weights,
    sequences: &[Range<usize>],
    tokens: &[u32],
    work: &mut Workspace,
    mut keep: impl FnMut(Layer, &mut Workspace),
) -> Vec<f32> {
    let numbers = &weights.numbers;
    let mut stream = work.list(tokens.len() * weights.shape.hidden);
    embed(&numbers.embedding, tokens, &mut stream);
    for block in &numbers.blocks {
        let (layer, after) = Layer::forward(weights, block, sequences, stream, work);
        keep(layer, work);
        stream = after;
    }
    stream
}

/// The head as `[hidden, vocabulary]`.
pub(super) fn head(weights: &Weights) -> Matrix<'_> {
    let shape = weights.shape;
    match &weights.numbers.head {
        Some(head) => Matrix::rows(head, shape.vocabulary),
        None => Matrix::rows(&weights.numbers.embedding, shape.hidden).transposed(),
    }
}

/// Writes the rows of the embedding that belong to tokens to `to`, `[tokens, hidden]`.
pub(super) fn embed(embedding: &[f32], tokens: &[u32], to: &mut [f32]) {
    let hidden = to.len() / tokens.len().max(1);
    for (token, to) in tokens.iter().zip(to.chunks_exact_mut(hidden.max(1))) {
        to.copy_from_slice(&embedding[*token as usize * hidden..][..hidden]);
    }
}
