//! After the sign-in: of every right and rule that this site's features need, whether it is there, and what does not
//! work without it. A role that is not seen may be a custom one, or one for a unit alone: nobody can tell of it.

mod limits;
mod removing;

use super::{Desk, Session};
use crate::effect::{AfterEffect, Effect, EffectId};
use crate::last_run::{LastRun, NoRun};
use crate::person::directory::{MayIssue, Operator, TenantRules};
use crate::policy::{DoneLight, Policy, Scopes};
use crate::retirement::PasswordWay;
use crate::time::{Now, ServiceTime};
use crate::trouble::Message;
use crate::view::{Readiness, ReadinessLine};

const GLOBAL_ADMINISTRATOR: &str = "62e90394-69f5-4237-9190-012177145e10";
const GLOBAL_READER: &str = "f2ef992c-3afb-46b9-b7cf-a126ee74c451";
const SECURITY_READER: &str = "5d6b6bb7-de71-4623-b4af-96380a352509";
const SECURITY_OPERATOR: &str = "5f2222b1-57c3-48ba-8ad5-d4759f1fde6f";
const SECURITY_ADMINISTRATOR: &str = "194ae4cb-b126-40b2-bd5b-6091b380977d";
const REPORTS_READER: &str = "4a5d8f65-41da-4de4-8968-e035b65339cf";
const CONDITIONAL_ACCESS_ADMINISTRATOR: &str = "b1be1c3e-b65d-4f19-8427-f6fa0d97feb9";
const USER_ADMINISTRATOR: &str = "fe930be7-5e62-47db-91af-98c3a49a38b1";
const GROUPS_ADMINISTRATOR: &str = "fdd7a751-b60b-444a-984c-02652fe8fa1c";
const AUTHENTICATION_ADMINISTRATOR: &str = "c4e39bd9-1100-46d3-8c65-fb160da0071f";
const PRIVILEGED_AUTHENTICATION_ADMINISTRATOR: &str = "7be44c8a-adaf-4e2a-84d6-ab2649e08a13";

impl Desk {
    /// Asked at the sign-in, so that the operator hears it before anybody comes.
    pub(super) fn read_last_run(&mut self) -> Option<EffectId> {
        let source = self.policy.passwords.last_run?;
        let effect = Effect::After(AfterEffect::ReadLastRun { source });
        Some(self.effects.push(None, effect))
    }

    /// What a visit learns, the next operator's screen says, too.
    pub(super) fn on_last_run(&mut self, id: EffectId, run: LastRun) {
        if let Session::SignedIn(signed_in) = &mut self.session {
            signed_in.last_run_effect.take_if(|effect| *effect == id);
            signed_in.last_run = Some(run);
        }
    }

    pub(super) fn readiness(&self, now: Now) -> Vec<ReadinessLine> {
        let Session::SignedIn(signed_in) = &self.session else {
            return Vec::new();
        };
        let asked = [
            signed_in.policy_effect,
            signed_in.passkeys_effect,
            signed_in.last_run_effect,
        ];
        if asked.iter().any(Option::is_some) {
            return Vec::new();
        }
        let needs = Needs {
            operator: &signed_in.operator,
            rules: &signed_in.rules,
            passkeys: signed_in.passkeys.as_ref().and_then(|rules| rules.enabled),
            policy: &self.policy,
            last_run: signed_in.last_run,
            now: now.service,
        };
        let mut lines = needs.of_every_visit();
        lines.extend(needs.of_the_tenant());
        lines.extend(needs.of_the_test());
        lines.extend(needs.of_passwords());
        lines.extend(needs.of_removing());
        lines.extend(needs.of_limits());
        lines
    }
}

struct Needs<'a> {
    operator: &'a Operator,
    rules: &'a TenantRules,
    /// Whether the tenant has passkeys switched on.
    passkeys: Option<bool>,
    policy: &'a Policy,
    last_run: Option<LastRun>,
    now: ServiceTime,
}

