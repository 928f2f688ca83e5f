//! Tuples of operands, of results, and of what lane code sees of them.

use super::kind::{LoopKind, WithCore};
use super::planes::{Lie, Place};
use super::rank::{Core, CoreRank};
use crate::Operand;
use crate::kernel::Elements;
use crate::lanes::{Element, Simd};
use crate::operand::{Join, Kind, View};

/// A call's operands, of the element types `Types` and with the core axes `Ranks`.
///
/// # Safety
/// There is one view for each type, in order, and of that type.
#[diagnostic::on_unimplemented(
    message = "`{Self}` are not operands of `{Types}` with the core axes `{Ranks}`",
    label = "these operands do not fit",
    note = "each operand is of its parameter's element type and has at least its core axes; single values are for `()` alone"
)]
pub unsafe trait CoreOperands<Types, Ranks> {
    /// The kind of the loop dimensions.
    type Loop: Kind;
    /// One [`View`] an operand.
    type Views<'a>: AsRef<[View<'a>]>
    where
        Self: 'a;

    /// The operands as the engine takes them.
    fn views(&self) -> Self::Views<'_>;
}

macro_rules! operands {
    // Every step of the fold needs its bound: collect them one by one.
    (@bounds [$($bounds:tt)*] [$($op:ident $t:ident $r:ident $k:tt)*] $kind:ty;) => {
        // SAFETY: one view for each type, typed by `Strided`.
        unsafe impl<$($op,)* $($t: Element,)* $($r),*> CoreOperands<($($t,)*), ($($r,)*)> for ($($op,)*)
        where
            $($op: Operand<$t>,)*
            $($op::Kind: WithCore<$r>,)*
            $($bounds)*
        {
            type Loop = $kind;
            type Views<'a> = [View<'a>; [$($k),*].len()] where Self: 'a;

            #[inline]
            fn views(&self) -> Self::Views<'_> {
                [$(self.$k.strided().view()),*]
            }
        }
    };
    (@bounds [$($bounds:tt)*] [$($all:tt)*] $kind:ty; $op:ident $t:ident $r:ident $(, $ops:ident $ts:ident $rs:ident)*) => {
        operands!(@bounds
            [$($bounds)* $kind: Join<<<$op as Operand<$t>>::Kind as WithCore<$r>>::Loop>,]
            [$($all)*]
            <$kind as Join<<<$op as Operand<$t>>::Kind as WithCore<$r>>::Loop>>::Output;
            $($ops $ts $rs),*
        );
    };
    ($op:ident $t:ident $r:ident $k:tt $(, $ops:ident $ts:ident $rs:ident $ks:tt)*) => {
        operands!(@bounds
            [] [$op $t $r $k $($ops $ts $rs $ks)*] <<$op as Operand<$t>>::Kind as WithCore<$r>>::Loop; $($ops $ts $rs),*
        );
    };
}

/// The memory of results that are to be made: their shape, and whether every element starts as zero.
pub struct Blank<'a> {
    pub(super) shape: &'a [usize],
    pub(super) zero: bool,
}

/// Calls the second argument with the blank of the result of that number.
pub type Blanks<'a> = dyn Fn(usize, &mut dyn FnMut(Blank<'_>)) + 'a;

/// A tuple of element types as results with the core axes `Ranks`.
///
/// # Safety
/// There is one view for each type, in order, of that type, and of memory that nothing else accesses and that has no gaps.
pub unsafe trait CoreResults<L: Kind, Ranks> {
    /// What a call returns: the array itself where there is one result, a tuple where there are several.
    type Evaluated;
    /// The results before their elements have been computed.
    type Uninit;
    /// One [`View`] a result.
    type Views<'a>: AsRef<[View<'a>]>;

    /// Allocates the results; the blank of each is asked for by its number.
    fn uninit(blanks: &Blanks<'_>) -> Self::Uninit;

    /// The memory of results that are being computed.
    fn views(uninit: &mut Self::Uninit) -> Self::Views<'_>;

    /// The results, once computed.
    ///
    /// # Safety
    /// Every element of each has been written.
    unsafe fn assume_init(uninit: Self::Uninit) -> Self::Evaluated;
}

