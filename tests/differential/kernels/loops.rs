//! Divergent loops: every way in, around and out.

use ufunc::prelude::*;

#[vectorize]
pub fn mandelbrot(cr: f64, ci: f64, max_iter: u32) -> u32 {
    let max_iter = max_iter % 64;
    let (mut zr, mut zi, mut n) = (0.0, 0.0, 0);
    while n < max_iter && zr * zr + zi * zi <= 4.0 {
        let t = zr * zr - zi * zi + cr;
        zi = 2.0 * zr * zi + ci;
        zr = t;
        n += 1;
    }
    n
}

#[vectorize]
pub fn collatz(start: u16) -> u32 {
    let (mut n, mut steps) = (start as u32 % 1000 + 1, 0);
    while n != 1 {
        n = if n % 2 == 0 { n / 2 } else { 3 * n + 1 };
        steps += 1;
    }
    steps
}

#[vectorize]
pub fn gcd(a: u32, b: u32) -> u32 {
    let (mut a, mut b) = (a, b);
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

#[vectorize]
pub fn newton_sqrt(x: f64) -> f64 {
    if !(x >= 1e-12) || x > 1e12 {
        return -1.0;
    }
    let mut guess = x * 0.5 + 0.5;
    loop {
        let next = 0.5 * (guess + x / guess);
        if (next - guess).abs() <= 1e-12 * next || next == guess {
            break next;
        }
        guess = next;
    }
}

#[vectorize]
pub fn uniform_count(x: f64) -> f64 {
    let mut s = 0.0;
    for i in 0..7 {
        s = s * x + i as f64;
    }
    s
}

#[vectorize]
pub fn varying_end(n: u8) -> u32 {
    let mut s = 0;
    for i in 0..n as u32 % 20 {
        s += i * i;
    }
    s
}

#[vectorize]
pub fn varying_start(n: i8, m: i8) -> i32 {
    let mut s = 0;
    for i in n as i32 % 16..=m as i32 % 16 {
        s = s * 3 + i;
    }
    s
}

#[vectorize]
pub fn reversed(n: i16, m: i16) -> i64 {
    let (n, m) = (n % 12, m % 12);
    let mut s = 1i64;
    for i in (n..m).rev() {
        s = s * 2 - i as i64;
    }
    for i in (0..=m).rev().step_by(3) {
        s += i as i64;
    }
    s
}

#[vectorize]
pub fn to_the_edge(n: u8, m: i8) -> u32 {
    let mut count = 0;
    for i in n..=255 {
        count += i as u32;
    }
    for i in (-128..=m).rev().step_by(100) {
        count += (i as i32 + 200) as u32;
    }
    for i in (n..255).step_by(300) {
        count += i as u32 + 1;
    }
    count
}

#[vectorize]
pub fn stepped(n: u32) -> u32 {
    let mut s = 0;
    for i in (1..n % 100).step_by(7) {
        s += i;
        if s > 150 {
            break;
        }
    }
    s
}

#[vectorize]
pub fn continues(x: f64) -> f64 {
    let mut s = 0.0;
    for i in 0..12 {
        let v = x + i as f64;
        if v < 0.0 {
            continue;
        }
        s += v;
        if v > 6.0 && i > 3 {
            continue;
        }
        s *= 1.25;
    }
    s
}

#[vectorize]
pub fn continues_while(n: i32) -> i32 {
    let (mut i, mut s) = (0, 0);
    let n = n % 30;
    while i < n {
        i += 1;
        if i % 3 == n % 3 {
            continue;
        }
        s += i;
        if s > 100 {
            s -= 50;
            continue;
        }
        s += 1;
    }
    s * 100 + i
}

#[vectorize]
pub fn continue_in_lane_range(n: i32) -> i32 {
    let mut s = 0;
    for i in n % 8..n % 20 {
        if i % 2 == 0 {
            continue;
        }
        s += i;
    }
    for i in 0..=n % 9 {
        if n > 4 {
            continue;
        }
        s += i * 10;
    }
    s
}

#[vectorize]
pub fn labelled(n: u32, m: u32) -> u32 {
    let (n, m) = (n % 10, m % 10);
    let mut s = 0;
    'outer: for i in 0..10 {
        for j in 0..10 {
            if j > m {
                continue 'outer;
            }
            if i * j > 40 + n {
                break 'outer;
            }
            if (i + j) % 7 == n {
                break;
            }
            s += i * j + 1;
        }
        s += 1000;
    }
    s
}

#[vectorize]
pub fn break_value(x: f64) -> f64 {
    let mut y = x;
    let mut turns = 0;
    let found = loop {
        y = y * 0.5 + 1.0;
        turns += 1;
        if turns > 40 {
            break -1.0;
        }
        if y.abs() < 2.5 {
            break y;
        }
    };
    found * 10.0 + turns as f64
}

#[vectorize]
pub fn outer_break_value(n: u32) -> u32 {
    let n = n % 50;
    'search: loop {
        let mut i = 1;
        loop {
            if i * i > n {
                break 'search i;
            }
            if i * i == n {
                break 'search 100 + i;
            }
            i += 1;
        }
    }
}

#[vectorize]
pub fn return_from_loops(a: i32, b: i32) -> i32 {
    let (a, b) = (a % 20, b % 20);
    let mut seen = 0;
    for i in 0..6 {
        let mut j = i;
        while j < 12 {
            if i * j == a {
                return i * 100 + j;
            }
            if j == b {
                break;
            }
            seen += 1;
            j += 1;
        }
    }
    -seen
}

#[vectorize]
pub fn value_after_loop(x: f64) -> f64 {
    let mut last = x;
    let mut kept = 0.0;
    let mut i = 0;
    while last.abs() > 1.0 && i < 30 {
        if last > 3.0 {
            kept = last;
        }
        last *= 0.75;
        i += 1;
    }
    last + kept * 10.0 + i as f64
}

#[vectorize]
pub fn loop_in_branch(x: f64, n: u32) -> f64 {
    let mut y = x;
    let n = n % 9;
    if x > 0.0 {
        let mut k = 0;
        while k < n {
            y *= 1.5;
            k += 1;
        }
        y += k as f64;
    } else {
        for _ in 0..4 {
            y -= 0.125;
        }
    }
    y
}

#[vectorize]
pub fn nested_divergence(a: u32, b: u32) -> u32 {
    let (a, b) = (a % 7, b % 9);
    let mut s = 0;
    for i in 0..a {
        let mut t = i;
        while t < b {
            t += 1 + (s & 1);
            if t == 5 {
                continue;
            }
            s += t;
        }
        if s > 60 {
            s = s / 2;
        }
    }
    s
}

#[vectorize]
pub fn uniform_loop_uniform_exit(x: f64, #[uniform] n: u32) -> f64 {
    let mut s = x;
    let mut i = 0;
    loop {
        if i == n {
            break;
        }
        i += 1;
        if i % 2 == 0 {
            continue;
        }
        if s > 100.0 {
            s -= 64.0;
        }
        s += i as f64;
    }
    s
}

#[vectorize]
pub fn condition_with_block(n: u32) -> u32 {
    let mut k = n % 33;
    let mut s = 0;
    while {
        k = k / 2;
        k > 0
    } {
        s += k;
    }
    s
}

#[vectorize]
pub fn result_in_loop(x: f32) -> f32 {
    for i in 0..20 {
        let y = x - i as f32;
        if y < 0.0 {
            return y * 2.0;
        }
    }
    99.0
}
