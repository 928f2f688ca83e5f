//! Runs: elements side by side.

use ndarray::{Array2, s};
use ufunc::array::{AsView, AsViewMut, Done, Part, Portion, Whole, Within};
use ufunc::lanes::{Mask, Simd, Vector};

use crate::values::{Values, masks, message, values};
use crate::{at_every_level, for_every_type};

/// A loop over a run copies all elements, in whole gangs and a part, as reads, as writes and through both.
fn copies<T: Values, S: Simd>(simd: S, count: usize) {
    let from = values::<T>(count + 2);
    let mut to = vec![T::default(); count + 2];
    {
        let view = to.as_view_mut();
        let (from, to) = (from.as_view().run([1], 0, count).unwrap(), view.run_mut([1], 0, count).unwrap());
        let mut done = Done::none(count);
        while done.left() >= S::LANES {
            to.store_all(done, Whole, from.load(simd, done, Whole));
            let (got, wanted) = (view.run([1], 0, count).unwrap().load(simd, done, Whole), to.load(simd, done, Whole));
            assert_eq!(got.to_array(), wanted.to_array());
            done.advance(S::LANES);
        }
        let part = Part::new(done.left());
        let loaded = from.load(simd, done.turns(), part);
        assert!(loaded.to_array()[done.left()..].iter().all(|value| *value == T::default()));
        to.store_all(done.turns(), part, loaded);
    }
    assert_eq!(to[1..=count], from[1..=count], "{}", T::NAME);
    assert_eq!((to[0], to[count + 1]), (T::default(), T::default()));
}

/// What is stored under a mask, in a whole gang and in parts.
fn masked<T: Values, S: Simd>(simd: S) {
    let value = Vector::from_slice(simd, &values::<T>(100)[30..]);
    for on in masks(S::LANES) {
        for lanes in 0..=S::LANES {
            let before = values::<T>(S::LANES + 1);
            let mut got = before.clone();
            let view = got.as_view_mut();
            let run = view.run_mut([1], 0, lanes).unwrap();
            if lanes == S::LANES {
                run.store(0, Whole, Mask::with_bits(simd, on), value);
            } else {
                run.store(0, Part::new(lanes), Mask::with_bits(simd, on), value);
            }
            let mut wanted = before;
            for lane in (0..lanes).filter(|lane| on >> lane & 1 != 0) {
                wanted[1 + lane] = T::value(30 + lane);
            }
            assert_eq!(got, wanted, "{}, {lanes} lanes, {on:b}", T::NAME);
        }
    }
}

/// Lanes after some that are skipped take the run's elements from the first on, and touch nothing before it.
fn skipping<T: Values, S: Simd>(simd: S) {
    for skipped in 0..=S::LANES {
        for lanes in 0..=S::LANES - skipped {
            let (from, mut to) = (values::<T>(lanes), vec![T::default(); lanes + 2]);
            let portion = Within::new(skipped, lanes);
            assert_eq!(
                (Portion::<S>::lanes(portion), Portion::<S>::skipped(portion), portion.mask(simd).bits()),
                (lanes, skipped, (((1_u128 << lanes) - 1) << skipped) as u64)
            );
            {
                let view = to.as_view_mut();
                let (from, to) = (from.as_view().run([0], 0, lanes).unwrap(), view.run_mut([1], 0, lanes).unwrap());
                let loaded = from.load(simd, 0_usize, portion);
                for (lane, value) in loaded.to_array().iter().enumerate().take(S::LANES) {
                    let on = (skipped..skipped + lanes).contains(&lane);
                    assert_eq!(*value, if on { T::value(lane - skipped) } else { T::default() });
                }
                to.store_all(0_usize, portion, loaded);
                assert_eq!(to.load(simd, 0_usize, portion).to_array(), loaded.to_array());
                let other = Vector::splat(simd, T::value(50));
                to.store(0_usize, portion, Mask::with_bits(simd, 1 << skipped), other);
                assert_eq!(portion.blend(other, loaded).to_array()[..skipped], loaded.to_array()[..skipped]);
            }
            let mut wanted = from;
            if lanes > 0 {
                wanted[0] = T::value(50);
            }
            assert_eq!(to[1..=lanes], wanted, "{}", T::NAME);
            assert_eq!((to[0], to[lanes + 1]), (T::default(), T::default()));
        }
    }
}

