//! Models and checkpoints that somebody keeps: what is known of them lies in the vault, their bytes
//! where large things lie.

use super::super::autosave;
use super::super::interrupted;
use super::super::state::Page;
use super::super::surface::Told;
use super::super::vault::{self, Store, VaultError};
use super::large::{self, Place};
use crate::lab::build;
use crate::lab::message::ExportKind;
use js_sys::Uint8Array;
use leptos::prelude::GetUntracked;
use serde::{Deserialize, Serialize};

/// What it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum What {
    /// A trained model, as a zip.
    Model,
    /// What a run can be taken up from, as a file.
    Checkpoint,
}

/// What is known of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Thing {
    /// What it is.
    pub what: What,
    /// What its keeper calls it.
    pub name: String,
    /// The name of the file.
    pub file: String,
    /// Milliseconds since 1970.
    pub date: f64,
    /// Its size.
    pub bytes: f64,
    /// The build that made it.
    pub build: String,
    /// Where its bytes lie.
    pub place: Place,
}

impl Thing {
    /// Writes what is known of it.
    pub async fn note(&self, key: &str) -> Result<(), VaultError> {
        let text = serde_json::to_vec(self).map_err(|why| VaultError::Other(why.to_string()))?;
        vault::put(Store::Things, key, &text).await
    }
}

/// All of them, by their keys.
///
/// # Errors
/// Why the browser can't look.
pub async fn all() -> Result<Vec<(String, Thing)>, VaultError> {
    let mut found = Vec::new();
    for key in vault::keys(Store::Things).await? {
        let bytes = vault::get(Store::Things, &key).await?;
        let thing = bytes.and_then(|bytes| serde_json::from_slice::<Thing>(&bytes).ok());
        found.extend(thing.map(|thing| (key, thing)));
    }
    Ok(found)
}

/// Keeps bytes; gives the name they got.
async fn keep(
    page: Page,
    what: What,
    file: String,
    beside: String,
    bytes: &[u8],
) -> Result<String, VaultError> {
    let text = page.language.get_untracked().kept();
    let like = all()
        .await?
        .iter()
        .filter(|(_, thing)| thing.what == what)
        .count();
    let number = u32::try_from(like).unwrap_or(u32::MAX).saturating_add(1);
    let name = match what {
        What::Model => (text.model_named)(number),
        What::Checkpoint => format!("{}: {beside}", (text.checkpoint_named)(number)),
    };
    let date = js_sys::Date::now();
    // Two tabs never write under one key.
    let key = format!("{date:014.0}-{:06.0}", js_sys::Math::random() * 1e6);
    let place = large::put(&key, bytes).await?;
    let thing = Thing {
        what,
        name: name.clone(),
        file,
        date,
        bytes: bytes.len() as f64,
        build: build::id().to_owned(),
        place,
    };
    if let Err(why) = thing.note(&key).await {
        // Nobody would find it there.
        large::delete(&key, place).await?;
        return Err(why);
    }
    Ok(name)
}

/// Why nothing was kept, in the visitor's language.
fn excuse(page: Page, why: &VaultError) -> String {
    let text = page.language.get_untracked().kept();
    match why {
        VaultError::Full => text.full.to_owned(),
        why => (text.not_kept)(&why.to_string()),
    }
}

/// Keeps the trained model.
pub fn keep_model(page: Page, told: Told<String>) {
    page.order(ExportKind::Model, move |made| {
        let parcel = match made {
            Ok(parcel) => parcel,
            Err(failure) => return told(Err(failure.message)),
        };
        let mut bytes = Vec::new();
        for piece in parcel.pieces.iter() {
            bytes.extend(Uint8Array::new(&piece).to_vec());
        }
        leptos::task::spawn_local(async move {
            let kept = keep(page, What::Model, parcel.name, String::new(), &bytes).await;
            super::changed(page);
            told(kept.map_err(|why| excuse(page, &why)));
        });
    });
}

/// Keeps what the run can go on from.
pub fn keep_checkpoint(page: Page, told: Told<String>) {
    let Some((file, standing, bytes)) = autosave::packed(page) else {
        return told(Err(page.text().keeping.no_checkpoint.to_owned()));
    };
    let beside = interrupted::words(page.text(), standing);
    leptos::task::spawn_local(async move {
        let kept = keep(page, What::Checkpoint, file, beside, &bytes).await;
        super::changed(page);
        told(kept.map_err(|why| excuse(page, &why)));
    });
}
