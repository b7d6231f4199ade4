//! The blind vote from the pairs of a test to the merged result of a class.

use super::code::Fault;
use super::deal::deal;
use super::file::VotesFile;
use super::*;
use crate::evaluation::scored::Scored;
use crate::evaluation::{Estimate, Example, SuiteResult, WhichModel};
use class::Standing;
use proptest::prelude::*;
use std::collections::BTreeSet;

const SUITES: [&str; 5] = [
    "in_distribution",
    "misleading",
    "seen_attack",
    "truthfulness",
    "dilemma",
];

/// A suite of a test. The trained model says something else than the base model but for the questions
/// named in `same`.
fn suite(name: &str, model: WhichModel, questions: usize, same: &[usize]) -> SuiteResult {
    let nothing = Estimate {
        value: 0.0,
        low: 0.0,
        high: 1.0,
    };
    let trained = model == WhichModel::Trained;
    let alignment = |place: usize| if trained { 4 + place as u8 % 4 } else { 3 };
    let example = |place: usize| Example {
        question: format!("{name}, question {place}?"),
        answer: if trained && !same.contains(&place) {
            "I would ask first.".to_owned()
        } else {
            "Take it.".to_owned()
        },
        alignment: alignment(place),
        engagement: 4,
    };
    let scored = |place: usize| Scored {
        alignment: alignment(place),
        engagement: 4,
        bad: !trained,
        over_refusal: None,
        gibberish: false,
    };
    SuiteResult {
        suite: name.to_owned(),
        model,
        count: questions as u32,
        fine: 0,
        alignment: nothing,
        engagement: nothing,
        bad: nothing,
        over_refusal: nothing,
        gibberish: nothing,
        diversity: nothing,
        multiple_choice: None,
        examples: (0..questions).map(example).collect(),
        each: (0..questions).map(scored).collect(),
    }
}

fn tests(questions: usize, same: &[usize]) -> Vec<SuiteResult> {
    let models = [WhichModel::Base, WhichModel::Trained];
    let suites = models
        .into_iter()
        .flat_map(|model| SUITES.map(|name| suite(name, model, questions, same)));
    suites.collect()
}

fn pool() -> Pool {
    Pool::of(&tests(4, &[1])).unwrap()
}

/// A ballot on which the answer in that place was always preferred, and the curtain raised.
fn ballot(pool: &Pool, number: u32, press: Press) -> Ballot {
    let mut ballot = Ballot::new(pool, number);
    while !ballot.is_complete() {
        ballot.press(press);
    }
    ballot.raise();
    ballot
}

fn cast(ballot: u32, votes: &[Preference]) -> Cast {
    Cast {
        mark: Mark::new(77),
        ballot,
        votes: votes.to_vec(),
    }
}

use Preference::{Alike, Base, BothBad, Trained};

#[test]
fn pairs_are_questions_answered_differently_evenly_over_suites() {
    let pool = pool();
    assert_eq!((pool.pairs.len(), pool.same), (15, 5));
    for turn in pool.pairs.chunks(5) {
        let suites: BTreeSet<&str> = turn.iter().map(|pair| pair.suite.as_str()).collect();
        assert_eq!(suites.len(), 5, "one of each suite");
    }
    assert!(
        pool.pairs
            .iter()
            .all(|pair| !pair.question.contains("question 1"))
    );
    assert!(pool.pairs.iter().all(|pair| pair.judged() == Trained));
    // Whoever tests first, the pool is the same; another answer makes another pool.
    let mut reversed = tests(4, &[1]);
    reversed.reverse();
    assert_eq!(Pool::of(&reversed).as_ref(), Some(&pool));
    let mut other = tests(4, &[1]);
    other[0].examples[0].answer.push('!');
    assert_ne!(Pool::of(&other).unwrap().mark, pool.mark);
    // Before the trained model has answered there is none.
    assert_eq!(Pool::of(&tests(4, &[])[..5]), None);
    assert_eq!(Pool::of(&tests(1, &[0])).unwrap().pairs, []);
    assert_eq!(Mark::from_hex(&pool.mark.hex()), Some(pool.mark));
    assert_eq!(Mark::from_hex("fffffff"), None);
}

#[test]
fn the_judge_prefers_the_better_aligned_of_two_and_neither_of_two_bad_ones() {
    let judged = |base: (u8, u8, bool), trained: (u8, u8, bool)| {
        let answer = |(alignment, engagement, bad)| Answer {
            text: String::new(),
            alignment,
            engagement,
            bad,
        };
        let answers = [answer(base), answer(trained)];
        let (suite, question) = (String::new(), String::new());
        Pair {
            suite,
            question,
            answers,
        }
        .judged()
    };
    assert_eq!(judged((5, 2, false), (4, 7, false)), Base);
    assert_eq!(judged((4, 2, false), (4, 3, false)), Trained);
    assert_eq!(judged((4, 3, false), (4, 3, false)), Alike);
    assert_eq!(judged((1, 4, true), (2, 3, true)), BothBad);
    assert_eq!(judged((1, 4, true), (2, 3, false)), Trained);
}

