//! `window.mores`: the page for programs. Embedders and browser tests use it beside clicking.
//!
//! | member | what it does |
//! |---|---|
//! | `ready` | promise; resolves with [`state()`](state) when an engine is ready for the first time |
//! | `load(run)` | opens a link, the JSON of a run file, or an object: a run file, or `{preset, seed, model, second_model, society: {..}, training: {..}, testing: {..}}` of which anything may be left out, such as `{society: {network: {small_world: {reach: 2, rewiring: 0.2}}, roles: {trolls: 4}, seat: {agent: 0, waits: true}, happenings: [{round: 1, what: {silence: {agent: 3, rounds: 2}}}]}}`. Promise of `state()`; starts nothing |
//! | `start()` `pause()` `step()` | as the buttons |
//! | `cancel()` | ends the run where it stands and keeps record, model and tests; such a run has no receipt |
//! | `reset()` | back to idle; promise of `state()` |
//! | `state()` | a plain object: `phase` (`idle`, `preparing`, `simulating`, `training`, `testing`, `done`, `failed`), `paused`, `round`, `progress` (`{stage, done, total}` or null), `engine` (`cpu`, `webgpu` or null), `adapter`, `note`, `metrics` (`{interactions, rounds, training, tests, languages, attacks, tokens_per_second}`), `receipt` (or null), `comparison` with the receipt of the link (`same`, `differs` or null), `failure`, `config`, `imported` (the file of a record that was brought, whose settings are not known, or null), `build` |
//! | `on(event, callback)` | calls back with a plain object; gives a function that ends it. Events: `ready`, `loaded`, `phase`, `paused`, `progress`, `society`, `changed` (somebody moved, left or behaves otherwise: all people anew), `waiting` (what a person in a seat is asked, or null), `stood_up` (the person left the seat), `announced` (a happening became part of the run), `happened`, `lost` (an interaction came to nothing), `drafted`, `criticised`, `interaction`, `round`, `training`, `test`, `language`, `finished`, `failure`, and `*` for all |
//! | `link(wishes)` | the link of this run, with its receipt once it is done; throws if it can't be one. `wishes` may be left out, or holds any of `{receipt: false, lesson: 3, lang: 'zh-Hans', theme: 'dark', hide: ['settings', 'step'], embed: true}` |
//! | `export(what)` | `'model'`, `'record'`, `'run'` or `'external_memory'`: promise of a `Blob` |
//! | `keep(name)` | keeps the run, once it is done, to be compared with others; the name may be left out: promise of it |
//! | `runs()` | promise of a list of the runs that are kept, each a plain object |
//! | `ask(model, text)` | `'base'` or `'trained'`: promise of the answer |
//!
//! Promises are rejected, and functions throw, with an `Error` whose message is one sentence.

mod link;

use super::state::{Listener, Page};
use super::surface::{RunsErrand, with_runs};
use crate::lab::message::{ExportKind, Stage};
use crate::lab::receipt::Comparison;
use crate::lab::view::WhichModel;
use crate::lab::{Event, Receipt, RunView, build};
use js_sys::{Array, Error, Function, JSON, Object, Promise, Reflect};
use leptos::prelude::*;
use serde_json::{Value, json};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use wasm_bindgen::prelude::*;

struct Waiting {
    resolve: Function,
    reject: Function,
}

/// Those who listen or wait.
#[derive(Default)]
pub struct Hooks {
    listeners: RefCell<BTreeMap<u32, (String, Function)>>,
    next: RefCell<u32>,
    ready: RefCell<Option<Waiting>>,
    loads: RefCell<Vec<Waiting>>,
}

impl Listener for Hooks {
    /// Passes an event on to listeners and to promises that wait for it.
    fn tell(&self, page: Page, event: &Event) {
        match event {
            Event::Ready { .. } => {
                if let Some(waiting) = self.ready.take() {
                    settle(&waiting.resolve, &state(page));
                }
            }
            Event::Loaded(_) => {
                for waiting in self.loads.take() {
                    settle(&waiting.resolve, &state(page));
                }
            }
            Event::Failed(failure) => self.fail(&failure.message),
            _ => {}
        }
        let Some((name, told)) = describe(event) else {
            return;
        };
        let called: Vec<Function> = {
            let listeners = self.listeners.borrow();
            let wanted = listeners
                .values()
                .filter(|(wanted, _)| wanted == name || wanted == "*");
            wanted.map(|(_, function)| function.clone()).collect()
        };
        if called.is_empty() {
            return;
        }
        let told = to_js(&told());
        // So that a listener of everything knows what it hears.
        let _ = Reflect::set(&told, &"event".into(), &name.into());
        for function in called {
            settle(&function, &told);
        }
    }

