//! The engine against one element at a time: lengths, strides, memory orders, broadcasting, masks.
#![cfg(feature = "ndarray")]

mod kernels;
mod layouts;

use kernels::{add16, blend, divmod, norm1_with, pick, rc, scale, wide};
use layouts::{Layout, SHAPES, WRITABLE, base};
use ndarray::{Array1, Array2, ArrayD, ArrayView1, Axis, IxDyn, ShapeBuilder, s};
use ufunc::Level;
use ufunc::kernel::Kernel;

/// The lengths around whole gangs, for gangs of up to 32 lanes.
const LENGTHS: std::ops::Range<usize> = 0..4 * 32 + 4;

fn levels() -> impl Iterator<Item = Level> {
    Level::ALL.into_iter().filter(|level| level.is_available())
}

fn blend_one(a: f64, b: f64, t: f64) -> f64 {
    <blend as Kernel>::scalar((a, b, t), ()).0
}

/// `len` elements of a slice at a stride; stride 0 is one element over and over.
fn strided(base: &[f64], len: usize, stride: isize) -> ArrayView1<'_, f64> {
    match stride {
        0 => ArrayView1::from_shape(len.strides(0), base).unwrap(),
        _ => ArrayView1::from(&base[..len * stride.unsigned_abs()]).slice_move(s![..;stride]),
    }
}

#[test]
fn every_length_and_stride() {
    let (x, y) = (base(500, 1), base(500, 2));
    for len in LENGTHS {
        for x_stride in [1, 2, 3, -1, -2, 0] {
            let a = strided(&x, len, x_stride);
            for y_stride in [1, 2, 3, -1, -2, 0] {
                let b = strided(&y, len, y_stride);
                let wanted: Vec<f64> = a.iter().zip(&b).map(|(a, b)| rc::scalar(*a, *b)).collect();
                assert_eq!(rc(a, b).to_vec(), wanted, "{len} elements at {x_stride}, {y_stride}");
                for out_stride in [1isize, 2, 3, -1, -2] {
                    let mut memory = vec![-1.0; 3 * len + 7];
                    let step = out_stride.unsigned_abs();
                    let mut out = ndarray::aview_mut1(&mut memory[3..3 + len * step]);
                    out.invert_axis_if(out_stride < 0);
                    rc::into(a, b, out.slice_mut(s![..;step as isize]));
                    let written: Vec<f64> = out.slice(s![..;step as isize]).to_vec();
                    assert_eq!(written, wanted, "{len} elements at {x_stride}, {y_stride} to {out_stride}");
                    let others = memory.iter().filter(|x| **x == -1.0).count();
                    assert_eq!(others, 3 * len + 7 - len, "only the target's elements are written");
                }
            }
        }
    }
}

trait InvertIf {
    fn invert_axis_if(&mut self, condition: bool);
}

impl InvertIf for ndarray::ArrayViewMut1<'_, f64> {
    fn invert_axis_if(&mut self, condition: bool) {
        if condition {
            self.invert_axis(Axis(0));
        }
    }
}

#[test]
fn every_level_and_length_gives_the_same_bits() {
    let (x, y, z) = (base(100_000, 1), base(100_000, 2), base(100_000, 3));
    for len in LENGTHS.chain([1000, 4096, 100_000]) {
        let (a, b, t) = (&x[..len], &y[..len], &z[..len]);
        let wanted: Vec<f64> = (0..len).map(|i| blend_one(a[i], b[i], t[i])).collect();
        let halves: Vec<f64> = (0..len).map(|i| blend_one(a[i], 0.5, t[i])).collect();
        for level in levels() {
            assert_eq!(blend::with(a, b, t).level(level).eval(), wanted, "{len} at {level}");
            assert_eq!(blend::with(a, 0.5, t).level(level).eval(), halves, "{len} at {level}");
        }
    }
}

#[test]
fn targets_need_no_alignment() {
    let x = base(3000, 1);
    let wanted: Vec<f64> = x.iter().map(|x| x * 3.0).collect();
    for start in 0..16 {
        let mut out = vec![0.0; 3016];
        scale::into(&x, &mut out[start..start + 3000]);
        assert_eq!(out[start..start + 3000], wanted);
        assert!(out[..start].iter().chain(&out[start + 3000..]).all(|x| *x == 0.0));
    }
    // The first cache line of an output of bytes is farther away than a gang.
    let flags: Vec<bool> = (0..3000).map(|i| i % 7 < 3).collect();
    let bytes: Vec<u8> = (0..3000).map(|i| i as u8).collect();
    for start in 0..64 {
        let (mut f, mut n) = (vec![0.0; 3000], vec![0; 3064]);
        pick::into(&flags, 1.5, &bytes, (&mut f, &mut n[start..start + 3000]));
        assert!(bytes.iter().zip(&n[start..]).all(|(from, to)| from.wrapping_add(1) == *to));
        assert!(flags.iter().zip(&f).all(|(from, to)| *to == if *from { 1.5 } else { -1.0 }));
    }
}

