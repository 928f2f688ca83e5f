//! [`Pieces`]: registers that hold pieces of 16 bytes, and what turns of items need of them.

use std::arch::x86_64::*;

use super::gang::each;

/// A register of one piece of 16 bytes, or of two: the lower half is from the first items, the upper half from as many behind them,
/// and both go the same way.
pub(super) trait Pieces: Copy {
    /// The bytes of an element.
    const SIZE: usize;
    /// The elements of a piece.
    const WIDTH: usize = 16 / Self::SIZE;
    /// The items whose elements one register of a plane holds.
    const ITEMS: usize;

    fn zero() -> Self;

    /// The `N` pieces of the first items, and those of the items behind them in the upper halves, if registers have two.
    ///
    /// # Safety
    /// All their bytes are readable; the processor has the register's instructions.
    unsafe fn load_pieces<const N: usize>(from: *const u8) -> [Self; N];

    /// # Safety
    /// So many bytes are readable; as above.
    unsafe fn load_whole(from: *const u8) -> Self;

    /// # Safety
    /// So many bytes are writable; as above.
    unsafe fn store(to: *mut u8, value: Self);

    /// In each piece, element `k` is the one at the place that `from` says, of the register that it says.
    ///
    /// # Safety
    /// The processor has the register's instructions.
    unsafe fn pick(from: impl Fn(usize) -> (Self, usize)) -> Self;

    /// Writes the pieces in order: the lower halves and then the upper ones.
    ///
    /// # Safety
    /// All their bytes are writable; as above.
    unsafe fn store_pieces<const N: usize>(to: *mut u8, pieces: &[Self; N]);
}

/// Two elements of eight bytes.
#[derive(Clone, Copy)]
pub(super) struct Two(__m128d);

/// Four elements of four bytes.
#[derive(Clone, Copy)]
pub(super) struct Four(__m128);

/// Twice [`Two`].
#[derive(Clone, Copy)]
pub(super) struct TwoHalves(__m256d);

/// Twice [`Four`].
#[derive(Clone, Copy)]
pub(super) struct FourHalves(__m256);

/// The four shuffles of two elements that a piece can be.
macro_rules! pick_two {
    ($from:ident, $low:ident, $high:ident, $mixed:ident, $first_high:literal, $second_high:literal) => {{
        let ((Self(a), first), (Self(b), second)) = ($from(0), $from(1));
        Self(match (first, second) {
            (0, 0) => $low(a, b),
            (1, 1) => $high(a, b),
            (0, _) => $mixed::<$second_high>(a, b),
            _ => $mixed::<$first_high>(a, b),
        })
    }};
}

/// Four elements by three shuffles: two of the four, the other two, and all. Two pieces that are neighbours share the first ones, which
/// the compiler finds where their places are the same.
macro_rules! pick_four {
    ($from:ident, $shuffle:ident) => {{
        let pair = |k: usize| {
            let ((Self(a), first), (Self(b), second)) = ($from(k), $from(k + 1));
            match first + 4 * second {
                0 => $shuffle::<0b00_00_00_00>(a, b),
                1 => $shuffle::<0b00_00_00_01>(a, b),
                2 => $shuffle::<0b00_00_00_10>(a, b),
                3 => $shuffle::<0b00_00_00_11>(a, b),
                4 => $shuffle::<0b00_01_00_00>(a, b),
                5 => $shuffle::<0b00_01_00_01>(a, b),
                6 => $shuffle::<0b00_01_00_10>(a, b),
                7 => $shuffle::<0b00_01_00_11>(a, b),
                8 => $shuffle::<0b00_10_00_00>(a, b),
                9 => $shuffle::<0b00_10_00_01>(a, b),
                10 => $shuffle::<0b00_10_00_10>(a, b),
                11 => $shuffle::<0b00_10_00_11>(a, b),
                12 => $shuffle::<0b00_11_00_00>(a, b),
                13 => $shuffle::<0b00_11_00_01>(a, b),
                14 => $shuffle::<0b00_11_00_10>(a, b),
                _ => $shuffle::<0b00_11_00_11>(a, b),
            }
        };
        Self($shuffle::<0b10_00_10_00>(pair(0), pair(2)))
    }};
}

