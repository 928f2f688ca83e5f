//! Machine loops that take their operands at any steps, for short kernels: where an element takes hardly longer to compute than to
//! load, lining elements up first and computing then takes twice as long as both at once.

use super::{Elements, Kernel, MAX_ARRAYS};
use crate::Level;
#[cfg(target_arch = "x86_64")]
use crate::lanes::{Avx2, Avx512, Scalar, Twice};
use crate::lanes::{Mask, Simd};

/// A machine loop over operands at any steps, [`STEPPED_LANES`] elements a gang.
///
/// # Safety
/// - The processor has the instructions of the level that the loop was given for.
/// - `arrays` points to the inputs' and then the outputs' first elements, `steps` to the bytes from each element to the next one. At
///   each of `gangs` times [`STEPPED_LANES`] places an input is initialised and an output writable, aligned for their types. The outputs
///   are the only access to their memory, of which no two places share any, but may be that of an input of the same size and step.
/// - `uniforms` points to the kernel's `Uniforms`.
pub(crate) type SteppedLoop = unsafe fn(arrays: *const *mut u8, steps: *const isize, gangs: usize, uniforms: *const ());

/// The lanes of one gang of a [`SteppedLoop`].
pub(crate) const STEPPED_LANES: usize = 16;

/// A kernel's loop for a level; none for kernels that are not short, and for levels without one.
pub(super) const fn stepped_loop<K: Kernel<G>, G>(level: Level) -> Option<SteppedLoop> {
    match level {
        #[cfg(target_arch = "x86_64")]
        Level::Avx2 if K::IS_SHORT => Some(run_avx2::<K, G> as SteppedLoop),
        #[cfg(target_arch = "x86_64")]
        Level::Avx512 if K::IS_SHORT => Some(run_avx512::<K, G> as SteppedLoop),
        _ => None,
    }
}

/// A kernel's loop that takes one element after the other, for operands none of which has any that follow each other: to gather them in
/// registers and to scatter the results takes longer. It needs the instructions of `avx2`, and gives the bits of every level.
pub(super) const fn single_loop<K: Kernel<G>, G>() -> Option<SteppedLoop> {
    #[cfg(target_arch = "x86_64")]
    if K::IS_SHORT {
        return Some(run_singly::<K, G> as SteppedLoop);
    }
    None
}

/// # Safety
/// As for [`SteppedLoop`].
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma")]
unsafe fn run_singly<K: Kernel<G>, G>(arrays: *const *mut u8, steps: *const isize, gangs: usize, uniforms: *const ()) {
    // Steps of its own, which no store changes: there is one way to walk an operand.
    let mut own = [0; MAX_ARRAYS];
    let count = <K::Inputs as Elements>::SIZES.len() + <K::Outputs as Elements>::SIZES.len();
    // SAFETY: the caller vouches for a step of each array, and for all that the loop needs; the scalar level needs no instructions.
    unsafe {
        for (k, step) in own.iter_mut().enumerate().take(count) {
            *step = *steps.add(k);
        }
        run::<K, G, Scalar>(arrays, own.as_ptr(), gangs, uniforms);
    }
}

/// # Safety
/// As for [`SteppedLoop`].
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma")]
unsafe fn run_avx2<K: Kernel<G>, G>(arrays: *const *mut u8, steps: *const isize, gangs: usize, uniforms: *const ()) {
    // Two gangs: what a turn does besides is half as much.
    // SAFETY: the same contract.
    unsafe { run::<K, G, Twice<Avx2>>(arrays, steps, gangs, uniforms) }
}

/// # Safety
/// As for [`SteppedLoop`].
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma,avx512f,avx512cd,avx512dq,avx512bw,avx512vl")]
unsafe fn run_avx512<K: Kernel<G>, G>(arrays: *const *mut u8, steps: *const isize, gangs: usize, uniforms: *const ()) {
    // SAFETY: the same contract.
    unsafe { run::<K, G, Avx512>(arrays, steps, gangs, uniforms) }
}

/// # Safety
/// As for [`SteppedLoop`].
#[inline(always)]
unsafe fn run<K: Kernel<G>, G, S: Simd>(
    arrays: *const *mut u8,
    steps: *const isize,
    gangs: usize,
    uniforms: *const (),
) {
    // SAFETY: the caller vouches for the level, the arrays and the uniforms.
    unsafe {
        const { assert!(STEPPED_LANES.is_multiple_of(S::LANES), "the engine counts these lanes") };
        let simd = S::assume();
        let uniforms: K::Uniforms<'_> = *uniforms.cast();
        let inputs = <K::Inputs as Elements>::SIZES.len();
        let count = inputs + <K::Outputs as Elements>::SIZES.len();
        let mut places = [std::ptr::null_mut(); MAX_ARRAYS];
        for (k, place) in places.iter_mut().enumerate().take(count) {
            *place = *arrays.add(k);
        }
        for _ in 0..gangs * (STEPPED_LANES / S::LANES) {
            // The steps are read anew in each turn, behind stores that might change them for all that the compiler knows: or else it
            // would make a loop of its own for each way to walk an operand, and those of all operands would multiply.
            let values = <K::Inputs as Elements>::load_stepped(simd, places.as_ptr(), steps);
            let results = K::gang(simd, Mask::full(simd), values, uniforms);
            <K::Outputs as Elements>::store_stepped::<S>(places.as_ptr().add(inputs), steps.add(inputs), results);
            for (k, place) in places.iter_mut().enumerate().take(count) {
                *place = place.wrapping_offset(*steps.add(k) * S::LANES as isize);
            }
        }
    }
}
