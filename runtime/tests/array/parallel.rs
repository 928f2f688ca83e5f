//! Parallel loops: the same bits for any number of threads, and no part touches what is another's.

use ndarray::Array2;
use rayon::ThreadPoolBuilder;
use ufunc::Level;
use ufunc::array::*;
use ufunc::lanes::{Mask, Simd, Vector};

use crate::values::{Random, message};

/// Runs a parallel loop as a function.
struct Called<P>(P);

impl<P: ParallelLoop> ArrayFunction for Called<P> {
    type Parameters<'a> = (P::Captures<'a>, P::Writes<'a>, usize, usize);
    type Output = P::Output;

    #[inline(always)]
    fn run<S: Simd>(simd: S, (captures, writes, count, grain): Self::Parameters<'_>) -> P::Output {
        parallel::<P, S>(simd, captures, writes, count, grain)
    }
}

/// Calls on pools of several sizes at every level, and checks that all give the same.
fn everywhere<R: PartialEq + std::fmt::Debug + Send>(call: impl Fn(Level) -> R + Sync) -> R {
    let mut first = None;
    for threads in [1, 2, 7] {
        let pool = ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        for level in Level::ALL.into_iter().filter(|level| level.is_available()) {
            let got = pool.install(|| call(level));
            let first = first.get_or_insert_with(|| pool.install(|| call(level)));
            assert_eq!(got, *first, "{threads} threads at {level}");
        }
    }
    first.unwrap()
}

/// The sum of `x`, and what it is multiplied by into an array.
enum Scaled {}

impl ParallelLoop for Scaled {
    type Captures<'a> = (View<'a, f32, 1>, f32);
    type Writes<'a> = (Divided<'a, f32, 1>,);
    type Output = f32;

    #[inline(always)]
    fn run<S: Simd>(simd: S, (x, factor): Self::Captures<'_>, (out,): Self::Writes<'_>, from: usize, to: usize) -> f32 {
        let mut totals = identities::<Sum, f32, S>(simd);
        let mut turn = 0;
        let mut at = from;
        while at < to {
            let part = Part::new((to - at).min(S::LANES));
            let mask = part.mask(simd);
            let value = x.load(simd, [at], 0, mask);
            out.view().store([at], 0, mask, value * Vector::splat(simd, factor));
            totals[0] = Vector::select(mask, totals[0] + value, totals[0]);
            totals = turned(totals);
            at += S::LANES;
            turn += 1;
        }
        while turn % chains::<S>() != 0 {
            totals = turned(totals);
            turn += 1;
        }
        fold::<Sum, f32, S>(totals)
    }

    fn combine(a: f32, b: f32) -> f32 {
        a + b
    }
}

#[test]
fn the_bits_are_the_same() {
    let mut random = Random(41);
    for (count, grain) in
        [(0, 1), (1, 1), (63, 1), (64, 1), (65, 1), (1000, 1), (1000, 7), (5000, 64), (777, 1000), (9, 0)]
    {
        let x: Vec<f32> = (0..count).map(|_| (random.next() >> 40) as f32 / 1024.0).collect();
        let (total, out) = everywhere(|level| {
            let mut out = vec![0.0; count];
            let total = call_at::<Called<Scaled>>(
                level,
                (((&x).as_view(), 0.3), (Divided::new((&mut out).as_view_mut(), 0, 0),), count, grain),
            );
            (total.to_bits(), out)
        });
        assert_eq!(out, x.iter().map(|x| x * 0.3).collect::<Vec<_>>());
        let exact: f64 = x.iter().map(|x| f64::from(*x)).sum();
        assert!((f64::from(f32::from_bits(total)) - exact).abs() <= 1e-5 * exact, "{count}");
    }
}

/// The ranges of the leaves, in order.
enum Leaves {}

impl ParallelLoop for Leaves {
    type Captures<'a> = ();
    type Writes<'a> = ();
    type Output = Vec<(usize, usize)>;

    #[inline(always)]
    fn run<S: Simd>(_simd: S, (): (), (): (), from: usize, to: usize) -> Self::Output {
        vec![(from, to)]
    }

    fn combine(mut a: Self::Output, b: Self::Output) -> Self::Output {
        a.extend(b);
        a
    }
}

#[test]
fn leaves_make_up_the_loop() {
    for count in [0, 1, 2, 63, 64, 65, 127, 128, 129, 1000, 123_456] {
        for grain in [0, 1, 3, 64, 1000, usize::MAX] {
            let leaves = everywhere(|level| call_at::<Called<Leaves>>(level, ((), (), count, grain)));
            assert!(leaves.len() <= 64);
            assert_eq!((leaves[0].0, leaves[leaves.len() - 1].1), (0, count));
            assert!(leaves.windows(2).all(|pair| pair[0].1 == pair[1].0));
            let (last, others) = leaves.split_last().unwrap();
            let len = others.first().map_or(count, |(from, to)| to - from);
            assert!(others.iter().all(|(from, to)| to - from == len && len % grain.max(1) == 0));
            assert!(last.1 - last.0 <= len && (count == 0 || last.1 > last.0));
        }
    }
}

