//! Small cores of frozen lengths, whose gangs are turned in registers: every count, element type, length and level, and operands
//! that lie in all the ways that have to be told apart.

use ndarray::{Array, Array2, Array3, ArrayView1, ArrayView2, ArrayViewMut1, Axis, s};
use ufunc::Level;
use ufunc::prelude::*;

const LENGTHS: [usize; 12] = [0, 1, 2, 3, 7, 8, 9, 17, 64, 65, 130, 200];

fn levels() -> impl Iterator<Item = Level> {
    [Level::Scalar, Level::Sse2, Level::Avx2, Level::Avx512].into_iter().filter(|level| level.is_available())
}

/// Cores backwards, at every level, from items that follow each other, at other steps and backwards, and where one is for all.
macro_rules! backwards {
    ($($name:ident $t:ident $n:literal $signature:literal;)*) => {$(
        mod $name {
            use super::*;

            #[guvectorize($signature, lanes = "batch")]
            fn backwards(x: ArrayView1<$t>, mut out: ArrayViewMut1<$t>) {
                for i in 0..$n {
                    out[i] = x[$n - 1 - i];
                }
            }

            #[test]
            fn every_length() {
                let value = |i: usize| <$t as Sample>::sample(i);
                for len in LENGTHS {
                    let x = Array2::from_shape_fn((2 * len, $n + 1), |(i, j)| value(i * 41 + j));
                    let dense = Array2::from_shape_fn((len, $n), |(i, j)| value(i * 13 + j));
                    let one = Array2::from_shape_fn((1, $n), |(_, j)| value(j));
                    let columns = Array2::from_shape_fn(($n, len), |(i, j)| value(i * 5 + j));
                    let operands = [
                        dense.view(),
                        x.slice(s![len.., 1..]),
                        x.slice(s![..;2, ..$n]),
                        dense.slice(s![..;-1, ..]),
                        dense.slice(s![.., ..;-1]),
                        columns.t(),
                        one.broadcast((len, $n)).expect("one row is as many as one likes"),
                    ];
                    for (k, operand) in operands.iter().enumerate() {
                        let expected = operand.slice(s![.., ..;-1]);
                        for level in levels() {
                            let found: Array2<$t> = backwards::with(operand).level(level).eval();
                            assert_eq!(found, expected, "{len} items, operand {k}, {level}");
                            // Between the items of the target there is what nobody may write.
                            let mut target = Array2::from_elem((2 * len, $n + 2), value(99));
                            backwards::with(operand).level(level).into(target.slice_mut(s![..;2, 1..=$n]));
                            assert_eq!(target.slice(s![..;2, 1..=$n]), expected, "{len} items, operand {k}, {level}");
                            let between = |i: usize, j: usize| i % 2 == 1 || j == 0 || j > $n;
                            let kept = target.indexed_iter().filter(|((i, j), _)| between(*i, *j));
                            kept.for_each(|(at, v)| assert_eq!(*v, value(99), "{at:?}, {len} items, operand {k}, {level}"));
                        }
                    }
                }
            }
        }
    )*};
}

/// Values of a type that differ from their neighbours.
trait Sample {
    fn sample(i: usize) -> Self;
}

macro_rules! samples {
    ($($t:ident: $i:ident => $value:expr;)*) => {$(
        impl Sample for $t {
            fn sample($i: usize) -> Self {
                $value
            }
        }
    )*};
}

samples! {
    f64: i => i as f64 + 0.5;
    f32: i => i as f32 + 0.25;
    i64: i => i as i64 - 70;
    u32: i => i as u32;
    u8: i => i as u8;
    bool: i => i % 3 == 1;
}

backwards! {
    f64_1 f64 1 "(1)->(1)";
    f64_2 f64 2 "(2)->(2)";
    f64_3 f64 3 "(3)->(3)";
    f64_4 f64 4 "(4)->(4)";
    f64_5 f64 5 "(5)->(5)";
    f64_9 f64 9 "(9)->(9)";
    f64_16 f64 16 "(16)->(16)";
    f64_17 f64 17 "(17)->(17)";
    f64_33 f64 33 "(33)->(33)";
    f32_1 f32 1 "(1)->(1)";
    f32_3 f32 3 "(3)->(3)";
    f32_4 f32 4 "(4)->(4)";
    f32_6 f32 6 "(6)->(6)";
    f32_9 f32 9 "(9)->(9)";
    f32_19 f32 19 "(19)->(19)";
    i64_7 i64 7 "(7)->(7)";
    u32_5 u32 5 "(5)->(5)";
    u8_1 u8 1 "(1)->(1)";
    u8_3 u8 3 "(3)->(3)";
    bool_1 bool 1 "(1)->(1)";
    bool_4 bool 4 "(4)->(4)";
}

