//! Getting in: the key, the certificate, and the directory's word for what the app may do.

use std::path::Path;
use std::time::Duration;

use entra::{AppKey, AppKeyFlaw, Client, Proxy, Session, SignInError, SignInErrorKind, UserRoles};
use host::credentials::CredentialStore;
use zeroize::Zeroizing;

use crate::asking::patiently;
use crate::config::{JobSetup, Operators, Way, person};
use crate::report::Ending;
use crate::stop::{ASKED, Stop};

/// So long somebody who signs in is waited for.
const SIGN_IN_LIMIT: Duration = Duration::from_secs(300);

/// Why somebody who signed in is not let in.
const NOT_LISTED: &str = "whoever signed in is neither in limits.operators nor in limits.operator_group, or that could not be read";

/// A way into the directory.
pub(crate) struct Access {
    pub(crate) client: Client,
    pub(crate) session: Session,
}

/// Why there is none.
#[derive(Debug)]
pub(crate) struct NoAccess {
    pub(crate) ending: Ending,
    pub(crate) why: String,
}

/// Signs in: the app by itself, or whoever follows the address that is handed to `lead`.
pub(crate) async fn open(
    setup: &JobSetup,
    stop: &Stop,
    lead: &mut dyn FnMut(&str),
) -> Result<Access, NoAccess> {
    match &setup.way {
        Way::App => app(setup).await,
        Way::Operator(proxy, allowed) => {
            let access = operator(setup, proxy, stop, lead).await?;
            match may(&access.session, allowed, stop).await {
                true => Ok(access),
                false => Err(configuration(NOT_LISTED.to_owned())),
            }
        }
    }
}

/// Whether whoever signed in is one of those. What cannot be read is a no.
async fn may(session: &Session, allowed: &Operators, stop: &Stop) -> bool {
    let operator = session.operator();
    if allowed.listed.is_empty() && allowed.group.is_none() {
        return true;
    }
    if person(operator).is_some_and(|id| allowed.listed.contains(&id)) {
        return true;
    }
    let Some(group) = allowed.group else {
        return false;
    };
    let read = patiently(stop, async || session.user_roles(operator).await).await;
    let within = |roles: UserRoles| roles.member_of.iter().any(|id| person(id) == Some(group));
    read.is_ok_and(within)
}

async fn operator(
    setup: &JobSetup,
    proxy: &Proxy,
    stop: &Stop,
    lead: &mut dyn FnMut(&str),
) -> Result<Access, NoAccess> {
    let client = Client::behind(proxy, setup.endpoints.clone(), setup.app.clone());
    let client = client.map_err(|error| configuration(error.to_string()))?;
    let pending = client.begin_sign_in(None).await;
    let pending = pending.map_err(|error| not_signed_in(&error))?;
    lead(pending.start_url().as_str());
    let done = tokio::select! {
        done = pending.finish(SIGN_IN_LIMIT) => done,
        // It ends with the limit, or where this run is asked to end.
        () = stop.pause(SIGN_IN_LIMIT) => {
            let (ending, why) = match stop.asked() {
                true => (Ending::Stopped, ASKED),
                false => (Ending::Failed, "nobody signed in"),
            };
            return Err(NoAccess { ending, why: why.to_owned() });
        }
    };
    let signed_in = done.map_err(|error| not_signed_in(&error))?;
    Ok(Access {
        client,
        session: signed_in.session,
    })
}

/// Whoever signs in may try again where they gave up.
fn not_signed_in(error: &SignInError) -> NoAccess {
    let gave_up = matches!(
        error.kind,
        SignInErrorKind::Cancelled | SignInErrorKind::Declined
    );
    let ending = if gave_up {
        Ending::Failed
    } else {
        ending(&error.kind)
    };
    NoAccess {
        ending,
        why: format!("nobody signed in: {}{}", error.kind, number(error)),
    }
}

