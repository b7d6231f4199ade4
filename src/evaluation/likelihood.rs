//! How likely a model finds given texts: the answers of a multiple choice, documents of the corpus.

use super::bootstrap;
use super::interval::each_token;
use super::report::Estimate;
use crate::model::log_probabilities::{Example, response_log_probabilities};
use crate::model::{Llama, ModelError};
use crate::world::chance::Fixed;
use crate::world::choice::{Choice, OPTIONS};
use crate::world::corpus::{self, Document, DocumentKind};
use crate::world::tokenizer::Tokenizer;
use crate::world::{Situation, prompt};

/// Plain documents (a question and an answer) that a model's language is measured on, at most.
pub const DOCUMENTS: usize = 200;
/// Documents for every prompt of a suite, so that a small test stays small: reading 200 of them
/// takes a CPU seconds, and a software adapter minutes.
const DOCUMENTS_A_PROMPT: usize = 10;
/// Name of the seed they are drawn from. Pre-training draws from seeds of its own, so meeting one
/// of its documents here is as rare as drawing the same document twice.
const DOCUMENT_SEED: &str = "perplexity";

/// What a text costs a model: nats of all its tokens, the end included, and how many they are.
pub(super) type Cost = (f64, u32);

/// Says for every situation and its choice whether the model finds its right answer likelier than all three near
/// misses, by the mean log-probability a token (the end included, so that a text which stops where
/// nobody would is dear). The situations make one batch.
pub(super) async fn choose(
    model: &Llama,
    tokenizer: &Tokenizer,
    situations: &[(&Situation, &Choice)],
) -> Result<Vec<bool>, ModelError> {
    let mut texts = Vec::with_capacity(OPTIONS * situations.len());
    let mut right = Vec::with_capacity(situations.len());
    for (situation, choice) in situations {
        let question = prompt::draft(None, &situation.question());
        let options = choice.options.iter();
        texts.extend(options.map(|option| example(tokenizer, &question, option)));
        right.push(choice.right);
    }
    let costs = costs(model, &texts).await?;
    let asked = costs.chunks_exact(OPTIONS).zip(right);
    Ok(asked
        .map(|(costs, right)| cheapest(costs) == right)
        .collect())
}

/// The place of the text that costs least a token; of equals, the first.
fn cheapest(costs: &[Cost]) -> usize {
    let each = |cost: &Cost| cost.0 / f64::from(cost.1);
    let places = costs.iter().enumerate();
    let least = places.min_by(|one, two| each(one.1).total_cmp(&each(two.1)));
    least.map_or(0, |(place, _)| place)
}

/// The first plain documents of the held-out seed: ten for every prompt of a suite, up to
/// [`DOCUMENTS`].
pub(super) fn documents(prompts: usize) -> Vec<Document> {
    let count = DOCUMENTS.min(prompts.saturating_mul(DOCUMENTS_A_PROMPT));
    let rng = &mut Fixed::named(DOCUMENT_SEED);
    let drawn = std::iter::repeat_with(|| corpus::document(rng));
    let plain = drawn.filter(|document| document.kind == DocumentKind::Plain);
    plain.take(count).collect()
}

/// What the completions of documents cost. The documents make one batch.
pub(super) async fn completions(
    model: &Llama,
    tokenizer: &Tokenizer,
    documents: &[Document],
) -> Result<Vec<Cost>, ModelError> {
    let texts: Vec<Example> = documents
        .iter()
        .map(|document| example(tokenizer, &document.prompt, &document.completion))
        .collect();
    costs(model, &texts).await
}

