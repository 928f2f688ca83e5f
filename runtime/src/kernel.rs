//! A compiled kernel: its lane code, generic over the level, and the machine loops made from it,
//! one per level. The attribute macros implement [`Kernel`]; the engine only sees [`MachineLoops`].

mod stepped;

use std::marker::PhantomData;

use crate::Level;
use crate::lanes::{Element, MAX_LANES, Mask, Simd, Vector};
use crate::ufunc::Results;
pub(crate) use stepped::{STEPPED_LANES, SteppedLoop};

/// A scalar kernel as the attribute macro emits it.
///
/// `G` tells the signatures of one kernel apart: `()` for a kernel with one signature, the tuple of
/// the type parameters' values (`(f32,)`, `(f64,)`) for a kernel with several.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no signature for the element types `{G}`",
    label = "no such signature",
    note = "the signatures of a kernel are those that its attribute lists, as in `#[vectorize(f32(f32), f64(f64))]`"
)]
pub trait Kernel<G = ()>: Sized + 'static {
    /// The function's name.
    const NAME: &'static str;
    /// The names of the varying parameters, for error messages; none if they are not known.
    const INPUT_NAMES: &'static [&'static str] = &[];
    /// The element types of the varying parameters, as a tuple.
    type Inputs: Elements;
    /// The element types of the results, as a tuple.
    type Outputs: Elements;
    /// The uniform parameters, as a tuple.
    type Uniforms<'a>: Copy + Sync;
    /// Whether elements may be combined in any order and grouping: then reductions may run along several axes, in lanes and
    /// threads. Otherwise they go from the first element to the last.
    const REORDERABLE: bool = false;
    /// Whether an element takes hardly longer to compute than to load and store, and only operations that are the same on every level: then
    /// operands with gaps between their elements are loaded by the loop that computes, of which there is one more.
    const IS_SHORT: bool = false;
    /// How many gangs the machine loop keeps in flight: `S` for one, `Twice<S>` for two.
    type Gang<S: Simd>: Simd;

    /// The function on one gang of lanes, for those that are on.
    fn gang<'a, S: Simd>(
        simd: S,
        mask: Mask<S>,
        inputs: <Self::Inputs as Elements>::Vectors<S>,
        uniforms: Self::Uniforms<'a>,
    ) -> <Self::Outputs as Elements>::Vectors<S>;

    /// What changes nothing when it is combined with an element: the value of an empty reduction.
    #[inline]
    fn identity() -> Option<Self::Outputs> {
        None
    }

    /// The function as written, for one element: plain Rust.
    fn scalar<'a>(inputs: Self::Inputs, uniforms: Self::Uniforms<'a>) -> Self::Outputs;
}

/// A tuple of element types: a kernel's inputs or outputs.
///
/// # Safety
/// `SIZES` are the sizes of the types that `load` and `store` access, none of them above 8 bytes, and at
/// most 12; and the views that [`Results`] gives are of these types.
pub unsafe trait Elements: Results + Copy + Send + Sync + 'static {
    /// One gang of each.
    type Vectors<S: Simd>: Copy;
    /// The size of each type in bytes.
    const SIZES: &'static [usize];

    /// Reads gang number `gang` of each array.
    ///
    /// # Safety
    /// `arrays[k]` is valid for reads of `(gang + 1) * S::LANES` values of the k-th type.
    unsafe fn load<S: Simd>(simd: S, arrays: *const *mut u8, gang: usize) -> Self::Vectors<S>;

    /// Writes gang number `gang` of each array.
    ///
    /// # Safety
    /// `arrays[k]` is valid for writes of `(gang + 1) * S::LANES` values of the k-th type.
    unsafe fn store<S: Simd>(arrays: *const *mut u8, gang: usize, vectors: Self::Vectors<S>);

    /// Reads one gang of each array, from elements that are `steps[k]` bytes apart.
    ///
    /// # Safety
    /// `places[k]` is valid for reads of values of the k-th type at `S::LANES` places, so many bytes apart.
    unsafe fn load_stepped<S: Simd>(simd: S, places: *const *mut u8, steps: *const isize) -> Self::Vectors<S>;

    /// Writes one gang of each array, to places that are `steps[k]` bytes apart.
    ///
    /// # Safety
    /// `places[k]` is valid for writes of values of the k-th type at `S::LANES` places, so many bytes apart.
    unsafe fn store_stepped<S: Simd>(places: *const *mut u8, steps: *const isize, vectors: Self::Vectors<S>);

    /// Writes each value into the first `lanes` places of its array.
    ///
    /// # Safety
    /// `arrays[k]` is valid for writes of `lanes` values of the k-th type.
    unsafe fn fill(self, arrays: *const *mut u8, lanes: usize);

    /// The first value of each array.
    ///
    /// # Safety
    /// `arrays[k]` is valid for reads of a value of the k-th type.
    unsafe fn first(arrays: *const *mut u8) -> Self;
}

