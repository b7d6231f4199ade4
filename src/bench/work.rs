//! What can be done: arguments as JavaScript has them in, results out.

use crate::lab::LabError;
use crate::lab::session::{EngineKind, Folder, open_device};
use crate::lab::workload::{Trainer, Workload};
use js_sys::{Array, Uint8Array, Uint32Array};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsValue;

/// Steps that a trainer is made for; more than anybody times, so that the rate hardly falls.
const STEPS: u16 = 2000;

/// What has been opened and begun.
#[derive(Default)]
pub(super) struct Work {
    load: RefCell<Option<Rc<Workload>>>,
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
        self.load.replace(Some(Rc::new(work)));
        Ok(JsValue::from_f64(parameters as f64))
    }

    /// `train(batch)`: a trainer that has done nothing.
    pub(super) async fn train(&self, arguments: Array) -> Result<JsValue, JsValue> {
        let batch = whole(&arguments, 0) as u8;
        // The old one's memory first.
        self.trainer.replace(None);
        let trainer = self.load()?.training(batch, STEPS, 0.0).map_err(told)?;
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
        let sequences = self.load()?.sequences(whole(&arguments, 0) as u8);
        let sequences = sequences.map_err(told)?;
        Ok(Uint32Array::from(sequences.as_slice()).into())
    }

    /// `prompts(batch, round)`: what is continued in that round, prompt after prompt.
    pub(super) async fn prompts(&self, arguments: Array) -> Result<JsValue, JsValue> {
        let (batch, round) = (whole(&arguments, 0), whole(&arguments, 1));
        let prompts = self.load()?.prompts(batch as usize, u64::from(round));
        Ok(Uint32Array::from(prompts.concat().as_slice()).into())
    }

    /// `decode(batch, round, temperature)`: the new tokens, sequence after sequence.
    pub(super) async fn decode(&self, arguments: Array) -> Result<JsValue, JsValue> {
        let (batch, round) = (whole(&arguments, 0), u64::from(whole(&arguments, 1)));
        let temperature = arguments.get(2).as_f64().unwrap_or_default() as f32;
        let load = self.load()?;
        let prompts = load.prompts(batch as usize, round);
        let said = load.decode(&prompts, round, temperature).await;
        let said = said.map_err(told)?.into_iter();
        let tokens: Vec<u32> = said.flat_map(|sequence| sequence.tokens).collect();
        Ok(Uint32Array::from(tokens.as_slice()).into())
    }

    fn load(&self) -> Result<Rc<Workload>, JsValue> {
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
