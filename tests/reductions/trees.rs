//! The same bits as the reference, whatever the level, the threads and the layout.

use ndarray::{Array, ArrayD, ArrayViewD, Axis, IxDyn, ShapeBuilder, Slice};
use ufunc::Level;

use super::reference::{ordered, tree};
use super::{add, checked, logaddexp, logical_and, maximum, multiply, subtract};

/// Lengths around those where the way changes: gangs, accumulators, blocks, and a tree of several blocks.
const LENGTHS: [usize; 26] = [
    1, 2, 3, 7, 15, 16, 17, 31, 32, 33, 63, 64, 65, 130, 255, 257, 511, 513, 770, 1000, 2048, 2049, 4096, 5000, 9001,
    23456,
];

fn levels() -> impl Iterator<Item = Level> {
    Level::ALL.into_iter().filter(|level| level.is_available())
}

fn values(len: usize) -> Vec<f64> {
    let mut random = fastrand::Rng::with_seed(len as u64 + 1);
    (0..len).map(|_| (random.f64() - 0.3) * 2f64.powi(random.i32(-8..8))).collect()
}

#[test]
fn sequences_of_every_length_at_every_level() {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(2).build().expect("two threads");
    for len in LENGTHS {
        let f64s = values(len);
        let f32s: Vec<f32> = f64s.iter().map(|x| *x as f32).collect();
        let bytes: Vec<u8> = f64s.iter().map(|x| (x * 100.0) as i64 as u8).collect();
        let i16s: Vec<i16> = f64s.iter().map(|x| (x * 1000.0) as i16).collect();
        let (sum, single) = (tree(&f64s, &|x, y| x + y), tree(&f32s, &|x, y| x + y));
        for level in levels() {
            assert_eq!(add::reduction(&f64s).level(level).eval().to_bits(), sum.to_bits(), "f64, {len}, {level}");
            assert_eq!(add::reduction(&f32s).level(level).eval().to_bits(), single.to_bits(), "f32, {len}, {level}");
            let total = bytes.iter().fold(0u8, |total, byte| total.wrapping_add(*byte));
            assert_eq!(add::reduction(&bytes).level(level).eval(), total, "u8, {len}, {level}");
            let most = i16s.iter().copied().max();
            assert_eq!(Some(maximum::reduction(&i16s).level(level).eval()), most, "i16, {len}, {level}");
            let difference = ordered(&f64s, &|x, y| x - y);
            assert_eq!(
                subtract::reduction(&f64s).level(level).eval().to_bits(),
                difference.to_bits(),
                "{len}, {level}"
            );
            let all: Vec<bool> = f64s.iter().map(|x| *x > -70.0).collect();
            assert_eq!(logical_and::reduction(&all).level(level).eval(), all.iter().all(|x| *x), "{len}, {level}");
            let ones = vec![1; len];
            assert_eq!(checked::reduction(&ones).level(level).eval(), len as i32, "{len}, {level}");
        }
        for min_len in [1, 1000, 1 << 20] {
            let parallel = pool.install(|| add::reduction(&f64s).parallel(true).min_len(min_len).eval());
            assert_eq!(parallel.to_bits(), sum.to_bits(), "{len} in tasks of {min_len}");
        }
    }
}

/// What comes from memory may be reduced by another level's loops than the process's, and rows are asked for ahead of time.
#[test]
fn large_operands_have_the_same_bits() {
    let values = values(2300 * 1001);
    let sum = tree(&values, &|x, y| x + y);
    assert_eq!(add::reduce_all(&values).to_bits(), sum.to_bits());
    let rows = Array::from_shape_vec((2300, 1001), values).expect("as many values");
    for axis in [0, 1] {
        let found = add::reduce(&rows, Axis(axis));
        for (lane, found) in rows.lanes(Axis(axis)).into_iter().zip(&found) {
            assert_eq!(found.to_bits(), tree(&lane.to_vec(), &|x, y| x + y).to_bits(), "axis {axis}");
        }
    }
}

