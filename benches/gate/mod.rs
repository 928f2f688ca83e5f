//! Samples on a machine with neighbours: a gate of known length runs before and after each, and the sample counts
//! only where both gates ran at full speed.

use std::time::{Duration, Instant};

/// How long the same code runs before a sample: the processor changes its clock for wide registers.
const WARM_UP: Duration = Duration::from_micros(80);

/// Turns of the gate's loop.
const TURNS: u64 = 6000;

/// A loop that takes one cycle a turn.
#[cfg(target_arch = "x86_64")]
fn gate() -> Duration {
    let start = Instant::now();
    // SAFETY: counts a register down to zero and touches nothing else. Aligned, because a loop that straddles
    // a boundary of 32 bytes takes two cycles a turn on some processors.
    unsafe {
        std::arch::asm!(".p2align 6", "2:", "dec {n}", "jnz 2b", n = inout(reg) TURNS => _, options(nomem, nostack));
    }
    start.elapsed()
}

/// Elsewhere every sample counts, and the shortest decides.
#[cfg(not(target_arch = "x86_64"))]
fn gate() -> Duration {
    Duration::ZERO
}

/// Decides which samples count.
pub(crate) struct Gate {
    best: Duration,
}

impl Gate {
    pub(crate) fn new() -> Self {
        Self { best: (0..2000).map(|_| gate()).min().unwrap_or_default() }
    }

    /// One sample, and whether it counts. Wide registers lower the clock, also for the gate after them:
    /// by up to a third, where a busy neighbour doubles its time.
    pub(crate) fn sample(&mut self, wide: bool, run: &mut dyn FnMut()) -> (Duration, bool) {
        let warm = Instant::now();
        while warm.elapsed() < WARM_UP {
            run();
        }
        self.cold_sample(wide, run)
    }

    /// [`sample`](Self::sample) without running the code before: for data that are to come from memory.
    pub(crate) fn cold_sample(&mut self, wide: bool, run: &mut dyn FnMut()) -> (Duration, bool) {
        let before = gate();
        let start = Instant::now();
        run();
        let time = start.elapsed();
        let after = gate();
        self.best = self.best.min(before).min(after);
        let most = self.best.mul_f64(if wide { 1.36 } else { 1.16 });
        let alike = before.abs_diff(after) <= self.best.mul_f64(0.15);
        (time, before <= most && after <= most && alike)
    }

    /// The processor's clock in GHz; not a number without a gate.
    pub(crate) fn clock(&self) -> f64 {
        if self.best.is_zero() { f64::NAN } else { TURNS as f64 / self.best.as_secs_f64() / 1e9 }
    }
}

/// Keeps this thread on one core; whether that worked.
pub(crate) fn pin() -> bool {
    core_affinity::get_core_ids()
        .is_some_and(|cores| cores.last().is_some_and(|core| core_affinity::set_for_current(*core)))
}
