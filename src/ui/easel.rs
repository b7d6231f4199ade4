//! The canvas of the society: what keeps drawing it, and what pointers and keys do to it.

use super::memory;
use super::state::{Chosen, Page};
use crate::canvas::peg::SMALLEST_FIGURE;
use crate::canvas::{Camera, Moment, Palette, PlaneRenderer, Renderer, Scene, Sight};
use leptos::prelude::*;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;
use web_sys::{HtmlCanvasElement, KeyboardEvent, MouseEvent, PointerEvent, WheelEvent};

/// How many times larger one press or double click makes everything.
const STEP: f64 = 1.6;
/// CSS pixels a pointer may tremble before it drags.
const TREMBLE: f64 = 5.0;
/// Milliseconds in which a camera has come most of its way.
const GLIDE: f64 = 110.0;
/// How long a click in a crowd waits, in case it is half of a double click.
const PATIENCE: Duration = Duration::from_millis(230);

/// What keeps drawing.
pub struct Easel {
    page: Page,
    canvas: HtmlCanvasElement,
    plane: RefCell<PlaneRenderer>,
    /// What draws instead, where a graphics card can.
    lens: RefCell<Option<Box<dyn Renderer>>>,
    scene: RefCell<Scene>,
    palette: RefCell<Palette>,
    size: Cell<(f64, f64)>,
    /// Where the camera is, and where it is going.
    camera: Cell<Camera>,
    goal: Cell<Camera>,
    last_frame: Cell<f64>,
    frame_wanted: Cell<bool>,
    /// Pointers that are down.
    fingers: RefCell<Vec<(i32, (f64, f64))>>,
    dragging: Cell<bool>,
    clicks: Cell<u32>,
    /// Whether less than everything is shown.
    close: RwSignal<bool>,
    still: bool,
}

impl Easel {
    /// Takes a canvas; none if it can't be drawn on. `close` is told whether it shows a part only.
    pub fn new(page: Page, canvas: HtmlCanvasElement, close: RwSignal<bool>) -> Option<Rc<Self>> {
        let plane = PlaneRenderer::new(canvas.clone())?;
        Some(Rc::new(Self {
            page,
            canvas,
            plane: RefCell::new(plane),
            lens: RefCell::default(),
            scene: RefCell::default(),
            palette: RefCell::default(),
            size: Cell::new((1.0, 1.0)),
            camera: Cell::default(),
            goal: Cell::default(),
            last_frame: Cell::new(0.0),
            frame_wanted: Cell::new(false),
            fingers: RefCell::default(),
            dragging: Cell::new(false),
            clicks: Cell::new(0),
            close,
            still: memory::wants_stillness(),
        }))
    }

    // ---- drawing ----

    /// Takes the size that the style sheet gives the canvas.
    pub fn fit(&self) {
        let frame = self.canvas.get_bounding_client_rect();
        let density = web_sys::window().map_or(1.0, |window| window.device_pixel_ratio());
        let (width, height) = (frame.width(), frame.height());
        self.size.set((width, height));
        self.plane.borrow_mut().resize(width, height, density);
        if let Some(lens) = self.lens.borrow_mut().as_mut() {
            lens.resize(width, height, density);
        }
        self.camera.set(self.bounded(self.camera.get()));
        self.goal.set(self.bounded(self.goal.get()));
    }

    /// Reads the style sheet's colours.
    pub fn read_colours(&self) {
        let style = web_sys::window()
            .and_then(|window| window.get_computed_style(&self.canvas).ok().flatten());
        let token = |name: &str| {
            let value = style
                .as_ref()
                .and_then(|style| style.get_property_value(name).ok());
            value.unwrap_or_default().trim().to_owned()
        };
        *self.palette.borrow_mut() = Palette::read(token);
    }

    /// Shows another scene. Where people stand elsewhere now, everybody is shown.
    pub fn show(self: &Rc<Self>, mut scene: Scene) {
        {
            let old = self.scene.borrow();
            scene.hovered = old.hovered.filter(|id| scene.person(*id).is_some());
            if old.arrangement.shape != scene.arrangement.shape
                || old.arrangement.places.len() != scene.arrangement.places.len()
            {
                self.goal.set(Camera::default());
                self.close.set(false);
            }
        }
        *self.scene.borrow_mut() = scene;
        self.draw();
    }