/// Arrays of a shape in other layouts, all with the same elements.
fn layouts(shape: &[usize]) -> Vec<(&'static str, ArrayD<f64>, Vec<Slice>)> {
    let len = shape.iter().product();
    let c = Array::from_shape_vec(IxDyn(shape), values(len)).expect("as many values");
    let mut f = ArrayD::zeros(IxDyn(shape).f());
    f.assign(&c);
    let whole = vec![Slice::from(..); shape.len()];
    let stretched = |step: isize, reversed: bool| {
        let wide: Vec<usize> = shape.iter().map(|len| len * step.unsigned_abs()).collect();
        let mut wide = ArrayD::from_elem(IxDyn(&wide), f64::NAN);
        let slices: Vec<Slice> =
            shape.iter().map(|_| Slice::new(0, None, if reversed { -step } else { step })).collect();
        wide.slice_each_axis_mut(|axis| slices[axis.axis.index()]).assign(&c);
        (wide, slices)
    };
    let (strided, every_second) = stretched(2, false);
    let (reversed, backwards) = stretched(1, true);
    let mut layouts = vec![
        ("C", c, whole.clone()),
        ("F", f, whole),
        ("strided", strided, every_second),
        ("reversed", reversed, backwards),
    ];
    if shape.len() == 3 {
        let mut order = layouts[0].1.view();
        order.swap_axes(0, 1);
        let mut mixed = order.as_standard_layout().into_owned();
        mixed.swap_axes(0, 1);
        layouts.push(("mixed", mixed, vec![Slice::from(..); 3]));
    }
    layouts
}

fn check_axis(what: &str, view: &ArrayViewD<'_, f64>, axis: usize, pool: &rayon::ThreadPool) {
    let name = |kernel: &str| format!("{kernel} of {what} {:?} along {axis}", view.shape());
    let lanes = |op: &dyn Fn(&[f64]) -> f64| view.map_axis(Axis(axis), |lane| op(&lane.to_vec()).to_bits());
    let bits = |array: ArrayD<f64>| array.mapv(f64::to_bits);
    let sums = lanes(&|lane| tree(lane, &|x, y| x + y));
    let differences = lanes(&|lane| ordered(lane, &|x, y| x - y));
    for level in levels() {
        let sum = bits(add::reduction(view).axis(Axis(axis)).level(level).eval());
        assert_eq!(sum, sums, "{} at {level}", name("add"));
        let difference = bits(subtract::reduction(view).axis(axis as isize).level(level).eval());
        assert_eq!(difference, differences, "{} at {level}", name("subtract"));
    }
    let parallel = pool.install(|| bits(add::reduction(view).axis(Axis(axis)).parallel(true).min_len(64).eval()));
    assert_eq!(parallel, sums, "{} on two threads", name("add"));
    let kept = add::reduction(view).axis(axis as isize - view.ndim() as isize).keepdims().eval();
    assert_eq!(bits(kept.clone().remove_axis(Axis(axis))), sums, "{} kept", name("add"));
    assert_eq!(kept.shape()[axis], 1);
    let products = lanes(&|lane| tree(lane, &|x, y| x * y));
    assert_eq!(bits(multiply::reduce(view, Axis(axis))), products, "{}", name("multiply"));
    let prefixes = bits(add::accumulate(view, Axis(axis)));
    for (found, lane) in prefixes.lanes(Axis(axis)).into_iter().zip(view.lanes(Axis(axis))) {
        let lane = lane.to_vec();
        let mut total = lane[0];
        for (i, found) in found.iter().enumerate() {
            total = if i == 0 { lane[0] } else { total + lane[i] };
            assert_eq!(*found, total.to_bits(), "{}, prefix {i}", name("add"));
        }
    }
}

#[test]
fn every_axis_of_every_layout() {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(2).build().expect("two threads");
    for shape in [
        &[5][..],
        &[70],
        &[4000],
        &[3, 5],
        &[40, 9],
        &[9, 40],
        &[300, 33],
        &[33, 300],
        &[2500, 20],
        &[12, 1100],
        &[1, 50],
        &[50, 1],
        &[6, 7, 35],
        &[35, 7, 6],
        &[3, 70, 8],
        &[2, 1, 90],
    ] {
        for (what, array, slices) in layouts(shape) {
            let view = array.slice_each_axis(|axis| slices[axis.axis.index()]);
            for axis in 0..shape.len() {
                check_axis(what, &view, axis, &pool);
            }
        }
    }
}