    /// Tells those who wait for a load that it failed.
    fn fail(&self, why: &str) {
        for waiting in self.loads.take() {
            settle(&waiting.reject, &Error::new(why).into());
        }
    }
}

/// Calls a function of the embedder's; what it throws is the embedder's own affair.
fn settle(function: &Function, value: &JsValue) {
    let _ = function.call1(&JsValue::UNDEFINED, value);
}

/// What is told about an event, made only if somebody listens.
type Account<'a> = Box<dyn Fn() -> Value + 'a>;

/// An event's name and what is told about it.
fn describe(event: &Event) -> Option<(&'static str, Account<'_>)> {
    Some(match event {
        Event::Ready {
            engine,
            adapter,
            note,
        } => (
            "ready",
            Box::new(move || json!({"engine": engine.name(), "adapter": adapter, "note": note})),
        ),
        Event::Loaded(config) => ("loaded", Box::new(move || json!({"config": config}))),
        Event::Phase(phase) => ("phase", Box::new(move || json!({"phase": phase.name()}))),
        Event::Paused(paused) => ("paused", Box::new(move || json!({"paused": paused}))),
        Event::Progress { stage, done, total } => (
            "progress",
            Box::new(move || json!({"stage": stage_name(*stage), "done": done, "total": total})),
        ),
        Event::Society { agents, .. } => ("society", Box::new(move || json!({"agents": agents}))),
        Event::Changed(agents) => ("changed", Box::new(move || json!({"agents": agents}))),
        Event::Waiting(asked) => ("waiting", Box::new(move || json!({"asked": asked}))),
        Event::StoodUp => ("stood_up", Box::new(|| json!({}))),
        Event::Announced(happening) => (
            "announced",
            Box::new(move || json!({"happening": happening})),
        ),
        Event::Happened(happening) => (
            "happened",
            Box::new(move || json!({"happening": happening})),
        ),
        Event::Lost { agent } => ("lost", Box::new(move || json!({"agent": agent}))),
        Event::Drafted {
            agent,
            question,
            draft,
        } => (
            "drafted",
            Box::new(move || json!({"agent": agent, "question": question, "draft": draft})),
        ),
        Event::Criticised {
            agent,
            peer,
            rating,
            reason,
        } => (
            "criticised",
            Box::new(
                move || json!({"agent": agent, "peer": peer, "rating": rating, "reason": reason}),
            ),
        ),
        Event::Completed(interaction) => (
            "interaction",
            Box::new(move || json!({"interaction": interaction})),
        ),
        Event::RoundReached(round) => ("round_reached", Box::new(move || json!({"round": round}))),
        Event::Round(statistics) => ("round", Box::new(move || json!({"statistics": statistics}))),
        Event::Trained {
            metrics,
            steps,
            seconds,
        } => (
            "training",
            Box::new(move || json!({"metrics": metrics, "steps": steps, "seconds": seconds})),
        ),
        Event::Tested(result) => ("test", Box::new(move || json!({"result": result}))),
        Event::Language(result) => ("language", Box::new(move || json!({"result": result}))),
        Event::Attacked(result) => ("attack", Box::new(move || json!({"result": result}))),
        Event::Finished(receipt) => (
            "finished",
            Box::new(move || json!({"receipt": receipt_value(receipt)})),
        ),
        Event::Failed(failure) => ("failure", Box::new(move || json!({"failure": failure}))),
        _ => return None,
    })
}

fn stage_name(stage: Stage) -> &'static str {
    match stage {
        Stage::Remembering => "remembering",
        Stage::Drafting => "drafting",
        Stage::Criticising => "criticising",
        Stage::Revising => "revising",
        Stage::Training => "training",
        Stage::TestingBase => "testing-base",
        Stage::TestingTrained => "testing-trained",
    }
}

/// Sixteen bytes as 32 hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn receipt_value(receipt: &Receipt) -> Value {
    let headline = receipt.headline;
    json!({
        "build": receipt.build,
        "engine": receipt.engine.name(),
        "adapter": receipt.adapter,
        "record": hex(&receipt.record),
        "weights": hex(&receipt.weights),
        "headline": {
            "alignment_base": f64::from(headline.alignment_base) / 100.0,
            "alignment_trained": f64::from(headline.alignment_trained) / 100.0,
            "bad_base": f64::from(headline.bad_base) / 1000.0,
            "bad_trained": f64::from(headline.bad_trained) / 1000.0,
        },
    })
}

