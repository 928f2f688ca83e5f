//! Lane code: what `lower` makes and `emit` prints. Every value's kind (uniform or lanes) and every
//! mask is decided here; nothing is left to analyse.

use proc_macro2::{Ident, Span, TokenStream};

use crate::ast::{BinaryOp, LogicOp, Type, UnaryOp};
use crate::core::{Fold, LoopId, Operation, VarId};
use crate::explain::Line;

/// A mask: a variable of the emitted code.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Mask {
    /// The lanes that the function was called for.
    Entry,
    /// The lanes that have not returned.
    Function,
    /// The lanes that still run a loop.
    Running(LoopId),
    /// The lanes that still run this turn of a loop.
    Turn(LoopId),
    /// The lanes of a gang of a loop's turns.
    Gang(LoopId),
    /// The lanes at some point of a block.
    Local(usize),
}

pub(crate) struct Code {
    pub(crate) span: Span,
    pub(crate) kind: CodeKind,
}

pub(crate) enum CodeKind {
    /// A literal or a constant, as written.
    Tokens(TokenStream),
    Var(VarId),
    /// The value that an index variable was cast from.
    Narrow(VarId),
    /// A uniform scalar in every lane.
    Splat(Box<Code>),
    /// The same of a variable that changes from turn to turn and is read as lanes more than once in each.
    SplatHeld(Box<Code>),
    /// A uniform value of any shape in every lane.
    Spread(Box<Code>),
    /// Lane 0 of lanes that are all alike.
    First(Box<Code>),
    /// The first lane of a mask, of lanes that are alike in it.
    FirstOf(Mask, Box<Code>),
    Unary(UnaryOp, Box<Code>),
    /// An operator that is the same for scalars and vectors.
    Binary(BinaryOp, Box<Code>, Box<Code>),
    /// The runtime's function of that name: arithmetic of uniform values, in which integers wrap.
    Wrapping(&'static str, Vec<Code>),
    /// `&&` and `||` of uniform values.
    Logic(LogicOp, Box<Code>, Box<Code>),
    Compare(BinaryOp, Box<Code>, Box<Code>),
    /// All lanes by one count.
    ShiftUniform(BinaryOp, Box<Code>, Box<Code>),
    /// `a * b + c`, rounded once where the level does that in one instruction.
    Contracted(Box<Code>, Box<Code>, Box<Code>),
    /// `/` or `%`, which panics for lanes of the mask alone.
    Divide(BinaryOp, Mask, Box<Code>, Box<Code>),
    Cast(Box<Code>, Type),
    LaneCast(Box<Code>, Type),
    Method {
        receiver: Box<Code>,
        name: Ident,
        mask: Option<Mask>,
        args: Vec<Code>,
    },
    /// Lanes whose math functions may be 4 ulp from the exact value.
    Within4(Box<Code>),
    /// Lanes whose element type is named.
    Typed(Type, Box<Code>),
    /// A function of a type on uniform values: `f64::max(a, b)`.
    TypeMethod {
        ty: Type,
        name: Ident,
        args: Vec<Code>,
    },
    /// `T::from_bits` on lanes.
    FromBits(Type, Box<Code>),
    /// The lane version of another kernel or device function.
    Call {
        path: TokenStream,
        mask: Mask,
        args: Vec<Code>,
    },
    /// An element of a uniform table for each lane; `narrow`: the index stands for `index as usize`.
    Gather {
        table: Box<Code>,
        index: Box<Code>,
        narrow: bool,
        mask: Mask,
    },
    /// A row of a uniform table of arrays or tuples for each lane.
    TableGet {
        table: Box<Code>,
        index: Box<Code>,
        narrow: bool,
        mask: Mask,
    },
    /// An element of a local array of lanes for each lane.
    ArrayGet {
        array: Box<Code>,
        index: Box<Code>,
        narrow: bool,
        mask: Mask,
    },
    Index(Box<Code>, Box<Code>),
    /// An element of an array at a uniform index.
    Get {
        array: VarId,
        index: Vec<Code>,
    },
    /// The element at a uniform index of an array of which each lane has its own.
    Plane {
        array: VarId,
        index: Vec<Code>,
    },
    /// Successive elements that were looked up before the loop.
    LoadRun {
        id: LoopId,
        run: usize,
    },
    /// Successive elements along an axis, from the index of the first lane.
    LoadAlong {
        array: VarId,
        index: Vec<Code>,
        axis: usize,
        mask: Mask,
    },
    /// An element for each lane, by indices in lanes.
    GatherElements {
        array: VarId,
        index: Vec<Code>,
        mask: Mask,
    },
    /// The same of an array with one axis, whose index may stand for itself `as usize`.
    GatherBy {
        array: VarId,
        index: Box<Code>,
        narrow: bool,
        mask: Mask,
    },
    Extent {
        array: VarId,
        axis: Option<usize>,
    },
    Field(Box<Code>, u32),
    Tuple(Vec<Code>),
    Array(Vec<Code>),
    Repeat(Box<Code>, TokenStream),
    Reference(Box<Code>),
    /// A branch on a uniform condition.
    If(Box<Code>, Box<Code>, Box<Code>),
    /// Lane by lane: the first value where the mask is on.
    Select(Box<Code>, Box<Code>, Box<Code>),
    /// `a && b` or `a || b` where `b` runs only for the lanes in `inner`, which `a` leaves undecided.
    Guarded {
        op: LogicOp,
        left: Box<Code>,
        outer: Mask,
        inner: Mask,
        right: Box<Code>,
    },
}

pub(crate) enum Step {
    Let {
        var: VarId,
        lanes: bool,
        value: Option<Code>,
    },
    /// What an index variable is cast from.
    LetNarrow {
        var: VarId,
        value: Code,
    },
    LetMask {
        mask: Mask,
        value: MaskCode,
        mutable: bool,
    },
    SetMask {
        mask: Mask,
        value: MaskCode,
    },
    /// A condition that several masks are made of.
    LetCondition {
        id: usize,
        value: Code,
    },
    Assign {
        place: Target,
        value: Code,
        blend: Option<Mask>,
    },
    /// Begins to keep what lanes hold of a variable when they leave a loop.
    LetLatch {
        id: LoopId,
        var: VarId,
        value: Code,
    },
    /// Keeps it for the lanes of a mask.
    Latch {
        id: LoopId,
        var: VarId,
        value: Code,
        mask: Mask,
    },
    /// After the loop: what was kept, and the last value for the lanes that left last, in the
    /// variable itself or a new one.
    Unlatch {
        id: LoopId,
        var: VarId,
        last: Code,
        new: Option<VarId>,
    },
    Eval(Code),
    /// A branch on a uniform condition.
    If {
        condition: Code,
        then: Vec<Step>,
        otherwise: Vec<Step>,
    },
    /// Skipped when no lane is on.
    IfAny {
        mask: Mask,
        then: Vec<Step>,
    },
    /// Leaves a loop when no lane is on.
    LeaveIfNone {
        mask: Mask,
        id: LoopId,
    },
    Loop {
        id: LoopId,
        head: Box<Head>,
        body: Vec<Step>,
    },
    /// Writes elements of an array, for the lanes of a mask, or all of the gang.
    Store {
        array: VarId,
        place: StorePlace,
        mask: Option<Mask>,
        value: Code,
    },
    /// `array[index] op= value`, one lane after the other; by the runtime's function of that name, where integers wrap.
    Update {
        array: VarId,
        index: Vec<Code>,
        op: BinaryOp,
        wrapping: Option<&'static str>,
        mask: Mask,
        value: Code,
    },
    Lanes(Box<LaneLoop>),
    /// The first lane for which a condition holds is the last one: lanes after it leave the turn, and variables get its values.
    Exit {
        id: LoopId,
        mask: Mask,
        condition: Code,
        /// The one lane.
        only: Mask,
        /// With whether the value is lanes.
        taken: Vec<(VarId, Code, bool)>,
    },
    /// Accumulators for all times that a loop runs, which keeps so many gangs in flight.
    Chains {
        gang: Gang,
        folds: Vec<Fold>,
        body: Vec<Step>,
    },
    Parallel(Box<ParallelLoop>),
    Break(LoopId),
    Continue(LoopId),
    Return,
    Panic(Panic),
    Item(TokenStream),
}

/// Which elements are written.
pub(crate) enum StorePlace {
    /// One, a uniform value.
    At(Vec<Code>),
    /// Each lane's own at a uniform index.
    Plane(Vec<Code>),
    /// Those that were looked up before the loop.
    Run { id: LoopId, run: usize },
    /// Successive ones along an axis.
    Along { index: Vec<Code>, axis: usize },
    /// One for each lane.
    Scatter(Vec<Code>),
}

/// A loop whose turns are lanes.
pub(crate) struct LaneLoop {
    pub(crate) id: LoopId,
    /// How many gangs are in flight.
    pub(crate) gang: Gang,
    pub(crate) var: VarId,
    pub(crate) first: VarId,
    pub(crate) turn: Option<VarId>,
    pub(crate) from: Code,
    pub(crate) to: Code,
    pub(crate) inclusive: bool,
    pub(crate) reversed: bool,
    pub(crate) step: Option<Code>,
    pub(crate) folds: Vec<Fold>,
    /// Whether it stores elements and does little else.
    pub(crate) short: bool,
    /// The elements that successive lanes read or write, where all of the loop's are known before it.
    pub(crate) runs: Vec<Run>,
    pub(crate) lead: Lead,
    /// What comes after the loop where a turn has ended it.
    pub(crate) exit: Option<Vec<Step>>,
    /// The body where all runs lie in their arrays, one element after the other in memory.
    pub(crate) direct: Vec<Step>,
    /// The body otherwise; none if there are no runs.
    pub(crate) checked: Option<Vec<Step>>,
}

/// Whether some turns of a loop go first, alone in their gang, so that those after them begin at a cache line's border.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lead {
    Never,
    /// It does not matter which turns are a gang.
    Free,
    /// Each turn joins the turns that it joins without, but all accumulators have moved by as many places. Sums and products, whose
    /// tree is the same from whichever accumulator on, need not move back.
    Moved {
        back: bool,
    },
}