macro_rules! elements {
    ($($t:ident $k:tt),*) => {
        // SAFETY: the sizes are those of the types, which are at most eight bytes long.
        unsafe impl<$($t: Element),*> Elements for ($($t,)*) {
            type Vectors<S: Simd> = ($(Vector<$t, S>,)*);
            const SIZES: &'static [usize] = &[$(size_of::<$t>()),*];

            #[inline(always)]
            unsafe fn load<S: Simd>(simd: S, arrays: *const *mut u8, gang: usize) -> Self::Vectors<S> {
                // SAFETY: the caller vouches for each array.
                unsafe { ($(Vector::load(simd, (*arrays.add($k)).cast::<$t>().add(gang * S::LANES)),)*) }
            }

            #[inline(always)]
            unsafe fn store<S: Simd>(arrays: *const *mut u8, gang: usize, vectors: Self::Vectors<S>) {
                // SAFETY: the caller vouches for each array.
                unsafe { $(vectors.$k.store((*arrays.add($k)).cast::<$t>().add(gang * S::LANES));)* }
            }

            #[inline(always)]
            unsafe fn load_stepped<S: Simd>(simd: S, places: *const *mut u8, steps: *const isize) -> Self::Vectors<S> {
                // SAFETY: the caller vouches for each array.
                unsafe { ($(Vector::load_stepped(simd, (*places.add($k)).cast::<$t>(), *steps.add($k)),)*) }
            }

            #[inline(always)]
            unsafe fn store_stepped<S: Simd>(places: *const *mut u8, steps: *const isize, vectors: Self::Vectors<S>) {
                // SAFETY: the caller vouches for each array.
                unsafe { $(vectors.$k.store_stepped((*places.add($k)).cast::<$t>(), *steps.add($k));)* }
            }

            #[inline(always)]
            unsafe fn fill(self, arrays: *const *mut u8, lanes: usize) {
                // SAFETY: the caller vouches for each array.
                unsafe { $(std::slice::from_raw_parts_mut((*arrays.add($k)).cast::<std::mem::MaybeUninit<$t>>(), lanes)
                    .fill(std::mem::MaybeUninit::new(self.$k));)* }
            }

            #[inline(always)]
            unsafe fn first(arrays: *const *mut u8) -> Self {
                // SAFETY: the caller vouches for each array.
                unsafe { ($((*arrays.add($k)).cast::<$t>().read(),)*) }
            }
        }
    };
}

elements!(A 0);
elements!(A 0, B 1);
elements!(A 0, B 1, C 2);
elements!(A 0, B 1, C 2, D 3);
elements!(A 0, B 1, C 2, D 3, E 4);
elements!(A 0, B 1, C 2, D 3, E 4, F 5);
elements!(A 0, B 1, C 2, D 3, E 4, F 5, H 6);
elements!(A 0, B 1, C 2, D 3, E 4, F 5, H 6, I 7);
elements!(A 0, B 1, C 2, D 3, E 4, F 5, H 6, I 7, J 8);
elements!(A 0, B 1, C 2, D 3, E 4, F 5, H 6, I 7, J 8, K 9);
elements!(A 0, B 1, C 2, D 3, E 4, F 5, H 6, I 7, J 8, K 9, L 10);
elements!(A 0, B 1, C 2, D 3, E 4, F 5, H 6, I 7, J 8, K 9, L 10, M 11);