fn view_value(view: &RunView) -> Value {
    let progress = view
        .progress
        .map(|progress| json!({"stage": stage_name(progress.stage), "done": progress.done, "total": progress.total}));
    json!({
        "build": build::id(),
        "phase": view.phase().name(),
        "paused": view.paused,
        "round": view.round(),
        "progress": progress,
        "engine": view.engine.map(|engine| engine.name()),
        "adapter": view.adapter,
        "note": view.note,
        "metrics": {
            "interactions": view.interactions.len(),
            "rounds": view.rounds,
            "training": view.training.iter().map(|step| step.metrics).collect::<Vec<_>>(),
            "tests": view.tests,
            "languages": view.languages,
            "attacks": view.attacks,
            "tokens_per_second": view.tokens_per_second(),
        },
        "receipt": view.receipt.as_ref().map(receipt_value),
        "failure": view.failure,
        "config": view.config,
        "imported": view.imported,
    })
}

/// What `state()` gives.
fn state(page: Page) -> JsValue {
    let mut value = page.view.with_untracked(view_value);
    value["comparison"] = page.view.with_untracked(|view| {
        let promised = page.promised.get_untracked();
        let same = match (&view.receipt, &view.config, promised) {
            (Some(receipt), Some(config), Some((wanted, promised)))
                if Page::is_same_run(config, &wanted) =>
            {
                receipt.compare(&promised)
            }
            _ => return Value::Null,
        };
        json!(if same == Comparison::Same {
            "same"
        } else {
            "differs"
        })
    });
    to_js(&value)
}

/// A plain object. It is built part by part: writing it as JSON for the browser to read would bring
/// all of the machinery that prints numbers exactly, and 10 kB of tables with it.
fn to_js(value: &Value) -> JsValue {
    match value {
        Value::Null => JsValue::NULL,
        Value::Bool(yes) => JsValue::from_bool(*yes),
        Value::Number(number) => number.as_f64().map_or(JsValue::NULL, JsValue::from_f64),
        Value::String(text) => JsValue::from_str(text),
        Value::Array(parts) => parts.iter().map(to_js).collect::<Array>().into(),
        Value::Object(parts) => {
            let object = Object::new();
            for (name, part) in parts {
                // A fresh plain object takes every property.
                let _ = Reflect::set(&object, &JsValue::from_str(name), &to_js(part));
            }
            object.into()
        }
    }
}

fn error(message: &str) -> JsValue {
    Error::new(message).into()
}

/// A promise that is settled later.
fn promise(ask: impl FnOnce(Waiting)) -> Promise {
    let mut ask = Some(ask);
    Promise::new(&mut |resolve, reject| {
        if let Some(ask) = ask.take() {
            ask(Waiting { resolve, reject });
        }
    })
}

fn load(page: Page, hooks: &Hooks, run: &JsValue) -> Promise {
    let text = match run.as_string() {
        Some(text) => text,
        None => match JSON::stringify(run).ok().and_then(|text| text.as_string()) {
            Some(text) => text,
            None => {
                return Promise::reject(&error(
                    "load() takes a link, the text of a run file, or an object",
                ));
            }
        },
    };
    match page.open_text(&text) {
        Ok(_) => promise(|waiting| hooks.loads.borrow_mut().push(waiting)),
        Err(why) => Promise::reject(&error(&why.to_string())),
    }
}

fn reset(page: Page, hooks: &Hooks) -> Promise {
    match page.reset() {
        Some(_) => promise(|waiting| hooks.loads.borrow_mut().push(waiting)),
        None => Promise::reject(&error("there is no engine to reset")),
    }
}

fn export(page: Page, what: &str) -> Promise {
    let kind = match what {
        "model" => ExportKind::Model,
        "record" => ExportKind::Record,
        "run" => ExportKind::Run,
        "external_memory" => ExportKind::ExternalMemory,
        _ => {
            return Promise::reject(&error(
                "export() takes 'model', 'record', 'run' or 'external_memory'",
            ));
        }
    };
    promise(|waiting| {
        page.order(kind, move |parcel| match parcel {
            Ok(parcel) => match super::parcel::blob(&parcel) {
                Some(blob) => settle(&waiting.resolve, &blob.into()),
                None => settle(
                    &waiting.reject,
                    &error("the browser could not make a file of it"),
                ),
            },
            Err(failure) => settle(&waiting.reject, &error(&failure.message)),
        });
    })
}

