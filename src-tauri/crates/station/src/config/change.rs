//! Another password that the counter sets itself: which right that takes, and what is needed beside it.

use super::Config;
use super::after_form::WayName;
use super::wrong::Wrong;

/// Every right that taking passwords out of use may want: without it everything else works.
pub(super) const OPTIONAL_SCOPES: [&str; 5] = [ROLL, DOMAINS, PROFILE, RESET, SESSIONS];

const ROLL: &str = "GroupMember.ReadWrite.All";
const DOMAINS: &str = "Domain.Read.All";
const PROFILE: &str = "User-PasswordProfile.ReadWrite.All";
const RESET: &str = "UserAuthMethod-Password.ReadWrite.All";
const SESSIONS: &str = "User.RevokeSessions.All";

/// By which request a password is changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeWay {
    /// The person's profile, without a change at the next sign-in.
    Profile,
    /// A reset, always with one.
    Reset,
}

/// How the counter sets another password.
#[derive(Clone, Copy, Debug)]
pub struct ChangeSetup {
    pub way: ChangeWay,
    /// In characters.
    pub length: usize,
    /// Every session of the person ends afterwards.
    pub revoke_sessions: bool,
    /// When whoever signs in for the synchronised people changes a password.
    pub ages: PasswordAges,
}

/// Days in the life of a password of somebody synchronised from on premises.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PasswordAges {
    pub every: u32,
    pub max: u32,
    pub notice: u32,
}

impl Config {
    pub(super) fn change_setup(&self) -> Option<ChangeSetup> {
        let way = match self.way() {
            WayName::Off | WayName::Roll => return None,
            WayName::Patch => ChangeWay::Profile,
            WayName::Reset => ChangeWay::Reset,
        };
        Some(ChangeSetup {
            way,
            length: usize::try_from(self.passwords.length).unwrap_or(usize::MAX),
            revoke_sessions: self.passwords.revoke_sessions,
            ages: PasswordAges {
                every: self.passwords.every_days,
                max: self.passwords.max_age_days,
                notice: self.passwords.notice_days,
            },
        })
    }

    /// What the site's way wants of the directory, and nothing else.
    pub(super) fn password_scopes(&self) -> Vec<&'static str> {
        let way = match self.way() {
            WayName::Off => return Vec::new(),
            WayName::Roll => None,
            WayName::Patch => Some(PROFILE),
            WayName::Reset => Some(RESET),
        };
        let roll = self.passwords.group.as_ref().map(|_| ROLL);
        let ends = way.is_some() && self.passwords.revoke_sessions;
        let sessions = ends.then_some(SESSIONS);
        roll.into_iter()
            .chain([DOMAINS])
            .chain(way)
            .chain(sessions)
            .collect()
    }
}

pub(super) fn check(config: &Config, wrong: &mut Wrong<'_>) {
    let passwords = &config.passwords;
    wrong.range("passwords.length", passwords.length, 16, 127);
    wrong.range("passwords.every_days", passwords.every_days, 1, 365);
    wrong.range("passwords.max_age_days", passwords.max_age_days, 2, 730);
    wrong.range("passwords.notice_days", passwords.notice_days, 0, 90);
    if config.way() == WayName::Reset && passwords.every_days >= passwords.max_age_days {
        let [every, max] = [passwords.every_days, passwords.max_age_days];
        let words = format!("{every} is not less than passwords.max_age_days, which is {max}");
        wrong.add("passwords.every_days", words);
    }
    if config.way() == WayName::Reset && !passwords.accept_must_change {
        wrong.add(
            "passwords.accept_must_change",
            "a reset leaves a change at the next sign-in behind, and nobody can say beforehand whether your tenant then asks people with a phone for the password: true accepts that, and another test follows each reset",
        );
    }
}
