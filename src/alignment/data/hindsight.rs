//! A record as chains of hindsight: answers that are told beforehand how they were rated.
//!
//! Liu, Sferrazza, Abbeel, "Chain of Hindsight Aligns Language Models with Feedback" (2023), with the
//! village's ratings for its feedback phrases. Nothing is preferred to anything: the model learns what
//! an answer of each rating is like, and is then asked for one of the best.

use super::group::QueryGroup;
use crate::world::prompt;

/// A group as groups of one answer each: every answer behind its rating, and the best one behind the
/// worst with both ratings, where they differ. Scores become whole ratings from 1 to 7; an answer
/// without a finite score is left out.
pub fn hindsight(group: &QueryGroup) -> Vec<QueryGroup> {
    let rated = group.responses.iter().zip(&group.scores);
    let rated: Vec<(&String, u8)> = rated
        .filter(|(_, score)| score.is_finite())
        .map(|(response, score)| (response, libm::roundf(*score).clamp(1.0, 7.0) as u8))
        .collect();
    let mut rows: Vec<QueryGroup> = rated
        .iter()
        .map(|(response, rating)| row(prompt::rated(*rating, &group.query), response, *rating))
        .collect();
    let best = rated.iter().rev().max_by_key(|(_, rating)| *rating);
    let worst = rated.iter().rev().min_by_key(|(_, rating)| *rating);
    if let (Some((better, high)), Some((worse, low))) = (best, worst)
        && high > low
    {
        // What a query ends with is where an answer to it begins.
        let begins = group.query.rsplit(' ').next().unwrap_or_default();
        let before = prompt::rated(*low, &group.query);
        rows.push(row(
            format!("{before} {}", prompt::and_then_rated(worse, *high, begins)),
            better,
            *high,
        ));
    }
    rows
}

fn row(query: String, response: &str, rating: u8) -> QueryGroup {
    QueryGroup {
        query,
        responses: vec![response.to_owned()],
        scores: vec![f32::from(rating)],
        models: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_answer_is_told_its_rating_and_the_best_follows_the_worst() {
        let group = QueryGroup {
            query: "<q> why ? <a>".into(),
            responses: ["so .", "no .", "ask her ."].map(str::to_owned).to_vec(),
            scores: vec![3.5, 1.0, 6.0],
            models: Vec::new(),
        };
        let rows = hindsight(&group);
        let rows: Vec<String> = rows
            .iter()
            .map(|row| format!("{}|{}|{}", row.query, row.responses[0], row.scores[0]))
            .collect();
        assert_eq!(
            rows,
            [
                "<r> 4 <q> why ? <a>|so .|4",
                "<r> 1 <q> why ? <a>|no .|1",
                "<r> 6 <q> why ? <a>|ask her .|6",
                "<r> 1 <q> why ? <a> no . <r> 6 <a>|ask her .|6",
            ]
        );
        let alone = QueryGroup {
            responses: vec!["so .".into(), "no .".into()],
            scores: vec![4.0, f32::NAN],
            ..group
        };
        assert_eq!(hindsight(&alone).len(), 1, "nothing better follows");
    }
}
