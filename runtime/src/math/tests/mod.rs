//! What holds for every row of the tables, in each format and tier and on every level: the special values, and that a
//! result depends on nothing but the argument.

mod lanes;
mod special;

use super::{Math, Tier, Ulp1, Ulp4, functions, lanes_of, results_of, scalar_of};
use crate::Level;
use crate::kernel::{Kernel, MachineLoops};
use crate::lanes::{Mask, Simd, Vector};

/// A row's function: a kernel for each format and tier.
struct Row {
    name: &'static str,
    /// The types of the arguments and those of the results, as the row has them.
    arguments: &'static [Kind],
    results: &'static [Kind],
    kernels: Vec<Variant>,
}

/// A kernel of a row.
struct Variant {
    ulp: u32,
    format: Format,
    loops: &'static MachineLoops,
}

#[derive(Clone, Copy, PartialEq, Debug)]
enum Format {
    F32,
    F64,
}

#[derive(Clone, Copy, PartialEq, Debug)]
enum Kind {
    Float,
    Integer,
    Truth,
}

impl Format {
    /// The nearest value of a kind, as bits.
    fn encode(self, kind: Kind, value: f64) -> u64 {
        match (kind, self) {
            (Kind::Float, Format::F32) => (value as f32).to_bits().into(),
            (Kind::Float, Format::F64) => value.to_bits(),
            (Kind::Integer, _) => (value as i32 as u32).into(),
            (Kind::Truth, _) => value as u64,
        }
    }

    /// The value of bits. Both formats' are `f64`'s.
    fn decode(self, kind: Kind, bits: u64) -> f64 {
        match (kind, self) {
            (Kind::Float, Format::F32) => f32::from_bits(bits as u32).into(),
            (Kind::Float, Format::F64) => f64::from_bits(bits),
            (Kind::Integer, _) => (bits as u32 as i32).into(),
            (Kind::Truth, _) => bits as f64,
        }
    }
}

/// Values of one size, where a kernel finds or leaves them.
enum Array {
    Bits8(Vec<u8>),
    Bits32(Vec<u32>),
    Bits64(Vec<u64>),
}

impl Array {
    fn new(size: usize, values: impl Iterator<Item = u64>) -> Self {
        match size {
            1 => Array::Bits8(values.map(|bits| bits as u8).collect()),
            4 => Array::Bits32(values.map(|bits| bits as u32).collect()),
            8 => Array::Bits64(values.collect()),
            _ => unreachable!("floats, `i32` and `bool` have no other size"),
        }
    }

    fn pointer(&mut self) -> *mut u8 {
        match self {
            Array::Bits8(values) => values.as_mut_ptr(),
            Array::Bits32(values) => values.as_mut_ptr().cast(),
            Array::Bits64(values) => values.as_mut_ptr().cast(),
        }
    }

    fn into_bits(self) -> Vec<u64> {
        match self {
            Array::Bits8(values) => values.into_iter().map(u64::from).collect(),
            Array::Bits32(values) => values.into_iter().map(u64::from).collect(),
            Array::Bits64(values) => values,
        }
    }
}

impl Variant {
    /// The lanes of one gang.
    fn lanes(&self, level: Level) -> usize {
        self.loops.at(level).1
    }

    /// The results, an array each, of arguments that are whole gangs.
    fn run(&self, level: Level, arguments: &[Vec<u64>]) -> Vec<Vec<u64>> {
        let (machine_loop, lanes) = self.loops.at(level);
        let len = arguments[0].len();
        assert!(level.is_available() && len.is_multiple_of(lanes) && arguments.len() == self.loops.inputs.len());
        let inputs = arguments.iter().zip(self.loops.inputs).map(|(bits, size)| {
            assert_eq!(bits.len(), len);
            Array::new(*size, bits.iter().copied())
        });
        let outputs = self.loops.outputs.iter().map(|size| Array::new(*size, (0..len).map(|_| 0)));
        let mut arrays: Vec<Array> = inputs.chain(outputs).collect();
        let pointers: Vec<*mut u8> = arrays.iter_mut().map(Array::pointer).collect();
        // SAFETY: the level is available. The arrays are those of the kernel's inputs and then those of its outputs, of
        // integers as large as their types and so aligned for them, and have `len` values each, which are whole gangs.
        // Inputs are floats and `i32`, for which all bits are valid. The kernel has no uniforms.
        unsafe { machine_loop(pointers.as_ptr(), len / lanes, std::ptr::from_ref(&()).cast()) };
        arrays.split_off(arguments.len()).into_iter().map(Array::into_bits).collect()
    }
}

/// The type of one row's argument, and those of its results.
macro_rules! kind {
    (T) => {
        Kind::Float
    };
    (i32) => {
        Kind::Integer
    };
    (bool) => {
        Kind::Truth
    };
}

macro_rules! kinds {
    (($a:tt, $b:tt)) => {
        &[kind!($a), kind!($b)]
    };
    ($a:tt) => {
        &[kind!($a)]
    };
}

macro_rules! rows {
    ($(
        $(#[$doc:meta])*
        fn $name:ident(self $(, $arg:ident: $ty:tt)*) -> $ret:tt
            = $file:ident::$functions:tt $(or $loose_file:ident::$loose:tt)?;
    )*) => {
        /// All rows.
        fn rows() -> Vec<Row> {
            vec![$({
                enum Function {}

                impl<T: Math, U: Tier + 'static> Kernel<(T, U)> for Function {
                    const NAME: &'static str = stringify!($name);
                    type Inputs = (T, $(scalar_of!($ty, T),)*);
                    type Outputs = results_of!(@scalar $ret, T);
                    type Uniforms<'a> = ();
                    type Gang<S: Simd> = S;

                    #[inline(always)]
                    fn gang<'a, S: Simd>(
                        _: S,
                        _: Mask<S>,
                        (x, $($arg,)*): (Vector<T, S>, $(lanes_of!($ty, T),)*),
                        (): (),
                    ) -> results_of!(@lanes $ret, T) {
                        results_of!(@pack $ret, T::$name::<U, S>(x $(, $arg)*))
                    }

                    fn scalar<'a>(_: Self::Inputs, (): ()) -> Self::Outputs {
                        unreachable!("machine loops alone are run")
                    }
                }

                #[allow(unused_mut, reason = "most functions are the same in both tiers")]
                let mut kernels = vec![
                    Variant { ulp: 1, format: Format::F32, loops: MachineLoops::of::<Function, (f32, Ulp1)>() },
                    Variant { ulp: 1, format: Format::F64, loops: MachineLoops::of::<Function, (f64, Ulp1)>() },
                ];
                $(
                    let _ = stringify!($loose_file);
                    kernels.extend([
                        Variant { ulp: 4, format: Format::F32, loops: MachineLoops::of::<Function, (f32, Ulp4)>() },
                        Variant { ulp: 4, format: Format::F64, loops: MachineLoops::of::<Function, (f64, Ulp4)>() },
                    ]);
                )?
                Row { name: stringify!($name), arguments: &[Kind::Float $(, kind!($ty))*], results: kinds!($ret), kernels }
            }),*]
        }
    };
}

functions!(rows);

/// The levels that this machine has.
fn levels() -> impl Iterator<Item = Level> {
    Level::ALL.into_iter().filter(|level| level.is_available())
}
