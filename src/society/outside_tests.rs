//! Shapes, roles, a person in a seat, and what happens to a society from outside.

use super::luck::Luck;
use super::scripted::{Manner, Saying, Scripted, now, played, small, told};
use super::*;
use crate::world::prompt::format_critique;
use crate::world::values::{Profile, Values};
use proptest::prelude::*;

fn plain(prompt: &Prompt) -> String {
    match prompt.purpose {
        Purpose::Draft => format!("draft {}", prompt.agent),
        Purpose::Critique => format_critique(4, "so ."),
        Purpose::Revision => format!("revision {}", prompt.agent),
    }
}

#[test]
fn peers_come_from_the_network() {
    let ring = SocietyConfig {
        network: Network::Ring { reach: 1 },
        peers: 16,
        ..small()
    };
    for one in told(ring, plain).record() {
        let mut peers = one.target_id.clone();
        peers.sort_unstable();
        let mut beside = [(one.agent_id + 1) % 9, (one.agent_id + 8) % 9];
        beside.sort_unstable();
        assert_eq!(peers, beside);
    }
    let alone = SocietyConfig {
        network: Network::Alone,
        ..small()
    };
    for one in told(alone, plain).record() {
        assert_eq!(one.target_id, [one.agent_id], "everybody asks themselves");
    }
}

#[test]
fn roles_speak_for_themselves_and_the_rest_by_their_models() {
    let config = SocietyConfig {
        roles: Roles {
            stubborn: 2,
            trolls: 1,
            fact_checkers: 1,
        },
        second_mind: SecondMind::Bad,
        ..small()
    };
    let run = told(config, plain);
    let role = |id: u16| run.agents()[usize::from(id)].role;
    let count = |wanted| run.agents().iter().filter(|a| a.role == wanted).count();
    assert_eq!(Role::ALL.map(count), [5, 2, 1, 1]);
    let mut heard = 0;
    for one in run.record() {
        assert_eq!(one.role, role(one.agent_id));
        assert_eq!(one.mind, u8::from(one.label == Label::Bad));
        let voices = (one.draft_by, one.revision_by);
        let expected = match one.role {
            Role::Ordinary | Role::FactChecker => (Voice::Model, Voice::Model),
            Role::Stubborn => (Voice::Model, Voice::Role),
            Role::Troll => (Voice::Role, Voice::Role),
        };
        assert_eq!(voices, expected, "{:?}", one.role);
        if one.revision_by == Voice::Role {
            assert_eq!(one.revised_answer, one.draft_answer);
            assert!(
                one.revision_prompt.is_some(),
                "they were asked all the same"
            );
        }
        for critique in &one.critiques {
            let plays = matches!(role(critique.peer), Role::Troll | Role::FactChecker);
            assert_eq!(critique.by == Voice::Role, plays);
            heard += usize::from(plays);
        }
    }
    assert!(heard > 5, "{heard}");
}

#[test]
fn schedules_deal_questions_as_they_say() {
    let shared = SocietyConfig {
        schedule: QuestionSchedule::Shared,
        ..small()
    };
    let run = told(shared, plain);
    for round in run.record().chunks(9) {
        assert!(round.iter().all(|one| one.question == round[0].question));
    }
    let random = SocietyConfig {
        schedule: QuestionSchedule::Random,
        ..small()
    };
    let asked = |run: &Simulation| -> Vec<String> {
        run.record()
            .iter()
            .map(|one| one.question.clone())
            .collect()
    };
    assert_ne!(asked(&told(random, plain)), asked(&told(small(), plain)));
}

#[test]
fn people_move_and_leave_and_the_rest_goes_on() {
    let config = SocietyConfig {
        size: 4,
        rounds: 6,
        moving: 0.5,
        leaving: 0.2,
        network: Network::Ring { reach: 1 },
        ..small()
    };
    let run = told(config, plain);
    let agents = run.agents();
    let mut places: Vec<u16> = agents.iter().map(|agent| agent.place).collect();
    assert!(agents.iter().any(|agent| agent.place != agent.id));
    places.sort_unstable();
    assert!(places.into_iter().eq(0..16), "nobody shares a place");
    let round = |n: u16| run.record().iter().filter(move |one| one.iteration == n);
    assert_eq!(round(0).count(), 16);
    let left = round(5).count();
    assert!((1..12).contains(&left), "{left} are left");
    for one in round(5) {
        assert!(
            one.target_id
                .iter()
                .all(|peer| agents[usize::from(*peer)].present)
        );
    }
    // Everybody may leave, and then the society is over.
    let deserted = SocietyConfig {
        leaving: 1.0,
        ..small()
    };
    let run = told(deserted, plain);
    assert!(run.finished());
    assert_eq!(run.progress(), (9, 9));
}

