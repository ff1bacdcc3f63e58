//! What follows the registration: the sign-in test, and what becomes of passwords.

use onboarding::{NeedsProof, PasswordRules, PasswordWay, ProofSources, Words};
use schemars::JsonSchema;
use serde::Deserialize;

use super::change::{self, LENGTH};
use super::site::{LONG, words};
use super::wrong::Wrong;
use super::{Config, Redirect, ScopesName};

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
    /// Characters of a new password that nobody is to know: 16 to 127.
    pub length: u32,
    /// With `reset` a change at the next sign-in is left behind, and whether that meets a sign-in without password differs from tenant to tenant: `true` accepts it, and another test follows each reset.
    pub accept_must_change: bool,
    /// End every session of the person, in every app, once the password was changed.
    pub revoke_sessions: bool,
    /// People synchronised from on premises may join too, though the directory does not say where their passwords are checked.
    pub pass_through: bool,
    /// What is asked about Windows; `{org}` stands for site.name. At most 120 characters.
    pub windows_question: Words,
    /// Other places where a password may be used; any yes keeps it. At most 8 lines of up to 120 characters.
    pub other_uses: Vec<Words>,
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

/// What the station needs for a sign-in test of its own.
#[derive(Clone, Debug)]
pub struct TestSetup {
    pub app: entra::AppRegistration,
    /// None is whichever is found.
    pub browser: Option<Vec<String>>,
    pub context: Option<String>,
}

/// Whose passwords are taken out of use, and the roll of those whose passwords are changed for them.
#[derive(Clone, Debug)]
pub struct RollSetup {
    /// None where nobody joins a roll.
    pub group: Option<String>,
    pub never: Vec<String>,
    pub pass_through: bool,
}

/// The right to read the sign-in log.
pub(super) const LOG_SCOPE: &str = "AuditLog.Read.All";

/// The right to take the rule of age away.
pub(super) const EXPIRY_SCOPE: &str = "User.ReadWrite.All";

const ORGANISATION: &str = "{org}";
const USES: usize = 8;
const QUESTION_JA: &str = "{org}が用意・管理するパソコン (Windows) に、サインインすることがありますか。パスワード、PIN、顔、指紋のどれでも「あります」です";
const QUESTION_EN: &str = "Do you ever sign in to a Windows computer that {org} provides or manages, by password, PIN, face or fingerprint?";

impl Default for Passwords {
    fn default() -> Self {
        Self {
            way: None,
            group: None,
            needs_proof: ProofName::Seen,
            never: Vec::new(),
            never_expires: false,
            length: LENGTH,
            accept_must_change: false,
            revoke_sessions: false,
            pass_through: false,
            windows_question: question(),
            other_uses: Vec::new(),
        }
    }
}

fn question() -> Words {
    let of = |code: &str| match code {
        "ja" => Some(QUESTION_JA.to_owned()),
        _ => Some(QUESTION_EN.to_owned()),
    };
    Words::of(of).unwrap_or_else(|_| Words::same(QUESTION_EN))
}

impl Config {
    pub(super) fn way(&self) -> WayName {
        let by_group = match self.passwords.group {
            Some(_) => WayName::Roll,
            None => WayName::Off,
        };
        self.passwords.way.unwrap_or(by_group)
    }

