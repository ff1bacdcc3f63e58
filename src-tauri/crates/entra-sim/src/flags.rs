//! Behaviour flags, which users know as switches: behaviours that are unverified, differ between tenants, or provoke a
//! failure.

pub(crate) mod devices;
pub(crate) mod mail;
pub(crate) mod proof;
pub(crate) mod time;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::oauth::flags::{self as sign_in, SignInFlags};
use crate::phone::refusal::PhoneRefusal;
use devices::DeviceFlags;
use mail::MailFlags;
use proof::ProofFlags;
use time::TimeFlags;

/// What a second pass does while one is live.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum SecondTap {
    #[serde(rename = "replace")]
    Replace,
    #[serde(rename = "400")]
    BadRequest,
    #[serde(rename = "409")]
    Conflict,
}

/// Where somebody outside the pass policy is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum OutOfScopeAt {
    Create,
    SignIn,
}

/// What is wrong with the id tokens given out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum IdTokenFault {
    None,
    Nonce,
    NoNonce,
    Audience,
    Issuer,
    Tenant,
    Expired,
    Signature,
    UnknownKey,
    AlgNone,
}

/// What is wrong with the answer that goes back to the client's redirect address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum RedirectFault {
    None,
    WrongState,
    NoState,
    WrongIssuer,
}

/// How the member inside an error envelope is spelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum InnerError {
    #[serde(rename = "innerError")]
    InnerError,
    #[serde(rename = "innererror")]
    Innererror,
}

impl InnerError {
    /// The spelling.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::InnerError => "innerError",
            Self::Innererror => "innererror",
        }
    }
}

/// What the simulated app sets up for a fresh account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum PhoneSetup {
    PhoneSignIn,
    Passkey,
}

/// What becomes of a notification on the simulated phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum PhoneNotifications {
    Shown,
    Missed,
    Lost,
}

/// All switches with their present values.
/// [`Flags::changed`] refuses names it does not know; a flattened struct cannot.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Flags {
    pub(crate) second_tap: SecondTap,
    pub(crate) out_of_scope_at: OutOfScopeAt,
    pub(crate) tap_settle_ms: u32,
    pub(crate) tap_end_ends_session: bool,
    pub(crate) tap_policy_enabled: bool,
    pub(crate) tap_policy_min: u32,
    pub(crate) tap_policy_max: u32,
    pub(crate) tap_policy_default: u32,
    pub(crate) tap_policy_length: u32,
    pub(crate) tap_policy_once: bool,
    pub(crate) policy_readable: bool,
    pub(crate) policy_needs_reader_role: bool,
    pub(crate) evaluate_needs_reader_role: bool,
    pub(crate) consented_scopes: String,
    pub(crate) issue_token_life_s: u32,
    pub(crate) refresh_reuse: bool,
    pub(crate) id_token_fault: IdTokenFault,
    pub(crate) redirect_fault: RedirectFault,
    pub(crate) sign_in_down: bool,
    pub(crate) graph_down: bool,
    pub(crate) phone_wait_ms: u32,
    #[serde(flatten)]
    pub(crate) time: TimeFlags,
    #[serde(flatten)]
    pub(crate) sign_in: SignInFlags,
    #[serde(flatten)]
    pub(crate) proof: ProofFlags,
    pub(crate) eligible_roles_protect: bool,
    pub(crate) inner_error: InnerError,
    pub(crate) passkey_list_needs_own_scope: bool,
    pub(crate) reset_takes_password_scope: bool,
    pub(crate) reset_takes_ms: u32,
    pub(crate) reset_retry_after_s: u32,
    pub(crate) write_back_fails: bool,
    pub(crate) password_validity_days: u32,
    pub(crate) password_notice_days: u32,
    pub(crate) premium: bool,
    pub(crate) report_lag_s: u32,
    pub(crate) log_lag_s: u32,
    #[serde(flatten)]
    pub(crate) mail: MailFlags,
    pub(crate) batch_in_order: bool,
    pub(crate) authenticator_limit: u32,
    pub(crate) device_quota: u32,
    #[serde(flatten)]
    pub(crate) devices: DeviceFlags,
    pub(crate) tap_listed_s: u32,
    pub(crate) phone_setup: PhoneSetup,
    pub(crate) phone_notifications: PhoneNotifications,
    pub(crate) phone_refusal: PhoneRefusal,
    pub(crate) phone_refusal_times: u32,
    pub(crate) password_asked_again: bool,
}

