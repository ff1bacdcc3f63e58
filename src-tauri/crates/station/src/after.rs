//! What follows the registration, as far as it goes over the network: a sign-in as the person, joining the roll, and
//! another password.

pub(crate) mod change;

use std::time::Duration;

use entra::{DomainAuthentication, GraphErrorKind, SignInErrorKind};
use onboarding::{
    EffectFailure, NeverReason, RollFit, RollJoined, TestCause, TriedSignIn, Trouble, TroubleCode,
    Upn, UserId,
};
use tokio_util::sync::CancellationToken;

use crate::config::{ChangeSetup, ChangeWay, RollSetup, Setup, TestSetup};
use crate::last_run::RunFile;
use crate::perform::{GraphEffects, signed_out};
use crate::ports::StartTestBrowser;
use crate::translate;

/// The machine gives up sooner.
const LIMIT: Duration = Duration::from_secs(300);
/// A sign-in that began before the test did is none.
const LEEWAY_S: i64 = 60;
/// Copies of the directory may be behind by so much: it is looked again after each.
pub(crate) const LOOKS: [Duration; 3] = [
    Duration::ZERO,
    Duration::from_millis(1_500),
    Duration::from_secs(4),
];

/// What the station needs for it, and the test under way.
pub(crate) struct AfterRegistration {
    test: Option<(entra::Client, Option<String>)>,
    pub(crate) roll: Option<RollSetup>,
    pub(crate) change: Option<ChangeSetup>,
    pub(crate) last_run: Option<RunFile>,
    trying: Option<CancellationToken>,
}

impl AfterRegistration {
    pub(crate) fn of(setup: &Setup, uptime: &entra::Uptime) -> Result<Self, entra::SetupError> {
        let client = |test: &TestSetup| {
            let endpoints = setup.endpoints.clone();
            let (app, uptime) = (test.app.clone(), uptime.clone());
            let client = entra::Client::with_clock(&setup.proxy, endpoints, app, uptime)?;
            Ok((client, test.context.clone()))
        };
        Ok(Self {
            test: setup.test.as_ref().map(client).transpose()?,
            roll: setup.roll.clone(),
            change: setup.change,
            last_run: setup.last_run.clone().map(RunFile::at),
            trying: None,
        })
    }

    /// Whether this site takes passwords out of use.
    pub(crate) fn takes_out_of_use(&self) -> bool {
        self.roll.is_some() || self.change.is_some()
    }

    /// One test at a time: another one ends it, and one that is stopped says that nobody went on.
    pub(crate) fn try_sign_in(
        &mut self,
        browser: Option<StartTestBrowser>,
        user: UserId,
        upn: Upn,
        began_at_s: i64,
    ) -> impl Future<Output = Result<TriedSignIn, TestCause>> + Send + 'static {
        self.stop_trying();
        let stop = CancellationToken::new();
        self.trying = Some(stop.clone());
        let work = self.test.clone().map(|(client, context)| Try {
            client,
            context,
            browser,
            user,
            upn,
            began_at_s,
        });
        async move {
            let work = work.ok_or(TestCause::NoBrowser)?;
            tokio::select! {
                () = stop.cancelled() => Err(TestCause::TimedOut),
                tried = work.run() => tried,
            }
        }
    }

    pub(crate) fn stop_trying(&mut self) {
        if let Some(trying) = self.trying.take() {
            trying.cancel();
        }
    }
}

impl Drop for AfterRegistration {
    fn drop(&mut self) {
        self.stop_trying();
    }
}

/// A sign-in as the person, in a browser of the station's own.
struct Try {
    client: entra::Client,
    context: Option<String>,
    browser: Option<StartTestBrowser>,
    user: UserId,
    upn: Upn,
    /// Unix seconds by the service's clock.
    began_at_s: i64,
}

