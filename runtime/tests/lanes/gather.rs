//! Tables and local arrays with an index per lane.

use crate::values::{Random, Values, message, singles};
use crate::{Run, at_every_level};
use ufunc::lanes::{Index, MAX_LANES, Mask, Vector, array_get, array_set, gather_slice, scatter_slice};

at_every_level! {
    by_i8 by_u16 by_i32 by_u32 by_i64 by_usize
    arrays_i32 arrays_f64 arrays_bool arrays_of_tuples
    empty_tables
}

/// Indices below `len` in the lanes that are on; in the others, any.
fn indices<I: Values>(random: &mut Random, len: usize, on: u64, from: fn(usize) -> I) -> Vec<I> {
    (0..MAX_LANES)
        .map(|lane| {
            let bits = random.next();
            if on >> lane & 1 != 0 { from(bits as usize % len) } else { I::random(bits) }
        })
        .collect()
}

fn table<T: Values, I: Values + Index, S: Run>(simd: S, from: fn(usize) -> I) {
    let mut values = singles::<T>(100);
    values.truncate(100);
    let mut random = Random(17);
    for round in 0..20 {
        let len = if round < 3 { round + 1 } else { 1 + random.next() as usize % values.len() };
        let table = &values[..len];
        let on = if round == 4 { u64::MAX } else { random.next() };
        let index = indices(&mut random, len, on, from);
        let (mask, lanes) = (Mask::with_bits(simd, on), Vector::from_slice(simd, &index));
        let got = simd.run(
            #[inline(always)]
            || gather_slice(table, mask, lanes),
        );
        let mut written = vec![T::default(); len];
        let stored = Vector::from_slice(simd, &values);
        simd.run(
            #[inline(always)]
            || scatter_slice(&mut written, mask, lanes, stored),
        );
        let mut want_written = vec![T::default(); len];
        for lane in 0..S::LANES {
            let is_on = on >> lane & 1 != 0;
            let want = if is_on { table[index[lane].as_usize()] } else { T::default() };
            assert!(got.extract(lane).same(want), "lane {lane} of {index:?}");
            if is_on {
                want_written[index[lane].as_usize()] = values[lane];
            }
        }
        assert!(written.iter().zip(&want_written).all(|(got, want)| got.same(*want)));
    }
}

/// The panic of an index that is out of bounds, if and only if its lane is on.
fn out_of_bounds<I: Values + Index, S: Run>(simd: S, from: fn(usize) -> I) {
    let table: Vec<f32> = singles::<f32>(10)[..100].to_vec();
    let mut array = [Vector::splat(simd, 1.5_f32); 100];
    for wrong in I::edges() {
        let wrong_index = wrong.as_usize();
        if wrong_index < 100 {
            continue;
        }
        let scalar_table = std::hint::black_box(&table);
        let want = message(|| std::hint::black_box(scalar_table[wrong_index]));
        let expected = format!("index out of bounds: the len is 100 but the index is {wrong_index}");
        assert_eq!(want, Some(expected));
        for lane in [0, S::LANES - 1] {
            let index = Vector::from_fn(simd, |k| if k == lane { wrong } else { from(99) });
            let (on, off) = (Mask::with_bits(simd, 1 << lane), Mask::with_bits(simd, !(1 << lane)));
            assert_eq!(message(|| gather_slice(&table, on, index)), want);
            assert_eq!(message(|| gather_slice(&table, off, index)), None);
            assert_eq!(message(|| scatter_slice(&mut table.clone(), on, index, array[0])), want);
            assert_eq!(message(|| scatter_slice(&mut table.clone(), off, index, array[0])), None);
            assert_eq!(message(|| array_get(&array, on, index)), want);
            assert_eq!(message(|| array_get(&array, off, index)), None);
            assert_eq!(message(|| array_set(&mut array, on, index, Vector::splat(simd, 0.0))), want);
            assert_eq!(message(|| array_set(&mut array, off, index, Vector::splat(simd, 1.5))), None);
        }
    }
}