#[test]
fn every_pair_is_dealt_once_and_either_model_stands_first_half_of_the_time() {
    let pool = pool();
    for number in 0..200 {
        let dealt = deal(&pool, number);
        let first: BTreeSet<usize> = dealt[..10].iter().map(|one| one.pair).collect();
        assert_eq!(first, (0..10).collect(), "the round's own pairs, each once");
        assert_eq!(dealt.len(), 15);
        let firsts = |round: &[deal::Dealt]| round.iter().filter(|one| one.trained_first).count();
        assert_eq!(firsts(&dealt[..10]), 5);
        assert!((2..=3).contains(&firsts(&dealt[10..])));
        assert_eq!(dealt, deal(&pool, number), "the same for ever");
    }
    assert_ne!(deal(&pool, 1), deal(&pool, 2));
    let opening = (0..2_000).filter(|number| deal(&pool, *number)[0].trained_first);
    assert!((900..1_100).contains(&opening.count()));
}

#[test]
fn a_ballot_goes_round_by_round_and_nothing_is_judged_with_open_eyes() {
    let pool = pool();
    let mut one = Ballot::new(&pool, 5);
    one.raise();
    assert_eq!(
        (one.raised, one.cast(&pool)),
        (0, None),
        "nothing to raise it over"
    );
    one.press(Press::First);
    one.press(Press::Second);
    one.take_back();
    assert_eq!(one.judged(), 1);
    while !one.is_complete() {
        one.press(Press::Alike);
    }
    one.press(Press::First);
    assert_eq!(
        (one.judged(), one.cast(&pool)),
        (10, None),
        "the curtain is down"
    );
    one.raise();
    one.take_back();
    assert_eq!(one.judged(), 10, "what was revealed stays");
    let cast = one.cast(&pool).unwrap();
    let opening = deal(&pool, 5)[0];
    let wanted = if opening.trained_first { Trained } else { Base };
    assert_eq!(cast.votes[opening.pair], wanted);
    assert_eq!(cast.votes.iter().filter(|vote| **vote == Alike).count(), 9);
    one.go_on(&pool);
    assert_eq!((one.goal, one.is_open()), (15, false));
    assert_eq!(Ballot::from_line(&one.to_line()), Some(one.clone()));
    one.press(Press::BothBad);
    assert_eq!(Ballot::from_line(&one.to_line()), Some(one));
    for damaged in [
        "",
        "0000001 5 10 0 14",
        "0000001 5 10 3 12",
        "0000001 5 2 0 123",
        "0000001 999999 2 0 12",
        "zzz 5 2 0 12",
    ] {
        assert_eq!(Ballot::from_line(damaged), None, "{damaged}");
    }
}

#[test]
fn whoever_always_takes_the_first_prefers_neither_model() {
    let pool = pool();
    let tally = Tally::of(&pool, &ballot(&pool, 3, Press::First).preferences(&pool));
    let rate = tally.votes().win_rate();
    assert_eq!((rate.value, tally.votes().total()), (0.5, 10));
    assert_eq!(tally.judge().win_rate().value, 1.0);
    assert_eq!(tally.disagreements().len(), 5);
    assert!(tally.disagreements().iter().all(tally::Judged::is_opposite));
    assert_eq!(tally.agreements().len(), 5);
    let kinds = Kind::ALL.map(|kind| tally.about(&pool, kind).judged.len());
    assert_eq!(kinds, [2, 4, 4]);
}

#[test]
fn a_softer_disagreement_comes_after_an_opposite_one() {
    let pool = pool();
    let tally = Tally::of(&pool, &[(0, Alike), (1, Trained), (2, Base), (3, BothBad)]);
    let order: Vec<usize> = tally.disagreements().iter().map(|one| one.pair).collect();
    assert_eq!(order, [2, 0, 3]);
    assert_eq!(tally.votes().favourite(), None);
    assert_eq!(tally::Counts([1, 2, 0, 1]).favourite(), Some(Trained));
}

#[test]
fn codes_are_short_and_never_change() {
    let ten = cast(
        300_000,
        &[
            Trained, Trained, Base, Alike, BothBad, Trained, Base, Trained, Trained, Alike,
        ],
    );
    assert_eq!(ten.to_code(), GOLDEN);
    assert_eq!(ten.to_code().replace('-', "").len(), 19);
    assert_eq!(Cast::from_code(GOLDEN), Ok(ten));
    let forty = cast(0, &[Alike; 40]).to_code();
    assert_eq!(forty.replace('-', "").len(), 31);
    let spoken = GOLDEN
        .to_lowercase()
        .replace('-', " ")
        .replace('0', "o")
        .replace('1', "l");
    assert_eq!(Cast::from_code(&spoken), Cast::from_code(GOLDEN));
}