impl Try {
    /// Done once; the tokens are dropped as soon as they are checked. Dropped on the way, the browser is closed.
    async fn run(self) -> Result<TriedSignIn, TestCause> {
        let open = self.browser.ok_or(TestCause::NoBrowser)?;
        let demand = self.context.as_deref();
        let demand = demand.and_then(entra::ClaimsChallenge::of_context);
        let hint = Some(self.upn.as_str());
        let begun = match &demand {
            Some(demand) => self.client.begin_sign_in_with_claims(hint, demand).await,
            None => self.client.begin_sign_in(hint).await,
        };
        let pending = begun.map_err(|error| cause(&error))?;
        let address = pending.start_url().to_string();
        let opened = tokio::task::spawn_blocking(move || open(&address)).await;
        let browser = match opened {
            Ok(Ok(browser)) => browser,
            Ok(Err(error)) => {
                tracing::warn!(error, "no browser for the sign-in test");
                return Err(TestCause::NoBrowser);
            }
            Err(_) => return Err(TestCause::NoBrowser),
        };
        let done = pending.finish(LIMIT).await;
        drop(browser);
        let done = done.map_err(|error| cause(&error))?;
        done.session.forget();
        let who = done.operator;
        if !who.oid.eq_ignore_ascii_case(&self.user.0) {
            return Err(TestCause::OtherPerson);
        }
        let fresh = who
            .signed_in_at_s
            .is_some_and(|at| at.saturating_add(LEEWAY_S) >= self.began_at_s);
        if !fresh {
            tracing::warn!("the token does not say that the sign-in is of now (auth_time)");
            return Err(TestCause::Unexpected);
        }
        let context_met = self
            .context
            .is_some_and(|context| who.contexts.contains(&context));
        Ok(TriedSignIn { context_met })
    }
}

/// What kept a sign-in test from coming to an end.
fn cause(error: &entra::SignInError) -> TestCause {
    tracing::warn!(%error, "the sign-in test did not come to an end");
    match &error.kind {
        SignInErrorKind::Cancelled | SignInErrorKind::Declined => TestCause::Denied,
        SignInErrorKind::TimedOut => TestCause::TimedOut,
        SignInErrorKind::Offline
        | SignInErrorKind::NetworkWantsSignIn
        | SignInErrorKind::NetworkRefused
        | SignInErrorKind::ProxyWantsSignIn
        | SignInErrorKind::ProxyRejects
        | SignInErrorKind::Tls
        | SignInErrorKind::ServerTrouble => TestCause::NoNetwork,
        SignInErrorKind::ConsentNeeded { .. } => TestCause::ConsentMissing,
        SignInErrorKind::NotAssigned { .. } => TestCause::NotAssigned,
        SignInErrorKind::BlockedByPolicy { .. } => TestCause::StationNotAllowed,
        SignInErrorKind::WrongTenant => TestCause::OtherPerson,
        SignInErrorKind::PortUnavailable => TestCause::NoBrowser,
        SignInErrorKind::TenantNotFound
        | SignInErrorKind::ClientMisconfigured { .. }
        | SignInErrorKind::Untrusted
        | SignInErrorKind::TokenInvalid(_)
        | SignInErrorKind::Refused { .. }
        | SignInErrorKind::Unexpected => TestCause::Unexpected,
    }
}

impl GraphEffects {
    /// Whether this person may join the roll. What cannot be read is a no.
    pub(crate) async fn roll_fit(
        self,
        roll: Option<RollSetup>,
        change: Option<ChangeSetup>,
        user: &UserId,
    ) -> Result<RollFit, EffectFailure> {
        let session = self.session.as_ref().ok_or_else(signed_out)?;
        let read = read_fit(session, roll.as_ref(), change, user).await;
        read.map(|(fit, _)| fit)
    }

