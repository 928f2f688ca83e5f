//! The core language: what is left of a kernel after desugaring. Names are resolved to variables,
//! expressions have no effects but panics, and control flow is in statements alone.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Span, TokenStream};

use crate::ast::{BinaryOp, LogicOp, Type, UnaryOp};

/// A variable: an index into [`Body::vars`].
pub(crate) type VarId = usize;
/// A loop: an index below [`Body::loops`].
pub(crate) type LoopId = usize;
/// An assignment or an `if`: an index below [`Body::marks`].
pub(crate) type MarkId = usize;

pub(crate) struct Var {
    pub(crate) name: Ident,
    pub(crate) mutable: bool,
    pub(crate) ty: Option<Type>,
    /// Given as varying from outside: a parameter that is not `#[uniform]`.
    pub(crate) lanes: bool,
}

/// A function's body.
pub(crate) struct Body {
    pub(crate) vars: Vec<Var>,
    pub(crate) params: Vec<VarId>,
    /// Holds the function's result when it ends.
    pub(crate) result: VarId,
    /// The function is for whole arrays: its result is uniform, as everything is outside of the loops that become lanes.
    pub(crate) arrays: bool,
    /// The arrays of which each lane has its own.
    pub(crate) planes: BTreeSet<VarId>,
    /// By loop.
    pub(crate) loops: Vec<Loop>,
    pub(crate) marks: usize,
    pub(crate) block: Vec<Stmt>,
}

/// What is said about a loop.
#[derive(Clone, Copy)]
pub(crate) struct Loop {
    pub(crate) span: Span,
    /// Marked `#[scalar]`.
    pub(crate) scalar: bool,
    /// The loop of a `prange`.
    pub(crate) parallel: bool,
    /// A labelled block: a loop that runs once.
    pub(crate) block: bool,
}

pub(crate) enum Stmt {
    /// Without a value the variable is assigned later.
    Let {
        var: VarId,
        value: Option<Expr>,
    },
    /// After a loop: `let var = of`, by lane as `of` was when the lane left the loop.
    LetTaken {
        var: VarId,
        id: LoopId,
        of: VarId,
    },
    Assign {
        mark: MarkId,
        place: Place,
        value: Expr,
    },
    /// Writes an element of an array; with an operator, what it makes of the old one and the value.
    Store {
        span: Span,
        array: VarId,
        index: Vec<Expr>,
        op: Option<BinaryOp>,
        value: Expr,
    },
    /// Evaluated for its panics.
    Eval(Expr),
    If {
        mark: MarkId,
        condition: Expr,
        then: Vec<Stmt>,
        otherwise: Vec<Stmt>,
    },
    Loop {
        id: LoopId,
        head: Head,
        body: Vec<Stmt>,
    },
    /// A loop whose turns are lanes.
    Lanes(Lanes),
    /// A loop whose turns run on several threads.
    Parallel(Parallel),
    /// Accumulators of a loop whose turns are lanes, for all times that it runs in the body.
    Chains {
        id: LoopId,
        folds: Vec<Fold>,
        body: Vec<Stmt>,
    },
    /// In a loop whose turns are lanes: the first turn for which the condition holds is the last one. The variables from
    /// around get its values, and after the loop comes the jump.
    Exit {
        id: LoopId,
        condition: Expr,
        taken: Vec<(VarId, Expr)>,
        jump: Box<Stmt>,
    },
    Break {
        mark: MarkId,
        target: LoopId,
    },
    Continue {
        mark: MarkId,
        target: LoopId,
    },
    /// The result has been assigned.
    Return {
        mark: MarkId,
    },
    Panic(Panic),
    /// An inner `const` or `use`, as written.
    Item(TokenStream),
}

