//! Loads, stores, gathers and scatters: only the lanes that are on touch memory.

use crate::values::{Random, Values, results, singles};
use crate::{Run, at_doubled_levels, at_every_level};
use ufunc::lanes::{Element, MAX_LANES, Mask, Vector};

at_every_level! {
    unaligned
    memory_i8 memory_i16 memory_i32 memory_i64 memory_isize
    memory_u8 memory_u16 memory_u32 memory_u64 memory_usize memory_f32 memory_f64 memory_bool
    masked
}

at_doubled_levels! {
    unaligned
    memory_i8 memory_i16 memory_i32 memory_i64 memory_isize
    memory_u8 memory_u16 memory_u32 memory_u64 memory_usize memory_f32 memory_f64 memory_bool
    masked
}

/// Loads and stores of the lanes that are on, where memory may end at any lane and there is none for a mask that is empty.
fn masked<S: Run>(simd: S) {
    macro_rules! check {
        ($($t:ident)*) => {$({
            let values = singles::<$t>(2 * MAX_LANES);
            let vector = Vector::from_slice(simd, &values[MAX_LANES..]);
            let mut random = Random(13);
            for round in 0..40 {
                let on = match round {
                    0 => u64::MAX,
                    1..=10 => u64::MAX >> (64 - S::LANES.div_ceil(round)),
                    11..=20 => u64::MAX << (S::LANES - S::LANES.div_ceil(round - 10)),
                    _ => random.next(),
                };
                let mask = Mask::with_bits(simd, on);
                // SAFETY: a gang of values is there.
                let got: Vector<$t, S> = unsafe { Vector::load_masked(values.as_ptr(), mask) };
                let mut out = values.clone();
                let mut blended = values.clone();
                // SAFETY: as above.
                unsafe {
                    vector.store_masked(out.as_mut_ptr(), mask);
                    vector.store_blended(blended.as_mut_ptr(), mask);
                }
                assert!(out.iter().zip(&blended).all(|(out, blended)| out.same(*blended)));
                for lane in 0..S::LANES {
                    let is_on = on >> lane & 1 != 0;
                    assert!(got.extract(lane).same(if is_on { values[lane] } else { $t::default() }), "lane {lane}, {on:b}");
                    assert!(out[lane].same(values[if is_on { MAX_LANES + lane } else { lane }]), "lane {lane}, {on:b}");
                }
                assert!(out.iter().zip(&values).skip(S::LANES).all(|(out, value)| out.same(*value)));
            }
            let nowhere = std::ptr::dangling_mut::<$t>();
            // SAFETY: no lane is on.
            let got: Vector<$t, S> = unsafe { Vector::load_masked(nowhere, Mask::empty(simd)) };
            assert!(got.to_array().iter().all(|value| value.same($t::default())));
            // SAFETY: no lane is on.
            unsafe { vector.store_masked(nowhere, Mask::empty(simd)) };
        })*};
    }
    check!(i8 i16 i32 i64 isize u8 u16 u32 u64 usize f32 f64 bool);
}

/// Loads and stores at every offset from an alignment boundary.
fn unaligned<S: Run>(simd: S) {
    macro_rules! check {
        ($($t:ident)*) => {$({
            let values = singles::<$t>(200);
            for offset in 0..MAX_LANES {
                let here = &values[offset..offset + MAX_LANES];
                let got: Vec<$t> = results!(simd; x in here => x);
                assert!(got.iter().zip(&values[offset..]).all(|(got, want)| got.same(*want)));
                let vector = Vector::from_slice(simd, &values[offset..]);
                let mut out = vec![$t::default(); 3 * MAX_LANES];
                // SAFETY: a gang fits behind the offset.
                unsafe { vector.store(out[offset..].as_mut_ptr()) };
                for (at, out) in out.iter().enumerate() {
                    let stored = at >= offset && at < offset + S::LANES;
                    assert!(out.same(if stored { values[at] } else { $t::default() }));
                }
                assert_eq!(vector.extract(S::LANES - 1).same(values[offset + S::LANES - 1]), true);
            }
        })*};
    }
    check!(i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 bool);
}

macro_rules! memory {
    ($($name:ident $t:ident)*) => {$(
        fn $name<S: Run>(_simd: S) {
            let table = singles::<$t>(1000);
            let mut random = Random(5);
            for round in 0..50_u64 {
                let on = match round {
                    0 => 0,
                    1 => u64::MAX,
                    2..18 => 1 << (round - 2),
                    _ => random.next(),
                };
                let lane_on = |lane: usize| on >> lane & 1 != 0;
                // Lanes that are off hold indices that no memory is at. The base is the middle of the table.
                let middle = table.len() / 2;
                let index64: Vec<i64> = (0..MAX_LANES)
                    .map(|lane| if lane_on(lane) { (random.next() % table.len() as u64) as i64 - middle as i64 } else { random.next() as i64 })
                    .collect();
                let index32: Vec<i32> = index64.iter().map(|index| *index as i32).collect();
                let base = &raw const table[middle];
                let (mut got32, mut got64) = ([$t::default(); MAX_LANES], [$t::default(); MAX_LANES]);
                // SAFETY: the token proves the level; the lanes that are on index the table; arrays hold a gang.
                unsafe {
                    let on = S::mask_from_bits(on);
                    let gathered = <$t as Element>::gather32::<S>(base, i32::load::<S>(index32.as_ptr()), on);
                    <$t as Element>::store::<S>(got32.as_mut_ptr(), gathered);
                    let gathered = <$t as Element>::gather64::<S>(base, i64::load::<S>(index64.as_ptr()), on);
                    <$t as Element>::store::<S>(got64.as_mut_ptr(), gathered);
                }
                for lane in 0..S::LANES {
                    let want = if lane_on(lane) { table[(index64[lane] + middle as i64) as usize] } else { $t::default() };
                    assert!(got32[lane].same(want), "gather32, lane {lane}");
                    assert!(got64[lane].same(want), "gather64, lane {lane}");
                }

                // A scatter onto few places: the last lane that is on wins.
                let places: Vec<i64> = (0..MAX_LANES)
                    .map(|lane| if lane_on(lane) { (random.next() % 8) as i64 - 4 } else { random.next() as i64 })
                    .collect();
                let mut got = vec![$t::default(); 8];
                let mut want = got.clone();
                // SAFETY: the token proves the level; the lanes that are on index the eight places; arrays hold a gang.
                unsafe {
                    let values = <$t as Element>::load::<S>(table.as_ptr());
                    let places = i64::load::<S>(places.as_ptr());
                    <$t as Element>::scatter64::<S>(&raw mut got[4], places, S::mask_from_bits(on), values);
                }
                for lane in (0..S::LANES).filter(|lane| lane_on(*lane)) {
                    want[(places[lane] + 4) as usize] = table[lane];
                }
                assert!(got.iter().zip(&want).all(|(got, want)| got.same(*want)), "scatter64: {got:?}, not {want:?}");
            }
        }
    )*};
}

memory! {
    memory_i8 i8
    memory_i16 i16
    memory_i32 i32
    memory_i64 i64
    memory_isize isize
    memory_u8 u8
    memory_u16 u16
    memory_u32 u32
    memory_u64 u64
    memory_usize usize
    memory_f32 f32
    memory_f64 f64
    memory_bool bool
}
