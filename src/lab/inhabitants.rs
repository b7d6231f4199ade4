//! Who lives in each preset, known before anything is run: for the pictures of the gallery.
//!
//! Founding a society needs the village's texts, which are no part of the page. What a preset means
//! never changes, so its people are written down once, in `inhabitants.txt`: a line a preset, with
//! its name, how everybody was raised, what they do, and who is linked with whom where that is
//! drawn. A test founds every one of them and compares.

use super::preset::Preset;
use crate::society::{Label, Role};

const WRITTEN: &str = include_str!("inhabitants.txt");

/// The people a preset begins with.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Inhabitants {
    /// How each was raised, and what they do.
    pub people: Vec<(Label, Role)>,
    /// Pairs that are linked, as far as they are drawn: none on the plain grid, whose links are many
    /// and plain to see, and of closed circles only the bridges between them.
    pub links: Vec<(u16, u16)>,
}

impl Inhabitants {
    /// Those of a preset.
    pub fn of(preset: Preset) -> Self {
        let name = preset.name();
        let line = WRITTEN
            .lines()
            .find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
        let mut parts = line.unwrap_or_default().split(' ');
        let mut next = || parts.next().unwrap_or_default();
        let (raised, roles, links) = (next(), next(), next());
        let label = |letter| {
            if letter == 'b' {
                Label::Bad
            } else {
                Label::Good
            }
        };
        let role = |letter| match letter {
            't' => Role::Troll,
            'f' => Role::FactChecker,
            's' => Role::Stubborn,
            _ => Role::Ordinary,
        };
        let pair = |link: &str| {
            let (one, other) = link.split_once('-')?;
            Some((one.parse().ok()?, other.parse().ok()?))
        };
        Self {
            people: raised
                .chars()
                .map(label)
                .zip(roles.chars().map(role))
                .collect(),
            links: links.split(',').filter_map(pair).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::config::Network;
    use crate::lab::seed::{self, Purpose};
    use crate::society::Simulation;
    use crate::society::network::community;

    /// What founding it gives, as it is written down.
    fn founded(preset: Preset) -> String {
        let config = preset.config();
        let rng = &mut seed::generator(config.seed, Purpose::Society);
        let society = Simulation::new(config.society.clone(), rng).unwrap();
        let raised = society.agents().into_iter().map(|one| match one.label {
            Label::Good => 'g',
            Label::Bad => 'b',
        });
        let raised: String = raised.collect();
        let roles = society.agents().into_iter().map(|one| match one.role {
            Role::Ordinary => '.',
            Role::Troll => 't',
            Role::FactChecker => 'f',
            Role::Stubborn => 's',
        });
        let roles: String = roles.collect();
        let pairs = society.links().iter().zip(0u16..).flat_map(|(near, one)| {
            let later = near.iter().filter(move |other| **other > one);
            later.map(move |other| (one, *other))
        });
        let pairs = pairs.collect::<Vec<(u16, u16)>>();
        let drawn = match config.society.network {
            Network::Grid => Vec::new(),
            // Within a circle all are linked: what is worth drawing are the bridges.
            Network::Communities { count, .. } => {
                let circle = |place| community(config.society.agents(), count, place);
                let bridges = pairs.into_iter();
                bridges
                    .filter(|(one, other)| circle(*one) != circle(*other))
                    .collect()
            }
            _ => pairs,
        };
        let links = drawn.iter().map(|(one, other)| format!("{one}-{other}"));
        let links = match links.collect::<Vec<String>>().join(",") {
            none if none.is_empty() => "-".to_owned(),
            links => links,
        };
        format!("{} {raised} {roles} {links}", preset.name())
    }

    #[test]
    fn the_gallery_shows_the_people_who_live_there() {
        let founded: Vec<String> = Preset::ALL.into_iter().map(founded).collect();
        if std::env::var("MORES_GOLDEN").is_ok_and(|wish| wish == "write") {
            let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/lab/inhabitants.txt");
            std::fs::write(path, founded.join("\n") + "\n").unwrap();
            return;
        }
        let written: Vec<&str> = WRITTEN.lines().collect();
        assert_eq!(written, founded);
        for preset in Preset::ALL {
            let people = Inhabitants::of(preset).people;
            assert_eq!(people.len(), usize::from(preset.config().society.agents()));
        }
        let trolls = Inhabitants::of(Preset::TrollsNearby);
        let is_troll = |(_, role): &&(Label, Role)| *role == Role::Troll;
        assert_eq!(trolls.people.iter().filter(is_troll).count(), 4);
        assert_eq!(trolls.links.len(), 72, "two links a person");
        let bridges = Inhabitants::of(Preset::Rumour).links;
        assert_eq!(bridges.len(), 2, "one from each circle to the other");
        assert_eq!(Inhabitants::of(Preset::Village).links, []);
    }
}
