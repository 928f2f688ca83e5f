//! What stands in an attribute's parentheses: signatures and options.

mod words;

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::{Expr, ExprLit, ExprUnary, Lit, LitInt, Path, Token, UnOp, parenthesized, token};

use self::words::{is_element, malformed, no_element, unknown};
use crate::diagnostics::Problems;
use crate::parse::SCALARS;

/// One signature of a list: `f32(f32, i32)`, or `(f32, bool)(f32)` for several results.
pub(crate) struct Listed {
    pub(crate) span: Span,
    pub(crate) outputs: Vec<Ident>,
    pub(crate) inputs: Vec<Ident>,
}

/// An attribute's arguments.
pub(crate) struct Options {
    /// The attribute's name.
    pub(crate) attribute: &'static str,
    /// It stands on a function of arrays.
    arrays: bool,
    pub(crate) signatures: Vec<Listed>,
    /// A signature was given that could not be read.
    pub(crate) incomplete: bool,
    /// Calls run on rayon's pool when the work is worth it.
    pub(crate) parallel: bool,
    /// How far math functions may be from the exact value.
    pub(crate) ulp: Ulp,
    /// What arithmetic of floats may be besides exact.
    pub(crate) fast: Fast,
    /// Operands may be combined in any order.
    pub(crate) identity: Option<Identity>,
    /// The kernel whose further signatures these are.
    pub(crate) of: Option<Path>,
    /// The path of the runtime crate.
    pub(crate) krate: TokenStream,
}

/// What `fastmath` allows arithmetic of floats, by the names that LLVM has for it.
#[derive(Clone, Copy, Default)]
pub(crate) struct Fast {
    /// `a * b + c` may be rounded once.
    pub(crate) contract: bool,
    /// Sums and products may be in any order.
    pub(crate) reassoc: bool,
    /// A division may be a multiplication by the reciprocal.
    pub(crate) arcp: bool,
    /// No value is NaN.
    pub(crate) nnan: bool,
    /// No value is infinite.
    pub(crate) ninf: bool,
    /// The sign of a zero does not matter.
    pub(crate) nsz: bool,
}

impl Fast {
    const NAMES: [&'static str; 6] = ["contract", "reassoc", "arcp", "nnan", "ninf", "nsz"];

    const ALL: Self = Self { contract: true, reassoc: true, arcp: true, nnan: true, ninf: true, nsz: true };

    /// Whether code differs by any of it.
    pub(crate) fn is_any(self) -> bool {
        self.contract || self.arcp || self.nnan && self.nsz
    }

    /// The names of what is allowed.
    pub(crate) fn names(self) -> Vec<&'static str> {
        let Self { contract, reassoc, arcp, nnan, ninf, nsz } = self;
        let flags = [contract, reassoc, arcp, nnan, ninf, nsz];
        Self::NAMES.into_iter().zip(flags).filter(|(_, flag)| *flag).map(|(name, _)| name).collect()
    }

    fn set(&mut self, name: &Ident) -> bool {
        let flag = match name.to_string().as_str() {
            "contract" => &mut self.contract,
            "reassoc" => &mut self.reassoc,
            "arcp" => &mut self.arcp,
            "nnan" => &mut self.nnan,
            "ninf" => &mut self.ninf,
            "nsz" => &mut self.nsz,
            _ => return false,
        };
        *flag = true;
        true
    }
}

/// What is said about a kernel whose operands may be combined in any order.
pub(crate) struct Identity {
    pub(crate) span: Span,
    /// What changes nothing, if there is such a value.
    pub(crate) value: Option<Expr>,
}

/// A bound on the errors of math functions, in units in the last place.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Ulp {
    One,
    Four,
}

/// One argument between commas.
enum Argument {
    Signature(Listed),
    Flag(Ident),
    Value(Ident, TokenStream),
    List(Ident, TokenStream),
}

impl Parse for Argument {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        if input.peek(token::Paren) {
            let content;
            let parens = parenthesized!(content in input);
            let outputs = Punctuated::<Ident, Token![,]>::parse_terminated(&content)?;
            let inputs = Self::types(input)?;
            let outputs = outputs.into_iter().collect();
            return Ok(Self::Signature(Listed { span: parens.span.join(), outputs, inputs }));
        }
        let name = input.call(Ident::parse_any)?;
        if input.peek(token::Paren) {
            if SCALARS.contains(&name.to_string().as_str()) {
                let inputs = Self::types(input)?;
                return Ok(Self::Signature(Listed { span: name.span(), outputs: vec![name], inputs }));
            }
            let content;
            parenthesized!(content in input);
            let list = content.parse::<TokenStream>()?;
            return Ok(Self::List(name, list));
        }
        if input.parse::<Option<Token![=]>>()?.is_some() {
            // A path, a number or a string: everything up to the comma.
            let mut value = TokenStream::new();
            while !input.is_empty() && !input.peek(Token![,]) {
                value.extend([input.parse::<TokenTree>()?]);
            }
            return Ok(Self::Value(name, value));
        }
        Ok(Self::Flag(name))
    }
}

