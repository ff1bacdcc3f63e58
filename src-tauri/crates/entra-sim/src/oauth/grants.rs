//! What the sign-in service remembers: sign-ins under way, sessions, codes and tokens.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use jiff::Timestamp;
use sha2::{Digest, Sha256};

use crate::clock::after_seconds;
use crate::directory::roles::Role;
use crate::directory::{Directory, User};
use crate::flags::Flags;
use crate::oauth::claims::Claims;
use crate::oauth::device::DeviceGrant;
use crate::oauth::redirect::ResponseMode;
use crate::oauth::secret::WrongEntries;
use crate::state::random_token;

/// How somebody proved who they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum FirstFactor {
    Password,
    /// By the pass with that id.
    Pass(String),
    /// By number matching on the phone.
    Phone,
}

/// A completed sign-in.
#[derive(Clone)]
pub(crate) struct CompletedSignIn {
    pub(crate) user_id: String,
    pub(crate) proof: FirstFactor,
    pub(crate) at: Timestamp,
    /// A second factor was added to the password.
    pub(crate) second_factor: bool,
    /// The Authenticator entry that answered, first or second.
    pub(crate) entry: Option<String>,
    /// What the password was, as a digest: changing it ends what was got with it.
    password: Option<[u8; 32]>,
}

impl CompletedSignIn {
    /// A sign-in of that person at `at`.
    pub(crate) fn new(user: &User, proof: FirstFactor, at: Timestamp) -> Self {
        let password = (proof == FirstFactor::Password).then(|| digest(&user.password));
        Self {
            user_id: user.id.clone(),
            proof,
            at,
            second_factor: false,
            entry: None,
            password,
        }
    }

    /// Until when tokens of this sign-in may live, or `None` when they are already over.
    ///
    /// Only a pass bounds them: they end with it, and a deleted one ends them at once.
    pub(crate) fn bound(&self, directory: &Directory, flags: &Flags) -> Option<Timestamp> {
        let FirstFactor::Pass(tap_id) = &self.proof else {
            return Some(Timestamp::MAX);
        };
        let tap = directory
            .user(&self.user_id)?
            .taps
            .iter()
            .find(|tap| tap.id == *tap_id)?;
        let ended = flags.tap_end_ends_session && tap.ended.is_some();
        (!ended).then(|| tap.end())
    }

    /// Whether more than a password stands behind it.
    pub(crate) fn is_strong(&self) -> bool {
        match self.proof {
            FirstFactor::Password => self.second_factor,
            FirstFactor::Pass(_) | FirstFactor::Phone => true,
        }
    }

    /// The same with a second factor added.
    pub(crate) fn confirmed(self) -> Self {
        Self {
            second_factor: true,
            ..self
        }
    }

    /// The same, answered by that Authenticator entry.
    pub(crate) fn answered_by(self, entry: Option<String>) -> Self {
        Self { entry, ..self }
    }

    /// Whether the password it was made with is still the person's.
    pub(crate) fn has_current_password(&self, user: &User) -> bool {
        self.password
            .is_none_or(|known| known == digest(&user.password))
    }

    /// `amr` of access tokens.
    pub(crate) fn methods(&self) -> &'static [&'static str] {
        match (&self.proof, self.second_factor) {
            (FirstFactor::Password, false) => &["pwd"],
            (FirstFactor::Password, true) => &["pwd", "mfa"],
            (FirstFactor::Pass(_) | FirstFactor::Phone, _) => &["mfa"],
        }
    }
}

fn digest(password: &str) -> [u8; 32] {
    Sha256::digest(password).into()
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
    /// Of PKCE; absent only for a confidential client that need not have one.
    pub(crate) challenge: Option<String>,
    pub(crate) wants_client_info: bool,
    pub(crate) claims: Claims,
    /// `prompt=consent`.
    pub(crate) consent_anew: bool,
}

/// What tokens are given for, however the grant came about.
#[derive(Clone)]
pub(crate) struct Grant {
    pub(crate) client_id: String,
    pub(crate) scope: String,
    pub(crate) nonce: Option<String>,
    pub(crate) claims: Claims,
    pub(crate) signed_in: CompletedSignIn,
    /// Conditional Access keeps track of sign-ins that began with a device code.
    pub(crate) by_device_code: bool,
}

/// What a sign-in is for.
#[derive(Clone)]
pub(crate) enum Goal {
    /// A code for a client.
    Code(Asked),
    /// Approval of the device with that device code.
    Device {
        device_code: String,
        client_id: String,
        scope: String,
    },
}

impl Goal {
    /// The client one signs in to.
    pub(crate) fn client_id(&self) -> &str {
        match self {
            Self::Code(asked) => &asked.client_id,
            Self::Device { client_id, .. } => client_id,
        }
    }

