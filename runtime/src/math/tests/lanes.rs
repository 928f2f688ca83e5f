//! A result is the same in every lane, beside every neighbour, and on every level with FMA. Of NaN the bits are not
//! promised.

use super::{Format, Kind, Row, Variant, levels, rows};
use crate::Level;

/// Random bits (SplitMix64).
struct Random(u64);

impl Random {
    fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        self.bits() as usize % end
    }

    fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * ((self.bits() >> 11) as f64 / (1u64 << 53) as f64)
    }
}

/// Arguments of one kind, as bits: those that paths of their own may be for, and then usual ones.
struct Arguments {
    rare: Vec<u64>,
    all: Vec<u64>,
}

impl Arguments {
    fn of(kind: Kind, format: Format, random: &mut Random) -> Self {
        let encode = |value| format.encode(kind, value);
        if kind == Kind::Integer {
            let rare: Vec<u64> = [0, -1, 3, 1100, -1100, i32::MAX, i32::MIN].map(|n| encode(n.into())).to_vec();
            let mut all = rare.clone();
            all.extend((0..300).map(|_| random.bits() as u32 as i32 >> random.below(32)).map(|n| encode(n.into())));
            return Self { rare, all };
        }
        let sign = encode(-0.0);
        let mask = sign | (sign - 1);
        let (least_normal, largest) = match format {
            Format::F32 => (f32::MIN_POSITIVE.to_bits().into(), f32::MAX.to_bits().into()),
            Format::F64 => (f64::MIN_POSITIVE.to_bits(), f64::MAX.to_bits()),
        };
        // Zero, subnormal, huge, infinite; then on the borders of domains, and where results overflow or underflow or a
        // reduction needs more bits.
        let mut rare = vec![encode(0.0), 1, least_normal - 1, least_normal, largest, encode(f64::INFINITY)];
        rare.extend([1e-30, 1e-5, 0.5, 1.0, 3.0, 40.0, 91.0, 120.0, 720.0, 5e3, 3e6, 1e15, 1e22, 1e36].map(encode));
        rare.extend(rare.clone().iter().map(|bits| bits | sign));
        rare.push(encode(f64::NAN));
        let mut all = rare.clone();
        all.extend(rare.iter().flat_map(|bits| [bits + 1, bits.wrapping_sub(1) & mask]));
        for limit in [0.01, 1.0, 2.0, 13.0, 40.0, 110.0, 800.0, 1e6] {
            all.extend((0..60).map(|_| encode(random.between(-limit, limit))));
        }
        all.extend((-40..40).map(|n| encode(f64::from(n) / 4.0)));
        all.extend((0..200).map(|_| random.bits() & mask));
        Self { rare, all }
    }

    /// Those of each argument, whose tuples a kernel takes.
    fn of_row(row: &Row, format: Format) -> Vec<Self> {
        let mut random = Random(7);
        let mut columns: Vec<Self> = row.arguments.iter().map(|kind| Self::of(*kind, format, &mut random)).collect();
        let [first, second] = &mut columns[..] else { return columns };
        let pairs = |a: &[u64], b: &[u64]| a.iter().flat_map(|a| b.iter().map(|b| (*a, *b))).collect::<Vec<_>>();
        let mut all = pairs(&first.rare, &second.rare);
        let any = |random: &mut Random, from: &[u64]| from[random.below(from.len())];
        all.extend((0..1500).map(|_| (any(&mut random, &first.all), any(&mut random, &second.all))));
        // Of the rare pairs some 200, which meet each rare argument: the step is odd and no divisor of what is paired.
        let rare = pairs(&first.rare, &second.rare);
        let step = rare.len().div_ceil(200) | 1;
        (first.rare, second.rare) = rare.into_iter().step_by(step).unzip();
        (first.all, second.all) = all.into_iter().unzip();
        columns
    }
}

/// What stands in a lane: an argument whose result counts, or a rare one that is to disturb.
#[derive(Clone, Copy)]
enum Place {
    Usual(usize),
    Rare(usize),
}

/// A kernel, and what it is held to.
struct Check<'a> {
    row: &'a Row,
    variant: &'a Variant,
    arguments: &'a [Arguments],
}

