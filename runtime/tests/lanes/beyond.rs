//! Whether a lane is beyond a bound.

use std::ops::Neg;

use crate::{Run, at_doubled_levels, at_every_level};
use ufunc::lanes::{Float, MAX_LANES, Simd, Vector};

at_every_level! { beyond }

at_doubled_levels! { beyond }

fn beyond<S: Run>(simd: S) {
    each_lane::<f32, S>(simd, 700.0, 700.00006, [0.0, -700.0, 3.5, f32::MIN_POSITIVE], [f32::INFINITY, f32::NAN]);
    each_lane::<f64, S>(
        simd,
        700.0,
        700.0000000000001,
        [0.0, -700.0, 3.5, f64::MIN_POSITIVE],
        [f64::INFINITY, f64::NAN],
    );
}

fn each_lane<T: Float + Neg<Output = T>, S: Simd>(simd: S, bound: T, above: T, within: [T; 4], rare: [T; 2]) {
    let [infinity, nan] = rare;
    let usual: [T; MAX_LANES] = std::array::from_fn(|lane| within[lane % 4]);
    assert!(!Vector::from_slice(simd, &usual).any_beyond(bound));
    for lane in 0..S::LANES {
        for far in [above, -above, infinity, -infinity] {
            let mut array = usual;
            array[lane] = far;
            assert!(Vector::from_slice(simd, &array).any_beyond(bound), "{far:?} in lane {lane}");
            // Not even NaN elsewhere hides it.
            for other in (0..S::LANES).filter(|other| *other != lane) {
                let mut array = array;
                array[other] = nan;
                assert!(Vector::from_slice(simd, &array).any_beyond(bound), "{far:?} in lane {lane}, NaN in {other}");
            }
        }
    }
}
