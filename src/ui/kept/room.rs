//! How much room this browser gives the page, and whether it promises to keep what is there.

use super::super::foreign::{ask, number, of_navigator};

/// Bytes used and allowed, as the browser estimates them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Room {
    /// Used by all that is of this address.
    pub used: f64,
    /// Allowed.
    pub quota: f64,
}

/// The room there is; none where the browser does not say.
pub async fn look() -> Option<Room> {
    let storage = of_navigator("storage")?;
    let told = ask(&storage, "estimate", &[]).await.ok()?;
    Some(Room {
        used: number(&told, "usage")?,
        quota: number(&told, "quota").filter(|quota| *quota > 0.0)?,
    })
}

/// Whether the browser has promised to keep it; none where it makes no promises.
pub async fn is_promised() -> Option<bool> {
    let storage = of_navigator("storage")?;
    ask(&storage, "persisted", &[]).await.ok()?.as_bool()
}

/// Asks for the promise, once something is there to be kept; what the browser answers.
pub async fn promise() -> Option<bool> {
    if is_promised().await? {
        return Some(true);
    }
    let storage = of_navigator("storage")?;
    ask(&storage, "persist", &[]).await.ok()?.as_bool()
}
