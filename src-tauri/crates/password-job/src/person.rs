//! One person, looked at once more right before the change: a list is minutes old, and roles are in none.

use std::collections::HashMap;
use std::rc::Rc;
use std::time::Duration;

use entra::{DomainAuthentication, GraphError, GraphErrorKind, Method, Priority, Session, User};
use tokio::sync::Mutex;

use crate::asking::{patiently, word};
use crate::config::{JobSetup, canonical, person};
use crate::pace::Pace;
use crate::plan::{LedgerEntry, PersonId, Plan, TOLERANCE_MS, Why, plan};
use crate::roll::{Member, never};
use crate::stop::Stop;

/// Reads of somebody's methods: so many in every ten seconds leave the counters theirs.
const METHOD_READS: usize = 2;
const METHOD_WINDOW: Duration = Duration::from_secs(10);

/// The pace of everything that is asked about somebody's methods, by whoever asks it in this run.
pub(crate) type MethodPace = Rc<Mutex<Pace>>;

/// The pace of a run that is one of so many parts.
pub(crate) fn method_pace(parts: u32) -> MethodPace {
    let pace = Pace::shared(METHOD_READS, METHOD_WINDOW, parts);
    Rc::new(Mutex::new(pace))
}

/// What is found.
pub(crate) enum Look {
    /// The password is to be changed. The names must not be in it.
    Change(Box<User>),
    /// It was changed then, and what else the site wants is left to do.
    Rest(Box<User>, i64),
    Skip(&'static str),
    /// Nobody can sign in without a password here any more: the rule does not hold, and the roll is the wrong place.
    FellOut,
    Failed(&'static str),
}

/// Looks at people, one after the other.
pub(crate) struct Looker<'a> {
    pub(crate) session: &'a Session,
    pub(crate) setup: &'a JobSetup,
    stop: &'a Stop,
    methods: MethodPace,
    domains: HashMap<String, Option<&'static str>>,
    /// What the domains say of the age of passwords, once each.
    pub(crate) ages: Vec<(u32, u32)>,
}

impl<'a> Looker<'a> {
    pub(crate) fn new(
        session: &'a Session,
        setup: &'a JobSetup,
        stop: &'a Stop,
        methods: MethodPace,
    ) -> Self {
        Self {
            session,
            setup,
            stop,
            methods,
            domains: HashMap::new(),
            ages: Vec::new(),
        }
    }

    /// What is to be done for somebody who was due by the list. `passwordless`: whether the report says that they can
    /// sign in without one; none where it does not name them or could not be read.
    pub(crate) async fn look(
        &mut self,
        member: &Member,
        entry: Option<LedgerEntry>,
        passwordless: Option<bool>,
        now: i64,
    ) -> Look {
        match self.looked(member, entry, passwordless, now).await {
            Ok(look) => look,
            Err(error) => Look::Failed(word(&error.kind)),
        }
    }

    async fn looked(
        &mut self,
        member: &Member,
        entry: Option<LedgerEntry>,
        passwordless: Option<bool>,
        now: i64,
    ) -> Result<Look, GraphError> {
        if let Some(why) = member.never {
            return Ok(Look::Skip(why));
        }
        if self.setup.never.contains(&member.id) {
            return Ok(Look::Skip("listed"));
        }
        if person(self.session.operator()) == Some(member.id) {
            return Ok(Look::Skip("operator"));
        }
        let mut user = match self.account(member, entry, now).await? {
            Ok(user) => user,
            Err(why) => return Ok(Look::Skip(why)),
        };
        let id = user.id.clone();
        let mut fell_out = false;
        if passwordless != Some(true) {
            // Reads of methods wait their turn. What is looked at last is looked at after them.
            let able = self.able(&id, passwordless).await?;
            user = match self.account(member, entry, now).await? {
                Ok(user) => user,
                Err(why) => return Ok(Look::Skip(why)),
            };
            fell_out = !able;
        }
        Ok(match self.memberships(&id).await? {
            Some(why) => Look::Skip(why),
            None if fell_out => Look::FellOut,
            None => self.change_or_rest(member.id, Box::new(user), entry, now),
        })
    }

    fn change_or_rest(
        &self,
        id: PersonId,
        user: Box<User>,
        entry: Option<LedgerEntry>,
        now: i64,
    ) -> Look {
        let plan = self.planned(id, user.last_password_change, entry, now);
        match (plan.why, entry) {
            (Some(Why::RestOpen), Some(entry)) => Look::Rest(user, entry.at()),
            (_, _) => Look::Change(user),
        }
    }

