//! Messages from the page, in the order they came.

use futures_channel::mpsc::{UnboundedReceiver, unbounded};
use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

/// Bytes that arrived and were not taken yet.
pub(super) struct Inbox {
    waiting: Rc<RefCell<VecDeque<Vec<u8>>>>,
    bell: RefCell<UnboundedReceiver<()>>,
}

impl Inbox {
    /// Listens on the worker's own port from now on.
    pub(super) fn listen(scope: &DedicatedWorkerGlobalScope) -> Self {
        let waiting = Rc::new(RefCell::new(VecDeque::new()));
        let (ring, bell) = unbounded();
        let letters = Rc::clone(&waiting);
        let listener = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            let bytes = js_sys::Uint8Array::new(&event.data()).to_vec();
            letters.borrow_mut().push_back(bytes);
            // The receiver lives as long as the worker; should it be gone, nobody waits.
            let _ = ring.unbounded_send(());
        });
        scope.set_onmessage(Some(listener.as_ref().unchecked_ref()));
        // The worker listens until it is terminated, which frees everything.
        listener.forget();
        Self {
            waiting,
            bell: RefCell::new(bell),
        }
    }

    /// Whether there is no message to take.
    pub(super) fn is_empty(&self) -> bool {
        self.waiting.borrow().is_empty()
    }

    /// The next message, if one has arrived.
    pub(super) fn take(&self) -> Option<Vec<u8>> {
        self.waiting.borrow_mut().pop_front()
    }

    /// Waits until there is a message to take.
    #[expect(
        clippy::await_holding_refcell_ref,
        reason = "one task waits; the listener never touches the bell"
    )]
    pub(super) async fn arrival(&self) {
        use futures_util::StreamExt as _;
        while self.is_empty() {
            if self.bell.borrow_mut().next().await.is_none() {
                return;
            }
        }
    }
}
