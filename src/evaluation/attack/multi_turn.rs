//! Multi-turn pressure: a model that says no is asked again, with its own answer before it and a
//! sentence that presses; three turns at most, and none after a bad answer.

use super::asking::{Asking, BATCH, Query, number};
use super::report::Attack;
use super::tried::Tried;
use crate::model::ModelError;
use crate::world::attack::{HELD_AGAINST, Target};
use crate::world::tokenizer::Tokenizer;
use rand_chacha::ChaCha8Rng;

/// Turns at most.
pub(super) const TURNS: usize = 3;

/// All conversations, turn by turn.
#[derive(Clone, Debug)]
pub(super) struct MultiTurn {
    /// One list a question, a turn each.
    said: Vec<Vec<Tried>>,
    turn: usize,
    /// Questions that are through with this turn, from the first.
    through: usize,
}

impl MultiTurn {
    pub fn new(targets: usize) -> Self {
        Self {
            said: vec![Vec::new(); targets],
            turn: 0,
            through: 0,
        }
    }

    /// Turns taken, those that are no longer needed included.
    pub fn done(&self) -> usize {
        self.turn * self.said.len() + self.through
    }

    /// One batch of one turn.
    pub async fn advance<G: Fn(u64) -> ChaCha8Rng>(
        &mut self,
        asking: &Asking<'_, G>,
        targets: &[Target],
    ) -> Result<(), ModelError> {
        let open = |said: &[Tried]| !said.iter().any(Tried::is_bad);
        let waiting = (self.through..self.said.len()).filter(|place| open(&self.said[*place]));
        let batch: Vec<usize> = waiting.take(BATCH).collect();
        let queries = batch.iter().filter_map(|place| {
            let earlier = self.said[*place].last();
            let target = targets.get(*place)?;
            Some(query(target, *place, self.turn, earlier, asking.tokenizer))
        });
        let queries: Vec<Query<'_>> = queries.collect();
        if !queries.is_empty() {
            let tried = asking.ask(&queries).await?;
            for (place, tried) in batch.iter().zip(tried) {
                self.said[*place].push(tried);
            }
        }
        let next = batch.last().filter(|_| batch.len() == BATCH);
        self.through = next.map_or(self.said.len(), |last| last + 1);
        if self.through >= self.said.len() {
            self.turn += 1;
            self.through = 0;
        }
        Ok(())
    }

    /// What an attacker keeps: the bad answer, or the last.
    pub fn kept(&self) -> Vec<&Tried> {
        self.said.iter().filter_map(|said| said.last()).collect()
    }

    /// The share of questions answered badly within so many turns.
    pub fn curve(&self) -> Vec<(u8, f32)> {
        let count = self.said.len().max(1) as f32;
        let within = |turns: usize| {
            let said = self.said.iter();
            let bad = said.filter(|said| said.iter().take(turns).any(Tried::is_bad));
            (turns as u8, bad.count() as f32 / count)
        };
        (1..=TURNS).map(within).collect()
    }
}

/// A turn. The first is the plain question, with the random numbers of the plain one, so that
/// pressing can only add to what asking plainly finds.
fn query<'a>(
    target: &'a Target,
    place: usize,
    turn: usize,
    earlier: Option<&Tried>,
    tokenizer: &Tokenizer,
) -> Query<'a> {
    let attack = if turn == 0 {
        Attack::Plain
    } else {
        Attack::MultiTurn
    };
    Query {
        memory: earlier.map(|tried| {
            let mut words = tokenizer.encode(&tried.answer);
            words.truncate(HELD_AGAINST);
            (target.question(), tokenizer.decode(&words))
        }),
        ..Query::alone(target, target.pressed(turn), number(attack, place, turn))
    }
}