fn number(error: &SignInError) -> String {
    let number = error.support.refusal.as_ref().and_then(|no| no.aadsts);
    number.map_or(String::new(), |number| format!(" (AADSTS{number})"))
}

async fn app(setup: &JobSetup) -> Result<Access, NoAccess> {
    let key = key(setup).map_err(configuration)?;
    let client = Client::new(setup.endpoints.clone(), setup.app.clone());
    let client = client.map_err(|error| configuration(error.to_string()))?;
    match client.sign_in_as_app(key).await {
        Ok(session) => Ok(Access { client, session }),
        Err(error) => Err(NoAccess {
            ending: ending(&error.kind),
            why: format!(
                "the app could not sign in: {}{}",
                error.kind,
                number(&error)
            ),
        }),
    }
}

/// The key of the certificate, tried.
pub(crate) fn key(setup: &JobSetup) -> Result<AppKey, String> {
    let key = match setup.passwords.key.as_str() {
        "store" => kept()?,
        path => of_file(Path::new(path))?,
    };
    tried(setup, &key)
}

/// A key that signs for the certificate of the configuration; why not, by the key of the configuration it is about.
pub(crate) fn tried(setup: &JobSetup, key: &[u8]) -> Result<AppKey, String> {
    let certificate = std::fs::read_to_string(&setup.passwords.certificate)
        .map_err(|error| format!("passwords.certificate: cannot be read: {error}"))?;
    AppKey::new(&certificate, key).map_err(|flaw| match flaw {
        AppKeyFlaw::Certificate => format!("passwords.certificate: {flaw}"),
        AppKeyFlaw::Key | AppKeyFlaw::NotAPair => format!("passwords.key: {flaw}"),
    })
}

fn kept() -> Result<Zeroizing<Vec<u8>>, String> {
    let kept = host::kept_key::recall(&CredentialStore::system());
    match kept {
        Ok(Some(key)) => Ok(key),
        Ok(None) => Err(
            "passwords.key: nothing is kept for this user: madoguchictl passwords keep-key"
                .to_owned(),
        ),
        Err(error) => Err(format!("passwords.key: {error}")),
    }
}

fn of_file(path: &Path) -> Result<Zeroizing<Vec<u8>>, String> {
    let unreadable = |error: std::io::Error| format!("passwords.key: cannot be read: {error}");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = path.metadata().map_err(unreadable)?.permissions().mode();
        if mode & 0o077 != 0 {
            return Err(format!(
                "passwords.key: others may read it (mode {:o}): chmod 600",
                mode & 0o777
            ));
        }
    }
    std::fs::read(path).map(Zeroizing::new).map_err(unreadable)
}

fn configuration(why: String) -> NoAccess {
    NoAccess {
        ending: Ending::Configuration,
        why,
    }
}

/// Whether another try later may do.
fn ending(kind: &SignInErrorKind) -> Ending {
    match kind {
        SignInErrorKind::TimedOut
        | SignInErrorKind::Offline
        | SignInErrorKind::NetworkWantsSignIn
        | SignInErrorKind::NetworkRefused
        | SignInErrorKind::ServerTrouble
        | SignInErrorKind::Unexpected => Ending::Failed,
        SignInErrorKind::Cancelled
        | SignInErrorKind::Declined
        | SignInErrorKind::ProxyWantsSignIn
        | SignInErrorKind::ProxyRejects
        | SignInErrorKind::Tls
        | SignInErrorKind::TenantNotFound
        | SignInErrorKind::WrongTenant
        | SignInErrorKind::ClientMisconfigured { .. }
        | SignInErrorKind::ConsentNeeded { .. }
        | SignInErrorKind::NotAssigned { .. }
        | SignInErrorKind::BlockedByPolicy { .. }
        | SignInErrorKind::Untrusted
        | SignInErrorKind::TokenInvalid(_)
        | SignInErrorKind::PortUnavailable
        | SignInErrorKind::Refused { .. } => Ending::Configuration,
    }
}
