//! [`inner_loop`]: a kernel with NumPy's inner-loop ABI.

use std::ffi::c_void;

use super::execute::execute;
use super::machine::Machine;
use super::nest::Nest;
use crate::Level;
use crate::kernel::{Kernel, MachineLoops};

/// Kernel `K` (signature `G`) as a NumPy inner loop (`PyUFuncGenericFunction`): one run of
/// `dimensions[0]` elements, each operand at its own byte step.
///
/// A step of zero repeats an input. An output may be an input's memory at the same step: results
/// replace their inputs. A panicking kernel unwinds out of this function.
///
/// # Safety
/// - `args` points to the inputs' and then the outputs' first elements, `steps` to as many byte steps,
///   `dimensions` to the number of elements.
/// - Each operand has an element of the kernel's type, aligned, at every one of these places; inputs are
///   initialised, and outputs are the only access to their memory, which no two places share. Where that
///   is an input's memory, the two have the same element size, first element and step.
/// - `data` points to the kernel's `Uniforms`; it may be null where that is `()`.
pub unsafe extern "C-unwind" fn inner_loop<K: Kernel<G>, G>(
    args: *mut *mut u8,
    dimensions: *const isize,
    steps: *const isize,
    data: *mut c_void,
) {
    let uniforms = if data.is_null() { std::ptr::dangling() } else { data.cast_const().cast() };
    // SAFETY: the same contract.
    unsafe { run(MachineLoops::of::<K, G>(), args, *dimensions, steps, uniforms) }
}

/// # Safety
/// As for [`inner_loop`].
unsafe fn run(kernel: &'static MachineLoops, args: *mut *mut u8, len: isize, steps: *const isize, uniforms: *const ()) {
    let Ok(len) = usize::try_from(len) else { return };
    let mut machine = Machine::new(kernel, Level::current(), uniforms);
    let sizes = kernel.sizes;
    // SAFETY: the caller vouches for one pointer and one step an operand.
    let (bases, steps) = unsafe {
        (std::slice::from_raw_parts(args.cast_const(), sizes.len()), std::slice::from_raw_parts(steps, sizes.len()))
    };
    let (inputs, outputs) = bases.split_at(machine.inputs);
    machine.in_place = outputs.iter().any(|output| inputs.contains(output));
    let run = Nest { machine: &machine, sizes, bases, shape: &[len], steps };
    // SAFETY: the caller vouches for the elements.
    unsafe { execute(&run, None) }
}