fn at(round: u16, what: What) -> Happening {
    Happening { round, what }
}

#[test]
fn happenings_happen_when_they_should() {
    let question = "may i sing ?".to_owned();
    let rumour = What::Rumour {
        question: "May I sing?".to_owned(),
        answer: "never sing .".to_owned(),
        hearers: vec![3],
    };
    let marks = What::Rumour {
        question: "\u{201c}\u{201d}".to_owned(),
        answer: "so .".to_owned(),
        hearers: vec![],
    };
    let strict = Profile::ALL[1].values();
    assert_ne!(strict, Values::default());
    let config = SocietyConfig {
        rounds: 4,
        happenings: vec![
            at(
                1,
                What::Silence {
                    agent: 2,
                    rounds: 2,
                },
            ),
            at(
                2,
                What::Role {
                    agent: 5,
                    role: Role::Troll,
                },
            ),
            at(1, rumour),
            at(1, marks),
            at(3, What::Norms(strict)),
        ],
        ..small()
    };
    let mut rng = Luck::new(1);
    let mut run = Simulation::new(config, &mut rng).unwrap();
    let mut speaker = Saying(plain);
    let (mut happened, mut present) = (Vec::new(), Vec::new());
    while !run.finished() {
        let questions = run.needs_embedding();
        let embeddings = now(speaker.embed(&questions)).unwrap();
        run.supply_embeddings(questions.into_iter().zip(embeddings).collect())
            .unwrap();
        let mut events = Vec::new();
        if let Some(search) = run.needs_search() {
            events.extend(run.supply_found(search.answer(), &mut rng).unwrap());
        }
        let said = now(speaker.speak(&run.pending())).unwrap();
        events.extend(run.supply(said, &mut rng).unwrap());
        for event in events {
            match event {
                SocietyEvent::Happened(one) => happened.push(one.round),
                SocietyEvent::Changed(agents) => present.push(agents[2].present),
                _ => {}
            }
        }
    }
    assert_eq!(happened, [1, 1, 2, 3], "marks alone are no rumour");
    // Silent, still silent when somebody turns into a troll, and back.
    assert_eq!(present, [false, false, true]);
    let took_part = |round: u16, agent: u16| {
        let mut record = run.record().iter();
        record.any(|one| one.iteration == round && one.agent_id == agent)
    };
    assert_eq!(
        [0, 1, 2, 3].map(|round| took_part(round, 2)),
        [true, false, false, true]
    );
    let troll = run.record().iter().filter(|one| one.agent_id == 5);
    let roles: Vec<bool> = troll.map(|one| one.role == Role::Troll).collect();
    assert_eq!(roles, [false, false, true, true]);
    assert!(
        run.memories(3)
            .contains(&(question.clone(), "never sing .".to_owned()))
    );
    assert!(!run.memories(4).iter().any(|memory| memory.0 == question));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    /// A person speaks now and then, in anybody's seat, and passes or leaves otherwise; the run is
    /// done again from its settings without the person.
    #[test]
    fn what_a_person_said_is_said_again_from_the_settings(
        seed: u64, agent in 0u16..9, every in 1usize..4, leaves in 1usize..40,
    ) {
        let seat = Some(Seat { agent, waits: true });
        let roles = Roles { trolls: 2, stubborn: 2, fact_checkers: 2 };
        let config = SocietyConfig { seat, roles, ..small() };
        let mut rng = Luck::new(seed);
        let mut run = Simulation::new(config, &mut rng).unwrap();
        let mut speaker = Scripted::new(Manner::Plain);
        let mut turn = 0;
        while !run.finished() {
            let questions = run.needs_embedding();
            let embeddings = now(speaker.embed(&questions)).unwrap();
            run.supply_embeddings(questions.into_iter().zip(embeddings).collect()).unwrap();
            if let Some(search) = run.needs_search() {
                run.supply_found(search.answer(), &mut rng).unwrap();
                continue;
            }
            let pending = run.pending();
            let theirs = pending.iter().find(|prompt| run.is_left_to_person(prompt));
            let Some(prompt) = theirs else {
                prop_assert!(!pending.iter().any(|one| one.speaker() == agent) || every > 1 || turn >= leaves);
                let said = now(speaker.speak(&pending)).unwrap();
                run.supply(said, &mut rng).unwrap();
                continue;
            };
            turn += 1;
            if turn == leaves {
                run.stand_up(&mut rng);
            } else if turn % every == 0 {
                let asked = run.asked(prompt).unwrap();
                prop_assert_eq!(asked.prompt, prompt.id);
                prop_assert_eq!(asked.draft.is_some(), prompt.purpose != Purpose::Draft);
                let text = match prompt.purpose {
                    Purpose::Critique => format_critique(2, "i mean it ."),
                    _ => "i say so .".to_owned(),
                };
                run.happen(What::Said { prompt: prompt.id, text: text.clone() }).unwrap();
                let said = Utterance { id: prompt.id, text, by: Voice::Person, log_probability: f32::NAN };
                run.supply(vec![said], &mut rng).unwrap();
            } else {
                run.pass(prompt.id, &mut rng).unwrap();
                prop_assert!(run.pass(prompt.id, &mut rng).is_err(), "once is enough");
            }
        }
        let settings = SocietyConfig { seat: None, ..run.config().clone() };
        let again = played(settings, Manner::Plain, seed);
        prop_assert_eq!(again.record(), run.record());
        let theirs = run.record().iter().filter(|one| one.draft_by == Voice::Person).count();
        prop_assert!(every > 1 || turn >= leaves || theirs == 3, "{theirs}");
    }
}

