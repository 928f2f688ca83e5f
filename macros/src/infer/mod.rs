//! Element types: what rustc will find of the variables of an array function, as far as its own text shows.
//! Lane code needs none of it. But whether a sum may be taken apart depends on whether it is one of floats, and what a
//! parallel loop's body takes along is written with its type.

mod constants;
mod derived;
mod signatures;
mod terms;

use std::collections::HashMap;

use proc_macro2::{Span, TokenStream};

use crate::ast::{BinaryOp, Type};
use crate::core::{Body, Expr, ExprKind, Fold, Head, Place, Projection, Stmt, VarId};
use derived::Derived;
use signatures::Part;
pub(crate) use terms::Class;
use terms::{Term, TermId, Terms};

/// The types that were found in a body.
pub(crate) struct Types {
    infer: Infer,
    /// By variable.
    spans: Vec<Span>,
}

/// Finds the types of a body's variables.
pub(crate) fn types(body: &Body) -> Types {
    let mut infer = Infer {
        terms: Terms::default(),
        vars: Vec::new(),
        parallel: body.loops.iter().map(|about| about.parallel).collect(),
        constants: HashMap::new(),
        awaited: Vec::new(),
    };
    for (name, ty) in constants::inner(body) {
        let term = match (ty, infer.constants.contains_key(&name)) {
            (Some(ty), false) => infer.terms.of(&ty),
            // Of two of a name, either may be meant.
            _ => infer.terms.foreign(),
        };
        infer.constants.insert(name, term);
    }
    for var in &body.vars {
        let term = match &var.ty {
            Some(ty) => infer.terms.of(ty),
            None => infer.terms.open(Class::Unknown),
        };
        infer.vars.push(term);
    }
    infer.block(&body.block);
    infer.settle();
    for (.., result) in infer.awaited.clone() {
        infer.terms.estrange(result);
    }
    infer.terms.settle_literals();
    infer.settle();
    Types { infer, spans: body.vars.iter().map(|var| var.name.span()).collect() }
}

impl Types {
    /// A variable's type, if all its parts are known.
    pub(crate) fn of(&self, var: VarId) -> Option<Type> {
        self.infer.terms.resolve(self.infer.vars[var], self.spans[var])
    }

    /// An expression's type, if its variables, suffixes and methods tell it: of a literal alone, its surroundings would.
    #[cfg(test)]
    pub(crate) fn of_expr(&self, expr: &Expr) -> Option<Type> {
        let (infer, term) = self.of_part(expr);
        infer.terms.resolve(term, expr.span)
    }

    /// What kind of number an expression is, which is known of all literals.
    pub(crate) fn class(&self, expr: &Expr) -> Class {
        let (infer, term) = self.of_part(expr);
        infer.terms.class(term)
    }

    fn of_part(&self, expr: &Expr) -> (Infer, TermId) {
        let mut infer = self.infer.clone();
        let term = infer.expr(expr);
        infer.settle();
        (infer, term)
    }
}

#[derive(Clone)]
struct Infer {
    terms: Terms,
    /// By variable.
    vars: Vec<TermId>,
    /// By loop: that of a `prange`, which counts with `usize`.
    parallel: Vec<bool>,
    /// By path, as written.
    constants: HashMap<String, TermId>,
    /// What could not be derived yet, of which term, and the term that stands for it.
    awaited: Vec<(Derived, TermId, TermId)>,
}

impl Infer {
    fn block(&mut self, block: &[Stmt]) {
        for stmt in block {
            self.stmt(stmt);
            stmt.blocks().into_iter().for_each(|inner| self.block(inner));
        }
    }