/// A loop whose turns are lanes: gang after gang of them.
pub(crate) struct Lanes {
    pub(crate) id: LoopId,
    /// What the loop counts, in each lane, and that of a gang's first lane.
    pub(crate) var: VarId,
    pub(crate) first: VarId,
    /// The turns in lanes, counted from 1, where folds need them.
    pub(crate) turn: Option<VarId>,
    pub(crate) from: Expr,
    pub(crate) to: Expr,
    pub(crate) inclusive: bool,
    pub(crate) reversed: bool,
    pub(crate) step: Option<Expr>,
    pub(crate) folds: Vec<Fold>,
    pub(crate) body: Vec<Stmt>,
}

impl Lanes {
    /// Whether lanes hold successive numbers.
    pub(crate) fn is_dense(&self) -> bool {
        !self.reversed && self.step.is_none()
    }
}

/// A loop whose turns run on several threads.
pub(crate) struct Parallel {
    pub(crate) id: LoopId,
    /// The loop over the turns of one part: from the first of these variables up to the second.
    pub(crate) from: VarId,
    pub(crate) to: VarId,
    pub(crate) part: Box<Stmt>,
    pub(crate) first: Expr,
    pub(crate) end: Expr,
    pub(crate) folds: Vec<Fold>,
    /// The types of what is folded.
    pub(crate) folded: Vec<Type>,
    /// The variables from around that the body reads.
    pub(crate) captures: Vec<(VarId, Type)>,
    /// The arrays that it writes, with the axis that the loop's variable indexes and what is added to it there.
    pub(crate) writes: Vec<(VarId, usize, i64)>,
    /// The arrays whose elements turns combine, each part in a copy of its own.
    pub(crate) privates: Vec<(VarId, Operation)>,
}

/// A variable that turns change in a way that needs no order.
#[derive(Clone)]
pub(crate) struct Fold {
    pub(crate) span: Span,
    /// The variable around the loop.
    pub(crate) var: VarId,
    /// That of the lanes, or of a thread's part.
    pub(crate) part: VarId,
    pub(crate) kind: FoldKind,
    /// The loop's accumulators are those of [`Stmt::Chains`] around it.
    pub(crate) lifted: bool,
}

#[derive(Clone)]
pub(crate) enum FoldKind {
    /// Of this kind; `exact` if it has to be one whose order does not matter.
    /// `steady`: in whatever order, it comes to the same bits, which extremes of floats do not for zeros of both signs.
    Operation { operation: Operation, exact: bool, steady: bool },
    /// The value that compares best; of lanes, `when` holds the turn that it was found in.
    Best { comparison: BinaryOp, when: Option<VarId> },
    /// What was found together with the value of that variable.
    With(VarId),
}

/// What combines values in any order.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Operation {
    Sum,
    Product,
    Least,
    Greatest,
    /// Of a variable that is never NaN.
    LeastNumber,
    GreatestNumber,
    And,
    Or,
    Xor,
}

pub(crate) struct Place {
    pub(crate) var: VarId,
    pub(crate) path: Vec<Projection>,
}

pub(crate) enum Projection {
    Field(u32),
    Index(Expr),
}

pub(crate) enum Head {
    Forever,
    While(Expr),
    Range { var: VarId, from: Expr, to: Expr, inclusive: bool, reversed: bool, step: Option<Expr> },
    Elements { var: VarId, counter: Option<VarId>, of: Expr, reversed: bool },
}

#[derive(Clone)]
pub(crate) struct Expr {
    pub(crate) span: Span,
    pub(crate) kind: ExprKind,
}

#[derive(Clone)]
pub(crate) enum ExprKind {
    Literal(TokenStream),
    Constant(TokenStream),
    Var(VarId),
    Unary(UnaryOp, Box<Expr>),
    Binary(BinaryOp, Box<Expr>, Box<Expr>),
    Logic(LogicOp, Box<Expr>, Box<Expr>),
    Cast(Box<Expr>, Type),
    Method {
        receiver: Box<Expr>,
        name: Ident,
        args: Vec<Expr>,
    },
    TypeMethod {
        ty: Type,
        name: Ident,
        args: Vec<Expr>,
    },
    Call {
        path: TokenStream,
        args: Vec<Expr>,
    },
    Index(Box<Expr>, Box<Expr>),
    /// An element of an array, by one index an axis.
    Element {
        array: VarId,
        index: Vec<Expr>,
    },
    /// An array's length along an axis; without one, the number of its elements.
    Extent {
        array: VarId,
        axis: Option<usize>,
    },
    Field(Box<Expr>, u32),
    Tuple(Vec<Expr>),
    Array(Vec<Expr>),
    Repeat(Box<Expr>, TokenStream),
    Reference(Box<Expr>),
    /// Both values are cheap and cannot panic: a select where the condition varies.
    If(Box<Expr>, Box<Expr>, Box<Expr>),
}

