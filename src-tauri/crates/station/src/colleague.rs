//! A colleague's sign-in that confirms a pass: it says who it is, and nothing of it is kept.

use std::time::Duration;

use entra::{SignInError, SignInErrorKind};
use onboarding::{Colleague, Memberships, Trouble, TroubleCode, UserId};
use tokio_util::sync::CancellationToken;

use crate::config::Setup;
use crate::ports::OpenBrowser;
use crate::translate;

/// The machine gives up sooner.
const LIMIT: Duration = Duration::from_secs(900);
/// A sign-in that was made before the question is none.
const LEEWAY_S: i64 = 60;

/// What the station needs for it, and the sign-in under way.
pub(crate) struct AskedColleague {
    /// None where no pass waits for a colleague.
    client: Option<entra::Client>,
    /// The directory is asked what the colleague is in.
    is_in: bool,
    under_way: Option<CancellationToken>,
}

/// The operator's side of one question.
pub(crate) struct Question {
    pub(crate) open: OpenBrowser,
    /// The operator's own way into the directory, which stays as it is.
    pub(crate) session: Option<entra::Session>,
    /// Unix seconds by the service's clock.
    pub(crate) began_at_s: i64,
}

impl AskedColleague {
    /// The operator's registration, asked for no right and no refresh token, and typed in anew each time.
    pub(crate) fn of(setup: &Setup, uptime: &entra::Uptime) -> Result<Self, entra::SetupError> {
        let rules = &setup.policy.four_eyes;
        let app = entra::AppRegistration {
            scopes: Vec::new(),
            refresh: false,
            prompt: entra::Prompt::Login,
            ..setup.app.clone()
        };
        let client = || {
            let endpoints = setup.endpoints.clone();
            entra::Client::with_clock(&setup.proxy, endpoints, app, uptime.clone())
        };
        Ok(Self {
            client: (!rules.when.is_empty()).then(client).transpose()?,
            is_in: rules.ask_of_colleague(),
            under_way: None,
        })
    }

    /// One at a time: another question ends it.
    pub(crate) fn ask(
        &mut self,
        question: Question,
    ) -> impl Future<Output = Result<Colleague, Trouble>> + Send + 'static {
        self.stop();
        let stop = CancellationToken::new();
        self.under_way = Some(stop.clone());
        let (client, is_in) = (self.client.clone(), self.is_in);
        async move {
            let client = client.ok_or_else(|| Trouble::new(TroubleCode::NotAllowedHere))?;
            tokio::select! {
                () = stop.cancelled() => Err(Trouble::new(TroubleCode::ColleagueDeclined)),
                told = signs_in(client, question, is_in) => told,
            }
        }
    }

    pub(crate) fn stop(&mut self) {
        if let Some(under_way) = self.under_way.take() {
            under_way.cancel();
        }
    }
}

impl Drop for AskedColleague {
    fn drop(&mut self) {
        self.stop();
    }
}

async fn signs_in(
    client: entra::Client,
    question: Question,
    is_in: bool,
) -> Result<Colleague, Trouble> {
    let Question {
        open,
        session,
        began_at_s,
    } = question;
    // Whoever sits at the browser could take the demand for a fresh sign-in out of its address.
    let demand = entra::ClaimsChallenge::of_sign_in_time();
    let pending = client.begin_sign_in_with_claims(None, &demand).await;
    let pending = pending.map_err(|error| trouble(&error))?;
    opened(&open, pending.start_url().to_string()).await?;
    let done = pending
        .finish(LIMIT)
        .await
        .map_err(|error| trouble(&error))?;
    done.session.forget();
    // Nor does the browser keep the colleague's own session, in which the operator could go on.
    if let Some(address) = done.sign_out_url
        && opened(&open, address.to_string()).await.is_err()
    {
        tracing::warn!("the session of a colleague in the browser could not be ended");
    }
    let who = done.operator;
    if !is_of_now(who.signed_in_at_s, began_at_s) {
        tracing::warn!("the token does not say that the sign-in is of now (auth_time)");
        return Err(Trouble::new(TroubleCode::ColleagueNotFresh));
    }
    let (guest, is_in) = match &session {
        Some(session) => about(session, &who.oid, is_in).await,
        None => (None, Memberships::default()),
    };
    Ok(Colleague {
        oid: UserId(who.oid),
        name: who.name,
        tenant: who.tid,
        guest,
        is_in,
    })
}

/// Whether the sign-in was made for this question; one that does not say when it was made was not.
fn is_of_now(signed_in_at_s: Option<i64>, began_at_s: i64) -> bool {
    signed_in_at_s.is_some_and(|at| at.saturating_add(LEEWAY_S) >= began_at_s)
}

/// What the directory says of a colleague; what cannot be read is left open.
async fn about(session: &entra::Session, oid: &str, is_in: bool) -> (Option<bool>, Memberships) {
    let groups = async {
        match is_in {
            true => session.known_user_roles(oid, |_| false).await.ok(),
            false => None,
        }
    };
    let (account, groups) = tokio::join!(session.user(oid), groups);
    let guest = account
        .ok()
        .map(|account| translate::is_guest(account.kind));
    let is_in = groups.as_ref().map(translate::memberships);
    (guest, is_in.unwrap_or_default())
}

async fn opened(open: &OpenBrowser, address: String) -> Result<(), Trouble> {
    let open = open.clone();
    match tokio::task::spawn_blocking(move || open(&address)).await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(_)) | Err(_) => Err(Trouble::new(TroubleCode::BrowserFailed)),
    }
}

/// What kept a colleague from signing in; the rest is said as it is of an operator.
fn trouble(error: &SignInError) -> Trouble {
    let told = translate::sign_in_trouble(error);
    let code = match &error.kind {
        SignInErrorKind::Cancelled | SignInErrorKind::Declined => TroubleCode::ColleagueDeclined,
        SignInErrorKind::TimedOut => TroubleCode::ColleagueTimedOut,
        SignInErrorKind::WrongTenant => TroubleCode::ColleagueElsewhere,
        SignInErrorKind::Offline
        | SignInErrorKind::NetworkWantsSignIn
        | SignInErrorKind::NetworkRefused
        | SignInErrorKind::ProxyWantsSignIn
        | SignInErrorKind::ProxyRejects
        | SignInErrorKind::Tls
        | SignInErrorKind::ServerTrouble
        | SignInErrorKind::ConsentNeeded { .. }
        | SignInErrorKind::NotAssigned { .. }
        | SignInErrorKind::BlockedByPolicy { .. }
        | SignInErrorKind::PortUnavailable
        | SignInErrorKind::TenantNotFound
        | SignInErrorKind::ClientMisconfigured { .. }
        | SignInErrorKind::Untrusted
        | SignInErrorKind::TokenInvalid(_)
        | SignInErrorKind::Refused { .. }
        | SignInErrorKind::Unexpected => return told,
    };
    Trouble::new(code).support(told.support)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A session that the browser kept would confirm in the colleague's absence.
    #[test]
    fn n26_an_earlier_sign_in_and_one_without_a_time_confirm_nothing() {
        for (at, of_now) in [
            (Some(1_000), true),
            (Some(1_030), true),
            (Some(940), true),
            (Some(939), false),
            (Some(0), false),
            (None, false),
        ] {
            assert_eq!(is_of_now(at, 1_000), of_now, "{at:?}");
        }
    }
}
