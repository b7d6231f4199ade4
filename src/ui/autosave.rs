//! Keeps the run on stage in the browser, so that a closed tab or a reload loses nothing.
//!
//! Each opening of the page has a place of its own in the [`vault`], named after the moment, and
//! holds a lock of that name as long as it lives: what lies there without its lock is of a run that
//! was interrupted. A place holds `head` (what is known without reading more), `state` (the engine's
//! checkpoint), `said` (since then), the record in pieces, and `weight` (the bytes of all of these). All
//! of one moment is written at once or not at all, which files could not promise, and while it is being
//! written what comes next waits and becomes one.

use super::locks::{held, hold};
use super::notices::Notice;
use super::parcel;
use super::session::kept::TakingUp;
use super::state::{Listener, Page};
use super::vault::{self, Store, VaultError};
use crate::lab::bytes::Bytes;
use crate::lab::saved::{Head, Opened, Saved, Standing};
use crate::lab::share;
use crate::lab::view::Interaction;
use crate::lab::{Event, Phase, RunConfig};
use leptos::prelude::*;
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;
use std::time::Duration;

/// What was said is written once in this time; checkpoints at once.
const CALM: Duration = Duration::from_secs(2);
/// Places of interrupted runs; older ones are given up.
const MOST_PLACES: usize = 4;

/// A run that was interrupted, and where it lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interrupted {
    /// Its place in the vault; none if it came as a file.
    pub place: Option<String>,
    /// What is known of it.
    pub head: Head,
}

/// Writes the run on stage to its place.
struct Autosave {
    place: String,
    /// Keys that are there, and how many bytes lie under each.
    written: RefCell<BTreeMap<String, usize>>,
    /// Interactions that are there.
    recorded: Cell<usize>,
    /// The newest checkpoint is not there yet.
    behind: Cell<bool>,
    /// What lies there is of another run.
    stale: Cell<bool>,
    /// Counts runs: what is being written may be of the one before.
    run: Cell<u32>,
    /// The run is over, or there is none.
    over: Cell<bool>,
    busy: Cell<bool>,
    again: Cell<bool>,
    awaited: Cell<bool>,
    /// Where an interrupted run came from that has not been written here yet.
    origin: RefCell<Option<String>>,
    told: Cell<bool>,
}

impl Listener for Rc<Autosave> {
    fn tell(&self, page: Page, event: &Event) {
        match event {
            Event::Loaded(_) => {
                self.stale.set(true);
                self.run.set(self.run.get().wrapping_add(1));
                self.over.set(false);
                self.recorded.set(0);
                self.behind.set(page.session().has_checkpoint());
                if !self.behind.get() {
                    self.write_soon(page);
                }
            }
            Event::Phase(Phase::Done) | Event::Imported(_) => {
                self.over.set(true);
                self.write_soon(page);
            }
            Event::Checkpoint(_) => {
                self.behind.set(true);
                self.write_soon(page);
            }
            Event::Said(_) => self.write_later(page),
            _ => {}
        }
    }

    fn fail(&self, _why: &str) {}
}

impl Autosave {
    fn write_later(self: &Rc<Self>, page: Page) {
        if !self.awaited.replace(true) {
            let this = Rc::clone(self);
            set_timeout(
                move || {
                    this.awaited.set(false);
                    this.write_soon(page);
                },
                CALM,
            );
        }
    }

    fn write_soon(self: &Rc<Self>, page: Page) {
        if self.busy.replace(true) {
            self.again.set(true);
            return;
        }
        let this = Rc::clone(self);
        leptos::task::spawn_local(async move {
            loop {
                this.again.set(false);
                if let Err(why) = this.write(page).await {
                    this.complain(page, &why);
                }
                if !this.again.get() {
                    break;
                }
            }
            this.busy.set(false);
        });
    }