#[test]
fn every_pair_of_layouts() {
    for shape in SHAPES {
        for a_layout in Layout::all(shape.len()) {
            let a = a_layout.memory(shape, 1);
            let a = a_layout.view(a.view());
            for b_layout in Layout::all(shape.len()) {
                let b = b_layout.memory(shape, 2);
                let b = b_layout.view(b.view());
                let result = rc(&a, &b);
                let (a, b) = (a.broadcast(result.raw_dim()).unwrap(), b.broadcast(result.raw_dim()).unwrap());
                for ((index, result), (a, b)) in result.indexed_iter().zip(a.iter().zip(&b)) {
                    assert_eq!(*result, rc::scalar(*a, *b), "{shape:?} {a_layout:?} {b_layout:?} at {index:?}");
                }
            }
        }
    }
}

#[test]
fn every_layout_of_targets_and_masks() {
    for shape in SHAPES {
        let full = IxDyn(shape);
        for out_layout in WRITABLE {
            for a_layout in Layout::all(shape.len()) {
                let a = a_layout.memory(shape, 1);
                let a = a_layout.view(a.view());
                for mask_layout in Layout::all(shape.len()).map(Some).chain([None]) {
                    let mask = mask_layout.map(|layout| layout.memory(shape, 3).mapv(|x| x as u64 % 5 < 2));
                    let mask = mask_layout.zip(mask.as_ref()).map(|(layout, mask)| layout.view(mask.view()));
                    let mut memory = out_layout.memory(shape, 0);
                    memory.fill(-1.0);
                    let mut out = out_layout.view(memory.view_mut());
                    match &mask {
                        Some(mask) => rc::with(&a, 2.5).mask(mask).into(&mut out),
                        None => rc::into(&a, 2.5, &mut out),
                    }
                    let context = format!("{shape:?}: {a_layout:?} to {out_layout:?}, mask {mask_layout:?}");
                    let a = a.broadcast(full.clone()).unwrap();
                    let all = ndarray::arr0(true).into_dyn();
                    let mask = mask.unwrap_or(all.view());
                    let mask = mask.broadcast(full.clone()).unwrap();
                    for ((out, a), on) in out.iter().zip(&a).zip(&mask) {
                        assert_eq!(*out, if *on { rc::scalar(*a, 2.5) } else { -1.0 }, "{context}");
                    }
                    let written = mask.iter().filter(|on| **on).count();
                    assert_eq!(memory.iter().filter(|x| **x != -1.0).count(), written, "{context}");
                }
            }
        }
    }
}

/// `pick` and `add16` over every pair of layouts of one shape: elements of one, two and four bytes.
fn every_width(shape: &[usize], level: Level) {
    let full = IxDyn(shape);
    for out_layout in WRITABLE {
        for a_layout in Layout::all(shape.len()) {
            let context = format!("{shape:?}: {a_layout:?} to {out_layout:?}, {level}");
            let memory = a_layout.memory(shape, 1);
            let (flags, x, n) =
                (memory.mapv(|x| (x as u64).is_multiple_of(2)), memory.mapv(|x| x as f32), memory.mapv(|x| x as u8));
            let (flags, x, n) = (a_layout.view(flags.view()), a_layout.view(x.view()), a_layout.view(n.view()));
            let short = memory.mapv(|x| x as i16);
            let short = a_layout.view(short.view());
            let blank = out_layout.memory(shape, 0);
            let (mut f, mut m, mut sums) = (blank.mapv(|_| -7.0), blank.mapv(|_| 77), blank.mapv(|_| -7));
            let (mut f, mut m) = (out_layout.view(f.view_mut()), out_layout.view(m.view_mut()));
            pick::with(&flags, &x, &n).level(level).into((&mut f, &mut m));
            let mut sums = out_layout.view(sums.view_mut());
            add16::with(&short, 5).level(level).into(&mut sums);
            let all = |view: &ndarray::ArrayViewD<'_, f32>| view.broadcast(full.clone()).unwrap().to_owned();
            let flags = flags.broadcast(full.clone()).unwrap();
            let wanted = all(&x.view()).into_iter().zip(&flags).map(|(x, on)| if *on { x } else { -1.0 });
            assert!(f.iter().copied().eq(wanted), "{context}");
            let n = n.broadcast(full.clone()).unwrap();
            assert!(m.iter().copied().eq(n.iter().map(|n| n.wrapping_add(1))), "{context}");
            let short = short.broadcast(full.clone()).unwrap();
            assert!(sums.iter().copied().eq(short.iter().map(|n| n.wrapping_add(5))), "{context}");
        }
    }
}

