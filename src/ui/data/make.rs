//! Data sets made of the record: which, how, and in whose format.

use super::super::icons;
use super::super::live::{act, flag, maybe, words};
use super::super::state::Page;
use super::{order, pick};
use crate::lab::config::{DataConfig, Mode, RunConfig};
use crate::lab::data_file::{Kind, Wanted};
use crate::lab::imported::RowKind;
use crate::lab::message::ExportKind;
use leptos::prelude::*;

/// Imitation, self-critic, realignment, and the published mixture; after them, that of the run.
const SETS: [[u8; 3]; 4] = [[1, 0, 0], [0, 1, 0], [0, 0, 1], [5, 1, 1]];
/// Shares of the questions that are kept for measuring.
const KEPT: [f32; 4] = [0.0, 0.1, 0.2, 0.5];

/// Whether interactions were brought, which data sets can be made of.
fn has_interactions(page: Page) -> bool {
    page.files.brought.with(|brought| {
        let rows = brought.as_ref().map(|summary| &summary.rows);
        rows.is_some_and(|rows| {
            rows.iter()
                .any(|(kind, _)| !matches!(kind, RowKind::Data(_)))
        })
    })
}

/// The form.
pub fn data_sets(page: Page) -> AnyView {
    let text = &page.text().data;
    let [source, set, rows, method, kept] = [0; 5].map(RwSignal::new);
    let busy = RwSignal::new(false);
    let brought = Memo::new(move |_| has_interactions(page));
    // What was brought is what a visitor wants data sets of; once it is gone, there is the run.
    Effect::new(move || source.set(usize::from(brought.get())));
    let make = move |_| {
        let settings = page
            .view
            .with_untracked(|view| view.config.clone().filter(|_| view.imported.is_none()));
        let RunConfig { training, .. } = settings.unwrap_or_else(|| page.draft.get_untracked());
        let sets = match SETS.get(set.get_untracked()) {
            Some([imitation, self_critic, realignment]) => DataConfig {
                imitation: *imitation,
                self_critic: *self_critic,
                realignment: *realignment,
                dev: 0.0,
            },
            None => training.data,
        };
        let share = KEPT.get(kept.get_untracked()).copied().unwrap_or(0.0);
        let wanted = Wanted {
            sets: DataConfig {
                dev: sets.dev.max(share),
                ..sets
            },
            score: training.score,
            mode: method
                .get_untracked()
                .checked_sub(1)
                .and_then(|place| Mode::ALL.get(place).copied()),
            rows: Kind::ALL
                .get(rows.get_untracked())
                .copied()
                .unwrap_or(Kind::StableAlignment),
        };
        let kind = if source.get_untracked() == 1 {
            ExportKind::ImportedDataSet(wanted)
        } else {
            ExportKind::DataSet(wanted)
        };
        order(page, kind, busy);
    };
    let from = move || {
        brought
            .get()
            .then(|| pick("data-source", text.from, &text.sources, source))
    };
    let line = move || text.set_lines.get(set.get()).copied();
    let label = move || if busy.get() { text.making } else { text.make };
    view! {
        <section aria-labelledby="data-title">
            <h3 id="data-title">{text.title}</h3>
            <p class="aside">{text.hint}</p>
            <div class="data-fields">
                {maybe(from)}
                {pick("data-set", text.set, &text.sets, set)}
                {pick("data-format", text.format, &text.formats, rows)}
                {pick("data-method", text.method, &text.methods, method)}
                {pick("data-kept", text.kept, &text.kept_names, kept)}
            </div>
            <p class="data-make">
                <button type="button" id="make-data" disabled=flag(move || busy.get()) on:click=act(make)>{icons::parcel()}<span>{words(label)}</span></button>
                <span class="aside">{words(line)}</span>
            </p>
        </section>
    }
    .into_any()
}