impl Needs<'_> {
    fn of_every_visit(&self) -> Vec<ReadinessLine> {
        let methods = match self.policy.scopes {
            Scopes::Wide => self.holds(&[
                "UserAuthenticationMethod.Read.All",
                "UserAuthenticationMethod.ReadWrite.All",
            ]),
            Scopes::Narrow => {
                self.holds(&[
                    "UserAuthMethod-MicrosoftAuthApp.Read.All",
                    "UserAuthMethod-MicrosoftAuthApp.ReadWrite.All",
                ]) && self.holds(&[
                    "UserAuthMethod-Passkey.Read.All",
                    "UserAuthMethod-Passkey.ReadWrite.All",
                ])
            }
        };
        let role = match self.operator.may_issue {
            MayIssue::Yes | MayIssue::YesForAdmins => there("op-ready-role"),
            MayIssue::CannotTell => unsure("op-ready-role", "op-ready-role-unsure"),
        };
        let issuing = self.holds(&[
            "UserAuthMethod-TAP.ReadWrite.All",
            "UserAuthenticationMethod.ReadWrite.All",
        ]);
        let finding = self.holds(&[
            "User.Read.All",
            "User.ReadWrite.All",
            "Directory.Read.All",
            "Directory.ReadWrite.All",
            "Directory.AccessAsUser.All",
        ]);
        vec![
            role,
            right("op-ready-issuing", issuing, "op-ready-issuing-missing"),
            right("op-ready-methods", methods, "op-ready-methods-missing"),
            right("op-ready-finding", finding, "op-ready-finding-missing"),
        ]
    }

    fn of_the_tenant(&self) -> Vec<ReadinessLine> {
        let mut lines = vec![self.pass_policy()];
        if self.policy.done != DoneLight::Passkey {
            let what = "op-ready-phone-sign-in";
            lines.push(match self.rules.phone_sign_in {
                Some(true) => there(what),
                Some(false) => missing(what, Message::new("op-ready-phone-sign-in-missing")),
                None => unsure(what, "op-ready-policy-unsure"),
            });
        }
        if self.policy.done != DoneLight::PhoneSignIn {
            let what = "op-ready-passkeys";
            lines.push(match self.passkeys {
                Some(true) => there(what),
                Some(false) => missing(what, Message::new("op-ready-passkeys-missing")),
                None => unsure(what, "op-ready-policy-unsure"),
            });
        }
        lines.push(self.domains());
        let access = "op-ready-access";
        lines.push(match self.policy.access {
            None => off(access),
            Some(_) => self.right_by_role(
                access,
                &["Policy.Read.ConditionalAccess", "Policy.Read.All"],
                &[
                    GLOBAL_READER,
                    SECURITY_READER,
                    SECURITY_OPERATOR,
                    SECURITY_ADMINISTRATOR,
                    CONDITIONAL_ACCESS_ADMINISTRATOR,
                ],
                ["op-ready-access-missing", "op-ready-access-unsure"],
            ),
        });
        lines
    }

    fn pass_policy(&self) -> ReadinessLine {
        let what = "op-ready-pass-policy";
        let rules = &self.policy.pass;
        let Some(granted) = self.rules.passes else {
            return unsure(what, "policy-unread");
        };
        let most = granted.max_minutes.max(granted.min_minutes);
        let fits = rules.lifetime_minutes.clamp(granted.min_minutes, most);
        if !granted.enabled {
            missing(what, Message::new("policy-disabled"))
        } else if fits != rules.lifetime_minutes {
            missing(what, Message::new("policy-bounded").number("minutes", fits))
        } else if granted.once_forced && !rules.once {
            missing(what, Message::new("op-ready-once-forced"))
        } else {
            there(what)
        }
    }

    /// Names are composed with both; one that is not the tenant's finds nobody.
    fn domains(&self) -> ReadinessLine {
        let what = "op-ready-domains";
        let Some(verified) = &self.rules.domains else {
            return unsure(what, "op-ready-domains-unsure");
        };
        let composed = &self.policy.domains;
        let foreign = [&composed.organisation, &composed.partner]
            .into_iter()
            .find(|own| !verified.iter().any(|known| known.eq_ignore_ascii_case(own)));
        match foreign {
            None => there(what),
            Some(domain) => {
                let note = Message::new("op-ready-domains-missing");
                missing(what, note.text("domain", domain.as_str()))
            }
        }
    }

    fn of_the_test(&self) -> Vec<ReadinessLine> {
        let station = "op-ready-test";
        let mut lines = vec![match self.policy.test_at_station {
            true => there(station),
            false => off(station),
        }];
        let log = "op-ready-log";
        lines.push(match self.policy.proof_sources.log {
            false => off(log),
            true => self.right_by_role(
                log,
                &["AuditLog.Read.All"],
                &[
                    GLOBAL_READER,
                    REPORTS_READER,
                    SECURITY_READER,
                    SECURITY_OPERATOR,
                    SECURITY_ADMINISTRATOR,
                ],
                ["op-ready-log-missing", "op-ready-log-unsure"],
            ),
        });
        lines
    }

    fn of_passwords(&self) -> Vec<ReadinessLine> {
        let rules = &self.policy.passwords;
        let change = match rules.way {
            PasswordWay::Off => {
                let sessions = self.ending_sessions();
                return [off("op-ready-passwords")]
                    .into_iter()
                    .chain(sessions)
                    .collect();
            }
            PasswordWay::Roll => None,
            PasswordWay::Patch => Some(self.right_by_role(
                "op-ready-patch",
                &["User-PasswordProfile.ReadWrite.All"],
                &[USER_ADMINISTRATOR, PRIVILEGED_AUTHENTICATION_ADMINISTRATOR],
                ["op-ready-patch-missing", "op-ready-patch-unsure"],
            )),
            PasswordWay::Reset => Some(self.right_by_role(
                "op-ready-reset",
                &[
                    "UserAuthMethod-Password.ReadWrite.All",
                    "UserAuthenticationMethod.ReadWrite.All",
                ],
                &[
                    AUTHENTICATION_ADMINISTRATOR,
                    PRIVILEGED_AUTHENTICATION_ADMINISTRATOR,
                ],
                ["op-ready-reset-missing", "op-ready-reset-unsure"],
            )),
        };
        let group = rules.roll.as_ref().map(|_| {
            self.right_by_role(
                "op-ready-group",
                &[
                    "GroupMember.ReadWrite.All",
                    "Group.ReadWrite.All",
                    "Directory.ReadWrite.All",
                ],
                &[GROUPS_ADMINISTRATOR, USER_ADMINISTRATOR],
                ["op-ready-group-missing", "op-ready-group-unsure"],
            )
        });
        let expiry = rules.never_expires.then(|| {
            self.right_by_role(
                "op-ready-expiry",
                &["User.ReadWrite.All", "Directory.ReadWrite.All"],
                &[USER_ADMINISTRATOR],
                ["op-ready-expiry-missing", "op-ready-expiry-unsure"],
            )
        });
        let whose = self.holds(&[
            "Domain.Read.All",
            "Domain.ReadWrite.All",
            "Directory.Read.All",
            "Directory.ReadWrite.All",
        ]);
        let whose = right("op-ready-whose", whose, "op-ready-whose-missing");
        let job = rules.roll.as_ref().map(|_| self.job());
        let sessions = self.ending_sessions();
        let lines = [group, Some(whose), change, sessions, expiry, job];
        lines.into_iter().flatten().collect()
    }

    /// Only where the site wants it, after a change or for a lost phone: then it was asked for, and granted or not.
    fn ending_sessions(&self) -> Option<ReadinessLine> {
        let (what, scope) = ("op-ready-sessions", "User.RevokeSessions.All");
        let held = self.holds(&[scope]);
        (held || self.lacks(scope)).then(|| right(what, held, "op-ready-sessions-missing"))
    }

    /// Whether it was asked for and not granted.
    fn lacks(&self, scope: &str) -> bool {
        let mut lacking = self.operator.missing_scopes.iter();
        // One may stand there with the address of the service it is a right of.
        lacking.any(|asked| {
            let short = asked.rsplit('/').next();
            short.is_some_and(|short| short.eq_ignore_ascii_case(scope))
        })
    }

    /// Whether people can be told that their passwords change by themselves.
    fn job(&self) -> ReadinessLine {
        let what = "op-ready-last-run";
        let Some(run) = self.last_run else {
            return off(what);
        };
        match run.believed(self.now) {
            Ok(_) => there(what),
            Err(why) => missing(what, Message::new(no_run(why))),
        }
    }

    fn holds(&self, any_of: &[&str]) -> bool {
        let granted = &self.operator.granted;
        let held = |wanted: &&str| granted.iter().any(|held| held.eq_ignore_ascii_case(wanted));
        any_of.iter().any(held)
    }

    /// A right that counts only beside a role. Which ones are enough is a list that is never whole: whoever holds none
    /// of it may hold another.
    fn right_by_role(
        &self,
        what: &str,
        any_of: &[&str],
        roles: &[&str],
        [lacks, may_lack]: [&str; 2],
    ) -> ReadinessLine {
        if !self.holds(any_of) {
            return missing(what, Message::new(lacks));
        }
        let seen = self.operator.roles.iter().flatten();
        let enough = |role: &String| {
            let mut all = roles.iter().chain([&GLOBAL_ADMINISTRATOR]);
            all.any(|one| one.eq_ignore_ascii_case(role))
        };
        match seen.into_iter().any(enough) {
            true => there(what),
            false => unsure(what, may_lack),
        }
    }
}