    /// Puts the person on the roll and reads that back, whatever the answer was: it may have been lost.
    pub(crate) async fn join_roll(
        self,
        roll: Option<RollSetup>,
        change: Option<ChangeSetup>,
        user: &UserId,
    ) -> Result<RollJoined, EffectFailure> {
        let session = self.session.as_ref().ok_or_else(signed_out)?;
        still_fit(session, roll.as_ref(), change, user).await?;
        let group = roll.and_then(|roll| roll.group);
        let group = group.ok_or_else(|| Trouble::new(TroubleCode::NotAllowedHere))?;
        let added = session.add_member(&group, &user.0).await;
        for wait in LOOKS {
            tokio::time::sleep(wait).await;
            if let Ok(roles) = session.user_roles(&user.0).await
                && holds(&roles.member_of, &group)
            {
                return Ok(RollJoined::ReadBack);
            }
            if added
                .as_ref()
                .is_err_and(|error| error.kind == GraphErrorKind::NotPermitted)
            {
                break;
            }
        }
        match added {
            Ok(()) => Ok(RollJoined::NotYetSeen),
            Err(error) if error.kind == GraphErrorKind::NotPermitted => {
                let trouble = translate::failed(&error).trouble;
                let code = TroubleCode::RollNotPermitted;
                Err(Trouble::new(code).support(trouble.support).into())
            }
            Err(error) => Err(translate::failed(&error)),
        }
    }
}

/// Whether somebody may still join, or be given another password, when it is pressed: the account may have changed since
/// the question. As the directory shows it now.
async fn still_fit(
    session: &entra::Session,
    roll: Option<&RollSetup>,
    change: Option<ChangeSetup>,
    user: &UserId,
) -> Result<entra::User, EffectFailure> {
    match read_fit(session, roll, change, user).await? {
        (RollFit::May | RollFit::IsMember, person) => Ok(person),
        (RollFit::Never(reason), _) => {
            tracing::warn!(?reason, "this password is not to be taken out of use");
            Err(Trouble::new(TroubleCode::RollNever).into())
        }
    }
}

async fn read_fit(
    session: &entra::Session,
    roll: Option<&RollSetup>,
    change: Option<ChangeSetup>,
    user: &UserId,
) -> Result<(RollFit, entra::User), EffectFailure> {
    let roll = roll.ok_or_else(|| Trouble::new(TroubleCode::NotAllowedHere))?;
    let (person, roles) = tokio::join!(session.user(&user.0), session.user_roles(&user.0));
    let person = person.map_err(|error| translate::failed(&error))?;
    let roles = roles.map_err(|error| translate::failed(&error))?;
    // By the name that the account has now: it may be in another domain than it was.
    let domain = domain(session, &Upn::of_directory(&person.upn)).await?;
    let way = change.map(|change| change.way);
    let fit = fit((roll, way), &person, &roles, domain);
    Ok((fit, person))
}

/// Whose the passwords of somebody's domain are; none where that may not be read.
async fn domain(
    session: &entra::Session,
    upn: &Upn,
) -> Result<Option<DomainAuthentication>, EffectFailure> {
    let unreadable = [GraphErrorKind::NotPermitted, GraphErrorKind::NotFound];
    match session.domain_authentication(upn.domain()).await {
        Ok(domain) => Ok(Some(domain)),
        Err(error) if unreadable.contains(&error.kind) => Ok(None),
        Err(error) => Err(translate::failed(&error)),
    }
}

/// Whether this person's password may be taken out of use, by what the directory says.
fn fit(
    (roll, way): (&RollSetup, Option<ChangeWay>),
    person: &entra::User,
    roles: &entra::UserRoles,
    domain: Option<DomainAuthentication>,
) -> RollFit {
    let listed = |id: &String| holds(&roll.never, id);
    let never = match () {
        () if person.partly_untold => Some(NeverReason::Unread),
        () if person.account_enabled == Some(false) => Some(NeverReason::Disabled),
        () if person.kind != entra::UserKind::Member => Some(NeverReason::Guest),
        () if listed(&person.id) || roles.member_of.iter().any(listed) => Some(NeverReason::Listed),
        () if !roles.roles.is_empty() || roles.role_assignable_group => Some(NeverReason::Role),
        () if person.management_restricted => Some(NeverReason::Restricted),
        () if domain == Some(DomainAuthentication::Federated) => Some(NeverReason::Federated),
        () if domain != Some(DomainAuthentication::Managed) => Some(NeverReason::DomainUnread),
        () if person.synced && !roll.pass_through => Some(NeverReason::PassThrough),
        // What is kept on premises is reached by a reset alone.
        () if person.synced && way == Some(ChangeWay::Profile) => Some(NeverReason::Synced),
        () => None,
    };
    match never {
        Some(reason) => RollFit::Never(reason),
        None if on_roll(roll, roles) => RollFit::IsMember,
        None => RollFit::May,
    }
}

