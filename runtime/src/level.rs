//! The instruction-set level that kernels run at: what the machine has, and what the user allows.

use std::fmt;
use std::str::FromStr;
use std::sync::atomic::{AtomicU8, Ordering};

/// An instruction-set level. Every kernel is compiled once per level, and the best one that the
/// machine has is used; the environment variable `UFUNC_LEVEL` forces a lower one.
///
/// ```
/// let level = ufunc::Level::current();
/// assert!(level.is_available());
/// println!("kernels run at level {level}");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
#[non_exhaustive]
pub enum Level {
    /// Portable Rust on small arrays: every architecture, and the model for the other levels.
    Scalar = 0,
    /// The baseline of every x86-64 processor: 128-bit registers, no fused multiply-add.
    Sse2 = 1,
    /// AVX2 with FMA: 256-bit registers.
    Avx2 = 2,
    /// AVX-512 F, CD, DQ, BW and VL: 512-bit registers and mask registers.
    Avx512 = 3,
}

/// What [`CURRENT`] holds until the level has been detected.
const UNKNOWN: u8 = u8::MAX;

static CURRENT: AtomicU8 = AtomicU8::new(UNKNOWN);

impl Level {
    /// All levels, lowest first.
    pub const ALL: [Level; 4] = [Level::Scalar, Level::Sse2, Level::Avx2, Level::Avx512];

    /// The level that kernels run at in this process: the best available one, or the one that
    /// `UFUNC_LEVEL` names. Detected at the first call; afterwards one relaxed load.
    ///
    /// # Panics
    /// At the first call, when `UFUNC_LEVEL` holds no level's name, or one that this machine lacks.
    #[inline]
    pub fn current() -> Level {
        match CURRENT.load(Ordering::Relaxed) {
            0 => Level::Scalar,
            1 => Level::Sse2,
            2 => Level::Avx2,
            3 => Level::Avx512,
            _ => Level::detect(),
        }
    }

    /// The best level that this machine has, whatever `UFUNC_LEVEL` says.
    pub fn best() -> Level {
        let mut best = Level::Scalar;
        for level in Level::ALL {
            if level.is_available() {
                best = level;
            }
        }
        best
    }

    /// Whether this machine has the level's instructions.
    pub fn is_available(self) -> bool {
        match self {
            Level::Scalar => true,
            #[cfg(target_arch = "x86_64")]
            Level::Sse2 => true,
            #[cfg(target_arch = "x86_64")]
            Level::Avx2 => is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma"),
            #[cfg(target_arch = "x86_64")]
            Level::Avx512 => {
                Level::Avx2.is_available()
                    && is_x86_feature_detected!("avx512f")
                    && is_x86_feature_detected!("avx512cd")
                    && is_x86_feature_detected!("avx512dq")
                    && is_x86_feature_detected!("avx512bw")
                    && is_x86_feature_detected!("avx512vl")
            }
            #[cfg(not(target_arch = "x86_64"))]
            _ => false,
        }
    }

    /// Whether the level's multiply-add rounds once. All such levels give the same bits for every
    /// kernel; a level without keeps the same error bounds.
    pub const fn has_fma(self) -> bool {
        !matches!(self, Level::Sse2)
    }

    /// The level's name, as `UFUNC_LEVEL` takes it.
    pub const fn name(self) -> &'static str {
        match self {
            Level::Scalar => "scalar",
            Level::Sse2 => "sse2",
            Level::Avx2 => "avx2",
            Level::Avx512 => "avx512",
        }
    }

    #[cold]
    fn detect() -> Level {
        let level = match std::env::var("UFUNC_LEVEL") {
            Err(_) => Level::best(),
            Ok(name) if name.is_empty() => Level::best(),
            Ok(name) => {
                let level: Level = name.parse().unwrap_or_else(|error| panic!("UFUNC_LEVEL: {error}"));
                assert!(
                    level.is_available(),
                    "UFUNC_LEVEL: this machine has no `{level}`; its best level is `{}`",
                    Level::best()
                );
                level
            }
        };
        CURRENT.store(level as u8, Ordering::Relaxed);
        level
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// A string that names no [`Level`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseLevelError(String);

impl fmt::Display for ParseLevelError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is no level; the levels are", self.0)?;
        for (i, level) in Level::ALL.into_iter().enumerate() {
            write!(f, "{} `{level}`", if i == 0 { "" } else { "," })?;
        }
        Ok(())
    }
}

impl std::error::Error for ParseLevelError {}

impl FromStr for Level {
    type Err = ParseLevelError;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Level::ALL.into_iter().find(|level| level.name() == name).ok_or_else(|| ParseLevelError(name.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_round_trip() {
        for level in Level::ALL {
            assert_eq!(level.name().parse(), Ok(level));
        }
        let error = "avx9".parse::<Level>().unwrap_err().to_string();
        assert_eq!(error, "`avx9` is no level; the levels are `scalar`, `sse2`, `avx2`, `avx512`");
    }

    #[test]
    fn current_level_is_available() {
        assert!(Level::current().is_available());
        assert!(Level::current() <= Level::best());
    }
}
