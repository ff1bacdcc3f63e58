//! Between Graph's words and the visit's: the one place that knows both, each conversion a function.

use std::error::Error;
use std::time::Duration;

use entra::{ChangeError, GraphError, GraphErrorKind, IssueError, IssueRefusal, SupportInfo};
use onboarding::{
    AccountKind, DeviceAnswer, EffectFailure, GrantedPolicy, IssueAnswer, IssuedPass, KnownPass,
    MayIssue, Memberships, Method, MethodRead, Mono, Operator, OtherKind, PassId, PassReason,
    PassRemoval, PassSecret, PasswordChange, Person, Rights, ServiceTime, Support, Target, Trouble,
    TroubleCode, UninvitedKind, Upn, UserId,
};

use crate::roles;

mod sign_in;

pub(crate) use sign_in::sign_in_trouble;

/// What was read of the operator beside the tokens.
pub(crate) struct AboutOperator {
    pub(crate) roles: Result<Vec<entra::DirectoryRole>, GraphError>,
    pub(crate) account: Result<entra::User, GraphError>,
    /// The sign-in name that was hinted at or remembered.
    pub(crate) expected: Option<String>,
}

/// Who signed in, and what they may do. `asked` are the scopes the site wants.
pub(crate) fn operator(
    done: &entra::SignedIn,
    about: AboutOperator,
    asked: &[String],
    mono_ms: u64,
) -> Operator {
    let AboutOperator {
        roles,
        account,
        expected,
    } = about;
    let may_issue = roles
        .as_deref()
        .map_or(MayIssue::CannotTell, roles::may_issue);
    let granted = |scope: &str| {
        done.granted_scopes
            .iter()
            .any(|given| given.eq_ignore_ascii_case(scope))
    };
    // Reading the tenant's rules is welcome, not needed.
    let needed = |scope: &&String| !scope.starts_with("Policy.Read");
    let missing = asked
        .iter()
        .filter(needed)
        .filter(|scope| !granted(scope))
        .cloned()
        .collect();
    Operator {
        oid: UserId(done.operator.oid.clone()),
        upn: done.operator.upn.clone(),
        name: done.operator.name.clone(),
        tenant: done.operator.tid.clone(),
        // What may not be read is no reason to refuse: Graph still has the last word.
        guest: account.is_ok_and(|account| is_guest(account.kind) == Some(true)),
        expected,
        may_issue,
        roles: roles::templates(roles.as_deref().ok()),
        granted: done.granted_scopes.clone(),
        sign_in_timed: done.operator.signed_in_at_s.is_some(),
        missing_scopes: missing,
        may_remove: may_remove(&done.granted_scopes),
        renewable: done.session.renewable(),
        token_until: token_until(&done.session, mono_ms),
    }
}

/// What a fresh token of the same operator allows.
pub(crate) fn rights(
    session: &entra::Session,
    roles: Result<Vec<entra::DirectoryRole>, GraphError>,
    mono_ms: u64,
) -> Rights {
    let roles = roles.ok();
    Rights {
        may_issue: roles
            .as_deref()
            .map_or(MayIssue::CannotTell, roles::may_issue),
        roles: roles::templates(roles.as_deref()),
        renewable: session.renewable(),
        token_until: token_until(session, mono_ms),
    }
}

fn token_until(session: &entra::Session, mono_ms: u64) -> Mono {
    let life = u64::try_from(session.expires_in().as_millis()).unwrap_or(u64::MAX);
    Mono(mono_ms.saturating_add(life))
}

/// None where the directory did not say.
pub(crate) fn is_guest(kind: entra::UserKind) -> Option<bool> {
    match kind {
        entra::UserKind::InternalGuest | entra::UserKind::ExternalGuest => Some(true),
        entra::UserKind::Member | entra::UserKind::ExternalMember => Some(false),
        entra::UserKind::Untold | entra::UserKind::ExternalUntold => None,
    }
}

