//! Messages to the page, numbered and transferred.

use crate::lab::message::{Envelope, Event};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use wasm_bindgen::JsCast;
use web_sys::DedicatedWorkerGlobalScope;

/// Sends events; clones share their numbering.
#[derive(Clone)]
pub(super) struct Outbox {
    sequence: Arc<AtomicU64>,
    newest_run: Arc<AtomicU32>,
}

impl Outbox {
    pub(super) fn new() -> Self {
        Self {
            sequence: Arc::new(AtomicU64::new(0)),
            newest_run: Arc::new(AtomicU32::new(0)),
        }
    }

    /// Sends an event of a run.
    pub(super) fn send(&self, run: u32, event: Event) {
        self.newest_run.store(run, Ordering::Relaxed);
        let sequence = self.sequence.fetch_add(1, Ordering::Relaxed);
        // Events are plain data and always serialise; an out-of-memory abort is the page's to see.
        let Ok(bytes) = Envelope::new(run, sequence, event).to_bytes() else {
            return;
        };
        let Ok(scope) = js_sys::global().dyn_into::<DedicatedWorkerGlobalScope>() else {
            return;
        };
        let array = js_sys::Uint8Array::from(bytes.as_slice());
        let transfer = js_sys::Array::of1(&array.buffer());
        // Only a dying worker refuses to post.
        let _ = scope.post_message_with_transfer(&array, &transfer);
    }

    /// Sends an event of the run that was spoken of last.
    pub(super) fn send_to_newest(&self, event: Event) {
        self.send(self.newest_run.load(Ordering::Relaxed), event);
    }
}
