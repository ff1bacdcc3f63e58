//! Two reads must show the same method before it counts as registered: one alone may come from a copy of the directory
//! that is not like the others yet.

use crate::reading::MethodQuery;
use crate::record::RegisteredKind;

/// Reads in a row that do not show what was seen once, until it is no longer waited for.
const DOUBTS: u8 = 5;

/// A method that is registered now, and which one it is: two reads agree when they show the very same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Proof {
    pub(crate) kind: RegisteredKind,
    pub(crate) method: String,
}

impl Proof {
    pub(crate) fn phone(entry: &str) -> Self {
        Self {
            kind: RegisteredKind::PhoneSignIn,
            method: entry.to_owned(),
        }
    }
}

/// What the first of two agreeing reads showed, if it is waited for.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) enum Agreement {
    #[default]
    Open,
    /// Seen once, and since then so many reads in a row should have shown it again, and did not.
    Once { proof: Proof, doubts: u8 },
    /// What was seen once was not seen again.
    NotAgain,
}

impl Agreement {
    /// What was seen once and is waited for.
    pub(crate) fn seen(&self) -> Option<&Proof> {
        match self {
            Self::Once { proof, .. } => Some(proof),
            Self::Open | Self::NotAgain => None,
        }
    }

    /// A read showed `proofs`; gives the one that another read showed before. What the first showed is given up when
    /// later ones that `asked` for it do not show it.
    pub(crate) fn take(&mut self, proofs: Vec<Proof>, asked: &MethodQuery) -> Option<Proof> {
        match std::mem::take(self) {
            Self::Once { proof, .. } if proofs.contains(&proof) => return Some(proof),
            Self::Once { proof, doubts } if proofs.is_empty() && asked.shows(proof.kind) => {
                let doubts = doubts + 1;
                *self = match doubts >= DOUBTS {
                    true => Self::NotAgain,
                    false => Self::Once { proof, doubts },
                };
            }
            before @ (Self::Open | Self::Once { .. } | Self::NotAgain) => {
                *self = before;
                if let Some(first) = proofs.into_iter().next() {
                    self.see(first);
                }
            }
        }
        None
    }

    /// This is the first of two reads that must agree.
    pub(crate) fn see(&mut self, proof: Proof) {
        *self = Self::Once { proof, doubts: 0 };
    }

    /// What was seen once cannot be proven any more.
    pub(crate) fn drop_seen(&mut self) {
        if self.seen().is_some() {
            *self = Self::Open;
        }
    }

    /// It is no longer said that something was not seen again; what was seen once is still waited for.
    pub(crate) fn excuse(&mut self) {
        if *self == Self::NotAgain {
            *self = Self::Open;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passkey() -> Proof {
        Proof {
            kind: RegisteredKind::Passkey,
            method: "k".to_owned(),
        }
    }

    #[test]
    fn two_reads_agree_on_the_very_same_method_only() {
        let all = MethodQuery::Everything;
        let mut agreement = Agreement::default();
        assert_eq!(agreement.take(vec![Proof::phone("a")], &all), None);
        assert_eq!(
            agreement.take(vec![Proof::phone("b")], &all),
            None,
            "another phone starts anew"
        );
        assert_eq!(agreement.take(vec![passkey()], &all), None);
        let both = vec![Proof::phone("b"), passkey()];
        assert_eq!(agreement.take(both, &all), Some(passkey()));
        assert_eq!(agreement, Agreement::Open);
    }

    #[test]
    fn only_reads_that_should_have_shown_it_doubt_what_was_seen_once() {
        let mut agreement = Agreement::default();
        agreement.see(passkey());
        for _ in 0..DOUBTS {
            agreement.take(Vec::new(), &MethodQuery::Authenticators);
        }
        assert_eq!(agreement.seen(), Some(&passkey()));
        for _ in 1..DOUBTS {
            agreement.take(Vec::new(), &MethodQuery::Passkeys);
        }
        agreement.excuse();
        assert_eq!(agreement.seen(), Some(&passkey()));
        agreement.take(Vec::new(), &MethodQuery::Passkeys);
        assert_eq!(agreement, Agreement::NotAgain);
        agreement.drop_seen();
        assert_eq!(agreement, Agreement::NotAgain);
        agreement.excuse();
        assert_eq!(agreement, Agreement::Open);
    }
}
