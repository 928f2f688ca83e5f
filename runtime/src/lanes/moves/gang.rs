//! A gang of items to planes and back, in registers: where the number of an item's elements is a constant and the items lie one after
//! the other, no address is computed and no turn of a loop is left, and planes on the stack stay registers.

use std::ops::Range;

use crate::Level;
use crate::lanes::Simd;

#[cfg(target_arch = "x86_64")]
use super::pieces::{Four, FourHalves, Pieces, Two, TwoHalves};

/// The most elements of an item.
pub(crate) const MAX_COUNT: usize = 16;

/// Runs a block with `$k` as 0, 1, ... below the constant `$n`, as straight code.
macro_rules! each {
    ($n:expr, $k:ident => $body:expr) => {
        each!(@ $n, $k, $body, 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15)
    };
    (@ $n:expr, $k:ident, $body:expr, $($number:literal)*) => {{$(
        if const { $number < $n } {
            let $k: usize = $number;
            $body;
        }
    )*}};
}
pub(crate) use each;

/// What is turned of a gang: all, or the items of each plane's first register and then those behind them.
#[derive(Clone, Copy)]
pub(crate) enum Part {
    Whole,
    First,
    Rest,
}

impl Part {
    /// Which of so many groups of items are the part.
    #[inline(always)]
    const fn of(self, groups: usize) -> Range<usize> {
        match self {
            Self::Whole => 0..groups,
            Self::First => 0..1,
            Self::Rest => 1..groups,
        }
    }
}

/// Whether items of so many elements of so many bytes can be turned.
pub(crate) const fn turns(size: usize, count: usize) -> bool {
    count == 1 || count > 1 && count <= MAX_COUNT && (size == 4 || size == 8)
}

/// Brings `S::LANES` items of `N` elements of `SIZE` bytes, which lie one after the other, to `N` planes of as many elements.
///
/// # Safety
/// `from` is readable and `to` writable for `N * S::LANES` elements; they are apart.
#[inline(always)]
pub(crate) unsafe fn to_planes<S: Simd, const SIZE: usize, const N: usize>(
    _simd: S,
    part: Part,
    from: *const u8,
    to: *mut u8,
) {
    // SAFETY: the same contract; the token proves the level.
    unsafe {
        if const { N == 1 } {
            return part.of(1).for_each(|_| std::ptr::copy_nonoverlapping(from, to, SIZE * S::LANES));
        }
        #[cfg(target_arch = "x86_64")]
        {
            if const { S::LEVEL as u8 >= Level::Avx2 as u8 } {
                return match const { SIZE } {
                    8 => items_in::<S, TwoHalves, N>(part, from, to),
                    _ => items_in::<S, FourHalves, N>(part, from, to),
                };
            }
            if const { S::LEVEL as u8 == Level::Sse2 as u8 } {
                return match const { SIZE } {
                    8 => items_in::<S, Two, N>(part, from, to),
                    _ => items_in::<S, Four, N>(part, from, to),
                };
            }
        }
        for lane in part.of(1).start * S::LANES..S::LANES {
            each!(N, k => copy_one::<SIZE>(from.add((lane * N + k) * SIZE), to.add((k * S::LANES + lane) * SIZE)));
        }
    }
}

/// [`to_planes`] the other way.
///
/// # Safety
/// As for [`to_planes`].
#[inline(always)]
pub(crate) unsafe fn from_planes<S: Simd, const SIZE: usize, const N: usize>(
    _simd: S,
    part: Part,
    from: *const u8,
    to: *mut u8,
) {
    // SAFETY: the same contract; the token proves the level.
    unsafe {
        if const { N == 1 } {
            return part.of(1).for_each(|_| std::ptr::copy_nonoverlapping(from, to, SIZE * S::LANES));
        }
        #[cfg(target_arch = "x86_64")]
        {
            if const { S::LEVEL as u8 >= Level::Avx2 as u8 } {
                return match const { SIZE } {
                    8 => items_out::<S, TwoHalves, N>(part, from, to),
                    _ => items_out::<S, FourHalves, N>(part, from, to),
                };
            }
            if const { S::LEVEL as u8 == Level::Sse2 as u8 } {
                return match const { SIZE } {
                    8 => items_out::<S, Two, N>(part, from, to),
                    _ => items_out::<S, Four, N>(part, from, to),
                };
            }
        }
        for lane in part.of(1).start * S::LANES..S::LANES {
            each!(N, k => copy_one::<SIZE>(from.add((k * S::LANES + lane) * SIZE), to.add((lane * N + k) * SIZE)));
        }
    }
}

/// # Safety
/// `from` is readable and `to` writable for so many bytes.
#[inline(always)]
unsafe fn copy_one<const SIZE: usize>(from: *const u8, to: *mut u8) {
    // SAFETY: the same contract.
    unsafe { to.cast::<[u8; SIZE]>().write(from.cast::<[u8; SIZE]>().read()) };
}

