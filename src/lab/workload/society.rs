//! A whole round of a society, and what its time went into.
//!
//! What is done is what a run does (`lab::engine::simulating`), in the same batches, from founding the
//! society to embedding what its second round will ask. Nothing is left out and no part is estimated
//! from fewer agents, so that a cost which grows with the society cannot hide.

use super::Workload;
use crate::gpu::Opened;
use crate::lab::engine::{SPEECH_BATCH, nearest};
use crate::lab::error::LabError;
use crate::lab::seed::{self, Purpose};
use crate::model::{Generated, Sampling, embed, generate};
use crate::society::{self, Prompt, Simulation, SocietyConfig, SocietyEvent, Utterance, Voice};
use crate::world::corpus::{LONGEST_CRITIQUE, LONGEST_REPLY};
use crate::world::{observer, prompt};

/// Questions embedded together, as in a run.
const EMBEDDINGS: usize = 48;

/// Seconds and tokens of the utterances of one purpose.
#[derive(Clone, Copy, Debug, Default, PartialEq, serde::Serialize)]
pub struct Speech {
    /// Reading the prompts, until each has its first new token.
    pub reading: f64,
    /// Writing all that follows.
    pub writing: f64,
    /// Tokens of the prompts.
    pub tokens_read: usize,
    /// New tokens.
    pub tokens_written: usize,
}

/// Seconds of a society's first round, by what they were spent on.
#[derive(Clone, Copy, Debug, Default, PartialEq, serde::Serialize)]
pub struct Round {
    /// Who takes part; each has one interaction.
    pub agents: u32,
    /// Drawing the society and embedding its lessons and first questions: once in its life, not part of the sum.
    pub birth: f64,
    /// Finding what comes to mind.
    pub searching: f64,
    /// Answers.
    pub drafting: Speech,
    /// Ratings with their reasons.
    pub rating: Speech,
    /// Answers, mended.
    pub revising: Speech,
    /// Embedding the questions of the round to come, as far as nobody has asked them before.
    pub embedding: f64,
    /// Prompts, tokens to text, reading what was said, observers, memories, statistics.
    pub society: f64,
}

impl Round {
    /// All of the round.
    pub fn whole(&self) -> f64 {
        let speeches = [self.drafting, self.rating, self.revising];
        let speaking: f64 = speeches.iter().map(|one| one.reading + one.writing).sum();
        self.searching + speaking + self.embedding + self.society
    }
}

/// A society, and somebody who looks at the clock.
struct Player<'a> {
    work: &'a Workload,
    config: SocietyConfig,
    seed: u64,
    clock: &'a dyn Fn() -> f64,
}

impl Workload {
    /// Founds a society on a grid of `side` times `side` and plays its first round; `clock` tells seconds.
    ///
    /// How long prompts take to be read is found by reading them once more beforehand, which is not part
    /// of the sum.
    ///
    /// # Errors
    /// A grid too large or too small, or a device that failed.
    pub async fn round(
        &self,
        opened: &Opened,
        side: u8,
        seed: u64,
        clock: &dyn Fn() -> f64,
    ) -> Result<Round, LabError> {
        let player = Player {
            work: self,
            config: SocietyConfig {
                size: side,
                rounds: 2,
                ..SocietyConfig::default()
            },
            seed,
            clock,
        };
        player.play(opened).await
    }
}