#[test]
fn every_width_of_elements_at_every_level() {
    for level in levels() {
        for shape in [&[70, 130][..], &[9, 200], &[200, 67], &[2, 35, 75], &[75, 2, 66]] {
            every_width(shape, level);
        }
    }
}

#[test]
fn tiles_of_every_size_at_every_level() {
    // Rows in C order beside rows in Fortran order, with all remainders of tiles, blocks and gangs.
    for level in levels() {
        for rows in [1, 3, 4, 7, 8, 9, 31, 32, 33, 70] {
            for columns in [64, 65, 67, 71, 80, 95, 127, 128, 129, 200] {
                let c = Array2::from_shape_vec((rows, columns), base(rows * columns, 1)).unwrap();
                let f = Array2::from_shape_vec((columns, rows), base(rows * columns, 2)).unwrap().reversed_axes();
                let wanted = ndarray::Zip::from(&c).and(&f).map_collect(|c, f| rc::scalar(*c, *f));
                let mut out = Array2::zeros((rows, columns));
                rc::with(&c, &f).level(level).into(&mut out);
                assert_eq!(out, wanted, "{rows} × {columns} to C order, {level}");
                let mut out = Array2::zeros((rows, columns).f());
                rc::with(&c, &f).level(level).into(&mut out);
                assert_eq!(out, wanted, "{rows} × {columns} to Fortran order, {level}");
                let (c, f) = (c.mapv(|x| x as f32), f.mapv(|x| x as f32));
                let wanted = ndarray::Zip::from(&c).and(&f).map_collect(|c, f| c * c + f * f + 1.0);
                let mut out = Array2::zeros((rows, columns));
                norm1_with(&c, &f).level(level).into(&mut out);
                assert_eq!(out, wanted, "{rows} × {columns} of f32, {level}");
                let (mut c, f) = (c, f);
                norm1_with(&mut c, &f).level(level).inplace();
                assert_eq!(c, wanted, "{rows} × {columns} in place, {level}");
            }
        }
    }
}

#[test]
fn three_operands_broadcast_together() {
    let a = Array2::from_shape_vec((40, 1), base(40, 1)).unwrap();
    let b = Array1::from(base(150, 2));
    let t = ArrayD::from_shape_vec(IxDyn(&[3, 1, 1]), base(3, 3)).unwrap();
    let result = blend(&a, &b, &t);
    assert_eq!(result.shape(), [3, 40, 150]);
    for (i, result) in result.indexed_iter() {
        assert_eq!(*result, blend_one(a[[i[1], 0]], b[i[2]], t[[i[0], 0, 0]]));
    }
}

#[test]
fn many_axes() {
    // One axis of length two in four is only the first operand's, one only the second's, one that of both.
    let shape = |one: usize| (0..32).map(move |axis| if axis < 16 && axis % 4 != one && axis % 4 != 3 { 2 } else { 1 });
    let (a_shape, b_shape): (Vec<usize>, Vec<usize>) = (shape(0).collect(), shape(1).collect());
    let a = ArrayD::from_shape_vec(IxDyn(&a_shape), base(a_shape.iter().product(), 1)).unwrap();
    let b = ArrayD::from_shape_vec(IxDyn(&b_shape).f(), base(b_shape.iter().product(), 2)).unwrap();
    let result = rc(&a, &b);
    assert_eq!(result.ndim(), 32);
    let (a, b) = (a.broadcast(result.raw_dim()).unwrap(), b.broadcast(result.raw_dim()).unwrap());
    for (result, (a, b)) in result.iter().zip(a.iter().zip(&b)) {
        assert_eq!(*result, rc::scalar(*a, *b));
    }
}

#[test]
fn short_periods_repeat_over_many_blocks() {
    // A few channels in the innermost axis, beside an operand that has to be moved.
    for channels in [2, 3, 4, 7, 31, 32, 33] {
        let pixels = Array2::from_shape_vec((3000, channels + 1), base(3000 * (channels + 1), 1)).unwrap();
        let pixels = pixels.slice(s![.., 1..]);
        let row = Array1::from(base(channels, 2));
        let plane = Array2::from_shape_vec((2, channels), base(2 * channels, 3)).unwrap();
        let cube = pixels.to_shape((1500, 2, channels)).unwrap();
        for (a, b) in
            [(row.view().into_dyn(), pixels.view().into_dyn()), (plane.view().into_dyn(), cube.view().into_dyn())]
        {
            for (a, b) in [(&a, &b), (&b, &a)] {
                let result = rc(a, b);
                let (a, b) = (a.broadcast(result.raw_dim()).unwrap(), b.broadcast(result.raw_dim()).unwrap());
                for (result, (a, b)) in result.iter().zip(a.iter().zip(&b)) {
                    assert_eq!(*result, rc::scalar(*a, *b), "{channels} channels");
                }
            }
        }
    }
}