macro_rules! by {
    ($($name:ident $i:ident)*) => {$(
        fn $name<S: Run>(simd: S) {
            table::<u8, $i, S>(simd, |k| k as $i);
            table::<f32, $i, S>(simd, |k| k as $i);
            table::<f64, $i, S>(simd, |k| k as $i);
            table::<bool, $i, S>(simd, |k| k as $i);
            out_of_bounds::<$i, S>(simd, |k| k as $i);
        }
    )*};
}

by! {
    by_i8 i8
    by_i32 i32
    by_i64 i64
    by_u16 u16
    by_u32 u32
    by_usize usize
}

fn array<T: Values, S: Run, const N: usize>(simd: S) {
    let values = singles::<T>(N * MAX_LANES);
    let rows: Vec<&[T]> = values.chunks_exact(MAX_LANES).take(N).collect();
    let mut random = Random(19);
    for _ in 0..20 {
        let on = random.next();
        let index = indices::<u32>(&mut random, N, on, |k| k as u32);
        let (mask, lanes) = (Mask::with_bits(simd, on), Vector::from_slice(simd, &index));
        let mut array: [Vector<T, S>; N] = std::array::from_fn(|k| Vector::from_slice(simd, rows[k % rows.len()]));
        let got = simd.run(
            #[inline(always)]
            || array_get(&array, mask, lanes),
        );
        let value = Vector::from_slice(simd, &values[1..]);
        simd.run(
            #[inline(always)]
            || array_set(&mut array, mask, lanes, value),
        );
        for lane in 0..S::LANES {
            let is_on = on >> lane & 1 != 0;
            if is_on {
                assert!(got.extract(lane).same(rows[index[lane] as usize % rows.len()][lane]), "lane {lane}");
            }
            for (k, entry) in array.iter().enumerate() {
                let set = is_on && index[lane] as usize == k;
                let want = if set { values[1 + lane] } else { rows[k % rows.len()][lane] };
                assert!(entry.extract(lane).same(want), "entry {k}, lane {lane}");
            }
        }
    }
}

macro_rules! arrays {
    ($($name:ident $t:ident)*) => {$(
        fn $name<S: Run>(simd: S) {
            array::<$t, S, 5>(simd);
            array::<$t, S, 40>(simd);
        }
    )*};
}

arrays! {
    arrays_i32 i32
    arrays_f64 f64
    arrays_bool bool
}

/// Local arrays of what is no vector itself.
fn arrays_of_tuples<S: Run>(simd: S) {
    let entry = |k: usize| {
        let value = Vector::from_fn(simd, |lane| (100 * k + lane) as i32);
        (value, [value.cast::<f64>(), (-value).cast::<f64>()])
    };
    let mut array: [_; 20] = std::array::from_fn(entry);
    let index = Vector::from_fn(simd, |lane| (7 * lane % 20) as u8);
    let (first, second) = array_get(&array, Mask::full(simd), index);
    for lane in 0..S::LANES {
        let want = (100 * (7 * lane % 20) + lane) as i32;
        assert_eq!(first.extract(lane), want);
        assert_eq!(second.map(|entry| entry.extract(lane)), [f64::from(want), -f64::from(want)]);
    }
    array_set(&mut array, Mask::full(simd), index, entry(50));
    for (k, entry) in array.iter().enumerate() {
        for lane in 0..S::LANES {
            let want = (100 * if k == 7 * lane % 20 { 50 } else { k } + lane) as i32;
            assert_eq!((entry.0.extract(lane), entry.1[1].extract(lane)), (want, -f64::from(want)));
        }
    }
}

/// An empty table is no error where no lane is on.
fn empty_tables<S: Run>(simd: S) {
    let index = Vector::splat(simd, 0_i32);
    let nothing = Mask::empty(simd);
    assert_eq!(gather_slice::<f64, i32, S>(&[], nothing, index).extract(0), 0.0);
    let want = Some("index out of bounds: the len is 0 but the index is 0".to_owned());
    assert_eq!(message(|| gather_slice::<f64, i32, S>(&[], Mask::full(simd), index)), want);
}
