//! From a call to lane code: the level's token, and the functions that enable its instructions.

use crate::Level;
use crate::kernel::align_frame;
#[cfg(target_arch = "x86_64")]
use crate::lanes::stream::wide_is_halves;
use crate::lanes::{Scalar, Simd};

/// A function of arrays as the attribute emits it: its lane code, generic over the level.
pub trait ArrayFunction {
    /// The parameters, as a tuple: views of arrays, and scalars.
    type Parameters<'a>;
    /// What the function returns.
    type Output;
    /// Whether it takes hardly longer to compute than elements take to load and to store: then registers of 512 bits take longer than
    /// those of 256 on processors that take them in halves, because more of them lie across cache lines.
    const IS_SHORT: bool = false;

    /// The function. It is `#[inline(always)]`, so that it becomes part of the function that enables the level's instructions.
    fn run<S: Simd>(simd: S, parameters: Self::Parameters<'_>) -> Self::Output;
}

/// Calls the function at the process's level.
///
/// # Panics
/// When the function does.
#[inline]
pub fn call<F: ArrayFunction>(parameters: F::Parameters<'_>) -> F::Output {
    let level = Level::current();
    #[cfg(target_arch = "x86_64")]
    if const { F::IS_SHORT } && level == Level::Avx512 && wide_is_halves() {
        // SAFETY: the current level is one that the machine has, and it has all instructions of the one below.
        return unsafe { avx2_with_avx512(Called::<F, crate::lanes::Avx2> { simd: Simd::assume(), parameters }) };
    }
    // SAFETY: the current level is one that the machine has.
    unsafe { call_unchecked::<F>(level, parameters) }
}

/// Calls the function at a level of one's choice.
///
/// # Panics
/// When the machine has not the level, and when the function does.
#[inline]
pub fn call_at<F: ArrayFunction>(level: Level, parameters: F::Parameters<'_>) -> F::Output {
    assert!(level.is_available(), "this machine has no `{level}`; its best level is `{}`", Level::best());
    // SAFETY: the machine has the level.
    unsafe { call_unchecked::<F>(level, parameters) }
}

/// # Safety
/// The machine has the level.
#[inline(always)]
unsafe fn call_unchecked<F: ArrayFunction>(level: Level, parameters: F::Parameters<'_>) -> F::Output {
    #[cfg(target_arch = "x86_64")]
    {
        use crate::lanes::{Avx2, Avx512, Sse2};
        // SAFETY: the machine has the level.
        unsafe {
            match level {
                Level::Avx512 => return avx512(Called::<F, Avx512> { simd: Simd::assume(), parameters }),
                Level::Avx2 => return avx2(Called::<F, Avx2> { simd: Simd::assume(), parameters }),
                Level::Sse2 => return sse2(Called::<F, Sse2> { simd: Simd::assume(), parameters }),
                Level::Scalar => {}
            }
        }
    }
    debug_assert_eq!(level, Level::Scalar);
    // SAFETY: the scalar level needs no instructions.
    scalar(Called::<F, Scalar> { simd: unsafe { Simd::assume() }, parameters })
}

/// A call of an array function at one level.
struct Called<'a, F: ArrayFunction, S> {
    simd: S,
    parameters: F::Parameters<'a>,
}

impl<F: ArrayFunction, S: Simd> Task for Called<'_, F, S> {
    type Output = F::Output;

    #[inline(always)]
    fn run(self) -> F::Output {
        F::run(self.simd, self.parameters)
    }
}

/// Lane code with all that it needs, which is `#[inline(always)]`.
pub(crate) trait Task {
    /// What it results in.
    type Output;
    /// Runs it, in a function that enables the instructions of its level.
    fn run(self) -> Self::Output;
}

/// Runs a task of the level of `S`.
#[inline(always)]
pub(crate) fn run_at<S: Simd, K: Task>(_simd: S, task: K) -> K::Output {
    #[cfg(target_arch = "x86_64")]
    // SAFETY: the token proves that the machine has the level's instructions.
    unsafe {
        if const { S::LEVEL as u8 == Level::Avx512 as u8 } {
            return avx512(task);
        }
        if const { S::LEVEL as u8 == Level::Avx2 as u8 } {
            return avx2(task);
        }
        if const { S::LEVEL as u8 == Level::Sse2 as u8 } {
            return sse2(task);
        }
    }
    scalar(task)
}

/// Runs a task of the level `avx2` with the registers of `avx512`, of which there are twice as many.
///
/// # Safety
/// The machine has the level `avx512`.
#[cfg(target_arch = "x86_64")]
#[inline(always)]
pub(crate) unsafe fn avx2_with_avx512<K: Task>(task: K) -> K::Output {
    // SAFETY: the same contract.
    unsafe { avx512(task) }
}

#[inline(never)]
fn scalar<K: Task>(task: K) -> K::Output {
    task.run()
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "sse2")]
#[inline(never)]
fn sse2<K: Task>(task: K) -> K::Output {
    task.run()
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma")]
#[inline(never)]
fn avx2<K: Task>(task: K) -> K::Output {
    align_frame();
    task.run()
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma,avx512f,avx512cd,avx512dq,avx512bw,avx512vl")]
#[inline(never)]
fn avx512<K: Task>(task: K) -> K::Output {
    align_frame();
    task.run()
}

/// A token for several gangs at once, from that of one.
#[inline(always)]
pub fn several<S: Simd, G: Simd>(_simd: S) -> G {
    const {
        assert!(G::LEVEL as u8 == S::LEVEL as u8, "several gangs are of the level of one");
    }
    // SAFETY: the token proves that the level's instructions are there, and both are of one level.
    unsafe { G::assume() }
}
