//! Tuples and arrays of lanes.

use crate::{Run, at_every_level};
use ufunc::lanes::{Blend, IntoLanes, Mask, Simd, Spread, Vector};

at_every_level! { blends }

fn blends<S: Run>(simd: S) {
    let yes = (1.5_f64, [2_u8, 3], ((), true, -4_i64)).spread(simd);
    let no = (0.5_f64, [20_u8, 30], ((), false, 40_i64)).spread(simd);
    let mask = Mask::from_fn(simd, |lane| lane % 3 == 0);
    let got = Blend::blend(mask, yes, no);
    for lane in 0..S::LANES {
        let (a, b, (c, d, e)) = got;
        let got = (a.extract(lane), b.map(|b| b.extract(lane)), (c, d.extract(lane), e.extract(lane)));
        let want = if lane % 3 == 0 { (1.5, [2, 3], ((), true, -4)) } else { (0.5, [20, 30], ((), false, 40)) };
        assert_eq!(got, want);
    }
    let wide = (1_i8, 2_u16, 3_u32, 4_u64, 5_f32, 6_f64, true, 8_isize).spread(simd);
    let blended = Blend::blend(Mask::empty(simd), wide, wide);
    assert_eq!((blended.0.extract(0), blended.7.extract(S::LANES - 1)), (1, 8));

    // A uniform value and a varying one are both lanes.
    fn lanes<S: Simd>(simd: S, value: impl IntoLanes<f32, S>) -> Vector<f32, S> {
        value.into_lanes(simd)
    }
    let varying = Vector::from_fn(simd, |lane| lane as f32);
    assert_eq!(lanes(simd, 2.0).extract(1), 2.0);
    assert_eq!(lanes(simd, varying).extract(1), 1.0);
}