/// What somebody is in, also through others.
pub(crate) fn memberships(roles: &entra::UserRoles) -> Memberships {
    Memberships {
        of: roles.member_of.clone(),
        complete: roles.complete,
    }
}

/// A user as the visit knows a person, whatever the directory calls them.
pub(crate) fn person(user: entra::User, target: Target) -> Person {
    Person {
        id: UserId(user.id),
        upn: Upn::of_directory(&user.upn),
        name: user.display_name,
        mail: user.mail,
        other_mails: user.other_mails,
        department: user.department,
        employee_id: user.employee_id,
        enabled: user.account_enabled,
        kind: match user.kind {
            entra::UserKind::Member => AccountKind::Member,
            entra::UserKind::ExternalMember => AccountKind::ExternalMember,
            entra::UserKind::InternalGuest => AccountKind::InternalGuest,
            entra::UserKind::ExternalGuest => AccountKind::ExternalGuest,
            entra::UserKind::Untold => AccountKind::Untold,
            entra::UserKind::ExternalUntold => AccountKind::ExternalUntold,
        },
        target,
        synced: user.synced,
        has_role: None,
        windows_device: false,
        groups: None,
    }
}

/// The person with what the operator has to know first. Roles that may not be read leave open whether the person
/// is protected.
pub(crate) fn found(
    user: entra::User,
    roles: Result<entra::UserRoles, GraphError>,
    methods: Result<MethodRead, GraphError>,
) -> Result<(Person, MethodRead), Trouble> {
    let known = roles.as_ref().ok().filter(|roles| roles.complete);
    let groups = known.map(|roles| roles.member_of.clone());
    let has_role = roles.as_ref().map_or(None, roles::any);
    let target = match roles {
        Ok(roles) => roles::target(&roles, user.management_restricted),
        // Roles are welcome, not needed: Graph has the last word. What else protects the person is known all the same.
        Err(error) => {
            log(&error, &error.support);
            roles::target(&roles::unread(), user.management_restricted)
        }
    };
    let unlisted = [GraphErrorKind::NotPermitted, GraphErrorKind::NotFound];
    let methods = match methods {
        Ok(methods) => methods,
        // Someone the operator may not manage is still shown, with the reason why not.
        Err(error)
            if error.kind == GraphErrorKind::NotPermitted
                && matches!(target, Target::Protected { .. }) =>
        {
            unread()
        }
        // So is a guest of elsewhere, who gets no pass here whatever is registered.
        Err(error)
            if unlisted.contains(&error.kind) && user.kind == entra::UserKind::ExternalGuest =>
        {
            unread()
        }
        Err(error) => return Err(graph_trouble(&error)),
    };
    let person = Person {
        has_role,
        groups,
        ..person(user, target)
    };
    Ok((person, methods))
}

/// What was not read is not nothing.
fn unread() -> MethodRead {
    MethodRead {
        partial: true,
        unread: true,
        ..MethodRead::default()
    }
}

pub(crate) fn read(methods: Vec<entra::Method>, now: ServiceTime) -> MethodRead {
    MethodRead {
        methods: methods.into_iter().map(|m| method(m, now)).collect(),
        partial: false,
        unread: false,
    }
}

pub(crate) fn devices(entries: Option<Vec<entra::Method>>, now: ServiceTime) -> DeviceAnswer {
    entries.map_or(DeviceAnswer::NotOffered, |entries| {
        DeviceAnswer::Entries(read(entries, now))
    })
}

pub(crate) fn device(device: entra::EntryDevice) -> DeviceAnswer {
    match device {
        entra::EntryDevice::Registered(id) => DeviceAnswer::Of(Some(id)),
        entra::EntryDevice::None => DeviceAnswer::Of(None),
        entra::EntryDevice::NotOffered => DeviceAnswer::NotOffered,
    }
}

