//! What can be done: arguments as JavaScript has them in, results out.

use crate::lab::LabError;
use crate::lab::session::{EngineKind, Folder, Opened, open_device};
use crate::lab::workload::{STEPS, Trainer, Workload};
use js_sys::{Array, Function, Uint8Array, Uint32Array};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsValue;

/// What has been opened and begun.
#[derive(Default)]
pub(super) struct Work {
    load: RefCell<Option<Rc<(Workload, Opened)>>>,
    /// Taken out while it computes.
    trainer: RefCell<Option<Trainer>>,
}

impl Work {
    /// `open(engine, [[name, bytes], ..])`: opens "cpu" or "webgpu" and loads a model folder. The number of
    /// its parameters.
    pub(super) async fn open(&self, arguments: Array) -> Result<JsValue, JsValue> {
        let kind = match arguments.get(0).as_string().as_deref() {
            Some("webgpu") => EngineKind::WebGpu,
            _ => EngineKind::Cpu,
        };
        let mut folder = Folder::new();
        for file in Array::from(&arguments.get(1)).iter() {
            let file = Array::from(&file);
            let name = file.get(0).as_string().unwrap_or_default();
            folder.insert(name, Uint8Array::new(&file.get(1)).to_vec());
        }
        let opened = open_device(kind)
            .await
            .map_err(|error| told(error.into()))?;
        let work = Workload::of(&folder, &opened).map_err(told)?;
        let parameters = work.parameters();
        self.load.replace(Some(Rc::new((work, opened))));
        Ok(JsValue::from_f64(parameters as f64))
    }

    /// `train(batch)`: a trainer that has done nothing.
    pub(super) async fn train(&self, arguments: Array) -> Result<JsValue, JsValue> {
        let batch = whole(&arguments, 0) as u8;
        // The old one's memory first.
        self.trainer.replace(None);
        let trainer = self.load()?.0.training(batch, STEPS, 0.0).map_err(told)?;
        self.trainer.replace(Some(trainer));
        Ok(JsValue::UNDEFINED)
    }

    /// `step()`: a whole step. Its loss.
    pub(super) async fn step(&self, _: Array) -> Result<JsValue, JsValue> {
        let nothing = || JsValue::from_str("nothing trains");
        let mut trainer = self.trainer.take().ok_or_else(nothing)?;
        let metrics = loop {
            let advanced = trainer
                .advance()
                .await
                .map_err(|error| told(error.into()))?;
            match advanced {
                Some(metrics) => break metrics,
                None if trainer.finished() => return Err(nothing()),
                None => {}
            }
        };
        self.trainer.replace(Some(trainer));
        Ok(JsValue::from_f64(f64::from(metrics.loss)))
    }

    /// `sequences(batch)`: what such a trainer reads.
    pub(super) async fn sequences(&self, arguments: Array) -> Result<JsValue, JsValue> {
        let sequences = self.load()?.0.sequences(whole(&arguments, 0) as u8);
        let sequences = sequences.map_err(told)?;
        Ok(Uint32Array::from(sequences.as_slice()).into())
    }

    /// `prompts(batch, round)`: what is continued in that round, prompt after prompt.
    pub(super) async fn prompts(&self, arguments: Array) -> Result<JsValue, JsValue> {
        let (batch, round) = (whole(&arguments, 0), whole(&arguments, 1));
        let prompts = self.load()?.0.prompts(batch as usize, u64::from(round));
        Ok(Uint32Array::from(prompts.concat().as_slice()).into())
    }

    /// `decode(batch, round, temperature)`: the new tokens, sequence after sequence.
    pub(super) async fn decode(&self, arguments: Array) -> Result<JsValue, JsValue> {
        let (batch, round) = (whole(&arguments, 0), u64::from(whole(&arguments, 1)));
        let temperature = arguments.get(2).as_f64().unwrap_or_default() as f32;
        let load = self.load()?;
        let prompts = load.0.prompts(batch as usize, round);
        let said = load.0.decode(&prompts, round, temperature).await;
        let said = said.map_err(told)?.into_iter();
        let tokens: Vec<u32> = said.flat_map(|sequence| sequence.tokens).collect();
        Ok(Uint32Array::from(tokens.as_slice()).into())
    }

    /// `society(side, seed, clock)`: a whole round of a society on such a grid, as JSON; `clock` tells seconds.
    pub(super) async fn society(&self, arguments: Array) -> Result<JsValue, JsValue> {
        let (side, seed) = (whole(&arguments, 0) as u8, whole(&arguments, 1));
        let clock = Function::from(arguments.get(2));
        let now = || {
            let told = clock.call0(&JsValue::NULL).ok();
            told.and_then(|told| told.as_f64()).unwrap_or(f64::NAN)
        };
        let load = self.load()?;
        let (work, opened) = &*load;
        let round = work.round(opened, side, u64::from(seed), &now).await;
        let round = round.map_err(told)?;
        let text =
            serde_json::to_string(&round).map_err(|error| JsValue::from_str(&error.to_string()));
        text.map(|text| JsValue::from_str(&text))
    }

    fn load(&self) -> Result<Rc<(Workload, Opened)>, JsValue> {
        let load = self.load.borrow();
        let load = load.as_ref().map(Rc::clone);
        load.ok_or_else(|| JsValue::from_str("no model is open"))
    }
}

/// A whole number among the arguments; 0 where there is none.
fn whole(arguments: &Array, place: u32) -> u32 {
    arguments.get(place).as_f64().unwrap_or_default() as u32
}

fn told(error: LabError) -> JsValue {
    JsValue::from_str(&error.to_string())
}