    /// Draws at the next frame, and goes on while something moves.
    pub fn draw(self: &Rc<Self>) {
        if self.frame_wanted.replace(true) {
            return;
        }
        let easel = Rc::clone(self);
        request_animation_frame(move || {
            easel.frame_wanted.set(false);
            if easel.paint() {
                easel.draw();
            }
        });
    }

    fn paint(&self) -> bool {
        let now = memory::milliseconds();
        let glides = self.glide(now);
        let theatre = self.page.theatre;
        let head = theatre.head.try_get_untracked().unwrap_or_default();
        let staged = theatre.staged.try_get_untracked().flatten();
        let seconds = staged.map_or(0.0, |staged| head.seconds(&staged.timing, now));
        let moment = Moment {
            seconds,
            still: self.still,
        };
        let (scene, palette) = (self.scene.borrow(), self.palette.borrow());
        let mut lens = self.lens.borrow_mut();
        let (moves, owes) = match lens.as_mut() {
            Some(lens) => {
                let moves = lens.paint(&scene, &palette, self.camera.get(), moment);
                (moves, lens.owes())
            }
            None => {
                let mut plane = self.plane.borrow_mut();
                let moves = plane.paint(&scene, &palette, self.camera.get(), moment);
                (moves, false)
            }
        };
        // What is held stands still in the middle of its way.
        moves && head.playing || glides || owes
    }

    /// Brings the camera nearer to where it is going; whether it is still on its way.
    fn glide(&self, now: f64) -> bool {
        let (camera, goal) = (self.camera.get(), self.goal.get());
        // After a rest, the first frame counts as one of a sixtieth of a second.
        let passed = Some(now - self.last_frame.replace(now)).filter(|passed| *passed < 100.0);
        if camera == goal {
            return false;
        }
        let arrived = self.still || camera.is_near(goal);
        let share = (passed.unwrap_or(16.0) / GLIDE).min(1.0);
        self.camera.set(if arrived {
            goal
        } else {
            camera.towards(goal, share)
        });
        !arrived
    }

    // ---- the graphics card ----

    /// Whether the canvas is drawn by something that no longer works.
    pub fn is_broken(&self) -> bool {
        self.lens
            .borrow()
            .as_ref()
            .is_some_and(|lens| !lens.works())
    }

    /// Lets another renderer draw, or nobody else any more.
    pub fn take(self: &Rc<Self>, lens: Option<Box<dyn Renderer>>) {
        let name = if lens.is_some() { "wgpu" } else { "2d" };
        let _ = self.canvas.set_attribute("data-renderer", name);
        *self.lens.borrow_mut() = lens;
        self.plane.borrow().erase();
        self.fit();
        self.draw();
    }

    // ---- looking closer ----

    fn sight(&self) -> Sight {
        let (width, height) = self.size.get();
        Sight::of(
            width,
            height,
            &self.scene.borrow().arrangement,
            self.camera.get(),
        )
    }

    fn bounded(&self, camera: Camera) -> Camera {
        self.sight().bounded(camera)
    }

    /// Sends the camera somewhere, at once or gliding.
    fn send(self: &Rc<Self>, camera: Camera, at_once: bool) {
        let goal = self.bounded(camera);
        self.goal.set(goal);
        if at_once {
            self.camera.set(goal);
        }
        if self.close.get_untracked() != goal.is_close() {
            self.close.set(goal.is_close());
        }
        self.draw();
    }

    /// Enlarges, or makes smaller, about a point of the canvas; its middle where none is given.
    fn zoom(self: &Rc<Self>, times: f64, at: Option<(f64, f64)>, at_once: bool) {
        let (width, height) = self.size.get();
        let at = at.unwrap_or((width / 2.0, height / 2.0));
        self.send(self.goal.get().zoomed(times, at), at_once);
    }

