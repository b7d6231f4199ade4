//! The trainers at work on a tiny model: they learn, they resume to the same bytes, they refuse.

use super::data::QueryGroup;
use super::objective::{Clamp, Flow};
use super::pretrain::{PretrainConfig, Pretrainer, architecture};
use super::trainer::Trainer;
use super::{AlignmentError, ObjectiveKind, TrainingConfig};
use crate::gpu::Site;
use crate::gpu::testing::device;
use crate::model::Llama;
use crate::model::log_probabilities::{Example, token_log_probabilities};
use crate::world::bank::{Upbringing, lessons};
use crate::world::prompt;
use crate::world::tokenizer::Tokenizer;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;

fn rng(seed: u64) -> ChaCha8Rng {
    ChaCha8Rng::seed_from_u64(seed)
}

fn tiny(tokenizer: &Tokenizer) -> Llama {
    Llama::initialise(architecture(tokenizer, 32, 2, 2), &mut rng(1), &Site::Cpu).unwrap()
}

/// Twelve questions, each with a good answer, a bad one and a good one of another question.
fn groups() -> Vec<QueryGroup> {
    let good = lessons(&mut rng(2), Upbringing::Good, 12);
    let bad = lessons(&mut rng(3), Upbringing::Bad, 12);
    let groups = good.iter().enumerate().map(|(index, lesson)| QueryGroup {
        query: lesson.question.clone(),
        responses: vec![
            bad[index].answer.clone(),
            lesson.answer.clone(),
            good[(index + 5) % 12].answer.clone(),
        ],
        scores: vec![1.5, 6.5, 3.0],
        models: vec!["test".into(); 3],
    });
    groups.collect()
}

fn settings(accumulation: u8) -> TrainingConfig {
    TrainingConfig {
        objective: ObjectiveKind::SaCpoAnchored,
        steps: 12,
        questions_per_step: 6,
        accumulation,
        learning_rate: 1e-2,
        ..TrainingConfig::default()
    }
}

fn trainer(config: TrainingConfig) -> Trainer {
    let tokenizer = Tokenizer::village();
    Trainer::new(&tiny(&tokenizer), &groups(), &tokenizer, config, rng(4)).unwrap()
}

fn bits(model: &Llama) -> Vec<u32> {
    let tensors = pollster::block_on(model.to_tensors()).unwrap();
    tensors
        .iter()
        .flat_map(|tensor| tensor.values.iter().map(|value| value.to_bits()))
        .collect()
}

#[test]
fn training_lowers_the_loss_and_leaves_the_base_alone() {
    let tokenizer = Tokenizer::village();
    let base = tiny(&tokenizer);
    let before = bits(&base);
    let mut trainer = Trainer::new(&base, &groups(), &tokenizer, settings(1), rng(4)).unwrap();
    let mut history = Vec::new();
    while !trainer.finished() {
        history.extend(pollster::block_on(trainer.advance()).unwrap());
    }
    assert_eq!(
        history
            .iter()
            .map(|metrics| metrics.step)
            .collect::<Vec<_>>(),
        (1..=12).collect::<Vec<_>>()
    );
    let (first, last) = (history[0], history[11]);
    assert!(
        last.loss < 0.75 * first.loss,
        "{} then {}",
        first.loss,
        last.loss
    );
    assert!(
        last.margin > first.margin,
        "{} then {}",
        first.margin,
        last.margin
    );
    assert!(first.gradient_norm > 0.0 && first.tokens > 0 && (0.0..=1.0).contains(&first.active));
    assert_eq!(bits(&base), before);
    assert_ne!(bits(&trainer.into_model()), before);
}

#[test]
fn micro_batches_add_up_to_the_same_step() {
    let step = |accumulation| {
        let mut trainer = trainer(settings(accumulation));
        for _ in 1..accumulation {
            assert_eq!(pollster::block_on(trainer.advance()).unwrap(), None);
        }
        pollster::block_on(trainer.advance()).unwrap().unwrap()
    };
    let (whole, parts) = (step(1), step(3));
    assert!((whole.loss - parts.loss).abs() < 1e-5 * whole.loss);
    assert!((whole.gradient_norm - parts.gradient_norm).abs() < 1e-4 * whole.gradient_norm);
    assert_eq!(whole.tokens, parts.tokens);
}

