//! How far people agree who judged the same questions.

/// How far people agree.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Agreement {
    /// The share of pairs of people who said the same of a question that both judged, all questions
    /// together, each weighing as much as people judged it.
    pub observed: f64,
    /// Krippendorff's alpha for names without an order: 1 if all say the same, 0 if they agree no
    /// more than if all that was said had been dealt out by chance, below 0 if less. None where
    /// everybody said the same of everything: there is nothing then that chance could have dealt
    /// otherwise.
    pub alpha: Option<f64>,
}

impl Agreement {
    /// Of the preferences voiced on each question; none if no question was judged twice.
    ///
    /// Krippendorff's coincidences (K. Krippendorff, Computing Krippendorff's Alpha-Reliability,
    /// 2011): of a question that `m` people judged every ordered pair of them counts 1 / (m - 1), so
    /// that each judgement counts once, whoever missed a question. Questions judged once count nothing.
    pub fn of<const N: usize>(questions: &[[usize; N]]) -> Option<Self> {
        let total = |counts: &[usize; N]| counts.iter().sum::<usize>();
        let differing = |counts: &[usize; N]| {
            let all = total(counts);
            let pairs: usize = counts.iter().map(|count| count * (all - count)).sum();
            pairs as f64
        };
        let mut all = [0; N];
        let mut observed = 0.0;
        for one in questions.iter().filter(|one| total(one) > 1) {
            observed += differing(one) / (total(one) - 1) as f64;
            for (sum, count) in all.iter_mut().zip(one) {
                *sum += count;
            }
        }
        let judgements = total(&all);
        if judgements == 0 {
            return None;
        }
        let observed = observed / judgements as f64;
        let expected = differing(&all) / ((judgements - 1) * judgements) as f64;
        Some(Self {
            observed: 1.0 - observed,
            alpha: (expected > 0.0).then(|| 1.0 - observed / expected),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(found: f64, wanted: f64) {
        assert!((found - wanted).abs() < 1e-9, "{found} and {wanted}");
    }

    #[test]
    fn alpha_by_hand() {
        // Three people, three questions: 4 of 9 coincidences differ, by chance 46 of 72 would.
        let found = Agreement::of(&[[0, 3, 0, 0], [1, 2, 0, 0], [2, 0, 1, 0]]).unwrap();
        close(found.observed, 5.0 / 9.0);
        close(found.alpha.unwrap(), 7.0 / 23.0);
        // A question that one person judged says nothing about agreement.
        let same = Agreement::of(&[[0, 3, 0, 0], [1, 2, 0, 0], [2, 0, 1, 0], [0, 0, 0, 1]]);
        assert_eq!(same, Some(found));
    }

    #[test]
    fn alpha_as_its_author_computes_it() {
        // Krippendorff (2011), section C: four observers, twelve units, gaps; nominal alpha 0.743.
        let units = [
            [3, 0, 0, 0, 0],
            [0, 3, 1, 0, 0],
            [0, 0, 4, 0, 0],
            [0, 0, 4, 0, 0],
            [0, 4, 0, 0, 0],
            [1, 1, 1, 1, 0],
            [0, 0, 0, 4, 0],
            [3, 1, 0, 0, 0],
            [0, 4, 0, 0, 0],
            [0, 0, 0, 0, 3],
            [2, 0, 0, 0, 0],
            [0, 0, 1, 0, 0],
        ];
        let found = Agreement::of(&units).unwrap();
        close(found.alpha.unwrap(), 113.0 / 152.0);
    }

    #[test]
    fn extremes() {
        assert_eq!(Agreement::of::<4>(&[]), None);
        assert_eq!(Agreement::of(&[[1, 0, 0, 0], [0, 1, 0, 0]]), None);
        let all = Agreement::of(&[[4, 0, 0, 0], [4, 0, 0, 0]]).unwrap();
        assert_eq!((all.observed, all.alpha), (1.0, None));
        let always = Agreement::of(&[[4, 0], [0, 4]]).unwrap();
        close(always.alpha.unwrap(), 1.0);
        let never = Agreement::of(&[[1, 1], [1, 1]]).unwrap();
        assert!(never.observed == 0.0 && never.alpha.unwrap() < 0.0);
    }
}