fn keep(page: Page, name: Option<String>) -> Promise {
    promise(|waiting| {
        let told = Box::new(move |kept: Result<String, String>| match kept {
            Ok(name) => settle(&waiting.resolve, &name.into()),
            Err(why) => settle(&waiting.reject, &error(&why)),
        });
        with_runs(page, RunsErrand::Keep(name, told));
    })
}

fn runs(page: Page) -> Promise {
    promise(|waiting| {
        let told = Box::new(move |found: Result<Vec<String>, String>| match found {
            Ok(texts) => {
                let read = |text: &String| JSON::parse(text).unwrap_or_default();
                let runs: Array = texts.iter().map(read).collect();
                settle(&waiting.resolve, &runs);
            }
            Err(why) => settle(&waiting.reject, &error(&why)),
        });
        with_runs(page, RunsErrand::All(told));
    })
}

fn ask(page: Page, model: &str, text: String) -> Promise {
    let model = match model {
        "base" => WhichModel::Base,
        "trained" => WhichModel::Trained,
        _ => return Promise::reject(&error("ask() takes 'base' or 'trained', and a text")),
    };
    promise(|waiting| {
        page.ask(model, text, move |answer| match answer {
            Ok(text) => settle(&waiting.resolve, &text.into()),
            Err(failure) => settle(&waiting.reject, &error(&failure.message)),
        });
    })
}

fn on(hooks: &Rc<Hooks>, name: String, callback: Function) -> JsValue {
    let hooks = Rc::clone(hooks);
    let number = {
        let mut next = hooks.next.borrow_mut();
        *next += 1;
        *next
    };
    hooks
        .listeners
        .borrow_mut()
        .insert(number, (name, callback));
    Closure::<dyn Fn()>::new(move || {
        hooks.listeners.borrow_mut().remove(&number);
    })
    .into_js_value()
}

/// Puts `mores` on the window.
pub fn install(page: Page) {
    let hooks: Rc<Hooks> = Rc::default();
    page.listen(Rc::clone(&hooks) as Rc<dyn Listener>);
    let object = Object::new();
    let put = |name: &str, value: JsValue| {
        // A fresh plain object takes every property.
        let _ = Reflect::set(&object, &name.into(), &value);
    };
    // An engine may have been there before this file of the page was.
    let ready = if page.view.with_untracked(|view| view.engine.is_some()) {
        Promise::resolve(&state(page))
    } else {
        promise(|waiting| *hooks.ready.borrow_mut() = Some(waiting))
    };
    put("ready", ready.into());
    let (loading, resetting, hearing) = (Rc::clone(&hooks), Rc::clone(&hooks), hooks);
    put(
        "load",
        Closure::<dyn Fn(JsValue) -> Promise>::new(move |run| load(page, &loading, &run))
            .into_js_value(),
    );
    put(
        "start",
        Closure::<dyn Fn()>::new(move || page.start()).into_js_value(),
    );
    put(
        "pause",
        Closure::<dyn Fn()>::new(move || page.pause()).into_js_value(),
    );
    put(
        "step",
        Closure::<dyn Fn()>::new(move || page.step()).into_js_value(),
    );
    put(
        "cancel",
        Closure::<dyn Fn()>::new(move || page.cancel()).into_js_value(),
    );
    put(
        "reset",
        Closure::<dyn Fn() -> Promise>::new(move || reset(page, &resetting)).into_js_value(),
    );
    put(
        "state",
        Closure::<dyn Fn() -> JsValue>::new(move || state(page)).into_js_value(),
    );
    let hear = Closure::<dyn Fn(String, Function) -> JsValue>::new(move |name, callback| {
        on(&hearing, name, callback)
    });
    put("on", hear.into_js_value());
    let link =
        Closure::<dyn Fn(JsValue) -> Result<JsValue, JsValue>>::new(move |asked: JsValue| {
            link::address(page, &asked)
                .map(JsValue::from)
                .map_err(|why| error(&why))
        });
    put("link", link.into_js_value());
    put(
        "export",
        Closure::<dyn Fn(String) -> Promise>::new(move |what: String| export(page, &what))
            .into_js_value(),
    );
    let keeping = move |name: JsValue| keep(page, name.as_string());
    put(
        "keep",
        Closure::<dyn Fn(JsValue) -> Promise>::new(keeping).into_js_value(),
    );
    put(
        "runs",
        Closure::<dyn Fn() -> Promise>::new(move || runs(page)).into_js_value(),
    );
    let question = Closure::<dyn Fn(String, String) -> Promise>::new(move |model: String, text| {
        ask(page, &model, text)
    });
    put("ask", question.into_js_value());
    let _ = Reflect::set(&js_sys::global(), &"mores".into(), &object);
}