pub(crate) struct Panic {
    /// What must hold; `None` panics always.
    pub(crate) condition: Option<Expr>,
    pub(crate) message: String,
    pub(crate) args: Vec<(Option<Ident>, Expr)>,
    pub(crate) span: Span,
}

impl Fold {
    fn for_each_var(&mut self, visit: &mut impl FnMut(&mut VarId)) {
        visit(&mut self.var);
        visit(&mut self.part);
        if let FoldKind::Best { when: Some(var), .. } | FoldKind::With(var) = &mut self.kind {
            visit(var);
        }
    }
}

impl Expr {
    pub(crate) fn new(span: Span, kind: ExprKind) -> Self {
        Self { span, kind }
    }

    pub(crate) fn var(var: VarId, span: Span) -> Self {
        Self { span, kind: ExprKind::Var(var) }
    }

    /// Whether both are the same value, as far as that is plain to see.
    pub(crate) fn is_same_value(&self, other: &Self) -> bool {
        match (&self.kind, &other.kind) {
            (ExprKind::Var(a), ExprKind::Var(b)) => a == b,
            (ExprKind::Literal(a), ExprKind::Literal(b)) | (ExprKind::Constant(a), ExprKind::Constant(b)) => {
                a.to_string() == b.to_string()
            }
            (ExprKind::Unary(op, a), ExprKind::Unary(other, b)) => op == other && a.is_same_value(b),
            (ExprKind::Field(a, field), ExprKind::Field(b, other)) => field == other && a.is_same_value(b),
            _ => false,
        }
    }

    /// The operands, in evaluation order.
    pub(crate) fn operands(&self) -> Vec<&Expr> {
        use ExprKind::{
            Array, Binary, Call, Cast, Constant, Element, Extent, Field, If, Index, Literal, Logic, Method, Reference,
            Repeat, Tuple, TypeMethod, Unary, Var,
        };
        match &self.kind {
            Literal(_) | Constant(_) | Var(_) | Extent { .. } => Vec::new(),
            Unary(_, a) | Cast(a, _) | Field(a, _) | Repeat(a, _) | Reference(a) => vec![a],
            Binary(_, a, b) | Logic(_, a, b) | Index(a, b) => vec![a, b],
            If(c, a, b) => vec![c, a, b],
            Method { receiver, args, .. } => std::iter::once(&**receiver).chain(args).collect(),
            TypeMethod { args, .. } | Call { args, .. } | Tuple(args) | Array(args) | Element { index: args, .. } => {
                args.iter().collect()
            }
        }
    }

    /// The operands, to be changed.
    pub(crate) fn operands_mut(&mut self) -> Vec<&mut Expr> {
        use ExprKind::{
            Array, Binary, Call, Cast, Constant, Element, Extent, Field, If, Index, Literal, Logic, Method, Reference,
            Repeat, Tuple, TypeMethod, Unary, Var,
        };
        match &mut self.kind {
            Literal(_) | Constant(_) | Var(_) | Extent { .. } => Vec::new(),
            Unary(_, a) | Cast(a, _) | Field(a, _) | Repeat(a, _) | Reference(a) => vec![a],
            Binary(_, a, b) | Logic(_, a, b) | Index(a, b) => vec![a, b],
            If(c, a, b) => vec![c, a, b],
            Method { receiver, args, .. } => std::iter::once(&mut **receiver).chain(args).collect(),
            TypeMethod { args, .. } | Call { args, .. } | Tuple(args) | Array(args) | Element { index: args, .. } => {
                args.iter_mut().collect()
            }
        }
    }