/// Writes along both axes of two arrays, with offsets; `shift` moves one of them out of its place.
enum Rows {}

impl ParallelLoop for Rows {
    type Captures<'a> = isize;
    type Writes<'a> = (Divided<'a, i32, 2>, Divided<'a, u8, 1>);
    type Output = ();

    #[inline(always)]
    fn run<S: Simd>(simd: S, shift: isize, (rows, marks): Self::Writes<'_>, from: usize, to: usize) {
        for i in from..to {
            let row = (i + 1).wrapping_add_signed(shift);
            let at = Vector::splat(simd, row as u64);
            let columns = counted(simd, 0_u64);
            let inside = columns.lanes_lt(Vector::splat(simd, rows.view().extent(0) as u64));
            rows.view().scatter(inside, [columns, at], Vector::splat(simd, i as i32 + 1));
            marks.view().set([i], marks.view().get([i]) + 1);
            marks.view().scatter_by(
                Mask::with_bits(simd, 2),
                Vector::splat(simd, i as i32),
                Vector::splat(
                    simd,
                    2 + marks.view().gather_by(Mask::full(simd), Vector::splat(simd, i as u16)).extract(0),
                ),
            );
            // A run is there for a part's indices alone.
            assert!(marks.view().run([from], 0, to - from).is_some());
            assert!(marks.view().run([from], 0, to - from + 1).is_none());
            assert!(from == 0 || marks.view().run_mut([from - 1], 0, 1).is_none());
        }
    }

    fn combine((): (), (): ()) {}
}

fn rows(level: Level, count: usize, grain: usize, shift: isize) -> (Array2<i32>, Vec<u8>) {
    let mut rows = Array2::zeros((3, count + 2));
    let mut marks = vec![0; count];
    let writes = (Divided::new((&mut rows).as_view_mut(), 1, 1), Divided::new((&mut marks).as_view_mut(), 0, 0));
    call_at::<Called<Rows>>(level, (shift, writes, count, grain));
    (rows, marks)
}

#[test]
fn parts_write_their_own() {
    for (count, grain) in [(1, 1), (10, 3), (200, 1)] {
        let (rows, marks) = everywhere(|level| rows(level, count, grain, 0));
        for (i, row) in rows.columns().into_iter().enumerate() {
            let wanted = if i == 0 || i == count + 1 { 0 } else { i as i32 };
            assert!(row.iter().all(|value| *value == wanted));
        }
        assert_eq!(marks, vec![3; count]);
    }
}

/// Also where all iterations are one leaf: whether a loop panics does not depend on how it is divided.
#[test]
fn parts_write_nothing_else() {
    for (count, grain) in [(1, 1), (10, 100), (200, 1)] {
        for shift in [-1, 1] {
            let panic = everywhere(|level| message(|| rows(level, count, grain, shift)).is_some());
            assert!(panic);
        }
    }
    let panic = message(|| rows(Level::Scalar, 4, 100, 1));
    let wanted =
        "index 5 of axis 1 belongs to other iterations of the parallel loop: those of this part may touch 1..5";
    assert_eq!(panic, Some(wanted.to_owned()));
}

/// Iterations whose index is no index of the array.
#[test]
fn parts_beyond_the_array() {
    struct Single;

    impl ParallelLoop for Single {
        type Captures<'a> = usize;
        type Writes<'a> = (Divided<'a, u8, 1>,);
        type Output = Option<String>;

        #[inline(always)]
        fn run<S: Simd>(_simd: S, index: usize, (out,): Self::Writes<'_>, _from: usize, _to: usize) -> Option<String> {
            message(|| out.view().set([index], 1))
        }

        fn combine(a: Option<String>, b: Option<String>) -> Option<String> {
            a.or(b)
        }
    }

    let touch = |offset, index| {
        let mut out = [0; 10];
        call::<Called<Single>>((index, (Divided::new((&mut out).as_view_mut(), 0, offset),), 4, 100))
    };
    assert_eq!((touch(8, 8), touch(8, 9), touch(-2, 0), touch(-2, 1)), (None, None, None, None));
    assert_eq!(touch(8, 10), Some("index out of bounds: the len is 10 but the index is 10".to_owned()));
    for (offset, index) in [(8, 7), (-2, 2), (isize::MAX, 3), (isize::MIN, 3)] {
        assert!(
            touch(offset, index).unwrap().starts_with(&format!("index {index} of axis 0 belongs to other iterations"))
        );
    }
    let mut out = [0_u8; 10];
    let wrong = message(|| Divided::new((&mut out).as_view_mut(), 1, 0).view().len());
    assert_eq!(wrong, Some("an array of 1 axes has no axis 1".to_owned()));
}

#[test]
fn a_prange_is_its_range() {
    assert!(prange(2..5).eq(2..5) && prange(1..=3).eq(1..=3));
}
