//! Accumulators of loops: what they are folded to, and which is the best.

use ufunc::array::*;
use ufunc::lanes::{Element, MAX_LANES, Simd, Vector};

use crate::at_every_level;
use crate::values::Random;

/// Accumulator `k` as lanes of the chains; what chains beyond the level's number hold must not matter.
fn chained<T: Element, S: Simd>(simd: S, accumulators: &[T; ACCUMULATORS], beyond: T) -> Chains<T, S> {
    let mut chains = same(simd, beyond);
    for (chain, values) in chains.iter_mut().zip(accumulators.chunks(S::LANES)) {
        let mut lanes = [beyond; MAX_LANES];
        lanes[..S::LANES].copy_from_slice(values);
        *chain = Vector::from_slice(simd, &lanes);
    }
    chains
}

/// The tree in plain Rust.
fn by_halves<T: Copy>(accumulators: &[T; ACCUMULATORS], op: fn(T, T) -> T) -> T {
    let mut values = accumulators.to_vec();
    while values.len() > 1 {
        let half = values.len() / 2;
        values = (0..half).map(|k| op(values[k], values[k + half])).collect();
    }
    values[0]
}

/// Bits to compare: of all NaN the same.
trait Bits {
    fn bits(self) -> u64;
}

macro_rules! bits {
    ($($t:ident: |$x:ident| $bits:expr;)*) => {$(
        impl Bits for $t {
            fn bits(self) -> u64 {
                let $x = self;
                $bits
            }
        }
    )*};
}

bits! {
    i8: |x| x as u64; i16: |x| x as u64; i32: |x| x as u64; i64: |x| x as u64; isize: |x| x as u64;
    u8: |x| x as u64; u16: |x| x as u64; u32: |x| x as u64; u64: |x| x; usize: |x| x as u64; bool: |x| x as u64;
    f32: |x| if x.is_nan() { u64::MAX } else { x.to_bits().into() };
    f64: |x| if x.is_nan() { u64::MAX } else { x.to_bits() };
}

fn folds<O: Operation<T>, T: Element + Bits, S: Simd>(simd: S, from: fn(u64) -> T, op: fn(T, T) -> T) {
    let mut random = Random(23);
    for _ in 0..20 {
        let accumulators: [T; ACCUMULATORS] = std::array::from_fn(|_| from(random.next()));
        let got = fold::<O, T, S>(chained(simd, &accumulators, from(99)));
        assert_eq!(
            got.bits(),
            by_halves(&accumulators, op).bits(),
            "{} of {accumulators:?}",
            std::any::type_name::<O>()
        );
        let (a, b) = (accumulators[0], accumulators[1]);
        assert_eq!(O::scalars(a, b).bits(), op(a, b).bits());
        assert_eq!(O::scalars(O::identity(), a).bits(), a.bits());
        assert_eq!(O::scalars(a, O::identity()).bits(), a.bits());
    }
    assert_eq!(fold::<O, T, S>(identities::<O, T, S>(simd)).bits(), O::identity().bits());
}

/// Accumulators move around, all of them.
fn moves<T: Element + Bits, S: Simd>(simd: S, from: fn(u64) -> T) {
    let mut random = Random(29);
    let accumulators: [T; ACCUMULATORS] = std::array::from_fn(|_| from(random.next()));
    for by in 0..=ACCUMULATORS {
        let moved = moved(chained(simd, &accumulators, from(99)), by);
        for (k, accumulator) in accumulators.iter().enumerate() {
            let to = (k + by) % ACCUMULATORS;
            assert_eq!(moved[to / S::LANES].extract(to % S::LANES).bits(), accumulator.bits(), "{k} by {by}");
        }
    }
}

