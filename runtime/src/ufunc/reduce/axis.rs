//! [`AxisIndex`]: how a call names an axis.

use super::super::error::{Error, ErrorKind};
use super::super::stack::PerAxis;

/// The number of an axis: [`ndarray::Axis`], or an integer, which counts from the last axis where it is negative, as in NumPy.
pub trait AxisIndex: Copy {
    /// The number, negative from the last axis on.
    fn index(self) -> isize;
}

#[cfg(feature = "ndarray")]
impl AxisIndex for ndarray::Axis {
    fn index(self) -> isize {
        self.0 as isize
    }
}

impl AxisIndex for isize {
    fn index(self) -> isize {
        self
    }
}

/// The axis of an operand with so many.
pub(crate) fn resolve(name: &str, axis: isize, shape: &[usize]) -> Result<usize, Error> {
    let ndim = shape.len();
    let found = if axis < 0 { ndim.checked_add_signed(axis) } else { Some(axis as usize) };
    match found {
        Some(axis) if axis < ndim => Ok(axis),
        _ => Err(Error::new(
            ErrorKind::AxisBounds,
            format!("{name}: there is no axis {axis}: the operand has shape {shape:?}"),
        )),
    }
}

/// Which axes of an operand a call names: all if it names none.
pub(crate) fn flags(name: &str, axes: Option<&[isize]>, shape: &[usize]) -> Result<PerAxis<bool>, Error> {
    let Some(axes) = axes else {
        return Ok(shape.iter().map(|_| true).collect());
    };
    let mut flags: PerAxis<bool> = shape.iter().map(|_| false).collect();
    for axis in axes {
        let found = resolve(name, *axis, shape)?;
        if std::mem::replace(&mut flags[found], true) {
            return Err(Error::new(
                ErrorKind::AxisBounds,
                format!("{name}: axis {axis} is named twice, for an operand of shape {shape:?}"),
            ));
        }
    }
    Ok(flags)
}
