//! The core language: what is left of a kernel after desugaring. Names are resolved to variables,
//! expressions have no effects but panics, and control flow is in statements alone.

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
    pub(crate) loops: usize,
    pub(crate) marks: usize,
    pub(crate) block: Vec<Stmt>,
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
            Array, Binary, Call, Cast, Constant, Field, If, Index, Literal, Logic, Method, Reference, Repeat, Tuple,
            TypeMethod, Unary, Var,
        };
        match &self.kind {
            Literal(_) | Constant(_) | Var(_) => Vec::new(),
            Unary(_, a) | Cast(a, _) | Field(a, _) | Repeat(a, _) | Reference(a) => vec![a],
            Binary(_, a, b) | Logic(_, a, b) | Index(a, b) => vec![a, b],
            If(c, a, b) => vec![c, a, b],
            Method { receiver, args, .. } => std::iter::once(&**receiver).chain(args).collect(),
            TypeMethod { args, .. } | Call { args, .. } | Tuple(args) | Array(args) => args.iter().collect(),
        }
    }

    /// The operands, to be changed.
    fn operands_mut(&mut self) -> Vec<&mut Expr> {
        use ExprKind::{
            Array, Binary, Call, Cast, Constant, Field, If, Index, Literal, Logic, Method, Reference, Repeat, Tuple,
            TypeMethod, Unary, Var,
        };
        match &mut self.kind {
            Literal(_) | Constant(_) | Var(_) => Vec::new(),
            Unary(_, a) | Cast(a, _) | Field(a, _) | Repeat(a, _) | Reference(a) => vec![a],
            Binary(_, a, b) | Logic(_, a, b) | Index(a, b) => vec![a, b],
            If(c, a, b) => vec![c, a, b],
            Method { receiver, args, .. } => std::iter::once(&mut **receiver).chain(args).collect(),
            TypeMethod { args, .. } | Call { args, .. } | Tuple(args) | Array(args) => args.iter_mut().collect(),
        }
    }

    /// Calls `visit` with every mention of a variable.
    fn for_each_var(&mut self, visit: &mut impl FnMut(&mut VarId)) {
        if let ExprKind::Var(var) = &mut self.kind {
            visit(var);
        }
        for operand in self.operands_mut() {
            operand.for_each_var(visit);
        }
    }

    /// Calls `visit` with every variable that is read.
    pub(crate) fn reads(&self, visit: &mut impl FnMut(VarId)) {
        if let ExprKind::Var(var) = self.kind {
            visit(var);
        }
        for operand in self.operands() {
            operand.reads(visit);
        }
    }
}

impl Stmt {
    /// The blocks directly inside.
    pub(crate) fn blocks(&self) -> Vec<&[Stmt]> {
        match self {
            Stmt::If { then, otherwise, .. } => vec![then, otherwise],
            Stmt::Loop { body, .. } => vec![body],
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
            Stmt::Eval(e) => vec![e],
            Stmt::If { condition, .. } => vec![condition],
            Stmt::Loop { head, .. } => match head {
                Head::Forever => Vec::new(),
                Head::While(condition) => vec![condition],
                Head::Range { from, to, step, .. } => [from, to].into_iter().chain(step).collect(),
                Head::Elements { of, .. } => vec![of],
            },
            Stmt::Panic(panic) => panic.condition.iter().chain(panic.args.iter().map(|(_, e)| e)).collect(),
            Stmt::LetTaken { .. } | Stmt::Break { .. } | Stmt::Continue { .. } => Vec::new(),
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
