//! What stands in the attribute's parentheses: the signature, the sizes of dimensions of outputs, the way of the lanes, and the options
//! of all attributes.

use proc_macro2::{Delimiter, Ident, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::{Expr, LitStr, Token};

use super::signature::{Length, Signature};
use super::size::Size;
use crate::attr::{self, Options};
use crate::diagnostics::Problems;
use crate::parse::SCALARS;

/// Where the lanes are.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Way {
    /// In the loops over one core.
    Core,
    /// One item of the batch in each.
    Batch,
}

/// Where they are asked to be.
#[derive(Clone, Copy)]
pub(super) struct Asked {
    pub(super) way: Way,
    /// Of the option.
    pub(super) span: Span,
}

/// The attribute's arguments.
pub(super) struct Given {
    pub(super) signature: Option<Signature>,
    pub(super) lanes: Option<Asked>,
    pub(super) options: Options,
}

/// Reads the arguments.
pub(super) fn read(tokens: TokenStream, attribute: &'static str, problems: &mut Problems) -> Given {
    let mut arguments = attr::arguments(tokens);
    let is_first = |argument: &TokenStream| is_literal(argument.clone().into_iter().next().as_ref());
    let at = arguments.iter().position(|argument| is_first(argument) && argument.to_string().contains("->"));
    let at = at.or_else(|| arguments.first().is_some_and(is_first).then_some(0));
    let mut signature = match at.map(|at| (at, arguments.remove(at))) {
        Some((at, first)) => match syn::parse2::<LitStr>(first.clone()) {
            Ok(literal) => {
                if at > 0 {
                    problems.push(literal.span(), "the signature is the first argument: move it to the front");
                }
                Signature::read(&literal, problems)
            }
            Err(_) => {
                let span = first.into_iter().next().map_or_else(Span::call_site, |token| token.span());
                problems.push(span, "a signature is a string, as in `\"(m,n),(n,p)->(m,p)\"`");
                None
            }
        },
        None => {
            // It may have been written without quotes.
            let bare = arguments.iter().position(|argument| {
                matches!(argument.clone().into_iter().next(), Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Parenthesis)
                    && argument.to_string().replace(' ', "").contains("->")
            });
            let (span, message) = match bare {
                Some(at) => {
                    let first = arguments.drain(..=at).next().expect("there is one");
                    let span = first.into_iter().next().map_or_else(Span::call_site, |token| token.span());
                    (span, "a signature is a string, as in `\"(m,n),(n,p)->(m,p)\"`")
                }
                None => (
                    Span::call_site(),
                    "a generalized universal function has a signature: its first argument, as in `#[guvectorize(\"(m,n),(n,p)->(m,p)\")]`",
                ),
            };
            problems.push(span, message);
            None
        }
    };
    let (mut lanes, mut others, mut unread) = (None, TokenStream::new(), false);
    let mut sizes: Option<Ident> = None;
    for argument in arguments {
        let tokens: Vec<TokenTree> = argument.clone().into_iter().collect();
        match &tokens[..] {
            [TokenTree::Ident(name), TokenTree::Group(list)]
                if name == "dims" && list.delimiter() == Delimiter::Parenthesis =>
            {
                if sizes.is_some() {
                    problems.push(name.span(), "`dims` is given twice: remove one");
                } else if let Some(signature) = &mut signature {
                    dims(list.stream(), signature, problems);
                }
                sizes = Some(name.clone());
            }
            [TokenTree::Ident(name), rest @ ..] if name == "dims" => {
                let span = rest.first().map_or_else(|| name.span(), TokenTree::span);
                problems.push(span, "`dims` takes the lengths of dimensions of outputs: `dims(p = m + n - 1)`");
            }
            [TokenTree::Ident(name), rest @ ..] if name == "lanes" => {
                if lanes.is_some() {
                    problems.push(name.span(), "`lanes` is given twice: remove one");
                }
                lanes = way(name, rest, problems).map(|way| Asked { way, span: name.span() });
            }
            [first, ..] if is_literal(Some(first)) => {
                let text = first.to_string();
                let message = if SCALARS.iter().any(|ty| text.trim_matches('"').starts_with(ty)) {
                    "types stand without quotes, as in `f32(f32), f64(f64)`"
                } else {
                    "there is one signature, the first argument: remove this"
                };
                problems.push(first.span(), message);
                unread = true;
            }
            _ => others.extend(
                argument
                    .into_iter()
                    .chain([TokenTree::Punct(proc_macro2::Punct::new(',', proc_macro2::Spacing::Alone))]),
            ),
        }
    }
    let mut options = attr::options(others, attribute, true, problems);
    options.incomplete |= unread;
    if let Some(of) = &options.of {
        let span = of.segments.first().map_or_else(Span::call_site, |segment| segment.ident.span());
        problems
            .push(span, "`of` is for kernels of `#[vectorize]`: write a function for the types that need another body");
    }
    Given { signature, lanes, options }
}

