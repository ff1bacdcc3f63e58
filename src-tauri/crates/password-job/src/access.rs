//! Getting in: the key, the certificate, and the directory's word for what the app may do.

use std::path::Path;

use entra::{AppKey, Client, Session, SignInErrorKind};
use host::credentials::CredentialStore;
use zeroize::Zeroizing;

use crate::config::JobSetup;
use crate::report::Ending;

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

/// Signs the app in.
pub(crate) async fn open(setup: &JobSetup) -> Result<Access, NoAccess> {
    let key = key(setup).map_err(configuration)?;
    let client = Client::new(setup.endpoints.clone(), setup.app.clone());
    let client = client.map_err(|error| configuration(error.to_string()))?;
    match client.sign_in_as_app(key).await {
        Ok(session) => Ok(Access { client, session }),
        Err(error) => {
            let number = error.support.refusal.as_ref().and_then(|no| no.aadsts);
            let number = number.map_or(String::new(), |number| format!(" (AADSTS{number})"));
            Err(NoAccess {
                ending: ending(&error.kind),
                why: format!("the app could not sign in: {}{number}", error.kind),
            })
        }
    }
}

/// The key of the certificate, tried.
pub(crate) fn key(setup: &JobSetup) -> Result<AppKey, String> {
    let passwords = &setup.passwords;
    let certificate = std::fs::read_to_string(&passwords.certificate)
        .map_err(|error| format!("passwords.certificate: cannot be read: {error}"))?;
    let key = match passwords.key.as_str() {
        "store" => kept()?,
        path => of_file(Path::new(path))?,
    };
    AppKey::new(&certificate, &key).map_err(|flaw| format!("passwords.key: {flaw}"))
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