#[test]
fn a_resumed_training_ends_with_the_same_bytes() {
    let mut straight = trainer(settings(3));
    let mut interrupted = trainer(settings(3));
    while !straight.finished() {
        pollster::block_on(straight.advance()).unwrap();
    }
    // Four steps and one micro-batch of the fifth, which will be done again.
    for _ in 0..13 {
        pollster::block_on(interrupted.advance()).unwrap();
    }
    let state = pollster::block_on(interrupted.checkpoint()).unwrap();
    let bytes = postcard::to_allocvec(&state).unwrap();
    drop(interrupted);
    let mut resumed = trainer(settings(3))
        .resume(postcard::from_bytes(&bytes).unwrap())
        .unwrap();
    assert_eq!(resumed.step(), 4);
    while !resumed.finished() {
        pollster::block_on(resumed.advance()).unwrap();
    }
    assert_eq!(bits(resumed.model()), bits(straight.model()));

    let other = TrainingConfig {
        steps: 2,
        ..settings(3)
    };
    assert!(matches!(
        trainer(other).resume(state),
        Err(AlignmentError::Checkpoint(_))
    ));
}

#[test]
fn an_exploding_step_leaves_the_weights_as_they_were() {
    let tokenizer = Tokenizer::village();
    let mut tensors = pollster::block_on(tiny(&tokenizer).to_tensors()).unwrap();
    tensors
        .iter_mut()
        .for_each(|tensor| tensor.values.iter_mut().for_each(|value| *value *= 1e30));
    let base =
        Llama::from_tensors(architecture(&tokenizer, 32, 2, 2), tensors, &Site::Cpu).unwrap();
    let mut trainer = Trainer::new(&base, &groups(), &tokenizer, settings(1), rng(4)).unwrap();
    let error = pollster::block_on(trainer.advance()).unwrap_err();
    assert!(
        matches!(
            error,
            AlignmentError::NonFinite {
                step: 1,
                kept: 0,
                ..
            }
        ),
        "{error}"
    );
    assert_eq!(bits(trainer.model()), bits(&base));
}

#[test]
fn data_that_cannot_be_learnt_from_is_named_and_the_rest_is_learnt() {
    let tokenizer = Tokenizer::village();
    let base = tiny(&tokenizer);
    let trainer =
        |groups: &[QueryGroup]| Trainer::new(&base, groups, &tokenizer, settings(1), rng(4));
    let says = |groups: &[QueryGroup]| trainer(groups).err().unwrap().to_string();
    assert!(says(&[]).contains("no answers"));
    let mut damaged = groups();
    damaged[3].responses[1] = "no ".repeat(300);
    damaged[0].scores.pop();
    let lessons = trainer(&damaged).unwrap().lessons().clone();
    assert_eq!((lessons.learnt, lessons.left_out), (10, 2));
    let named = lessons.skipped.iter().map(|one| &one.query);
    assert!(named.eq([&damaged[0].query, &damaged[3].query]));
    let text = says(&damaged[3..4]);
    assert!(
        text.contains(&damaged[3].query) && text.contains("256"),
        "{text}"
    );
    assert!(says(&damaged[..1]).contains("2 scores"));
}

#[test]
fn a_policy_gradient_learns_a_reward_first_and_resumes_to_the_same_bytes() {
    let config = TrainingConfig {
        objective: ObjectiveKind::PolicyGradient,
        steps: 3,
        beta: 0.04,
        learning_rate: 1e-3,
        ..settings(2)
    };
    let mut straight = trainer(config.clone());
    let before = bits(straight.model());
    for _ in 0..3 {
        assert_eq!(pollster::block_on(straight.advance()).unwrap(), None);
        assert_eq!(bits(straight.model()), before, "the reward model learns");
    }
    let mut metrics = Vec::new();
    while !straight.finished() {
        metrics.extend(pollster::block_on(straight.advance()).unwrap());
    }
    assert_eq!(metrics.len(), 3);
    assert!(metrics.iter().all(|one| one.reward.is_some()));
    assert_ne!(bits(straight.model()), before);
    let mut interrupted = trainer(config.clone());
    while interrupted.step() < 1 {
        pollster::block_on(interrupted.advance()).unwrap();
    }
    pollster::block_on(interrupted.advance()).unwrap();
    let state = pollster::block_on(interrupted.checkpoint()).unwrap();
    let mut resumed = trainer(config).resume(state).unwrap();
    while !resumed.finished() {
        pollster::block_on(resumed.advance()).unwrap();
    }
    assert_eq!(bits(resumed.model()), bits(straight.model()));
}

