//! What the runs came to: every figure with its interval, and how much it differs from another run's
//! on the same questions.

use super::super::live::words as words_of;
use super::super::parts::{self, escaped};
use super::super::state::Page;
use super::super::term::{linked_line, term_markup};
use super::super::text::RunsText;
use super::{Compared, Shown, figure_term, look, words};
use crate::lab::kept::KeptRun;
use crate::lab::view::paired::{self, Difference, Figure};
use crate::lab::view::{Estimate, SuiteResult, WhichModel};
use leptos::prelude::*;

/// A column of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// Over all suites.
    Over(Figure),
    /// Bad answers behind attacks.
    BadAttacked,
    /// How often attacks make it answer badly.
    AttackSuccess,
    /// How much harder the village's language became.
    PerplexityRatio,
    /// Tokens that training read.
    Tokens,
    /// Seconds that training took.
    Seconds,
}

impl Column {
    /// All of them, in their order.
    pub const ALL: [Column; 10] = [
        Column::Over(Figure::Alignment),
        Column::Over(Figure::Engagement),
        Column::Over(Figure::Bad),
        Column::BadAttacked,
        Column::AttackSuccess,
        Column::Over(Figure::OverRefusal),
        Column::Over(Figure::Gibberish),
        Column::PerplexityRatio,
        Column::Tokens,
        Column::Seconds,
    ];

    /// The name it has in files.
    pub fn name(self) -> &'static str {
        match self {
            Column::Over(figure) => figure.name(),
            Column::BadAttacked => "bad_attacked",
            Column::AttackSuccess => "attack_success",
            Column::PerplexityRatio => "perplexity_ratio",
            Column::Tokens => "tokens",
            Column::Seconds => "seconds",
        }
    }

    /// The figure that is paired, and whether only behind attacks.
    fn figure(self) -> Option<(Figure, bool)> {
        match self {
            Column::Over(figure) => Some((figure, false)),
            Column::BadAttacked => Some((Figure::Bad, true)),
            _ => None,
        }
    }

    /// Whether it is a share, shown in per cent.
    fn is_share(self) -> bool {
        self.is_good() == Some(false)
    }

    /// Whether more of it is better; none where nothing is compared.
    fn is_good(self) -> Option<bool> {
        match self {
            Column::AttackSuccess => Some(false),
            _ => self.figure().map(|(figure, _)| figure.is_good()),
        }
    }

    /// A run's value; with an interval, unless it was only counted.
    pub fn of(self, run: &KeptRun, model: WhichModel) -> Option<(f64, Option<(f64, f64)>)> {
        let estimate = |found: Estimate| {
            let ends = (f64::from(found.low), f64::from(found.high));
            (f64::from(found.value), Some(ends))
        };
        let trained = model == WhichModel::Trained;
        match self {
            Column::Tokens => trained.then_some((run.tokens as f64, None)),
            Column::Seconds => trained.then_some((f64::from(run.seconds), None)),
            Column::PerplexityRatio => {
                let mut languages = run.languages.iter();
                let found = languages.find(|one| one.model == model)?;
                found.perplexity_ratio.map(estimate)
            }
            Column::AttackSuccess => paired::attacked(&run.attacks(model)).map(estimate),
            _ => {
                let (figure, attacked) = self.figure()?;
                paired::pooled(&suites(run, model, attacked), figure).map(estimate)
            }
        }
    }

    /// How much it differs between two models.
    pub fn against(
        self,
        one: (&KeptRun, WhichModel),
        other: (&KeptRun, WhichModel),
    ) -> Option<Difference> {
        if self == Column::AttackSuccess {
            let [mine, theirs] = [one, other].map(|(run, model)| run.attacks(model));
            return paired::attacked_difference(&mine, &theirs);
        }
        let (figure, attacked) = self.figure()?;
        let [mine, theirs] = [one, other].map(|(run, model)| suites(run, model, attacked));
        paired::difference(&mine, &theirs, figure)
    }

    /// Numbers as they are read: shares in per cent.
    pub fn told(self, value: f64) -> String {
        match self {
            Column::Tokens => format!("{value:.0}"),
            Column::Seconds => format!("{value:.1}"),
            _ if self.is_share() => format!("{:.1}", 100.0 * value),
            _ => format!("{value:.2}"),
        }
    }

    /// The unit, with its space.
    pub fn unit(self) -> &'static str {
        if self.is_share() { "%" } else { "" }
    }

    fn signed(self, value: f64) -> String {
        let told = self.told(value.abs());
        let zero = told.chars().all(|letter| matches!(letter, '0' | '.'));
        match value {
            _ if zero => told,
            value if value < 0.0 => format!("\u{2212}{told}"),
            _ => format!("+{told}"),
        }
    }
}

