//! From operands to loop and core dimensions: which axes of each are which, how long they are, and whether they fit together.

use super::rank::{MAX_RANK, PerCore};
use super::signature::{Signature, Size};
use crate::operand::View;
use crate::ufunc::{PerAxis, Stack};
use crate::{Error, ErrorKind};

/// What was asked of a call besides its operands.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Axes<'a> {
    /// The core axes of each operand.
    pub(super) axes: Option<&'a [&'a [isize]]>,
    /// The core axis of all operands, where there is one.
    pub(super) axis: Option<isize>,
    /// Results keep the inputs' core axes, with length one.
    pub(super) keepdims: bool,
}

impl Axes<'_> {
    /// Whether nothing was asked.
    #[inline]
    pub(super) fn is_default(&self) -> bool {
        self.axes.is_none() && self.axis.is_none() && !self.keepdims
    }
}

/// Which axes of an operand are its core.
#[derive(Clone, Copy, Debug)]
pub(super) struct CoreAxes {
    /// For each core axis of the function its axis in the operand; [`NONE`] if it is missing there, or length one is kept.
    axes: [u8; MAX_RANK],
    /// How many are no loop dimensions.
    count: u8,
    /// Those, as bits.
    taken: u64,
}

/// No axis.
const NONE: u8 = u8::MAX;

impl CoreAxes {
    /// The operand's axis for a core axis of the function.
    #[inline]
    pub(super) fn axis(&self, core: usize) -> Option<usize> {
        (self.axes[core] != NONE).then_some(self.axes[core] as usize)
    }

    /// Whether an axis is a core axis.
    pub(super) fn has(&self, axis: usize) -> bool {
        axis < 64 && self.taken >> axis & 1 == 1
    }
}

/// The dimensions of a call.
pub(super) struct Resolved {
    /// The lengths of the core dimensions.
    pub(super) lengths: Stack<usize, 8>,
    /// The loop dimensions.
    pub(super) shape: PerAxis<usize>,
    /// Each operand's core axes: the inputs', and the outputs'.
    pub(super) cores: PerCore<CoreAxes>,
}

/// A call's signature with what was asked.
pub(super) struct Resolve<'a> {
    pub(super) signature: &'static Signature,
    pub(super) asked: Axes<'a>,
    /// The flexible dimensions that operands lack.
    missing: u64,
    /// The dimensions whose lengths operands have told, as bits.
    known: u64,
}

/// "has length 3 along core dimension `n`"
fn along(name: &str, length: usize) -> String {
    format!("has length {length} along the core dimension `{name}`")
}

impl<'a> Resolve<'a> {
    pub(super) fn new(signature: &'static Signature, asked: Axes<'a>) -> Self {
        Self { signature, asked, missing: 0, known: 0 }
    }

    fn error<T>(&self, kind: ErrorKind, message: impl std::fmt::Display) -> Result<T, Error> {
        Err(Error::new(kind, format!("{}: {message}", self.signature.name)))
    }

