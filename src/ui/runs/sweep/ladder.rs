//! The ladder of a sweep: methods by figures, sortable, and methods in the plane of two figures.

use super::super::super::chart::common::share;
use super::super::super::chart::figure::{Content, Figure, Mark, signed};
use super::super::super::chart::look;
use super::super::super::chart::view::chart;
use super::super::super::live::{act, live, maybe, value};
use super::super::super::parts::{self, escaped};
use super::super::super::state::Page;
use super::super::super::term::{Term, term_markup};
use super::super::plane;
use super::super::words;
use super::file::{Estimated, Method, Sweep};
use super::{figure_name, is_share, run_button, told};
use leptos::prelude::*;
use std::sync::Arc;

/// The figures of one group: of all questions, or of a suite, by their places.
struct Group {
    suite: String,
    figures: Vec<usize>,
}

fn groups(sweep: &Sweep) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (place, (name, _)) in sweep.figures.iter().enumerate() {
        let suite = name.rsplit_once('.').map_or("", |(suite, _)| suite);
        match groups.iter_mut().find(|group| group.suite == suite) {
            Some(group) => group.figures.push(place),
            None => groups.push(Group {
                suite: suite.to_owned(),
                figures: vec![place],
            }),
        }
    }
    groups
}

fn mean(method: &Method, figure: usize) -> Option<f64> {
    let found: &Option<Estimated> = method.figures.get(figure)?;
    found.as_ref().map(|found| found.mean)
}

/// The methods' places, the best in a figure first and those without it last.
fn sorted(sweep: &Sweep, figure: usize) -> Vec<usize> {
    let lower = sweep.figures.get(figure).is_some_and(|(_, lower)| *lower);
    let worth = |place: &usize| {
        let mean = sweep
            .methods
            .get(*place)
            .and_then(|method| mean(method, figure));
        let sign = if lower { -1.0 } else { 1.0 };
        mean.map_or(f64::NEG_INFINITY, |mean| sign * mean)
    };
    let mut order: Vec<usize> = (0..sweep.methods.len()).collect();
    order.sort_by(|one, other| worth(other).total_cmp(&worth(one)));
    order
}

/// Whether a method can be best in a figure: who learnt nothing paid nothing either, and what it kept of
/// its language is no merit.
fn competes(sweep: &Sweep, method: &Method, figure: &str) -> bool {
    let cost = matches!(figure, "tokens" | "seconds" | "perplexity_ratio");
    let tokens = sweep.figure("tokens").and_then(|place| mean(method, place));
    !cost || tokens.is_none_or(|tokens| tokens >= 0.5)
}

/// The best mean in a figure among those that compete.
fn best(sweep: &Sweep, figure: usize) -> Option<f64> {
    let (name, _) = sweep.figures.get(figure)?;
    let order = sorted(sweep, figure).into_iter();
    let mut methods = order.filter_map(|place| sweep.methods.get(place));
    methods
        .find(|method| competes(sweep, method, name))
        .and_then(|method| mean(method, figure))
}

/// An end of an interval, where the figure can be: an interval of few seeds reaches beyond.
fn within(figure: &str, end: f64) -> f64 {
    let least = match figure.rsplit('.').next().unwrap_or(figure) {
        "alignment" | "engagement" => 1.0,
        "divergence" | "reward_rise" => f64::NEG_INFINITY,
        _ => 0.0,
    };
    let most = match figure.rsplit('.').next().unwrap_or(figure) {
        "alignment" | "engagement" => 7.0,
        _ if is_share(figure) => 1.0,
        _ => f64::INFINITY,
    };
    end.clamp(least, most)
}

/// The way of learning that a method's name begins with.
fn method_term(name: &str) -> Option<Term> {
    const NAMES: [(&str, Term); 14] = [
        ("sft", Term::Sft),
        ("sa-cpo", Term::SaCpo),
        ("paper", Term::SaCpo),
        ("dpo", Term::Dpo),
        ("ipo", Term::Ipo),
        ("rrhf", Term::Rrhf),
        ("slic", Term::Slic),
        ("orpo", Term::Orpo),
        ("simpo", Term::SimPo),
        ("kto", Term::Kto),
        ("unlikelihood", Term::Unlikelihood),
        ("coh", Term::Hindsight),
        ("rlhf", Term::Rlhf),
        ("reward", Term::RewardModel),
    ];
    let named = |(start, _): &&(&str, Term)| {
        let rest = name.strip_prefix(start);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
    };
    NAMES.iter().find(named).map(|(_, term)| *term)
}

/// Name, what it is, what tuning chose, and how much it was tried.
fn head(page: Page, place: usize, method: &Method) -> String {
    let text = words(page);
    let chosen = method
        .chosen
        .iter()
        .map(|(name, value)| format!("{name} {value}"));
    let chosen = chosen.collect::<Vec<String>>().join(", ");
    let name = match method_term(&method.name) {
        Some(about) => term_markup(about, &method.name),
        None => escaped(&method.name),
    };
    format!(
        "<span class='run-number {}'>{}</span><b>{name}</b><small lang='en'>{}</small><small><code>{}</code></small><small>{} · {}</small>",
        super::super::look(place),
        place + 1,
        escaped(&method.about),
        escaped(&chosen),
        (text.seeds)(method.seeds.len() as u32),
        (text.trials)(method.trials)
    )
}