    /// Writes what is new.
    async fn write(&self, page: Page) -> Result<(), VaultError> {
        let kept = page.session().kept().filter(|_| !self.over.get());
        let Some(kept) = kept else {
            // Nothing can go on from here.
            let removed: Vec<String> = self.written.take().into_keys().collect();
            self.stale.set(false);
            return if removed.is_empty() {
                Ok(())
            } else {
                vault::replace(Store::Checkpoints, &removed, &[]).await
            };
        };
        let key = |name: &str| format!("{}/{name}", self.place);
        let stale = self.stale.replace(false);
        let behind = self.behind.replace(false);
        let old = if stale {
            self.written.take()
        } else {
            BTreeMap::new()
        };
        let removed: Vec<String> = old.keys().cloned().collect();
        let (run, from) = (self.run.get(), self.recorded.get());
        let (head, piece, until) = page.view.with_untracked(|view| {
            let piece = view.interactions.get(from..).unwrap_or_default();
            let piece = (!piece.is_empty()).then(|| bytes_of(piece));
            (Head::of(view), piece, view.interactions.len())
        });
        let (head, said) = (bytes_of(&head), bytes_of(&kept.said));
        let mut parts: Vec<(String, &[u8])> = vec![(key("head"), &head), (key("said"), &said)];
        if behind {
            parts.push((key("state"), &kept.state));
        }
        if let Some(piece) = &piece {
            parts.push((key(&format!("record {from:08}")), piece));
        }
        let mut weights = self.written.borrow().clone();
        weights.extend(parts.iter().map(|(key, bytes)| (key.clone(), bytes.len())));
        let weight = weights.values().sum::<usize>().to_string();
        parts.push((key("weight"), weight.as_bytes()));
        let outcome = vault::replace(Store::Checkpoints, &removed, &parts).await;
        if let Err(why) = outcome {
            // Tried anew with the next one.
            self.behind.set(true);
            self.stale.set(stale || self.run.get() != run);
            self.written.borrow_mut().extend(old);
            return Err(why);
        }
        if self.run.get() == run {
            self.recorded.set(until);
        }
        weights.insert(key("weight"), 0);
        self.written.replace(weights);
        // Now it lies here.
        let origin = self.origin.take();
        match origin {
            Some(origin) => remove(&origin).await,
            None => Ok(()),
        }
    }

    /// Says once, quietly, that nothing is kept.
    fn complain(&self, page: Page, why: &VaultError) {
        if !self.told.replace(true) && page.notice.with_untracked(Option::is_none) {
            let words = page.text().keeping.unkept;
            page.notice
                .set(Some(Notice::Unkept(words.to_owned(), why.to_string())));
        }
    }
}

/// Bytes of plain data, which always has some.
fn bytes_of<T: serde::Serialize + ?Sized>(data: &T) -> Vec<u8> {
    postcard::to_allocvec(data).unwrap_or_default()
}

thread_local! {
    static AUTOSAVE: RefCell<Option<Rc<Autosave>>> = const { RefCell::new(None) };
}

/// From now on the run is kept; and if one was interrupted, the page says so.
pub fn begin(page: Page) {
    // Tabs that a browser opens again together may open in the same millisecond.
    let chance = js_sys::Math::random() * 1e6;
    let place = format!("{:014.0}-{chance:06.0}", js_sys::Date::now());
    hold(&place);
    let autosave = Rc::new(Autosave {
        place,
        written: RefCell::default(),
        recorded: Cell::new(0),
        behind: Cell::new(page.session().has_checkpoint()),
        stale: Cell::new(false),
        run: Cell::new(0),
        over: Cell::new(false),
        busy: Cell::new(false),
        again: Cell::new(false),
        awaited: Cell::new(false),
        origin: RefCell::default(),
        told: Cell::new(false),
    });
    AUTOSAVE.with(|slot| slot.replace(Some(Rc::clone(&autosave))));
    page.listen(Rc::new(autosave));
    look(page);
}

/// Looks for an interrupted run.
pub fn look(page: Page) {
    leptos::task::spawn_local(async move {
        // Without storage there is none; that it can't be kept is said when something is.
        let found = find().await.ok().flatten();
        page.interrupted.set(found);
    });
}

/// The newest run whose page is gone; the oldest of many are given up.
async fn find() -> Result<Option<Interrupted>, VaultError> {
    let mut places = places().await?;
    let given_up = places.len().saturating_sub(MOST_PLACES);
    for place in places.drain(..given_up) {
        remove(&place).await?;
    }
    for place in places.into_iter().rev() {
        match head(&place).await? {
            Some(head) => {
                let place = Some(place);
                return Ok(Some(Interrupted { place, head }));
            }
            None => remove(&place).await?,
        }
    }
    Ok(None)
}

/// The places whose pages are gone, oldest first.
async fn places() -> Result<Vec<String>, VaultError> {
    let keys = vault::keys(Store::Checkpoints).await?;
    let held = held().await;
    let places = keys.iter().filter_map(|key| key.split_once('/'));
    let mut places: Vec<String> = places
        .map(|(place, _)| place.to_owned())
        .filter(|place| !held.contains(place))
        .collect();
    places.dedup();
    Ok(places)
}

async fn head(place: &str) -> Result<Option<Head>, VaultError> {
    let bytes = vault::get(Store::Checkpoints, &format!("{place}/head")).await?;
    Ok(bytes.and_then(|bytes| postcard::from_bytes(&bytes).ok()))
}

/// All interrupted runs, and their bytes as far as they were counted.
pub async fn all() -> Result<Vec<(Interrupted, f64)>, VaultError> {
    let mut found = Vec::new();
    for place in places().await? {
        let weight = vault::get(Store::Checkpoints, &format!("{place}/weight")).await?;
        let weight = weight.and_then(|bytes| String::from_utf8(bytes).ok()?.parse::<u32>().ok());
        if let Some(head) = head(&place).await? {
            let place = Some(place);
            found.push((Interrupted { place, head }, weight.unwrap_or(0).into()));
        }
    }
    Ok(found)
}