impl Argument {
    fn types(input: ParseStream<'_>) -> syn::Result<Vec<Ident>> {
        let content;
        parenthesized!(content in input);
        let types = Punctuated::<Ident, Token![,]>::parse_terminated(&content)?;
        Ok(types.into_iter().collect())
    }
}

/// The arguments between commas, each read on its own so that the problems of all are found.
pub(crate) fn arguments(tokens: TokenStream) -> Vec<TokenStream> {
    let mut arguments = vec![TokenStream::new()];
    for token in tokens {
        match (&token, arguments.last_mut()) {
            (TokenTree::Punct(punct), _) if punct.as_char() == ',' => arguments.push(TokenStream::new()),
            (_, Some(argument)) => argument.extend([token]),
            (_, None) => unreachable!("there is always one"),
        }
    }
    arguments.retain(|argument| !argument.is_empty());
    arguments
}

/// Reads an attribute's arguments.
pub(crate) fn options(tokens: TokenStream, attribute: &'static str, arrays: bool, problems: &mut Problems) -> Options {
    let mut options = Options {
        attribute,
        arrays,
        signatures: Vec::new(),
        incomplete: false,
        parallel: false,
        ulp: Ulp::One,
        fast: Fast::default(),
        identity: None,
        of: None,
        krate: quote! { ::ufunc },
    };
    let mut names: Vec<Ident> = Vec::new();
    for tokens in arguments(tokens) {
        let first = tokens.clone().into_iter().next();
        let argument = match syn::parse2::<Argument>(tokens) {
            Ok(argument) => argument,
            Err(error) => {
                options.incomplete = true;
                let (span, message) = malformed(first.as_ref(), &error);
                problems.push(span, message);
                continue;
            }
        };
        if let Argument::Flag(name) | Argument::Value(name, _) | Argument::List(name, _) = &argument {
            if names.contains(name) {
                problems.push(name.span(), format!("`{name}` is given twice: remove one"));
                continue;
            }
            names.push(name.clone());
        }
        options.take(argument, problems);
    }
    // Alone, it is all of it, but for a bound that is given.
    if names.iter().any(|name| name == "fastmath")
        && options.fast.reassoc
        && options.fast.contract
        && options.fast.ninf
        && !names.iter().any(|name| name == "ulp")
    {
        options.ulp = Ulp::Four;
    }
    if let (Some(_), Some(parallel)) = (&options.of, names.iter().find(|name| *name == "parallel")) {
        problems.push(parallel.span(), "calls are those of the kernel that `of` names: put `parallel` there");
    }
    options
}

impl Options {
    fn is_reorderable(&mut self, span: Span, value: Option<Expr>, problems: &mut Problems) {
        if self.identity.is_some() {
            problems.push(span, "`reorderable` is given twice: an identity says it already; remove one");
            return;
        }
        self.identity = Some(Identity { span, value });
    }

    fn not_reduced(&self, name: &Ident, problems: &mut Problems) {
        let message = if self.arrays {
            format!(
                "`{name}` is for kernels that reduce: a function of arrays says in its loops what it combines; remove it"
            )
        } else {
            "a device function has no reductions: put this on the kernel that calls it".to_owned()
        };
        problems.push(name.span(), message);
    }