/// A machine loop: runs `gangs` whole gangs over contiguous arrays.
///
/// # Safety
/// - The processor has the level's instructions.
/// - `arrays` points to the inputs' and then the outputs' base pointers, aligned for their element
///   types; each is valid for `gangs * lanes` elements, inputs for reads and outputs for writes.
///   An output may be the same memory as an input of the same element size, but not overlap it otherwise.
/// - `uniforms` points to the kernel's `Uniforms`.
pub type MachineLoop = unsafe fn(arrays: *const *mut u8, gangs: usize, uniforms: *const ());

/// A kernel as the engine sees it: its name, the sizes of its element types and one machine loop a level.
#[derive(Clone, Copy, Debug)]
pub struct MachineLoops {
    /// The function's name.
    pub name: &'static str,
    /// The inputs' names, as far as they are known.
    pub input_names: &'static [&'static str],
    /// The inputs' element sizes in bytes.
    pub inputs: &'static [usize],
    /// The outputs' element sizes in bytes.
    pub outputs: &'static [usize],
    /// The inputs' and then the outputs' element sizes in bytes.
    pub sizes: &'static [usize],
    loops: [(MachineLoop, Gangs); Level::ALL.len()],
    short: bool,
    stepped: [Option<SteppedLoop>; Level::ALL.len()],
    single: Option<SteppedLoop>,
}

impl MachineLoops {
    /// The machine loops of a kernel.
    #[inline]
    pub const fn of<K: Kernel<G>, G>() -> &'static Self {
        const { &Self::new::<K, G>() }
    }

    /// The machine loop for a level, which this machine may have or not, and the lanes in one of its
    /// gangs: a power of two, at most [`MAX_LANES`].
    #[inline]
    pub fn at(&self, level: Level) -> (MachineLoop, usize) {
        let (run, gangs) = self.loops[level as usize];
        (run, gangs.lanes)
    }

    /// Whether the machine loop for a level keeps several gangs in flight, as it does where each takes long.
    #[inline]
    pub fn is_long_at(&self, level: Level) -> bool {
        self.loops[level as usize].1.several
    }

    /// Whether an element takes hardly longer to compute than to load and store.
    #[inline]
    pub(crate) fn is_short(&self) -> bool {
        self.short
    }

    /// The machine loop for operands at any steps, if the kernel has one for a level.
    #[inline]
    pub(crate) fn stepped_at(&self, level: Level) -> Option<SteppedLoop> {
        self.stepped[level as usize]
    }

    /// The machine loop for operands at any steps that takes one element after the other, for levels from [`Level::Avx2`] on.
    #[inline]
    pub(crate) fn single(&self) -> Option<SteppedLoop> {
        self.single
    }

    const fn new<K: Kernel<G>, G>() -> Self {
        use crate::lanes::Scalar;
        #[cfg(not(target_arch = "x86_64"))]
        let none = (run_scalar::<K, G> as MachineLoop, gangs::<Scalar, K::Gang<Scalar>>());
        Self {
            name: K::NAME,
            input_names: K::INPUT_NAMES,
            inputs: <K::Inputs as Elements>::SIZES,
            outputs: <K::Outputs as Elements>::SIZES,
            sizes: Sizes::<K, G>::ALL,
            short: K::IS_SHORT,
            single: stepped::single_loop::<K, G>(),
            stepped: {
                let mut loops = [None; Level::ALL.len()];
                let mut k = 0;
                while k < loops.len() {
                    loops[k] = stepped::stepped_loop::<K, G>(Level::ALL[k]);
                    k += 1;
                }
                loops
            },
            #[cfg(target_arch = "x86_64")]
            loops: {
                use crate::lanes::{Avx2, Avx512, Sse2};
                [
                    (run_scalar::<K, G> as MachineLoop, gangs::<Scalar, K::Gang<Scalar>>()),
                    (run_sse2::<K, G> as MachineLoop, gangs::<Sse2, K::Gang<Sse2>>()),
                    (run_avx2::<K, G> as MachineLoop, gangs::<Avx2, K::Gang<Avx2>>()),
                    (run_avx512::<K, G> as MachineLoop, gangs::<Avx512, K::Gang<Avx512>>()),
                ]
            },
            #[cfg(not(target_arch = "x86_64"))]
            loops: [none; Level::ALL.len()],
        }
    }
}

