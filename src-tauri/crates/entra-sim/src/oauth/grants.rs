//! What the sign-in service remembers: sign-ins under way, sessions, codes and tokens.

use std::collections::HashMap;

use jiff::Timestamp;

use crate::clock::after_seconds;
use crate::directory::Directory;
use crate::oauth::redirect::ResponseMode;
use crate::state::random_token;
use crate::switches::Switches;

/// How somebody proved who they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Proof {
    Password,
    /// By the pass with that id.
    Pass(String),
    /// By number matching on the phone.
    Phone,
}

/// A completed sign-in.
#[derive(Clone, Debug)]
pub(crate) struct SignedIn {
    pub(crate) user_id: String,
    pub(crate) proof: Proof,
    pub(crate) at: Timestamp,
}

impl SignedIn {
    /// Until when tokens of this sign-in may live, or `None` when they are already over.
    ///
    /// Only a pass bounds them: they end with it, and a deleted one ends them at once.
    pub(crate) fn bound(&self, directory: &Directory, switches: &Switches) -> Option<Timestamp> {
        let Proof::Pass(tap_id) = &self.proof else {
            return Some(Timestamp::MAX);
        };
        let tap = directory
            .user(&self.user_id)?
            .taps
            .iter()
            .find(|tap| tap.id == *tap_id)?;
        let ended = switches.tap_end_ends_session && tap.ended.is_some();
        (!ended).then(|| tap.end())
    }
}

/// What a client asked for at the authorize endpoint.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub(crate) client_id: String,
    pub(crate) redirect_uri: String,
    pub(crate) mode: ResponseMode,
    pub(crate) scope: String,
    pub(crate) state: Option<String>,
    pub(crate) nonce: Option<String>,
    pub(crate) challenge: String,
    pub(crate) wants_client_info: bool,
}

/// A sign-in under way, known to its pages by the flow token.
#[derive(Clone, Debug)]
pub(crate) struct Flow {
    pub(crate) asked: Asked,
    pub(crate) user_id: Option<String>,
    pub(crate) number: Option<u8>,
    pub(crate) started: Timestamp,
}

/// An authorization code's meaning.
#[derive(Clone, Debug)]
pub(crate) struct Code {
    pub(crate) asked: Asked,
    pub(crate) signed_in: SignedIn,
    pub(crate) expires: Timestamp,
    pub(crate) redeemed: bool,
}

/// An access token's meaning.
#[derive(Clone, Debug)]
pub(crate) struct Access {
    pub(crate) client_id: String,
    pub(crate) signed_in: SignedIn,
    pub(crate) scopes: Vec<String>,
    pub(crate) expires: Timestamp,
}

/// A refresh token's meaning.
#[derive(Clone, Debug)]
pub(crate) struct Refresh {
    pub(crate) asked: Asked,
    pub(crate) signed_in: SignedIn,
    pub(crate) expires: Timestamp,
    pub(crate) used: bool,
}

/// A phone's pending approval of a sign-in.
#[derive(Clone, Debug)]
pub(crate) struct Approval {
    pub(crate) flow: String,
    pub(crate) user_id: String,
    pub(crate) number: u8,
    pub(crate) approved: Option<bool>,
}

/// Everything remembered.
#[derive(Default)]
pub(crate) struct Grants {
    pub(crate) flows: HashMap<String, Flow>,
    pub(crate) sessions: HashMap<String, SignedIn>,
    pub(crate) codes: HashMap<String, Code>,
    pub(crate) access: HashMap<String, Access>,
    pub(crate) refresh: HashMap<String, Refresh>,
    pub(crate) approvals: Vec<Approval>,
    /// How each person signed in last, by object id.
    pub(crate) last_proofs: HashMap<String, Proof>,
}

impl Grants {
    /// Forgets what is long over, so that a tenant that runs for days stays small.
    pub(crate) fn sweep(&mut self, now: Timestamp) {
        let a_day_ago = after_seconds(now, -86_400);
        self.flows.retain(|_, flow| flow.started > a_day_ago);
        self.codes.retain(|_, code| code.expires > a_day_ago);
        self.access.retain(|_, token| token.expires > a_day_ago);
        self.refresh.retain(|_, token| token.expires > a_day_ago);
    }

    /// Remembers a sign-in under way; the answer is its flow token.
    pub(crate) fn begin(&mut self, flow: Flow) -> String {
        let token = random_token();
        self.flows.insert(token.clone(), flow);
        token
    }

    /// A code for a completed sign-in, good for ten minutes.
    pub(crate) fn issue_code(
        &mut self,
        asked: Asked,
        signed_in: SignedIn,
        now: Timestamp,
    ) -> String {
        let code = format!("1.{}", random_token());
        let expires = after_seconds(now, 600);
        self.codes.insert(
            code.clone(),
            Code {
                asked,
                signed_in,
                expires,
                redeemed: false,
            },
        );
        code
    }
}
