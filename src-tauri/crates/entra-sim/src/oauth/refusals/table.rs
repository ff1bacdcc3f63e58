//! The AADSTS numbers a sign-in can end with, each with its OAuth word, its place and its sentences.

use super::account::ACCOUNT;
use super::password::PASSWORD;
use super::policy::POLICY;
use super::row::Aadsts;
use super::service::SERVICE;

impl Aadsts {
    /// The number's entry, if this tenant can refuse with it.
    pub(crate) fn of(number: u32) -> Option<&'static Self> {
        [ACCOUNT, PASSWORD, POLICY, SERVICE]
            .into_iter()
            .flatten()
            .find(|entry| entry.number == number)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::oauth::refusals::row::RefusalStage;

    #[test]
    fn every_number_stands_once_with_its_sentences() {
        let mut seen = HashSet::new();
        for entry in [ACCOUNT, PASSWORD, POLICY, SERVICE].into_iter().flatten() {
            assert!(seen.insert(entry.number), "{} twice", entry.number);
            let on_pages = entry.stage != RefusalStage::Token;
            assert!(!on_pages || !entry.japanese.is_empty(), "{}", entry.number);
            assert!(entry.english.ends_with('.'), "{}", entry.number);
        }
    }
}