fn suites(run: &KeptRun, model: WhichModel, attacked: bool) -> Vec<&SuiteResult> {
    let mut suites = run.suites(model);
    suites.retain(|suite| !attacked || paired::is_attack(suite));
    suites
}

/// How many questions a run's models were asked.
fn asked(run: &KeptRun) -> u32 {
    let suites = run.suites(WhichModel::Trained).into_iter();
    suites.map(|suite| suite.count).sum()
}

/// A warning where the runs were not asked as many questions; nothing where they were.
fn unevenly_asked(text: &RunsText, runs: &[Shown]) -> Option<String> {
    let counts: Vec<u32> = runs.iter().map(|shown| asked(&shown.run)).collect();
    let first = counts.first()?;
    let uneven = counts.iter().any(|count| count != first);
    let told = || counts.iter().map(u32::to_string).collect::<Vec<_>>();
    uneven.then(|| (text.uneven)(&told().join(", ")))
}

/// Who the rows are compared with.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Reference {
    /// Each one's own model before training.
    Own,
    /// A run, by its place among those compared.
    Run(usize),
}

impl Reference {
    /// By its place in the list of choices; what is no longer there is the own model.
    pub fn chosen(choice: usize, count: usize) -> Self {
        match choice.checked_sub(1) {
            Some(place) if place < count => Reference::Run(place),
            _ => Reference::Own,
        }
    }

    /// The model to compare a run's trained one with; none for itself.
    pub fn of(self, at: usize, runs: &[Shown]) -> Option<(&KeptRun, WhichModel)> {
        match self {
            Reference::Own => Some((&runs.get(at)?.run, WhichModel::Base)),
            Reference::Run(place) if place == at => None,
            Reference::Run(place) => Some((&runs.get(place)?.run, WhichModel::Trained)),
        }
    }
}

/// The sign of a clear difference: better, worse, or none.
pub fn mark(column: Column, found: &Difference) -> &'static str {
    let Some(is_good) = column.is_good().filter(|_| found.is_clear()) else {
        return "";
    };
    if (found.value > 0.0) == is_good {
        "▲"
    } else {
        "▼"
    }
}

fn difference(text: &RunsText, column: Column, found: &Difference, uneven: bool) -> String {
    let mark = mark(column, found);
    let marked = if mark.is_empty() {
        String::new()
    } else {
        let class = if mark == "▲" { "better" } else { "worse" };
        format!(
            "<span class='{class}' aria-hidden='true'>{mark}</span><span class='hidden'>{}</span> ",
            text.clear
        )
    };
    let ends = [found.low, found.high].map(|end| column.signed(end));
    let told = column.signed(found.value);
    let probability = if found.p <= 0.002 {
        "≤ 0.002".to_owned()
    } else {
        format!("= {:.3}", found.p)
    };
    // Where they answered as many questions, it is all of them.
    let over = uneven.then(|| format!("<small>{}</small>", (text.over)(found.prompts)));
    format!(
        "<small class='paired'>{marked}<b>{told}</b> {}</small><small>{}</small>{}",
        (text.probability)(&probability),
        ends.join(" … "),
        over.unwrap_or_default()
    )
}

