//! Who hears whom: the shape of the society, with the numbers that only this shape has.

use super::controls::{choice, numbers, passing, switch};
use super::drawn;
use super::fields::Field;
use crate::lab::config::Network;
use crate::ui::live::maybe;
use crate::ui::state::Page;
use leptos::prelude::*;

/// Place in the list of shapes, which is the order of their names in [`crate::ui::text`].
fn place(network: &Network) -> usize {
    match network {
        Network::Grid => 0,
        Network::Ring { .. } => 1,
        Network::SmallWorld { .. } => 2,
        Network::ScaleFree { .. } => 3,
        Network::Complete => 4,
        Network::Communities { .. } => 5,
        Network::Drawn(_) => 6,
        Network::Alone => 7,
    }
}

/// The shape at that place, as one meets it first.
fn shape(place: usize, agents: u16) -> Network {
    match place {
        1 => Network::Ring { reach: 2 },
        2 => Network::SmallWorld {
            reach: 2,
            rewiring: 0.2,
        },
        3 => Network::ScaleFree { links: 2 },
        4 => Network::Complete,
        5 => Network::Communities {
            count: 3,
            bridges: 1,
        },
        6 => Network::Drawn(drawn::beginning(agents)),
        7 => Network::Alone,
        _ => Network::Grid,
    }
}

/// The whole group.
pub fn who_hears_whom(page: Page) -> AnyView {
    let text = &page.text().society;
    let network = choice(
        page,
        "network",
        text.network,
        &text.network_names,
        &text.network_lines,
        |config| Some(place(&config.society.network)),
        |config, at| config.society.network = shape(at, config.society.agents()),
    );
    let is_drawn = Memo::new(move |_| page.draft.with(|draft| Field::Drawn.is_there(draft)));
    let settings = &page.text().settings;
    let local = switch(
        page,
        "local",
        (settings.local, ""),
        |config| config.society.local,
        |config, on| config.society.local = on,
    );
    let global = switch(
        page,
        "global",
        (settings.global, ""),
        |config| config.society.global,
        |config, on| config.society.global = on,
    );
    use Field::*;
    view! {
        <div class="settings-grid">
            {network}
            {passing(page, &[Radius, Reach, Rewiring, Links, Circles, Bridges])}
            {numbers(page, &[Peers])}
        </div>
        {maybe(move || is_drawn.get().then(|| drawn::editor(page)))}
        <div class="settings-grid">{local}{global}{numbers(page, &[Dropout])}</div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::RunConfig;

    #[test]
    fn every_shape_has_its_place_its_fields_and_a_valid_beginning() {
        let all = [
            Field::Radius,
            Field::Reach,
            Field::Rewiring,
            Field::Links,
            Field::Circles,
            Field::Bridges,
            Field::Drawn,
        ];
        let fields = [1, 1, 2, 1, 0, 2, 1, 0];
        for (at, expected) in fields.into_iter().enumerate() {
            for size in [2, 6, 32] {
                let mut config = RunConfig::default();
                config.society.size = size;
                config.society.network = shape(at, config.society.agents());
                assert_eq!(place(&config.society.network), at);
                assert!(config.validate().is_ok(), "{at} for {size}");
                let there = all.into_iter().filter(|field| field.is_there(&config));
                assert_eq!(there.count(), expected, "{at}");
                assert!(crate::lab::share::encode(&config, None).is_ok());
            }
        }
    }
}
