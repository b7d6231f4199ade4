//! The engine in a browser worker: a thin driver of [`crate::lab::session::Session`].
//!
//! Bytes of [`Envelope`]s come in and go out as transferred buffers. One task owns the session:
//! it carries out the commands that have arrived, computes one slice, and then yields a macrotask,
//! so that the next command (Pause above all) can arrive. A microtask would not let it.

mod host;
mod inbox;
mod outbox;

use crate::lab::message::{Command, Envelope, Event, Failure};
use crate::lab::session::Session;
use host::BrowserHost;
use inbox::Inbox;
use outbox::Outbox;
use wasm_bindgen::JsCast;
use web_sys::DedicatedWorkerGlobalScope;

/// Listens to the page for as long as the worker lives.
pub fn run() {
    let Ok(scope) = js_sys::global().dyn_into::<DedicatedWorkerGlobalScope>() else {
        // Opened as a page's script by mistake: there is nobody to tell.
        return;
    };
    let outbox = Outbox::new();
    report_panics(&outbox);
    let inbox = Inbox::listen(&scope);
    outbox.send(0, Event::Hello);
    wasm_bindgen_futures::spawn_local(serve(scope, inbox, outbox));
}

async fn serve(scope: DedicatedWorkerGlobalScope, inbox: Inbox, outbox: Outbox) {
    let mut session = Session::new(BrowserHost::new(scope));
    let mut run = 0;
    loop {
        if !session.is_busy() {
            // The visitor reads: what a first step would wait for is got ready meanwhile.
            while inbox.is_empty() && session.warm().await {
                gloo_timers::future::TimeoutFuture::new(0).await;
            }
            inbox.arrival().await;
        }
        while let Some(bytes) = inbox.take() {
            match Envelope::<Command>::from_bytes(&bytes) {
                Ok(envelope) => {
                    run = envelope.run;
                    for event in session.handle(envelope.body).await {
                        outbox.send(run, event);
                    }
                }
                Err(error) => outbox.send(run, Event::Failed(Failure::from_error(&error, false))),
            }
        }
        if session.is_busy() {
            for event in session.advance().await {
                outbox.send(run, event);
            }
            gloo_timers::future::TimeoutFuture::new(0).await;
        }
    }
}

/// Tells the page about a panic before the worker is gone; the page restarts it from the last
/// checkpoint.
fn report_panics(outbox: &Outbox) {
    let outbox = outbox.clone();
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        hook(panic);
        let place = panic
            .location()
            .map(ToString::to_string)
            .unwrap_or_default();
        outbox.send_to_newest(Event::Failed(Failure {
            code: "panic".into(),
            message: "the engine broke down; this is a mistake in the program".into(),
            causes: vec![format!("{panic}"), place],
            recoverable: true,
        }));
    }));
}