fn cells(page: Page, sweep: &Sweep, method: &Method, figures: &[usize]) -> String {
    let text = words(page);
    let cell = |figure: &usize| {
        let Some(found) = method.figures.get(*figure).copied().flatten() else {
            return format!(
                "<td><span aria-hidden='true'>–</span><span class='hidden'>{}</span></td>",
                text.none
            );
        };
        let name = sweep.figures.get(*figure).map_or("", |(name, _)| name);
        let best = best(sweep, *figure);
        let mark = if best == Some(found.mean) && competes(sweep, method, name) {
            format!(" <em class='best'>{}</em>", text.best)
        } else {
            String::new()
        };
        let ends = found.ends.map(|(low, high)| {
            let ends = [low, high].map(|end| told(name, within(name, end)).0);
            format!("<small>{}</small>", ends.join("–"))
        });
        let (value, unit) = told(name, found.mean);
        format!(
            "<td><b>{value}{unit}</b>{mark}{}</td>",
            ends.unwrap_or_default()
        )
    };
    figures.iter().map(cell).collect()
}

/// The table of methods.
pub fn ladder(page: Page, sweep: Arc<Sweep>) -> AnyView {
    let text = words(page);
    if sweep.methods.is_empty() || sweep.figures.is_empty() {
        return ().into_any();
    }
    let suite_name = |group: &Group| {
        if group.suite.is_empty() {
            text.suites.to_owned()
        } else {
            (page.text().figures.suite_name)(&group.suite)
        }
    };
    let names: Vec<String> = groups(&sweep).iter().map(suite_name).collect();
    let group = RwSignal::new(0usize);
    // The column that sorts; none: as in the file.
    let by = RwSignal::new(None::<usize>);
    let table = move || {
        let groups = groups(&sweep);
        let figures = groups.get(group.get()).map(|group| group.figures.clone());
        let figures = figures.unwrap_or_default();
        let heads = figures.iter().map(|figure| {
            let figure = *figure;
            let lower = sweep.figures.get(figure).is_some_and(|(_, lower)| *lower);
            let name = sweep.figures.get(figure).map_or("", |(name, _)| name);
            let name = figure_name(page, name.rsplit('.').next().unwrap_or(name));
            // The best comes first, be it the least or the most.
            let sort = value(move || {
                let order = if lower { "ascending" } else { "descending" };
                if by.get() == Some(figure) { order } else { "none" }.to_owned()
            });
            let turn = act(move |_| by.set((by.get_untracked() != Some(figure)).then_some(figure)));
            let label = (text.sort)(&name);
            view! { <th scope="col" aria-sort=sort><button type="button" class="quiet" aria-label=label on:click=turn>{name}</button></th> }
                .into_any()
        });
        let heads: Vec<AnyView> = heads.collect();
        let sweep = Arc::clone(&sweep);
        let body = move || {
            let order = match by.get() {
                Some(figure) => sorted(&sweep, figure),
                None => (0..sweep.methods.len()).collect(),
            };
            let row = |place: usize| {
                let method = sweep.methods.get(place)?;
                Some(format!(
                    "<tr><th scope='row'>{}</th>{}</tr>",
                    head(page, place, method),
                    cells(page, &sweep, method, &figures)
                ))
            };
            order.into_iter().filter_map(row).collect::<String>()
        };
        view! {
            <table class="compared-table ladder">
                <caption class="hidden">{text.ladder}</caption>
                <thead><tr><th scope="col">{text.method}</th>{heads}</tr></thead>
                <tbody inner_html=value(body)></tbody>
            </table>
        }
        .into_any()
    };
    let choice = if names.len() > 1 {
        parts::select(
            "sweep-suite",
            "field",
            page.text().figures.suite,
            names,
            group,
        )
    } else {
        ().into_any()
    };
    let inside = vec![
        parts::line("aside", text.ladder_hint),
        view! { <div class="findings-choices">{choice}</div> }.into_any(),
        view! { <div class="table-frame" tabindex="0" role="region" aria-label=text.ladder>{live(table)}</div> }
            .into_any(),
    ];
    parts::section("sweep-ladder", text.ladder, inside)
}

/// The figures of a plane, by their names in the file, and whether less of both is better.
const PLANES: [([&str; 2], bool); 2] = [
    (["alignment", "engagement"], false),
    (["bad_attacked", "over_refusal"], true),
];

/// The methods in the plane of two figures, over all seeds.
fn methods(page: Page, sweep: &Sweep, (names, shares): ([&str; 2], bool)) -> Figure {
    let [across, up] = names.map(|name| sweep.figure(name));
    let of = |method: &Method, figure: Option<usize>| {
        let found = method.figures.get(figure?).copied().flatten()?;
        Some((found.mean, found.ends))
    };
    let mark = |(place, method): (usize, &Method)| {
        Some(Mark {
            sign: (place + 1).to_string(),
            name: method.name.clone(),
            look: look::run(place),
            across: of(method, across)?,
            up: of(method, up)?,
            count: 1,
        })
    };
    let marks = sweep.methods.iter().enumerate().filter_map(mark).collect();
    plane::figure(marks, names.map(|name| figure_name(page, name)), shares)
}

