//! Functions of the lanes, run at one level: shared by the tests of the math.

use ufunc::Level;
use ufunc::lanes::MAX_LANES;

/// Random bits (splitmix64).
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
}

/// A function of the lanes, generic over the level, as one function a level.
macro_rules! at_level {
    ($(fn $name:ident($($arg:ident: &[$t:ty]),*) -> $ret:ty { $value:expr })*) => {$(
        /// The results of all values at a level, one gang at a time.
        fn $name(level: ufunc::Level, $($arg: &[$t]),*) -> Vec<$ret> {
            use ufunc::Level;
            use ufunc::lanes::{MAX_LANES, Scalar, Simd, Vector};

            #[inline(always)]
            fn gangs<S: Simd>(simd: S, $($arg: &[$t]),*) -> Vec<$ret> {
                let count = [$($arg.len()),*][0];
                assert_eq!(count % MAX_LANES, 0);
                let mut results = Vec::with_capacity(count);
                let mut at = 0;
                while at < count {
                    $(let $arg = Vector::from_slice(simd, &$arg[at..]);)*
                    results.extend_from_slice(&Vector::to_array($value)[..S::LANES]);
                    at += S::LANES;
                }
                results
            }
            #[cfg(target_arch = "x86_64")]
            {
                use ufunc::lanes::{Avx2, Avx512, Sse2, Twice};
                #[target_feature(enable = "avx2,fma")]
                unsafe fn avx2($($arg: &[$t]),*) -> Vec<$ret> {
                    // SAFETY: the caller has made sure of the level.
                    gangs(unsafe { Twice::<Avx2>::assume() }, $($arg),*)
                }
                #[target_feature(enable = "avx2,fma,avx512f,avx512cd,avx512dq,avx512bw,avx512vl")]
                unsafe fn avx512($($arg: &[$t]),*) -> Vec<$ret> {
                    // SAFETY: the caller has made sure of the level.
                    gangs(unsafe { Avx512::assume() }, $($arg),*)
                }
                assert!(level.is_available());
                match level {
                    // SAFETY: every x86-64 processor has SSE2.
                    Level::Sse2 => return gangs(unsafe { Sse2::assume() }, $($arg),*),
                    // SAFETY: the level is available.
                    Level::Avx2 => return unsafe { avx2($($arg),*) },
                    // SAFETY: the level is available.
                    Level::Avx512 => return unsafe { avx512($($arg),*) },
                    _ => {}
                }
            }
            assert_eq!(level, Level::Scalar);
            // SAFETY: the scalar level needs no instructions.
            gangs(unsafe { Scalar::assume() }, $($arg),*)
        }
    )*};
}
pub(crate) use at_level;

/// The levels that this machine has.
pub(crate) fn levels() -> impl Iterator<Item = Level> {
    Level::ALL.into_iter().filter(|level| level.is_available())
}

/// A multiple of the widest gang.
pub(crate) fn pad<T: Copy>(values: &mut Vec<T>) {
    let first = values[0];
    values.resize(values.len().next_multiple_of(MAX_LANES), first);
}
