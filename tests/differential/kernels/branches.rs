//! Divergent branches: `if`, `match`, early returns, short-circuit conditions.

use ufunc::prelude::*;

#[vectorize]
pub fn relu(x: f64) -> f64 {
    if x > 0.0 { x } else { 0.0 }
}

#[vectorize]
pub fn three_way(x: f64) -> f64 {
    if x < -1.0 {
        -x * 3.0
    } else if x < 1.0 {
        x * x * x + 0.5
    } else {
        x - 7.0
    }
}

#[vectorize]
pub fn one_armed(x: f64, y: f64) -> f64 {
    let mut z = x * 2.0;
    if y > x {
        z += y;
    }
    if z < 0.0 {
        z = -z;
        if z > 10.0 {
            z = 10.0;
        }
    }
    z
}

#[vectorize]
pub fn early_return(x: f64, y: f64) -> f64 {
    if x.is_nan() {
        return -1.0;
    }
    if x > y {
        return x - y;
    }
    let mut s = x;
    if y > 3.0 {
        s += 1.0;
        if s > 2.0 {
            return s * 0.5;
        }
        s *= 3.0;
    }
    s + y
}

#[vectorize]
pub fn nested_returns(n: i32) -> i32 {
    if n > 0 {
        if n > 10 {
            if n > 100 {
                return 3;
            }
            return 2;
        }
        return 1;
    }
    if n == 0 { 0 } else { -1 }
}

#[vectorize]
pub fn match_literals(n: i32) -> i32 {
    match n {
        0 => 10,
        1 | 2 | 3 => 20,
        -5..=-1 => 30,
        i32::MAX => 40,
        7..=9 => 50,
        k if k % 2 == 0 => k / 2,
        k => k.wrapping_mul(3),
    }
}

#[vectorize]
pub fn match_floats(x: f64) -> f64 {
    match x {
        0.0 => 1.0,
        1.0..=2.0 => 2.0,
        v if v < 0.0 => -v,
        other => other * 0.25,
    }
}

#[vectorize]
pub fn match_pairs(a: u8, b: bool) -> u8 {
    match (a, b) {
        (0, true) => 1,
        (0, false) => 2,
        (n @ 1..=100, true) => n + 1,
        (n, true) => n,
        (_, false) => 9,
    }
}

#[vectorize]
pub fn match_bools(a: bool, b: bool) -> i16 {
    match a {
        true if b => 3,
        true => 2,
        false => {
            let k = if b { 1 } else { 0 };
            k - 5
        }
    }
}

#[vectorize]
pub fn short_circuit(a: i32, b: i32) -> bool {
    b > 0 && a / b > 2 || a == 7 && b == 0
}

#[vectorize]
pub fn logic(a: bool, b: bool, c: bool) -> bool {
    (a && !b) || (b ^ c) && (a | c) == (b & c)
}

#[vectorize]
pub fn value_of_blocks(x: f32) -> f32 {
    let y = {
        let t = x * 2.0;
        let t = t + 1.0;
        t * t
    };
    let z = 'found: {
        if y > 100.0 {
            break 'found 100.0;
        }
        if x < 0.0 {
            break 'found y;
        }
        y + x
    };
    z - 1.0
}

#[vectorize]
pub fn jump_in_operand(x: f64) -> f64 {
    let mut n = 0.0;
    let y = x + if x > 2.0 {
        return -x;
    } else {
        n += 1.0;
        n
    } * 2.0;
    y + n
}

#[vectorize]
pub fn shadowing(x: i64) -> i64 {
    let y = x;
    let y = if y > 3 {
        let y = y - 3;
        y * y
    } else {
        y
    };
    let (y, z) = (y + 1, y - 1);
    {
        let y = z;
        let _ = y;
    }
    y - z * 2
}

#[vectorize]
pub fn late_binding(x: f64) -> f64 {
    let y;
    let w: f64;
    if x > 0.0 {
        y = x.sqrt();
        w = 1.0;
    } else {
        y = -x;
        w = y + 2.0;
    }
    y * w
}

#[vectorize]
pub fn two_results(x: f64, y: f64) -> (f64, bool) {
    if x > y {
        return (x, true);
    }
    let d = y - x;
    (if d > 1.0 { d } else { 1.0 }, d > 5.0)
}

#[vectorize]
pub fn swap(x: i32, y: i32) -> (i32, i32) {
    let (mut a, mut b) = (x, y);
    if a > b {
        (a, b) = (b, a);
    }
    (a, b)
}

#[vectorize]
pub fn uniform_branch(x: f64, #[uniform] mode: u32, #[uniform] scale: f64) -> f64 {
    let mut y = x;
    if mode == 1 {
        y = x * scale;
    } else if mode == 2 {
        if x > scale {
            return scale;
        }
        y = scale - x;
    }
    y + 1.0
}

#[vectorize]
pub fn chained_lookup(i: i32, #[uniform] table: &[f64]) -> f64 {
    let k = i as usize;
    if k >= table.len() {
        1.0
    } else if table[k] > 0.5 {
        2.0
    } else {
        3.0
    }
}

#[vectorize]
pub fn names_of_the_macro(mask: f64, simd: f64) -> f64 {
    let (mut running, mut condition, mut turn) = (mask, simd, 0.0);
    let mut lane = 0;
    while running > condition && lane < 5 && turn < 1e9 {
        running -= 1.0;
        lane += 1;
        if running < 2.0 {
            continue;
        }
        condition += 0.25;
        turn += running;
    }
    let new = turn * mask;
    new + condition
}