fn method(method: entra::Method, now: ServiceTime) -> Method {
    match method {
        entra::Method::Pass(pass) => Method::Pass(KnownPass {
            id: PassId(pass.id),
            created: pass.created.map(ServiceTime),
            start: ServiceTime(pass.start.or(pass.created).unwrap_or(now.0)),
            lifetime_minutes: pass.lifetime_minutes.unwrap_or(60),
            once: Some(pass.once),
            usable: pass.usable,
            reason: match pass.reason {
                entra::PassReason::EnabledByPolicy => PassReason::Enabled,
                entra::PassReason::DisabledByPolicy => PassReason::Disabled,
                entra::PassReason::Expired => PassReason::Expired,
                entra::PassReason::NotYetValid => PassReason::NotYetValid,
                entra::PassReason::OneTimeUsed => PassReason::Used,
                entra::PassReason::Other(_) => PassReason::Other,
            },
        }),
        entra::Method::Authenticator {
            id,
            display_name,
            app_version,
            created,
            device_id,
        } => Method::Authenticator {
            id,
            device_name: Some(display_name).filter(|name| !name.trim().is_empty()),
            app_version,
            created: created.map(ServiceTime),
            device_id,
        },
        entra::Method::Passkey {
            id,
            display_name,
            in_authenticator,
            created,
            ..
        } => Method::Passkey {
            id,
            name: Some(display_name).filter(|name| !name.trim().is_empty()),
            in_authenticator,
            created: created.map(ServiceTime),
        },
        entra::Method::Password { .. } => Method::Password,
        entra::Method::Other { id, kind, mark } => Method::Other {
            id,
            kind: other_kind(kind),
            mark,
        },
    }
}

/// What the granted rights remove, kind by kind.
fn may_remove(granted: &[String]) -> Vec<UninvitedKind> {
    let kinds = [
        UninvitedKind::Phone,
        UninvitedKind::Email,
        UninvitedKind::Codes,
        UninvitedKind::WindowsHello,
        UninvitedKind::PlatformCredential,
        UninvitedKind::Authenticator,
        UninvitedKind::AuthenticatorPasskey,
        UninvitedKind::SecurityKey,
    ];
    let may = |kind: &UninvitedKind| {
        family(*kind).is_some_and(|family| granted.iter().any(|right| family.is_covered_by(right)))
    };
    kinds.into_iter().filter(may).collect()
}

/// The list a method is removed from; none for kinds this version has no word for.
pub(crate) fn family(kind: UninvitedKind) -> Option<entra::MethodFamily> {
    Some(match kind {
        UninvitedKind::Phone => entra::MethodFamily::Phone,
        UninvitedKind::Email => entra::MethodFamily::Email,
        UninvitedKind::Codes => entra::MethodFamily::SoftwareOath,
        UninvitedKind::WindowsHello => entra::MethodFamily::WindowsHello,
        UninvitedKind::PlatformCredential => entra::MethodFamily::PlatformCredential,
        UninvitedKind::Authenticator => entra::MethodFamily::Authenticator,
        UninvitedKind::AuthenticatorPasskey | UninvitedKind::SecurityKey => {
            entra::MethodFamily::Passkey
        }
        UninvitedKind::Other => return None,
    })
}

fn other_kind(kind: String) -> OtherKind {
    match kind.strip_suffix("AuthenticationMethod").unwrap_or(&kind) {
        "phone" => OtherKind::Phone,
        "email" => OtherKind::Email,
        "softwareOath" => OtherKind::Codes,
        "windowsHelloForBusiness" => OtherKind::WindowsHello,
        "platformCredential" => OtherKind::PlatformCredential,
        other => OtherKind::Unknown(other.to_owned()),
    }
}

pub(crate) fn policy(policy: &entra::PassPolicy) -> GrantedPolicy {
    GrantedPolicy {
        enabled: policy.enabled,
        min_minutes: policy.min_lifetime_minutes.unwrap_or(10),
        max_minutes: policy.max_lifetime_minutes.unwrap_or(43_200),
        once_forced: policy.once_forced,
        everyone: policy.everyone_in_scope,
    }
}

