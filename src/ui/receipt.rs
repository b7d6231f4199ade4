//! The receipt: what the run came to, and whether it is what a link promised.

use super::costs::{Cost, but, costs};
use super::live::{live, maybe};
use super::parts;
use super::promise::beside;
use super::settings::fidelity::version;
use super::settings::methods::learnt;
use super::state::Page;
use super::term::{Term, term};
use super::text::{Opening, Text};
use crate::lab::receipt::{Because, Comparison, EngineUsed, PROCESSOR};
use crate::lab::view::SuiteResult;
use crate::lab::{Receipt, RunConfig, RunView, build};
use leptos::prelude::*;

/// Whether two results are the same; and if not what differs and why, in words.
pub fn verdict(text: &Text, mine: &Receipt, promised: &Receipt) -> (bool, String) {
    let home = &text.home;
    let Comparison::Differs {
        record,
        weights,
        headline,
        ..
    } = mine.compare(promised)
    else {
        return (true, home.same.to_owned());
    };
    let parts = [
        (record, home.differs_record),
        (weights, home.differs_weights),
        (headline, home.differs_headline),
    ];
    let named: Vec<&str> = parts
        .into_iter()
        .filter(|(differs, _)| *differs)
        .map(|(_, name)| name)
        .collect();
    let mut words = vec![(home.differs)(&named.join(text.frame.and))];
    words.extend(mine.causes(promised).into_iter().map(|cause| {
        let cause = match cause {
            Because::Engine => home.because_engine,
            Because::Adapter => home.because_adapter,
            Because::Build => home.because_build,
            Because::Unexplained => home.because_unexplained,
        };
        cause.to_owned()
    }));
    (false, words.join(text.promise.space))
}

/// The engine in words; a native one says that it is.
pub fn engine_words(text: &Opening, engine: EngineUsed) -> String {
    let frame = &text.frame;
    match engine {
        EngineUsed::BrowserCpu => frame.engine_cpu.to_owned(),
        EngineUsed::BrowserWebGpu => frame.engine_webgpu.to_owned(),
        EngineUsed::NativeCpu => (frame.native)(frame.engine_cpu),
        EngineUsed::NativeWgpu => (frame.native)(frame.engine_webgpu),
    }
}

/// What it was computed on, in the page's language where that is the browser itself.
pub fn adapter_words(text: &Opening, adapter: &str) -> String {
    let known = adapter == PROCESSOR;
    (if known { text.frame.processor } else { adapter }).to_owned()
}

/// The whole run in one sentence, what it cost included; none without a test.
pub fn outcome(text: &Opening, receipt: &Receipt, tests: &[SuiteResult]) -> Option<String> {
    let headline = receipt.headline;
    let score = |hundredths: u16| format!("{:.2}", f32::from(hundredths) / 100.0);
    let share = |tenths: u16| format!("{}%", (tenths + 5) / 10);
    (headline.alignment_base > 0).then(|| {
        format!(
            "{} {} → {}{}{} {} → {}{}",
            text.scene.alignment,
            score(headline.alignment_base),
            score(headline.alignment_trained),
            text.frame.and,
            text.frame.bad_answers,
            share(headline.bad_base),
            share(headline.bad_trained),
            but(text, &costs(tests)),
        )
    })
}

fn lines(text: &'static Text, receipt: &Receipt, costs: &[Cost], method: String) -> AnyView {
    let home = &text.home;
    let headline = receipt.headline;
    let score = |hundredths: u16| format!("{:.2}", f32::from(hundredths) / 100.0);
    let share = |tenths: u16| format!("{:.1}%", f32::from(tenths) / 10.0);
    let result = format!(
        "{} {} → {}{}{} {} → {}{}",
        home.headline_alignment,
        score(headline.alignment_base),
        score(headline.alignment_trained),
        text.frame.and,
        text.frame.bad_answers,
        share(headline.bad_base),
        share(headline.bad_trained),
        but(text, costs),
    );
    let rows = [
        (text.fidelity.method, method, None),
        (home.build, receipt.build.clone(), None),
        (
            home.engine,
            engine_words(text, receipt.engine),
            Some(Term::Engine),
        ),
        (home.adapter, adapter_words(text, &receipt.adapter), None),
        (
            home.record_digest,
            receipt.record_short(),
            Some(Term::Digest),
        ),
        (
            home.weights_digest,
            receipt.weights_short(),
            Some(Term::Digest),
        ),
        (home.headline, result, None),
    ];
    let row = |(name, value, about): (&'static str, String, Option<Term>)| {
        let name = match about {
            Some(about) => term(about, name),
            None => name.into_any(),
        };
        let value = if about == Some(Term::Digest) {
            view! { <code>{value}</code> }.into_any()
        } else {
            value.into_any()
        };
        view! { <dt>{name}</dt><dd>{value}</dd> }
    };
    view! { <dl>{rows.map(row).collect_view()}</dl> }.into_any()
}

#[component]
pub fn ReceiptSlip() -> impl IntoView {
    let page = Page::here();
    let text = page.text();
    let home = &text.home;
    let receipt = Memo::new(move |_| page.view.with(|view| view.receipt.clone()));
    let method = move || {
        let method = |config: &RunConfig| {
            let version = text.fidelity.modes[version(config)].0;
            match learnt(config) {
                nothing if nothing.is_empty() => version.to_owned(),
                learnt => format!("{learnt} · {version}"),
            }
        };
        let config = |view: &RunView| view.config.as_ref().map(method);
        page.view.with_untracked(config).unwrap_or_default()
    };
    let promised = Memo::new(move |_| {
        let (wanted, promised) = page.promised.get()?;
        let in_force = page.view.with(|view| {
            let config = view.config.as_ref();
            config.is_some_and(|config| Page::is_same_run(config, &wanted))
        });
        in_force.then_some(promised)
    });
    let sentence = move || {
        let (same, words) = verdict(text, &receipt.get()?, &promised.get()?);
        Some(view! { <p class="verdict-line" id="comparison" data-same=same.to_string()>{words}</p> }.into_any())
    };
    let beside = move || {
        let promised = promised.get()?;
        let table = move || receipt.with(|mine| beside::table(page, mine.as_ref(), &promised));
        Some(parts::markup("", table))
    };
    view! {
        <section class="receipt" aria-labelledby="receipt-title">
            <h3 id="receipt-title">{term(Term::Receipt, home.receipt)}</h3>
            {live(move || match receipt.get() {
                // Beside a promise, all but the method stands in the table of both.
                Some(_) if promised.with(Option::is_some) => view! { <dl><dt>{text.fidelity.method}</dt><dd>{method()}</dd></dl> }.into_any(),
                Some(receipt) => {
                    let costs = page.view.with_untracked(|view| costs(&view.tests));
                    lines(text, &receipt, &costs, method())
                }
                None => view! { <p class="aside">{home.receipt_none}</p><dl><dt>{home.build}</dt><dd>{build::id()}</dd></dl> }.into_any(),
            })}
            <div aria-live="polite">{maybe(sentence)}</div>
            {maybe(beside)}
        </section>
    }
    .into_any()
}