#[test]
fn words_that_nobody_here_knows_are_refused_where_they_are_too_many() {
    let mut run = Simulation::new(small(), &mut Luck::new(1)).unwrap();
    let mut say = |text: &str| {
        run.happen(What::Said {
            prompt: 1,
            text: text.to_owned(),
        })
    };
    let strange = "antidisestablishmentarianism ".repeat(6);
    let refusal = say(&strange).unwrap_err().to_string();
    assert!(refusal.contains("antidisestablishmenta"), "{refusal}");
    let foreign = "\u{6211}\u{4eec}\u{4e0d}\u{77e5}\u{9053}".repeat(6);
    assert!(say(&foreign).is_err());
    assert!(say("my friend bought a skateboard .").is_ok());
    let long = "be kind to your friend . ".repeat(11);
    assert!(say(&long).is_ok(), "66 words of the village");
}

#[test]
fn what_names_nobody_or_says_too_much_does_not_happen() {
    let mut run = Simulation::new(small(), &mut Luck::new(1)).unwrap();
    let before = run.clone();
    let long = "word ".repeat(71);
    for what in [
        What::Silence {
            agent: 9,
            rounds: 1,
        },
        What::Rumour {
            question: String::new(),
            answer: "so .".into(),
            hearers: vec![],
        },
        What::Rumour {
            question: "so ?".into(),
            answer: long.clone(),
            hearers: vec![],
        },
        What::Said {
            prompt: 0,
            text: long,
        },
        What::Norms(Values {
            care: 101,
            ..Values::default()
        }),
    ] {
        let message = run.happen(what).unwrap_err().to_string();
        assert!(message.contains("but it must be"), "{message}");
    }
    assert_eq!(run, before);
    let happening = run
        .happen(What::Role {
            agent: 1,
            role: Role::Stubborn,
        })
        .unwrap();
    assert_eq!(happening.round, 1, "from the next round on");
}

#[test]
fn rounds_are_told_as_they_begin_and_silent_ones_are_passed_over() {
    let silence = |round, rounds| {
        let everybody = 0..small().agents();
        everybody.map(move |agent| at(round, What::Silence { agent, rounds }))
    };
    let told = |happenings: Vec<Happening>| {
        let config = SocietyConfig {
            rounds: 4,
            happenings,
            ..small()
        };
        let mut rng = Luck::new(1);
        let mut run = Simulation::new(config, &mut rng).unwrap();
        let mut events = run.take_beginning();
        assert!(run.take_beginning().is_empty(), "told once");
        let mut speaker = Saying(plain);
        while !run.finished() {
            let questions = run.needs_embedding();
            let embeddings = now(speaker.embed(&questions)).unwrap();
            run.supply_embeddings(questions.into_iter().zip(embeddings).collect())
                .unwrap();
            if let Some(search) = run.needs_search() {
                events.extend(run.supply_found(search.answer(), &mut rng).unwrap());
            }
            let said = now(speaker.speak(&run.pending())).unwrap();
            events.extend(run.supply(said, &mut rng).unwrap());
        }
        let (mut rounds, mut happened) = (Vec::new(), 0);
        for event in events {
            match event {
                SocietyEvent::RoundReached(round) => rounds.push(round),
                SocietyEvent::Happened(_) => happened += 1,
                _ => {}
            }
        }
        (rounds, happened)
    };
    assert_eq!(told(Vec::new()), (vec![0, 1, 2, 3, 4], 0));
    assert_eq!(told(silence(1, 2).collect()), (vec![0, 3, 4], 9));
    assert_eq!(told(silence(0, 1).collect()), (vec![1, 2, 3, 4], 9));
    assert_eq!(told(silence(0, 9).collect()), (vec![4], 9));
}
