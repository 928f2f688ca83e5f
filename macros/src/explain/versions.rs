//! What became of a function that is compiled for several types.

use proc_macro2::Ident;

use super::Line;

/// What became of a function for several lists of types: once where it is the same.
pub(crate) fn versions<'a>(generics: &[Ident], versions: impl Iterator<Item = (&'a [Ident], &'a [Line])>) -> Vec<Line> {
    let mut told: Vec<(Vec<String>, &[Line])> = Vec::new();
    for (types, lines) in versions {
        let types: Vec<String> = generics.iter().zip(types).map(|(name, ty)| format!("`{name}` = `{ty}`")).collect();
        match told.iter_mut().find(|(_, known)| *known == lines) {
            Some((same, _)) => same.push(types.join(", ")),
            None => told.push((vec![types.join(", ")], lines)),
        }
    }
    match &told[..] {
        [(_, lines)] => lines.to_vec(),
        several => several
            .iter()
            .flat_map(|(types, lines)| {
                let line = lines.first().map_or(0, |line| line.line);
                let heading = Line { line, depth: 0, text: format!("for {}:", types.join("; ")), scalar: false };
                let inner = lines.iter().cloned().map(|line| Line { depth: line.depth + 1, ..line });
                std::iter::once(heading).chain(inner).collect::<Vec<_>>()
            })
            .collect(),
    }
}
