//! A colleague's sign-in that confirms a pass: it says who it is, and nothing of it is kept.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use entra::{SignInError, SignInErrorKind};
use onboarding::{Colleague, ColleagueStanding, Trouble, TroubleCode, UserId};
use tokio_util::sync::CancellationToken;

use crate::config::Setup;
use crate::ports::OpenBrowser;
use crate::translate;

/// The machine gives up sooner.
const LIMIT: Duration = Duration::from_secs(900);
/// A sign-in that was made before the question is none, but for what two clocks may differ by.
const LEEWAY_S: i64 = 10;

/// When each colleague last signed in to confirm: one sign-in answers one question.
type Answered = Arc<Mutex<BTreeMap<String, i64>>>;

/// What the station needs for it, and the sign-in under way.
pub(crate) struct AskedColleague {
    /// None where no pass waits for a colleague.
    client: Option<entra::Client>,
    /// The directory is asked what the colleague is in.
    is_in: bool,
    under_way: Option<CancellationToken>,
    answered: Answered,
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
            answered: Answered::default(),
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
        let answered = Arc::clone(&self.answered);
        async move {
            let client = client.ok_or_else(|| Trouble::new(TroubleCode::NotAllowedHere))?;
            let who = signs_in(client, &question, &stop).await?;
            if !is_of_now(who.signed_in_at_s, question.began_at_s)
                || !is_first(&answered, &who.oid, who.signed_in_at_s)
            {
                tracing::warn!("the token does not say that the sign-in is of now (auth_time)");
                return Err(Trouble::new(TroubleCode::ColleagueNotFresh));
            }
            let standing = match &question.session {
                Some(session) => about(session, &who.oid, is_in).await,
                None => ColleagueStanding::default(),
            };
            Ok(Colleague {
                oid: UserId(who.oid),
                name: who.name,
                tenant: who.tid,
                standing,
            })
        }
    }

    /// Whether the directory is asked what a colleague is in.
    pub(crate) fn is_in(&self) -> bool {
        self.is_in
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

/// However it ends, the browser does not keep the colleague's own session, in which the operator could go on.
async fn signs_in(
    client: entra::Client,
    question: &Question,
    stop: &CancellationToken,
) -> Result<entra::OperatorIdentity, Trouble> {
    // Whoever sits at the browser could take the demand for a fresh sign-in out of its address.
    let demand = entra::ClaimsChallenge::of_sign_in_time();
    let pending = client.begin_sign_in_with_claims(None, &demand).await;
    let pending = pending.map_err(|error| trouble(&error))?;
    opened(&question.open, pending.start_url().to_string()).await?;
    let sign_out = pending.sign_out_url().map(ToString::to_string);
    let done = tokio::select! {
        () = stop.cancelled() => Err(Trouble::new(TroubleCode::ColleagueDeclined)),
        done = pending.finish(LIMIT) => done.map_err(|error| trouble(&error)),
    };
    if let Some(address) = sign_out
        && opened(&question.open, address).await.is_err()
    {
        tracing::warn!("the session of a colleague in the browser could not be ended");
    }
    let done = done?;
    done.session.forget();
    Ok(done.operator)
}

/// Whether the sign-in was made for this question; one that does not say when it was made was not.
fn is_of_now(signed_in_at_s: Option<i64>, began_at_s: i64) -> bool {
    signed_in_at_s.is_some_and(|at| at.saturating_add(LEEWAY_S) >= began_at_s)
}

/// Whether this sign-in has answered no question before: a browser that kept it would say the same one again.
fn is_first(answered: &Answered, oid: &str, signed_in_at_s: Option<i64>) -> bool {
    let Some(at) = signed_in_at_s else {
        return false;
    };
    let mut answered = answered.lock().unwrap_or_else(PoisonError::into_inner);
    let last = answered.entry(oid.to_ascii_lowercase()).or_insert(i64::MIN);
    let first = at > *last;
    *last = at.max(*last);
    first
}

/// What the directory says of a colleague; what cannot be read is left open.
pub(crate) async fn about(session: &entra::Session, oid: &str, is_in: bool) -> ColleagueStanding {
    let groups = async {
        match is_in {
            true => session.known_user_roles(oid, |_| false).await.ok(),
            false => None,
        }
    };
    let (account, groups) = tokio::join!(session.user(oid), groups);
    let account = account.ok();
    let is_in = groups.as_ref().map(translate::memberships);
    ColleagueStanding {
        guest: (account.as_ref()).and_then(|account| translate::is_guest(account.kind)),
        enabled: account.and_then(|account| account.account_enabled),
        is_in: is_in.unwrap_or_default(),
    }
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
            (Some(990), true),
            (Some(989), false),
            (Some(0), false),
            (None, false),
        ] {
            assert_eq!(is_of_now(at, 1_000), of_now, "{at:?}");
        }
    }

    /// One sign-in answers one question: a browser that kept it is not the colleague.
    #[test]
    fn n26_a_sign_in_that_answered_before_answers_nothing_more() {
        let answered = Answered::default();
        let at = |oid: &str, at| is_first(&answered, oid, at);
        assert!(at("A", Some(1_000)));
        assert!(!at("a", Some(1_000)), "the same one");
        assert!(!at("a", Some(990)), "an earlier one");
        assert!(at("b", Some(1_000)), "somebody else's");
        assert!(at("a", Some(1_001)));
        assert!(!at("a", None));
    }
}
