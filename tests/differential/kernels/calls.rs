//! Device functions, kernels called from kernels, functions in modules and macros.

use ufunc::prelude::*;

#[jit]
pub fn smoothstep(low: f32, high: f32, x: f32) -> f32 {
    let t = ((x - low) / (high - low)).clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}

mod geometry {
    use ufunc::prelude::*;

    #[jit]
    pub fn rotate(x: f64, y: f64, turns: i32) -> (f64, f64) {
        match turns % 4 {
            0 => (x, y),
            1 | -3 => (-y, x),
            2 | -2 => (-x, -y),
            _ => (y, -x),
        }
    }

    #[jit]
    pub fn factorial_like(n: u32) -> f64 {
        let mut product = 1.0;
        for i in 1..=n {
            product *= i as f64;
            if product > 1e6 {
                return product;
            }
        }
        product
    }
}

#[jit(f32(f32), f64(f64))]
pub fn square<T>(x: T) -> T {
    x * x
}

#[jit(i64(i64), u8(u8), of = square)]
fn square_of_integers<T>(x: T) -> T {
    x.wrapping_mul(x)
}

#[vectorize(f32(f32, f32), f64(f64, f64))]
pub fn mixture<T>(x: T, y: T) -> T {
    if x > y { square(x) - y } else { y }
}

mod further {
    use ufunc::vectorize;

    use super::square;

    #[vectorize(u8(u8, u8), i64(i64, i64), of = super::mixture)]
    fn of_integers<T>(x: T, y: T) -> T {
        let mut rest = x;
        for _ in 0..3 {
            if rest > y {
                rest = rest.wrapping_sub(square(y)) / 2;
            }
        }
        rest ^ square(x)
    }

    #[vectorize(bool(bool, bool), of = super::mixture)]
    fn of_bools<T>(x: T, y: T) -> T {
        x & !y
    }
}

#[vectorize]
pub fn calls_further_signatures(x: u8, y: i64, z: f64) -> f64 {
    let flag = mixture(x > 100, y > 3);
    mixture(x, 3) as f64 + mixture(y, 7) as f64 + if flag { mixture(z, 0.5) } else { 1.0 }
}

#[jit]
pub fn nearest(x: f64, #[uniform] grid: &[f64]) -> f64 {
    let mut best = grid[0];
    for &g in grid {
        if (g - x).abs() < (best - x).abs() {
            best = g;
        }
    }
    best
}

#[vectorize]
pub fn shade(x: f32, y: f32) -> f32 {
    if x > 0.0 && x < 1e3 { smoothstep(0.0, x + 1.0, y) } else { smoothstep(0.0, 1.0, 0.25) * x }
}

#[vectorize]
pub fn turn(x: f64, y: f64, n: i32) -> f64 {
    let (a, b) = geometry::rotate(x, y, n);
    if n > 3 { a - geometry::rotate(b, a, 1).1 } else { b }
}

#[vectorize]
pub fn calls_a_loop(n: u8, x: f64) -> f64 {
    let mut s = x;
    if n > 5 {
        s += geometry::factorial_like(n as u32 % 24);
    }
    s + square(x) + square(n as f32) as f64
}

#[vectorize]
pub fn calls_a_kernel(x: f64) -> f64 {
    super::branches::relu(x) + super::branches::three_way(x * 0.5) - super::floats::arithmetic(x, 2.0)
}

#[vectorize]
pub fn snaps(x: f64, #[uniform] grid: &[f64]) -> f64 {
    nearest(x, grid) + nearest(0.3, &[0.25, 0.5])
}

macro_rules! scaled {
    ($name:ident, $factor:expr) => {
        #[vectorize]
        pub fn $name(x: f64) -> f64 {
            let y = x * $factor;
            if y > 1.0 { y } else { 1.0 - y }
        }
    };
}

scaled!(doubled, 2.0);
scaled!(halved, 0.5);

#[jit]
pub fn stepwise(n: f64) -> f64 {
    if n > 2.0 {
        return n * 2.0;
    }
    let mut s = n;
    while s < 1.0 {
        s += 0.25;
    }
    s
}

#[vectorize]
pub fn uniform_call_in_an_arm(x: f64, #[uniform] n: f64) -> f64 {
    let mut y = x;
    if x > 0.0 {
        y += stepwise(n);
    }
    y
}

#[vectorize]
pub fn uniform_call_in_a_loop(x: f64, #[uniform] n: f64) -> f64 {
    let (mut y, mut turns) = (x, 0);
    while y > 0.0 && turns < 10 {
        y = y * 0.5 - stepwise(n + turns as f64);
        turns += 1;
        if x < 3.0 {
            y += 0.5;
            continue;
        }
        y -= stepwise(n);
    }
    y + turns as f64
}
