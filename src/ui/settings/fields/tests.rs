//! Every field takes what its range says and nothing the engine would refuse.

use super::*;
use crate::lab::config::{ObjectiveKind, Seat};

/// A configuration that has the field, with as many people as there can be.
fn home(field: Field) -> RunConfig {
    let mut config = RunConfig::default();
    let society = &mut config.society;
    (society.size, society.rounds) = (32, 1);
    society.network = match field {
        Field::Rewiring => Network::SmallWorld {
            reach: 2,
            rewiring: 0.5,
        },
        Field::Reach => Network::Ring { reach: 2 },
        Field::Links => Network::ScaleFree { links: 2 },
        Field::Circles | Field::Bridges => Network::Communities {
            count: 2,
            bridges: 1,
        },
        Field::Drawn => Network::Drawn(Vec::new()),
        _ => Network::Grid,
    };
    match field {
        Field::SecondShare => society.second_mind = SecondMind::Share(0.5),
        Field::SeatAgent => {
            let seat = Seat {
                agent: 5,
                waits: true,
            };
            society.seat = Some(seat);
        }
        Field::Rounds => society.size = 2,
        Field::Imitation => config.training.data.realignment = 1,
        Field::Patience => config.training.data.dev = 0.1,
        Field::Beta | Field::Gamma => config.training.learn_with(ObjectiveKind::SimPo),
        Field::Undesirable | Field::DesirableFrom => {
            config.training.learn_with(ObjectiveKind::Kto);
        }
        _ => {}
    }
    config
}

#[test]
fn every_field_reads_back_what_was_written_and_refuses_what_the_engine_would() {
    for (place, field) in Field::ALL.into_iter().enumerate() {
        assert_eq!(field.index(), place);
        let before = home(field);
        assert!(field.is_there(&before), "{field:?}");
        let range = field.range();
        let values = match field {
            Field::Drawn => ["0-1", "0-1, 4-1023"].map(String::from),
            _ => [range.low, range.high].map(|value| value.to_string()),
        };
        for value in values {
            let mut config = before.clone();
            let taken = field.write(&mut config, &value);
            assert_eq!(taken, Ok(()), "{field:?} takes {value}");
            assert_eq!(field.read(&config), value, "{field:?}");
            assert!(config.validate().is_ok(), "{field:?} at {value}");
        }
        for typed in ["-", ".", "1.2.3", "many", "-3.5", "NaN", "inf", "1e30"] {
            let mut config = before.clone();
            let taken = field.write(&mut config, typed);
            assert!(taken.is_err(), "{field:?} refuses {typed:?}");
            assert_eq!(config, before);
        }
        let mut config = before.clone();
        let takes_nothing = matches!(field, Field::Radius | Field::Drawn);
        assert_eq!(field.write(&mut config, " ").is_ok(), takes_nothing);
        let takes_halves = !range.whole && range.high >= 4.5;
        assert_eq!(field.write(&mut config, "4.5").is_ok(), takes_halves);
    }
}

#[test]
fn a_number_in_range_may_still_not_go_with_the_others() {
    use crate::lab::config::{Happening, What};
    type Spoil = fn(&mut RunConfig);
    let mut config = RunConfig::default();
    let refused = Field::Imitation.write(&mut config, "0");
    assert_eq!(refused, Err(Fault::Beside(Clash::Data)));
    let refused = Field::Patience.write(&mut config, "2");
    assert_eq!(refused, Err(Fault::Beside(Clash::Patience)));
    let cases: [(Spoil, Clash); 5] = [
        (|config| config.society.roles.trolls = 9, Clash::Roles),
        (
            |config| {
                let seat = Seat {
                    agent: 4,
                    waits: false,
                };
                config.society.seat = Some(seat);
            },
            Clash::Seat,
        ),
        (
            |config| config.society.network = Network::Drawn(vec![(0, 8)]),
            Clash::Links,
        ),
        (
            |config| {
                let what = What::Silence {
                    agent: 8,
                    rounds: 1,
                };
                config.society.happenings = vec![Happening { round: 0, what }];
            },
            Clash::Happenings,
        ),
        (|_| (), Clash::Record),
    ];
    for (spoil, clash) in cases {
        let mut config = RunConfig::default();
        config.society.rounds = 100;
        spoil(&mut config);
        assert!(config.validate().is_ok(), "{clash:?}");
        let size = if clash == Clash::Record { "32" } else { "2" };
        let before = config.clone();
        let refused = Field::Size.write(&mut config, size);
        assert_eq!(refused, Err(Fault::Beside(clash)));
        assert_eq!(config, before);
    }
}
