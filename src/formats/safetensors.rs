//! The safetensors file: weights by name, in three precisions when read and two when written.
//!
//! Files come from anywhere, so nothing in a header is believed before the bytes are there. Reading
//! gives tensors in the order of their names; writing the same tensors gives the same bytes.

use super::error::FormatError;
use crate::model::NamedTensor;
use half::{bf16, f16};
use safetensors::tensor::{Dtype, SafeTensors, TensorView};
use serde_json::Value;
use std::collections::HashMap;

/// What a number of the file takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Precision {
    /// Four bytes: exactly what the model computes with.
    F32,
    /// Two bytes: half the size, three digits.
    F16,
}

impl Precision {
    /// The name PyTorch has for it.
    pub fn torch_name(self) -> &'static str {
        match self {
            Precision::F32 => "float32",
            Precision::F16 => "float16",
        }
    }
}

/// Reads all tensors of a file. `file` is its name, for the reader of an error.
///
/// # Errors
/// [`FormatError::Safetensors`] if the file is damaged or holds anything but f32, f16 and bf16.
pub fn read(file: &str, bytes: &[u8]) -> Result<Vec<NamedTensor>, FormatError> {
    let wrong = |reason: String| FormatError::Safetensors {
        file: file.to_owned(),
        reason,
    };
    if claims_too_much(bytes) {
        return Err(wrong(
            "its header places a tensor beyond the end of the file".into(),
        ));
    }
    let parsed = SafeTensors::deserialize(bytes).map_err(|error| wrong(error.to_string()))?;
    let mut tensors = Vec::with_capacity(parsed.len());
    for (name, view) in parsed.iter() {
        let values = values(&view).ok_or_else(|| {
            wrong(format!(
                "tensor \"{name}\" is of type {}; f32, f16 and bf16 can be read",
                view.dtype()
            ))
        })?;
        tensors.push(NamedTensor {
            name: name.to_owned(),
            shape: view.shape().to_vec(),
            values,
        });
    }
    tensors.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(tensors)
}

/// Whether the header, if it can be read at all, places anything beyond the file. The library adds
/// offsets up without looking for an overflow, so sums must be small before it does.
fn claims_too_much(bytes: &[u8]) -> bool {
    let Some((length, rest)) = bytes.split_first_chunk::<8>() else {
        return false;
    };
    let length = usize::try_from(u64::from_le_bytes(*length)).ok();
    let Some(header) = length.and_then(|length| rest.get(..length)) else {
        return false;
    };
    let Ok(Value::Object(tensors)) = serde_json::from_slice::<Value>(header) else {
        return false;
    };
    let ends = tensors
        .values()
        .filter_map(|tensor| tensor.get("data_offsets")?.get(1)?.as_u64());
    ends.into_iter().any(|end| end > bytes.len() as u64)
}

fn values(view: &TensorView<'_>) -> Option<Vec<f32>> {
    let pairs = || {
        view.data()
            .chunks_exact(2)
            .map(|bytes| [bytes[0], bytes[1]])
    };
    match view.dtype() {
        Dtype::F32 => {
            let fours = view.data().chunks_exact(4);
            Some(
                fours
                    .map(|bytes| f32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]))
                    .collect(),
            )
        }
        Dtype::F16 => Some(
            pairs()
                .map(|bytes| f16::from_le_bytes(bytes).to_f32())
                .collect(),
        ),
        Dtype::BF16 => Some(
            pairs()
                .map(|bytes| bf16::from_le_bytes(bytes).to_f32())
                .collect(),
        ),
        _ => None,
    }
}