/// A matrix and a vector each, and one value more; results of three types and counts.
#[guvectorize("(2,3),(3),()->(2),(),(3)")]
fn mixed(
    a: ArrayView2<f64>,
    x: ArrayView1<f32>,
    shift: i32,
    mut product: ArrayViewMut1<f64>,
    large: &mut bool,
    mut scaled: ArrayViewMut1<f32>,
) {
    for i in 0..2 {
        product[i] = a[[i, 0]] * x[0] as f64 + a[[i, 1]] * x[1] as f64 + a[[i, 2]] * x[2] as f64;
    }
    *large = product[0] > product[1];
    for j in 0..3 {
        scaled[j] = x[j] * shift as f32;
    }
}

/// Two operands of several types, and one value for a part of the elements only: the others are kept.
#[guvectorize("(3),()->(3)")]
fn first_of(x: ArrayView1<f32>, count: i64, mut out: ArrayViewMut1<f32>) {
    for i in 0..3 {
        if (i as i64) < count {
            out[i] = x[i];
        }
    }
}

#[test]
fn results_of_several_types() {
    for len in LENGTHS {
        let a = Array3::from_shape_fn((len, 2, 3), |(i, j, k)| ((i * 7 + j * 5 + k) % 11) as f64);
        let x = Array2::from_shape_fn((len, 3), |(i, j)| ((i + j) % 7) as f32);
        let shift = Array::from_shape_fn(len, |i| i as i32 - 3);
        for level in levels() {
            let (product, large, scaled) = mixed::with(&a, &x, &shift).level(level).eval();
            for i in 0..len {
                let (mut p, mut l, mut s) = ([0.0; 2], false, [0.0; 3]);
                mixed::scalar(
                    a.index_axis(Axis(0), i),
                    x.row(i),
                    shift[i],
                    ArrayViewMut1::from(&mut p[..]),
                    &mut l,
                    ArrayViewMut1::from(&mut s[..]),
                );
                assert_eq!(
                    (product.row(i).to_vec(), large[i], scaled.row(i).to_vec()),
                    (p.to_vec(), l, s.to_vec()),
                    "item {i} of {len}, {level}"
                );
            }
        }
    }
}

#[test]
fn what_is_not_written_stays() {
    for len in LENGTHS {
        let x = Array2::from_shape_fn((len, 3), |(i, j)| (3 * i + j + 1) as f32);
        let counts = Array::from_shape_fn(len, |i| (i % 4) as i64);
        for level in levels() {
            let fresh: Array2<f32> = first_of::with(&x, &counts).level(level).eval();
            let mut kept = Array2::from_elem((len, 3), -1.0);
            first_of::with(&x, &counts).level(level).into(&mut kept);
            for ((i, j), x) in x.indexed_iter() {
                let (new, old) = if (j as i64) < counts[i] { (*x, *x) } else { (0.0, -1.0) };
                assert_eq!((fresh[[i, j]], kept[[i, j]]), (new, old), "element {j} of item {i} of {len}, {level}");
            }
        }
    }
}

#[test]
fn loop_dimensions_that_broadcast() {
    let x = Array3::from_shape_fn((4, 1, 3), |(i, _, k)| (i * 3 + k) as f32);
    for len in LENGTHS {
        let counts = Array::from_shape_fn(len, |i| (i % 5) as i64);
        for level in levels() {
            let found: Array3<f32> = first_of::with(&x, &counts).level(level).eval();
            for ((i, j, k), found) in found.indexed_iter() {
                let expected = if (k as i64) < counts[j] { x[[i, 0, k]] } else { 0.0 };
                assert_eq!(*found, expected, "{i} {j} {k}, {len} items, {level}");
            }
        }
    }
}

/// Of many items the first ones may go alone, so that the results of the others begin where registers do.
#[test]
fn many_items_wherever_their_results_begin() {
    const MANY: usize = 16 * 256 + 21;
    let x = Array2::from_shape_fn((MANY + 8, 3), |(i, j)| (3 * i + j + 1) as f32);
    let counts = Array::from_shape_fn(MANY, |i| (i % 4) as i64);
    for first in 0..8 {
        let rows = x.slice(s![first..first + MANY, ..]);
        for level in levels() {
            let mut kept = Array2::from_elem((MANY + 8, 3), -1.0);
            first_of::with(rows, &counts).level(level).into(kept.slice_mut(s![first..first + MANY, ..]));
            for ((i, j), found) in kept.indexed_iter() {
                let count = if i < first { None } else { counts.get(i - first) };
                let expected = if count.is_some_and(|count| (j as i64) < *count) { x[[i, j]] } else { -1.0 };
                assert_eq!(*found, expected, "element {j} of item {i}, the first is {first}, {level}");
            }
        }
    }
}