    fn stmt(&mut self, stmt: &Stmt) {
        match stmt {
            Stmt::Let { var, value: Some(value) } => self.alike(self.vars[*var], value),
            Stmt::LetTaken { var, of, .. } => self.terms.unify(self.vars[*var], self.vars[*of]),
            Stmt::Assign { place, value, .. } => {
                let target = self.place(place);
                self.alike(target, value);
            }
            Stmt::Store { array, index, op, value, .. } => {
                self.indices(index);
                let element = self.derived(Derived::Element, self.vars[*array]);
                match op {
                    Some(BinaryOp::Shl | BinaryOp::Shr) => _ = self.expr(value),
                    _ => self.alike(element, value),
                }
            }
            Stmt::Eval(value) => _ = self.expr(value),
            Stmt::If { condition, .. } => self.bool(condition),
            Stmt::Loop { id, head, .. } => {
                self.head(head);
                if let (Head::Range { var, .. }, true) = (head, self.parallel[*id]) {
                    self.counts(*var);
                }
            }
            Stmt::Panic(panic) => {
                panic.condition.iter().for_each(|condition| self.bool(condition));
                panic.args.iter().for_each(|(_, arg)| _ = self.expr(arg));
            }
            Stmt::Let { value: None, .. } | Stmt::Break { .. } | Stmt::Continue { .. } => {}
            Stmt::Return { .. } | Stmt::Item(_) => {}
            Stmt::Lanes(lanes) => {
                self.alike(self.vars[lanes.var], &lanes.from);
                self.alike(self.vars[lanes.var], &lanes.to);
                self.terms.unify(self.vars[lanes.var], self.vars[lanes.first]);
                lanes.step.iter().for_each(|step| self.expect(step, "usize"));
                self.folds(&lanes.folds);
            }
            Stmt::Parallel(parallel) => self.folds(&parallel.folds),
            Stmt::Chains { folds, .. } => self.folds(folds),
            Stmt::Exit { condition, taken, .. } => {
                self.bool(condition);
                taken.iter().for_each(|(var, value)| self.alike(self.vars[*var], value));
            }
        }
    }

    fn folds(&mut self, folds: &[Fold]) {
        for fold in folds {
            self.terms.unify(self.vars[fold.var], self.vars[fold.part]);
        }
    }

    fn head(&mut self, head: &Head) {
        match head {
            Head::Forever => {}
            Head::While(condition) => self.bool(condition),
            Head::Range { var, from, to, step, .. } => {
                self.alike(self.vars[*var], from);
                self.alike(self.vars[*var], to);
                step.iter().for_each(|step| self.expect(step, "usize"));
            }
            Head::Elements { var, counter, of, .. } => {
                let of = self.expr(of);
                let element = self.derived(Derived::Element, of);
                self.terms.unify(self.vars[*var], element);
                counter.iter().for_each(|counter| self.counts(*counter));
            }
        }
    }

    fn place(&mut self, place: &Place) -> TermId {
        place.path.iter().fold(self.vars[place.var], |base, projection| match projection {
            Projection::Field(field) => self.derived(Derived::Field(*field), base),
            Projection::Index(index) => {
                self.expect(index, "usize");
                self.derived(Derived::Element, base)
            }
        })
    }

    /// The term of an expression.
    fn expr(&mut self, expr: &Expr) -> TermId {
        match &expr.kind {
            ExprKind::Literal(tokens) => self.literal(tokens),
            ExprKind::Constant(path) => {
                *self.constants.entry(path.to_string()).or_insert_with(|| match constants::of_type(path) {
                    Some(name) => self.terms.scalar(name),
                    None => self.terms.foreign(),
                })
            }
            ExprKind::Var(var) => self.vars[*var],
            ExprKind::Unary(_, a) => self.expr(a),
            ExprKind::Binary(op, a, b) => self.binary(*op, a, b),
            ExprKind::Logic(_, a, b) => {
                self.bool(a);
                self.bool(b);
                self.terms.scalar("bool")
            }
            ExprKind::Cast(a, ty) => {
                self.expr(a);
                self.terms.of(ty)
            }
            ExprKind::Method { receiver, name, args } => {
                let receiver = self.expr(receiver);
                self.method(&name.to_string(), receiver, args)
            }
            ExprKind::TypeMethod { ty, name, args } => self.type_method(ty, &name.to_string(), args),
            ExprKind::Call { args, .. } => {
                for arg in args {
                    let arg = self.expr(arg);
                    self.terms.estrange(arg);
                }
                self.terms.foreign()
            }
            ExprKind::Index(a, index) => {
                let base = self.expr(a);
                self.expect(index, "usize");
                self.derived(Derived::Element, base)
            }
            ExprKind::Element { array, index } => {
                self.indices(index);
                self.derived(Derived::Element, self.vars[*array])
            }
            ExprKind::Extent { .. } => self.terms.scalar("usize"),
            ExprKind::Field(a, field) => {
                let base = self.expr(a);
                self.derived(Derived::Field(*field), base)
            }
            // Also what stands where a jump was.
            ExprKind::Tuple(parts) if parts.is_empty() => self.terms.foreign(),
            ExprKind::Tuple(parts) => {
                let parts = parts.iter().map(|part| self.expr(part)).collect();
                self.terms.add(Term::Tuple(parts))
            }
            ExprKind::Array(parts) => {
                let element = self.terms.open(Class::Unknown);
                parts.iter().for_each(|part| self.alike(element, part));
                let len = proc_macro2::Literal::usize_unsuffixed(parts.len());
                self.terms.add(Term::Array(element, Some(proc_macro2::TokenTree::from(len).into())))
            }
            ExprKind::Repeat(a, len) => {
                let element = self.expr(a);
                self.terms.add(Term::Array(element, Some(len.clone())))
            }
            ExprKind::Reference(a) => {
                let table = self.expr(a);
                self.terms.estrange(table);
                self.terms.foreign()
            }
            ExprKind::If(condition, a, b) => {
                self.bool(condition);
                let value = self.expr(a);
                self.alike(value, b);
                value
            }
        }
    }