/// A pass whose answer does not say from when it works works from when it was asked for.
pub(crate) fn issued(pass: &entra::IssuedPass, asked: ServiceTime) -> IssuedPass {
    IssuedPass {
        id: PassId(pass.id.clone()),
        secret: PassSecret::new(pass.value.expose()),
        start: pass.start_unix_ms.map_or(asked, ServiceTime),
        lifetime_minutes: pass.lifetime_minutes,
        once: pass.once,
    }
}

pub(crate) fn removal(removal: entra::Removal) -> PassRemoval {
    match removal {
        entra::Removal::Removed => PassRemoval::Removed,
        entra::Removal::NotThere => PassRemoval::NotThere,
    }
}

/// What came of another password; `not_permitted` says which role this request takes.
pub(crate) fn change_failed(error: &ChangeError, not_permitted: TroubleCode) -> PasswordChange {
    log(error, error.support());
    let support = Some(support(error.support()));
    match error {
        ChangeError::NotAccepted { .. } => PasswordChange::NotAccepted(support),
        ChangeError::Uncertain { .. } => PasswordChange::Uncertain(support),
        ChangeError::OnPremises { .. } => {
            let trouble = Trouble::new(TroubleCode::PasswordOnPremises);
            PasswordChange::NotChanged(trouble.support(support).into())
        }
        ChangeError::NotChanged(error) if error.kind == GraphErrorKind::NotPermitted => {
            PasswordChange::NotChanged(Trouble::new(not_permitted).support(support).into())
        }
        ChangeError::NotChanged(error) => PasswordChange::NotChanged(failed(error)),
    }
}

/// What support needs of an exchange.
pub(crate) fn support(info: &SupportInfo) -> Support {
    let refusal = info.refusal.as_deref();
    Support {
        client_request_id: Some(info.client_request_id.clone()),
        request_id: info.request_id.clone(),
        at_unix_ms: info.at_unix_ms,
        refusal: refusal.map(|refusal| {
            Box::new(onboarding::ServiceRefusal {
                aadsts: refusal.aadsts,
                error_uri: refusal.error_uri.clone(),
                correlation_id: refusal.correlation_id.clone(),
            })
        }),
    }
}

pub(crate) fn failed(error: &GraphError) -> EffectFailure {
    let retry_after_s = match &error.kind {
        GraphErrorKind::Throttled { retry_after } => Some(seconds(*retry_after)),
        GraphErrorKind::NotFound
        | GraphErrorKind::NotPermitted
        | GraphErrorKind::SignInNeeded { .. }
        | GraphErrorKind::Offline
        | GraphErrorKind::NetworkWantsSignIn
        | GraphErrorKind::NetworkRefused
        | GraphErrorKind::ProxyWantsSignIn
        | GraphErrorKind::ProxyRejects
        | GraphErrorKind::Tls
        | GraphErrorKind::ServerTrouble
        | GraphErrorKind::Unexpected => None,
    };
    EffectFailure {
        trouble: graph_trouble(error),
        retry_after_s,
    }
}

/// Why somebody is still on the roll. Who was not found on it, and may be there all the same, was not found by a copy of
/// the directory: nothing is said of the account.
pub(crate) fn not_left(error: &GraphError) -> EffectFailure {
    if error.kind != GraphErrorKind::NotFound {
        return failed(error);
    }
    let support = graph_trouble(error).support;
    let trouble = Trouble::new(TroubleCode::RollNotLeft);
    trouble.support(support).into()
}

pub(crate) fn graph_trouble(error: &GraphError) -> Trouble {
    log(error, &error.support);
    graph_trouble_of(&error.kind).support(Some(support(&error.support)))
}