at_every_level! {
    fn accumulators_are_moved<S>(simd) {
        macro_rules! check {
            ($($t:ident)*) => {$(
                moves::<$t, S>(simd, |bits| bits as $t);
            )*};
        }
        check!(i8 i16 i32 i64 isize u8 u16 u32 u64 usize f32 f64);
        moves::<bool, S>(simd, |bits| bits & 4 != 0);
    }

    fn integers_are_folded<S>(simd) {
        macro_rules! check {
            ($($t:ident)*) => {$(
                folds::<Sum, $t, S>(simd, |bits| bits as $t, |a, b| a.wrapping_add(b));
                folds::<Product, $t, S>(simd, |bits| bits as $t | 1, |a, b| a.wrapping_mul(b));
                folds::<Least, $t, S>(simd, |bits| bits as $t, |a, b| a.min(b));
                folds::<Greatest, $t, S>(simd, |bits| bits as $t, |a, b| a.max(b));
                folds::<And, $t, S>(simd, |bits| !((bits & 1) << (bits >> 32) % $t::BITS as u64) as $t, |a, b| a & b);
                folds::<Or, $t, S>(simd, |bits| ((bits & 1) << (bits >> 32) % $t::BITS as u64) as $t, |a, b| a | b);
                folds::<Xor, $t, S>(simd, |bits| bits as $t, |a, b| a ^ b);
            )*};
        }
        check!(i8 i16 i32 i64 isize u8 u16 u32 u64 usize);
    }

    /// With NaN among them, and infinities; sums of negative zeros stay negative.
    fn floats_are_folded<S>(simd) {
        macro_rules! check {
            ($($t:ident)*) => {$({
                let number: fn(u64) -> $t = |bits| ((bits >> 40) as $t - 8e6) / (1 << (bits % 24)) as $t;
                let special: fn(u64) -> $t = |bits| match bits % 40 {
                    0 => $t::NAN,
                    1 => $t::INFINITY,
                    _ => (bits >> 44) as $t - 5e5,
                };
                for from in [number, special] {
                    folds::<Sum, $t, S>(simd, from, |a, b| a + b);
                    folds::<Product, $t, S>(simd, from, |a, b| a * b);
                    folds::<Least, $t, S>(simd, from, |a, b| a.min(b));
                    folds::<Greatest, $t, S>(simd, from, |a, b| a.max(b));
                }
                let zeros = fold::<Sum, $t, S>(same(simd, -0.0));
                assert!(zeros == 0.0 && zeros.is_sign_negative());
            })*};
        }
        check!(f32 f64);
    }

    fn bools_are_folded<S>(simd) {
        folds::<And, bool, S>(simd, |bits| bits % 32 != 0, |a, b| a & b);
        folds::<Or, bool, S>(simd, |bits| bits % 32 == 0, |a, b| a | b);
        folds::<Xor, bool, S>(simd, |bits| bits % 2 == 0, |a, b| a ^ b);
    }

    /// What any order gives.
    fn exact_folds<S>(simd) {
        let numbers: [i16; ACCUMULATORS] = std::array::from_fn(|k| (k * 1999) as i16);
        assert_eq!(fold_exact::<Sum, i16, S>(chained(simd, &numbers, 1)), numbers.iter().fold(0_i16, |a, b| a.wrapping_add(*b)));
        let numbers: [f64; ACCUMULATORS] = std::array::from_fn(|k| (k as f64 - 11.0).sin());
        assert_eq!(fold_exact::<Least, f64, S>(chained(simd, &numbers, -9.0)), numbers.into_iter().fold(9.0, f64::min));
    }

    /// The chains of a level, each in the place of the one before.
    fn chains_are_turned<S>(simd) {
        assert_eq!(chains::<S>() * S::LANES, ACCUMULATORS);
        let accumulators: [u16; ACCUMULATORS] = std::array::from_fn(|k| k as u16);
        let mut turning = chained(simd, &accumulators, 0);
        for turn in 0..=chains::<S>() {
            for chain in 0..chains::<S>() {
                for lane in 0..S::LANES {
                    let wanted = ((chain + turn) * S::LANES + lane) % ACCUMULATORS;
                    assert_eq!(pick(turning, (chain, lane)), wanted as u16);
                }
            }
            turning = turned(turning);
        }
    }

    /// The first or the last of the best, as a loop over all in the order of `when` finds it.
    fn the_best_is_found<S>(simd) {
        finds::<Less, _, S>(simd, |value, best| value < best);
        finds::<LessEqual, _, S>(simd, |value, best| value <= best);
        finds::<Greater, _, S>(simd, |value, best| value > best);
        finds::<GreaterEqual, _, S>(simd, |value, best| value >= best);
    }
}

fn finds<C: Better<f32>, F: Fn(f32, f32) -> bool, S: Simd>(simd: S, replaces: F) {
    let mut random = Random(31);
    for round in 0..200 {
        // Few values, so that many are equal; NaN now and then, and alone in the last rounds.
        let nan = if round < 190 { 6 } else { 1 };
        let values: [f32; ACCUMULATORS] = std::array::from_fn(|_| match random.next() {
            bits if bits % nan == 0 => f32::NAN,
            bits => (bits % 5) as f32,
        });
        let mut when: [u64; ACCUMULATORS] = std::array::from_fn(|k| k as u64 * 10);
        for k in 0..ACCUMULATORS {
            when.swap(k, random.below(ACCUMULATORS));
        }
        let mut order: Vec<usize> = (0..ACCUMULATORS).collect();
        order.sort_by_key(|k| when[*k]);
        let mut wanted = None;
        for k in order.into_iter().filter(|k| !values[*k].is_nan()) {
            if wanted.is_none_or(|best: usize| replaces(values[k], values[best])) {
                wanted = Some(k);
            }
        }
        let lanes = chained(simd, &values, 0.0);
        let winner = best::<C, f32, S>(lanes, chained(simd, &when, 0));
        let wanted = wanted.unwrap_or(0);
        assert_eq!(winner, (wanted / S::LANES, wanted % S::LANES), "{values:?} at {when:?}");
        assert_eq!(pick(lanes, winner).bits(), values[wanted].bits());
    }
}
