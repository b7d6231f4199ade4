//! What stands here in a program without WebGPU: a card that nobody ever has.

use crate::model::error::ModelError;
use crate::model::llama::Llama;

/// A network on a graphics card. There is none.
#[derive(Clone, Debug)]
pub enum Card {}

impl Card {
    /// Compiles a kernel.
    ///
    /// # Errors
    /// None: there is no card.
    pub async fn warm(&self) -> Result<bool, ModelError> {
        match *self {}
    }
}

impl Llama {
    /// The weights for our own passes on a graphics card: nothing.
    ///
    /// # Errors
    /// None.
    pub async fn card(&self) -> Result<Option<Card>, ModelError> {
        Ok(None)
    }

    /// The same model with weights that live on a card.
    pub fn led_by(&self, card: Card) -> Self {
        match card {}
    }

    /// The same model with tensors that are what a card has made of them: itself.
    ///
    /// # Errors
    /// None.
    pub async fn settled(&self) -> Result<Self, ModelError> {
        Ok(self.clone())
    }
}

pub mod reader {
    //! Reading texts on a card.

    use super::{Card, ModelError};
    use crate::model::plain::pass::Text;

    /// The log-probabilities of all words asked for.
    ///
    /// # Errors
    /// None: there is no card.
    pub async fn log_probabilities(card: &Card, _: &[Text<'_>]) -> Result<Vec<f32>, ModelError> {
        match *card {}
    }

    /// The log-probabilities of all words behind every token that is asked for.
    ///
    /// # Errors
    /// None: there is no card.
    pub async fn next_words(card: &Card, _: &[Text<'_>]) -> Result<Vec<f32>, ModelError> {
        match *card {}
    }

    /// The state behind the last norm at each text's last token.
    ///
    /// # Errors
    /// None: there is no card.
    pub async fn last_states<T>(card: &Card, _: &[T]) -> Result<Vec<f32>, ModelError> {
        match *card {}
    }
}

pub mod writer {
    //! Continuing prompts on a card.

    use super::{Card, ModelError};
    use crate::model::generate::Generated;
    use crate::model::sampling::Sampling;
    use rand_chacha::ChaCha8Rng;

    /// Continues every prompt.
    ///
    /// # Errors
    /// None: there is no card.
    pub async fn write(
        card: &Card,
        _: &[Vec<u32>],
        _: &[usize],
        _: &Sampling,
        _: &[u32],
        _: &mut [ChaCha8Rng],
    ) -> Result<Vec<Generated>, ModelError> {
        match *card {}
    }
}

pub mod learner {
    //! Learning on a card.

    use super::{Card, ModelError};
    use crate::gpu::adamw::Step;
    use crate::gpu::contrast::{Group, Rule};
    use crate::model::plain::pass::Text;

    /// A network in training on a card.
    #[derive(Debug)]
    pub struct Learner(Card);

    /// Texts that were read and can be learnt from.
    #[derive(Debug)]
    pub struct Reading {
        /// Of every word asked for.
        pub log_probabilities: Vec<f32>,
    }

    impl Learner {
        /// Begins with a network.
        ///
        /// # Errors
        /// None: there is no card.
        pub async fn new(card: &Card) -> Result<Self, ModelError> {
            match *card {}
        }

        /// The same, with moments.
        ///
        /// # Errors
        /// None: there is no card.
        pub async fn restored(
            card: &Card,
            _: &[Vec<f32>],
            _: &[Vec<f32>],
        ) -> Result<Self, ModelError> {
            match *card {}
        }

        /// Reads texts.
        ///
        /// # Errors
        /// None: there is no card.
        pub async fn read(&mut self, _: &[Text<'_>]) -> Result<Reading, ModelError> {
            match self.0 {}
        }

        /// Adds up slopes.
        pub fn learn(&mut self, _: Reading, _: &[f32]) {
            match self.0 {}
        }

        /// Reads, and adds up slopes.
        ///
        /// # Errors
        /// None: there is no card.
        pub async fn pass(
            &mut self,
            _: &[Text<'_>],
            _: (Rule, &[Group]),
            _: Option<&Step>,
        ) -> Result<(Vec<f32>, Option<f32>), ModelError> {
            match self.0 {}
        }

        /// Forgets slopes.
        pub fn forget(&mut self) {
            match self.0 {}
        }

        /// Moves the weights.
        ///
        /// # Errors
        /// None: there is no card.
        pub async fn step(&mut self, _: &Step) -> Result<f32, ModelError> {
            match self.0 {}
        }

        /// The network.
        pub fn card(&self) -> &Card {
            match self.0 {}
        }

        /// First and second moments.
        ///
        /// # Errors
        /// None: there is no card.
        pub async fn moments(&self, _: &[usize]) -> Result<[Vec<Vec<f32>>; 2], ModelError> {
            match self.0 {}
        }
    }
}