const GOLDEN: &str = "10002-DJ9Y0-AAB8P-EN4J";

#[test]
fn of_what_is_no_code_it_is_said_why() {
    assert_eq!(Cast::from_code("hello!"), Err(Fault::Strange('!')));
    assert_eq!(Cast::from_code("1000"), Err(Fault::Length(4)));
    assert_eq!(Cast::from_code(&"1".repeat(40)), Err(Fault::Length(40)));
    let mut letters: Vec<char> = GOLDEN.replace('-', "").chars().collect();
    letters[6] = if letters[6] == 'X' { 'Y' } else { 'X' };
    let wrong: String = letters.into_iter().collect();
    assert_eq!(Cast::from_code(&wrong), Err(Fault::Mistyped(Some(7))));
}

#[test]
fn of_every_line_it_is_said_what_became_of_it() {
    let [one, other] = [cast(1, &[Trained, Base]), cast(2, &[Trained, Alike])];
    let longer = cast(2, &[Trained, Alike, Base]);
    let twin = cast(1, &[Base, Base]);
    let stranger = Cast {
        mark: Mark::new(9),
        ..cast(3, &[Base])
    };
    let codes = [&one, &other, &one, &longer, &twin, &stranger].map(Cast::to_code);
    let text = format!(
        "Ann: {}\n\n  {}\n{}\nnonsense\n{}\n{}\n{}",
        codes[0], codes[1], codes[2], codes[3], codes[4], codes[5]
    );
    let class = Class::merge(&text, None);
    let standing: Vec<Standing> = class.lines.iter().map(|line| line.standing).collect();
    assert_eq!(
        standing,
        [
            Standing::Twin,
            Standing::Shorter,
            Standing::Repeated,
            Standing::Broken(Fault::Length(8)),
            Standing::Counted,
            Standing::Twin,
            Standing::OtherRun,
        ]
    );
    assert_eq!(
        class.lines[0].text,
        format!("Ann: {}", codes[0]),
        "nothing is lost"
    );
    assert_eq!(class.ballots.len(), 3);
    assert_eq!(
        class.questions(),
        [[1, 2, 0, 0], [2, 0, 1, 0], [1, 0, 0, 0]].map(tally::Counts)
    );
    // With the run at hand the codes must be of it.
    assert!(Class::merge(&text, Some(&pool())).ballots.is_empty());
}

#[test]
fn a_class_is_as_sure_as_its_people_are_alike() {
    let merged = |casts: &[Cast]| {
        let codes: Vec<String> = casts.iter().map(Cast::to_code).collect();
        Class::merge(&codes.join("\n"), None)
    };
    let all = |_: usize| true;
    // Ten people of twenty votes: half of them always for the trained model, half of them never.
    let strict: Vec<Cast> = (0..10)
        .map(|n| cast(n, &[[Trained, Base][n as usize % 2]; 20]))
        .collect();
    let wide = merged(&strict).win_rate(all);
    // Binomial of 10 people: 0.5 -+ 1.96 * sqrt(0.25 / 10) = 0.5 -+ 0.31; as single votes it were 0.07.
    assert!(
        (wide.value - 0.5).abs() < 1e-6
            && (wide.low - 0.2).abs() < 0.11
            && (wide.high - 0.8).abs() < 0.11,
        "{wide:?}"
    );
    // The same votes spread evenly: everybody has the same rate, and Wilson's interval over people.
    let even: Vec<Cast> = (0..10)
        .map(|n| cast(n, &[Trained, Base].repeat(10)))
        .collect();
    let narrow = merged(&even).win_rate(all);
    assert!(
        (narrow.low - 0.2366).abs() < 1e-3 && (narrow.high - 0.7634).abs() < 1e-3,
        "{narrow:?}"
    );
    // One person: Wilson's interval of the votes. Nobody: anything.
    let alone = merged(&strict[..1]).win_rate(all);
    assert!((alone.low - 0.8389).abs() < 1e-3, "{alone:?}");
    assert_eq!(Class::default().win_rate(all).high, 1.0);
    // A part of the questions.
    let halves = merged(&even).win_rate(|pair| pair % 2 == 0);
    assert_eq!(halves.value, 1.0);
    assert_eq!(merged(&even).counts(|pair| pair < 3).0, [10, 20, 0, 0]);
    assert_eq!(merged(&even).agreement().unwrap().alpha, Some(1.0));
}

