//! Which words of the glossary a setting is about, and the mark that asks for them.
//!
//! The mark stands beside the label and not in it: whoever presses the label means the control.

use super::fields::Field;
use super::stages::look;
use crate::lab::RunConfig;
use crate::lab::config::ObjectiveKind;
use crate::ui::live::live;
use crate::ui::state::Page;
use crate::ui::term::{Term, mark};
use leptos::prelude::*;

/// What a field is about, where that needs explaining.
fn of_field(field: Field) -> Option<Term> {
    Some(match field {
        Field::Size => Term::Society,
        Field::Seed => Term::Seed,
        Field::Peers => Term::Rating,
        Field::Memories | Field::MemoryDistance => Term::Memory,
        Field::ObserverNoise | Field::ObserverBias => Term::Observer,
        Field::Temperature | Field::TestTemperature => Term::Temperature,
        Field::MinP | Field::TestMinP => Term::MinP,
        Field::LearningRate | Field::WarmUp => Term::LearningRate,
        Field::WeightDecay => Term::Weights,
        Field::Clip => Term::GradientNorm,
        Field::Margin | Field::Gamma => Term::Margin,
        Field::Lambda => Term::Hinge,
        Field::Beta => Term::ReferenceModel,
        Field::TestPrompts => Term::Interval,
        Field::Attacks => Term::Attack,
        Field::Stubborn | Field::Trolls | Field::FactCheckers => Term::Role,
        Field::Imitation => Term::Imitation,
        Field::SelfCritic => Term::SelfCritic,
        Field::Realignment => Term::Realignment,
        Field::Kept | Field::Patience => Term::HeldOut,
        _ => return None,
    })
}

/// A way of learning.
fn of_objective(objective: ObjectiveKind) -> Term {
    match objective {
        ObjectiveKind::SaCpoAnchored | ObjectiveKind::SaCpo => Term::SaCpo,
        ObjectiveKind::SupervisedBest
        | ObjectiveKind::SupervisedSampled
        | ObjectiveKind::SupervisedAll => Term::Sft,
        ObjectiveKind::Dpo => Term::Dpo,
        ObjectiveKind::Ipo => Term::Ipo,
        ObjectiveKind::Rrhf => Term::Rrhf,
        ObjectiveKind::Slic => Term::Slic,
        ObjectiveKind::Orpo => Term::Orpo,
        ObjectiveKind::SimPo => Term::SimPo,
        ObjectiveKind::Kto => Term::Kto,
        ObjectiveKind::Unlikelihood => Term::Unlikelihood,
        ObjectiveKind::Hindsight => Term::Hindsight,
        ObjectiveKind::PolicyGradient => Term::Grpo,
    }
}

/// What a choice of a few things is about, by its id; the way of learning hangs on what is chosen.
fn of_choice(id: &str, config: &RunConfig) -> Option<Term> {
    Some(match id {
        "who" => Term::Upbringing,
        "model" => Term::LanguageModel,
        "order" => Term::Rating,
        "lessons" => Term::Record,
        "objective" => of_objective(config.training.objective),
        "score" => Term::Alignment,
        "engine" => Term::Engine,
        _ => return None,
    })
}

/// A label, with a mark beside it where there is something to explain.
fn beside(label: AnyView, mark: Option<AnyView>) -> AnyView {
    match mark {
        None => label,
        Some(mark) => view! { <div class="named">{label}{mark}</div> }.into_any(),
    }
}

fn label(id: String, name: &'static str) -> AnyView {
    view! { <label for=id>{name}</label> }.into_any()
}

fn asking(page: Page, term: Term, name: &'static str) -> AnyView {
    mark(term, (page.opening().frame.asks)(name))
}

/// The label of a field.
pub fn field_label(page: Page, field: Field, id: String, name: &'static str) -> AnyView {
    let mark = of_field(field).map(|term| asking(page, term, name));
    beside(label(id, name), mark)
}

/// The label of a choice.
pub fn choice_label(page: Page, id: &'static str, name: &'static str) -> AnyView {
    let is_there = of_choice(id, &RunConfig::default()).is_some();
    let term = Memo::new(move |_| look(page, |config| of_choice(id, config)));
    let shown = move || {
        let mark = term.get().map(|term| asking(page, term, name));
        mark.unwrap_or_else(|| ().into_any())
    };
    beside(label(id.to_owned(), name), is_there.then(|| live(shown)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_of_learning_has_a_word_of_its_own_or_its_family_s() {
        let names = ObjectiveKind::ALL.map(|kind| of_objective(kind).name());
        let wanted = [
            "sa-cpo",
            "sa-cpo",
            "sft",
            "sft",
            "sft",
            "dpo",
            "ipo",
            "rrhf",
            "slic",
            "orpo",
            "simpo",
            "kto",
            "unlikelihood",
            "chain-of-hindsight",
            "grpo",
        ];
        assert_eq!(names, wanted);
        let mut config = RunConfig::default();
        config.training.objective = ObjectiveKind::Kto;
        assert_eq!(of_choice("objective", &config), Some(Term::Kto));
        assert_eq!(of_choice("preset", &config), None);
    }
}
