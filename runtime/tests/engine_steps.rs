//! Short kernels, whose machine loops take operands at any steps, against one element at a time: every step, place, length and size of
//! elements, at every level. No operand has memory behind its last element.
#![cfg(feature = "ndarray")]

use std::fmt::Debug;

use ndarray::{Array2, ArrayView1, ArrayViewMut1, s};
use ufunc::kernel::Kernel;
use ufunc::lanes::{Element, Mask, Simd, Vector};
use ufunc::{Call, Level};

/// `a - b`, and whether it is less than `a`.
#[allow(non_camel_case_types)]
enum less {}

macro_rules! signatures {
    ($($t:ty, $a:ident, $b:ident: $sub:expr;)*) => {$(
        impl Kernel<($t,)> for less {
            const NAME: &'static str = "less";
            type Inputs = ($t, $t);
            type Outputs = ($t, bool);
            type Uniforms<'a> = ();
            type Gang<S: Simd> = S;
            const IS_SHORT: bool = true;

            #[inline(always)]
            fn gang<'a, S: Simd>(
                _simd: S,
                _mask: Mask<S>,
                (a, b): (Vector<$t, S>, Vector<$t, S>),
                (): (),
            ) -> (Vector<$t, S>, Mask<S>) {
                let difference = a - b;
                (difference, difference.lanes_lt(a))
            }

            fn scalar<'a>(($a, $b): ($t, $t), (): ()) -> ($t, bool) {
                let difference = $sub;
                (difference, difference < $a)
            }
        }
    )*};
}
signatures! {
    f32, a, b: a - b;
    f64, a, b: a - b;
    u8, a, b: a.wrapping_sub(b);
    i16, a, b: a.wrapping_sub(b);
    i64, a, b: a.wrapping_sub(b);
}

fn levels() -> impl Iterator<Item = Level> {
    Level::ALL.into_iter().filter(|level| level.is_available())
}

/// How many elements memory has that holds `len` of them so many apart.
fn extent(len: usize, step: isize) -> usize {
    if len == 0 { 0 } else { (len - 1) * step.unsigned_abs() + 1 }
}

/// The last `len` elements of memory that are so many apart; step 0 is the last one over and over.
fn at_end<T>(memory: &[T], len: usize, step: isize) -> ArrayView1<'_, T> {
    let used = &memory[memory.len() - extent(len, step)..];
    if step == 0 && len > 0 {
        return ArrayView1::from(used).broadcast_move(len);
    }
    ArrayView1::from(used).slice_move(s![..;if step == 0 { 1 } else { step }])
}

trait BroadcastMove<'a, T> {
    fn broadcast_move(self, len: usize) -> ArrayView1<'a, T>;
}

impl<'a, T> BroadcastMove<'a, T> for ArrayView1<'a, T> {
    /// The one element so many times.
    fn broadcast_move(self, len: usize) -> ArrayView1<'a, T> {
        use ndarray::ShapeBuilder;
        ArrayView1::from_shape(len.strides(0), self.to_slice().unwrap()).unwrap()
    }
}

fn at_end_mut<T>(memory: &mut [T], len: usize, step: isize) -> ArrayViewMut1<'_, T> {
    let start = memory.len() - extent(len, step);
    ArrayViewMut1::from(&mut memory[start..]).slice_move(s![..;step])
}

const STEPS: [isize; 6] = [1, 2, 3, -1, -2, 0];

/// All calls of one type, with operands that begin `skip` elements behind where memory does.
fn check<T>(skip: usize, of: fn(usize) -> T)
where
    T: Element + Debug,
    less: for<'u> Kernel<(T,), Inputs = (T, T), Outputs = (T, bool), Uniforms<'u> = ()>,
{
    let memory =
        |len, step, seed: usize| -> Vec<T> { (0..extent(len, step) + skip).map(|i| of(i * 7 + seed)).collect() };
    for len in (0..3).chain(14..19).chain(31..36).chain([48, 63, 64, 65, 128, 130, 150, 300]) {
        for (a_step, b_step) in STEPS.into_iter().flat_map(|a| STEPS.map(|b| (a, b))) {
            let (a, b) = (memory(len, a_step, 1), memory(len, b_step, 5));
            let (a, b) = (at_end(&a, len, a_step), at_end(&b, len, b_step));
            let wanted: Vec<(T, bool)> =
                a.iter().zip(&b).map(|(a, b)| <less as Kernel<(T,)>>::scalar((*a, *b), ())).collect();
            for (step, flag_step) in [(1, 1), (2, 1), (3, -1), (-1, 2), (-2, 3)] {
                for level in levels() {
                    let mut results = memory(len, step, 3);
                    let mut flags = vec![false; extent(len, flag_step) + skip];
                    let untouched = (results.clone(), flags.len());
                    {
                        let results = at_end_mut(&mut results, len, step);
                        let flags = at_end_mut(&mut flags, len, flag_step);
                        Call::<less, (T,), _>::new((a, b), ()).level(level).into((results, flags));
                    }
                    let context = format!("{} × {len} from {skip} at {a_step}, {b_step} to {step}, {level}", T::NAME);
                    let found = at_end(&results, len, step).into_iter().zip(at_end(&flags, len, flag_step));
                    assert!(found.map(|(r, f)| (*r, *f)).eq(wanted.iter().copied()), "{context}");
                    let mut before = untouched.0;
                    at_end_mut(&mut before, len, step).assign(&at_end(&results, len, step));
                    assert_eq!(results, before, "{context}: nothing else is written");
                    let on = wanted.iter().filter(|(_, on)| *on).count();
                    assert_eq!(flags.iter().filter(|on| **on).count(), on, "{context}: nothing else is written");
                }
            }
        }
    }
}

