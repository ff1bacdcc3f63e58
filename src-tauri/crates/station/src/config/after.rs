//! What follows the registration: the sign-in test, and what becomes of passwords.

use std::path::Path;

use onboarding::{NeedsProof, PasswordRules, PasswordWay, ProofSources, RunSource};

use super::after_form::{ProofName, WayName, named};
use super::change;
use super::site::{LONG, words};
use super::wrong::Wrong;
use super::{Config, Redirect, ScopesName};

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

const USES: usize = 8;

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
        let name = &self.site.name;
        let also = section.vdi_counts.then_some(&section.vdi_question);
        PasswordRules {
            way: match self.way() {
                WayName::Off => PasswordWay::Off,
                WayName::Roll => PasswordWay::Roll,
                WayName::Patch => PasswordWay::Patch,
                WayName::Reset => PasswordWay::Reset,
            },
            roll: section.group.clone(),
            needs_proof: match section.needs_proof {
                ProofName::Token => NeedsProof::Token,
                ProofName::Seen => NeedsProof::Seen,
                ProofName::Word => NeedsProof::Word,
            },
            windows_question: named(&section.windows_question, name),
            windows_also: also.map(|words| named(words, name)),
            never_expires: section.never_expires,
            last_run: self.last_run().map(|_| RunSource::File),
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

    /// Nobody is on a roll where there is none.
    pub(super) fn last_run(&self) -> Option<&Path> {
        let on_a_roll = self.way() != WayName::Off && self.passwords.group.is_some();
        let file = self.passwords.last_run.as_deref();
        file.filter(|_| on_a_roll)
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
    last_run(config, wrong);
    questions(config, wrong);
}

/// What is asked fits on a screen.
fn questions(config: &Config, wrong: &mut Wrong<'_>) {
    let passwords = &config.passwords;
    for (key, question) in [
        ("windows_question", &passwords.windows_question),
        ("vdi_question", &passwords.vdi_question),
    ] {
        for (lang, text) in question.iter() {
            if let Err(what) = words(text, LONG) {
                wrong.add(&format!("passwords.{key}.{lang}"), what);
            }
        }
    }
    for (key, said) in passwords.says.each() {
        for (lang, text) in said.iter().flat_map(|said| said.iter()) {
            if let Err(what) = words(text, LONG) {
                wrong.add(&format!("passwords.says.{key}.{lang}"), what);
            }
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
    let off = config.way() == WayName::Off;
    if off && passwords.never_expires {
        wrong.add(
            "passwords.never_expires",
            "only where passwords are taken out of use: passwords.way is \"off\"",
        );
    }
    if !off && passwords.group.is_none() && !passwords.never_expires {
        wrong.add(
            "passwords.way",
            "give passwords.group, or passwords.never_expires = true: else the three-month change goes on and nobody knows the password",
        );
    }
}

/// The job that writes it changes the passwords of a group.
fn last_run(config: &Config, wrong: &mut Wrong<'_>) {
    const KEY: &str = "passwords.last_run";
    let Some(file) = &config.passwords.last_run else {
        return;
    };
    if config.last_run().is_none() {
        wrong.add(
            KEY,
            "only where people join passwords.group, whose passwords a job changes",
        );
    }
    if !file.is_absolute() {
        wrong.add(
            KEY,
            "an absolute path is needed, like /srv/madoguchi/last-run.json",
        );
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