/// Registers of one piece.
macro_rules! single {
    ($name:ident, $scalar:ty, $load:ident, $store:ident, $from:ident => $pick:expr) => {
        impl Pieces for $name {
            const SIZE: usize = size_of::<$scalar>();
            const ITEMS: usize = Self::WIDTH;

            #[inline(always)]
            fn zero() -> Self {
                // SAFETY: numbers may be zero.
                unsafe { std::mem::zeroed() }
            }

            #[inline(always)]
            unsafe fn load_pieces<const N: usize>(from: *const u8) -> [Self; N] {
                let mut pieces = [Self::zero(); N];
                // SAFETY: the same contract.
                unsafe { each!(N, k => pieces[k] = Self::load_whole(from.add(16 * k))) };
                pieces
            }

            #[inline(always)]
            unsafe fn load_whole(from: *const u8) -> Self {
                // SAFETY: the same contract.
                unsafe { Self($load(from.cast())) }
            }

            #[inline(always)]
            unsafe fn store(to: *mut u8, value: Self) {
                // SAFETY: the same contract.
                unsafe { $store(to.cast(), value.0) };
            }

            #[inline(always)]
            unsafe fn pick($from: impl Fn(usize) -> (Self, usize)) -> Self {
                // SAFETY: the same contract.
                unsafe { $pick }
            }

            #[inline(always)]
            unsafe fn store_pieces<const N: usize>(to: *mut u8, pieces: &[Self; N]) {
                // SAFETY: the same contract.
                unsafe { each!(N, k => Self::store(to.add(16 * k), pieces[k])) };
            }
        }
    };
}

/// Registers of two.
macro_rules! halves {
    (
        $name:ident, $scalar:ty, $load:ident, $store:ident, $load_half:ident, $widen:ident,
        $insert:ident, $cross:ident, $from:ident => $pick:expr
    ) => {
        impl Pieces for $name {
            const SIZE: usize = size_of::<$scalar>();
            const ITEMS: usize = 2 * Self::WIDTH;

            #[inline(always)]
            fn zero() -> Self {
                // SAFETY: numbers may be zero.
                unsafe { std::mem::zeroed() }
            }

            #[inline(always)]
            unsafe fn load_pieces<const N: usize>(from: *const u8) -> [Self; N] {
                let mut pieces = [Self::zero(); N];
                // SAFETY: the same contract. A load for each half: whole registers, and two shuffles of each pair, take longer.
                unsafe {
                    each!(N, k => {
                        let (lower, upper) = (from.add(16 * k), from.add(16 * (N + k)));
                        pieces[k] = Self($insert::<1>($widen($load_half(lower.cast())), $load_half(upper.cast())));
                    });
                }
                pieces
            }

            #[inline(always)]
            unsafe fn load_whole(from: *const u8) -> Self {
                // SAFETY: the same contract.
                unsafe { Self($load(from.cast())) }
            }

            #[inline(always)]
            unsafe fn store(to: *mut u8, value: Self) {
                // SAFETY: the same contract.
                unsafe { $store(to.cast(), value.0) };
            }

            #[inline(always)]
            unsafe fn pick($from: impl Fn(usize) -> (Self, usize)) -> Self {
                // SAFETY: the same contract.
                unsafe { $pick }
            }

            #[inline(always)]
            unsafe fn store_pieces<const N: usize>(to: *mut u8, pieces: &[Self; N]) {
                // SAFETY: the same contract. Neighbours become whole registers: stores take longest of all.
                unsafe {
                    each!(N, k => {
                        let (first, second) = (2 * k, 2 * k + 1);
                        let (a, b) = (pieces[first % N].0, pieces[second % N].0);
                        let whole = if second < N {
                            $cross::<0x20>(a, b)
                        } else if first < N {
                            $cross::<0x30>(a, b)
                        } else {
                            $cross::<0x31>(a, b)
                        };
                        $store(to.add(32 * k).cast(), whole);
                    });
                }
            }
        }
    };
}

single!(Two, f64, _mm_loadu_pd, _mm_storeu_pd,
    from => pick_two!(from, _mm_unpacklo_pd, _mm_unpackhi_pd, _mm_shuffle_pd, 0b01, 0b10));
single!(Four, f32, _mm_loadu_ps, _mm_storeu_ps, from => pick_four!(from, _mm_shuffle_ps));
halves!(TwoHalves, f64, _mm256_loadu_pd, _mm256_storeu_pd, _mm_loadu_pd, _mm256_castpd128_pd256,
    _mm256_insertf128_pd, _mm256_permute2f128_pd,
    from => pick_two!(from, _mm256_unpacklo_pd, _mm256_unpackhi_pd, _mm256_shuffle_pd, 0b0101, 0b1010));
halves!(FourHalves, f32, _mm256_loadu_ps, _mm256_storeu_ps, _mm_loadu_ps, _mm256_castps128_ps256,
    _mm256_insertf128_ps, _mm256_permute2f128_ps,
    from => pick_four!(from, _mm256_shuffle_ps));
