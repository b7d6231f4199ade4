//! The page's side of its service worker: registers it when the page has nothing better to do, lets it
//! bring the rest of the build while no run is on, and hears of newer builds. One that is ready only
//! waits; [`take`] lets it take over, and this tab alone opens anew.

use super::super::foreign::{
    Thrown, ask, call, ear, listen, make, of_navigator, part, property, text,
};
use super::super::state::{Link, Page};
use super::news;
use crate::canvas::beside;
use js_sys::{Array, Promise};
use leptos::prelude::*;
use std::cell::RefCell;
use std::time::Duration;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

const WORKER: &str = "service-worker.js";
/// After the engine is there, the page settles; then it is kept.
const CALM: Duration = Duration::from_secs(2);
/// A page that stays open looks for a newer build this often, when somebody turns to it.
const OFTEN: f64 = 3_600_000.0;

thread_local! {
    static REGISTRATION: RefCell<Option<JsValue>> = const { RefCell::new(None) };
}

/// Registers the worker, once an engine is there.
pub fn begin(page: Page) {
    if of_navigator("serviceWorker").is_none() {
        return;
    }
    let begun = StoredValue::new(false);
    Effect::new(move || {
        if page.link.get() == Link::Ready && !begun.get_value() {
            begun.set_value(true);
            let register = move || {
                // Where it fails, the page works as before, with a network.
                leptos::task::spawn_local(async move { drop(register(page).await) });
            };
            set_timeout(register, CALM);
        }
    });
}

async fn register(page: Page) -> Result<(), Thrown> {
    let container = of_navigator("serviceWorker").ok_or(Thrown::UNDEFINED)?;
    let registration = ask(&container, "register", &[WORKER.into()]).await?;
    if !registration.is_object() {
        return Ok(());
    }
    REGISTRATION.with(|slot| slot.replace(Some(registration.clone())));
    let rules = container.clone();
    let hear = ear(move |_| {
        let ruler = part(&rules, "controller");
        leptos::task::spawn_local(async move { compare(ruler).await });
    });
    listen(&container, "oncontrollerchange", &hear);
    let found = registration.clone();
    let hear = ear(move |_| follow(page, &found));
    listen(&registration, "onupdatefound", &hear);
    follow(page, &registration);
    if part(&registration, "active").is_some() {
        consider(&registration).await;
        bring_the_rest(page);
    }
    look_again(registration);
    Ok(())
}

/// Follows a worker on its way in.
fn follow(page: Page, registration: &JsValue) {
    let Some(worker) = part(registration, "installing") else {
        return;
    };
    let registration = registration.clone();
    let it = worker.clone();
    let hear = ear(move |_| {
        let registration = registration.clone();
        match text(&it, "state").as_deref() {
            Some("installed") => leptos::task::spawn_local(async move {
                consider(&registration).await;
            }),
            Some("activated") => bring_the_rest(page),
            _ => {}
        }
    });
    listen(&worker, "onstatechange", &hear);
}

/// What is to be done about the worker that waits, if one does while another is active.
async fn consider(registration: &JsValue) {
    let waiting = part(registration, "waiting").filter(|_| part(registration, "active").is_some());
    let Some(waiting) = waiting else {
        return;
    };
    let seal = seal_of(&waiting).await;
    if seal.is_some() && seal == beside::seal() {
        // It is this page's own: a page that came past the active one.
        say(&waiting, "take over");
    } else {
        news().update(|news| news.waits = true);
    }
}

/// Another tab let a newer build in: this page is an old one from now on.
async fn compare(ruler: Option<JsValue>) {
    let seal = match ruler {
        Some(ruler) => seal_of(&ruler).await,
        None => None,
    };
    if seal.is_some() && seal != beside::seal() {
        news().update(|news| news.waits = true);
    }
}

fn say(worker: &JsValue, words: &str) {
    // A worker that is gone needs nothing.
    let _ = call(worker, "postMessage", &[words.into()]);
}

/// Asks a worker of which build it is.
async fn seal_of(worker: &JsValue) -> Option<String> {
    let channel = make("MessageChannel", &[])?;
    let (ours, theirs) = (part(&channel, "port1")?, part(&channel, "port2")?);
    let answer = JsFuture::from(Promise::new(&mut |resolve, _| {
        listen(&ours, "onmessage", &resolve);
    }));
    let ports = Array::of1(&theirs);
    call(worker, "postMessage", &["which".into(), ports.into()]).ok()?;
    let told = property(&answer.await.ok()?, "data").ok()?;
    told.dyn_ref::<Array>()?.get(0).as_string()
}

/// Lets the worker fetch what nobody waits for, when no run is on; not where data is dear.
fn bring_the_rest(page: Page) {
    let dear =
        of_navigator("connection").and_then(|connection| property(&connection, "saveData").ok());
    if dear.is_some_and(|dear| dear.is_truthy()) {
        return;
    }
    let done = StoredValue::new(false);
    Effect::new(move || {
        let idle = !page.view.with(|view| view.phase().is_working());
        if idle && !done.get_value() {
            done.set_value(true);
            REGISTRATION.with_borrow(|registration| {
                if let Some(active) = registration
                    .as_ref()
                    .and_then(|found| part(found, "active"))
                {
                    say(&active, "bring the rest");
                    // The page was here before its service worker, which saw nothing of it.
                    if page.session().has_burn() {
                        say(&active, "bring what was used");
                    }
                }
            });
        }
    });
}

/// Looks for a newer build when somebody turns to a page that was open for long.
fn look_again(registration: JsValue) {
    let last = StoredValue::new(js_sys::Date::now());
    let look = move |_| {
        let now = js_sys::Date::now();
        let online = web_sys::window().is_some_and(|window| window.navigator().on_line());
        if online && now - last.get_value() > OFTEN {
            last.set_value(now);
            let registration = registration.clone();
            // No answer is no news.
            leptos::task::spawn_local(async move { drop(ask(&registration, "update", &[]).await) });
        }
    };
    // As long as the page.
    let _ = window_event_listener(leptos::ev::focus, look);
}

/// Lets the newer build take over, and opens the page anew with it.
pub fn take() {
    let waiting = REGISTRATION.with_borrow(|found| part(found.as_ref()?, "waiting"));
    let reload = |_| {
        if let Some(window) = web_sys::window() {
            // A page can always be opened anew.
            let _ = window.location().reload();
        }
    };
    let (Some(waiting), Some(container)) = (waiting, of_navigator("serviceWorker")) else {
        // Another tab let it in.
        return reload(JsValue::UNDEFINED);
    };
    news().update(|news| news.taking = true);
    listen(&container, "oncontrollerchange", &ear(reload));
    say(&waiting, "take over");
}