/// The same with each seed: a panel a seed, on common scales. Only those on a seed's own front carry
/// their number. None where the file has no two seeds.
fn by_seed(page: Page, sweep: &Sweep, (names, shares): ([&str; 2], bool)) -> Figure {
    let text = words(page);
    let seeds = sweep.methods.iter().map(|method| &method.seeds);
    let seeds = seeds
        .max_by_key(|seeds| seeds.len())
        .cloned()
        .unwrap_or_default();
    let [across, up] = names.map(|name| sweep.figure(name));
    let panel = |seed: &u64| {
        let of = |method: &Method, figure: Option<usize>| {
            let each = method.each.get(figure?)?;
            // A method that failed with a seed has fewer figures than seeds: nobody knows whose they are.
            let nth = method.seeds.iter().position(|own| own == seed);
            let nth = nth.filter(|_| each.len() == method.seeds.len())?;
            Some((*each.get(nth)?, None))
        };
        let mark = |(place, method): (usize, &Method)| {
            Some(Mark {
                sign: (place + 1).to_string(),
                name: method.name.clone(),
                look: look::run(place),
                across: of(method, across)?,
                up: of(method, up)?,
                count: 1,
            })
        };
        let marks: Vec<Mark> = sweep.methods.iter().enumerate().filter_map(mark).collect();
        let mut figure = plane::figure(marks, names.map(|name| figure_name(page, name)), shares);
        let mut panel = figure.panels.pop()?;
        if let Content::Plane(plane) = &mut panel.content {
            let front = plane.front.clone();
            for mark in &mut plane.marks {
                if front.contains(&(mark.across.0, mark.up.0)) {
                    continue;
                }
                mark.name = signed(&mark.sign, &mark.name);
                mark.sign.clear();
            }
            // What carries a number lies on top.
            plane.marks.sort_by_key(|mark| !mark.sign.is_empty());
            panel.name = (text.seed)(&seed.to_string());
            return (!plane.marks.is_empty()).then_some(panel);
        }
        None
    };
    let mut figure = Figure {
        title: text.by_seed.to_owned(),
        panels: seeds.iter().filter_map(panel).collect(),
        height: 0.0,
        least: 220.0,
    };
    share(&mut figure);
    figure
}

pub fn scatter(page: Page, sweep: Arc<Sweep>) -> AnyView {
    let text = words(page);
    if sweep.methods.is_empty() {
        return ().into_any();
    }
    let chosen = RwSignal::new(0usize);
    let links: Vec<AnyView> = sweep
        .methods
        .iter()
        .filter_map(|method| {
            let label = (text.run_named)(&method.name);
            let link = method.link.as_deref()?;
            Some(run_button(page, link, &label, &label))
        })
        .collect();
    let of = move || PLANES.get(chosen.get()).copied().unwrap_or(PLANES[0]);
    let twin = Arc::clone(&sweep);
    let drawn = Memo::new(move |_| methods(page, &sweep, of()));
    let each = Memo::new(move |_| by_seed(page, &twin, of()));
    let several = Memo::new(move |_| each.with(|figure| figure.panels.len() > 1));
    let seeds = maybe(move || {
        several.get().then(|| {
            let inside = vec![
                parts::line("aside", text.by_seed_methods),
                chart(page, "methods-by-seed", each),
            ];
            parts::section("sweep-seeds", text.by_seed, inside)
        })
    });
    let options = text.planes.map(str::to_owned).into();
    let inside = vec![
        parts::radios("sweep-plane", text.scatter, options, chosen, ().into_any()),
        plane::view(page, "methods", drawn),
        seeds,
        view! { <div class="takes">{links}</div> }.into_any(),
    ];
    parts::section("sweep-scatter", text.scatter, inside)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_learnt_nothing_is_not_the_cheapest_and_intervals_end_where_figures_do() {
        let sweep =
            super::super::file::read(include_str!("../../../../public/findings/ladder.json"))
                .expect("it is read");
        let base = &sweep.methods[0];
        assert_eq!(base.name, "base");
        for name in ["tokens", "seconds", "perplexity_ratio"] {
            let figure = sweep.figure(name).expect(name);
            assert!(!competes(&sweep, base, name), "{name}");
            let best = best(&sweep, figure).expect(name);
            assert!(best > mean(base, figure).expect(name), "{name}: {best}");
            assert!(competes(&sweep, &sweep.methods[1], name));
        }
        assert!(
            competes(&sweep, base, "over_refusal"),
            "who refuses least is best in it"
        );
        assert_eq!(within("tokens", -1.0), 0.0);
        assert_eq!(within("attacks.best_of_n", 1.04), 1.0);
        assert_eq!(within("bias.alignment", 7.2), 7.0);
        assert_eq!(within("training.divergence", -0.3), -0.3);
    }
}