#[test]
fn as_many_operands_as_there_can_be() {
    for len in [1usize, 7, 64, 65, 500] {
        let x: Vec<Vec<f64>> = (0..12).map(|k| base(2 * len, k)).collect();
        let [a, b, c, d, e, f, g, h, i, j] =
            std::array::from_fn(|k| ArrayView1::from(&x[k][..]).slice_move(s![k % 2..;2]));
        let (k, l) = (&x[10][..len], x[11][0]);
        let mask: Vec<bool> = (0..len).map(|i| i % 3 < 2).collect();
        for masked in [false, true] {
            let call = wide::with(a, b, c, d, e, f, g, h, i, j, k, l);
            let results = if masked { call.mask(&mask).eval() } else { call.eval() };
            for n in (0..len).filter(|n| !masked || mask[*n]) {
                assert_eq!(results.0[n], a[n] + b[n]);
                assert_eq!(results.9[n], j[n] + k[n]);
                assert_eq!(results.10[n], k[n] + l);
                assert_eq!(results.11[n], l + a[n]);
            }
            assert!((0..len).all(|n| !masked || mask[n] || results.11[n] == 0.0));
        }
    }
}

#[test]
fn masks_that_get_denser() {
    let x = base(5000, 1);
    let mask: Vec<bool> = (0..5000).map(|i| i / 500 >= (i * 7) % 10).collect();
    let result = rc::with(1.5, &x).mask(&mask).eval();
    for i in 0..5000 {
        assert_eq!(result[i], if mask[i] { rc::scalar(1.5, x[i]) } else { 0.0 });
    }
}

#[test]
fn masked_results_are_zero_where_the_mask_is_off() {
    let x = base(1000, 1);
    let mask: Vec<bool> = (0..1000).map(|i| i / 100 % 2 == 0 && i % 3 != 0).collect();
    let result = scale::with(&x).mask(&mask).eval();
    for i in 0..1000 {
        assert_eq!(result[i], if mask[i] { x[i] * 3.0 } else { 0.0 });
    }
    assert_eq!(scale::with(2.0).mask(false).eval(), 0.0);
    assert_eq!(scale::with(2.0).mask(true).eval(), 6.0);
    let matrix = Array2::from_elem((2, 3), 2.0).reversed_axes();
    let result = scale::with(&matrix).mask([true, false]).eval();
    assert_eq!(result, ndarray::arr2(&[[6.0, 0.0], [6.0, 0.0], [6.0, 0.0]]));
    assert_eq!(result.strides(), matrix.strides());
}

#[test]
fn only_elements_that_are_on_are_computed() {
    // Divisors that are off are zero: dividing by one of them would panic.
    for len in [1usize, 5, 63, 64, 700, 3000] {
        for every in [1, 2, 3, 50, 10_000] {
            let a: Vec<i64> = (0..len as i64).collect();
            let mask: Vec<bool> = (0..len).map(|i| (i + 1) % every == 0).collect();
            let b: Vec<i64> = mask.iter().map(|on| if *on { 7 } else { 0 }).collect();
            for level in levels() {
                let (mut q, mut r) = (vec![-1; len], vec![-1; len]);
                divmod::with(&a, &b).mask(&mask).level(level).into((&mut q, &mut r));
                for i in 0..len {
                    let wanted = if mask[i] { (a[i] / 7, a[i] % 7) } else { (-1, -1) };
                    assert_eq!((q[i], r[i]), wanted, "{i} of {len}, {level}");
                }
            }
        }
    }
}

#[test]
fn empty_operands_give_empty_results() {
    let none: [f64; 0] = [];
    assert!(rc(&none, 1.0).is_empty());
    assert!(rc(&none, [1.0]).is_empty());
    let result = rc(&Array2::zeros((0, 3)), &Array1::zeros(3));
    assert_eq!(result.dim(), (0, 3));
    let result = rc(&Array2::zeros((3, 0)).reversed_axes(), &Array2::zeros((1, 1)));
    assert_eq!(result.dim(), (0, 3));
    rc::with(&none, 1.0).mask(&[]).into(&mut Vec::new());
}
