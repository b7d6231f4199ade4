//! Weights as the optimiser sees them, and the way to and from Hugging Face's layout.

use burn::tensor::{Device, Tensor, TensorData};

use super::error::ModelError;
use super::weights::{EMBEDDING, NamedTensor, transposed};

/// A weight as the optimiser sees it.
#[derive(Clone, Debug)]
pub enum Parameter {
    /// The scale of a norm.
    One(Tensor<1>),
    /// The embedding `[vocabulary, hidden]`, or any other matrix as `[in, out]`.
    Two(Tensor<2>),
}

impl Parameter {
    /// How many numbers it holds.
    pub fn count(&self) -> usize {
        match self {
            Self::One(tensor) => tensor.dims().iter().product(),
            Self::Two(tensor) => tensor.dims().iter().product(),
        }
    }
}

/// Reads a tensor of the layout of [`Llama::parameters`] (a weight or its gradient) back into
/// Hugging Face's layout.
///
/// # Errors
/// [`ModelError::Device`] if it cannot be read back.
pub async fn to_named(name: String, parameter: Parameter) -> Result<NamedTensor, ModelError> {
    match parameter {
        Parameter::One(tensor) => {
            let shape = tensor.dims().to_vec();
            let values = read(tensor.without_autodiff()).await?;
            Ok(NamedTensor {
                name,
                shape,
                values,
            })
        }
        Parameter::Two(tensor) => {
            let [rows, columns] = tensor.dims();
            let values = read(tensor.without_autodiff()).await?;
            if kept_as_it_is(&name) {
                return Ok(NamedTensor {
                    name,
                    shape: vec![rows, columns],
                    values,
                });
            }
            let values = transposed(&values, rows, columns);
            Ok(NamedTensor {
                name,
                shape: vec![columns, rows],
                values,
            })
        }
    }
}

/// Puts a tensor of Hugging Face's layout on a device in the layout of [`Llama::parameters`]:
/// the inverse of [`to_named`]. Optimiser states of a checkpoint come back this way.
pub fn to_parameter(tensor: NamedTensor, device: &Device) -> Parameter {
    let NamedTensor {
        name,
        shape,
        values,
    } = tensor;
    match shape[..] {
        [rows, columns] if kept_as_it_is(&name) => Parameter::Two(Tensor::from_data(
            TensorData::new(values, [rows, columns]),
            device,
        )),
        [rows, columns] => {
            let values = transposed(&values, rows, columns);
            Parameter::Two(Tensor::from_data(
                TensorData::new(values, [columns, rows]),
                device,
            ))
        }
        _ => {
            let count = values.len();
            Parameter::One(Tensor::from_data(TensorData::new(values, [count]), device))
        }
    }
}

/// The embedding is looked up by row, so its rows stay rows.
fn kept_as_it_is(name: &str) -> bool {
    name == EMBEDDING
}

/// A weight as one list.
pub fn flat(parameter: Parameter) -> Tensor<1> {
    match parameter {
        Parameter::One(tensor) => tensor,
        Parameter::Two(tensor) => {
            let [rows, columns] = tensor.dims();
            tensor.reshape([rows * columns])
        }
    }
}

/// A list in the form of a weight.
pub fn shaped_like(parameter: &Parameter, values: Vec<f32>, device: &Device) -> Parameter {
    match parameter {
        Parameter::One(tensor) => Parameter::One(Tensor::from_data(
            TensorData::new(values, tensor.dims()),
            device,
        )),
        Parameter::Two(tensor) => Parameter::Two(Tensor::from_data(
            TensorData::new(values, tensor.dims()),
            device,
        )),
    }
}

/// Reads a plain tensor back.
pub(crate) async fn read<const D: usize>(tensor: Tensor<D>) -> Result<Vec<f32>, ModelError> {
    let data = tensor.into_data_async().await;
    let data = data.map_err(|error| ModelError::Device(format!("{error:?}")))?;
    data.try_into_vec::<f32>()
        .map_err(|error| ModelError::Device(format!("{error:?}")))
}

/// Moves a weight: onto an autodiff device as a leaf, onto a plain one without history.
pub(crate) fn placed<const D: usize>(
    tensor: Tensor<D>,
    device: &Device,
    plain: &Device,
) -> Tensor<D> {
    let tensor = tensor.without_autodiff().to_device(plain);
    if device.is_autodiff() {
        tensor.autodiff().require_grad()
    } else {
        tensor
    }
}