    /// Calls `visit` with every mention of a variable.
    pub(crate) fn for_each_var(&mut self, visit: &mut impl FnMut(&mut VarId)) {
        match &mut self.kind {
            ExprKind::Var(var) | ExprKind::Element { array: var, .. } | ExprKind::Extent { array: var, .. } => {
                visit(var)
            }
            _ => {}
        }
        for operand in self.operands_mut() {
            operand.for_each_var(visit);
        }
    }

    /// Calls `visit` with every element of an array that is read.
    fn each_element<'a>(&'a self, visit: &mut dyn FnMut(VarId, &'a [Expr], Span)) {
        if let ExprKind::Element { array, index } = &self.kind {
            visit(*array, index, self.span);
        }
        self.operands().into_iter().for_each(|operand| operand.each_element(visit));
    }

    /// Calls `visit` with every variable that is read.
    pub(crate) fn reads(&self, visit: &mut impl FnMut(VarId)) {
        match self.kind {
            ExprKind::Var(var) | ExprKind::Element { array: var, .. } | ExprKind::Extent { array: var, .. } => {
                visit(var)
            }
            _ => {}
        }
        for operand in self.operands() {
            operand.reads(visit);
        }
    }
}

/// Calls `visit` with every element of an array that a block reads or writes: the array, the index, and where it stands.
pub(crate) fn each_element<'a>(block: &'a [Stmt], visit: &mut dyn FnMut(VarId, &'a [Expr], Span)) {
    for stmt in block {
        stmt.each_element(visit);
        stmt.blocks().into_iter().for_each(|inner| each_element(inner, visit));
    }
}

impl Stmt {
    /// Calls `visit` with the elements that the statement itself reads or writes, those of inner blocks excepted.
    pub(crate) fn each_element<'a>(&'a self, visit: &mut dyn FnMut(VarId, &'a [Expr], Span)) {
        if let Stmt::Store { array, index, span, .. } = self {
            visit(*array, index, *span);
        }
        self.expressions().into_iter().for_each(|expr| expr.each_element(visit));
    }

    /// The blocks directly inside.
    pub(crate) fn blocks(&self) -> Vec<&[Stmt]> {
        match self {
            Stmt::If { then, otherwise, .. } => vec![then, otherwise],
            Stmt::Loop { body, .. } | Stmt::Lanes(Lanes { body, .. }) => vec![body],
            Stmt::Chains { body, .. } => vec![body],
            Stmt::Parallel(parallel) => vec![std::slice::from_ref(&*parallel.part)],
            _ => Vec::new(),
        }
    }

    /// The expressions that the statement itself evaluates, those of inner blocks excepted.
    pub(crate) fn expressions(&self) -> Vec<&Expr> {
        match self {
            Stmt::Let { value, .. } => value.iter().collect(),
            Stmt::Assign { place, value, .. } => {
                let indices = place.path.iter().filter_map(|p| match p {
                    Projection::Index(index) => Some(index),
                    Projection::Field(_) => None,
                });
                indices.chain(std::iter::once(value)).collect()
            }
            Stmt::Store { index, value, .. } => index.iter().chain(std::iter::once(value)).collect(),
            Stmt::Lanes(Lanes { from, to, step, .. }) => [from, to].into_iter().chain(step).collect(),
            Stmt::Parallel(Parallel { first, end, .. }) => vec![first, end],
            Stmt::Exit { condition, taken, .. } => {
                std::iter::once(condition).chain(taken.iter().map(|(_, value)| value)).collect()
            }
            Stmt::Eval(e) => vec![e],
            Stmt::If { condition, .. } => vec![condition],
            Stmt::Loop { head, .. } => match head {
                Head::Forever => Vec::new(),
                Head::While(condition) => vec![condition],
                Head::Range { from, to, step, .. } => [from, to].into_iter().chain(step).collect(),
                Head::Elements { of, .. } => vec![of],
            },
            Stmt::Panic(panic) => panic.condition.iter().chain(panic.args.iter().map(|(_, e)| e)).collect(),
            Stmt::LetTaken { .. } | Stmt::Break { .. } | Stmt::Continue { .. } | Stmt::Chains { .. } => Vec::new(),
            Stmt::Return { .. } | Stmt::Item(_) => Vec::new(),
        }
    }