/// Whether a token is a literal, or one that a macro was given.
fn is_literal(token: Option<&TokenTree>) -> bool {
    match token {
        Some(TokenTree::Literal(_)) => true,
        Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::None => {
            is_literal(group.stream().into_iter().next().as_ref())
        }
        _ => false,
    }
}

fn way(name: &Ident, value: &[TokenTree], problems: &mut Problems) -> Option<Way> {
    const FORM: &str = "`lanes` is `\"core\"`, where the loops over one core become lanes, or `\"batch\"`, where each lane has a core of \
                        its own";
    let [TokenTree::Punct(equals), value] = value else {
        problems.push(name.span(), FORM);
        return None;
    };
    if equals.as_char() != '=' {
        problems.push(name.span(), FORM);
        return None;
    }
    // As a literal, so that one which a macro was given is read, too.
    let text = syn::parse2::<LitStr>(value.to_token_stream()).map(|literal| literal.value());
    match text.as_deref() {
        Ok("core") => Some(Way::Core),
        Ok("batch") => Some(Way::Batch),
        _ => {
            problems.push(value.span(), FORM);
            None
        }
    }
}

/// `p = m + n - 1, q = 2 * m`
fn dims(tokens: TokenStream, signature: &mut Signature, problems: &mut Problems) {
    let list = match Punctuated::<Expr, Token![,]>::parse_terminated.parse2(tokens) {
        Ok(list) => list,
        Err(error) => {
            problems.push(error.span(), "`dims` takes the lengths of dimensions of outputs: `dims(p = m + n - 1)`");
            return;
        }
    };
    for entry in list {
        let name = match &entry {
            Expr::Assign(assign) => match &*assign.left {
                Expr::Path(path) => path.path.get_ident().map(|name| (name.clone(), &*assign.right)),
                _ => None,
            },
            _ => None,
        };
        let Some((name, value)) = name else {
            let span = entry.to_token_stream().into_iter().next().map_or_else(Span::call_site, |token| token.span());
            problems.push(span, "an entry of `dims` is a dimension and its length, as in `p = m + n - 1`");
            continue;
        };
        let Some(dimension) = signature.dimensions.iter().position(|dimension| name == dimension.name) else {
            problems.push(name.span(), format!("the signature `{}` has no dimension `{name}`", signature.text));
            continue;
        };
        if signature.is_given(dimension) {
            problems.push(
                name.span(),
                format!("the inputs have the dimension `{name}`, and say how long it is: remove this"),
            );
            continue;
        }
        if matches!(signature.dimensions[dimension].length, Length::Computed(_)) {
            problems.push(name.span(), format!("the length of `{name}` is given twice: remove one"));
            continue;
        }
        let find = |name: &Ident| {
            let found = signature.dimensions.iter().position(|dimension| name == &dimension.name);
            found.filter(|dimension| signature.is_given(*dimension))
        };
        if let Some(size) = Size::read(value, &find, problems) {
            signature.dimensions[dimension].length = Length::Computed(size);
        }
    }
}