#[test]
fn every_step_of_every_operand() {
    for skip in [0, 1, 2, 3] {
        check(skip, |i| i as f64 / 4.0 - 90.0);
        check(skip, |i| i as f32 / 4.0 - 90.0);
        check(skip, |i| (i * 5 % 251) as u8);
        check(skip, |i| i as i16 - 500);
        check(skip, |i| (i as i64) << 40);
    }
}

/// One result for each place of the first operand, which it replaces.
#[allow(non_camel_case_types)]
enum third {}

impl Kernel for third {
    const NAME: &'static str = "third";
    type Inputs = (f32, f32);
    type Outputs = (f32,);
    type Uniforms<'a> = ();
    type Gang<S: Simd> = S;
    const IS_SHORT: bool = true;

    #[inline(always)]
    fn gang<'a, S: Simd>(simd: S, _: Mask<S>, (a, b): (Vector<f32, S>, Vector<f32, S>), (): ()) -> (Vector<f32, S>,) {
        (a * Vector::splat(simd, 3.0) - b,)
    }

    fn scalar<'a>((a, b): (f32, f32), (): ()) -> (f32,) {
        (a * 3.0 - b,)
    }
}

#[test]
fn every_step_in_place() {
    for level in levels() {
        for len in (0..40).chain([127, 128, 129, 200]) {
            for (step, b_step) in [1, 2, 3, -1, -2].into_iter().flat_map(|a| STEPS.map(|b| (a, b))) {
                let before: Vec<f32> = (0..extent(len, step) + 1).map(|i| i as f32 + 0.5).collect();
                let b: Vec<f32> = (0..extent(len, b_step)).map(|i| i as f32 * 0.25).collect();
                let b = at_end(&b, len, b_step);
                let (mut after, mut wanted) = (before.clone(), before);
                at_end_mut(&mut wanted, len, step).zip_mut_with(&b, |a, b| *a = third::scalar((*a, *b), ()).0);
                Call::<third, (), _>::new((at_end_mut(&mut after, len, step), b), ()).level(level).inplace();
                assert_eq!(after, wanted, "{len} at {step} and {b_step}, {level}");
            }
        }
    }
}

#[test]
fn rows_of_every_length_on_every_thread() {
    for columns in [7, 15, 16, 17, 33, 64, 140] {
        for rows in [1, 2, 9] {
            let a = Array2::from_shape_fn((rows, 2 * columns), |(i, j)| (i * 100 + j) as f64);
            let (a, column) = (a.slice(s![.., ..;2]), Array2::from_shape_fn((rows, 1), |(i, _)| i as f64 * 0.5));
            for level in levels() {
                for min_len in [1, 10, 1000] {
                    let mut results = Array2::from_elem((rows, columns + 1), -1.0);
                    let mut flags = Array2::from_elem((rows, columns), false);
                    let call = Call::<less, (f64,), _>::new((&a, &column), ()).level(level);
                    call.parallel(true).min_len(min_len).into((results.slice_mut(s![.., 1..]), &mut flags));
                    for ((i, j), flag) in flags.indexed_iter() {
                        let wanted = <less as Kernel<(f64,)>>::scalar((a[[i, j]], column[[i, 0]]), ());
                        assert_eq!((results[[i, j + 1]], *flag), wanted, "{rows} × {columns} at {i}, {j}, {level}");
                    }
                    assert!(results.column(0).iter().all(|other| *other == -1.0), "nothing else is written");
                }
            }
        }
    }
}
