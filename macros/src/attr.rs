//! What stands in an attribute's parentheses: signatures and options.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{LitInt, Path, Token, parenthesized, token};

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
    pub(crate) signatures: Vec<Listed>,
    /// Calls run on rayon's pool when the work is worth it.
    pub(crate) parallel: bool,
    /// The path of the runtime crate.
    pub(crate) krate: TokenStream,
}

/// One argument between commas.
enum Argument {
    Signature(Listed),
    Flag(Ident),
    Value(Ident, TokenStream),
    List(Ident),
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
            content.parse::<TokenStream>()?;
            return Ok(Self::List(name));
        }
        if input.parse::<Option<Token![=]>>()?.is_some() {
            // A path, a number or a string: everything up to the comma.
            let mut value = TokenStream::new();
            while !input.is_empty() && !input.peek(Token![,]) {
                value.extend([input.parse::<proc_macro2::TokenTree>()?]);
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

/// The arguments, separated by commas.
struct Arguments(Punctuated<Argument, Token![,]>);

impl Parse for Arguments {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        Punctuated::parse_terminated(input).map(Self)
    }
}

/// Reads an attribute's arguments; `attribute` is its name, for errors.
pub(crate) fn options(tokens: TokenStream, attribute: &str, problems: &mut Problems) -> Options {
    let mut options = Options { signatures: Vec::new(), parallel: false, krate: quote! { ::ufunc } };
    let arguments = match syn::parse2::<Arguments>(tokens) {
        Ok(arguments) => arguments.0,
        Err(error) => {
            problems.push(
                error.span(),
                format!("`#[{attribute}(..)]` takes signatures such as `f64(f64, f64)` and options: {error}"),
            );
            return options;
        }
    };
    for argument in arguments {
        match argument {
            Argument::Signature(listed) => {
                for ty in listed.outputs.iter().chain(&listed.inputs) {
                    if !SCALARS.contains(&ty.to_string().as_str()) {
                        problems.push(ty.span(), format!("`{ty}` is no element type; they are {}", SCALARS.join(", ")));
                    }
                }
                options.signatures.push(listed);
            }
            Argument::Flag(name) => match name.to_string().as_str() {
                "parallel" if attribute == "vectorize" => options.parallel = true,
                "parallel" => problems.push(
                    name.span(),
                    "a device function runs inside a kernel's lanes: put `parallel` on the kernel that calls it",
                ),
                "ulp" => problems.push(name.span(), "`ulp` takes a bound: `ulp = 1` or `ulp = 4`"),
                "crate" => problems.push(name.span(), "`crate` takes a path: `crate = my_reexport::ufunc`"),
                _ => unknown(&name, attribute, problems),
            },
            Argument::Value(name, value) => match name.to_string().as_str() {
                "crate" => match syn::parse2::<Path>(value.clone()) {
                    Ok(path) => options.krate = path.to_token_stream(),
                    Err(error) => problems.push(error.span(), "`crate` takes a path: `crate = my_reexport::ufunc`"),
                },
                // Both tiers are met by the functions within 1 ulp.
                "ulp" => match syn::parse2::<LitInt>(value.clone()).ok().and_then(|n| n.base10_parse::<u32>().ok()) {
                    Some(1 | 4) => {}
                    _ => problems.push(name.span(), "the error bound of math functions is `ulp = 1` or `ulp = 4`"),
                },
                "parallel" => problems.push(name.span(), "`parallel` stands alone: `parallel`, or nothing"),
                _ => unknown(&name, attribute, problems),
            },
            Argument::List(name) => unknown(&name, attribute, problems),
        }
    }
    options
}

/// An argument that is no option: Numba's say why they are not needed here.
fn unknown(name: &Ident, attribute: &str, problems: &mut Problems) {
    let text = name.to_string();
    let message = match text.as_str() {
        "nopython" => "`nopython` has no meaning here: a kernel is always compiled, or refused; remove it".to_owned(),
        "nogil" => "`nogil` has no meaning here: Rust has no interpreter lock; remove it".to_owned(),
        "cache" => "`cache` has no meaning here: kernels are compiled with the program; remove it".to_owned(),
        "forceobj" | "looplift" => {
            format!("`{text}` has no meaning here: nothing ever falls back to an interpreter; remove it")
        }
        "target" => "`target` has no meaning here: one binary holds the code for every level, and the best one is \
                     picked at run time; remove it"
            .to_owned(),
        "error_model" => "`error_model` has no meaning here: kernels keep Rust's meaning; remove it".to_owned(),
        "boundscheck" => "`boundscheck` has no meaning here: indices are always checked; remove it".to_owned(),
        "inline" => "`inline` has no meaning here: device functions are always inlined; remove it".to_owned(),
        "f16" | "f128" | "i128" | "u128" | "char" | "str" | "String" => {
            format!("`{text}` is no element type; they are {}", SCALARS.join(", "))
        }
        _ => {
            let known = if attribute == "vectorize" { "`parallel`, `ulp`, `crate`" } else { "`ulp`, `crate`" };
            format!("`{text}` is no option of `#[{attribute}]`: these are {known} and signatures such as `f64(f64)`")
        }
    };
    problems.push(name.span(), message);
}