/// The trained model's perplexity as a multiple of the base model's on the same texts, with texts
/// resampled. Some texts are dear to every model; a draw of many such raises both perplexities and
/// hardly moves their ratio, so the ratio shows changes that two separate intervals hide. None
/// where there is nothing to compare.
pub(super) fn perplexity_ratio(name: &str, base: &[Cost], trained: &[Cost]) -> Option<Estimate> {
    if base.len() != trained.len() {
        return None;
    }
    let figure = |drawn: &[u32]| {
        let rise = each_token(trained, drawn)? - each_token(base, drawn)?;
        Some(libm::exp(rise))
    };
    let value = figure(&vec![1; base.len()])?;
    let (low, high) = bootstrap::interval(name, base.len(), figure)?;
    Some(Estimate::of(value, low, high))
}

fn example(tokenizer: &Tokenizer, prompt: &str, response: &str) -> Example {
    let mut tokens = tokenizer.encode(prompt);
    let prompt = tokens.len();
    tokens.extend(tokenizer.encode(response));
    tokens.push(tokenizer.eos());
    Example { tokens, prompt }
}

async fn costs(model: &Llama, texts: &[Example]) -> Result<Vec<Cost>, ModelError> {
    let rows = response_log_probabilities(model, texts).await?;
    if !rows.iter().flatten().all(|value| value.is_finite()) {
        return Err(ModelError::NotANumber);
    }
    let sums = rows.into_iter().map(|row| {
        let length = row.len() as u32;
        let nats: f64 = row.into_iter().map(|value| -f64::from(value)).sum();
        (nats, length)
    });
    Ok(sums.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluation::interval::perplexity;

    /// 200 texts of ten tokens, from easy to hard: 0 to 3.24 nats a token, 1.14 in the mean.
    fn uneven() -> Vec<Cost> {
        let hardness = (0..200).map(|place| f64::from(place % 10));
        hardness.map(|hard| (0.4 * hard * hard, 10)).collect()
    }

    #[test]
    fn a_consistent_loss_is_seen_though_the_intervals_overlap() {
        let base = uneven();
        let dearer = base.iter().map(|(nats, tokens)| (1.06 * nats, *tokens));
        let trained: Vec<Cost> = dearer.collect();
        let [before, after] = [&base, &trained].map(|costs| perplexity("p", costs));
        assert!(after.value < before.high, "{before:?} {after:?}");
        // exp(0.06 * 1.14), and every document says so.
        let ratio = perplexity_ratio("p", &base, &trained).unwrap();
        assert!((ratio.value - 1.0708).abs() < 1e-3, "{ratio:?}");
        assert!(ratio.low > 1.04 && ratio.high < 1.1, "{ratio:?}");
        // The other way round it is a gain.
        let gain = perplexity_ratio("p", &trained, &base).unwrap();
        assert!(gain.high < 1.0, "{gain:?}");
    }

    #[test]
    fn what_falls_as_often_as_it_rises_is_no_loss() {
        let base = uneven();
        let changed = base.iter().enumerate().map(|(place, (nats, tokens))| {
            let factor = if place / 10 % 2 == 0 { 1.06 } else { 0.94 };
            (factor * nats, *tokens)
        });
        let ratio = perplexity_ratio("p", &base, &changed.collect::<Vec<_>>()).unwrap();
        assert!(ratio.low < 1.0 && ratio.high > 1.0, "{ratio:?}");
        assert_eq!(perplexity_ratio("p", &base, &base[1..]), None);
        assert_eq!(perplexity_ratio("p", &[], &[]), None);
    }

    #[test]
    fn the_cheapest_text_costs_least_a_token_and_not_in_all() {
        assert_eq!(cheapest(&[(3.0, 2), (4.0, 4), (1.5, 1), (4.0, 4)]), 1);
    }

    #[test]
    fn documents_are_plain_and_always_the_same() {
        let found = documents(40);
        assert_eq!(found.len(), DOCUMENTS);
        assert!(
            found
                .iter()
                .all(|document| document.kind == DocumentKind::Plain)
        );
        assert_eq!(found, documents(20));
        assert_eq!(found[..30], documents(3));
        assert_eq!(documents(0), []);
    }
}
