//! Broadcasting: the joint shape of operands by NumPy's rules. Axes are matched from the last one;
//! an axis of length one, or one that is not there, repeats.

use super::error::{Error, ErrorKind};
use super::stack::PerAxis;
use super::view::View;
use crate::kernel::MachineLoops;

/// Whether an operand of this shape can be repeated to fill `to`.
#[inline]
pub(crate) fn broadcasts_to(shape: &[usize], to: &[usize]) -> bool {
    shape.len() <= to.len()
        && shape.iter().zip(&to[to.len() - shape.len()..]).all(|(from, to)| from == to || *from == 1)
}

/// The joint shape of the operands.
pub(crate) fn joint_shape(kernel: &MachineLoops, inputs: &[View<'_>]) -> Result<PerAxis<usize>, Error> {
    let ndim = inputs.iter().map(|input| input.shape().len()).max().unwrap_or(0);
    let mut joint: PerAxis<usize> = std::iter::repeat_n(1, ndim).collect();
    // How many of the last axes an operand so far has had: for the message alone.
    let mut seen = 0;
    for (position, input) in inputs.iter().enumerate() {
        let shape = input.shape();
        let first = ndim - shape.len();
        for (joint_len, len) in joint[first..].iter().zip(shape) {
            if len != joint_len && *len != 1 && *joint_len != 1 {
                return Err(mismatch(kernel, position, shape, &joint[ndim - seen..]));
            }
        }
        for (joint_len, len) in joint[first..].iter_mut().zip(shape) {
            if *len != 1 {
                *joint_len = *len;
            }
        }
        seen = seen.max(shape.len());
    }
    Ok(joint)
}

#[cold]
fn mismatch(kernel: &MachineLoops, position: usize, shape: &[usize], joint: &[usize]) -> Error {
    let operand = operand(kernel, position);
    let name = kernel.name;
    Error::new(
        ErrorKind::ShapeMismatch,
        format!("{name}: {operand} has shape {shape:?}, which does not broadcast with {joint:?}"),
    )
}

/// "operand 2 `time_constant`".
fn operand(kernel: &MachineLoops, position: usize) -> String {
    let number = position + 1;
    match kernel.input_names.get(position) {
        Some(name) => format!("operand {number} `{name}`"),
        None => format!("operand {number}"),
    }
}

/// "the output", or "output 2" of several.
fn output(outputs: &[View<'_>], position: usize) -> String {
    if outputs.len() == 1 { "the output".to_owned() } else { format!("output {}", position + 1) }
}

/// Checks that all outputs have one shape, that the inputs and the mask broadcast to it, and that
/// no output repeats an element.
pub(crate) fn check(
    kernel: &MachineLoops,
    inputs: &[View<'_>],
    outputs: &[View<'_>],
    mask: Option<&View<'_>>,
) -> Result<(), Error> {
    let shape = outputs[0].shape();
    let name = kernel.name;
    for (position, view) in outputs.iter().enumerate() {
        if view.shape() != shape {
            let (this, that) = (output(outputs, position), output(outputs, 0));
            let message = format!("{name}: {this} has shape {:?}, {that} has {shape:?}", view.shape());
            return Err(Error::new(ErrorKind::OutputShape, message));
        }
        let repeats = |(len, stride): (&usize, &isize)| *len > 1 && *stride == 0;
        // Empty arrays have steps of zero, and nothing to overlap.
        if !shape.contains(&0)
            && let Some(axis) = shape.iter().zip(view.strides()).position(repeats)
        {
            let this = output(outputs, position);
            let message = format!("{name}: {this} has shape {shape:?}, and all of axis {axis} is the same memory");
            return Err(Error::new(ErrorKind::OutputOverlap, message));
        }
    }
    if !inputs.iter().all(|input| broadcasts_to(input.shape(), shape)) {
        let joint = joint_shape(kernel, inputs)?;
        let joint = &joint[..];
        let this = output(outputs, 0);
        let message = format!("{name}: {this} has shape {shape:?}, but the operands broadcast to {joint:?}");
        return Err(Error::new(ErrorKind::OutputShape, message));
    }
    if let Some(mask) = mask
        && !broadcasts_to(mask.shape(), shape)
    {
        let mask = mask.shape();
        let message = format!("{name}: the mask has shape {mask:?}, which does not broadcast to {shape:?}");
        return Err(Error::new(ErrorKind::MaskShape, message));
    }
    Ok(())
}

/// Checks that the inputs broadcast to this shape, that of the first one, which is to hold the results.
pub(crate) fn check_in_place(kernel: &MachineLoops, inputs: &[View<'_>], shape: &[usize]) -> Result<(), Error> {
    match inputs.iter().position(|input| !broadcasts_to(input.shape(), shape)) {
        None => Ok(()),
        Some(position) => {
            let (this, first, name) = (operand(kernel, position), operand(kernel, 0), kernel.name);
            let own = inputs[position].shape();
            let message = format!(
                "{name}: {this} has shape {own:?}, which does not broadcast to that of {first}, {shape:?}, which is to \
                 hold the results"
            );
            Err(Error::new(ErrorKind::OutputShape, message))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::Kernel;
    use crate::lanes::{Mask, Simd, Vector};

    enum Same {}

    impl Kernel for Same {
        const NAME: &'static str = "same";
        type Inputs = (f64,);
        type Outputs = (f64,);
        type Uniforms<'a> = ();
        type Gang<S: Simd> = S;

        fn gang<'a, S: Simd>(_: S, _: Mask<S>, inputs: (Vector<f64, S>,), (): ()) -> (Vector<f64, S>,) {
            inputs
        }

        fn scalar<'a>(inputs: (f64,), (): ()) -> (f64,) {
            inputs
        }
    }

    #[test]
    fn broadcasting_repeats_axes_of_length_one() {
        for (shape, to, fits) in [
            (&[][..], &[][..], true),
            (&[], &[2, 0], true),
            (&[1], &[], false),
            (&[3], &[2, 3], true),
            (&[2], &[2, 3], false),
            (&[2, 1], &[2, 3], true),
            (&[1, 1], &[0, 3], true),
            (&[0], &[1], false),
            (&[4, 2, 3], &[2, 3], false),
        ] {
            assert_eq!(broadcasts_to(shape, to), fits, "{shape:?} to {to:?}");
        }
    }

    #[cfg(feature = "ndarray")]
    #[test]
    fn outputs_that_repeat_their_elements_are_refused() {
        let mut memory = [0.0; 4];
        let ptr = memory.as_mut_ptr().cast();
        let input = View::scalar(ptr);
        let error =
            check(MachineLoops::of::<Same, ()>(), &[input], &[View::array(ptr, &[3, 4], &[0, 1])], None).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::OutputOverlap);
        assert_eq!(error.to_string(), "same: the output has shape [3, 4], and all of axis 0 is the same memory");
        for (shape, strides) in [(&[1, 4], &[0, 1]), (&[3, 0], &[0, 0]), (&[2, 2], &[2, 1])] {
            assert_eq!(
                check(MachineLoops::of::<Same, ()>(), &[input], &[View::array(ptr, shape, strides)], None),
                Ok(())
            );
        }
    }
}