    /// The scopes asked for.
    pub(crate) fn scope(&self) -> &str {
        match self {
            Self::Code(asked) => &asked.scope,
            Self::Device { scope, .. } => scope,
        }
    }
}

/// How far a sign-in has come.
#[derive(Clone)]
pub(crate) enum Progress {
    /// Nobody is named yet.
    Account,
    /// Somebody is named and has to prove it.
    Named { user_id: String },
    /// The phone shows a number.
    Approval {
        user_id: String,
        number: u8,
        /// The password came first.
        first: Option<CompletedSignIn>,
    },
    /// A password was right and has to be changed first.
    NewPassword { user_id: String },
    /// A password was right and is not enough.
    SecondFactor(CompletedSignIn),
    /// Scopes are to be consented to.
    Consent(CompletedSignIn),
    /// "Stay signed in?"
    StaySignedIn(CompletedSignIn),
    /// A passkey is offered.
    PasskeyOffer(CompletedSignIn),
    /// A device is to be approved by somebody who is signed in.
    ConfirmDevice(CompletedSignIn),
}

/// A sign-in under way, known to its pages by the flow token.
#[derive(Clone)]
pub(crate) struct Flow {
    pub(crate) goal: Goal,
    pub(crate) progress: Progress,
    /// Consent was given in this flow.
    pub(crate) consented: bool,
    /// Whether the browser keeps the session after it is closed, once asked.
    pub(crate) stay: Option<bool>,
    /// The offer of a passkey was skipped.
    pub(crate) skipped_passkey: bool,
    pub(crate) started: Timestamp,
}

impl Flow {
    /// A sign-in that begins at `now`.
    pub(crate) fn new(goal: Goal, now: Timestamp) -> Self {
        Self {
            goal,
            progress: Progress::Account,
            consented: false,
            stay: None,
            skipped_passkey: false,
            started: now,
        }
    }
}

/// An authorization code's meaning.
#[derive(Clone)]
pub(crate) struct Code {
    pub(crate) asked: Asked,
    pub(crate) signed_in: CompletedSignIn,
    pub(crate) expires: Timestamp,
    pub(crate) redeemed: bool,
}

/// For whom an access token stands.
#[derive(Clone)]
pub(crate) enum Holder {
    /// For somebody who signed in.
    Person(CompletedSignIn),
    /// For the app alone.
    App,
}

/// An access token's meaning.
#[derive(Clone)]
pub(crate) struct AccessToken {
    pub(crate) client_id: String,
    pub(crate) holder: Holder,
    /// The person's directory roles that were active when it was given.
    pub(crate) roles: Vec<Role>,
    /// Scopes, or an app's own permissions.
    pub(crate) scopes: Vec<String>,
    pub(crate) expires: Timestamp,
    /// The client understands claims challenges.
    pub(crate) cp1: bool,
    /// Authentication contexts met.
    pub(crate) contexts: Vec<String>,
}

impl AccessToken {
    /// The sign-in behind it, unless it is an app's own.
    pub(crate) fn signed_in(&self) -> Option<&CompletedSignIn> {
        match &self.holder {
            Holder::Person(signed_in) => Some(signed_in),
            Holder::App => None,
        }
    }

    /// Whether it was given for that person.
    pub(crate) fn is_of(&self, user_id: &str) -> bool {
        self.signed_in()
            .is_some_and(|signed_in| signed_in.user_id == user_id)
    }
}

/// Hashes access tokens by their end: it is part of a signature, so it is as random as any hash of the whole.
#[derive(Default)]
pub(crate) struct Tail(u64);

impl Hasher for Tail {
    fn write(&mut self, bytes: &[u8]) {
        if let Some(end) = bytes.last_chunk::<8>() {
            self.0 ^= u64::from_ne_bytes(*end);
        } else {
            for byte in bytes {
                self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
            }
        }
    }

    fn finish(&self) -> u64 {
        // The signs of base64 leave bits that are always the same; the map needs the upper ones mixed.
        self.0.wrapping_mul(0x9e37_79b9_7f4a_7c15)
    }
}

/// A refresh token's meaning.
#[derive(Clone)]
pub(crate) struct RefreshToken {
    pub(crate) grant: Grant,
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
    /// It was refused in words, and not by another number.
    pub(crate) denied: bool,
    /// The Authenticator entry that answered.
    pub(crate) entry: Option<String>,
    pub(crate) asked: Timestamp,
}

impl Approval {
    /// Whether it still waits for an answer at `now`, where requests live so many seconds.
    pub(crate) fn waits(&self, now: Timestamp, life_s: u32) -> bool {
        self.approved.is_none() && now < after_seconds(self.asked, i64::from(life_s))
    }
}

