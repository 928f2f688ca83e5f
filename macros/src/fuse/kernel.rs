//! The hidden kernels: the function of one element, and its call.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};
use syn::visit_mut::VisitMut;
use syn::{BinOp, Expr, Token};

use super::array::Target;
use super::level;
use super::node::{Kind, Node, atom, binary, path};
use super::pass::Pass;
use crate::attr::Ulp;
use crate::explain::{Line, line_of};
use crate::parse::{MAX_PARAMS, Role};

/// A kernel's item, and what its call is given.
struct Kernel {
    items: TokenStream,
    operands: Vec<TokenStream>,
}

impl Pass<'_> {
    /// The options that hidden functions take over.
    pub(super) fn arguments(&self) -> TokenStream {
        let krate = &self.options.krate;
        let parallel = self.options.parallel.then(|| quote! { parallel, });
        let ulp = proc_macro2::Literal::u32_unsuffixed(if self.options.ulp == Ulp::Four { 4 } else { 1 });
        let fast: Vec<Ident> =
            self.options.fast.names().into_iter().map(|name| Ident::new(name, Span::mixed_site())).collect();
        let fast = (!fast.is_empty()).then(|| quote! { fastmath(#(#fast),*), });
        quote! { #parallel #fast ulp = #ulp, crate = #krate }
    }

    /// Notes what became of an expression, for `explain`.
    pub(super) fn explained(&mut self, node: &Node, what: &str) {
        let arrays: Vec<String> = node
            .operands
            .iter()
            .filter(|operand| matches!(operand.kind, Kind::Array(_)))
            .map(|operand| format!("`{}`", operand.given.to_string().replace(' ', "").replace(".view()", "")))
            .collect();
        let threads = if self.options.parallel { ", on threads where there is work enough" } else { "" };
        self.lines.push(Line {
            line: line_of(node.span),
            depth: 0,
            text: format!("{what} of {}: one pass, each element a lane{threads}", arrays.join(", ")),
            scalar: false,
        });
    }

    /// The parameters of a hidden function, and what is passed for them: `array` makes the types of those that are arrays.
    pub(super) fn parameters(
        &mut self,
        node: &Node,
        array: impl Fn(&Ident, &super::shape::Shape) -> TokenStream,
        uniform: &TokenStream,
    ) -> Option<(Vec<TokenStream>, Vec<TokenStream>)> {
        let (mut params, mut given) = (Vec::new(), Vec::new());
        if node.operands.len() > MAX_PARAMS {
            self.refuse(
                node.span,
                format!(
                    "one pass takes at most {MAX_PARAMS} arrays and numbers, and these are {}: begin with some of them, as in `let mut sum = \
                     a + b;`, and go on with the others, as in `sum += &(c + d);`",
                    node.operands.len()
                ),
            );
            return None;
        }
        let (arrays, scalars): (Vec<_>, Vec<_>) =
            node.operands.iter().partition(|operand| matches!(operand.kind, Kind::Array(_)));
        for operand in arrays.into_iter().chain(scalars) {
            let name = &operand.name;
            let element = match &operand.kind {
                Kind::Array(shape) => &shape.element,
                Kind::Scalar(ty) | Kind::Table(ty) => ty,
            };
            let Some(element) = element else {
                let (what, example) = match operand.kind {
                    Kind::Array(_) => ("of the elements of", format!("let {name}: Array1<f64> = ..")),
                    _ => ("of", format!("let {name}: f64 = ..")),
                };
                self.refuse(
                    name.span(),
                    format!(
                        "the type {what} `{name}` cannot be seen here: say it where it is declared, as in `{example}`"
                    ),
                );
                return None;
            };
            params.push(match &operand.kind {
                Kind::Array(shape) => {
                    let ty = array(element, shape);
                    quote! { #name: #ty }
                }
                Kind::Scalar(_) => quote! { #uniform #name: #element },
                Kind::Table(_) => quote! { #uniform #name: &[#element] },
            });
            given.push(operand.given.clone());
        }
        Some((params, given))
    }

    /// The expression with the variables that it needs.
    pub(super) fn code(node: &Node) -> TokenStream {
        let code = &node.code;
        let lets = node.lets.iter().map(|(name, code)| quote! { let #name = #code; });
        quote! { #(#lets)* #code }
    }

    fn kernel(&mut self, node: &Node, element: Option<&Ident>, what: &str) -> Option<Kernel> {
        self.kernels += 1;
        self.explained(node, what);
        let Some(element) = element else {
            let name = node.operands.first().map_or_else(|| "x".to_owned(), |operand| operand.name.to_string());
            self.refuse(
                node.span,
                format!("the type of the elements of `{name}` cannot be seen here: say it where it is declared, as in `let {name}: Array1<f64> = ..`"),
            );
            return None;
        };
        let uniform = quote! { #[uniform] };
        let (params, operands) = self.parameters(node, |element, _| element.to_token_stream(), &uniform)?;
        let (name, code) = (&self.function, Self::code(node));
        let item = quote! { fn #name(#(#params),*) -> #element { #code } };
        let items = crate::expand::expand(Role::Kernel, self.arguments(), item);
        Some(Kernel { items, operands })
    }

    /// The call of a kernel: `how` runs it.
    fn called(&mut self, kernel: &Kernel, how: &TokenStream) -> Expr {
        let Kernel { items, operands } = kernel;
        let (name, level) = (&self.function, level());
        syn::parse_quote! { { #items #name::with(#(#operands),*).level(#level).#how } }
    }

    /// The array, computed here.
    pub(super) fn evaluated(&mut self, node: Node, expected: Option<&Ident>) -> Expr {
        let element = if node.guessed {
            expected.cloned().or(node.shape.element.clone())
        } else {
            node.shape.element.clone().or(expected.cloned())
        };
        match self.kernel(&node, element.as_ref(), "a new array") {
            Some(kernel) => self.called(&kernel, &quote! { eval() }),
            None => Self::nothing(),
        }
    }

    fn nothing() -> Expr {
        syn::parse_quote! { ::core::unreachable!() }
    }

    /// Replaces what writes to arrays by a kernel's call, if the expression does.
    pub(super) fn statement_of_arrays(&mut self, expr: &mut Expr) -> bool {
        let replaced = match expr {
            Expr::MethodCall(call) => {
                let name = call.method.to_string();
                match (name.as_str(), call.args.first(), call.args.get(1)) {
                    ("assign", Some(value), None) => {
                        let Some(target) = self.target(&call.receiver) else { return false };
                        self.keep(&target.base);
                        match self.node(value) {
                            Some(node) if !node.is_leaf() => Some(self.assigned(&target, node)),
                            _ => {
                                self.written(&target.base);
                                self.kernels += 1;
                                None
                            }
                        }
                    }
                    ("mapv_inplace", Some(function), None) => {
                        let Some(target) = self.target(&call.receiver) else { return false };
                        let of = self.in_target(&target);
                        let Some(node) = self.mapped(of.clone(), function, false) else {
                            *expr = Self::nothing();
                            return true;
                        };
                        Some(self.replaced(&target, of, node))
                    }
                    ("scaled_add", Some(factor), Some(value)) => {
                        let Some(target) = self.target(&call.receiver) else { return false };
                        let value = match self.node(value) {
                            Some(node) => node,
                            None => return false,
                        };
                        let (code, operands) = self.operand(factor, target.shape.element.clone());
                        let of = self.in_target(&target);
                        let mut product = value;
                        product.code = binary(code, BinOp::Mul(<Token![*]>::default()), product.code);
                        product.join(operands, Vec::new());
                        Some(self.combined(&target, of, BinOp::Add(<Token![+]>::default()), product))
                    }
                    ("fill", Some(_), None) => {
                        let Some(target) = self.target(&call.receiver) else { return false };
                        self.written(&target.base);
                        self.kernels += 1;
                        None
                    }
                    _ => None,
                }
            }
            Expr::Binary(e) => {
                let Some(op) = operation(&e.op) else { return false };
                let Some(target) = self.target(&e.left) else { return false };
                let of = self.in_target(&target);
                let value = match self.node(&e.right) {
                    Some(node) => node,
                    None => {
                        let (code, operands) = self.operand(&e.right, target.shape.element.clone());
                        Node { code, operands, lets: Vec::new(), ..of.clone() }
                    }
                };
                Some(self.combined(&target, of, op, value))
            }
            _ => return false,
        };
        match replaced {
            Some(replaced) => {
                *expr = replaced;
                true
            }
            None => false,
        }
    }

    /// The target's own elements, as the first operand of a kernel.
    fn in_target(&mut self, target: &Target) -> Node {
        let name = if target.whole { target.base.clone() } else { self.fresh(&target.base.to_string()) };
        Node::leaf(name, self.given(target), target.shape.clone(), target.base.span())
    }

    /// The target as it is passed, what stands in it being rewritten too.
    fn given(&mut self, target: &Target) -> TokenStream {
        match syn::parse2::<Expr>(target.given.clone()) {
            Ok(mut given) if !target.whole => {
                self.visit_expr_mut(&mut given);
                given.into_token_stream()
            }
            _ => target.given.clone(),
        }
    }

    /// `target.assign(&value)`
    fn assigned(&mut self, target: &Target, node: Node) -> Expr {
        let element = if node.guessed {
            target.shape.element.clone()
        } else {
            node.shape.element.clone().or(target.shape.element.clone())
        };
        if node.names(&target.base) {
            // It reads what it writes: all of it is computed first.
            let value = self.evaluated(node, element.as_ref());
            let given = self.given(target);
            self.written(&target.base);
            return syn::parse_quote! { { let value = #value; (#given).assign(&value) } };
        }
        let given = self.given(target);
        self.written(&target.base);
        match self.kernel(&node, element.as_ref(), "the elements assigned") {
            Some(kernel) => self.called(&kernel, &quote! { into(#given) }),
            None => Self::nothing(),
        }
    }

    /// `target op= value`
    fn combined(&mut self, target: &Target, of: Node, op: BinOp, mut value: Node) -> Expr {
        // Its own elements at the same place are there already.
        let own = |name: &Ident| target.whole && *name == target.base;
        value.operands.retain(|operand| !(own(&operand.name) && matches!(operand.kind, Kind::Array(_))));
        if value.names(&target.base) {
            let mut held = value;
            let whole = Node::leaf(
                target.base.clone(),
                {
                    let base = &target.base;
                    quote! { #base.view() }
                },
                target.shape.clone(),
                held.span,
            );
            if super::node::mentions(&Self::code(&held), &target.base) {
                held.join(whole.operands, Vec::new());
            }
            let shape = held.shape.clone();
            let computed = self.evaluated(held, target.shape.element.as_ref());
            let name = self.fresh("value");
            let value = Node::leaf(name.clone(), quote! { #name.view() }, shape, of.span);
            let run = self.combined(target, of, op, value);
            return syn::parse_quote! { { let #name = #computed; #run } };
        }
        let mut node = of.clone();
        node.code = binary(path(&of.operands[0].name), op, atom(value.code));
        node.join(value.operands, value.lets);
        self.replaced(target, of, node)
    }

    /// A kernel whose first operand is the target.
    fn replaced(&mut self, target: &Target, of: Node, node: Node) -> Expr {
        debug_assert_eq!(of.operands[0].name, node.operands[0].name);
        self.keep(&target.base);
        self.written(&target.base);
        match self.kernel(&node, target.shape.element.as_ref(), "the new elements") {
            Some(kernel) => self.called(&kernel, &quote! { inplace() }),
            None => Self::nothing(),
        }
    }
}

/// `+` of `+=`.
fn operation(op: &BinOp) -> Option<BinOp> {
    Some(match op {
        BinOp::AddAssign(_) => BinOp::Add(<Token![+]>::default()),
        BinOp::SubAssign(_) => BinOp::Sub(<Token![-]>::default()),
        BinOp::MulAssign(_) => BinOp::Mul(<Token![*]>::default()),
        BinOp::DivAssign(_) => BinOp::Div(<Token![/]>::default()),
        BinOp::RemAssign(_) => BinOp::Rem(<Token![%]>::default()),
        BinOp::BitAndAssign(_) => BinOp::BitAnd(<Token![&]>::default()),
        BinOp::BitOrAssign(_) => BinOp::BitOr(<Token![|]>::default()),
        BinOp::BitXorAssign(_) => BinOp::BitXor(<Token![^]>::default()),
        BinOp::ShlAssign(_) => BinOp::Shl(<Token![<<]>::default()),
        BinOp::ShrAssign(_) => BinOp::Shr(<Token![>>]>::default()),
        _ => return None,
    })
}