    /// The dimensions of a call with these inputs, and outputs if they are there already.
    pub(super) fn dimensions(
        mut self,
        inputs: &[View<'_>],
        outputs: Option<&[View<'_>]>,
        resolved: &mut Resolved,
    ) -> Result<(), Error> {
        self.check_asked()?;
        resolved.lengths.extend(std::iter::repeat_n(0, self.signature.dimensions.len()));
        if self.signature.flexible {
            let all = inputs.iter().chain(outputs.unwrap_or_default());
            all.enumerate().for_each(|(position, view)| self.find_missing(position, view.shape().len()));
        }
        for (position, input) in inputs.iter().enumerate() {
            let core = self.core_axes(position, input.shape().len())?;
            self.learn(position, input.shape(), &core, resolved)?;
            self.join(resolved, inputs, position, &core)?;
            resolved.cores.push(core);
        }
        match outputs {
            None => {
                self.lengths(false, &mut resolved.lengths)?;
                for position in inputs.len()..self.signature.operands.len() {
                    let ndim = resolved.shape.len() + self.axes_of(position);
                    resolved.cores.push(self.core_axes(position, ndim)?);
                }
            }
            Some(outputs) => {
                let joint = std::mem::replace(&mut resolved.shape, PerAxis::new());
                for (number, output) in outputs.iter().enumerate() {
                    let position = inputs.len() + number;
                    let core = self.core_axes(position, output.shape().len())?;
                    self.learn(position, output.shape(), &core, resolved)?;
                    let own = loop_lengths(output.shape(), &core);
                    if number == 0 {
                        resolved.shape.extend(own);
                        self.check_loop(position, &resolved.shape, &joint, None)?;
                    } else {
                        let own: PerAxis<usize> = own.collect();
                        self.check_loop(position, &own, &joint, Some(&resolved.shape))?;
                    }
                    self.check_overlap(position, output)?;
                    resolved.cores.push(core);
                }
                self.lengths(true, &mut resolved.lengths)?;
            }
        }
        Ok(())
    }

    /// Whether `axes`, `axis` and `keepdims` are for such a signature.
    fn check_asked(&self) -> Result<(), Error> {
        let Axes { axes, axis, keepdims } = self.asked;
        let operands = self.signature.operands;
        let (inputs, outputs) = operands.split_at(self.signature.inputs);
        let text = self.signature.text;
        if keepdims {
            let count = inputs[0].dimensions.len();
            let fits = inputs.iter().all(|input| input.dimensions.len() == count)
                && outputs.iter().all(|output| output.dimensions.is_empty());
            if !fits {
                return self.error(
                    ErrorKind::AxisBounds,
                    format!("`keepdims` is for inputs with equally many core dimensions and outputs with none, not for `{text}`"),
                );
            }
        }
        if axis.is_some() {
            if axes.is_some() {
                return self.error(ErrorKind::AxisBounds, "`axis` and `axes` are given both: leave one away");
            }
            let one =
                operands.iter().all(|operand| operand.dimensions.len() <= 1) && self.signature.dimensions.len() == 1;
            if !one {
                return self.error(
                    ErrorKind::AxisBounds,
                    format!("`axis` is for one core dimension that all operands share, not for `{text}`: give `axes`"),
                );
            }
        }
        if let Some(axes) = axes {
            let short = outputs.iter().all(|output| output.dimensions.is_empty());
            if axes.len() != operands.len() && !(short && axes.len() == inputs.len()) {
                let wanted = operands.len();
                return self.error(
                    ErrorKind::AxisBounds,
                    format!("`axes` has entries for {} operands, of {wanted}; only those of outputs without core may be left away", axes.len()),
                );
            }
        }
        Ok(())
    }

    /// The core axes that an operand has, without those that are missing.
    fn axes_of(&self, position: usize) -> usize {
        if self.asked.keepdims && position >= self.signature.inputs {
            return self.axes_of(0);
        }
        let dimensions = self.signature.operands[position].dimensions;
        dimensions.iter().filter(|dimension| self.missing >> **dimension & 1 == 0).count()
    }

    /// Notes the flexible dimensions that an operand has too few axes for.
    fn find_missing(&mut self, position: usize, ndim: usize) {
        let dimensions = self.signature.operands[position].dimensions;
        let mut lacks = self.axes_of(position).saturating_sub(ndim);
        for dimension in dimensions {
            if lacks > 0
                && matches!(self.signature.dimensions[*dimension].size, Size::Flexible)
                && self.missing >> *dimension & 1 == 0
            {
                self.missing |= 1 << dimension;
                lacks -= 1;
            }
        }
    }

    /// Which axes of an operand are its core.
    fn core_axes(&self, position: usize, ndim: usize) -> Result<CoreAxes, Error> {
        let count = self.axes_of(position);
        let kept = self.asked.keepdims && position >= self.signature.inputs;
        if ndim < count || ndim > 64 {
            let (operand, text) = (self.signature.operand(position), self.signature.text);
            let axes = if ndim == 1 { "1 axis".to_owned() } else { format!("{ndim} axes") };
            return self.error(
                ErrorKind::ShapeMismatch,
                format!("{operand} has {axes}, and its core takes {count} in `{text}`"),
            );
        }
        let asked = match self.asked {
            Axes { axes: Some(axes), .. } => axes.get(position).copied(),
            _ => None,
        };
        let one = self.asked.axis.map(|axis| [axis]);
        let asked = match (asked, &one) {
            (Some(axes), _) => Some(axes),
            (None, Some(axis)) if count == 1 => Some(&axis[..]),
            _ => None,
        };
        let mut found = CoreAxes { axes: [NONE; MAX_RANK], taken: 0, count: count as u8 };
        if let Some(axes) = asked
            && axes.len() != count
        {
            let operand = self.signature.operand(position);
            return self.error(
                ErrorKind::AxisBounds,
                format!("`axes` gives {operand} {} core axes, and it has {count}", axes.len()),
            );
        }
        let mut numbers = [0; MAX_RANK];
        for (k, number) in numbers.iter_mut().enumerate().take(count) {
            let axis = match asked {
                None => ndim - count + k,
                Some(axes) => {
                    let axis = axes[k];
                    let counted = if axis < 0 { axis + ndim as isize } else { axis };
                    if counted < 0 || counted >= ndim as isize {
                        let operand = self.signature.operand(position);
                        return self.error(
                            ErrorKind::AxisBounds,
                            format!("{operand} has {ndim} axes, and none of number {axis}"),
                        );
                    }
                    counted as usize
                }
            };
            if found.taken >> axis & 1 == 1 {
                let operand = self.signature.operand(position);
                return self.error(ErrorKind::AxisBounds, format!("axis {axis} of {operand} is given twice"));
            }
            found.taken |= 1 << axis;
            *number = axis as u8;
        }
        if !kept {
            let mut numbers = numbers.into_iter();
            for (axis, dimension) in found.axes.iter_mut().zip(self.signature.operands[position].dimensions) {
                *axis = if self.missing >> *dimension & 1 == 0 { numbers.next().unwrap_or(NONE) } else { NONE };
            }
        }
        Ok(found)
    }

    /// Takes the lengths of core dimensions from an operand, and compares those that are known.
    fn learn(
        &mut self,
        position: usize,
        shape: &[usize],
        core: &CoreAxes,
        resolved: &mut Resolved,
    ) -> Result<(), Error> {
        let kept = self.asked.keepdims && position >= self.signature.inputs;
        if kept {
            for (axis, length) in shape.iter().enumerate() {
                if core.has(axis) && *length != 1 {
                    let operand = self.signature.operand(position);
                    return self.error(
                        ErrorKind::OutputShape,
                        format!(
                            "{operand} has length {length} along axis {axis}, which `keepdims` keeps with length 1"
                        ),
                    );
                }
            }
        }
        for (k, dimension) in self.signature.operands[position].dimensions.iter().enumerate() {
            let Some(axis) = core.axis(k) else { continue };
            let length = shape[axis];
            let about = &self.signature.dimensions[*dimension];
            let kind = if position < self.signature.inputs { ErrorKind::ShapeMismatch } else { ErrorKind::OutputShape };
            if let Size::Frozen(frozen) = about.size
                && length != frozen
            {
                let operand = self.signature.operand(position);
                let text = self.signature.text;
                return self.error(
                    kind,
                    format!("{operand} has length {length} along axis {axis}, which is always {frozen} in `{text}`"),
                );
            }
            if self.known >> dimension & 1 == 0 {
                self.known |= 1 << dimension;
                resolved.lengths[*dimension] = length;
            } else if resolved.lengths[*dimension] != length {
                let known = resolved.lengths[*dimension];
                let (operand, other) = (self.signature.operand(position), self.teller(*dimension));
                let what = along(about.name, length);
                return self.error(kind, format!("{operand} {what}, but {other} has {known}"));
            }
        }
        Ok(())
    }

    /// The first operand that has a dimension, whose length is known from it.
    fn teller(&self, dimension: usize) -> String {
        let has = |operand: &super::signature::CoreOperand| operand.dimensions.contains(&dimension);
        self.signature.operand(self.signature.operands.iter().position(has).unwrap_or(0))
    }

    /// The lengths of all dimensions; `outputs` are there and have given theirs.
    fn lengths(&self, outputs: bool, lengths: &mut Stack<usize, 8>) -> Result<(), Error> {
        let mut computed = false;
        for (dimension, about) in self.signature.dimensions.iter().enumerate() {
            let length = match about.size {
                _ if self.known >> dimension & 1 == 1 => lengths[dimension],
                Size::Frozen(length) => length,
                Size::Flexible => 1,
                Size::Computed(..) => 0,
                Size::Given => {
                    let name = about.name;
                    return self.error(
                        ErrorKind::OutputShape,
                        format!("no input has the core dimension `{name}`: give the output, with `into`"),
                    );
                }
            };
            lengths[dimension] = length;
            computed |= matches!(about.size, Size::Computed(..));
        }
        if !computed {
            return Ok(());
        }
        for (dimension, about) in self.signature.dimensions.iter().enumerate() {
            let Size::Computed(compute, text) = about.size else { continue };
            let name = about.name;
            let Some(length) = compute(lengths) else {
                let of: Vec<String> = self
                    .signature
                    .dimensions
                    .iter()
                    .zip(lengths.iter())
                    .filter(|(about, _)| matches!(about.size, Size::Given | Size::Flexible))
                    .map(|(about, length)| format!("{} = {length}", about.name))
                    .collect();
                return self.error(
                    ErrorKind::ShapeMismatch,
                    format!("the core dimension `{name} = {text}` is no length for {}", of.join(", ")),
                );
            };
            let known = lengths[dimension];
            if outputs && known != length {
                let (output, what) = (self.teller(dimension), along(name, known));
                return self
                    .error(ErrorKind::OutputShape, format!("{output} {what}, but `{name} = {text}` is {length}"));
            }
            lengths[dimension] = length;
        }
        Ok(())
    }

    /// Broadcasts an input's loop dimensions into those of the inputs before it.
    fn join(
        &self,
        resolved: &mut Resolved,
        inputs: &[View<'_>],
        position: usize,
        core: &CoreAxes,
    ) -> Result<(), Error> {
        let Resolved { shape, cores: before, .. } = resolved;
        let own = inputs[position].shape();
        let ndim = own.len() - core.count as usize;
        if ndim > shape.len() {
            let longer: PerAxis<usize> =
                std::iter::repeat_n(1, ndim - shape.len()).chain(shape.iter().copied()).collect();
            *shape = longer;
        }
        let first = shape.len() - ndim;
        for (axis, length) in loop_lengths(own, core).enumerate() {
            let joint = &mut shape[first + axis];
            if *joint == length || length == 1 {
                continue;
            }
            if *joint != 1 {
                let this: Vec<usize> = loop_lengths(own, core).collect();
                let from_end = ndim - axis;
                let other = (0..position).find(|other| {
                    let theirs: Vec<usize> = loop_lengths(inputs[*other].shape(), &before[*other]).collect();
                    theirs.len() >= from_end && ![1, length].contains(&theirs[theirs.len() - from_end])
                });
                let other = other.unwrap_or(0);
                let theirs: Vec<usize> = loop_lengths(inputs[other].shape(), &before[other]).collect();
                let (this_name, other_name) = (self.signature.operand(position), self.signature.operand(other));
                return self.error(
                    ErrorKind::ShapeMismatch,
                    format!(
                        "{this_name} has the loop dimensions {this:?}, which do not broadcast with those of {other_name}, {theirs:?}"
                    ),
                );
            }
            *joint = length;
        }
        Ok(())
    }

    /// Whether the inputs' loop dimensions broadcast to an output's, and it has those of the first output.
    fn check_loop(
        &self,
        position: usize,
        own: &[usize],
        joint: &[usize],
        first: Option<&[usize]>,
    ) -> Result<(), Error> {
        let name = self.signature.operand(position);
        if let Some(first) = first
            && first != own
        {
            let that = self.signature.operand(self.signature.inputs);
            return self.error(
                ErrorKind::OutputShape,
                format!("{name} has the loop dimensions {own:?}, and {that} has {first:?}"),
            );
        }
        if !crate::ufunc::broadcasts_to(joint, own) {
            return self.error(
                ErrorKind::OutputShape,
                format!("{name} has the loop dimensions {own:?}, but those of the operands broadcast to {joint:?}"),
            );
        }
        Ok(())
    }

    fn check_overlap(&self, position: usize, output: &View<'_>) -> Result<(), Error> {
        let shape = output.shape();
        let repeats = |(length, stride): (&usize, &isize)| *length > 1 && *stride == 0;
        if !shape.contains(&0)
            && let Some(axis) = shape.iter().zip(output.strides()).position(repeats)
        {
            let name = self.signature.operand(position);
            return self.error(ErrorKind::OutputOverlap, format!("all of axis {axis} of {name} is the same memory"));
        }
        Ok(())
    }
}

/// The lengths of the axes that are no core axes.
pub(super) fn loop_lengths<'s>(shape: &'s [usize], core: &CoreAxes) -> impl Iterator<Item = usize> + 's + use<'s> {
    let core = *core;
    shape.iter().enumerate().filter(move |(axis, _)| !core.has(*axis)).map(|(_, length)| *length)
}

impl Resolved {
    pub(super) fn new() -> Self {
        Self { lengths: Stack::new(), shape: PerAxis::new(), cores: PerCore::new() }
    }

    /// The shape of a result.
    pub(super) fn result_shape(&self, signature: &Signature, position: usize) -> PerAxis<usize> {
        let core = &self.cores[position];
        let mut shape: PerAxis<usize> = std::iter::repeat_n(1, self.shape.len() + core.count as usize).collect();
        let mut loops = self.shape.iter();
        for (axis, length) in shape.iter_mut().enumerate() {
            if !core.has(axis) {
                *length = *loops.next().expect("all axes but the core are loop dimensions");
            }
        }
        for (k, dimension) in signature.operands[position].dimensions.iter().enumerate() {
            if let Some(axis) = core.axis(k) {
                shape[axis] = self.lengths[*dimension];
            }
        }
        shape
    }

    /// Whether a result can be an array, of elements of so many bytes.
    pub(super) fn check_size(&self, signature: &Signature, position: usize, size: usize) -> Result<(), Error> {
        let dimensions = signature.operands[position].dimensions.iter();
        let lengths = self.shape.iter().copied().chain(dimensions.map(|dimension| self.lengths[*dimension]));
        let bytes = lengths.filter(|length| *length != 0).try_fold(size, |bytes, length| bytes.checked_mul(length));
        if bytes.is_none_or(|bytes| bytes > isize::MAX as usize) {
            let shape = self.result_shape(signature, position);
            let message = format!("{}: a result of shape {:?} is too large", signature.name, &shape[..]);
            return Err(Error::new(ErrorKind::TooLarge, message));
        }
        Ok(())
    }
}