    /// The account and its domain as they are now, or why the password stays.
    async fn account(
        &mut self,
        member: &Member,
        entry: Option<LedgerEntry>,
        now: i64,
    ) -> Result<Result<User, &'static str>, GraphError> {
        let id = canonical(member.id);
        let session = self.session;
        let user = patiently(self.stop, async || session.user(&id).await).await?;
        if let Some(why) = never(&user, &self.setup.way) {
            return Ok(Err(why));
        }
        if self.done_meanwhile(member, &user, entry, now) {
            return Ok(Err("changed_meanwhile"));
        }
        Ok(match self.domain(&user).await? {
            Some(why) => Err(why),
            None => Ok(user),
        })
    }

    /// Nobody is taken off on one word: the report says the same, or a second look does.
    async fn able(&mut self, id: &str, told: Option<bool>) -> Result<bool, GraphError> {
        Ok(self.has_passwordless(id).await?
            || (told.is_none() && self.has_passwordless(id).await?))
    }

    /// Another run was faster: the directory's date is newer than the list's and than our own last question, which may
    /// have been heard, or nothing is due any more.
    fn done_meanwhile(
        &self,
        member: &Member,
        user: &User,
        entry: Option<LedgerEntry>,
        now: i64,
    ) -> bool {
        let newer = match (member.changed, user.last_password_change) {
            (Some(listed), Some(fresh)) => {
                let ours = entry.map(|entry| entry.at().saturating_add(TOLERANCE_MS));
                fresh > ours.map_or(listed, |ours| listed.max(ours))
            }
            (_, _) => false,
        };
        newer
            || self
                .planned(member.id, user.last_password_change, entry, now)
                .why
                .is_none()
    }

    fn planned(
        &self,
        id: PersonId,
        changed: Option<i64>,
        entry: Option<LedgerEntry>,
        now: i64,
    ) -> Plan {
        plan(id, changed, entry, now, &self.setup.rules)
    }

    /// Why the password of somebody of this domain stays.
    async fn domain(&mut self, user: &User) -> Result<Option<&'static str>, GraphError> {
        let Some((_, domain)) = user.upn.rsplit_once('@') else {
            return Ok(Some("domain_unread"));
        };
        let domain = domain.to_ascii_lowercase();
        if let Some(known) = self.domains.get(&domain) {
            return Ok(*known);
        }
        let session = self.session;
        let read = patiently(self.stop, async || session.domain_passwords(&domain).await).await;
        let why = match read {
            Ok(said) => {
                let notice = said.notice_days.unwrap_or(self.setup.passwords.notice_days);
                self.ages
                    .extend(said.validity_days.map(|days| (days, notice)));
                match said.authentication {
                    DomainAuthentication::Managed => None,
                    DomainAuthentication::Federated => Some("federated"),
                    DomainAuthentication::Unknown => Some("domain_unread"),
                }
            }
            Err(error) if is_no(&error) => Some("domain_unread"),
            Err(error) => return Err(error),
        };
        self.domains.insert(domain, why);
        Ok(why)
    }

    /// Why the password of somebody in these groups and roles stays.
    async fn memberships(&self, id: &str) -> Result<Option<&'static str>, GraphError> {
        let session = self.session;
        let roles = patiently(self.stop, async || session.user_roles(id).await).await?;
        let groups: Vec<PersonId> = roles.member_of.iter().filter_map(|id| person(id)).collect();
        let roll = person(&self.setup.group);
        Ok(match () {
            () if !roles.roles.is_empty() || roles.role_assignable_group => Some("role"),
            () if !roles.complete => Some("unread"),
            () if groups.iter().any(|group| self.setup.never.contains(group)) => Some("listed"),
            () if !groups.iter().any(|group| Some(*group) == roll) => Some("left_roll"),
            () => None,
        })
    }

    async fn has_passwordless(&mut self, id: &str) -> Result<bool, GraphError> {
        self.methods.lock().await.turn().await;
        let session = self.session;
        let methods =
            patiently(self.stop, async || session.methods(id, Priority::Low).await).await?;
        Ok(methods.iter().any(is_passwordless))
    }
}

/// The directory answered, and said no.
fn is_no(error: &GraphError) -> bool {
    matches!(
        error.kind,
        GraphErrorKind::NotFound | GraphErrorKind::NotPermitted
    )
}

/// Whether somebody can sign in with this alone.
fn is_passwordless(method: &Method) -> bool {
    match method {
        Method::Authenticator {
            created, device_id, ..
        } => created.is_some() || device_id.is_some(),
        Method::Passkey { .. } => true,
        Method::Other { kind, .. } => [
            "windowsHelloForBusinessAuthenticationMethod",
            "platformCredentialAuthenticationMethod",
        ]
        .contains(&kind.as_str()),
        Method::Pass(_) | Method::Password { .. } => false,
    }
}