impl Check<'_> {
    fn values(&self, index: usize) -> Vec<f64> {
        let kinds = self.row.arguments.iter();
        kinds.zip(self.arguments).map(|(kind, column)| self.variant.format.decode(*kind, column.all[index])).collect()
    }

    /// The results of what stands at some places, NaN with the same bits each.
    fn run(&self, level: Level, places: &[Place]) -> Vec<Vec<u64>> {
        let take = |column: &Arguments| {
            let bits = places.iter().map(|place| match place {
                Place::Usual(index) => column.all[*index],
                Place::Rare(index) => column.rare[*index],
            });
            bits.collect()
        };
        let columns: Vec<Vec<u64>> = self.arguments.iter().map(take).collect();
        let mut results = self.variant.run(level, &columns);
        for (bits, kind) in results.iter_mut().zip(self.row.results) {
            let nan = self.variant.format.encode(*kind, f64::NAN);
            for bits in bits.iter_mut().filter(|bits| self.variant.format.decode(*kind, **bits).is_nan()) {
                *bits = nan;
            }
        }
        results
    }

    /// Holds the results at some places to those of the arguments alone.
    fn hold(&self, level: Level, how: &str, places: &[Place], alone: &[Vec<u64>]) {
        for ((results, alone), kind) in self.run(level, places).iter().zip(alone).zip(self.row.results) {
            for (got, place) in results.iter().zip(places) {
                let Place::Usual(index) = *place else { continue };
                let decode = |bits| self.variant.format.decode(*kind, bits);
                assert!(
                    *got == alone[index],
                    "{} within {} of {:?} ({:?}), {level}, {how}: {:?} instead of {:?}",
                    self.row.name,
                    self.variant.ulp,
                    self.values(index),
                    self.variant.format,
                    decode(*got),
                    decode(alone[index]),
                );
            }
        }
    }

    fn everything(&self) {
        let count = self.arguments[0].all.len();
        let mut fused: Option<(Level, Vec<Vec<u64>>)> = None;
        for level in levels() {
            let lanes = self.variant.lanes(level);
            let copies: Vec<Place> = (0..count).flat_map(|index| vec![Place::Usual(index); lanes]).collect();
            let every = self.run(level, &copies);
            let alone: Vec<Vec<u64>> =
                every.iter().map(|results| results.iter().copied().step_by(lanes).collect()).collect();
            self.hold(level, "alone in another lane", &copies, &alone);
            if level.has_fma() {
                if let Some((other, results)) = &fused {
                    self.hold(level, &format!("as {other} has it"), &copies, results);
                } else {
                    fused = Some((level, alone.clone()));
                }
            }

            let mut random = Random(3);
            let mut shuffled: Vec<usize> = (0..count).collect();
            for k in (1..count).rev() {
                shuffled.swap(k, random.below(k + 1));
            }
            let mut mixed: Vec<Place> = shuffled.iter().map(|index| Place::Usual(*index)).collect();
            mixed.resize(count.next_multiple_of(lanes), Place::Usual(0));
            self.hold(level, "beside others", &mixed, &alone);

            // Gangs with one lane that is rare, and gangs with all but two.
            for rare in 0..self.arguments[0].rare.len() {
                let mut places = Vec::new();
                for (gang, others) in shuffled.chunks_exact(lanes - 1).enumerate() {
                    places.extend(others.iter().map(|index| Place::Usual(*index)));
                    places.insert(places.len() - gang % lanes, Place::Rare(rare));
                }
                for pair in shuffled.chunks_exact(2).skip(rare % 16).step_by(16) {
                    let start = places.len();
                    places.resize(start + lanes, Place::Rare(rare));
                    places[start + pair[0] % lanes] = Place::Usual(pair[0]);
                    places[start + pair[1] % lanes] = Place::Usual(pair[1]);
                }
                let values: Vec<f64> = (self.row.arguments.iter().zip(self.arguments))
                    .map(|(kind, column)| self.variant.format.decode(*kind, column.rare[rare]))
                    .collect();
                self.hold(level, &format!("beside {values:?}"), &places, &alone);
            }
        }
    }
}

#[test]
#[cfg_attr(any(feature = "sleef", feature = "svml"), ignore = "other libraries promise less")]
fn results_depend_on_the_argument_alone() {
    for row in rows() {
        for variant in &row.kernels {
            let arguments = Arguments::of_row(&row, variant.format);
            Check { row: &row, variant, arguments: &arguments }.everything();
        }
    }
}