/// Everything remembered.
#[derive(Default)]
pub(crate) struct Grants {
    pub(crate) flows: HashMap<String, Flow>,
    /// Per browser, those signed in there, the latest first.
    pub(crate) sessions: HashMap<String, Vec<CompletedSignIn>>,
    pub(crate) codes: HashMap<String, Code>,
    pub(crate) devices: HashMap<String, DeviceGrant>,
    pub(crate) access: HashMap<String, AccessToken, BuildHasherDefault<Tail>>,
    pub(crate) refresh: HashMap<String, RefreshToken>,
    pub(crate) approvals: Vec<Approval>,
    /// Scopes people consented to, by client and person.
    pub(crate) consents: HashMap<(String, String), Vec<String>>,
    pub(crate) wrong_entries: HashMap<String, WrongEntries>,
    /// Since when a person's sign-ins count: earlier ones were revoked.
    pub(crate) valid_from: HashMap<String, Timestamp>,
    /// When a person's refresh tokens were used, by client and person.
    pub(crate) refreshes: HashMap<(String, String), Vec<Timestamp>>,
    /// How each person signed in last, by object id.
    pub(crate) last_proofs: HashMap<String, FirstFactor>,
}

impl Grants {
    /// Forgets what is long over, so that a tenant that runs for days stays small.
    pub(crate) fn sweep(&mut self, now: Timestamp) {
        let a_day_ago = after_seconds(now, -86_400);
        self.flows.retain(|_, flow| flow.started > a_day_ago);
        self.codes.retain(|_, code| code.expires > a_day_ago);
        self.devices.retain(|_, device| device.expires > a_day_ago);
        self.access.retain(|_, token| token.expires > a_day_ago);
        self.refresh.retain(|_, token| token.expires > a_day_ago);
    }

    /// Ends the sessions, codes and refresh tokens of that person which rest on such a proof.
    ///
    /// Access tokens live on until they expire, as without continuous access evaluation.
    pub(crate) fn end_those(&mut self, user_id: &str, rests_on: impl Fn(&FirstFactor) -> bool) {
        let stays = |held: &CompletedSignIn| held.user_id != user_id || !rests_on(&held.proof);
        for session in self.sessions.values_mut() {
            session.retain(|held| stays(held));
        }
        self.codes.retain(|_, code| stays(&code.signed_in));
        self.refresh
            .retain(|_, token| stays(&token.grant.signed_in));
    }

    /// Remembers a sign-in under way; the answer is its flow token.
    pub(crate) fn begin(&mut self, flow: Flow) -> String {
        let token = random_token();
        self.flows.insert(token.clone(), flow);
        token
    }

    /// Ends every session and refresh token of a person, and access tokens of clients that can be told.
    pub(crate) fn revoke(&mut self, user_id: &str, now: Timestamp) {
        self.valid_from.insert(user_id.to_owned(), now);
        for signed_in in self.sessions.values_mut() {
            signed_in.retain(|one| one.user_id != user_id);
        }
    }

    /// Whether somebody's sign-ins of `at` were revoked since.
    pub(crate) fn is_revoked(&self, user_id: &str, at: Timestamp) -> bool {
        self.valid_from.get(user_id).is_some_and(|from| at < *from)
    }

    /// A code for a completed sign-in, good for ten minutes.
    pub(crate) fn issue_code(
        &mut self,
        asked: Asked,
        signed_in: CompletedSignIn,
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

#[cfg(test)]
mod tests {
    use rand::SeedableRng;
    use rand::rngs::StdRng;

    use super::*;
    use crate::directory::people;

    #[test]
    fn a_new_password_ends_what_the_old_one_gave() {
        let now = Timestamp::UNIX_EPOCH;
        let directory = people::built_in(&mut StdRng::seed_from_u64(1), now);
        let mut user = directory.users[0].clone();
        let by_password = CompletedSignIn::new(&user, FirstFactor::Password, now);
        let by_phone = CompletedSignIn::new(&user, FirstFactor::Phone, now);
        assert!(by_password.has_current_password(&user));
        user.password.push('x');
        assert!(!by_password.has_current_password(&user));
        assert!(by_phone.has_current_password(&user));
    }

    #[test]
    fn only_sign_ins_before_a_revocation_are_revoked() {
        let (early, late) = (
            Timestamp::UNIX_EPOCH,
            after_seconds(Timestamp::UNIX_EPOCH, 1),
        );
        let mut grants = Grants::default();
        assert!(!grants.is_revoked("a", early));
        grants.revoke("a", late);
        assert!(grants.is_revoked("a", early) && !grants.is_revoked("a", late));
        assert!(!grants.is_revoked("b", early));
    }
}