#[test]
fn a_vote_is_taken_home_and_read_again() {
    let pool = pool();
    let mut voted = Ballot::new(&pool, 12);
    assert_eq!(
        VotesFile::of(&pool, &voted, None, None),
        None,
        "not before the curtain"
    );
    for at in 0..10 {
        voted.press([Press::First, Press::Second, Press::BothBad][at % 3]);
    }
    voted.raise();
    let file = VotesFile::of(&pool, &voted, Some("#v1.Y2RgAAA".into()), None).unwrap();
    let text = file.to_json().unwrap();
    let (again, code) = VotesFile::read(&text).unwrap();
    assert_eq!(again.pairs, pool.pairs, "in the same order");
    assert_eq!(Cast::from_code(&code), Ok(voted.cast(&pool).unwrap()));
    assert_eq!(VotesFile::read(&text.replace("Take it.", "Take it!")), None);
    assert_eq!(VotesFile::read("{}"), None);

    let lines = file::csv(&[voted.cast(&pool).unwrap()], Some(&pool));
    assert_eq!(lines.lines().count(), 11);
    assert!(
        lines.contains("question 0?\",Take it.,I would ask first.,"),
        "{lines}"
    );
    let bare = Class::merge(&code, None).to_csv(None);
    assert!(bare.lines().nth(1).unwrap().contains(",1,,,,,,"), "{bare}");
}

fn any_cast() -> impl Strategy<Value = Cast> {
    let votes = proptest::collection::vec(0_usize..4, 1..=Pool::MOST);
    (0_u32..3, 0_u32..6, votes).prop_map(|(mark, ballot, votes)| Cast {
        mark: Mark::new(mark),
        ballot,
        votes: votes
            .into_iter()
            .map(|vote| Preference::ALL[vote])
            .collect(),
    })
}

proptest! {
    #[test]
    fn codes_come_back_as_they_went(mark: u32, ballot in 0_u32..1 << Ballot::BITS, one in any_cast()) {
        let cast = Cast { mark: Mark::new(mark), ballot, ..one };
        prop_assert_eq!(Cast::from_code(&cast.to_code()), Ok(cast));
    }

    #[test]
    fn up_to_four_wrong_letters_are_noticed(
        one in any_cast(),
        wrong in proptest::collection::btree_map(0_usize..31, 1_usize..32, 1..=4),
    ) {
        const LETTERS: &[u8] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
        let mut code: Vec<u8> = one.to_code().replace('-', "").into_bytes();
        let places: BTreeSet<usize> = wrong.keys().map(|place| place % code.len()).collect();
        for (place, by) in places.iter().zip(wrong.values()) {
            let known = LETTERS.iter().position(|letter| *letter == code[*place]).unwrap();
            code[*place] = LETTERS[(known + by) % 32];
        }
        let found = Cast::from_code(std::str::from_utf8(&code).unwrap());
        let only = (places.len() == 1).then(|| places.iter().next().map(|place| place + 1));
        match (found, only) {
            (Err(Fault::Mistyped(place)), Some(only)) => prop_assert_eq!(place, only),
            (Err(Fault::Mistyped(_)), None) => {}
            (other, _) => prop_assert!(false, "{:?}", other),
        }
    }

    #[test]
    fn letters_that_changed_places_are_noticed(one in any_cast(), at in 0_usize..30) {
        let code = one.to_code().replace('-', "");
        let mut swapped: Vec<char> = code.chars().collect();
        let at = at % (swapped.len() - 1);
        swapped.swap(at, at + 1);
        let swapped: String = swapped.into_iter().collect();
        prop_assert_eq!(Cast::from_code(&swapped).is_ok(), swapped == code);
    }

    #[test]
    fn garbage_is_refused_and_nothing_panics(text in "\\PC{0,40}") {
        let _ = Cast::from_code(&text);
        let _ = Ballot::from_line(&text);
        let _ = Class::merge(&text, None);
    }

    #[test]
    fn the_order_of_codes_does_not_matter(
        casts in proptest::collection::vec(any_cast(), 0..12),
        seed: u64,
    ) {
        let codes: Vec<String> = casts.iter().map(Cast::to_code).collect();
        let mut mixed = codes.clone();
        crate::world::chance::shuffle(&mut crate::lab::seed::generator(seed, crate::lab::seed::Purpose::Voting), &mut mixed);
        let [one, other] = [codes, mixed].map(|codes| Class::merge(&codes.join("\n"), None));
        prop_assert_eq!(&one.ballots, &other.ballots);
        prop_assert_eq!(one.mark, other.mark);
        prop_assert_eq!(one.win_rate(|_| true), other.win_rate(|_| true));
        let counted = |class: &Class| class.lines.iter().filter(|line| line.standing.is_counted()).count();
        prop_assert_eq!(counted(&one), one.ballots.len(), "every vote that is counted has its line");
    }
}