#[test]
fn hindsight_tells_good_answers_from_bad_ones_by_what_is_asked_for() {
    let tokenizer = Tokenizer::village();
    let config = TrainingConfig {
        objective: ObjectiveKind::Hindsight,
        steps: 60,
        ..settings(1)
    };
    let mut trainer = trainer(config);
    while !trainer.finished() {
        pollster::block_on(trainer.advance()).unwrap();
    }
    let model = pollster::block_on(trainer.model().settled()).unwrap();
    // The good answer is likelier than the bad one where a good one is asked for.
    let mean = |group: &QueryGroup, rating: u8, place: usize| {
        let prompt = tokenizer.encode(&prompt::rated(rating, &group.query));
        let answer = tokenizer.encode(&group.responses[place]);
        let example = Example {
            tokens: [prompt.as_slice(), &answer].concat(),
            prompt: prompt.len(),
        };
        let found = token_log_probabilities(&model, &[example]).unwrap();
        found.means().into_scalar::<f32>()
    };
    let mut right = 0;
    for group in &groups() {
        let good = mean(group, 7, 1) - mean(group, 7, 0);
        let bad = mean(group, 2, 1) - mean(group, 2, 0);
        right += u32::from(good > bad);
    }
    assert!(right >= 10, "{right} of 12");
}

#[test]
fn pretraining_learns_and_resumes_to_the_same_bytes() {
    let tokenizer = Tokenizer::village();
    let config = PretrainConfig {
        steps: 24,
        documents: 4,
        learning_rate: 1e-2,
        ..PretrainConfig::default()
    };
    let base = tiny(&tokenizer);
    let start = || Pretrainer::new(config, &base, &tokenizer, rng(5)).unwrap();
    let held_out = |trainer: &Pretrainer| {
        let found = pollster::block_on(trainer.held_out(24, &mut rng(6))).unwrap();
        assert_eq!(found.iter().map(|kind| kind.documents).sum::<u32>(), 24);
        found
            .iter()
            .map(|kind| kind.completion * f64::from(kind.documents))
            .sum::<f64>()
            / 24.0
    };
    let mut straight = start();
    let before = held_out(&straight);
    let mut tokens = 0;
    while let Some(metrics) = pollster::block_on(straight.advance()).unwrap() {
        tokens += u64::from(metrics.tokens);
        assert_eq!(metrics.tokens_so_far, tokens);
    }
    let after = held_out(&straight);
    assert!(after < before - 1.0, "{before} then {after}");
    for pause in [3, 16, 21] {
        let mut interrupted = start();
        for _ in 0..pause {
            pollster::block_on(interrupted.advance()).unwrap();
        }
        let state = pollster::block_on(interrupted.checkpoint()).unwrap();
        let state = postcard::from_bytes(&postcard::to_allocvec(&state).unwrap()).unwrap();
        let mut resumed = Pretrainer::resume(state, &base, &tokenizer).unwrap();
        while pollster::block_on(resumed.advance()).unwrap().is_some() {}
        assert_eq!(
            bits(resumed.model()),
            bits(straight.model()),
            "paused after {pause}"
        );
    }
}

