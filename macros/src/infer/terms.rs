//! Terms: what is known of types so far, and unification, which makes two of them one.

use proc_macro2::{Ident, Span, TokenStream};

use crate::ast::{Type, View};
use crate::parse::SCALARS;

/// A term: an index into [`Terms`].
pub(super) type TermId = usize;

/// What kind of number a value is, which a literal shows before its type is known.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Class {
    Float,
    Integer,
    Bool,
    /// Not a scalar, or not known.
    Unknown,
}

#[derive(Clone)]
pub(super) enum Term {
    /// The same as another one.
    Same(TermId),
    /// Not known, but perhaps for its class. What is `foreign` is the same as something that is declared elsewhere, such as
    /// a called function's result: that decides its type, and no default does.
    Open {
        class: Class,
        foreign: bool,
    },
    Scalar(&'static str),
    Tuple(Vec<TermId>),
    /// The length is missing where it is written `_`.
    Array(TermId, Option<TokenStream>),
    /// A uniform table, which the language writes as a slice of what is behind the reference. `&[T; N]` and `&[[T; N]]`
    /// are alike there: their elements are known when it is known what is done with one.
    Table {
        behind: TermId,
        element: Option<TermId>,
    },
    View {
        element: TermId,
        rank: usize,
        mutable: bool,
    },
}

#[derive(Clone, Default)]
pub(super) struct Terms(Vec<Term>);

impl Terms {
    pub(super) fn add(&mut self, term: Term) -> TermId {
        self.0.push(term);
        self.0.len() - 1
    }

    pub(super) fn open(&mut self, class: Class) -> TermId {
        self.add(Term::Open { class, foreign: false })
    }

    pub(super) fn foreign(&mut self) -> TermId {
        self.add(Term::Open { class: Class::Unknown, foreign: true })
    }

    pub(super) fn scalar(&mut self, name: &'static str) -> TermId {
        self.add(Term::Scalar(name))
    }

    /// The term of a type as written.
    pub(super) fn of(&mut self, ty: &Type) -> TermId {
        match ty {
            Type::Scalar(name) => self.named(&name.to_string()),
            Type::Tuple(types) => {
                let parts = types.iter().map(|ty| self.of(ty)).collect();
                self.add(Term::Tuple(parts))
            }
            Type::Array(ty, len) => {
                let element = self.of(ty);
                let is_known = len.to_string() != "_";
                self.add(Term::Array(element, is_known.then(|| len.clone())))
            }
            Type::Slice(ty) => {
                let behind = self.of(ty);
                let element = (!matches!(**ty, Type::Array(..))).then_some(behind);
                self.add(Term::Table { behind, element })
            }
            Type::View(View { element, rank, mutable }) => {
                let element = self.named(&element.to_string());
                self.add(Term::View { element, rank: *rank, mutable: *mutable })
            }
            Type::Inferred(_) => self.open(Class::Unknown),
        }
    }

    /// The term of an element type, if that is one.
    pub(super) fn named(&mut self, name: &str) -> TermId {
        match SCALARS.iter().find(|known| **known == name) {
            Some(name) => self.scalar(name),
            None => self.foreign(),
        }
    }

    pub(super) fn root(&self, mut id: TermId) -> TermId {
        while let Term::Same(of) = self.0[id] {
            id = of;
        }
        id
    }

    pub(super) fn get(&self, id: TermId) -> &Term {
        &self.0[self.root(id)]
    }

    pub(super) fn class(&self, id: TermId) -> Class {
        match self.get(id) {
            Term::Open { class, .. } => *class,
            Term::Scalar(name) => class_of(name),
            _ => Class::Unknown,
        }
    }

    /// Makes two terms the same. Where that cannot be, rustc says so, and here both stay what they are.
    pub(super) fn unify(&mut self, a: TermId, b: TermId) {
        let (a, b) = (self.root(a), self.root(b));
        if a == b {
            return;
        }
        match (&self.0[a], &self.0[b]) {
            (Term::Open { .. }, _) => self.bind(a, b),
            (_, Term::Open { .. }) => self.bind(b, a),
            (Term::Tuple(of_a), Term::Tuple(of_b)) if of_a.len() == of_b.len() => {
                let pairs: Vec<_> = of_a.iter().copied().zip(of_b.iter().copied()).collect();
                pairs.into_iter().for_each(|(a, b)| self.unify(a, b));
            }
            (&Term::Array(of_a, ref len), &Term::Array(of_b, _)) => {
                let (from, to) = if len.is_some() { (b, a) } else { (a, b) };
                self.unify(of_a, of_b);
                self.merge(from, to);
            }
            (&Term::Table { behind: of_a, element }, &Term::Table { behind: of_b, .. }) => {
                let (from, to) = if element.is_some() { (b, a) } else { (a, b) };
                self.unify(of_a, of_b);
                self.merge(from, to);
            }
            (&Term::View { element: of_a, .. }, &Term::View { element: of_b, .. }) => self.unify(of_a, of_b),
            _ => {}
        }
    }