    /// Calls `visit` with every mention of a variable, inner blocks included.
    pub(crate) fn for_each_var(&mut self, visit: &mut impl FnMut(&mut VarId)) {
        match self {
            Stmt::Let { var, value } => {
                visit(var);
                value.iter_mut().for_each(|value| value.for_each_var(visit));
            }
            Stmt::LetTaken { var, of, .. } => {
                visit(var);
                visit(of);
            }
            Stmt::Assign { place, value, .. } => {
                visit(&mut place.var);
                for projection in &mut place.path {
                    if let Projection::Index(index) = projection {
                        index.for_each_var(visit);
                    }
                }
                value.for_each_var(visit);
            }
            Stmt::Store { array, index, value, .. } => {
                visit(array);
                index.iter_mut().chain([value]).for_each(|e| e.for_each_var(visit));
            }
            Stmt::Lanes(lanes) => {
                visit(&mut lanes.var);
                visit(&mut lanes.first);
                lanes.turn.iter_mut().for_each(&mut *visit);
                [&mut lanes.from, &mut lanes.to].into_iter().chain(&mut lanes.step).for_each(|e| e.for_each_var(visit));
                lanes.folds.iter_mut().for_each(|fold| fold.for_each_var(visit));
                lanes.body.iter_mut().for_each(|stmt| stmt.for_each_var(visit));
            }
            Stmt::Chains { folds, body, .. } => {
                folds.iter_mut().for_each(|fold| fold.for_each_var(visit));
                body.iter_mut().for_each(|stmt| stmt.for_each_var(visit));
            }
            Stmt::Parallel(parallel) => {
                visit(&mut parallel.from);
                visit(&mut parallel.to);
                [&mut parallel.first, &mut parallel.end].into_iter().for_each(|e| e.for_each_var(visit));
                parallel.folds.iter_mut().for_each(|fold| fold.for_each_var(visit));
                parallel.captures.iter_mut().for_each(|(var, _)| visit(var));
                parallel.writes.iter_mut().for_each(|(array, ..)| visit(array));
                parallel.privates.iter_mut().for_each(|(array, _)| visit(array));
                parallel.part.for_each_var(visit);
            }
            Stmt::Exit { condition, taken, .. } => {
                condition.for_each_var(visit);
                for (var, value) in taken {
                    visit(var);
                    value.for_each_var(visit);
                }
            }
            Stmt::Eval(e) => e.for_each_var(visit),
            Stmt::If { condition, then, otherwise, .. } => {
                condition.for_each_var(visit);
                then.iter_mut().chain(otherwise).for_each(|stmt| stmt.for_each_var(visit));
            }
            Stmt::Loop { head, body, .. } => {
                match head {
                    Head::Forever => {}
                    Head::While(condition) => condition.for_each_var(visit),
                    Head::Range { var, from, to, step, .. } => {
                        visit(var);
                        [from, to].into_iter().chain(step).for_each(|e| e.for_each_var(visit));
                    }
                    Head::Elements { var, counter, of, .. } => {
                        visit(var);
                        counter.iter_mut().for_each(&mut *visit);
                        of.for_each_var(visit);
                    }
                }
                body.iter_mut().for_each(|stmt| stmt.for_each_var(visit));
            }
            Stmt::Panic(panic) => {
                panic.condition.iter_mut().for_each(|condition| condition.for_each_var(visit));
                panic.args.iter_mut().for_each(|(_, arg)| arg.for_each_var(visit));
            }
            Stmt::Break { .. } | Stmt::Continue { .. } | Stmt::Return { .. } | Stmt::Item(_) => {}
        }
    }
}