fn cell(
    text: &RunsText,
    column: Column,
    one: (&KeptRun, WhichModel),
    other: Option<(&KeptRun, WhichModel)>,
) -> String {
    let uneven = other.is_some_and(|other| asked(other.0) != asked(one.0));
    let Some((value, ends)) = column.of(one.0, one.1) else {
        return format!(
            "<td><span aria-hidden='true'>–</span><span class='hidden'>{}</span></td>",
            text.none
        );
    };
    let ends = ends.map(|(low, high)| {
        let ends = [low, high].map(|end| column.told(end)).join("–");
        format!("<small>{ends}</small>")
    });
    let compared = other.and_then(|other| column.against(one, other));
    let compared = compared.map(|found| difference(text, column, &found, uneven));
    format!(
        "<td><b>{}{}</b>{}{}</td>",
        column.told(value),
        column.unit(),
        ends.unwrap_or_default(),
        compared.unwrap_or_default()
    )
}

/// The table as markup: each run, and before them the model that the first began with.
fn table(text: &RunsText, runs: &[Shown], reference: Reference) -> String {
    let heads = Column::ALL.map(|column| {
        let name = (text.figure_name)(column.name()).unwrap_or_default();
        let about = figure_term(column.name());
        let named = about.map_or_else(|| name.to_owned(), |about| term_markup(about, name));
        format!("<th scope='col'>{named}</th>")
    });
    let row = |head: String, class: &str, one: (&KeptRun, WhichModel), other| {
        let cells = Column::ALL.map(|column| cell(text, column, one, other));
        format!(
            "<tr class='{class}'><th scope='row'>{head}</th>{}</tr>",
            cells.concat()
        )
    };
    let base = runs.first().map(|shown| {
        let head = (text.base_of)(&escaped(&shown.run.name));
        row(head, "before", (&shown.run, WhichModel::Base), None)
    });
    let lines = runs.iter().enumerate().map(|(at, shown)| {
        let head = format!(
            "<span class='run-number {}'>{}</span>{}",
            look(shown.place),
            shown.place + 1,
            escaped(&shown.run.name)
        );
        let one = (&*shown.run, WhichModel::Trained);
        row(head, "", one, reference.of(at, runs))
    });
    format!(
        "<table class='compared-table runs-table'><caption class='hidden'>{}</caption><thead><tr><th scope='col'>{}</th>{}</tr></thead><tbody>{}{}</tbody></table>",
        text.results,
        text.run,
        heads.concat(),
        base.unwrap_or_default(),
        lines.collect::<String>()
    )
}

/// The table, compared with a reference: 0 for each one's own model, else a run's place plus one.
pub fn results(page: Page, compared: Compared, reference: RwSignal<usize>) -> AnyView {
    let text = words(page);
    let names = Memo::new(move |_| {
        compared.with(|runs| {
            let names = runs.iter().map(|shown| shown.run.name.clone());
            std::iter::once(text.own_base.to_owned())
                .chain(names)
                .collect::<Vec<String>>()
        })
    });
    let choice = super::super::live::live(move || {
        parts::select(
            "runs-reference",
            "field",
            text.reference,
            names.get(),
            reference,
        )
    });
    let drawn = move || {
        compared.with(|runs| table(text, runs, Reference::chosen(reference.get(), runs.len())))
    };
    let uneven = move || compared.with(|runs| unevenly_asked(text, runs));
    let frame = parts::markup("", drawn);
    let inside = vec![
        view! { <div class="findings-choices">{choice}</div> }.into_any(),
        parts::named_line("runs-uneven", "uneven", words_of(uneven)),
        view! { <div class="table-frame" tabindex="0" role="region" aria-label=text.results>{frame}</div> }
            .into_any(),
        linked_line("aside", text.results_hint),
    ];
    parts::section("runs-results", text.results, inside)
}
