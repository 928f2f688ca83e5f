//! Views: an index of each lane's own.

use ndarray::{Array1, Array2, ArrayView1, s};
use ufunc::array::{AsView, AsViewMut};
use ufunc::lanes::{Index, MAX_LANES, Mask, Simd, Vector};

use crate::values::{Random, Values, masks, message, values};
use crate::{at_every_level, for_every_type};

/// Indices below `len` in lanes that are on; in the others anything.
fn indices(random: &mut Random, len: usize, on: u64) -> Vec<u64> {
    let inside = |random: &mut Random| random.below(len) as u64;
    (0..MAX_LANES).map(|lane| if on >> lane & 1 != 0 { inside(random) } else { random.next() }).collect()
}

fn matrices<T: Values, S: Simd>(simd: S) {
    let mut random = Random(11);
    let memory = Array2::from_shape_vec((9, 14), values::<T>(126)).unwrap();
    let turned = memory.t();
    for array in [memory.view(), turned, memory.slice(s![..;-2, ..;3])] {
        let (rows, columns) = array.dim();
        for on in masks(S::LANES) {
            let (i, j) = (indices(&mut random, rows, on), indices(&mut random, columns, on));
            let index = [Vector::from_slice(simd, &i), Vector::from_slice(simd, &j)];
            let mask = Mask::with_bits(simd, on);
            let got = array.as_view().gather(mask, index);
            let stored = Vector::from_slice(simd, &values::<T>(MAX_LANES + 20)[20..]);
            let mut written = Array2::from_elem(array.dim(), T::default());
            let mut wanted = written.clone();
            written.view_mut().reversed_axes().as_view_mut().scatter(mask, [index[1], index[0]], stored);
            for lane in 0..S::LANES {
                let is_on = on >> lane & 1 != 0;
                let place = [i[lane] as usize, j[lane] as usize];
                assert_eq!(got.extract(lane), if is_on { array[place] } else { T::default() }, "{}", T::NAME);
                if is_on {
                    wanted[place] = T::value(20 + lane);
                }
            }
            assert_eq!(written, wanted, "{}", T::NAME);
        }
    }
}

/// Elements of all strides by an index type, whose numbers are `from(k)`.
fn by<I: Index, S: Simd>(simd: S, from: fn(u64) -> I, wrong: I) {
    let memory = Array1::from(values::<f32>(240));
    let mut random = Random(5);
    let one = memory.slice(s![7..8]);
    let strided = [memory.slice(s![..120]), memory.slice(s![..;2]), memory.slice(s![..120;-1])];
    for array in strided.into_iter().chain([one.broadcast(120).unwrap()]) {
        for on in masks(S::LANES) {
            let chosen = indices(&mut random, 120, on);
            let index = Vector::from_slice(simd, &chosen.iter().map(|k| from(*k)).collect::<Vec<_>>());
            let mask = Mask::with_bits(simd, on);
            let got = array.as_view().gather_by(mask, index);
            let mut copy = array.to_owned();
            let view = copy.as_view_mut();
            assert_eq!(view.gather_by(mask, index).to_array(), got.to_array());
            view.scatter_by(mask, index, got + Vector::splat(simd, 0.5));
            let mut wanted = array.to_owned();
            for lane in 0..S::LANES {
                let value = array.get(chosen[lane] as usize).filter(|_| on >> lane & 1 != 0);
                assert_eq!(got.extract(lane), value.copied().unwrap_or(0.0));
                if let Some(value) = value {
                    wanted[chosen[lane] as usize] = value + 0.5;
                }
            }
            assert_eq!(copy, wanted);
        }
        // One lane with an index out of bounds, on and off.
        for lane in [0, S::LANES - 1] {
            let mut index = [from(1); MAX_LANES];
            index[lane] = wrong;
            let index = Vector::from_slice(simd, &index);
            let (on, off) = (Mask::with_bits(simd, 1 << lane), Mask::with_bits(simd, !(1 << lane)));
            let wanted = Some(format!("index out of bounds: the len is 120 but the index is {}", wrong.as_usize()));
            assert_eq!(message(|| array.as_view().gather_by(on, index)), wanted);
            assert_eq!(message(|| array.as_view().gather_by(off, index)), None);
            let mut copy = array.to_owned();
            let value = Vector::splat(simd, 0.0);
            assert_eq!(message(|| copy.as_view_mut().scatter_by(Mask::full(simd), index, value)), wanted);
            assert_eq!(copy, array, "nothing is written where an index is wrong");
            assert_eq!(message(|| copy.as_view_mut().scatter_by(off, index, value)), None);
        }
    }
}