/// The results of a call with loop dimensions of kind `L`: one itself, several as a tuple.
macro_rules! one_or_tuple {
    ([$one:ty]) => { $one };
    ([$($each:ty),*]) => { ($($each),*) };
    ($one:expr) => { $one };
    ($($each:expr),*) => { ($($each),*) };
}

/// Below so many bytes zeros are written; above, the system has pages of them.
const SMALL: usize = 4096;

fn blank<K: Kind, T: Element>(blank: &Blank<'_>) -> K::Uninit<T> {
    let len: usize = blank.shape.iter().product();
    if blank.zero && len > SMALL / size_of::<T>() {
        return K::uninit_in(zeros::<T>(len), blank.shape, &[]);
    }
    let mut uninit = K::uninit::<T>(blank.shape, &[]);
    if blank.zero {
        // SAFETY: the memory has so many elements without gaps.
        unsafe { K::view::<T>(&mut uninit).ptr().write_bytes(0, len * size_of::<T>()) };
    }
    uninit
}

/// So many zeros, at least one, as the system gives them.
fn zeros<T: Element>(len: usize) -> Vec<T> {
    let layout = std::alloc::Layout::array::<T>(len).expect("the shape was checked");
    // SAFETY: the layout is not empty; zero bytes are a value of every element type; the memory is that of a `Vec` of so many.
    unsafe {
        let memory = std::alloc::alloc_zeroed(layout);
        if memory.is_null() {
            std::alloc::handle_alloc_error(layout);
        }
        Vec::from_raw_parts(memory.cast::<T>(), len, len)
    }
}

macro_rules! results {
    ($($t:ident $r:ident $k:tt),*) => {
        // SAFETY: one view for each type, of the memory that `Kind` has allocated for it.
        unsafe impl<L: Kind $(+ LoopKind<$r>)*, $($t: Element,)* $($r),*> CoreResults<L, ($($r,)*)> for ($($t,)*) {
            type Evaluated = one_or_tuple!([$(<<L as LoopKind<$r>>::Result as Kind>::Array<$t>),*]);
            type Uninit = ($(<<L as LoopKind<$r>>::Result as Kind>::Uninit<$t>,)*);
            type Views<'a> = [View<'a>; [$($k),*].len()];

            #[inline]
            fn uninit(blanks: &Blanks<'_>) -> Self::Uninit {
                ($({
                    let mut made = None;
                    blanks($k, &mut |shape| made = Some(blank::<<L as LoopKind<$r>>::Result, $t>(&shape)));
                    made.expect("each result has a shape")
                },)*)
            }

            #[inline]
            fn views(uninit: &mut Self::Uninit) -> Self::Views<'_> {
                [$(<L as LoopKind<$r>>::Result::view::<$t>(&mut uninit.$k)),*]
            }

            #[inline]
            unsafe fn assume_init(uninit: Self::Uninit) -> Self::Evaluated {
                // SAFETY: the caller has written each result.
                unsafe { one_or_tuple!($(<L as LoopKind<$r>>::Result::assume_init::<$t>(uninit.$k)),*) }
            }
        }
    };
}

/// A tuple of element types as parameters with the core axes `Ranks`.
///
/// # Safety
/// The parameters touch no more than they are given.
pub unsafe trait CoreTypes<Ranks>: Elements {
    /// How many core axes each has.
    const RANKS: &'static [usize];
    /// Inputs, where lanes are inside one core.
    type Shown<'a>;
    /// Outputs there.
    type ShownMut<'a>;
    /// Inputs, where each lane has a core of its own.
    type Lanes<'a, S: Simd, L: Lie<S>>;
    /// Outputs there.
    type LanesMut<'a, S: Simd, L: Lie<S>>;

    /// # Safety
    /// For each base and core, as [`CoreRank::view`]; there are as many as types.
    unsafe fn views<'a>(bases: &[*mut u8], cores: &[Core]) -> Self::Shown<'a>;

    /// # Safety
    /// For each base and core, as [`CoreRank::view_mut`]; there are as many as types.
    unsafe fn views_mut<'a>(bases: &[*mut u8], cores: &[Core]) -> Self::ShownMut<'a>;

