//! What an objective sees of an answer, and what it says about it.

/// An answer to a question, as a model finds it.
///
/// Log-probabilities are natural (nats) and at most 0. `mean` and `sum` are over the answer's own
/// tokens, its end token included, never over the question's.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answer {
    /// Mean log-probability a token.
    pub mean: f64,
    /// Sum of the log-probabilities.
    pub sum: f64,
    /// The sum under the reference model; `None` where an objective does without.
    pub reference_sum: Option<f64>,
    /// Rating; higher is better.
    pub score: f64,
    /// Log-probability of each token; empty where only the sums are known. Objectives that look at
    /// single tokens then take every token to be as likely as the mean.
    pub tokens: Vec<f64>,
    /// The same under the reference model, as many or none.
    pub reference_tokens: Vec<f64>,
    /// The same under the model that said it, as many or none.
    pub sampled_tokens: Vec<f64>,
}

impl Answer {
    /// An answer of which every token is known.
    pub fn of(tokens: Vec<f64>, score: f64) -> Self {
        let sum: f64 = tokens.iter().sum();
        Self {
            mean: sum / tokens.len().max(1) as f64,
            sum,
            score,
            tokens,
            ..Self::default()
        }
    }

    /// With what the reference model makes of it.
    pub fn with_reference(mut self, tokens: Vec<f64>) -> Self {
        self.reference_sum = Some(tokens.iter().sum());
        self.reference_tokens = tokens;
        self
    }

    /// How much likelier it is than under the reference model, nats; with no reference, its sum.
    pub fn gain(&self) -> f64 {
        self.sum - self.reference_sum.unwrap_or(0.0)
    }
}

/// What a log-probability is taken by, where a slope is by a whole answer's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// By the mean log-probability a token.
    Mean,
    /// By the sum of the log-probabilities.
    Sum,
    /// By each token's log-probability, all moved alike.
    Token,
}

/// The slope of a loss by an answer's log-probabilities. All three parts add up: token `t` of `n`
/// has the slope `by_mean / n + by_sum + by_token[t]`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Slope {
    /// By the mean.
    pub by_mean: f64,
    /// By the sum.
    pub by_sum: f64,
    /// By each token; empty where no single token matters.
    pub by_token: Vec<f64>,
}

impl Slope {
    /// The slope of one of `count` tokens.
    pub fn of_token(&self, token: usize, count: usize) -> f64 {
        let own = self.by_token.get(token).copied().unwrap_or(0.0);
        self.by_mean / count.max(1) as f64 + self.by_sum + own
    }

    /// The slope in one unit, for an answer of which all tokens move alike.
    pub fn in_unit(&self, unit: Unit) -> f64 {
        match unit {
            Unit::Mean => self.by_mean,
            Unit::Sum => self.by_sum,
            Unit::Token => self.by_token.iter().sum(),
        }
    }
}

/// What one question's answers come to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outcome {
    /// The loss, nats.
    pub loss: f64,
    /// Minus the mean log-probability a token of the best answer, nats.
    pub imitation: f64,
    /// Sum over the pairs of (best, other) of how much likelier a token of the best one is, nats.
    pub margin_sum: f64,
    /// Pairs that still push: the objective asks for more than there is.
    pub active: usize,
    /// Pairs altogether.
    pub pairs: usize,
    /// The loss's slope by each answer.
    pub slopes: Vec<Slope>,
}

impl Outcome {
    /// Nothing yet, for so many answers, with the figures that mean the same for every objective.
    pub(super) fn begin(answers: &[Answer]) -> Self {
        let mut outcome = Self {
            slopes: vec![Slope::default(); answers.len()],
            ..Self::default()
        };
        if let Some(best) = answers.get(best(answers)) {
            outcome.imitation = -best.mean;
        }
        outcome
    }

    /// Notes a pair of a better and a worse answer.
    pub(super) fn pair(&mut self, better: &Answer, worse: &Answer, active: bool) {
        self.pairs += 1;
        self.active += usize::from(active);
        self.margin_sum += better.mean - worse.mean;
    }
}

/// Place of the best answer: the first one, if several have the highest score.
pub(super) fn best(answers: &[Answer]) -> usize {
    best_of(answers.iter().map(|answer| answer.score))
}

/// Place of the highest score: the first one, if several are equal; 0 where there are none.
pub fn best_of(scores: impl Iterator<Item = f64>) -> usize {
    let mut best: Option<(usize, f64)> = None;
    for (place, score) in scores.enumerate() {
        if best.is_none_or(|(_, highest)| score > highest) {
            best = Some((place, score));
        }
    }
    best.map_or(0, |(place, _)| place)
}

/// `ln(1 / (1 + e^-x))`, exact far from 0 too.
pub(super) fn log_sigmoid(x: f64) -> f64 {
    if x >= 0.0 {
        -libm::log1p(libm::exp(-x))
    } else {
        x - libm::log1p(libm::exp(x))
    }
}

/// `1 / (1 + e^-x)`.
pub(super) fn sigmoid(x: f64) -> f64 {
    libm::exp(log_sigmoid(x))
}
