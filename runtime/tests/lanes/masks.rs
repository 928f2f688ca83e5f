//! Masks.

use crate::values::Random;
use crate::{Run, at_doubled_levels, at_every_level};
use ufunc::lanes::{MAX_LANES, Mask};

at_every_level! { masks }

at_doubled_levels! { masks }

fn masks<S: Run>(simd: S) {
    let every = if S::LANES == 64 { u64::MAX } else { (1 << S::LANES) - 1 };
    let mut random = Random(3);
    let mut samples = vec![0, 1, every, every - 1, 1 << (S::LANES - 1), every >> 1, 0x5555_5555_5555_5555];
    samples.extend((0..200).map(|_| random.next() & random.next()));
    for bits in samples {
        let other = random.next();
        let (a, b) = (Mask::with_bits(simd, bits), Mask::with_bits(simd, other));
        let bits = bits & every;
        assert_eq!(a.bits(), bits);
        assert_eq!((a & b).bits(), bits & other & every);
        assert_eq!((a | b).bits(), (bits | other) & every);
        assert_eq!((a ^ b).bits(), (bits ^ other) & every);
        assert_eq!(a.and_not(b).bits(), bits & !other & every);
        assert_eq!((!a).bits(), !bits & every);
        assert_eq!(a.any(), bits != 0);
        assert_eq!(a.none(), bits == 0);
        assert_eq!(a.all(), bits == every);
        assert_eq!(a.first(), (0..S::LANES).find(|lane| bits >> lane & 1 != 0));
        let array: [bool; MAX_LANES] = a.to_array();
        for (lane, on) in array.iter().enumerate() {
            assert_eq!(*on, bits >> lane & 1 != 0, "lane {lane}");
        }
        assert_eq!(Mask::from_slice(simd, &array).bits(), bits);
    }
    assert_eq!(Mask::full(simd).bits(), every);
    assert_eq!(Mask::empty(simd).bits(), 0);
}