/// # Safety
/// As for [`to_planes`]; the function around has the instructions of the pieces enabled.
#[cfg(target_arch = "x86_64")]
#[inline(always)]
unsafe fn items_in<S: Simd, P: Pieces, const N: usize>(part: Part, from: *const u8, to: *mut u8) {
    // SAFETY: the same contract, register by register.
    unsafe {
        for group in part.of(S::LANES / P::ITEMS) {
            let (from, to) = (from.add(group * P::ITEMS * N * P::SIZE), to.add(group * P::ITEMS * P::SIZE));
            // A register has piece `k` of the first items, and in its upper half the same piece of those behind them.
            let pieces = P::load_pieces::<N>(from);
            each!(N, k => {
                let plane = P::pick(|item| {
                    let element = item * N + k;
                    (pieces[element / P::WIDTH], element % P::WIDTH)
                });
                P::store(to.add(k * S::LANES * P::SIZE), plane);
            });
        }
    }
}

/// # Safety
/// As for [`items_in`].
#[cfg(target_arch = "x86_64")]
#[inline(always)]
unsafe fn items_out<S: Simd, P: Pieces, const N: usize>(part: Part, from: *const u8, to: *mut u8) {
    // SAFETY: the same contract, register by register.
    unsafe {
        for group in part.of(S::LANES / P::ITEMS) {
            let (from, to) = (from.add(group * P::ITEMS * P::SIZE), to.add(group * P::ITEMS * N * P::SIZE));
            let mut planes = [P::zero(); N];
            each!(N, k => planes[k] = P::load_whole(from.add(k * S::LANES * P::SIZE)));
            let mut pieces = [P::zero(); N];
            each!(N, k => {
                pieces[k] = P::pick(|place| {
                    let element = k * P::WIDTH + place;
                    (planes[element % N], element / N)
                });
            });
            P::store_pieces(to, &pieces);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::array::{Task, run_at};
    use crate::lanes::Scalar;

    /// Items to planes and back, at one level.
    struct There<'a, S, const SIZE: usize, const N: usize> {
        simd: S,
        parts: &'a [Part],
        items: &'a [u8],
        planes: &'a mut [u8],
        back: &'a mut [u8],
    }

    impl<S: Simd, const SIZE: usize, const N: usize> Task for There<'_, S, SIZE, N> {
        type Output = ();

        #[inline(always)]
        fn run(self) {
            let Self { simd, parts, items, planes, back } = self;
            let bytes = SIZE * N * S::LANES;
            assert!(items.len() == bytes && planes.len() == bytes && back.len() == bytes);
            // SAFETY: all three have so many bytes.
            unsafe {
                for part in parts {
                    to_planes::<S, SIZE, N>(simd, *part, items.as_ptr(), planes.as_mut_ptr());
                }
                for part in parts {
                    from_planes::<S, SIZE, N>(simd, *part, planes.as_ptr(), back.as_mut_ptr());
                }
            }
        }
    }

    fn check<S: Simd, const SIZE: usize, const N: usize>(simd: S) {
        let bytes = SIZE * N * S::LANES;
        // No two elements are the same, and neither slice is aligned.
        let items: Vec<u8> =
            (0..=bytes).map(|i| if i % SIZE == 1 % SIZE { (i / SIZE) as u8 } else { (i / 256) as u8 }).collect();
        let items = &items[1..];
        for parts in [&[Part::Whole][..], &[Part::First, Part::Rest]] {
            let (mut planes, mut back) = (vec![0xaa; bytes + 1], vec![0xaa; bytes + 3]);
            run_at(simd, There::<S, SIZE, N> { simd, parts, items, planes: &mut planes[1..], back: &mut back[3..] });
            for lane in 0..S::LANES {
                for k in 0..N {
                    let (item, plane) = ((lane * N + k) * SIZE, 1 + (k * S::LANES + lane) * SIZE);
                    assert_eq!(
                        planes[plane..plane + SIZE],
                        items[item..item + SIZE],
                        "element {k} of {N}, of {SIZE} bytes, item {lane}, {}",
                        S::LEVEL
                    );
                }
            }
            assert_eq!(&back[3..], items, "{N} elements of {SIZE} bytes, {}", S::LEVEL);
        }
    }

    macro_rules! counts {
        ($simd:ident: $($n:literal)*) => {$(
            check::<_, 8, $n>($simd);
            check::<_, 4, $n>($simd);
        )*};
    }

    fn every_count<S: Simd>(simd: S) {
        check::<_, 1, 1>(simd);
        check::<_, 2, 1>(simd);
        counts!(simd: 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16);
    }

    #[test]
    fn every_count_at_every_level() {
        // SAFETY: the scalar level needs no instructions.
        every_count(unsafe { Scalar::assume() });
        #[cfg(target_arch = "x86_64")]
        // SAFETY: the levels are there.
        unsafe {
            use crate::lanes::{Avx2, Avx512, Sse2};
            every_count(Sse2::assume());
            if Level::Avx2.is_available() {
                every_count(Avx2::assume());
            }
            if Level::Avx512.is_available() {
                every_count(Avx512::assume());
            }
        }
    }
}