    /// # Safety
    /// For each base, core and place, as [`CoreRank::lanes`]; there are as many as types.
    unsafe fn lanes<'a, S: Simd, L: Lie<S>>(
        simd: S,
        bases: &[*mut u8],
        cores: &[Core],
        places: &[Place<L>],
    ) -> Self::Lanes<'a, S, L>;

    /// # Safety
    /// For each base, core and place, as [`CoreRank::lanes_mut`]; there are as many as types.
    unsafe fn lanes_mut<'a, S: Simd, L: Lie<S>>(
        bases: &[*mut u8],
        cores: &[Core],
        places: &[Place<L>],
    ) -> Self::LanesMut<'a, S, L>;
}

macro_rules! types {
    ($($t:ident $r:ident $k:tt),*) => {
        // SAFETY: each parameter is made of its base, core and place.
        unsafe impl<$($t: Element,)* $($r: CoreRank),*> CoreTypes<($($r,)*)> for ($($t,)*) {
            const RANKS: &'static [usize] = &[$($r::RANK),*];
            type Shown<'a> = ($($r::View<'a, $t>,)*);
            type ShownMut<'a> = ($($r::ViewMut<'a, $t>,)*);
            type Lanes<'a, S: Simd, L: Lie<S>> = ($($r::Lanes<'a, $t, S, L>,)*);
            type LanesMut<'a, S: Simd, L: Lie<S>> = ($($r::LanesMut<'a, $t, S, L>,)*);

            #[inline(always)]
            unsafe fn views<'a>(bases: &[*mut u8], cores: &[Core]) -> Self::Shown<'a> {
                // SAFETY: the same contract.
                unsafe { ($($r::view::<$t>(bases[$k], &cores[$k]),)*) }
            }

            #[inline(always)]
            unsafe fn views_mut<'a>(bases: &[*mut u8], cores: &[Core]) -> Self::ShownMut<'a> {
                // SAFETY: the same contract.
                unsafe { ($($r::view_mut::<$t>(bases[$k], &cores[$k]),)*) }
            }

            #[inline(always)]
            unsafe fn lanes<'a, S: Simd, L: Lie<S>>(
                simd: S,
                bases: &[*mut u8],
                cores: &[Core],
                places: &[Place<L>],
            ) -> Self::Lanes<'a, S, L> {
                // SAFETY: the same contract.
                unsafe { ($($r::lanes::<$t, S, L>(simd, bases[$k], &cores[$k], places[$k]),)*) }
            }

            #[inline(always)]
            unsafe fn lanes_mut<'a, S: Simd, L: Lie<S>>(
                bases: &[*mut u8],
                cores: &[Core],
                places: &[Place<L>],
            ) -> Self::LanesMut<'a, S, L> {
                // SAFETY: the same contract.
                unsafe { ($($r::lanes_mut::<$t, S, L>(bases[$k], &cores[$k], places[$k]),)*) }
            }
        }
    };
}

macro_rules! tuples {
    ($(($op:ident $t:ident $r:ident $k:tt))*) => {
        operands!($($op $t $r $k),*);
        results!($($t $r $k),*);
        types!($($t $r $k),*);
    };
}

tuples!((A1 T1 R1 0));
tuples!((A1 T1 R1 0)(A2 T2 R2 1));
tuples!((A1 T1 R1 0)(A2 T2 R2 1)(A3 T3 R3 2));
tuples!((A1 T1 R1 0)(A2 T2 R2 1)(A3 T3 R3 2)(A4 T4 R4 3));
tuples!((A1 T1 R1 0)(A2 T2 R2 1)(A3 T3 R3 2)(A4 T4 R4 3)(A5 T5 R5 4));
tuples!((A1 T1 R1 0)(A2 T2 R2 1)(A3 T3 R3 2)(A4 T4 R4 3)(A5 T5 R5 4)(A6 T6 R6 5));
tuples!((A1 T1 R1 0)(A2 T2 R2 1)(A3 T3 R3 2)(A4 T4 R4 3)(A5 T5 R5 4)(A6 T6 R6 5)(A7 T7 R7 6));
tuples!((A1 T1 R1 0)(A2 T2 R2 1)(A3 T3 R3 2)(A4 T4 R4 3)(A5 T5 R5 4)(A6 T6 R6 5)(A7 T7 R7 6)(A8 T8 R8 7));