/// Who is asked about was found before: what is not there a moment later has not arrived everywhere yet.
pub(crate) fn graph_trouble_of(kind: &GraphErrorKind) -> Trouble {
    match kind {
        GraphErrorKind::NotFound => Trouble::new(TroubleCode::NotEverywhereYet),
        GraphErrorKind::NotPermitted => Trouble::new(TroubleCode::ReadNotPermitted),
        GraphErrorKind::Throttled { retry_after } => throttled(*retry_after),
        GraphErrorKind::SignInNeeded { .. } => Trouble::new(TroubleCode::SignInAgain),
        GraphErrorKind::Offline => Trouble::new(TroubleCode::NoNetwork),
        GraphErrorKind::NetworkWantsSignIn => Trouble::new(TroubleCode::NetworkWantsSignIn),
        GraphErrorKind::NetworkRefused => Trouble::new(TroubleCode::NetworkRefused),
        GraphErrorKind::ProxyWantsSignIn => Trouble::new(TroubleCode::ProxyWantsSignIn),
        GraphErrorKind::ProxyRejects => Trouble::new(TroubleCode::ProxyRejects),
        GraphErrorKind::Tls => Trouble::new(TroubleCode::Untrusted),
        GraphErrorKind::ServerTrouble => Trouble::new(TroubleCode::ServiceDown),
        GraphErrorKind::Unexpected => Trouble::new(TroubleCode::Unexpected),
    }
}

pub(crate) fn issue_failed(error: &IssueError) -> IssueAnswer {
    log(error, error.support());
    let support = Some(support(error.support()));
    let not_sent = |trouble: Trouble| IssueAnswer::NotSent(trouble.support(support.clone()));
    match error {
        IssueError::Refused { refusal, .. } => {
            IssueAnswer::Refused(refused(*refusal).support(support))
        }
        IssueError::Throttled { retry_after, .. } => not_sent(throttled(*retry_after)),
        IssueError::SignInNeeded { .. } => not_sent(Trouble::new(TroubleCode::SignInAgain)),
        IssueError::Offline { .. } => {
            not_sent(Trouble::new(TroubleCode::NoNetwork).before_sending())
        }
        IssueError::NotSent { cause, .. } => not_sent(graph_trouble_of(cause).before_sending()),
        IssueError::Uncertain { .. } => IssueAnswer::Uncertain(support),
    }
}

fn refused(refusal: IssueRefusal) -> Trouble {
    match refusal {
        // Nought stands for what was not told.
        IssueRefusal::LifetimeOutOfRange { min, max } => Trouble::new(TroubleCode::PassLifetime)
            .number("min", min.unwrap_or(0))
            .number("max", max.unwrap_or(0)),
        IssueRefusal::MethodDisabledOrOutOfScope => Trouble::new(TroubleCode::PassOutOfScope),
        IssueRefusal::ExternalGuest => Trouble::new(TroubleCode::PersonExternalGuest),
        IssueRefusal::OneTimeForced => Trouble::new(TroubleCode::PassOnceForced),
        IssueRefusal::NotPermitted => Trouble::new(TroubleCode::PassNotPermitted),
        IssueRefusal::Self_ => Trouble::new(TroubleCode::PersonIsOperator),
        IssueRefusal::NotFound => Trouble::new(TroubleCode::NotEverywhereYet),
        IssueRefusal::AlreadyExists => Trouble::new(TroubleCode::PassExists).number("minutes", 0),
        IssueRefusal::Other => Trouble::new(TroubleCode::PassRefused),
    }
}

/// An error tells more apart than a screen has sentences for. The log keeps it with its causes, under the id that
/// stands on the screen; none of them holds contents.
fn log(error: &(dyn Error + 'static), support: &SupportInfo) {
    let client_request_id = &support.client_request_id;
    let refusal = support.refusal.as_deref();
    let words = causes(error);
    tracing::warn!(client_request_id, ?refusal, "{words}");
}

fn causes(error: &(dyn Error + 'static)) -> String {
    let causes: Vec<String> = std::iter::successors(Some(error), |&error| error.source())
        .map(ToString::to_string)
        .collect();
    causes.join(": ")
}

fn throttled(retry_after: Option<Duration>) -> Trouble {
    Trouble::new(TroubleCode::Throttled).number("seconds", seconds(retry_after))
}

fn seconds(retry_after: Option<Duration>) -> u32 {
    retry_after
        .map_or(10, |wait| u32::try_from(wait.as_secs()).unwrap_or(u32::MAX))
        .min(900)
}

#[cfg(test)]
mod tests;
