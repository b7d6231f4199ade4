//! Everything that is kept, as one list, and what can be done with each thing of it. Whatever is
//! deleted stays here until something else is, so that it can be put back.

use super::super::app::focus;
use super::super::autosave::{self, Interrupted};
use super::super::interrupted;
use super::super::parcel;
use super::super::state::Page;
use super::super::surface::{Errand, run};
use super::super::vault::{self, Store, VaultError};
use super::large::{self, Place};
use super::things::{self, Thing, What};
use crate::lab::kept::KeptRun;
use leptos::prelude::*;
use std::sync::Arc;

/// Something that is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// Where it lies, as long as it is there.
    pub key: String,
    /// What it is called.
    pub name: String,
    /// Milliseconds since 1970, if they are known.
    pub date: Option<f64>,
    /// Its size.
    pub bytes: f64,
    /// What it is.
    pub what: Kept,
}

/// What is kept.
#[derive(Clone, Debug, PartialEq)]
pub enum Kept {
    /// A run to be compared; its link, and the build that made it.
    Run(Option<String>, Option<String>),
    /// A model or a checkpoint.
    Thing(Thing),
    /// A run whose page is gone.
    Interrupted(Interrupted),
}

/// Bytes that were deleted, and where they lay.
#[derive(Clone, Debug, PartialEq)]
struct Part {
    place: Where,
    key: String,
    bytes: Vec<u8>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Where {
    Vault(Store),
    Large(Place),
}

/// The list.
#[derive(Clone, Default, PartialEq)]
pub struct List {
    /// Newest first; none until it was read.
    pub items: Option<Vec<Item>>,
    /// What was deleted last.
    deleted: Option<(Item, Arc<Vec<Part>>)>,
    /// Why something is not as it should be, in the visitor's language.
    pub trouble: String,
}

thread_local! {
    /// It outlives the sheet, which is made anew whenever it is opened.
    static LIST: ArcRwSignal<List> = ArcRwSignal::new(List::default());
}

/// The list of this page.
pub fn here() -> ArcRwSignal<List> {
    LIST.with(Clone::clone)
}

impl List {
    /// The name of what was deleted last.
    pub fn deleted(&self) -> Option<String> {
        self.deleted.as_ref().map(|(item, _)| item.name.clone())
    }
}

impl Item {
    /// What it is, by its place among the names of kinds.
    pub fn kind(&self) -> usize {
        match &self.what {
            Kept::Run(..) => 0,
            Kept::Thing(thing) if thing.what == What::Model => 1,
            Kept::Thing(_) => 2,
            Kept::Interrupted(_) => 3,
        }
    }

    /// The build that made it.
    pub fn build(&self) -> Option<&str> {
        match &self.what {
            Kept::Run(_, build) => build.as_deref(),
            Kept::Thing(thing) => Some(&thing.build),
            Kept::Interrupted(interrupted) => Some(&interrupted.head.build),
        }
    }

    /// Whether it can be called something else.
    pub fn has_name(&self) -> bool {
        !matches!(self.what, Kept::Interrupted(_))
    }

    /// Whether something can be opened with it.
    pub fn opens(&self) -> bool {
        match &self.what {
            Kept::Run(link, _) => link.is_some(),
            Kept::Thing(thing) => thing.what == What::Checkpoint,
            Kept::Interrupted(_) => true,
        }
    }

    /// Whether it can be had as a file.
    pub fn downloads(&self) -> bool {
        match &self.what {
            Kept::Interrupted(interrupted) => interrupted.head.is_of_this_build(),
            _ => true,
        }
    }

