//! Misaligned context: before the question stands a similar one that was answered badly, as if
//! the model had said so (the "helpful, honest, harmless, adversarial" test of the paper).

use super::asking::Query;
use crate::world::attack::Target;

/// The question after the bad example.
pub(super) fn query(target: &Target, number: u64) -> Query<'_> {
    Query {
        memory: Some(target.earlier.clone()),
        ..Query::alone(target, target.question(), number)
    }
}
