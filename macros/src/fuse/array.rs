//! Array expressions: what fuses, and with which operands.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};
use syn::spanned::Spanned;
use syn::visit_mut::VisitMut;
use syn::{BinOp, Expr, ExprMethodCall, UnOp};

use super::node::{Kind, Node, Operand, atom, binary, is_constant, method, path, text, unary};
use super::pass::{Pass, root};
use super::scope::Variable;
use super::shape::{Shape, sliced, written};
use super::{types, words};

/// Where results are written.
pub(super) struct Target {
    pub(super) given: TokenStream,
    /// The variable that holds it.
    pub(super) base: Ident,
    /// It is all of the variable.
    pub(super) whole: bool,
    pub(super) shape: Shape,
}

impl Pass<'_> {
    /// An expression as one of arrays; none if it is no array, or not known to be one.
    pub(super) fn node(&mut self, expr: &Expr) -> Option<Node> {
        let mut node = match expr {
            Expr::Paren(e) => self.node(&e.expr)?,
            Expr::Group(e) => self.node(&e.expr)?,
            Expr::Reference(e) if e.mutability.is_none() => self.node(&e.expr)?,
            Expr::Unary(e) if matches!(e.op, UnOp::Deref(_)) => self.node(&e.expr)?,
            Expr::Unary(e) => {
                let mut node = self.node(&e.expr)?;
                node.code = unary(e.op, node.code);
                node
            }
            Expr::Path(e) => {
                let name = e.path.get_ident()?;
                match self.scope.get(name)? {
                    Variable::Array { shape, .. } => {
                        Node::leaf(name.clone(), quote! { #name.view() }, shape.clone(), name.span())
                    }
                    Variable::Computed(index, _) => {
                        let index = *index;
                        self.used(index)
                    }
                    _ => return None,
                }
            }
            Expr::Binary(e) if is_elementwise(&e.op) => match (self.node(&e.left), self.node(&e.right)) {
                (Some(left), Some(right)) => left.with(e.op, right),
                (Some(mut left), None) => {
                    let (code, operands) = self.operand(&e.right, left.shape.element.clone());
                    left.code = binary(left.code, e.op, code);
                    left.join(operands, Vec::new());
                    left
                }
                (None, Some(mut right)) => {
                    let (code, operands) = self.operand(&e.left, right.shape.element.clone());
                    right.code = binary(code, e.op, right.code);
                    right.join(operands, Vec::new());
                    right
                }
                (None, None) => return None,
            },
            Expr::MethodCall(call) => self.method_of_array(call)?,
            _ => return None,
        };
        node.span = expr.span();
        Some(node)
    }

    fn method_of_array(&mut self, call: &ExprMethodCall) -> Option<Node> {
        let name = call.method.to_string();
        if let ("unwrap" | "expect", Expr::MethodCall(inner)) = (name.as_str(), &*call.receiver) {
            // `x.broadcast((3, n)).unwrap()`
            if inner.method == "broadcast" {
                let shape = Shape { rank: inner.args.first().and_then(written), ..self.node(&inner.receiver)?.shape };
                return self.part(&Expr::MethodCall(call.clone()), shape);
            }
            return None;
        }
        let known = [words::QUERIES, words::WRITES, words::VIEWS_MUT, words::PLAIN, words::REDUCTIONS];
        if known.iter().any(|names| names.contains(&name.as_str())) || ["broadcast", "fold"].contains(&&*name) {
            return None;
        }
        let mut node = self.node(&call.receiver)?;
        let args: Vec<&Expr> = call.args.iter().collect();
        if words::VIEWS.contains(&name.as_str()) {
            if !node.is_leaf() {
                if let Expr::Path(_) = &*call.receiver
                    && let Some(name) = root(&call.receiver)
                {
                    self.keep(&name);
                } else {
                    self.refuse(
                        call.method.span(),
                        format!("`{name}` of what is computed: take it of the arrays that this is computed from, or keep it with `let` first"),
                    );
                }
                return Some(node);
            }
            if name == "view" {
                return Some(node);
            }
            let rank = node.shape.rank;
            let rank = match (name.as_str(), &args[..]) {
                ("slice" | "slice_move", [slice]) => sliced(slice),
                ("row" | "column" | "diag" | "into_diag", _) => Some(1),
                ("index_axis" | "index_axis_move", _) => rank.map(|rank| rank.saturating_sub(1)),
                ("insert_axis", _) => rank.map(|rank| rank + 1),
                _ => rank,
            };
            let element = node.shape.element;
            return self.part(&Expr::MethodCall(call.clone()), Shape { element, rank });
        }
        match (name.as_str(), &args[..]) {
            ("to_owned" | "into_owned" | "clone", []) => {}
            ("pow2", []) => {
                let square = atom(node.code);
                node.code = syn::parse_quote! { #square * #square };
            }
            ("abs_sub", [other]) => {
                let (other, operands) = self.operand(other, node.shape.element.clone());
                let (one, other) = (node.code, atom(other));
                let (x, y) = (self.fresh("x"), self.fresh("y"));
                node.code =
                    syn::parse_quote! { { let (#x, #y) = (#one, #other); if #x <= #y { 0.0 } else { #x - #y } } };
                node.join(operands, Vec::new());
            }
            ("mapv" | "mapv_into" | "map", [function]) => node = self.mapped(node, function, name == "map")?,
            (_, args) if words::ELEMENTWISE.contains(&(name.as_str(), args.len())) => {
                let ty = if name == "powi" {
                    Some(Ident::new("i32", call.method.span()))
                } else {
                    node.shape.element.clone()
                };
                let mut codes = Vec::new();
                for arg in args {
                    let (code, operands) = self.operand(arg, ty.clone());
                    codes.push(code);
                    node.join(operands, Vec::new());
                }
                node.code = method(node.code, &call.method, codes);
                if name.starts_with("is_") {
                    node.shape.element = Some(Ident::new("bool", call.method.span()));
                    node.guessed = false;
                }
            }
            _ => {
                match words::advice(&name) {
                    Some(advice) => self.refuse(call.method.span(), advice),
                    None => self.problems.push_in_place_of_rustc(call.method.span(), words::unknown(&name)),
                }
                return None;
            }
        }
        Some(node)
    }

    /// A view of a part of an array, as an operand.
    fn part(&mut self, view: &Expr, shape: Shape) -> Option<Node> {
        let key = text(view);
        let base = root(view)?;
        let name = match self.leaves.get(&key) {
            Some(name) => name.clone(),
            None => {
                let name = self.fresh(&base.to_string());
                self.leaves.insert(key, name.clone());
                name
            }
        };
        Some(Node::leaf(name, view.to_token_stream(), shape, view.span()))
    }

    /// A number in an array expression: as the kernel's code has it, and its operand if it is none of the code's own. `ty` is the type
    /// that it has if its text does not say it.
    pub(super) fn operand(&mut self, expr: &Expr, ty: Option<Ident>) -> (Expr, Vec<Operand>) {
        if let Expr::Paren(inner) = expr {
            return self.operand(&inner.expr, ty);
        }
        if let Expr::Path(known) = expr
            && let Some(name) = known.path.get_ident()
            && let Some(variable) = self.scope.get(name)
        {
            let known = match variable {
                Variable::Scalar(known) => known.clone(),
                Variable::Float => ty.clone(),
                Variable::Unknown => {
                    self.refuse(
                        name.span(),
                        format!("what `{name}` is cannot be seen here: say its type, as in `let {name}: Array1<f64> = ..`, or `: f64`"),
                    );
                    None
                }
                _ => None,
            };
            let operand = Operand { name: name.clone(), given: quote! { #name }, kind: Kind::Scalar(known.or(ty)) };
            return (path(name), vec![operand]);
        }
        if is_constant(expr) {
            return (expr.clone(), Vec::new());
        }
        let ty = types::of(expr, &self.scope, &[]).or(ty);
        let mut given = expr.clone();
        self.visit_expr_mut(&mut given);
        let name = self.fresh("s");
        let operand = Operand { name: name.clone(), given: given.into_token_stream(), kind: Kind::Scalar(ty) };
        (path(&name), vec![operand])
    }

    /// A place that holds an array to be written.
    pub(super) fn target(&mut self, expr: &Expr) -> Option<Target> {
        match expr {
            Expr::Paren(e) => self.target(&e.expr),
            Expr::Unary(e) if matches!(e.op, UnOp::Deref(_)) => self.target(&e.expr),
            Expr::Path(e) => {
                let name = e.path.get_ident()?;
                match self.scope.get(name)? {
                    Variable::Array { shape, .. } => Some(Target {
                        given: quote! { &mut *#name },
                        base: name.clone(),
                        whole: true,
                        shape: shape.clone(),
                    }),
                    _ => None,
                }
            }
            Expr::MethodCall(call) if words::VIEWS_MUT.iter().any(|name| call.method == name) => {
                let of = self.target(&call.receiver)?;
                let rank = match (call.method.to_string().as_str(), call.args.first()) {
                    ("slice_mut", Some(slice)) => sliced(slice),
                    ("row_mut" | "column_mut" | "diag_mut", _) => Some(1),
                    ("index_axis_mut", _) => of.shape.rank.map(|rank| rank.saturating_sub(1)),
                    _ => of.shape.rank,
                };
                let shape = Shape { rank, ..of.shape };
                Some(Target { given: expr.to_token_stream(), base: of.base, whole: false, shape })
            }
            _ => None,
        }
    }
}

/// The operators of `ndarray`'s arrays.
fn is_elementwise(op: &BinOp) -> bool {
    matches!(
        op,
        BinOp::Add(_)
            | BinOp::Sub(_)
            | BinOp::Mul(_)
            | BinOp::Div(_)
            | BinOp::Rem(_)
            | BinOp::BitAnd(_)
            | BinOp::BitOr(_)
            | BinOp::BitXor(_)
            | BinOp::Shl(_)
            | BinOp::Shr(_)
    )
}