    /// Everything of it.
    async fn parts(&self) -> Result<Vec<Part>, VaultError> {
        let of_vault = |store: Store, key: String| async move {
            let found = vault::get(store, &key).await?;
            let place = Where::Vault(store);
            Ok::<_, VaultError>(found.map(|bytes| Part { place, key, bytes }))
        };
        let mut parts = Vec::new();
        match &self.what {
            Kept::Run(..) => parts.extend(of_vault(Store::Runs, self.key.clone()).await?),
            Kept::Interrupted(_) => {
                for key in autosave::keys(&self.key).await? {
                    parts.extend(of_vault(Store::Checkpoints, key).await?);
                }
            }
            Kept::Thing(thing) => {
                parts.extend(of_vault(Store::Things, self.key.clone()).await?);
                let found = large::get(&self.key, thing.place).await?;
                parts.extend(found.map(|bytes| Part {
                    place: Where::Large(thing.place),
                    key: self.key.clone(),
                    bytes,
                }));
            }
        }
        Ok(parts)
    }
}

/// What is said, in the visitor's language, of something that went wrong.
fn tell(page: Page, why: &VaultError) {
    let text = page.language.get_untracked().kept();
    let trouble = match why {
        VaultError::Full => text.full.to_owned(),
        why => (text.not_kept)(&why.to_string()),
    };
    here().update(|list| list.trouble = trouble);
}

/// Reads what is kept, wherever it lies.
pub async fn read(page: Page) {
    match all(page).await {
        Ok(items) => here().update(|list| list.items = Some(items)),
        // Where nothing can be kept, nothing is.
        Err(VaultError::Closed) => here().update(|list| list.items = Some(Vec::new())),
        Err(why) => {
            here().update(|list| list.items = list.items.take().or(Some(Vec::new())));
            tell(page, &why);
        }
    }
}

async fn all(page: Page) -> Result<Vec<Item>, VaultError> {
    let mut items = Vec::new();
    for key in vault::keys(Store::Runs).await? {
        if let Some(bytes) = vault::get(Store::Runs, &key).await? {
            items.push(run_of(page, key, &bytes));
        }
    }
    for (key, thing) in things::all().await? {
        items.push(Item {
            key,
            name: thing.name.clone(),
            date: Some(thing.date),
            bytes: thing.bytes,
            what: Kept::Thing(thing),
        });
    }
    for (interrupted, bytes) in autosave::all().await? {
        let key = interrupted.place.clone().unwrap_or_default();
        items.push(Item {
            name: interrupted::words(page.text(), interrupted.head.standing),
            // Places are named after the moment when their pages were opened.
            date: key
                .get(..14)
                .and_then(|begin| begin.parse::<u64>().ok())
                .map(|date| date as f64),
            key,
            bytes,
            what: Kept::Interrupted(interrupted),
        });
    }
    let age = |item: &Item| item.date.unwrap_or(0.0);
    items.sort_by(|one, other| age(other).total_cmp(&age(one)));
    Ok(items)
}

fn run_of(page: Page, key: String, bytes: &[u8]) -> Item {
    let read = KeptRun::from_json(&String::from_utf8_lossy(bytes)).ok();
    let date = read.as_ref().and_then(|run| run.when);
    let name = read.as_ref().map(|run| run.name.clone());
    let build = read
        .as_ref()
        .and_then(|run| Some(run.receipt.as_ref()?.build.clone()));
    Item {
        key,
        name: name.unwrap_or_else(|| page.language.get_untracked().kept().unreadable.to_owned()),
        date: date.map(|date| date as f64),
        bytes: bytes.len() as f64,
        what: Kept::Run(read.and_then(|run| run.link), build),
    }
}

/// What the list says of it now: it may have another name since its line was drawn.
fn current(item: Item) -> Item {
    let key = item.key.clone();
    let listed = here().with_untracked(|list| {
        let mut items = list.items.iter().flatten();
        items.find(|other| other.key == key).cloned()
    });
    listed.unwrap_or(item)
}

/// Calls it something else.
pub fn rename(page: Page, item: Item, name: String) {
    let item = current(item);
    leptos::task::spawn_local(async move {
        let renamed = match &item.what {
            Kept::Run(..) => rename_run(&item.key, name).await,
            Kept::Thing(thing) => {
                let thing = Thing {
                    name,
                    ..thing.clone()
                };
                thing.note(&item.key).await
            }
            Kept::Interrupted(_) => Ok(()),
        };
        if let Err(why) = renamed {
            tell(page, &why);
        }
        super::changed(page);
    });
}

async fn rename_run(key: &str, name: String) -> Result<(), VaultError> {
    let Some(bytes) = vault::get(Store::Runs, key).await? else {
        return Ok(());
    };
    let Ok(mut run) = KeptRun::from_json(&String::from_utf8_lossy(&bytes)) else {
        return Ok(());
    };
    run.name = name;
    let text = run
        .to_json()
        .map_err(|why| VaultError::Other(why.to_string()))?;
    vault::put(Store::Runs, key, text.as_bytes()).await
}

/// Removes it, and holds on to what it was.
pub fn delete(page: Page, item: Item) {
    let item = current(item);
    leptos::task::spawn_local(async move {
        let removed = async {
            let parts = item.parts().await?;
            for part in &parts {
                match part.place {
                    Where::Vault(store) => vault::delete(store, &part.key).await?,
                    Where::Large(place) => large::delete(&part.key, place).await?,
                }
            }
            Ok::<_, VaultError>(parts)
        };
        match removed.await {
            Ok(parts) => {
                here().update(|list| {
                    list.trouble.clear();
                    if let Some(items) = &mut list.items {
                        items.retain(|other| other.key != item.key);
                    }
                    list.deleted = Some((item.clone(), Arc::new(parts)));
                });
                request_animation_frame(|| focus("kept-undo"));
            }
            Err(why) => tell(page, &why),
        }
        super::changed(page);
        if matches!(item.what, Kept::Interrupted(_)) {
            run(page, Errand::LookForInterrupted);
        }
    });
}

/// Puts back what was deleted last.
pub fn undo(page: Page) {
    let Some((item, parts)) = here().with_untracked(|list| list.deleted.clone()) else {
        return;
    };
    leptos::task::spawn_local(async move {
        let put_back = async {
            // What names the rest comes last: it is there whole or not at all.
            let mut lies = None;
            for part in parts.iter().rev() {
                match part.place {
                    Where::Vault(store) => vault::put(store, &part.key, &part.bytes).await?,
                    Where::Large(_) => lies = Some(large::put(&part.key, &part.bytes).await?),
                }
            }
            if let (Kept::Thing(thing), Some(place)) = (&item.what, lies) {
                let thing = Thing {
                    place,
                    ..thing.clone()
                };
                thing.note(&item.key).await?;
            }
            Ok::<_, VaultError>(())
        };
        match put_back.await {
            Ok(()) => {
                here().update(|list| list.deleted = None);
                read(page).await;
                let field = format!("kept-{}", item.key);
                request_animation_frame(move || focus(&field));
            }
            Err(why) => tell(page, &why),
        }
        super::changed(page);
        if matches!(item.what, Kept::Interrupted(_)) {
            run(page, Errand::LookForInterrupted);
        }
    });
}

/// Its bytes as a file: name and content.
async fn file(item: &Item) -> Result<Option<(String, Vec<u8>)>, VaultError> {
    Ok(match &item.what {
        Kept::Run(..) => {
            let bytes = vault::get(Store::Runs, &item.key).await?;
            bytes.map(|bytes| (format!("mores-kept-run-{}.json", item.key), bytes))
        }
        Kept::Thing(thing) => {
            let bytes = large::get(&item.key, thing.place).await?;
            bytes.map(|bytes| (thing.file.clone(), bytes))
        }
        Kept::Interrupted(interrupted) => {
            let saved = autosave::read(interrupted).await?;
            let bytes = saved.to_bytes();
            let bytes = bytes.map_err(|why| VaultError::Other(why.to_string()))?;
            Some((saved.file_name(), bytes))
        }
    })
}

/// Offers it as a file.
pub fn download(page: Page, item: Item) {
    leptos::task::spawn_local(async move {
        match file(&item).await {
            Ok(Some((name, bytes))) if parcel::save_bytes(&name, &bytes).is_some() => {}
            Ok(_) => {
                let gone = page.language.get_untracked().kept().gone.to_owned();
                here().update(|list| list.trouble = gone);
            }
            Err(why) => tell(page, &why),
        }
    });
}

/// Opens it on the stage.
pub fn open(page: Page, item: Item) {
    leptos::task::spawn_local(async move {
        let errand = match &item.what {
            Kept::Run(link, _) => link.clone().map(Errand::OpenLink),
            Kept::Interrupted(interrupted) => Some(Errand::GoOn(interrupted.clone())),
            Kept::Thing(_) => match file(&item).await {
                Ok(found) => found.map(|(_, bytes)| Errand::OpenSaved(bytes)),
                Err(why) => return tell(page, &why),
            },
        };
        match errand {
            Some(errand) => {
                page.sheets.kept.set(false);
                run(page, errand);
            }
            None => {
                let gone = page.language.get_untracked().kept().gone.to_owned();
                here().update(|list| list.trouble = gone);
            }
        }
    });
}