    fn literal(&mut self, tokens: &TokenStream) -> TermId {
        let (class, suffix) = match syn::parse2(tokens.clone()) {
            Ok(syn::Lit::Bool(_)) => return self.terms.scalar("bool"),
            Ok(syn::Lit::Byte(_)) => return self.terms.scalar("u8"),
            Ok(syn::Lit::Int(lit)) => (Class::Integer, lit.suffix().to_owned()),
            Ok(syn::Lit::Float(lit)) => (Class::Float, lit.suffix().to_owned()),
            _ => return self.terms.foreign(),
        };
        if suffix.is_empty() { self.terms.open(class) } else { self.terms.named(&suffix) }
    }

    fn binary(&mut self, op: BinaryOp, a: &Expr, b: &Expr) -> TermId {
        let left = self.expr(a);
        if matches!(op, BinaryOp::Shl | BinaryOp::Shr) {
            let count = self.expr(b);
            for side in [left, count] {
                let integer = self.terms.open(Class::Integer);
                self.terms.unify(side, integer);
            }
            return left;
        }
        self.alike(left, b);
        if op.is_comparison() { self.terms.scalar("bool") } else { left }
    }

    fn method(&mut self, name: &str, receiver: TermId, args: &[Expr]) -> TermId {
        let Some(signature) = signatures::method(name) else {
            args.iter().for_each(|arg| _ = self.expr(arg));
            return self.terms.foreign();
        };
        let number = self.terms.open(signature.of);
        self.terms.unify(receiver, number);
        for arg in args {
            let expected = self.part(signature.args, receiver);
            self.alike(expected, arg);
        }
        self.part(signature.result, receiver)
    }

    fn part(&mut self, part: Part, receiver: TermId) -> TermId {
        match part {
            Part::Same => receiver,
            Part::Scalar(name) => self.terms.scalar(name),
            Part::Unsigned => self.derived(Derived::Unsigned, receiver),
            Part::Pair => self.terms.add(Term::Tuple(vec![receiver, receiver])),
            Part::Parts => {
                let exponent = self.terms.scalar("i32");
                self.terms.add(Term::Tuple(vec![receiver, exponent]))
            }
        }
    }

    /// `f64::max(a, b)`, and the functions without a receiver: `f64::from_bits(b)`, `f64::from(x)`.
    fn type_method(&mut self, ty: &Type, name: &str, args: &[Expr]) -> TermId {
        let own = self.terms.of(ty);
        match (name, args) {
            ("from", args) => {
                for arg in args {
                    let arg = self.expr(arg);
                    // Only of themselves, among the types of their class: a literal is of that.
                    let only = matches!(self.terms.get(own), Term::Scalar("u8" | "i8" | "f32"));
                    if only && self.terms.class(arg) == self.terms.class(own) {
                        self.terms.unify(arg, own);
                    }
                }
            }
            ("from_bits", args) => {
                let bits = self.derived(Derived::Unsigned, own);
                args.iter().for_each(|arg| self.alike(bits, arg));
            }
            (name, [receiver, args @ ..]) => {
                self.alike(own, receiver);
                return self.method(name, own, args);
            }
            (_, []) => return self.terms.foreign(),
        }
        own
    }

    fn counts(&mut self, var: VarId) {
        let usize = self.terms.scalar("usize");
        self.terms.unify(self.vars[var], usize);
    }

    fn alike(&mut self, term: TermId, expr: &Expr) {
        let of = self.expr(expr);
        self.terms.unify(term, of);
    }

    fn expect(&mut self, expr: &Expr, name: &'static str) {
        let name = self.terms.scalar(name);
        self.alike(name, expr);
    }

    fn bool(&mut self, expr: &Expr) {
        self.expect(expr, "bool");
    }

    fn indices(&mut self, index: &[Expr]) {
        index.iter().for_each(|index| self.expect(index, "usize"));
    }
}