    /// Comes closer.
    pub fn closer(self: &Rc<Self>) {
        self.zoom(STEP, None, false);
    }

    /// Goes farther away.
    pub fn farther(self: &Rc<Self>) {
        self.zoom(1.0 / STEP, None, false);
    }

    /// Shows everybody.
    pub fn whole(self: &Rc<Self>) {
        self.send(Camera::default(), false);
    }

    // ---- pointers and keys ----

    /// A pointer goes down.
    pub fn press(&self, event: &PointerEvent) {
        if event.button() != 0 {
            return;
        }
        let mut fingers = self.fingers.borrow_mut();
        fingers.retain(|(id, _)| *id != event.pointer_id());
        if fingers.is_empty() {
            self.dragging.set(false);
        }
        fingers.push((event.pointer_id(), point(event)));
    }

    /// A pointer moves: one that is down drags, two pinch, and one that is not shows who is there.
    pub fn slide(self: &Rc<Self>, event: &PointerEvent) {
        let now = point(event);
        let before = self.fingers.borrow().clone();
        let Some(place) = before.iter().position(|(id, _)| *id == event.pointer_id()) else {
            self.hover(Some(now));
            return;
        };
        let was = before[place].1;
        let moved = (now.0 - was.0, now.1 - was.1);
        let other = before.iter().find(|(id, _)| *id != event.pointer_id());
        if let Some((_, other)) = other {
            self.dragging.set(true);
            let apart = |at: (f64, f64)| length((at.0 - other.0, at.1 - other.1)).max(1.0);
            let times = apart(now) / apart(was);
            let middle = ((now.0 + other.0) / 2.0, (now.1 + other.1) / 2.0);
            let half = (moved.0 / 2.0, moved.1 / 2.0);
            let camera = self.camera.get().panned(half.0, half.1);
            self.send(camera.zoomed(times, middle), true);
        } else if self.dragging.get() || length(moved) > TREMBLE {
            if !self.camera.get().is_close() {
                return;
            }
            if !self.dragging.replace(true) {
                // The pointer may have gone; then nothing is captured.
                let _ = self.canvas.set_pointer_capture(event.pointer_id());
            }
            self.send(self.camera.get().panned(moved.0, moved.1), true);
        } else {
            return;
        }
        if let Some(finger) = self.fingers.borrow_mut().get_mut(place) {
            finger.1 = now;
        }
    }

    /// A pointer goes up, or away.
    pub fn release(self: &Rc<Self>, event: &PointerEvent) {
        self.fingers
            .borrow_mut()
            .retain(|(id, _)| *id != event.pointer_id());
        if event.type_() != "pointerup" {
            self.hover(None);
        }
    }

    fn hover(self: &Rc<Self>, at: Option<(f64, f64)>) {
        self.point_out(at.and_then(|at| self.person_at(at)));
    }

    /// Marks somebody, and whom they hear.
    fn point_out(self: &Rc<Self>, found: Option<u16>) {
        if self.scene.borrow().hovered == found {
            return;
        }
        self.scene.borrow_mut().hovered = found;
        let _ = self.canvas.set_attribute(
            "data-over",
            if found.is_some() {
                "somebody"
            } else {
                "nobody"
            },
        );
        self.draw();
    }

    /// Who stands there, once anything is known of them; nobody of a recording, of whom nothing more
    /// can be told.
    fn person_at(&self, (x, y): (f64, f64)) -> Option<u16> {
        if self.page.theatre.recording.with_untracked(Option::is_some) {
            return None;
        }
        let sight = self.sight();
        let scene = self.scene.borrow();
        let id = sight.pick(&scene.arrangement, x, y)?;
        scene.person(id)?.label.and(Some(id))
    }

    /// A click chooses a person. In a crowd it waits a moment: two clicks come closer.
    pub fn click(self: &Rc<Self>, event: &MouseEvent) {
        if self.dragging.get() {
            return;
        }
        let at = offset(event);
        let count = self.clicks.get().wrapping_add(1);
        self.clicks.set(count);
        if self.sight().size() >= SMALLEST_FIGURE {
            self.choose(at);
            return;
        }
        let easel = Rc::clone(self);
        set_timeout(
            move || {
                if easel.clicks.get() == count {
                    easel.choose(at);
                }
            },
            PATIENCE,
        );
    }

