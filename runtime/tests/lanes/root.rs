//! The square root of usual numbers, which a level may compute by multiplications, against Rust's own.

use crate::values::{Random, expect1, pad, results};
use crate::{Run, at_doubled_levels, at_every_level};

at_every_level! { usual_f32 usual_f64 }

at_doubled_levels! { usual_f32 usual_f64 }

fn usual_f64<S: Run>(simd: S) {
    let mut values = Vec::new();
    let mut random = Random(5);
    // The exponents of the range, even ones that keep what makes a number hard, and odd ones.
    for hard in hard() {
        for exponent in [-960, -510, -4, -2, 0, 2, 52, 700, 1018] {
            values.push(hard * 2f64.powi(exponent));
        }
    }
    for exponent in -960..1020 {
        let power = f64::from_bits(((1023 + exponent) as u64) << 52);
        values.extend([power, power.next_up(), power * 1.5, (power * 2.0).next_down()]);
    }
    values.push(f64::from_bits((1023 + 1020) << 52));
    for _ in 0..5_000 {
        // Squares, and squares of what lies in the middle of two numbers, where both fit or are rounded.
        let n = (random.next() >> 38 | 1 << 25) as f64;
        let m = (random.next() >> 11 | 1 << 52) as f64 * f64::EPSILON;
        for square in [n * n, (n + 0.5) * (n + 0.5), m * m] {
            values.extend([square.next_down(), square, square.next_up()]);
        }
    }
    let (low, high) = ((1023u64 - 960) << 52, (1023u64 + 1020) << 52);
    values.extend((0..200_000).map(|_| f64::from_bits(low + random.next() % (high - low))));
    // Near 1 and 4 there are more digits alike.
    values.extend((0..2_000).flat_map(|k| [1.0 + k as f64 * f64::EPSILON, 4.0 - (k + 1) as f64 * 2.0 * f64::EPSILON]));
    pad(&mut values);
    // Each in other lanes, too: registers of a gang may go different ways.
    for _ in 0..2 {
        expect1("sqrt_usual", &results!(simd; x in values => x.sqrt_usual()), &values, f64::sqrt);
        values.rotate_left(8);
    }
}

fn usual_f32<S: Run>(simd: S) {
    let mut random = Random(6);
    let (low, high) = (f32::MIN_POSITIVE.to_bits(), f32::MAX.to_bits());
    let mut values = vec![f32::MIN_POSITIVE, 1.0, 2.0, f32::MAX];
    values.extend((0..50_000).map(|_| f32::from_bits(low + random.next() as u32 % (high - low))));
    pad(&mut values);
    expect1("sqrt_usual", &results!(simd; x in values => x.sqrt_usual()), &values, f32::sqrt);
}

/// The numbers from 1 to 4 whose root is nearest to the middle of two others, `m = M 2^-53`: those that are
/// `m² + c 2^-106` with `|c| < 2000`. Below 2 numbers are multiples of `2^54 2^-106`, from there on of `2^55 2^-106`.
fn hard() -> Vec<f64> {
    let mut values = Vec::new();
    for (bits, low) in [(54, 1u128 << 106), (55, 1 << 107)] {
        // Squares of odd numbers are 1 modulo 8.
        for c in (-2000..2000).filter(|c: &i128| c.rem_euclid(8) == 7) {
            for root in roots(c, bits) {
                for middle in [root, root + (1 << bits)] {
                    let square = (middle * middle).wrapping_add_signed(c);
                    if (1 << 53..1 << 54).contains(&middle) && (low..2 * low).contains(&square) {
                        assert!(square % (1 << bits) == 0, "the square plus {c} is a number");
                        values.push((square >> bits) as f64 * f64::EPSILON * (bits - 53) as f64);
                    }
                }
            }
        }
    }
    assert!(values.contains(&(1.0 + f64::EPSILON)) && values.contains(&4f64.next_down()), "the hardest are known");
    values
}

/// The odd numbers below 2^bits whose square is `-c` modulo 2^bits, by lifting those modulo lower powers.
fn roots(c: i128, bits: u32) -> Vec<u128> {
    let mut found = vec![1, 3, 5, 7];
    for at in 4..=bits {
        let modulus = 1 << at;
        // Half of a power more may be needed, or the whole of it.
        let mut lifted: Vec<u128> =
            found.iter().flat_map(|root| (0..4).map(move |k| (root + k * (modulus >> 2)) % modulus)).collect();
        lifted.retain(|root| (root * root).wrapping_add_signed(c).is_multiple_of(modulus));
        lifted.sort_unstable();
        lifted.dedup();
        found = lifted;
    }
    found
}