    fn take(&mut self, argument: Argument, problems: &mut Problems) {
        let attribute = self.attribute;
        match argument {
            Argument::Signature(listed) if self.arrays && attribute != "guvectorize" => problems.push(
                listed.span,
                "a function of arrays has one signature, that of its parameters: remove this, and write one function for each",
            ),
            Argument::Signature(listed) => {
                let unknown: Vec<&Ident> =
                    listed.outputs.iter().chain(&listed.inputs).filter(|ty| !is_element(ty)).collect();
                for ty in &unknown {
                    problems.push(ty.span(), no_element(ty));
                }
                if unknown.is_empty() {
                    self.signatures.push(listed);
                } else {
                    self.incomplete = true;
                }
            }
            Argument::Flag(name) => match name.to_string().as_str() {
                "parallel" if attribute == "vectorize" || self.arrays => self.parallel = true,
                "fastmath" => self.fast = Fast::ALL,
                text if Fast::NAMES.contains(&text) => _ = self.fast.set(&name),
                "parallel" => problems.push(
                    name.span(),
                    "a device function runs inside a kernel's lanes: put `parallel` on the kernel that calls it",
                ),
                "ulp" => problems.push(name.span(), "`ulp` takes a bound: `ulp = 1` or `ulp = 4`"),
                "reorderable" if attribute == "vectorize" => self.is_reorderable(name.span(), None, problems),
                "identity" if attribute == "vectorize" => problems.push(name.span(), IDENTITY),
                "identity" | "reorderable" => self.not_reduced(&name, problems),
                "crate" => problems.push(name.span(), "`crate` takes a path: `crate = my_reexport::ufunc`"),
                "of" => {
                    problems.push(name.span(), "`of` takes a kernel, whose further signatures these are: `of = add`")
                }
                ty if SCALARS.contains(&ty) && (!self.arrays || attribute == "guvectorize") => {
                    self.incomplete = true;
                    problems.push(
                        name.span(),
                        format!("a type stands for a result, with those of the parameters behind it: `{ty}({ty})`"),
                    );
                }
                _ => unknown(&name, attribute, self.arrays, problems),
            },
            Argument::Value(name, value) => match name.to_string().as_str() {
                "crate" => match syn::parse2::<Path>(value.clone()) {
                    Ok(path) => self.krate = path.to_token_stream(),
                    Err(error) => {
                        problems.push(error.span(), "`crate` takes a path without quotes: `crate = my_reexport::ufunc`")
                    }
                },
                "of" => match syn::parse2::<Path>(value.clone()) {
                    Ok(path) => self.of = Some(path),
                    Err(error) => {
                        problems.push(error.span(), "`of` takes the path of a kernel, without quotes: `of = add`")
                    }
                },
                "ulp" => match syn::parse2::<LitInt>(value.clone()).ok().and_then(|n| n.base10_parse::<u32>().ok()) {
                    Some(1) => self.ulp = Ulp::One,
                    Some(4) => self.ulp = Ulp::Four,
                    _ => {
                        let span = value.into_iter().next().map_or(name.span(), |token| token.span());
                        problems.push(span, "the error bound of math functions is `ulp = 1` or `ulp = 4`");
                    }
                },
                "identity" if attribute == "vectorize" => match syn::parse2::<Expr>(value.clone()) {
                    Ok(Expr::Path(path)) if path.path.is_ident("reorderable") => {
                        self.is_reorderable(name.span(), None, problems);
                    }
                    Ok(value) if is_constant(&value) => self.is_reorderable(name.span(), Some(value), problems),
                    _ => {
                        let span = value.into_iter().next().map_or(name.span(), |token| token.span());
                        problems.push(span, IDENTITY);
                    }
                },
                "identity" => self.not_reduced(&name, problems),
                "reorderable" => problems.push(name.span(), "`reorderable` stands alone: write `reorderable`"),
                "parallel" => problems.push(name.span(), "`parallel` stands alone: write `parallel`, or leave it away"),
                _ => unknown(&name, attribute, self.arrays, problems),
            },
            Argument::List(name, list) if name == "fastmath" => {
                let names = Punctuated::<Ident, Token![,]>::parse_terminated.parse2(list);
                let known = Fast::NAMES.join("`, `");
                match names {
                    Ok(names) => {
                        for name in names {
                            if !self.fast.set(&name) {
                                problems.push(
                                    name.span(),
                                    format!("`fastmath` takes `{known}`, or stands alone for all of them"),
                                );
                            }
                        }
                    }
                    Err(error) => {
                        problems.push(error.span(), format!("`fastmath` takes names between commas: `{known}`"));
                    }
                }
            }
            Argument::List(name, _) => {
                self.incomplete = true;
                unknown(&name, attribute, self.arrays, problems);
            }
        }
    }
}

const IDENTITY: &str = "`identity` takes the value that changes nothing, `identity = 0` for a sum, or `reorderable` if there is none: \
                        operands may then be combined in any order";

/// Whether an identity is a number, a bool, or the path of a constant.
fn is_constant(value: &Expr) -> bool {
    match value {
        Expr::Lit(ExprLit { lit: Lit::Int(_) | Lit::Float(_) | Lit::Bool(_), .. }) | Expr::Path(_) => true,
        Expr::Unary(ExprUnary { op: UnOp::Neg(_) | UnOp::Not(_), expr, .. }) => is_constant(expr),
        _ => false,
    }
}
