//! What follows from a type that may become known only later in the text: an element, a field, another width's name.

use super::Infer;
use super::signatures;
use super::terms::{Class, Term, TermId};

/// What follows from a type that may not be known yet.
#[derive(Clone, Copy)]
pub(super) enum Derived {
    Field(u32),
    Element,
    Unsigned,
}

impl Infer {
    /// What follows from a term: at once or, where too little is known of it, later.
    pub(super) fn derived(&mut self, what: Derived, of: TermId) -> TermId {
        let class = if let Derived::Unsigned = what { Class::Integer } else { Class::Unknown };
        let result = self.terms.open(class);
        match self.derive(what, of, result) {
            Some(known) => known,
            None => {
                self.awaited.push((what, of, result));
                result
            }
        }
    }

    fn derive(&mut self, what: Derived, of: TermId, result: TermId) -> Option<TermId> {
        match (what, self.terms.get(of)) {
            (Derived::Field(field), Term::Tuple(parts)) => parts.get(field as usize).copied(),
            (Derived::Element, &Term::Array(element, _) | &Term::View { element, .. }) => Some(element),
            (Derived::Element, &Term::Table { element: Some(element), .. }) => Some(element),
            (Derived::Element, &Term::Table { behind, element: None }) => {
                let Term::Array(inner, _) = *self.terms.get(behind) else { return None };
                let element = match (self.fits(result, inner), self.fits(result, behind)) {
                    (true, false) => inner,
                    (false, true) => behind,
                    _ => return None,
                };
                self.terms.decide_element(of, element);
                Some(element)
            }
            (Derived::Unsigned, Term::Scalar(name)) => {
                let name = signatures::unsigned(name)?;
                Some(self.terms.scalar(name))
            }
            _ => None,
        }
    }

    /// Whether what is done with a term can be done with a part of a table.
    fn fits(&self, term: TermId, part: TermId) -> bool {
        let root = self.terms.root(term);
        let mut awaited = self.awaited.iter().filter(|(_, of, _)| self.terms.root(*of) == root);
        self.terms.may_be(term, part)
            && awaited.all(|(what, _, result)| match (what, self.terms.get(part)) {
                (Derived::Field(field), Term::Tuple(parts)) => {
                    parts.get(*field as usize).is_some_and(|part| self.fits(*result, *part))
                }
                (Derived::Element, Term::Array(element, _)) => self.fits(*result, *element),
                (Derived::Unsigned, Term::Scalar(_)) => true,
                _ => false,
            })
    }

    /// Derives what can be derived by now, and what follows from that.
    pub(super) fn settle(&mut self) {
        let mut at = 0;
        while at < self.awaited.len() {
            let (what, of, result) = self.awaited[at];
            match self.derive(what, of, result) {
                Some(known) => {
                    self.terms.unify(known, result);
                    self.awaited.remove(at);
                    at = 0;
                }
                None => at += 1,
            }
        }
    }
}