/// Elements of an array that a loop's turns take one after the other.
pub(crate) struct Run {
    pub(crate) array: VarId,
    pub(crate) index: Vec<Code>,
    pub(crate) axis: usize,
    pub(crate) mutable: bool,
    /// The text of the array and of the index along the axis, by which other rows' elements lie alike.
    pub(crate) along: String,
    /// How many loads and stores a turn has of it.
    pub(crate) uses: usize,
}

/// A loop whose turns run on several threads.
pub(crate) struct ParallelLoop {
    pub(crate) id: LoopId,
    pub(crate) from: VarId,
    pub(crate) to: VarId,
    pub(crate) first: Code,
    pub(crate) end: Code,
    /// The turns of a part are lanes.
    pub(crate) lanes: bool,
    pub(crate) part: Vec<Step>,
    pub(crate) folds: Vec<Fold>,
    pub(crate) folded: Vec<Type>,
    pub(crate) captures: Vec<(VarId, Type)>,
    /// With the type, the axis that the loop indexes, and what is added to its variable there.
    pub(crate) writes: Vec<(VarId, Type, usize, i64)>,
    pub(crate) privates: Vec<(VarId, Type, Operation)>,
}

/// An expression over masks.
pub(crate) enum MaskCode {
    Mask(Mask),
    And(Mask, Mask),
    AndNot(Mask, Mask),
    /// With the condition of that number.
    AndCondition(Mask, usize),
    AndNotCondition(Mask, usize),
    AndCode(Mask, Code),
}