at_every_level! {
    fn portions_that_skip_lanes<S>(simd) {
        macro_rules! check {
            ($($t:ident)*) => {$(
                skipping::<$t, S>(simd);
            )*};
        }
        for_every_type!(check);
    }

    fn runs_are_copied<S>(simd) {
        macro_rules! check {
            ($($t:ident)*) => {$(
                for count in (0..2 * S::LANES + 2).chain([200]) {
                    copies::<$t, S>(simd, count);
                }
            )*};
        }
        for_every_type!(check);
    }

    fn stores_under_a_mask<S>(simd) {
        macro_rules! check {
            ($($t:ident)*) => {$(
                masked::<$t, S>(simd);
            )*};
        }
        for_every_type!(check);
    }

    /// A run knows its end, whatever a caller says that is done.
    fn ends_of_runs<S>(simd) {
        let count = S::LANES + 3;
        let mut memory = vec![1_i16; 100];
        let view = memory.as_view_mut();
        let (run, run_mut) = (view.run([0], 0, count).unwrap(), view.run_mut([0], 0, count).unwrap());
        let beyond = |lanes| Some(format!("a run of {count} elements ends before the {lanes} that are asked for"));
        let value = Vector::splat(simd, 2_i16);
        for done in [4, count, count + 1, usize::MAX - 1, usize::MAX, 0_usize.wrapping_sub(S::LANES)] {
            assert_eq!(message(|| run.load(simd, done, Whole)), beyond(S::LANES));
            assert_eq!(message(|| run_mut.load(simd, done, Whole)), beyond(S::LANES));
            assert_eq!(message(|| run_mut.store_all(done, Whole, value)), beyond(S::LANES));
            assert_eq!(message(|| run_mut.store(done, Whole, Mask::full(simd), value)), beyond(S::LANES));
        }
        assert_eq!(message(|| run.load(simd, count - 2, Part::new(3))), beyond(3));
        assert_eq!(message(|| run.load(simd, count - 3, Part::new(3))), None);
        assert_eq!(message(|| run.load(simd, count, Part::new(0))), None);
        // Of another loop, which is longer.
        assert_eq!(message(|| run.load(simd, Done::none(count + 1), Whole)), beyond(S::LANES));
        assert_eq!(message(|| run.load(simd, Done::none(count), Whole)), None);
        let mut done = Done::none(count);
        done.advance(4);
        assert_eq!(message(|| run.load(simd, done, Whole)), beyond(S::LANES));
        done.advance(usize::MAX);
        assert_eq!((done.turns(), done.left()), (count, 0));
        assert!(memory.iter().all(|value| *value == 1));
    }
}

/// Runs are within bounds, along an axis of stride 1.
#[test]
fn there_is_a_run() {
    let array = Array2::<u8>::zeros((3, 10));
    let view = array.as_view();
    let is_run = |index, axis, count| view.run(index, axis, count).is_some();
    assert!(is_run([0, 0], 1, 10) && is_run([2, 9], 1, 1) && is_run([2, 0], 1, 10) && is_run([1, 3], 1, 7));
    assert!(!is_run([0, 0], 1, 11) && !is_run([3, 0], 1, 10) && !is_run([0, 1], 1, 10) && !is_run([0, 10], 1, 1));
    assert!(!is_run([0, usize::MAX], 1, 2) && !is_run([usize::MAX, 0], 1, 1) && !is_run([0, 2], 1, usize::MAX));
    assert!(!is_run([0, 0], 0, 2), "the stride is 10");
    assert!(is_run([9, 99], 0, 0) && is_run([0, usize::MAX], 1, 0), "an empty run is anywhere");
    assert!(array.t().as_view().run([0, 2], 0, 10).is_some());
    assert!(array.slice(s![.., ..;2]).as_view().run([0, 0], 1, 2).is_none());
    assert!(array.slice(s![.., ..;-1]).as_view().run([0, 0], 1, 2).is_none());
    assert!(array.slice(s![0, 0..1]).broadcast(4).unwrap().as_view().run([0], 0, 2).is_none());
}

#[test]
fn parts_are_no_more_than_a_gang() {
    assert_eq!(message(|| Part::new(65)), Some("no part of a gang has 65 lanes".to_owned()));
    assert_eq!(message(|| Part::new(64)), None);
    let beyond = Some("no gang has 60 lanes after 5 that are skipped".to_owned());
    assert_eq!(message(|| Within::new(5, 60)), beyond);
    assert_eq!(message(|| Within::new(4, 60)), None);
}