/// Everything of a place, by its keys.
pub async fn keys(place: &str) -> Result<Vec<String>, VaultError> {
    let begin = format!("{place}/");
    let mut keys = vault::keys(Store::Checkpoints).await?;
    keys.retain(|key| key.starts_with(&begin));
    Ok(keys)
}

/// Removes everything of a place.
async fn remove(place: &str) -> Result<(), VaultError> {
    let keys = keys(place).await?;
    vault::replace(Store::Checkpoints, &keys, &[]).await
}

/// Takes an interrupted run up again if this build can; else tells which one can.
pub fn offer(page: Page, interrupted: Interrupted) {
    if interrupted.head.is_of_this_build() {
        go_on(page, interrupted);
    } else {
        page.interrupted.set(Some(interrupted));
    }
}

/// Takes an interrupted run up again, and goes on.
pub fn go_on(page: Page, interrupted: Interrupted) {
    leptos::task::spawn_local(async move {
        match read(&interrupted).await {
            Ok(saved) => {
                page.interrupted.set(None);
                AUTOSAVE.with_borrow(|autosave| {
                    if let Some(autosave) = autosave {
                        autosave.origin.replace(interrupted.place);
                    }
                });
                take_up(page, saved, TakingUp::GoingOn);
            }
            Err(why) => {
                let words = page.text().keeping.unread;
                page.notice
                    .set(Some(Notice::Unkept(words.to_owned(), why.to_string())));
            }
        }
    });
}

/// Gives an interrupted run up, and looks whether there is another.
pub fn throw_away(page: Page, interrupted: Interrupted) {
    leptos::task::spawn_local(async move {
        let removed = match &interrupted.place {
            Some(place) => remove(place).await,
            None => Ok(()),
        };
        // Not before it is gone: a page that is opened anew right after this must not find it.
        page.interrupted.set(None);
        if removed.is_ok() {
            look(page);
        }
    });
}

/// Everything of a place, read.
pub async fn read(interrupted: &Interrupted) -> Result<Saved, VaultError> {
    let place = interrupted.place.as_deref().unwrap_or_default();
    let part = |name: String| {
        let key = format!("{place}/{name}");
        async move {
            let bytes = vault::get(Store::Checkpoints, &key).await?;
            bytes.ok_or(VaultError::Other(key))
        }
    };
    let bad = |error: postcard::Error| VaultError::Other(error.to_string());
    let begin = format!("{place}/record ");
    let mut record: Vec<Interaction> = Vec::new();
    for key in vault::keys(Store::Checkpoints).await? {
        if let Some(from) = key.strip_prefix(&begin) {
            let piece = part(format!("record {from}")).await?;
            let piece: Vec<Interaction> = postcard::from_bytes(&piece).map_err(bad)?;
            record.extend(piece);
        }
    }
    Ok(Saved {
        head: interrupted.head.clone(),
        state: Bytes(part("state".into()).await?),
        said: postcard::from_bytes(&part("said".into()).await?).map_err(bad)?,
        record,
    })
}

/// Takes a run up that was kept.
fn take_up(page: Page, saved: Saved, how: TakingUp) {
    // What does not fit into a link asks for the default.
    let mut config = RunConfig::default();
    if let Ok(shared) = share::decode(&saved.head.link) {
        page.preset.set(shared.preset);
        config = shared.config;
    }
    page.fit(&config);
    page.promised.set(None);
    page.act.set(None);
    page.session().open_saved(saved, how);
}

/// Opens a file that [`save`] made, or says why not. The run in it waits.
pub fn open(page: Page, bytes: &[u8]) {
    let notice = match Saved::read(bytes) {
        Ok(Opened::Whole(saved)) => {
            let text = page.text();
            let place = super::interrupted::words(text, saved.head.standing);
            take_up(page, *saved, TakingUp::Paused);
            Some(Notice::Waits((text.keeping.waits)(&place)))
        }
        Ok(Opened::OfAnotherBuild(head)) => {
            page.interrupted
                .set(Some(Interrupted { place: None, head }));
            None
        }
        Err(why) => Some(Notice::BadFile(why.into())),
    };
    page.notice.set(notice);
}

/// What the run can go on from, as a file: its name, how far the run had come, its bytes.
pub fn packed(page: Page) -> Option<(String, Standing, Vec<u8>)> {
    let kept = page.session().kept()?;
    let saved = page.view.with_untracked(|view| Saved {
        head: Head::of(view),
        state: Bytes(kept.state.to_vec()),
        record: view.interactions.clone(),
        said: kept.said,
    });
    let bytes = saved.to_bytes().ok()?;
    Some((saved.file_name(), saved.head.standing, bytes))
}

/// Offers what the run can go on from as a file.
pub fn save(page: Page) {
    let packed = packed(page).and_then(|(name, _, bytes)| parcel::save_bytes(&name, &bytes));
    if packed.is_none() {
        page.notice.set(Some(Notice::Refused(String::new())));
    }
}