impl Default for Flags {
    fn default() -> Self {
        Self {
            second_tap: SecondTap::Replace,
            out_of_scope_at: OutOfScopeAt::Create,
            tap_settle_ms: 0,
            tap_end_ends_session: true,
            tap_policy_enabled: true,
            tap_policy_min: 10,
            tap_policy_max: 480,
            tap_policy_default: 30,
            tap_policy_length: 8,
            tap_policy_once: false,
            policy_readable: true,
            policy_needs_reader_role: false,
            evaluate_needs_reader_role: false,
            consented_scopes: "UserAuthMethod-TAP.ReadWrite.All UserAuthenticationMethod.Read.All User.Read.All \
                               Policy.Read.AuthenticationMethod User.Read openid profile offline_access"
                .to_owned(),
            issue_token_life_s: 3_600,
            refresh_reuse: true,
            id_token_fault: IdTokenFault::None,
            redirect_fault: RedirectFault::None,
            sign_in_down: false,
            graph_down: false,
            phone_wait_ms: 1_500,
            time: TimeFlags::default(),
            sign_in: SignInFlags::default(),
            proof: ProofFlags::default(),
            eligible_roles_protect: true,
            inner_error: InnerError::InnerError,
            passkey_list_needs_own_scope: false,
            reset_takes_password_scope: false,
            reset_takes_ms: 2_000,
            reset_retry_after_s: 1,
            write_back_fails: false,
            password_validity_days: 90,
            password_notice_days: 14,
            premium: true,
            report_lag_s: 3_600,
            log_lag_s: 120,
            mail: MailFlags::default(),
            batch_in_order: false,
            authenticator_limit: 5,
            device_quota: 50,
            devices: DeviceFlags::default(),
            tap_listed_s: 2_592_000,
            phone_setup: PhoneSetup::PhoneSignIn,
            phone_notifications: PhoneNotifications::Shown,
            phone_refusal: PhoneRefusal::None,
            phone_refusal_times: 0,
            password_asked_again: true,
        }
    }
}

const MEANINGS: &[(&str, &str)] = &[
    (
        "second_tap",
        "A pass asked for while one is live: \"replace\" (documented), or refused with \"400\" or \"409\".",
    ),
    (
        "out_of_scope_at",
        "Somebody outside the pass policy is refused at \"create\" or only at \"sign_in\".",
    ),
    (
        "tap_settle_ms",
        "Milliseconds after creation in which the sign-in page does not know a pass yet.",
    ),
    (
        "tap_end_ends_session",
        "Tokens got with a pass end when it is deleted or replaced, not only when it expires.",
    ),
    (
        "tap_policy_enabled",
        "The Temporary Access Pass method is enabled in the policy.",
    ),
    (
        "tap_policy_min",
        "Shortest pass lifetime the policy allows, in minutes (10 to 43200).",
    ),
    (
        "tap_policy_max",
        "Longest pass lifetime the policy allows, in minutes (10 to 43200).",
    ),
    (
        "tap_policy_default",
        "Pass lifetime in minutes when none is asked for; between min and max.",
    ),
    ("tap_policy_length", "Characters in a pass (8 to 48)."),
    ("tap_policy_once", "The policy makes every pass one-time."),
    (
        "policy_readable",
        "False: reading the authentication methods policy is refused to everybody.",
    ),
    (
        "policy_needs_reader_role",
        "True: reading the policy needs Global Reader or Authentication Policy Administrator.",
    ),
    (
        "evaluate_needs_reader_role",
        "Asking Conditional Access beforehand needs a role that reads its policies, not the permission alone.",
    ),
    (
        "consented_scopes",
        "Scopes the station's client has consent for, separated by spaces.",
    ),
    (
        "issue_token_life_s",
        "Life of access tokens given out from now on, in seconds.",
    ),
    (
        "refresh_reuse",
        "True (documented): a used refresh token stays valid. False: it is refused.",
    ),
    (
        "id_token_fault",
        "What is wrong with id tokens: none, nonce, no_nonce, audience, issuer, tenant, expired, signature, unknown_key, alg_none.",
    ),
    (
        "redirect_fault",
        "What is wrong with the answer to the redirect address: none, wrong_state, no_state, wrong_issuer.",
    ),
    (
        "sign_in_down",
        "The sign-in service answers 503 to everything.",
    ),
    ("graph_down", "Graph answers 503 to everything."),
    (
        "phone_wait_ms",
        "How long each waiting screen of the phone page stays, in milliseconds.",
    ),
    (
        "eligible_roles_protect",
        "A directory role somebody could activate protects them as one in force does.",
    ),
    (
        "inner_error",
        "Spelling of the member in error envelopes: \"innerError\" (Graph) or \"innererror\" (OData).",
    ),
    (
        "passkey_list_needs_own_scope",
        "True: reading fido2Methods as a list is refused to UserAuthenticationMethod.* scopes.",
    ),
    (
        "reset_takes_password_scope",
        "True: resetPassword also takes UserAuthMethod-Password.ReadWrite.All.",
    ),
    (
        "reset_takes_ms",
        "How long a password reset stays under way, in milliseconds.",
    ),
    (
        "reset_retry_after_s",
        "Retry-After of a password reset's 202, in seconds; 0 leaves it out.",
    ),
    (
        "write_back_fails",
        "Password resets of synchronised people fail on the on-premises side.",
    ),
    (
        "password_validity_days",
        "passwordValidityPeriodInDays of every domain; 0 means passwords never expire.",
    ),
    (
        "password_notice_days",
        "passwordNotificationWindowInDays of every domain.",
    ),
    (
        "premium",
        "False: the tenant lacks Entra ID P1, so logs and the registration report are refused.",
    ),
    (
        "report_lag_s",
        "How old the registration report is, in seconds.",
    ),
    (
        "log_lag_s",
        "After how many seconds sign-ins and changes are in the logs.",
    ),
    (
        "batch_in_order",
        "True: a batch answers its parts in the order asked; false: in another.",
    ),
    (
        "authenticator_limit",
        "Authenticator entries a person may have.",
    ),
    (
        "device_quota",
        "Devices a person may have registered or joined.",
    ),
    (
        "tap_listed_s",
        "How long Graph goes on listing a pass that expired, in seconds.",
    ),
    (
        "phone_setup",
        "What the simulated app sets up for a fresh account: phone_sign_in (thirteen rows) or passkey.",
    ),
    (
        "phone_notifications",
        "Notifications on the phone: shown, missed (they come up when the app looks for them) or lost.",
    ),
    (
        "phone_refusal",
        "What the phone meets with: none, phone_too_old, app_too_old, modified_phone, web_setup, screen_lock, \
         location, approved_app, device_limit, already_registered, authenticator_limit, phone_sign_in_off, passkey_off.",
    ),
    (
        "phone_refusal_times",
        "How often phone_refusal strikes before it is none again; 0: until it is changed.",
    ),
    (
        "password_asked_again",
        "Somebody with phone sign-in is asked for the password where the last sign-in used it.",
    ),
];