/// Writes tensors to a file, marked as PyTorch's layout, which `transformers` asks for.
///
/// # Errors
/// A value that is not finite in the chosen precision, or a shape that does not fit its values.
pub fn write(tensors: &[NamedTensor], precision: Precision) -> Result<Vec<u8>, FormatError> {
    let wrong = |reason: String| FormatError::Unwritable { reason };
    let dtype = match precision {
        Precision::F32 => Dtype::F32,
        Precision::F16 => Dtype::F16,
    };
    let mut encoded = Vec::with_capacity(tensors.len());
    for tensor in tensors {
        let rounds = |value: &f32| precision == Precision::F32 || f16::from_f32(*value).is_finite();
        if let Some(index) = tensor
            .values
            .iter()
            .position(|value| !(value.is_finite() && rounds(value)))
        {
            let name = precision.torch_name();
            return Err(wrong(format!(
                "value {index} of tensor \"{}\" is not a finite {name} number",
                tensor.name
            )));
        }
        let bytes: Vec<u8> = match precision {
            Precision::F32 => tensor
                .values
                .iter()
                .flat_map(|value| value.to_le_bytes())
                .collect(),
            Precision::F16 => tensor
                .values
                .iter()
                .flat_map(|value| f16::from_f32(*value).to_le_bytes())
                .collect(),
        };
        encoded.push((tensor, bytes));
    }
    let mut views = Vec::with_capacity(encoded.len());
    for (tensor, bytes) in &encoded {
        let view = TensorView::new(dtype, tensor.shape.clone(), bytes);
        let view = view.map_err(|error| wrong(format!("tensor \"{}\": {error}", tensor.name)))?;
        views.push((tensor.name.as_str(), view));
    }
    let metadata = HashMap::from([("format".to_owned(), "pt".to_owned())]);
    safetensors::serialize(views, Some(metadata)).map_err(|error| wrong(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn some() -> Vec<NamedTensor> {
        vec![
            NamedTensor {
                name: "b".into(),
                shape: vec![2, 3],
                values: vec![1.0, -2.5, 0.1, 1e-3, 65504.0, 0.0],
            },
            NamedTensor {
                name: "a".into(),
                shape: vec![2],
                values: vec![3.0, -0.333],
            },
        ]
    }

    #[test]
    fn reads_what_it_writes() {
        let mut sorted = some();
        sorted.reverse();
        let bytes = write(&some(), Precision::F32).unwrap();
        assert_eq!(read("m", &bytes).unwrap(), sorted);
        assert_eq!(
            write(&sorted, Precision::F32).unwrap(),
            bytes,
            "order of the input must not matter"
        );
        assert!(
            bytes
                .windows(17)
                .any(|window| window == b"{\"format\":\"pt\"},\"" as &[u8])
        );

        let halves = read("m", &write(&some(), Precision::F16).unwrap()).unwrap();
        for (half, full) in halves.iter().zip(&sorted) {
            for (half, full) in half.values.iter().zip(&full.values) {
                assert!(
                    (half - full).abs() <= full.abs() * 5e-4,
                    "{half} and {full}"
                );
            }
        }
        let mut large = some();
        large[0].values[0] = 1e6;
        assert!(
            write(&large, Precision::F16)
                .unwrap_err()
                .to_string()
                .contains("float16")
        );
    }

    #[test]
    fn reads_bf16_and_refuses_integers() {
        let one = |dtype, bytes: &[u8]| {
            let view = TensorView::new(dtype, vec![2], bytes).unwrap();
            safetensors::serialize([("x", view)], None).unwrap()
        };
        let bytes = [1.5f32, -3.0]
            .map(|value| bf16::from_f32(value).to_le_bytes())
            .concat();
        assert_eq!(
            read("m", &one(Dtype::BF16, &bytes)).unwrap()[0].values,
            [1.5, -3.0]
        );
        let refused = read("shard", &one(Dtype::I16, &bytes))
            .unwrap_err()
            .to_string();
        assert!(
            refused.contains("shard") && refused.contains("\"x\"") && refused.contains("I16"),
            "{refused}"
        );
    }

    #[test]
    fn huge_claims_are_only_claims() {
        for (shape, end) in [
            ("[1099511627776,1099511627776]", "8"),
            ("[2]", "18446744073709551615"),
            ("[0]", "0"),
        ] {
            let header = format!(
                "{{\"x\":{{\"dtype\":\"F32\",\"shape\":{shape},\"data_offsets\":[0,{end}]}}}}"
            );
            let mut bytes = (header.len() as u64).to_le_bytes().to_vec();
            bytes.extend(header.as_bytes());
            bytes.extend([0; 8]);
            assert!(read("m", &bytes).is_err(), "{header}");
        }
        // Eight tensors whose sizes add up to 2^64: together nothing, if nobody looks.
        let each = 1u64 << 61;
        let tensors: Vec<String> = (0..8u64)
            .map(|i| {
                let end = each.wrapping_mul(i + 1).wrapping_sub(u64::from(i == 7));
                format!(
                    "\"x{i}\":{{\"dtype\":\"U8\",\"shape\":[{}],\"data_offsets\":[{},{end}]}}",
                    end - each * i,
                    each * i
                )
            })
            .collect();
        let header = format!("{{{}}}", tensors.join(","));
        let mut bytes = (header.len() as u64).to_le_bytes().to_vec();
        bytes.extend(header.as_bytes());
        assert!(
            read("m", &bytes)
                .unwrap_err()
                .to_string()
                .contains("beyond the end")
        );
        let mut bytes = u64::MAX.to_le_bytes().to_vec();
        bytes.extend([b'{'; 64]);
        assert!(read("m", &bytes).is_err());
    }

    proptest! {
        #[test]
        fn broken_files_are_errors(cut in 0usize..200, at in 0usize..200, byte in any::<u8>(), noise in proptest::collection::vec(any::<u8>(), 0..64)) {
            let whole = write(&some(), Precision::F32).unwrap();
            prop_assert!(read("m", &whole[..cut.min(whole.len() - 1)]).is_err());
            prop_assert!(read("m", &noise).is_err());
            let mut changed = whole.clone();
            let at = at % whole.len();
            changed[at] = byte;
            // A changed value is another file; a changed header must not panic.
            let _ = read("m", &changed);
        }
    }
}
