//! What a record says about its society, as pure functions of interactions and links.
//!
//! [`rounds`] holds the means that run files and messages carry. The others are computed from the
//! record when somebody looks: whether neighbours agree ([`consensus`], with [`moran`] and
//! [`clusters`]), whose feedback changes answers ([`influence`]), alignment against engagement
//! ([`mod@front`]), when a society settles ([`convergence`]), and how several seeds compare
//! ([`trend`]); [`summary()`] is all of a record at once. Figures that may be luck come as
//! [`Measured`], with their number and interval.
//!
//! Scores may be missing (the released code writes -1 where the observers could make nothing of an
//! answer). Each figure leaves out what it lacks, and its count says how much it rests on.

pub mod clusters;
pub mod consensus;
pub mod convergence;
#[cfg(test)]
mod example;
pub mod front;
pub mod influence;
mod measured;
pub mod moran;
pub mod rounds;
mod score;
mod student;
mod summary;
#[cfg(test)]
mod tests;
pub mod trend;

pub use clusters::{Cluster, Clusters};
pub use consensus::Consensus;
pub use convergence::{Convergence, Drift, Movement, Settling, settled, slope};
pub use front::{AgentPoint, Point, RoundPoints, Scatter, front, hypervolume};
pub use influence::{Influence, PeerInfluence, Place, Voice};
pub use measured::Measured;
pub use moran::Moran;
pub use rounds::{GroupStatistics, RoundStatistics};
pub use score::{Answer, Camp};
pub use summary::{RoundFigures, SocietyStatistics, series, summary};
pub use trend::{mean_over_seeds, moving_average, over_seeds, paired};
