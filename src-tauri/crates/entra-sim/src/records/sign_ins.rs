//! The sign-in log.

use jiff::Timestamp;

use crate::directory::people::PASSWORD;
use crate::oauth::grants::{CompletedSignIn, FirstFactor};
use crate::records::keep;
use crate::state::{Inner, random_guid};

/// A sign-in that succeeded or was refused.
#[derive(Clone)]
pub(crate) struct SignInRecord {
    pub(crate) id: String,
    pub(crate) correlation_id: String,
    pub(crate) at: Timestamp,
    pub(crate) user_id: String,
    pub(crate) client_id: String,
    /// AADSTS number and text of a refusal.
    pub(crate) failure: Option<(u32, String)>,
    /// What was used, where it succeeded.
    pub(crate) used: Option<CompletedSignIn>,
}

impl SignInRecord {
    /// The ids of the methods that were used.
    pub(crate) fn methods(&self) -> impl Iterator<Item = &str> {
        let first = self.used.as_ref().and_then(|one| match &one.proof {
            FirstFactor::Password => Some(PASSWORD),
            FirstFactor::Pass(id) => Some(id.as_str()),
            FirstFactor::Phone => None,
        });
        let entry = self.used.as_ref().and_then(|one| one.entry.as_deref());
        first.into_iter().chain(entry)
    }
}

impl Inner {
    /// Writes down a sign-in that succeeded.
    pub(crate) fn note_sign_in(&mut self, one: &CompletedSignIn, client_id: &str) {
        self.keep_sign_in(one.at, &one.user_id, client_id, None, Some(one.clone()));
    }

    /// When a method was used last, as far as it is known of an instant.
    pub(crate) fn last_use(
        &self,
        user_id: &str,
        method: &str,
        until: Timestamp,
    ) -> Option<Timestamp> {
        let mut all = self.records.sign_ins.iter().rev();
        let last = all.find(|one| {
            one.user_id == user_id && one.at <= until && one.methods().any(|used| used == method)
        });
        last.map(|one| one.at)
    }

    /// Writes down a sign-in that was refused.
    pub(crate) fn note_refused_sign_in(
        &mut self,
        now: Timestamp,
        user_id: &str,
        client_id: &str,
        aadsts: u32,
        reason: &str,
    ) {
        let failure = Some((aadsts, reason.to_owned()));
        self.keep_sign_in(now, user_id, client_id, failure, None);
    }

    fn keep_sign_in(
        &mut self,
        now: Timestamp,
        user_id: &str,
        client_id: &str,
        failure: Option<(u32, String)>,
        used: Option<CompletedSignIn>,
    ) {
        let sign_in = SignInRecord {
            id: random_guid(),
            correlation_id: random_guid(),
            at: now,
            user_id: user_id.to_owned(),
            client_id: client_id.to_owned(),
            failure,
            used,
        };
        keep(&mut self.records.sign_ins, sign_in);
    }
}
