//! The form of `[test]` and `[passwords]`.

use std::path::PathBuf;

use onboarding::Words;
use schemars::JsonSchema;
use serde::Deserialize;

use super::says::Says;

/// Characters of a password that nobody types.
const LENGTH: u32 = 64;
const ORGANISATION: &str = "{org}";
const QUESTION_JA: &str = "{org}が用意《ようい》・管理《かんり》するパソコン (Windows) に、サインインすることがありますか。パスワード、PIN、顔《かお》、指紋《しもん》のどれでも「あります」です";
const QUESTION_EN: &str = "Do you ever sign in to a Windows computer that {org} provides or manages, by password, PIN, face or fingerprint?";
const VDI_JA: &str =
    "リモート デスクトップや仮想《かそう》の Windows (VDI) も数《かず》に入《はい》ります。";
const VDI_EN: &str = "Remote and virtual Windows (VDI) count as well.";

/// The sign-in a person tries once the registration is there.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct SignInTest {
    /// Application (client) ID of a second app registration without any right: with it the sign-in is tried at the station, in a browser that ends with the test; without it on the person's phone.
    pub client_id: Option<String>,
    /// That browser as an argument vector; `{profile}` stands for a folder that is thrown away, `{url}` for the address, `{x}`, `{y}`, `{width}` and `{height}` for where its window is wanted. Empty: Edge, Chrome, Chromium or Firefox, whichever is found.
    pub browser: Vec<String>,
    /// An authentication context (`c1` to `c99`) whose rule accepts no password: the service itself then proves that none was used.
    pub context: Option<String>,
    /// Asks after a test that passed when the person's new entry and the password were last used. Only beta tells; it may be missing, late or gone, and nothing needs it.
    pub last_used: bool,
    /// Asks the sign-in log after a test that passed, for up to 15 minutes; takes AuditLog.Read.All, a role that reads logs, and Entra ID P1. How the sign-in began stands below beta alone: without it the log proves nothing.
    pub sign_in_log: bool,
}

/// When a password is taken out of use, and how.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Passwords {
    /// `off`; `roll`: the person joins `group`, whose passwords an unattended job changes; `patch`: the counter changes it at once by the person's profile (people of the cloud alone; the operator is User Administrator or above); `reset`: it does so by a reset, after which the password is to be changed at the next sign-in (the operator is Authentication Administrator; synchronised people too). Without it: `roll` where a group is given.
    pub way: Option<WayName>,
    /// Object ID of the security group.
    pub group: Option<String>,
    /// What must have been shown first: `token` (the service's own word), `seen` (a sign-in at the station that the operator saw, or what test.last_used or test.sign_in_log brings) or `word` (what the person says of the phone).
    pub needs_proof: ProofName,
    /// Object IDs of people and groups whose passwords are never taken out of use: emergency, service, shared and room accounts.
    pub never: Vec<String>,
    /// Takes the rule of age away from a password once it is out of use, and reads that back: the three-month change is then no longer needed. Takes User.ReadWrite.All and a role that may change the person.
    pub never_expires: bool,
    /// The file in which that unattended job writes how its last run ended: an absolute path, on a share for instance. Only with a run of the last two days are people told that the password changes by itself.
    pub last_run: Option<PathBuf>,
    /// Characters of a new password that nobody is to know: 16 to 127.
    pub length: u32,
    /// With `reset`, for `madoguchictl passwords rotate --sign-in`: the age in days at which the password of somebody synchronised from on premises is changed, 1 to 365.
    pub every_days: u32,
    /// How old, in days, the policy on premises lets a password get, which no cloud tells: 2 to 730.
    pub max_age_days: u32,
    /// How many days before its end people are told, on premises: 0 to 90.
    pub notice_days: u32,
    /// With `reset` a change at the next sign-in is left behind, and whether that meets a sign-in without password differs from tenant to tenant: `true` accepts it, and another test follows each reset.
    pub accept_must_change: bool,
    /// End every session of the person, in every app, once the password was changed.
    pub revoke_sessions: bool,
    /// People synchronised from on premises may join too, though the directory does not say where their passwords are checked.
    pub pass_through: bool,
    /// What is asked about Windows; `{org}` stands for site.name. At most 120 characters.
    pub windows_question: Words,
    /// Remote and virtual Windows count as well, which the question then says.
    pub vdi_counts: bool,
    /// How it says so. At most 120 characters.
    pub vdi_question: Words,
    /// Other places where a password may be used; any yes keeps it. At most 8 lines of up to 120 characters.
    pub other_uses: Vec<Words>,
    /// What people are told of it, in the place of the built-in sentences.
    pub says: Says,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum WayName {
    Off,
    Roll,
    Patch,
    Reset,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ProofName {
    Token,
    Seen,
    Word,
}

impl Default for Passwords {
    fn default() -> Self {
        Self {
            way: None,
            group: None,
            needs_proof: ProofName::Seen,
            never: Vec::new(),
            never_expires: false,
            last_run: None,
            length: LENGTH,
            every_days: 60,
            max_age_days: 90,
            notice_days: 14,
            accept_must_change: false,
            revoke_sessions: false,
            pass_through: false,
            windows_question: built_in(QUESTION_JA, QUESTION_EN),
            vdi_counts: false,
            vdi_question: built_in(VDI_JA, VDI_EN),
            other_uses: Vec::new(),
            says: Says::default(),
        }
    }
}

fn built_in(ja: &str, en: &str) -> Words {
    let of = |code: &str| match code {
        "ja" => Some(ja.to_owned()),
        _ => Some(en.to_owned()),
    };
    Words::of(of).unwrap_or_else(|_| Words::same(en))
}

/// The site's words with its name in them.
pub(super) fn named(words: &Words, name: &Words) -> Words {
    let of = |code: &str| {
        let text = |words: &Words| {
            let of = |(of, text): (&'static str, &str)| (of == code).then(|| text.to_owned());
            words.iter().find_map(of)
        };
        Some(text(words)?.replace(ORGANISATION, &text(name).unwrap_or_default()))
    };
    Words::of(of).unwrap_or_else(|_| words.clone())
}