impl Player<'_> {
    async fn play(&self, opened: &Opened) -> Result<Round, LabError> {
        observer::warm();
        let mut rng = seed::generator(self.seed, Purpose::Society);
        let mut round = Round {
            agents: u32::from(self.config.agents()),
            ..Round::default()
        };
        let mut lap = Lap::new(self.clock);
        let mut simulation = Simulation::new(self.config.clone(), &mut rng)?;
        self.embed(&mut simulation).await?;
        round.birth = lap.time();
        if let Some(search) = simulation.needs_search() {
            let found = nearest(opened, &search).await?;
            round.searching = lap.time();
            simulation.supply_found(found, &mut rng)?;
            round.society += lap.time();
        }
        loop {
            let batch = simulation.batch(SPEECH_BATCH);
            let Some((first, _)) = batch.first() else {
                break;
            };
            let purpose = first.purpose;
            let prompts = self.tokens(&batch);
            round.society += lap.time();
            self.say(&batch, &prompts, 1).await?;
            let reading = lap.time();
            let generated = self.say(&batch, &prompts, most_tokens(purpose)).await?;
            let whole = lap.time();
            let speech = match purpose {
                society::Purpose::Draft => &mut round.drafting,
                society::Purpose::Critique => &mut round.rating,
                society::Purpose::Revision => &mut round.revising,
            };
            let reading = reading.min(whole);
            speech.reading += reading;
            speech.writing += whole - reading;
            speech.tokens_read += prompts.iter().map(Vec::len).sum::<usize>();
            speech.tokens_written += generated.iter().map(|one| one.tokens.len()).sum::<usize>();
            let said = self.utterances(&batch, generated);
            let happened = simulation.supply(said, &mut rng)?;
            round.society += lap.time();
            let finished = |event: &SocietyEvent| matches!(event, SocietyEvent::RoundFinished(_));
            if happened.iter().any(finished) {
                break;
            }
        }
        self.embed(&mut simulation).await?;
        round.embedding = lap.time();
        Ok(round)
    }

    async fn embed(&self, simulation: &mut Simulation) -> Result<(), LabError> {
        for batch in simulation.needs_embedding().chunks(EMBEDDINGS) {
            let tokens: Vec<Vec<u32>> = batch
                .iter()
                .map(|question| self.work.tokenizer.encode(&prompt::compared(question)))
                .collect();
            let embeddings = embed(&self.work.model, &tokens).await?;
            let pairs = batch.iter().cloned().zip(embeddings);
            simulation.supply_embeddings(pairs.collect())?;
        }
        Ok(())
    }

    fn tokens(&self, batch: &[(Prompt, bool)]) -> Vec<Vec<u32>> {
        let tokenizer = &self.work.tokenizer;
        let prompts = batch.iter();
        prompts
            .map(|(prompt, _)| tokenizer.encode(&prompt.text))
            .collect()
    }

    async fn say(
        &self,
        batch: &[(Prompt, bool)],
        prompts: &[Vec<u32>],
        most: usize,
    ) -> Result<Vec<Generated>, LabError> {
        let sampling = Sampling::speaking(self.config.temperature, self.config.min_p, most);
        let mut generators: Vec<_> = batch
            .iter()
            .map(|(prompt, _)| seed::stream(self.seed, Purpose::Sampling, prompt.id))
            .collect();
        let stop = [self.work.tokenizer.eos()];
        let model = &self.work.model;
        Ok(generate(model, prompts, &sampling, &stop, &mut generators).await?)
    }

    fn utterances(&self, batch: &[(Prompt, bool)], said: Vec<Generated>) -> Vec<Utterance> {
        let wanted = batch.iter().zip(said).filter(|((_, wanted), _)| *wanted);
        wanted
            .map(|((prompt, _), answer)| Utterance {
                id: prompt.id,
                text: self.work.tokenizer.decode(&answer.tokens),
                log_probability: answer.log_probability,
                by: Voice::Model,
            })
            .collect()
    }
}

/// Time since it was last asked for.
struct Lap<'a> {
    clock: &'a dyn Fn() -> f64,
    last: f64,
}

impl<'a> Lap<'a> {
    fn new(clock: &'a dyn Fn() -> f64) -> Self {
        let last = clock();
        Self { clock, last }
    }

    fn time(&mut self) -> f64 {
        let now = (self.clock)();
        let spent = now - self.last;
        self.last = now;
        spent
    }
}

fn most_tokens(purpose: society::Purpose) -> usize {
    match purpose {
        society::Purpose::Draft | society::Purpose::Revision => LONGEST_REPLY,
        society::Purpose::Critique => LONGEST_CRITIQUE,
    }
}

/// How a cost grows with a size: the exponent of the power law through `(size, cost)` that fits best in
/// logarithms. 1 is linear, less is better; NaN of fewer than two sizes.
pub fn growth(points: &[(f64, f64)]) -> f64 {
    let count = points.len() as f64;
    let logarithms: Vec<(f64, f64)> = points.iter().map(|(x, y)| (x.ln(), y.ln())).collect();
    let mean = |of: fn(&(f64, f64)) -> f64| logarithms.iter().map(of).sum::<f64>() / count;
    let (x, y) = (mean(|point| point.0), mean(|point| point.1));
    let along: f64 = logarithms.iter().map(|p| (p.0 - x) * (p.1 - y)).sum();
    let wide: f64 = logarithms.iter().map(|p| (p.0 - x).powi(2)).sum();
    along / wide
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn growth_is_the_exponent() {
        let of = |exponent: f64| {
            let sizes = [16.0, 100.0, 1024.0_f64];
            growth(&sizes.map(|size| (size, 3.0 * size.powf(exponent))))
        };
        for exponent in [0.9, 1.0, 2.0] {
            assert!((of(exponent) - exponent).abs() < 1e-12, "{}", of(exponent));
        }
        assert!(growth(&[(16.0, 1.0)]).is_nan());
    }

    #[test]
    fn a_round_is_the_sum_of_its_parts_without_the_birth() {
        let speech = |reading, writing| Speech {
            reading,
            writing,
            ..Speech::default()
        };
        let round = Round {
            birth: 100.0,
            searching: 1.0,
            drafting: speech(2.0, 3.0),
            rating: speech(4.0, 5.0),
            revising: speech(6.0, 7.0),
            embedding: 8.0,
            society: 9.0,
            ..Round::default()
        };
        assert_eq!(round.whole(), 45.0);
    }
}
