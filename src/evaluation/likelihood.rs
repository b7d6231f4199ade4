//! How likely a model finds given texts: the answers of a multiple choice, documents of the corpus.

use crate::model::log_probabilities::{Example, token_log_probabilities};
use crate::model::parameter::read;
use crate::model::{Llama, ModelError};
use crate::world::chance::Fixed;
use crate::world::choice::{Choice, OPTIONS};
use crate::world::corpus::{self, Document, DocumentKind};
use crate::world::tokenizer::Tokenizer;
use crate::world::{Situation, prompt};

/// Plain documents (a question and an answer) that a model's language is measured on.
pub const DOCUMENTS: usize = 200;
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

/// The first [`DOCUMENTS`] plain documents of the held-out seed.
pub(super) fn documents() -> Vec<Document> {
    let rng = &mut Fixed::named(DOCUMENT_SEED);
    let drawn = std::iter::repeat_with(|| corpus::document(rng));
    let plain = drawn.filter(|document| document.kind == DocumentKind::Plain);
    plain.take(DOCUMENTS).collect()
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

fn example(tokenizer: &Tokenizer, prompt: &str, response: &str) -> Example {
    let mut tokens = tokenizer.encode(prompt);
    let prompt = tokens.len();
    tokens.extend(tokenizer.encode(response));
    tokens.push(tokenizer.eos());
    Example { tokens, prompt }
}

async fn costs(model: &Llama, texts: &[Example]) -> Result<Vec<Cost>, ModelError> {
    let found = token_log_probabilities(model, texts)?;
    let values = read(found.values.without_autodiff()).await?;
    if !values.iter().all(|value| value.is_finite()) {
        return Err(ModelError::NotANumber);
    }
    // Summed here, so that the order of additions is the same on every device.
    let mut values = values.into_iter();
    let sums = found.lengths.into_iter().map(|length| {
        let nats = values.by_ref().take(length);
        let nats: f64 = nats.map(|value| -f64::from(value)).sum();
        (nats, length as u32)
    });
    Ok(sums.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cheapest_text_costs_least_a_token_and_not_in_all() {
        assert_eq!(cheapest(&[(3.0, 2), (4.0, 4), (1.5, 1), (4.0, 4)]), 1);
    }

    #[test]
    fn documents_are_plain_and_always_the_same() {
        let found = documents();
        assert_eq!(found.len(), DOCUMENTS);
        assert!(
            found
                .iter()
                .all(|document| document.kind == DocumentKind::Plain)
        );
        assert_eq!(found, documents());
    }
}
