//! Two of a kind that are finished in one look before either was proven: nothing tells which of them is in the person's
//! hand, so that is asked.

use std::collections::{BTreeMap, BTreeSet};

use crate::record::RegisteredKind;
use crate::registration::agreement::Proof;

/// One look alone may have come from a copy of the directory that is behind.
const LOOKS_UNTIL_GONE: u8 = 2;

/// What is asked about, and what was answered.
#[derive(Debug, Default)]
pub(crate) struct Rivals {
    /// Between which of a kind it is asked, each with the looks in a row that did not show it.
    phones: BTreeMap<String, u8>,
    passkeys: BTreeMap<String, u8>,
    /// What is not in the person's hand, by the operator's word, and what is the person's.
    not_it: BTreeSet<String>,
    theirs: BTreeSet<String>,
}

impl Rivals {
    /// A look that shows this kind had these, which are new and finished.
    pub(crate) fn note(&mut self, kind: RegisteredKind, finished: &[&str]) {
        let free: Vec<_> = finished.iter().filter(|id| !self.not_it(id)).collect();
        let unsaid = free.iter().any(|id| !self.theirs.contains(**id));
        let asked = self.of_mut(kind);
        for (id, missed) in asked.iter_mut() {
            *missed = match finished.contains(&id.as_str()) {
                true => 0,
                false => *missed + 1,
            };
        }
        asked.retain(|_, missed| *missed < LOOKS_UNTIL_GONE);
        if free.len() > 1 && unsaid {
            asked.extend(free.into_iter().map(|id| ((*id).to_owned(), 0)));
        }
        self.settle(kind);
    }

    /// One that is left alone is not asked about.
    fn settle(&mut self, kind: RegisteredKind) {
        let asked = self.of_mut(kind);
        if asked.len() < 2 {
            asked.clear();
        }
    }

    /// Something is registered, or counts no more.
    pub(crate) fn forget(&mut self) {
        self.phones.clear();
        self.passkeys.clear();
    }

    /// Which of this kind is in the person's hand is not known yet.
    pub(crate) fn open(&self, kind: RegisteredKind) -> bool {
        !self.of(kind).is_empty()
    }

    /// It is asked whether this one is in the person's hand, or another.
    pub(crate) fn asks_about(&self, method: &str) -> bool {
        self.phones.contains_key(method) || self.passkeys.contains_key(method)
    }

    /// The operator says that it is the person's. True where it was asked which one is: the others are not, until the
    /// same is said of them.
    pub(crate) fn choose(&mut self, method: &str) -> bool {
        self.theirs.insert(method.to_owned());
        self.not_it.remove(method);
        let asked = [&mut self.phones, &mut self.passkeys];
        let Some(asked) = asked.into_iter().find(|of| of.contains_key(method)) else {
            return false;
        };
        let others = std::mem::take(asked).into_keys();
        self.not_it.extend(others.filter(|other| other != method));
        true
    }

    /// It was removed, whatever a copy that is behind still shows. True where it was asked about.
    pub(crate) fn removed(&mut self, method: &str) -> bool {
        if !self.asks_about(method) {
            return false;
        }
        self.not_it.insert(method.to_owned());
        self.phones.remove(method);
        self.passkeys.remove(method);
        self.settle(RegisteredKind::PhoneSignIn);
        self.settle(RegisteredKind::Passkey);
        true
    }

    /// It proves nothing here, by the operator's word.
    pub(crate) fn not_it(&self, method: &str) -> bool {
        self.not_it.contains(method)
    }

    /// What is proven of kinds of which it is known which one it is.
    pub(crate) fn settled(&self, mut proofs: Vec<Proof>) -> Vec<Proof> {
        proofs.retain(|proof| !self.open(proof.kind));
        proofs
    }

    fn of(&self, kind: RegisteredKind) -> &BTreeMap<String, u8> {
        match kind {
            RegisteredKind::PhoneSignIn => &self.phones,
            RegisteredKind::Passkey => &self.passkeys,
        }
    }

    fn of_mut(&mut self, kind: RegisteredKind) -> &mut BTreeMap<String, u8> {
        match kind {
            RegisteredKind::PhoneSignIn => &mut self.phones,
            RegisteredKind::Passkey => &mut self.passkeys,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PHONE: RegisteredKind = RegisteredKind::PhoneSignIn;

    fn asked(looks: &[&[&str]]) -> Rivals {
        let mut rivals = Rivals::default();
        for look in looks {
            rivals.note(PHONE, look);
        }
        rivals
    }

    #[test]
    fn n21_two_in_one_look_are_asked_about_and_one_after_the_other_are_not() {
        assert!(asked(&[&["a", "b"]]).open(PHONE));
        assert!(!asked(&[&["a"], &["b"]]).open(PHONE), "a was set up anew");
        assert!(!asked(&[&["a"]]).open(PHONE));
        assert!(!asked(&[&["a", "b"]]).open(RegisteredKind::Passkey));
    }

    #[test]
    fn n21_a_copy_that_is_behind_does_not_answer_the_question() {
        assert!(asked(&[&["a", "b"], &["b"]]).open(PHONE));
        assert!(asked(&[&["a", "b"], &["b"], &["a"]]).open(PHONE));
        assert!(!asked(&[&["a", "b"], &["b"], &["b"]]).open(PHONE), "gone");
    }

    #[test]
    fn n21_what_the_operator_says_settles_it_and_a_third_asks_again() {
        let mut rivals = asked(&[&["a", "b"]]);
        assert!(rivals.choose("b"));
        assert!(!rivals.choose("b"), "it is asked once");
        rivals.note(PHONE, &["a", "b"]);
        assert!(!rivals.open(PHONE));
        assert!(rivals.not_it("a") && !rivals.not_it("b"));
        rivals.note(PHONE, &["a", "b", "c"]);
        assert!(rivals.asks_about("b") && rivals.asks_about("c") && !rivals.asks_about("a"));
    }

    /// Two phones of one person, by the operator's word: whichever is proven first counts.
    #[test]
    fn n21_what_is_all_the_persons_is_not_asked_about() {
        let mut rivals = asked(&[&["a", "b"]]);
        assert!(rivals.choose("b"));
        assert!(!rivals.choose("a"));
        rivals.note(PHONE, &["a", "b"]);
        assert!(!rivals.open(PHONE) && !rivals.not_it("a"));
    }

    #[test]
    fn n21_what_was_removed_is_not_asked_about_by_a_copy_that_is_behind() {
        let mut rivals = asked(&[&["a", "b"]]);
        assert!(rivals.removed("a"));
        assert!(!rivals.open(PHONE));
        rivals.note(PHONE, &["a", "b"]);
        assert!(!rivals.open(PHONE));
    }
}