    pub(super) fn password_rules(&self) -> PasswordRules {
        let section = &self.passwords;
        let named = |code: &str| {
            let text = |words: &Words| {
                let of = |(of, text): (&'static str, &str)| (of == code).then(|| text.to_owned());
                words.iter().find_map(of)
            };
            let question = text(&section.windows_question)?;
            let name = text(&self.site.name).unwrap_or_default();
            Some(question.replace(ORGANISATION, &name))
        };
        PasswordRules {
            way: match self.way() {
                WayName::Off => PasswordWay::Off,
                WayName::Roll => PasswordWay::Roll,
                WayName::Patch => PasswordWay::Patch,
                WayName::Reset => PasswordWay::Reset,
            },
            roll: section.group.is_some(),
            needs_proof: match section.needs_proof {
                ProofName::Token => NeedsProof::Token,
                ProofName::Seen => NeedsProof::Seen,
                ProofName::Word => NeedsProof::Word,
            },
            windows_question: Words::of(named).unwrap_or_else(|_| section.windows_question.clone()),
            never_expires: section.never_expires,
            other_uses: section.other_uses.clone(),
        }
    }

    pub(super) fn proof_sources(&self) -> ProofSources {
        ProofSources {
            last_used: self.test.last_used,
            log: self.test.sign_in_log,
        }
    }

    pub(super) fn test_setup(&self) -> Option<TestSetup> {
        let client_id = self.test.client_id.clone()?;
        Some(TestSetup {
            app: entra::AppRegistration {
                tenant: self.tenant.id.clone(),
                client_id,
                scopes: Vec::new(),
                redirect_host: match self.sign_in.redirect {
                    Redirect::Localhost => entra::RedirectHost::Localhost,
                    Redirect::Loopback => entra::RedirectHost::Loopback,
                },
                refresh: false,
                prompt: entra::Prompt::Login,
            },
            browser: (!self.test.browser.is_empty()).then(|| self.test.browser.clone()),
            context: self.test.context.clone(),
        })
    }

    pub(super) fn roll_setup(&self) -> Option<RollSetup> {
        (self.way() != WayName::Off).then(|| RollSetup {
            group: self.passwords.group.clone(),
            never: self.passwords.never.clone(),
            pass_through: self.passwords.pass_through,
        })
    }
}

pub(super) fn check(config: &Config, wrong: &mut Wrong<'_>) {
    let (test, passwords) = (&config.test, &config.passwords);
    let mut guid = |key: &str, value: &String| {
        if uuid::Uuid::try_parse(value).is_err() || value.len() != 36 {
            wrong.add(
                key,
                "a GUID like 00000000-0000-0000-0000-000000000000 is needed",
            );
        }
    };
    test.client_id
        .iter()
        .for_each(|id| guid("test.client_id", id));
    passwords
        .group
        .iter()
        .for_each(|id| guid("passwords.group", id));
    passwords
        .never
        .iter()
        .for_each(|id| guid("passwords.never", id));
    if test.client_id.as_ref() == Some(&config.tenant.client_id) {
        wrong.add(
            "test.client_id",
            "the test needs a registration of its own, without any right on the directory",
        );
    }
    if test
        .context
        .as_ref()
        .is_some_and(|context| entra::ClaimsChallenge::of_context(context).is_none())
    {
        wrong.add("test.context", "allowed: c1 to c99");
    }
    if test.last_used && config.live_check.scopes == ScopesName::Narrow {
        wrong.add(
            "test.last_used",
            "reads the whole list of methods, which live_check.scopes = \"narrow\" does not permit",
        );
    }
    let asks = test.last_used || test.sign_in_log;
    let needs_station = test.client_id.is_none()
        && match passwords.needs_proof {
            ProofName::Token => true,
            ProofName::Seen => !asks,
            ProofName::Word => false,
        };
    expiry(config, wrong);
    if config.way() != WayName::Off {
        way(config, needs_station, wrong);
    }
    change::check(config, wrong);
    for text in passwords.windows_question.iter() {
        if let Err(what) = words(text.1, LONG) {
            wrong.add(&format!("passwords.windows_question.{}", text.0), what);
        }
    }
    if passwords.other_uses.len() > USES {
        wrong.add("passwords.other_uses", format!("allowed: at most {USES}"));
    }
    for (place, text) in passwords.other_uses.iter().enumerate() {
        for what in text.iter().filter_map(|(_, text)| words(text, LONG).err()) {
            wrong.add_member("passwords.other_uses", place, what);
        }
    }
}

/// A password that is taken out of use is changed by somebody, or need not be.
fn expiry(config: &Config, wrong: &mut Wrong<'_>) {
    let passwords = &config.passwords;
    match config.way() {
        WayName::Off if passwords.never_expires => wrong.add(
            "passwords.never_expires",
            "only where passwords are taken out of use: passwords.way is \"off\"",
        ),
        WayName::Roll | WayName::Patch | WayName::Reset
            if passwords.group.is_none() && !passwords.never_expires =>
        {
            wrong.add(
            "passwords.way",
            "give passwords.group, or passwords.never_expires = true: else the three-month change goes on and nobody knows the password",
            );
        }
        WayName::Off | WayName::Roll | WayName::Patch | WayName::Reset => {}
    }
}

/// Who takes passwords out of use says by what the first change is not the last, and what people do who need help.
fn way(config: &Config, needs_station: bool, wrong: &mut Wrong<'_>) {
    if config.passwords.group.is_none() && config.way() == WayName::Roll {
        wrong.add("passwords.group", "needed when passwords.way is \"roll\"");
    }
    if needs_station {
        wrong.add(
            "passwords.needs_proof",
            "a test on the phone alone does not show this much: give test.client_id, for \"seen\" test.last_used or test.sign_in_log, or \"word\" here",
        );
    }
    if config.passwords.needs_proof == ProofName::Token && config.test.context.is_none() {
        wrong.add(
            "test.context",
            "needed when passwords.needs_proof is \"token\"",
        );
    }
    for (key, value) in [
        ("site.help_hours", &config.site.help_hours),
        ("site.after_hours", &config.site.after_hours),
    ] {
        if value.is_none() {
            wrong.add(
                key,
                "needed when passwords are taken out of use: the closing card says it",
            );
        }
    }
}
