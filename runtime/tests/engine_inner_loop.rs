//! Kernels with NumPy's inner-loop ABI.

mod kernels;

use std::ffi::c_void;
use std::ptr::{null_mut, without_provenance_mut};

use kernels::{lookup, rc, scale};
use ufunc::inner_loop;

/// The signature of NumPy's `PyUFuncGenericFunction`.
type Generic = unsafe extern "C-unwind" fn(*mut *mut u8, *const isize, *const isize, *mut c_void);

const RC: Generic = inner_loop::<rc, ()>;
const SCALE: Generic = inner_loop::<scale, ()>;

/// A pointer to an element.
fn at(memory: &mut [f64], index: usize) -> *mut u8 {
    (&raw mut memory[index]).cast()
}

#[test]
fn steps_are_in_bytes() {
    for len in (0..80).chain([1000, 3001]) {
        let mut a: Vec<f64> = (0..2 * len + 1).map(|i| i as f64 + 1.0).collect();
        let mut b = vec![3.0, 5.0];
        let mut out = vec![-1.0; 3 * len + 1];
        let last = 2 * (len.max(1) - 1);
        let mut args = [at(&mut a, last), at(&mut b, 1), at(&mut out, 0)];
        // SAFETY: from its start each operand has `len` elements at its step.
        unsafe { RC(args.as_mut_ptr(), &(len as isize), [-16, 0, 24].as_ptr(), null_mut()) };
        for i in 0..len {
            assert_eq!(out[3 * i], rc::scalar(a[last - 2 * i], 5.0));
        }
        assert_eq!(out.iter().filter(|x| **x == -1.0).count(), 2 * len + 1);
    }
}

#[test]
fn outputs_may_replace_inputs() {
    for step in [1, 2] {
        for len in (0..100).chain([1000, 4099]) {
            for start in [0, 1] {
                let before: Vec<f64> = (0..step * len + 1).map(|i| i as f64 + 0.5).collect();
                let mut memory = before.clone();
                let bytes = 8 * step as isize;
                let start = if step * len > start { start } else { 0 };
                let len = if step == 1 { len - start.min(len) } else { len };
                let mut args = [at(&mut memory, start); 2];
                // SAFETY: there are `len` elements from the start on, and both are the same.
                unsafe { SCALE(args.as_mut_ptr(), &(len as isize), [bytes; 2].as_ptr(), null_mut()) };
                for (i, (before, after)) in before.iter().zip(&memory).enumerate() {
                    let on = i >= start && (i - start) % step == 0 && (i - start) / step < len;
                    assert_eq!(*after, if on { before * 3.0 } else { *before }, "{i} of {len}");
                }
            }
        }
    }
}

#[test]
fn uniforms_come_as_data() {
    let table = [10.0, 20.0, 30.0];
    let mut uniforms: (&[f64],) = (&table,);
    let mut x = [0.0, 2.0, 1.0];
    let mut found = [0.0; 3];
    let mut below = [true; 3];
    let mut args = [at(&mut x, 0), at(&mut found, 0), below.as_mut_ptr().cast()];
    // SAFETY: three elements each, and the kernel's own uniforms.
    unsafe {
        inner_loop::<lookup, ()>(args.as_mut_ptr(), &3, [8, 8, 1].as_ptr(), (&raw mut uniforms).cast());
    }
    assert_eq!((found, below), ([10.0, 30.0, 20.0], [false; 3]));
}

#[test]
fn none_is_nothing() {
    let mut args = [without_provenance_mut::<u8>(8); 3];
    for len in [0, -1] {
        // SAFETY: no element is looked at.
        unsafe { RC(args.as_mut_ptr(), &len, [8, 8, 8].as_ptr(), null_mut()) };
    }
}
