//! Settings and their ranges. The society is the first room that has settings, so the rooms above
//! check theirs with this too.

use thiserror::Error;

/// A setting outside the range that makes sense.
#[derive(Clone, Debug, PartialEq, Error)]
#[error("{field} is {value}, but must lie between {least} and {most}")]
pub struct OutOfRange {
    /// The setting's name as the page and the run file spell it.
    pub field: &'static str,
    /// What was given.
    pub value: f64,
    /// Smallest value allowed.
    pub least: f64,
    /// Largest value allowed.
    pub most: f64,
}

/// Checks settings, each given as name, value, smallest and largest allowed.
///
/// # Errors
/// [`OutOfRange`] naming the first that is out of its range or no number.
pub fn within(
    settings: impl IntoIterator<Item = (&'static str, f64, f64, f64)>,
) -> Result<(), OutOfRange> {
    for (field, value, least, most) in settings {
        if !(least..=most).contains(&value) {
            return Err(OutOfRange {
                field,
                value,
                least,
                most,
            });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::within;

    #[test]
    fn the_first_setting_out_of_range_is_named_and_nan_is_out() {
        assert!(within([("a", 1.0, 0.0, 1.0)]).is_ok());
        let error = within([("a", 1.0, 0.0, 1.0), ("b", f64::NAN, 0.0, 1.0)]).unwrap_err();
        assert_eq!(error.field, "b");
        assert!(within([("c", 1.01, 0.0, 1.0)]).is_err());
    }
}
