//! The renderer for graphics cards: the page's half. The other half is the painter, a worker that is
//! loaded only where it can help; it gets a canvas once, and every frame's marks as bytes.

use super::mark::{Form, Mark, SIGNS};
use super::palette::Palette;
use super::plane::sign;
use super::scene::Scene;
use super::sight::{Camera, Sight};
use super::{Moment, Renderer, beside, sketch};
use crate::lab::build;
use crate::lab::drawing::{DRAWN, LISTENING, OPEN, STRIDE};
use js_sys::{Array, Float32Array, Function, Promise, Uint8Array};
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, MessageEvent, Worker};

/// Device pixels of a sign's cell: larger than signs get on most screens.
const CELL: u32 = 48;
/// Frames that may be under way: a slow painter is not sent more than it can draw, and one that
/// carries pixels has only one sheet to read them from.
fn most_under_way(carried: bool) -> u32 {
    if carried { 1 } else { 2 }
}
/// Draws through the painter.
pub struct LensRenderer {
    worker: Worker,
    state: Rc<State>,
    most_under_way: u32,
    marks: Vec<Mark>,
    bytes: Vec<u8>,
    size: (f64, f64),
    /// The last picture was not drawn, because enough of them were under way.
    owes: bool,
    // Kept alive as long as the painter is listened to.
    _ears: Ears,
}

/// What hears a painter's words, and its faults.
type Ears = (
    Closure<dyn FnMut(MessageEvent)>,
    Closure<dyn FnMut(web_sys::Event)>,
);

#[derive(Default)]
struct State {
    broken: Cell<bool>,
    under_way: Cell<u32>,
}

impl LensRenderer {
    /// Loads the painter and gives it a canvas of its own; none if it can't draw. `carried`: there is
    /// no graphics card, so this browser can't show what was drawn unless it is carried to the canvas.
    pub async fn open(canvas: HtmlCanvasElement, carried: bool) -> Option<Self> {
        let signs = written()?;
        let address = beside::worker("painter_loader.js", None)?;
        let offscreen = canvas.transfer_control_to_offscreen().ok()?;
        let worker = Worker::new(&address).ok()?;
        let parts = Array::of3(&offscreen, &signs, &carried.into());
        let state = Rc::new(State::default());
        let mut ears = None;
        let opened = Promise::new(&mut |resolve, _| {
            ears = Some(listen(&worker, &state, &parts, resolve));
        });
        let lens = Self {
            worker,
            state,
            most_under_way: most_under_way(carried),
            marks: Vec::new(),
            bytes: Vec::new(),
            size: (1.0, 1.0),
            owes: false,
            _ears: ears?,
        };
        let can = JsFuture::from(opened).await.ok()?;
        can.is_truthy().then_some(lens)
    }
}

/// Listens to a painter, and gives it a canvas when it is there. `resolve` is told whether it can draw.
fn listen(worker: &Worker, state: &Rc<State>, parts: &Array, resolve: Function) -> Ears {
    let (painter, heard, parts) = (worker.clone(), Rc::clone(state), parts.clone());
    let settle = resolve.clone();
    let hear = Closure::<dyn FnMut(MessageEvent)>::new(move |message: MessageEvent| {
        let word = message.data().as_string().unwrap_or_default();
        let answer = |can: bool| drop(settle.call1(&JsValue::NULL, &can.into()));
        match word.as_str() {
            DRAWN => heard.under_way.set(heard.under_way.get().saturating_sub(1)),
            OPEN => answer(true),
            // One of the same build, or the bytes might mean something else to it.
            word if word.strip_prefix(LISTENING) == Some(build::id()) => {
                let sent = painter.post_message_with_transfer(&parts, &Array::of1(&parts.get(0)));
                if sent.is_err() {
                    answer(false);
                }
            }
            _ => {
                heard.broken.set(true);
                answer(false);
            }
        }
    });
    let heard = Rc::clone(state);
    let fail = Closure::<dyn FnMut(web_sys::Event)>::new(move |error: web_sys::Event| {
        // There is another way to draw; the console need not hear of this one.
        error.prevent_default();
        heard.broken.set(true);
        drop(resolve.call1(&JsValue::NULL, &JsValue::FALSE));
    });
    worker.set_onmessage(Some(hear.as_ref().unchecked_ref()));
    worker.set_onerror(Some(fail.as_ref().unchecked_ref()));
    (hear, fail)
}

impl Drop for LensRenderer {
    fn drop(&mut self) {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
    }
}

impl Renderer for LensRenderer {
    fn resize(&mut self, width: f64, height: f64, density: f64) {
        self.size = (width, height);
        let size = [width as f32, height as f32, density as f32];
        if self
            .worker
            .post_message(&Float32Array::from(&size[..]))
            .is_err()
        {
            self.state.broken.set(true);
        }
    }

    fn paint(&mut self, scene: &Scene, palette: &Palette, camera: Camera, moment: Moment) -> bool {
        if !self.works() {
            return false;
        }
        self.owes = self.state.under_way.get() >= self.most_under_way;
        if self.owes {
            return true;
        }
        let sight = Sight::of(self.size.0, self.size.1, &scene.arrangement, camera);
        let moves = sketch(scene, palette, &sight, moment, &mut self.marks);
        self.bytes.clear();
        for mark in &self.marks {
            encode(mark, &mut self.bytes);
        }
        let bytes = Uint8Array::from(&self.bytes[..]);
        let sent = self
            .worker
            .post_message_with_transfer(&bytes, &Array::of1(&bytes.buffer()));
        self.state.under_way.set(self.state.under_way.get() + 1);
        if sent.is_err() {
            self.state.broken.set(true);
        }
        moves
    }

    fn works(&self) -> bool {
        !self.state.broken.get()
    }

    fn owes(&self) -> bool {
        self.owes
    }
}

/// The signs, written side by side by a 2-D canvas; bytes of red, green, blue and alpha.
fn written() -> Option<Uint8Array> {
    let canvas = web_sys::window()?
        .document()?
        .create_element("canvas")
        .ok()?;
    let canvas: HtmlCanvasElement = canvas.dyn_into().ok()?;
    // There are eight signs.
    canvas.set_width(CELL * SIGNS.len() as u32);
    canvas.set_height(CELL);
    let context = canvas.get_context("2d").ok()??;
    let context: CanvasRenderingContext2d = context.dyn_into().ok()?;
    let cell = f64::from(CELL);
    for number in 0..SIGNS.len() {
        let number = number as f64;
        let centre = (cell * (number + 0.5), cell / 2.0 - 0.5);
        sign(
            &context,
            &Mark::new(Form::Sign, centre, (cell / 2.0, cell / 2.0)).with(number),
        );
    }
    let picture = context.get_image_data(0.0, 0.0, cell * SIGNS.len() as f64, cell);
    Some(Uint8Array::from(&picture.ok()?.data()[..]))
}

/// A mark as the painter's shader reads it: [`STRIDE`] bytes.
fn encode(mark: &Mark, bytes: &mut Vec<u8>) {
    let begin = bytes.len();
    let numbers = [
        mark.centre.0,
        mark.centre.1,
        mark.half.0,
        mark.half.1,
        mark.width,
        mark.detail,
    ];
    for number in numbers {
        bytes.extend_from_slice(&(number as f32).to_le_bytes());
    }
    for colour in [mark.fill, mark.line] {
        bytes.extend_from_slice(&[colour.red, colour.green, colour.blue, colour.alpha]);
    }
    bytes.extend_from_slice(&(mark.form as u32).to_le_bytes());
    debug_assert_eq!((bytes.len() - begin) as u64, STRIDE);
}