/// Every switch's name and meaning.
fn meanings() -> impl Iterator<Item = &'static (&'static str, &'static str)> {
    MEANINGS
        .iter()
        .chain(sign_in::MEANINGS)
        .chain(time::MEANINGS)
        .chain(proof::MEANINGS)
        .chain(mail::MEANINGS)
        .chain(devices::MEANINGS)
}

impl Flags {
    /// Every switch with its value and meaning, for the control interface.
    pub(crate) fn listed(&self) -> Vec<Value> {
        let values = self.as_map();
        let listed = meanings().map(
            |(name, meaning)| json!({"name": name, "value": values.get(*name), "meaning": meaning}),
        );
        listed.collect()
    }

    /// These switches with `changes` made, or why they are refused; nothing changes then.
    pub(crate) fn changed(&self, changes: &Map<String, Value>) -> Result<Self, String> {
        let mut map = self.as_map();
        for (name, value) in changes {
            if !map.contains_key(name) {
                return Err(format!("there is no switch named {name}"));
            }
            // 400 and 409 are natural to write as numbers.
            let value = if name == "second_tap" && value.is_number() {
                json!(value.to_string())
            } else {
                value.clone()
            };
            map.insert(name.clone(), value);
        }
        let changed: Self =
            serde_json::from_value(Value::Object(map)).map_err(|e| e.to_string())?;
        changed.checked()
    }

    fn checked(self) -> Result<Self, String> {
        let lifetimes = 10..=43_200;
        if !lifetimes.contains(&self.tap_policy_min) || !lifetimes.contains(&self.tap_policy_max) {
            return Err("pass lifetimes lie between 10 and 43200 minutes".to_owned());
        }
        if !(self.tap_policy_min..=self.tap_policy_max).contains(&self.tap_policy_default) {
            return Err(
                "tap_policy_default must lie between tap_policy_min and tap_policy_max".to_owned(),
            );
        }
        if !(8..=48).contains(&self.tap_policy_length) {
            return Err("tap_policy_length lies between 8 and 48".to_owned());
        }
        match self.time.refused() {
            Some(why) => Err(why),
            None => Ok(self),
        }
    }

    fn as_map(&self) -> Map<String, Value> {
        match serde_json::to_value(self) {
            Ok(Value::Object(map)) => map,
            Ok(_) | Err(_) => Map::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_switch_says_what_it_means() {
        let flags = Flags::default();
        let mut named: Vec<_> = meanings().map(|(name, _)| (*name).to_owned()).collect();
        let mut held: Vec<_> = flags.as_map().keys().cloned().collect();
        named.sort();
        held.sort();
        assert_eq!(named, held);
    }

    #[test]
    fn an_impossible_value_changes_nothing() {
        let flags = Flags::default();
        for changes in [
            json!({"tap_policy_min": 5}),
            json!({"tap_policy_default": 481}),
            json!({"second_tap": "sometimes"}),
            json!({"no_such_switch": true}),
        ] {
            let changes = changes.as_object().cloned().unwrap();
            assert!(flags.changed(&changes).is_err(), "{changes:?}");
        }
        let numbers = json!({"second_tap": 409}).as_object().cloned().unwrap();
        assert_eq!(
            flags.changed(&numbers).unwrap().second_tap,
            SecondTap::Conflict
        );
    }
}