at_every_level! {
    fn by_axes<S>(simd) {
        macro_rules! check {
            ($($t:ident)*) => {$(
                matrices::<$t, S>(simd);
            )*};
        }
        for_every_type!(check);
    }

    fn by_any_integer<S>(simd) {
        by::<i8, S>(simd, |k| k as i8, -1);
        by::<u8, S>(simd, |k| k as u8, 120);
        by::<i16, S>(simd, |k| k as i16, i16::MIN);
        by::<u16, S>(simd, |k| k as u16, u16::MAX);
        by::<i32, S>(simd, |k| k as i32, -120);
        by::<u32, S>(simd, |k| k as u32, u32::MAX);
        by::<i64, S>(simd, |k| k as i64, i64::MIN);
        by::<u64, S>(simd, |k| k, 1 << 32);
        by::<isize, S>(simd, |k| k as isize, -1);
        by::<usize, S>(simd, |k| k as usize, 120);
    }

    /// Each axis's index is checked, of the lanes that are on.
    fn axes_out_of_bounds<S>(simd) {
        let array = Array2::<u16>::zeros((3, 5));
        let at = |lane: usize, k: u64| Vector::from_fn(simd, |l| if l == lane { k } else { 0 });
        for lane in [0, S::LANES - 1] {
            let (on, off) = (Mask::with_bits(simd, 1 << lane), Mask::with_bits(simd, !(1 << lane)));
            for (axis, len) in [(0, 3), (1, 5)] {
                for wrong in [len, u64::MAX] {
                    let index = if axis == 0 { [at(lane, wrong), at(lane, 0)] } else { [at(lane, 0), at(lane, wrong)] };
                    let wanted = format!("index out of bounds: the len of axis {axis} is {len} but the index is {wrong}");
                    assert_eq!(message(|| array.as_view().gather(on, index)), Some(wanted.clone()));
                    assert_eq!(message(|| array.as_view().gather(off, index)), None);
                    let mut copy = array.clone();
                    let value = Vector::splat(simd, 1_u16);
                    assert_eq!(message(|| copy.as_view_mut().scatter(Mask::full(simd), index, value)), Some(wanted));
                    assert_eq!(copy, array, "nothing is written where an index is wrong");
                }
            }
        }
    }

    /// Where offsets do not fit into 32 bits, because of the extent or of the stride.
    fn long_arrays<S>(simd) {
        let one = [2.5_f32];
        let long = ArrayView1::from(&one);
        let long = long.broadcast(1 << 33).unwrap();
        let index = Vector::from_fn(simd, |lane| u32::MAX - lane as u32);
        assert_eq!(long.as_view().gather_by(Mask::full(simd), index).extract(S::LANES - 1), 2.5);
        let negative = Vector::splat(simd, -1_i32);
        let wanted = format!("index out of bounds: the len is {} but the index is {}", 1_u64 << 33, usize::MAX);
        assert_eq!(message(|| long.as_view().gather_by(Mask::full(simd), negative)), Some(wanted));

        // Zeros of memory that is never touched, but for the ends.
        let stride = 1_200_000_000;
        let mut memory = vec![0_u8; stride + 1];
        (memory[0], memory[stride]) = (3, 4);
        let far = ArrayView1::from(&memory);
        let far = far.slice(s![..;stride as isize]);
        let index = Vector::from_fn(simd, |lane| (lane % 2) as i32);
        let got = far.as_view().gather_by(Mask::full(simd), index);
        assert_eq!((got.extract(0), got.extract(1)), (3, 4));
    }
}
