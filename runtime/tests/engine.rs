//! The engine through kernels written as the attribute macro emits them.

mod kernels;

use kernels::{lookup, norm1, rc, scale};

#[test]
fn literals_take_the_kernels_type() {
    let v = vec![1.0, 2.0, 3.0];
    let y: Vec<f64> = rc(&v, 0.5);
    assert_eq!(y, v.iter().map(|v| rc::scalar(*v, 0.5)).collect::<Vec<_>>());
    let a32 = [1.0f32, 2.0];
    let n: Vec<f32> = norm1(&a32, 2.0);
    assert_eq!(n, norm1(2.0, a32));
    let s = norm1(3.0, 2.0);
    assert_eq!(s, 14.0f64);
    let _ = (lookup(0.5, &[1.0]), scale(1.0));
}