/// What a machine loop runs at once.
#[derive(Clone, Copy, Debug)]
struct Gangs {
    /// The lanes in all of them.
    lanes: usize,
    several: bool,
}

/// A kernel's gang at the level of `S`. Compiles only if the gang is of that level, so that no
/// kernel makes the token of a level from that of another.
const fn gangs<S: Simd, Gang: Simd>() -> Gangs {
    assert!(Gang::LEVEL as u8 == S::LEVEL as u8, "a kernel's gang must be of the level that it is given");
    assert!(Gang::LANES.is_power_of_two() && Gang::LANES <= MAX_LANES, "a gang has at most `MAX_LANES` lanes");
    Gangs { lanes: Gang::LANES, several: Gang::LANES > S::LANES }
}

/// The sizes of all operands of a kernel in one place.
struct Sizes<K, G>(PhantomData<(K, G)>);

impl<K: Kernel<G>, G> Sizes<K, G> {
    const INPUTS: &'static [usize] = <K::Inputs as Elements>::SIZES;
    const OUTPUTS: &'static [usize] = <K::Outputs as Elements>::SIZES;
    const ARRAY: [usize; 24] = {
        let mut all = [0; 24];
        let mut k = 0;
        while k < Self::INPUTS.len() {
            all[k] = Self::INPUTS[k];
            k += 1;
        }
        while k < Self::INPUTS.len() + Self::OUTPUTS.len() {
            all[k] = Self::OUTPUTS[k - Self::INPUTS.len()];
            k += 1;
        }
        all
    };
    const ALL: &'static [usize] = Self::ARRAY.split_at(Self::INPUTS.len() + Self::OUTPUTS.len()).0;
}

/// The most arrays of a kernel: [`Elements`] has tuples of up to 12 types, for inputs and for outputs.
const MAX_ARRAYS: usize = 24;

/// The loop itself, inlined into each level's shim, where the level's instructions are enabled.
///
/// # Safety
/// As for [`MachineLoop`].
#[inline(always)]
unsafe fn run<K: Kernel<G>, G, S: Simd>(arrays: *const *mut u8, gangs: usize, uniforms: *const ()) {
    // SAFETY: the caller vouches for the level, the arrays and the uniforms.
    unsafe {
        let simd = S::assume();
        let uniforms: K::Uniforms<'_> = *uniforms.cast();
        // Copies that no store of the loop can change, so that they stay in registers.
        let mut bases = [std::ptr::null_mut(); MAX_ARRAYS];
        let inputs = <K::Inputs as Elements>::SIZES.len();
        for (k, base) in bases.iter_mut().enumerate().take(inputs + <K::Outputs as Elements>::SIZES.len()) {
            *base = *arrays.add(k);
        }
        let (arrays, results) = (bases.as_ptr(), bases.as_ptr().add(inputs));
        for gang in 0..gangs {
            let inputs = <K::Inputs as Elements>::load(simd, arrays, gang);
            let outputs = K::gang(simd, Mask::full(simd), inputs, uniforms);
            <K::Outputs as Elements>::store::<S>(results, gang, outputs);
        }
    }
}

