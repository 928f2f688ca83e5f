//! The kernel language as users write it: the closed set of Rust that has a meaning in lanes.

use proc_macro2::{Ident, Span, TokenStream};

/// A kernel or a device function with concrete types.
pub(crate) struct Function {
    /// A function of whole arrays, and not of the elements in lanes.
    pub(crate) arrays: bool,
    pub(crate) params: Vec<Param>,
    pub(crate) output: Type,
    pub(crate) body: Block,
}

pub(crate) struct Param {
    pub(crate) name: Ident,
    pub(crate) mutable: bool,
    /// Marked `#[uniform]`: the same for all lanes, not broadcast.
    pub(crate) uniform: bool,
    pub(crate) ty: Type,
}

/// The types that values in a kernel have.
#[derive(Clone)]
pub(crate) enum Type {
    /// One of the element types, by name.
    Scalar(Ident),
    Tuple(Vec<Type>),
    /// `[T; N]`, the length as written.
    Array(Box<Type>, TokenStream),
    /// `&[T]`, of `#[uniform]` parameters alone.
    Slice(Box<Type>),
    /// An array parameter of an array function.
    View(View),
    /// `_`
    Inferred(Span),
}

/// An array whose elements a function reads by index, and writes if it is mutable: `&[f64]`, `ArrayViewMut2<f64>`.
#[derive(Clone)]
pub(crate) struct View {
    pub(crate) element: Ident,
    /// How many axes it has.
    pub(crate) rank: usize,
    pub(crate) mutable: bool,
}

pub(crate) struct Block {
    pub(crate) statements: Vec<Statement>,
    /// The expression at the end, without semicolon.
    pub(crate) value: Option<Box<Expr>>,
}

pub(crate) enum Statement {
    Let {
        pattern: Pattern,
        ty: Option<Type>,
        value: Option<Expr>,
    },
    Expr(Expr),
    /// An inner `const` or `use`, as written.
    Item(TokenStream),
}

/// Patterns of `let`, `match` and `for`.
pub(crate) enum Pattern {
    Wild,
    Bind {
        name: Ident,
        mutable: bool,
        inner: Option<Box<Pattern>>,
    },
    Tuple(Vec<Pattern>),
    Array(Vec<Pattern>),
    /// A literal or the path of a constant.
    Value(Box<Expr>),
    Range {
        from: Option<Box<Expr>>,
        to: Option<Box<Expr>>,
        inclusive: bool,
    },
    Or(Vec<Pattern>),
}

pub(crate) struct Expr {
    pub(crate) span: Span,
    pub(crate) kind: ExprKind,
}

pub(crate) enum ExprKind {
    /// A number or a bool, as written.
    Literal(TokenStream),
    /// A single name: a local variable, or a constant that the function does not declare.
    Name(Ident),
    /// The path of a constant, as written.
    Constant(TokenStream),
    Unary(UnaryOp, Box<Expr>),
    Binary(BinaryOp, Box<Expr>, Box<Expr>),
    Logic(LogicOp, Box<Expr>, Box<Expr>),
    Cast(Box<Expr>, Type),
    Method {
        receiver: Box<Expr>,
        name: Ident,
        args: Vec<Expr>,
    },
    /// `f64::max(a, b)`: a method named through its type.
    TypeMethod {
        ty: Type,
        name: Ident,
        args: Vec<Expr>,
    },
    /// A call of another kernel or of a device function.
    Call {
        path: TokenStream,
        args: Vec<Expr>,
    },
    Index(Box<Expr>, Box<Expr>),
    Field(Box<Expr>, u32),
    Tuple(Vec<Expr>),
    Array(Vec<Expr>),
    Repeat(Box<Expr>, TokenStream),
    /// `&e`: passes a uniform table on.
    Reference(Box<Expr>),
    /// `*e`: the value of a `for` loop's reference into a uniform slice.
    Deref(Box<Expr>),
    /// `_`, that a part of a value is assigned to.
    Ignored,
    Assign(Box<Expr>, Box<Expr>),
    Compound(BinaryOp, Box<Expr>, Box<Expr>),
    Block {
        label: Option<Ident>,
        block: Block,
    },
    If {
        condition: Box<Expr>,
        then: Block,
        otherwise: Option<Box<Expr>>,
    },
    Match {
        value: Box<Expr>,
        arms: Vec<Arm>,
    },
    Loop {
        label: Option<Ident>,
        scalar: bool,
        body: Block,
    },
    While {
        label: Option<Ident>,
        scalar: bool,
        condition: Box<Expr>,
        body: Block,
    },
    For {
        label: Option<Ident>,
        /// Marked `#[scalar]`: one turn after the other.
        scalar: bool,
        pattern: Pattern,
        source: Source,
        body: Block,
    },
    Break {
        label: Option<Ident>,
        value: Option<Box<Expr>>,
    },
    Continue {
        label: Option<Ident>,
    },
    Return(Option<Box<Expr>>),
    Panic(Panic),
}

