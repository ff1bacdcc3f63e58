//! The sign-in log.

use jiff::Timestamp;

use crate::oauth::grants::FirstFactor;
use crate::records::keep;
use crate::state::{Inner, random_guid};

/// A sign-in that succeeded or was refused.
#[derive(Clone, Debug)]
pub(crate) struct SignInRecord {
    pub(crate) id: String,
    pub(crate) correlation_id: String,
    pub(crate) at: Timestamp,
    pub(crate) user_id: String,
    pub(crate) client_id: String,
    /// AADSTS number and text of a refusal.
    pub(crate) failure: Option<(u32, String)>,
    /// What was used, where it succeeded.
    pub(crate) proof: Option<FirstFactor>,
}

impl Inner {
    /// Writes down a sign-in that succeeded.
    pub(crate) fn note_sign_in(
        &mut self,
        now: Timestamp,
        user_id: &str,
        client_id: &str,
        proof: &FirstFactor,
    ) {
        self.keep_sign_in(now, user_id, client_id, None, Some(proof.clone()));
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
        proof: Option<FirstFactor>,
    ) {
        let sign_in = SignInRecord {
            id: random_guid(),
            correlation_id: random_guid(),
            at: now,
            user_id: user_id.to_owned(),
            client_id: client_id.to_owned(),
            failure,
            proof,
        };
        keep(&mut self.records.sign_ins, sign_in);
    }
}