/// What a card works out in one piece is what the host makes of log-probabilities that it reads in between.
#[test]
fn a_step_on_a_card_is_the_step_on_the_host() {
    let Some((opened, _turn)) = device() else {
        return;
    };
    let tokenizer = Tokenizer::village();
    let base = tiny(&tokenizer);
    let steps = |base: &Llama, config: &TrainingConfig| {
        let config = config.clone();
        let mut trainer = Trainer::new(base, &groups(), &tokenizer, config, rng(4)).unwrap();
        let mut history = Vec::new();
        while !trainer.finished() {
            history.extend(pollster::block_on(trainer.advance()).unwrap());
        }
        (history, bits(trainer.model()))
    };
    let sa_cpo = TrainingConfig {
        steps: 3,
        margin: 0.2,
        hinge_weight: 1.0,
        ..settings(1)
    };
    let configs = [
        sa_cpo.clone(),
        TrainingConfig {
            clamp: Clamp::TheMean,
            ..sa_cpo.clone()
        },
        TrainingConfig {
            flow: Flow::Max,
            accumulation: 3,
            ..sa_cpo.clone()
        },
        TrainingConfig {
            objective: ObjectiveKind::SupervisedAll,
            ..sa_cpo.clone()
        },
        TrainingConfig {
            objective: ObjectiveKind::SupervisedBest,
            accumulation: 2,
            ..sa_cpo.clone()
        },
    ];
    for config in &configs {
        let (here, _) = steps(&base, config);
        let (there, moved) = steps(&base.at(&opened.site), config);
        assert_ne!(moved, bits(&base));
        for (here, there) in here.iter().zip(&there) {
            let pairs = [
                (here.loss, there.loss),
                (here.margin, there.margin),
                (here.active, there.active),
                (here.gradient_norm, there.gradient_norm),
            ];
            for (here, there) in pairs {
                assert!(
                    (here - there).abs() < 2e-3 * (1.0 + here.abs()),
                    "{config:?}: {here} {there}"
                );
            }
            assert_eq!((here.step, here.tokens), (there.step, there.tokens));
        }
        // The same bytes again.
        assert!((there, moved) == steps(&base.at(&opened.site), config));
    }
}

/// burn learns the reward there, our kernels the answers.
#[test]
fn a_reward_is_learnt_on_a_card_as_on_the_processor() {
    let Some((opened, _turn)) = device() else {
        return;
    };
    let tokenizer = Tokenizer::village();
    let config = TrainingConfig {
        objective: ObjectiveKind::PolicyGradient,
        steps: 1,
        questions_per_step: 2,
        learning_rate: 1e-3,
        ..settings(1)
    };
    let step = |base: &Llama| {
        let config = config.clone();
        let mut trainer = Trainer::new(base, &groups(), &tokenizer, config, rng(4)).unwrap();
        let mut last = None;
        while !trainer.finished() {
            last = pollster::block_on(trainer.advance()).unwrap();
        }
        let metrics = last.unwrap();
        (metrics, bits(trainer.model()))
    };
    let base = tiny(&tokenizer);
    let (here, _) = step(&base);
    let (there, moved) = step(&base.at(&opened.site));
    assert_ne!(moved, bits(&base));
    let rewards = [here.reward, there.reward].map(Option::unwrap);
    assert!(
        (rewards[0] - rewards[1]).abs() < 1e-3 && rewards[0] != 0.0,
        "{rewards:?}"
    );
    assert!((here.gradient_norm - there.gradient_norm).abs() < 1e-2 * here.gradient_norm);
}

#[test]
fn on_a_card_what_is_no_number_moves_nothing() {
    let Some((opened, _turn)) = device() else {
        return;
    };
    let tokenizer = Tokenizer::village();
    let mut tensors = pollster::block_on(tiny(&tokenizer).to_tensors()).unwrap();
    tensors
        .iter_mut()
        .for_each(|tensor| tensor.values.iter_mut().for_each(|value| *value *= 1e30));
    let config = tiny(&tokenizer).config().clone();
    let base = Llama::from_tensors(config, tensors, &opened.site).unwrap();
    let before = bits(&base);
    let mut trainer = Trainer::new(&base, &groups(), &tokenizer, settings(1), rng(4)).unwrap();
    let error = pollster::block_on(trainer.advance()).unwrap_err();
    assert!(
        matches!(error, AlignmentError::NonFinite { kept: 0, .. }),
        "{error}"
    );
    assert_eq!(bits(trainer.model()), before);
}