/// Makes the compiler align the stack frame for the widest registers.
///
/// It learns only while it gives out registers that some must wait in memory, and by then it is too late for it
/// to align the frame. Registers would be saved across the borders of cache lines, and in some processes
/// across that of a page.
#[cfg(target_arch = "x86_64")]
#[inline(always)]
pub(crate) fn align_frame() {
    #[repr(align(64))]
    struct Line(std::mem::MaybeUninit<[u8; 64]>);
    let line = Line(std::mem::MaybeUninit::uninit());
    // SAFETY: the instructions are a comment; the address only keeps the frame's object in being.
    unsafe { std::arch::asm!("/* {0} */", in(reg) &raw const line.0, options(nostack, preserves_flags)) };
}

/// # Safety
/// As for [`MachineLoop`].
unsafe fn run_scalar<K: Kernel<G>, G>(arrays: *const *mut u8, gangs: usize, uniforms: *const ()) {
    // SAFETY: the same contract.
    unsafe { run::<K, G, K::Gang<crate::lanes::Scalar>>(arrays, gangs, uniforms) }
}

/// # Safety
/// As for [`MachineLoop`].
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "sse2")]
unsafe fn run_sse2<K: Kernel<G>, G>(arrays: *const *mut u8, gangs: usize, uniforms: *const ()) {
    // SAFETY: the same contract.
    unsafe { run::<K, G, K::Gang<crate::lanes::Sse2>>(arrays, gangs, uniforms) }
}

/// # Safety
/// As for [`MachineLoop`].
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma")]
unsafe fn run_avx2<K: Kernel<G>, G>(arrays: *const *mut u8, gangs: usize, uniforms: *const ()) {
    align_frame();
    // SAFETY: the same contract.
    unsafe { run::<K, G, K::Gang<crate::lanes::Avx2>>(arrays, gangs, uniforms) }
}

/// # Safety
/// As for [`MachineLoop`].
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma,avx512f,avx512cd,avx512dq,avx512bw,avx512vl")]
unsafe fn run_avx512<K: Kernel<G>, G>(arrays: *const *mut u8, gangs: usize, uniforms: *const ()) {
    align_frame();
    // SAFETY: the same contract.
    unsafe { run::<K, G, K::Gang<crate::lanes::Avx512>>(arrays, gangs, uniforms) }
}

/// A kernel's results for one element, at the process's level: the machine loop on one gang of copies.
#[inline]
pub(crate) fn one<K, G>(inputs: K::Inputs) -> K::Outputs
where
    K: for<'a> Kernel<G, Uniforms<'a> = ()>,
{
    /// The memory of an array of one gang, whatever its elements are.
    #[repr(align(64))]
    #[derive(Clone, Copy)]
    struct Places(std::mem::MaybeUninit<[u64; MAX_LANES]>);

    /// Kernels of more operands go through the engine.
    const ARRAYS: usize = 4;

    let (run, lanes) = MachineLoops::of::<K, G>().at(Level::current());
    let inputs_len = const {
        let inputs = <K::Inputs as Elements>::SIZES.len();
        assert!(inputs + <K::Outputs as Elements>::SIZES.len() <= ARRAYS, "a function of one element has few operands");
        inputs
    };
    let mut places = [Places(std::mem::MaybeUninit::uninit()); ARRAYS];
    let arrays = places.each_mut().map(|place| place.0.as_mut_ptr().cast::<u8>());
    // SAFETY: the current level is one that the machine has. Each array has room for `MAX_LANES` values of 8 bytes, and
    // no type is larger and no gang longer; there are as many as the kernel has operands. The loop reads what `fill`
    // has written, and writes what `first` reads. The uniforms are `()`, which has no bytes.
    unsafe {
        inputs.fill(arrays.as_ptr(), lanes);
        run(arrays.as_ptr(), 1, std::ptr::NonNull::<()>::dangling().as_ptr());
        <K::Outputs as Elements>::first(arrays.as_ptr().add(inputs_len))
    }
}
