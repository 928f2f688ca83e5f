//! How [`Pass`] goes over expressions and loops.

use syn::spanned::Spanned;
use syn::visit_mut::{self, VisitMut};
use syn::{Block, Expr};

use super::node::mentions;
use super::pass::{Computed, Pass, root};
use super::scope::{Variable, bound};
use super::{types, words};

impl VisitMut for Pass<'_> {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        if self.statement_of_arrays(expr) {
            return;
        }
        if let Some(reduced) = self.reduction(expr) {
            *expr = reduced;
            return;
        }
        if let Some(node) = self.array_value(expr) {
            *expr = self.evaluated(node, None);
            return;
        }
        match expr {
            Expr::MethodCall(call) => {
                if let Some(name) = root(&call.receiver).filter(|_| matches!(&*call.receiver, Expr::Path(_))) {
                    self.keep(&name);
                    let method = call.method.to_string();
                    if words::VIEWS_MUT.contains(&method.as_str()) || words::PLAIN.contains(&method.as_str()) {
                        self.written(&name);
                    }
                }
            }
            Expr::Index(index) => {
                if let Some(name) = root(&index.expr) {
                    self.keep(&name);
                    if let Some(Variable::Array { .. } | Variable::Table(_)) = self.scope.get(&name) {
                        self.elements = self.elements.or(Some(index.span()));
                    }
                }
            }
            Expr::Reference(reference) if reference.mutability.is_some() => self.written_place(&reference.expr),
            Expr::Assign(assign) => {
                self.written_place(&assign.left);
                let place = match &*assign.left {
                    Expr::Unary(e) => &e.expr,
                    left => left,
                };
                let known = match place {
                    Expr::Path(path) => path.path.get_ident().and_then(|name| self.scope.get(name)),
                    _ => None,
                };
                if let Some(Variable::Array { shape, .. }) = known {
                    let element = shape.element.clone();
                    self.value(&mut assign.right, element.as_ref());
                    return;
                }
                if self.element_of_array(place, &assign.right) {
                    return;
                }
                if self.loops > 0
                    && let Expr::Index(index) = place
                    && root(&index.expr).is_some_and(|name| {
                        matches!(self.scope.get(&name), Some(Variable::Array { .. } | Variable::Table(_)))
                    })
                {
                    self.elements = Some(index.span());
                }
            }
            Expr::Binary(e) if is_compound(&e.op) => {
                self.written_place(&e.left);
                if self.element_of_array(&e.left, &e.right) {
                    return;
                }
                self.visit_expr_mut(&mut e.left);
                self.visit_expr_mut(&mut e.right);
                return;
            }
            Expr::Path(path) => {
                if let Some(name) = path.path.get_ident()
                    && let Some(Variable::Array { mutable: true, .. }) = self.scope.get(name)
                {
                    let name = name.clone();
                    self.written(&name);
                }
            }
            Expr::Call(call) => {
                if let Expr::Path(path) = &*call.func {
                    let segments = &path.path.segments;
                    if segments.len() > 1 && segments[segments.len() - 2].ident == "Zip" {
                        self.refuse(segments[segments.len() - 2].ident.span(), ZIP);
                    }
                }
            }
            _ => {}
        }
        visit_mut::visit_expr_mut(self, expr);
    }

    fn visit_block_mut(&mut self, block: &mut Block) {
        self.block(block, None);
    }

    fn visit_expr_return_mut(&mut self, e: &mut syn::ExprReturn) {
        let output = self.output.clone();
        if let Some(value) = &mut e.expr {
            self.value(value, output.as_ref());
        }
    }

    fn visit_expr_for_loop_mut(&mut self, e: &mut syn::ExprForLoop) {
        if self.node(&e.expr).is_some() {
            self.refuse(e.expr.span(), format!("a loop over an array: {}", words::ELEMENTS));
        }
        self.visit_expr_mut(&mut e.expr);
        let ty = match &*e.expr {
            Expr::Range(range) => {
                [&range.start, &range.end].into_iter().flatten().find_map(|bound| types::of(bound, &self.scope, &[]))
            }
            _ => None,
        };
        let span = e.for_token.span;
        let over_table = root(&e.expr).is_some_and(|name| matches!(self.scope.get(&name), Some(Variable::Table(_))));
        self.turns(span, |pass| {
            if over_table {
                pass.elements = Some(span);
            }
            pass.scope.enter();
            for name in bound(&e.pat) {
                pass.written(&name);
                pass.scope.declare(&name, Variable::Scalar(ty.clone()));
            }
            pass.block(&mut e.body, None);
            pass.scope.leave();
        });
    }

    fn visit_expr_while_mut(&mut self, e: &mut syn::ExprWhile) {
        let span = e.while_token.span;
        self.turns(span, |pass| {
            pass.visit_expr_mut(&mut e.cond);
            pass.block(&mut e.body, None);
        });
    }

    fn visit_expr_loop_mut(&mut self, e: &mut syn::ExprLoop) {
        let span = e.loop_token.span;
        self.turns(span, |pass| pass.block(&mut e.body, None));
    }

    fn visit_expr_closure_mut(&mut self, e: &mut syn::ExprClosure) {
        let span = e.or1_token.span();
        self.turns(span, |pass| {
            pass.scope.enter();
            for name in e.inputs.iter().flat_map(bound) {
                pass.scope.declare(&name, Variable::Scalar(None));
            }
            pass.visit_expr_mut(&mut e.body);
            pass.scope.leave();
        });
    }

    fn visit_macro_mut(&mut self, mac: &mut syn::Macro) {
        if let Some(last) = mac.path.segments.last()
            && ["azip", "par_azip"].iter().any(|name| last.ident == name)
        {
            self.refuse(last.ident.span(), ZIP);
        }
        for index in 0..self.computed.len() {
            let Computed { name, number, .. } = &self.computed[index];
            if mentions(&mac.tokens, name) {
                self.failed.insert(*number);
            }
        }
    }

    // Items are emitted as they are.
    fn visit_item_mut(&mut self, _: &mut syn::Item) {}
}

const ZIP: &str = "`Zip` is a loop over elements: write the operations on whole arrays, or a `#[vectorize]` function of one element, \
                   and call that with the arrays";

fn is_compound(op: &syn::BinOp) -> bool {
    use syn::BinOp::{
        AddAssign, BitAndAssign, BitOrAssign, BitXorAssign, DivAssign, MulAssign, RemAssign, ShlAssign, ShrAssign,
        SubAssign,
    };
    matches!(
        op,
        AddAssign(_)
            | SubAssign(_)
            | MulAssign(_)
            | DivAssign(_)
            | RemAssign(_)
            | BitAndAssign(_)
            | BitOrAssign(_)
            | BitXorAssign(_)
            | ShlAssign(_)
            | ShrAssign(_)
    )
}
