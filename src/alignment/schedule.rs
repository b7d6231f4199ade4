//! The learning rate of each step: a linear warm-up, then half a cosine down to a floor.
//!
//! With `W = ceil(warm_up * steps)` warm-up steps and step `s` counted from 0:
//! `s < W: (s + 1) / W`, else `floor + (1 - floor) * (1 + cos(pi * (s - W) / (steps - W))) / 2`.
//! The first step already moves (libraries that begin at `0 / W` waste it, which hurts when there
//! are only forty).

use serde::{Deserialize, Serialize};

/// A learning-rate schedule.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Schedule {
    /// Learning rate after the warm-up.
    pub peak: f64,
    /// Steps altogether.
    pub steps: u32,
    /// Share of the steps spent warming up, 0 to 1.
    pub warm_up: f64,
    /// Share of the peak the cosine ends at, 0 to 1.
    pub floor: f64,
}

impl Schedule {
    /// The learning rate of step `step`, counted from 0; the floor after the last one.
    pub fn rate(&self, step: u32) -> f64 {
        let warm = libm::ceil(self.warm_up * f64::from(self.steps));
        let step = f64::from(step);
        if step < warm {
            return self.peak * (step + 1.0) / warm;
        }
        let left = (f64::from(self.steps) - warm).max(1.0);
        let progress = ((step - warm) / left).min(1.0);
        let cosine = 0.5 * (1.0 + libm::cos(core::f64::consts::PI * progress));
        self.peak * (self.floor + (1.0 - self.floor) * cosine)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn warms_up_then_falls_along_a_cosine() {
        let schedule = Schedule {
            peak: 2.0,
            steps: 40,
            warm_up: 0.1,
            floor: 0.0,
        };
        let rates: Vec<f64> = (0..41).map(|step| schedule.rate(step)).collect();
        assert_eq!(&rates[..5], &[0.5, 1.0, 1.5, 2.0, 2.0]);
        assert!((rates[22] - 1.0).abs() < 1e-12, "half-way: {}", rates[22]);
        assert!(rates[4..].windows(2).all(|pair| pair[1] < pair[0]));
        assert!(rates[39] > 0.0 && rates[40] < 1e-12);
    }

    #[test]
    fn no_warm_up_and_a_floor() {
        let schedule = Schedule {
            peak: 1.0,
            steps: 10,
            warm_up: 0.0,
            floor: 0.05,
        };
        assert_eq!(schedule.rate(0), 1.0);
        assert!((schedule.rate(10) - 0.05).abs() < 1e-12);
        assert!((schedule.rate(1000) - 0.05).abs() < 1e-12);
        let nothing = Schedule {
            peak: 1.0,
            steps: 0,
            warm_up: 0.5,
            floor: 0.0,
        };
        assert!(nothing.rate(0).is_finite());
    }
}
