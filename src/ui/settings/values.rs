//! Whose values? A ready-made profile, or a weight for every norm.

use super::controls::{change, folded, radio};
use crate::lab::RunConfig;
use crate::lab::config::{Profile, SocietyConfig, Values, What};
use crate::ui::live::{act, flag, value, words};
use crate::ui::state::Page;
use crate::ui::term::linked;
use leptos::prelude::*;

/// The choice of no profile: weights of one's own.
const OWN: usize = Profile::ALL.len();

/// The profile that values are, by its place; or [`OWN`].
pub fn place(values: &Values) -> usize {
    let profile = Profile::of(values);
    let place = profile.and_then(|found| Profile::ALL.iter().position(|one| *one == found));
    place.unwrap_or(OWN)
}

/// A weight by its place in [`Values::fields`].
fn weight(values: &mut Values, place: usize) -> &mut u8 {
    match place {
        0 => &mut values.property,
        1 => &mut values.privacy,
        2 => &mut values.harm,
        3 => &mut values.honesty,
        4 => &mut values.promises,
        5 => &mut values.fairness,
        6 => &mut values.truth,
        7 => &mut values.safety,
        8 => &mut values.care,
        9 => &mut values.respect,
        _ => &mut values.help,
    }
}

/// The values that observers score by in a round, from 0: those of the settings until others come.
fn in_round(society: &SocietyConfig, round: u16) -> Values {
    let norms = society.happenings.iter().filter_map(|one| match one.what {
        What::Norms(values) if one.round <= round => Some((one.round, values)),
        _ => None,
    });
    // Of several in one round, the last one counts.
    let latest = norms.max_by_key(|(round, _)| *round);
    latest.map_or(society.values, |(_, values)| values)
}

/// Says whose values a round of the run on stage is scored by (the test where none is given), unless
/// they are the village's common ones. It does not follow the view: what a round that was played is
/// scored by never changes.
pub fn by_values(page: Page, round: Option<u16>) -> Option<String> {
    let place = page.view.with_untracked(|view| {
        let config = view.config.as_ref()?;
        let society = &config.society;
        Some(place(
            &round.map_or(society.values, |round| in_round(society, round)),
        ))
    })?;
    let scene = &page.opening().scene;
    (place > 0).then(|| (scene.scored_by)(scene.profiles[place]))
}

/// The choice, and the weights behind it.
pub fn whose(page: Page) -> AnyView {
    let text = &page.text().settings;
    // "Your own" begins with the weights of a profile: it stays chosen while they are still those.
    let begun_with = RwSignal::new(None::<usize>);
    let open = RwSignal::new(false);
    let chosen = Memo::new(move |_| {
        let now = page.draft.with(|draft| place(&draft.society.values));
        if begun_with.get() == Some(now) {
            OWN
        } else {
            now
        }
    });
    let option = move |(at, named): (usize, (&'static str, &'static str))| {
        let pick = move |_| match Profile::ALL.get(at) {
            Some(profile) => {
                begun_with.set(None);
                change(page, |draft| draft.society.values = profile.values());
            }
            None => {
                let now = |draft: &RunConfig| place(&draft.society.values);
                begun_with.set(Some(page.draft.with_untracked(now)));
                open.set(true);
            }
        };
        let id = Profile::ALL.get(at).map_or("own", |profile| profile.name());
        radio(
            format!("values-{id}"),
            "values",
            named,
            flag(move || chosen.get() == at),
            act(pick),
        )
    };
    let slider = move |(at, (name, hint)): (usize, (&'static str, &'static str))| {
        let now = move || {
            let mut values = page.draft.with(|draft| draft.society.values);
            weight(&mut values, at).to_string()
        };
        let slide = move |event: leptos::ev::Event| {
            if let Ok(typed) = event_target_value(&event).parse::<u8>() {
                page.pass_opened();
                page.draft.update(|draft| {
                    *weight(&mut draft.society.values, at) = typed.min(Values::MOST);
                });
            }
        };
        let id = format!("weight-{at}");
        view! {
            <div class="weight">
                <label for=id.clone()>{name}</label>
                <output for=id.clone()>{words(now)}</output>
                // Five points a key press; a link may hold values between, which the output tells.
                <input id=id.clone() type="range" min="0" max=Values::MOST.to_string() step="5"
                    prop:value=value(now) aria-valuetext=value(now) aria-describedby=format!("{id}-hint") on:input=act(slide) />
                <p class="hint" id=format!("{id}-hint")>{hint}</p>
            </div>
        }
        .into_any()
    };
    let weights = view! {
        <p class="hint">{text.weigh_hint}</p>
        <div class="settings-grid">{text.weights.into_iter().enumerate().map(slider).collect_view()}</div>
    };
    let weights = folded("weights", text.weigh, open, weights.into_any());
    let (title, hint) = text.values;
    view! {
        <fieldset class="values" aria-describedby="values-hint">
            <legend>{title}</legend>
            <p class="hint" id="values-hint" inner_html=linked(hint)></p>
            {page.opening().scene.profiles.into_iter().zip(text.profiles).enumerate().map(option).collect_view()}
            {weights}
        </fieldset>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn norms_hold_from_their_round_on() {
        let mut society = SocietyConfig::default();
        let norms = |round, place: usize| crate::lab::config::Happening {
            round,
            what: What::Norms(Profile::ALL[place].values()),
        };
        society.happenings = vec![norms(3, 2), norms(1, 1), norms(3, 3)];
        let places = [0, 1, 2, 3, 9].map(|round| place(&in_round(&society, round)));
        assert_eq!(places, [0, 1, 1, 3, 3]);
    }

    #[test]
    fn every_weight_has_its_slider_and_every_profile_its_place() {
        for (at, (name, _)) in Values::default().fields().into_iter().enumerate() {
            let mut values = Values::default();
            *weight(&mut values, at) = 1;
            assert_eq!(values.fields()[at], (name, 1));
            assert_eq!(place(&values), OWN);
        }
        for (at, profile) in Profile::ALL.into_iter().enumerate() {
            assert_eq!(place(&profile.values()), at);
        }
        assert_eq!(
            Profile::ALL[0],
            Profile::Common,
            "by_values is silent about it"
        );
    }
}