pub(crate) struct Arm {
    pub(crate) pattern: Pattern,
    pub(crate) guard: Option<Expr>,
    pub(crate) body: Expr,
}

/// What a `for` loop runs over.
pub(crate) enum Source {
    Range {
        from: Box<Expr>,
        to: Box<Expr>,
        inclusive: bool,
        reversed: bool,
        step: Option<Box<Expr>>,
        /// Of a `prange`: the turns run in parallel.
        parallel: bool,
    },
    /// The elements of an array or a uniform slice.
    Elements { of: Box<Expr>, enumerated: bool, reversed: bool },
    /// The elements of several arrays in step, or of one that is written.
    Items(Items),
}

/// What an array function's loop takes an item of in each turn.
pub(crate) enum Items {
    /// The numbers of a range.
    Range { from: Box<Expr>, to: Option<Box<Expr>>, inclusive: bool },
    /// The elements of an array along its only axis.
    Elements { of: Box<Expr> },
    /// The parts of an array, one for each index of an axis.
    Parts { of: Box<Expr>, axis: Box<Expr> },
    /// Pairs.
    Zip(Box<Items>, Box<Items>),
    /// Pairs with the number of the turn.
    Enumerate(Box<Items>),
}

/// `assert!`, `assert_eq!`, `assert_ne!`, `panic!`, `unreachable!`.
pub(crate) struct Panic {
    /// What must hold; `None` panics always.
    pub(crate) condition: Option<Box<Expr>>,
    /// The format string.
    pub(crate) message: String,
    /// The format string's arguments, named or not.
    pub(crate) args: Vec<(Option<Ident>, Expr)>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum UnaryOp {
    Neg,
    Not,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum LogicOp {
    And,
    Or,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum BinaryOp {
    Add,
    Sub,
    Mul,
    Div,
    Rem,
    And,
    Or,
    Xor,
    Shl,
    Shr,
    Eq,
    Ne,
    Lt,
    Le,
    Gt,
    Ge,
}

impl BinaryOp {
    /// As it is written.
    pub(crate) fn sign(self) -> &'static str {
        match self {
            Self::Add => "+",
            Self::Sub => "-",
            Self::Mul => "*",
            Self::Div => "/",
            Self::Rem => "%",
            Self::And => "&",
            Self::Or => "|",
            Self::Xor => "^",
            Self::Shl => "<<",
            Self::Shr => ">>",
            Self::Eq => "==",
            Self::Ne => "!=",
            Self::Lt => "<",
            Self::Le => "<=",
            Self::Gt => ">",
            Self::Ge => ">=",
        }
    }

    pub(crate) fn is_comparison(self) -> bool {
        use BinaryOp::{Eq, Ge, Gt, Le, Lt, Ne};
        matches!(self, Eq | Ne | Lt | Le | Gt | Ge)
    }
}