/// Why nobody is told so, and who is to hear of it.
fn no_run(why: NoRun) -> &'static str {
    match why {
        NoRun::NotThere => "op-ready-last-run-not-there",
        NoRun::Unreadable => "op-ready-last-run-unreadable",
        NoRun::Odd => "op-ready-last-run-odd",
        NoRun::Newer => "op-ready-last-run-newer",
        NoRun::Stopped => "op-ready-last-run-stopped",
        NoRun::Failed => "op-ready-last-run-failed",
        NoRun::Future => "op-ready-last-run-future",
        NoRun::Old => "op-ready-last-run-old",
    }
}

fn right(what: &str, is_there: bool, lacks: &str) -> ReadinessLine {
    match is_there {
        true => there(what),
        false => missing(what, Message::new(lacks)),
    }
}

fn there(what: &str) -> ReadinessLine {
    line(what, Readiness::There, None)
}

fn missing(what: &str, note: Message) -> ReadinessLine {
    line(what, Readiness::Missing, Some(note))
}

fn unsure(what: &str, note: &str) -> ReadinessLine {
    line(what, Readiness::CannotTell, Some(Message::new(note)))
}

fn off(what: &str) -> ReadinessLine {
    line(what, Readiness::Off, Some(Message::new("op-ready-off")))
}

fn line(what: &str, state: Readiness, note: Option<Message>) -> ReadinessLine {
    ReadinessLine {
        state,
        what: Message::new(what),
        note,
    }
}