#[test]
fn several_axes_follow_the_memory_and_threads_change_nothing() {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(2).build().expect("two threads");
    for (what, array, slices) in layouts(&[13, 21, 18]) {
        let view = array.slice_each_axis(|axis| slices[axis.axis.index()]);
        for axes in [&[0, 1][..], &[0, 2], &[2, 1], &[0, 1, 2], &[1], &[]] {
            let sum = add::reduction(&view).axes(axes.iter().copied()).eval();
            let exact = axes.iter().fold(view.to_owned(), |array, axis| {
                let axis = Axis(*axis as usize);
                array.sum_axis(axis).insert_axis(axis)
            });
            let kept = add::reduction(&view).axes(axes.iter().copied()).keepdims().eval();
            assert_eq!(kept.shape(), exact.shape(), "{what} {axes:?}");
            assert_eq!(kept.len(), sum.len(), "{what} {axes:?}");
            for ((kept, sum), exact) in kept.iter().zip(&sum).zip(&exact) {
                assert_eq!(kept.to_bits(), sum.to_bits(), "{what} {axes:?}");
                assert!((sum - exact).abs() <= 1e-12 * exact.abs().max(1e3), "{what} {axes:?}: {sum} is not {exact}");
            }
            for level in levels() {
                let at_level = add::reduction(&view).axes(axes.iter().copied()).level(level).eval();
                assert_eq!(at_level.mapv(f64::to_bits), sum.mapv(f64::to_bits), "{what} {axes:?} at {level}");
            }
            let parallel =
                pool.install(|| add::reduction(&view).axes(axes.iter().copied()).parallel(true).min_len(100).eval());
            assert_eq!(parallel.mapv(f64::to_bits), sum.mapv(f64::to_bits), "{what} {axes:?} on two threads");
        }
        if what != "F" && what != "mixed" {
            // Where the axes are in the same order, so are the elements.
            let c = layouts(&[13, 21, 18]).swap_remove(0).1;
            assert_eq!(add::reduce_all(&view).to_bits(), add::reduce_all(&c).to_bits(), "{what}");
        }
    }
}

#[test]
fn kernels_with_math_reduce_to_the_same_bits_with_fma() {
    let values = values(3000);
    let exact = values.iter().map(|x| x.exp()).sum::<f64>().ln();
    let of = |level| logaddexp::reduction(&values).level(level).eval();
    for level in levels() {
        assert!((of(level) - exact).abs() <= 1e-12 * exact.abs(), "{level}: {} is not {exact}", of(level));
        if level != Level::Sse2 {
            assert_eq!(of(level).to_bits(), of(Level::Scalar).to_bits(), "{level}");
        }
    }
}

#[test]
fn masked_elements_are_as_if_they_were_not_there() {
    for (what, array, slices) in layouts(&[60, 50]) {
        let view = array.slice_each_axis(|axis| slices[axis.axis.index()]);
        let mask = Array::from_shape_fn((60, 50), |(i, j)| (i * 7 + j * 3) % 4 != 1 && i != 5);
        for axis in [0, 1] {
            let sums = add::reduction(&view).axis(Axis(axis)).mask(&mask).eval();
            let differences = subtract::reduction(&view).axis(Axis(axis)).mask(&mask).initial(0.5).eval();
            for (k, (sum, difference)) in sums.iter().zip(&differences).enumerate() {
                let lane = view.index_axis(Axis(1 - axis), k);
                let flags = mask.index_axis(Axis(1 - axis), k);
                let on: Vec<f64> = lane.iter().zip(&flags).filter(|(_, on)| **on).map(|(x, _)| *x).collect();
                let expected = if on.is_empty() { 0.0 } else { tree(&on, &|x, y| x + y) };
                assert_eq!(sum.to_bits(), expected.to_bits(), "{what} {axis} {k}");
                let expected = on.iter().fold(0.5, |total, x| total - x);
                assert_eq!(difference.to_bits(), expected.to_bits(), "{what} {axis} {k}");
            }
        }
        let row = [true, false].repeat(25);
        let half = add::reduction(&view).axis(Axis(0)).mask(&row).eval();
        assert!(half.iter().enumerate().all(|(j, sum)| (j % 2 == 0) == (*sum != 0.0)), "{what}: {half}");
    }
}