pub(crate) struct Target {
    pub(crate) var: VarId,
    pub(crate) path: Vec<Projection>,
}

pub(crate) enum Projection {
    Field(u32),
    Index(Code),
    LaneIndex { index: Code, narrow: bool, mask: Mask },
}

/// What drives a loop of the emitted code.
pub(crate) enum Head {
    Forever,
    While(Code),
    /// Uniform ends: Rust's own range.
    Range {
        var: VarId,
        from: Code,
        to: Code,
        inclusive: bool,
        reversed: bool,
        step: Option<Code>,
    },
    /// A uniform start and a varying end: all lanes count together, and leave by the mask.
    RangeTo {
        var: VarId,
        from: Code,
        to: Code,
        inclusive: bool,
        step: Option<Code>,
        running: Mask,
        latches: Vec<Step>,
    },
    /// Every lane counts for itself.
    LaneRange {
        var: VarId,
        from: Code,
        to: Code,
        inclusive: bool,
        reversed: bool,
        step: Option<Code>,
        running: Mask,
        latches: Vec<Step>,
    },
    Elements {
        var: VarId,
        counter: Option<VarId>,
        of: Code,
        reversed: bool,
    },
}

pub(crate) struct Panic {
    pub(crate) span: Span,
    /// The lanes to panic for; `None` where what must hold is uniform.
    pub(crate) mask: Option<Mask>,
    /// What must hold; `None` panics always.
    pub(crate) condition: Option<Code>,
    pub(crate) message: String,
    /// With whether the value is lanes.
    pub(crate) args: Vec<(Option<Ident>, Code, bool)>,
}

/// A function's lane code.
pub(crate) struct Lanes {
    /// By variable: the name and the annotation.
    pub(crate) vars: Vec<LaneVar>,
    pub(crate) params: Vec<VarId>,
    pub(crate) result: VarId,
    /// What the machine loop keeps in flight.
    pub(crate) gang: Gang,
    /// Whether an element takes hardly longer to compute than to load.
    pub(crate) short: bool,
    pub(crate) steps: Vec<Step>,
    /// What became of the function, in words.
    pub(crate) explanation: Vec<Line>,
}

/// How many gangs the machine loop keeps in flight.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Gang {
    /// One: the processor overlaps the turns of a loop without divergence by itself.
    One,
    /// As many as hide the latency of a short divergent loop over values of up to 32 bits.
    Short32,
    /// The same for values of 64 bits.
    Short64,
    /// As many as hide the latency of chains of math functions on values of up to 32 bits.
    Math32,
    /// The same for values of 64 bits.
    Math64,
}

pub(crate) struct LaneVar {
    pub(crate) name: Ident,
    pub(crate) ty: Option<Type>,
}