fn on_roll(roll: &RollSetup, roles: &entra::UserRoles) -> bool {
    let group = roll.group.as_ref();
    group.is_some_and(|group| holds(&roles.member_of, group))
}

fn holds(ids: &[String], wanted: &str) -> bool {
    ids.iter().any(|id| id.eq_ignore_ascii_case(wanted))
}

#[cfg(test)]
mod tests {
    use super::*;

    const GROUP: &str = "00000000-0000-4000-8000-00000000000a";
    const NEVER: &str = "00000000-0000-4000-8000-00000000000b";

    fn person() -> entra::User {
        entra::User {
            id: "00000000-0000-4000-8000-000000000001".to_owned(),
            display_name: String::new(),
            upn: String::new(),
            mail: None,
            other_mails: Vec::new(),
            department: None,
            employee_id: None,
            job_title: None,
            account_enabled: Some(true),
            synced: false,
            kind: entra::UserKind::Member,
            management_restricted: false,
            partly_untold: false,
            last_password_change: None,
        }
    }

    fn roles(member_of: &[&str]) -> entra::UserRoles {
        entra::UserRoles {
            roles: Vec::new(),
            role_assignable_group: false,
            complete: true,
            member_of: member_of.iter().map(|&id| id.to_owned()).collect(),
        }
    }

    fn roll() -> RollSetup {
        RollSetup {
            group: Some(GROUP.to_owned()),
            never: vec![NEVER.to_owned()],
            pass_through: false,
        }
    }

    #[test]
    fn who_may_join_is_an_enabled_member_of_a_managed_domain_without_any_role() {
        let managed = Some(DomainAuthentication::Managed);
        let of = |person: &entra::User, roles: &entra::UserRoles, domain| {
            fit((&roll(), None), person, roles, domain)
        };
        assert_eq!(of(&person(), &roles(&[]), managed), RollFit::May);
        let upper = GROUP.to_uppercase();
        let member = of(&person(), &roles(&[&upper]), managed);
        assert_eq!(member, RollFit::IsMember);
        let changed = |change: &dyn Fn(&mut entra::User)| {
            let mut person = person();
            change(&mut person);
            of(&person, &roles(&[]), managed)
        };
        let never = RollFit::Never;
        let disabled = changed(&|person| person.account_enabled = Some(false));
        assert_eq!(disabled, never(NeverReason::Disabled));
        for kind in [
            entra::UserKind::InternalGuest,
            entra::UserKind::ExternalGuest,
            entra::UserKind::ExternalMember,
        ] {
            let guest = changed(&|person| person.kind = kind);
            assert_eq!(guest, never(NeverReason::Guest));
        }
        let restricted = changed(&|person| person.management_restricted = true);
        assert_eq!(restricted, never(NeverReason::Restricted));
        let unread = changed(&|person| person.partly_untold = true);
        assert_eq!(unread, never(NeverReason::Unread));
        let synced = changed(&|person| person.synced = true);
        assert_eq!(synced, never(NeverReason::PassThrough));
        let mut in_role = roles(&[GROUP]);
        in_role.role_assignable_group = true;
        let holder = of(&person(), &in_role, managed);
        assert_eq!(holder, never(NeverReason::Role), "also on the roll");
        let listed = of(&person(), &roles(&[GROUP, NEVER]), managed);
        assert_eq!(listed, never(NeverReason::Listed));
        let federated = Some(DomainAuthentication::Federated);
        let unread = NeverReason::DomainUnread;
        for (domain, reason) in [
            (federated, NeverReason::Federated),
            (Some(DomainAuthentication::Unknown), unread),
            (None, unread),
        ] {
            let elsewhere = of(&person(), &roles(&[]), domain);
            assert_eq!(elsewhere, never(reason));
        }
    }
}