    /// Gives an open term's place to another term.
    fn bind(&mut self, open: TermId, to: TermId) {
        let Term::Open { class, foreign } = self.0[open] else { return };
        if !self.may_have(to, class) || !self.merge(open, to) {
            return;
        }
        if let Term::Open { class: known @ Class::Unknown, .. } = &mut self.0[to] {
            *known = class;
        }
        if foreign {
            self.estrange(to);
        }
    }

    /// `from` is `to` from now on, unless one is a part of the other.
    fn merge(&mut self, from: TermId, to: TermId) -> bool {
        let apart = !self.contains(to, from) && !self.contains(from, to);
        if apart {
            self.0[from] = Term::Same(to);
        }
        apart
    }

    fn contains(&self, whole: TermId, part: TermId) -> bool {
        whole == part || self.parts(whole).into_iter().any(|of| self.contains(self.root(of), part))
    }

    fn parts(&self, id: TermId) -> Vec<TermId> {
        match self.get(id) {
            Term::Tuple(parts) => parts.clone(),
            Term::Array(part, _) | Term::Table { behind: part, .. } | Term::View { element: part, .. } => vec![*part],
            Term::Same(_) | Term::Open { .. } | Term::Scalar(_) => Vec::new(),
        }
    }

    /// Marks what is open in a term as foreign.
    pub(super) fn estrange(&mut self, id: TermId) {
        let id = self.root(id);
        if let Term::Open { foreign, .. } = &mut self.0[id] {
            *foreign = true;
        }
        self.parts(id).into_iter().for_each(|part| self.estrange(part));
    }

    /// Says what the elements of a table are.
    pub(super) fn decide_element(&mut self, table: TermId, is: TermId) {
        let root = self.root(table);
        if let Term::Table { element, .. } = &mut self.0[root] {
            *element = Some(is);
        }
    }

    /// Whether two terms could be the same.
    pub(super) fn may_be(&self, a: TermId, b: TermId) -> bool {
        match (self.get(a), self.get(b)) {
            (Term::Open { class, .. }, _) => self.may_have(b, *class),
            (_, Term::Open { class, .. }) => self.may_have(a, *class),
            (Term::Scalar(a), Term::Scalar(b)) => a == b,
            (Term::Tuple(a), Term::Tuple(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| self.may_be(*a, *b)),
            (Term::Array(a, _), Term::Array(b, _)) => self.may_be(*a, *b),
            _ => false,
        }
    }

    fn may_have(&self, id: TermId, class: Class) -> bool {
        let is_open = matches!(self.get(id), Term::Open { class: Class::Unknown, .. });
        is_open || class == Class::Unknown || class == self.class(id)
    }

    /// What nothing but literals has decided becomes what it is in Rust.
    pub(super) fn settle_literals(&mut self) {
        for term in &mut self.0 {
            match term {
                Term::Open { class: Class::Float, foreign: false } => *term = Term::Scalar("f64"),
                Term::Open { class: Class::Integer, foreign: false } => *term = Term::Scalar("i32"),
                _ => {}
            }
        }
    }

    /// The type, if all of it is known; its names stand at `span`.
    pub(super) fn resolve(&self, id: TermId, span: Span) -> Option<Type> {
        let name = |id: TermId| match self.get(id) {
            Term::Scalar(name) => Some(Ident::new(name, span)),
            _ => None,
        };
        let of = |id: TermId| self.resolve(id, span);
        Some(match self.get(id) {
            Term::Same(_) | Term::Open { .. } => return None,
            Term::Scalar(_) => Type::Scalar(name(id)?),
            Term::Tuple(parts) => Type::Tuple(parts.iter().map(|part| of(*part)).collect::<Option<_>>()?),
            Term::Array(element, len) => Type::Array(Box::new(of(*element)?), len.clone()?),
            Term::Table { behind, .. } => Type::Slice(Box::new(of(*behind)?)),
            Term::View { element, rank, mutable } => {
                Type::View(View { element: name(*element)?, rank: *rank, mutable: *mutable })
            }
        })
    }
}

pub(super) fn class_of(name: &str) -> Class {
    match name {
        "f32" | "f64" => Class::Float,
        "bool" => Class::Bool,
        _ => Class::Integer,
    }
}