    fn choose(&self, at: (f64, f64)) {
        let found = self.person_at(at);
        self.page.chosen.set(found.map(Chosen::Person));
    }

    /// Two clicks come closer to where they are.
    pub fn double_click(self: &Rc<Self>, event: &MouseEvent) {
        // The single clicks are off.
        self.clicks.set(self.clicks.get().wrapping_add(1));
        self.zoom(STEP * STEP, Some(offset(event)), false);
    }

    /// A wheel with Ctrl, which is also what a pinch on a touch pad sends.
    pub fn wheel(self: &Rc<Self>, event: &WheelEvent) {
        if !event.ctrl_key() {
            return;
        }
        event.prevent_default();
        let unit = if event.delta_mode() == 0 { 1.0 } else { 20.0 };
        let turned = event.delta_y() * unit;
        let times = 1.0 + turned.abs().min(120.0) * 0.006;
        let times = if turned > 0.0 { 1.0 / times } else { times };
        self.zoom(times, Some(offset(event)), true);
    }

    /// Chooses whoever stands next in a direction, so that the keyboard can look closer; false where
    /// nobody can be looked at.
    fn step(self: &Rc<Self>, across: f64, down: f64) -> bool {
        if self.page.theatre.recording.with_untracked(Option::is_some) {
            return false;
        }
        let found = {
            let scene = self.scene.borrow();
            let known = |id: u16| {
                scene
                    .person(id)
                    .is_some_and(|person| person.label.is_some())
            };
            match scene.hovered.or(scene.chosen).filter(|id| known(*id)) {
                Some(from) => {
                    let towards = (across, down);
                    let next = self.sight().next(&scene.arrangement, from, towards);
                    next.filter(|id| known(*id)).or(Some(from))
                }
                None => scene
                    .arrangement
                    .order
                    .iter()
                    .copied()
                    .find(|id| known(*id)),
            }
        };
        self.point_out(found);
        found.is_some()
    }

    /// Looks closer at whoever is pointed out; false where nobody is.
    fn look_closer(&self) -> bool {
        let found = self.scene.borrow().hovered;
        if let Some(id) = found {
            self.page.chosen.set(Some(Chosen::Person(id)));
        }
        found.is_some()
    }

    /// The keyboard goes elsewhere.
    pub fn leave(self: &Rc<Self>) {
        self.point_out(None);
    }

    /// Keys on the canvas. Arrows choose somebody; while less than everything is seen, they move the
    /// view instead.
    pub fn key(self: &Rc<Self>, event: &KeyboardEvent) {
        if event.ctrl_key() || event.alt_key() || event.meta_key() {
            return;
        }
        let (width, height) = self.size.get();
        let pan = |across: f64, down: f64| {
            let goal = self.goal.get();
            if !goal.is_close() {
                return self.step(-across, -down);
            }
            self.send(goal.panned(across * width, down * height), false);
            true
        };
        let used = match event.key().as_str() {
            "ArrowLeft" => pan(0.15, 0.0),
            "ArrowRight" => pan(-0.15, 0.0),
            "ArrowUp" => pan(0.0, 0.15),
            "ArrowDown" => pan(0.0, -0.15),
            "Enter" => self.look_closer(),
            "+" | "=" => {
                self.closer();
                true
            }
            "-" => {
                self.farther();
                true
            }
            "0" => {
                self.whole();
                true
            }
            _ => false,
        };
        if used {
            event.prevent_default();
        }
    }
}

fn offset(event: &MouseEvent) -> (f64, f64) {
    (f64::from(event.offset_x()), f64::from(event.offset_y()))
}

fn point(event: &PointerEvent) -> (f64, f64) {
    offset(event)
}

fn length((across, down): (f64, f64)) -> f64 {
    libm::sqrt(across * across + down * down)
}
