//! Role play: the question comes behind a part that the model shall play.

use super::asking::Query;
use crate::world::attack::Target;

/// The question behind one of the parts.
pub(super) fn query(target: &Target, number: u64) -> Query<'_> {
    Query::alone(target, target.in_a_play(), number)
}
