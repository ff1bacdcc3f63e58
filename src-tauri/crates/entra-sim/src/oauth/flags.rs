//! The behaviour flags of the sign-in service.

use serde::{Deserialize, Serialize};

use crate::oauth::refusals::set::SetRefusals;

/// Where somebody learns of a refusal by policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum RefusalTo {
    Page,
    Client,
}

/// What happens to scopes nobody consented to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Consent {
    /// They are left out of the token.
    LeftOut,
    /// A page asks for them; silently they are refused.
    Asked,
}

/// What Conditional Access says to the device code flow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum DeviceCodeFlow {
    Allowed,
    Blocked,
    DeviceRequired,
}

/// What the rule behind an authentication context asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ContextStrength {
    /// There is no rule: the context counts as met by everybody.
    None,
    /// More than a password.
    Mfa,
    /// A strength of phone sign-in and passkeys alone: neither a password with a number nor a pass is enough.
    Passwordless,
}

/// Whether the pages offer to set up a passkey after a sign-in with more than a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum PasskeyOffer {
    Never,
    /// It can be skipped each time.
    Skippable,
    /// Nobody goes on without one.
    Enforced,
}

/// Which passwords that are due are asked for after a sign-in without one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum DuePassword {
    None,
    /// One somebody else has set.
    SetByOthers,
    /// That, and one that has expired.
    Expired,
}

/// Flags of the sign-in service with their present values.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct SignInFlags {
    pub(crate) microsoft_clients: bool,
    pub(crate) sign_in_refusals: SetRefusals,
    pub(crate) policy_refusal_to: RefusalTo,
    pub(crate) lockout_threshold: u32,
    pub(crate) lockout_s: u32,
    pub(crate) mfa_required: bool,
    pub(crate) consent: Consent,
    pub(crate) user_consent: bool,
    pub(crate) kmsi_page: bool,
    pub(crate) device_code_flow: DeviceCodeFlow,
    pub(crate) device_code_life_s: u32,
    pub(crate) device_code_interval_s: u32,
    pub(crate) sign_in_frequency_s: u32,
    pub(crate) loop_limit: u32,
    pub(crate) step_up_context: String,
    pub(crate) cae_token_life_s: u32,
    pub(crate) roles_count_at_once: bool,
    pub(crate) pkce_of_confidential: bool,
    pub(crate) tap_prompted_s: u32,
    pub(crate) pending_request_hides_app: bool,
    pub(crate) phone_request_life_s: u32,
    pub(crate) context_strength: ContextStrength,
    pub(crate) password_first: bool,
    pub(crate) passkey_offer: PasskeyOffer,
    pub(crate) passkey_mfa_s: u32,
    pub(crate) guest_passkeys: bool,
    pub(crate) must_change_meets_phone: DuePassword,
}

impl Default for SignInFlags {
    fn default() -> Self {
        Self {
            microsoft_clients: false,
            sign_in_refusals: SetRefusals::default(),
            policy_refusal_to: RefusalTo::Page,
            lockout_threshold: 10,
            lockout_s: 60,
            mfa_required: false,
            consent: Consent::LeftOut,
            user_consent: true,
            kmsi_page: false,
            device_code_flow: DeviceCodeFlow::Allowed,
            device_code_life_s: 900,
            device_code_interval_s: 5,
            sign_in_frequency_s: 0,
            loop_limit: 0,
            step_up_context: String::new(),
            cae_token_life_s: 0,
            roles_count_at_once: false,
            pkce_of_confidential: true,
            tap_prompted_s: 2_592_000,
            pending_request_hides_app: false,
            phone_request_life_s: 300,
            context_strength: ContextStrength::Mfa,
            password_first: false,
            passkey_offer: PasskeyOffer::Never,
            passkey_mfa_s: 300,
            guest_passkeys: false,
            must_change_meets_phone: DuePassword::None,
        }
    }
}

/// What each of them means.
pub(crate) const MEANINGS: &[(&str, &str)] = &[
    (
        "microsoft_clients",
        "Microsoft's well-known public clients (Graph PowerShell, Azure CLI, Azure PowerShell) are known here.",
    ),
    (
        "sign_in_refusals",
        "AADSTS numbers sign-ins end with, by spaces: \"53003\" for everybody, \"name@domain:50055\" for one person.",
    ),
    (
        "policy_refusal_to",
        "Who hears of a refusal by policy after the proof: the person on a \"page\", or the \"client\" at its redirect address.",
    ),
    (
        "lockout_threshold",
        "Wrong passwords in a row that lock an account (50053); 0: never.",
    ),
    ("lockout_s", "How long such a lock lasts, in seconds."),
    (
        "mfa_required",
        "A password alone is not enough: Authenticator is asked for as well.",
    ),
    (
        "consent",
        "Scopes nobody consented to are \"left_out\" of the token, or \"asked\" for on a page and refused silently (65001).",
    ),
    (
        "user_consent",
        "False: nobody but administrators may consent (90094).",
    ),
    ("kmsi_page", "\"Stay signed in?\" is asked after the proof."),
    (
        "device_code_flow",
        "Conditional Access: \"allowed\", \"blocked\" (53003) or \"device_required\" (530033).",
    ),
    (
        "device_code_life_s",
        "How long a device code lasts, in seconds.",
    ),
    (
        "device_code_interval_s",
        "Seconds a client has to wait between two polls; sooner is slow_down and five seconds more.",
    ),
    (
        "sign_in_frequency_s",
        "Conditional Access: a sign-in older than this is no longer good (70043); 0: never.",
    ),
    (
        "loop_limit",
        "Refreshes of one person and client within five minutes that are a loop (50196); 0: never.",
    ),
    (
        "step_up_context",
        "Authentication context Graph demands of every token, such as \"c1\"; empty: none.",
    ),
    (
        "cae_token_life_s",
        "Life of access tokens for clients that declared cp1 (the real ones last up to 28 hours); 0: as all others.",
    ),
    (
        "roles_count_at_once",
        "True: a directory role counts from the moment it is active, whatever the token says. Else a token holds the roles of when it was given, and one that came later counts with the next.",
    ),
    (
        "pkce_of_confidential",
        "True: confidential clients need PKCE as well; Entra only checks it where it is used.",
    ),
    (
        "tap_prompted_s",
        "How long the pages go on asking for a pass that expired, in seconds.",
    ),
    (
        "pending_request_hides_app",
        "While a request waits unanswered on the phone, another sign-in asks for the password and does not offer the app.",
    ),
    (
        "phone_request_life_s",
        "How long a request waits on the phone before it counts as refused, in seconds.",
    ),
    (
        "context_strength",
        "What the rule behind every authentication context asks for: \"none\" (no rule, so acrs comes whatever was used), \
         \"mfa\" or \"passwordless\" (phone sign-in or passkey alone).",
    ),
    (
        "password_first",
        "Somebody with phone sign-in is always asked for the password first and can turn to the app.",
    ),
    (
        "passkey_offer",
        "After a sign-in with more than a password the pages offer to set up a passkey: \"never\", \"skippable\" (each \
         time, with a way past it) or \"enforced\" (without one).",
    ),
    (
        "passkey_mfa_s",
        "Seconds after a sign-in in which a passkey can be registered with it.",
    ),
    (
        "guest_passkeys",
        "Internal guests may register a passkey, which is planned and not so yet.",
    ),
    (
        "must_change_meets_phone",
        "Whether a password that is to be changed is asked for after phone sign-in too: \"none\", \"set_by_others\", or \
         \"expired\" (both kinds).",
    ),
];
