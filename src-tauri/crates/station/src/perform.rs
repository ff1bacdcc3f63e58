//! Effects that go over the network or to the shell: each asks once and tells what came of it.

use std::sync::Arc;
use std::time::Duration;

use onboarding::{
    DeviceAnswer, EffectFailure, HandOut, HandOutDone, IssueAnswer, IssuePermit, MethodQuery,
    MethodRead, NameWanted, Operator, PassRemoval, PassRequest, PeopleFound, Person, PersonQuery,
    Policy, Reading, Scopes, ServiceTime, Target, TenantRules, Trouble, TroubleCode, UninvitedKind,
    UserId,
};
use tokio::sync::{mpsc, oneshot};

use crate::limits_seen::{self, Named};
use crate::ports::{Clock, HandOutError, HandOutWanted, LastOperator, OpenBrowser};
use crate::{roles, translate};

/// Longest time the browser may take; the machine's own limit is shorter.
const SIGN_IN_LIMIT: Duration = Duration::from_secs(900);
const SEARCH_LIMIT: usize = 12;

/// Reads and writes in the directory as the operator.
pub(crate) struct GraphEffects {
    pub(crate) session: Option<entra::Session>,
    pub(crate) now: ServiceTime,
    pub(crate) reads: Reads,
    /// Passwords are taken out of use here: a person's Windows computers speak against that.
    pub(crate) computers: bool,
}

/// What of the directory is read, by the site's rules.
#[derive(Clone, Debug)]
pub(crate) struct Reads {
    /// Whether methods are read all together or kind by kind.
    pub(crate) scopes: Scopes,
    /// The site's own limits ask what the operator is in.
    pub(crate) operator_is_in: bool,
    /// The same of the person.
    pub(crate) person_is_in: bool,
    /// The groups and units they name.
    pub(crate) named: Arc<[Named]>,
}

impl From<&Policy> for Reads {
    fn from(policy: &Policy) -> Self {
        Self {
            scopes: policy.scopes,
            operator_is_in: policy.limits.ask_of_operator(),
            person_is_in: policy.limits.ask_of_person(),
            named: limits_seen::named(policy),
        }
    }
}

impl GraphEffects {
    /// What may not be read holds nobody up.
    pub(crate) async fn policies(self) -> TenantRules {
        let Some(session) = &self.session else {
            return TenantRules::default();
        };
        let limits = async {
            let operator = self.of_operator(session).await;
            limits_seen::look(&self.reads.named, operator, session).await
        };
        let (passes, domains, phone_sign_in, limits) = tokio::join!(
            session.pass_policy(),
            session.verified_domains(),
            session.phone_sign_in_allowed(),
            limits,
        );
        TenantRules {
            passes: passes.ok().as_ref().map(translate::policy),
            domains: domains.ok().flatten(),
            phone_sign_in: phone_sign_in.ok().flatten(),
            limits,
        }
    }

    pub(crate) async fn find(self, query: PersonQuery) -> Result<PeopleFound, EffectFailure> {
        match query {
            PersonQuery::Upn(upn) => self.look_up(upn.as_str()).await,
            PersonQuery::Name(name) => self.search(&name).await,
        }
    }

    async fn search(self, name: &NameWanted) -> Result<PeopleFound, EffectFailure> {
        let session = self.session.as_ref().ok_or_else(signed_out)?;
        let spellings: Vec<&str> = name.spellings().collect();
        match session
            .search_users_spelt(&spellings, SEARCH_LIMIT + 1)
            .await
        {
            Ok(users) if users.len() == 1 => {
                let id = users[0].id.clone();
                self.read_person(&id).await
            }
            Ok(users) => {
                let more = users.len() > SEARCH_LIMIT;
                let people = users.into_iter().take(SEARCH_LIMIT);
                let people = people
                    .map(|user| translate::person(user, Target::Unknown))
                    .collect();
                Ok(PeopleFound {
                    people,
                    methods: None,
                    more,
                    belonging: None,
                })
            }
            Err(error) => Err(translate::graph_trouble(&error).into()),
        }
    }

    /// Somebody who was found before.
    pub(crate) async fn read_person(self, id: &str) -> Result<PeopleFound, EffectFailure> {
        let found = self.look_up(id).await?;
        // Found a moment ago: it has not arrived everywhere yet.
        match found.people.is_empty() {
            true => Err(Trouble::new(TroubleCode::NotEverywhereYet).into()),
            false => Ok(found),
        }
    }

    /// The person with roles and methods: what the operator sees, and the baseline of the live check.
    async fn look_up(self, id_or_upn: &str) -> Result<PeopleFound, EffectFailure> {
        let session = self.session.as_ref().ok_or_else(signed_out)?;
        let user = match session.user(id_or_upn).await {
            Ok(user) => user,
            Err(error) if error.kind == entra::GraphErrorKind::NotFound => {
                return Ok(PeopleFound {
                    people: Vec::new(),
                    methods: None,
                    more: false,
                    belonging: None,
                });
            }
            Err(error) => {
                return Err(translate::graph_trouble(&error).into());
            }
        };
        // Where groups are asked about as well, a role that is enough to say "protected" is not.
        let enough = |roles: &_| !self.reads.person_is_in && roles::protects(roles);
        let (roles, methods, windows_device, operator) = tokio::join!(
            session.known_user_roles(&user.id, enough),
            self.all_methods(session, &user.id),
            self.windows_device(session, &user.id),
            self.of_operator(session)
        );
        let belonging = self.belonging_beside(session, operator, roles.as_ref().ok());
        match translate::found(user, roles, methods) {
            Ok((person, methods)) => Ok(PeopleFound {
                people: vec![Person {
                    windows_device,
                    ..person
                }],
                methods: Some(methods),
                more: false,
                belonging,
            }),
            Err(trouble) => Err(trouble.into()),
        }
    }

    pub(crate) async fn methods(
        self,
        user: &str,
        wants: &MethodQuery,
        asked_for: bool,
    ) -> Result<Reading, EffectFailure> {
        let session = self.session.as_ref().ok_or_else(signed_out)?;
        let priority = if asked_for {
            entra::Priority::High
        } else {
            entra::Priority::Low
        };
        let one_list = |kind| session.methods_of(user, kind, priority);
        match wants {
            MethodQuery::Everything => self.listed(session.methods(user, priority).await),
            MethodQuery::Passes => self.listed(one_list(entra::MethodKind::Pass).await),
            MethodQuery::Authenticators => {
                self.listed(one_list(entra::MethodKind::Authenticator).await)
            }
            MethodQuery::Passkeys => self.listed(one_list(entra::MethodKind::Passkey).await),
            MethodQuery::Devices => {
                let entries = session.authenticators_with_devices(user, priority).await;
                told(entries.map(|entries| translate::devices(entries, self.now)))
            }
            MethodQuery::DeviceOf(entry) => {
                let device = session.authenticator_device(user, entry, priority).await;
                told(device.map(translate::device))
            }
        }
    }

    fn listed(
        &self,
        read: Result<Vec<entra::Method>, entra::GraphError>,
    ) -> Result<Reading, EffectFailure> {
        match read {
            Ok(methods) => Ok(Reading::Methods(translate::read(methods, self.now))),
            Err(error) => Err(translate::failed(&error)),
        }
    }

    /// What cannot be read speaks against nothing.
    async fn windows_device(&self, session: &entra::Session, user: &str) -> bool {
        if !self.computers {
            return false;
        }
        match session.has_windows_device(user).await {
            Ok(told) => told.unwrap_or(false),
            Err(error) => {
                tracing::warn!(?error.kind, "whether a Windows computer is registered could not be read");
                false
            }
        }
    }

    /// The baseline: with narrow scopes what those show, three lists. Where the way that is taken does not answer, the
    /// other one is tried: what was there before has to be known, by whichever.
    async fn all_methods(
        &self,
        session: &entra::Session,
        user: &str,
    ) -> Result<MethodRead, entra::GraphError> {
        let whole = async || {
            let methods = session.methods(user, entra::Priority::High).await?;
            Ok(translate::read(methods, self.now))
        };
        let kinds = async || {
            let methods = self.kind_by_kind(session, user).await?;
            Ok(MethodRead {
                partial: true,
                ..translate::read(methods, self.now)
            })
        };
        match self.reads.scopes {
            Scopes::Wide => match whole().await {
                Err(error) if is_of_the_way(&error) => kinds().await.map_err(|_| error),
                told => told,
            },
            Scopes::Narrow => match kinds().await {
                Err(error) if is_of_the_way(&error) => whole().await.map_err(|_| error),
                told => told,
            },
        }
    }

    async fn kind_by_kind(
        &self,
        session: &entra::Session,
        user: &str,
    ) -> Result<Vec<entra::Method>, entra::GraphError> {
        let high = entra::Priority::High;
        let list = |kind| session.methods_of(user, kind, high);
        let phones = async {
            match list(entra::MethodKind::Authenticator).await {
                Err(error) if is_of_the_way(&error) => {
                    let beside = session.authenticators_with_devices(user, high).await;
                    beside.ok().flatten().ok_or(error)
                }
                told => told,
            }
        };
        let (passes, phones, passkeys) = tokio::try_join!(
            list(entra::MethodKind::Pass),
            phones,
            list(entra::MethodKind::Passkey),
        )?;
        Ok([passes, phones, passkeys].concat())
    }

    pub(crate) async fn issue(self, permit: &IssuePermit, request: &PassRequest) -> IssueAnswer {
        let Some(session) = &self.session else {
            return IssueAnswer::NotSent(Trouble::new(TroubleCode::SignInAgain));
        };
        let wire = entra::PassRequest {
            lifetime_minutes: request.lifetime_minutes,
            once: request.once,
            client_request_id: request.client_request_id.clone(),
        };
        match session.issue_pass(&permit.user().0, &wire).await {
            Ok(pass) => IssueAnswer::Issued(translate::issued(&pass, self.now)),
            Err(error) => translate::issue_failed(&error),
        }
    }

    pub(crate) async fn remove(self, user: &str, pass: &str) -> Result<PassRemoval, EffectFailure> {
        let session = self.session.as_ref().ok_or_else(signed_out)?;
        match session.remove_pass(user, pass).await {
            Ok(removal) => Ok(translate::removal(removal)),
            Err(error) => Err(translate::failed(&error)),
        }
    }
}

impl GraphEffects {
    /// A method that is not there is gone, too: somebody else removed it.
    pub(crate) async fn remove_method(
        self,
        user: &str,
        kind: UninvitedKind,
        method: &str,
    ) -> Result<PassRemoval, EffectFailure> {
        let session = self.session.as_ref().ok_or_else(signed_out)?;
        let family = translate::family(kind);
        let family = family.ok_or_else(|| Trouble::new(TroubleCode::NotAllowedHere))?;
        match session.remove_method(user, family, method).await {
            Ok(removal) => Ok(translate::removal(removal)),
            Err(error) => Err(translate::failed(&error)),
        }
    }

    /// Whoever is signed in as the person has to sign in anew.
    pub(crate) async fn end_sessions(self, user: &str) -> Result<(), EffectFailure> {
        let session = self.session.as_ref().ok_or_else(signed_out)?;
        let ended = session.revoke_sessions(user).await;
        ended.map_err(|error| translate::failed(&error))
    }
}

/// What a sign-in needs.
pub(crate) struct SignIn {
    pub(crate) client: entra::Client,
    pub(crate) hint: Option<String>,
    /// Nobody else may come of it.
    pub(crate) only: Option<UserId>,
    /// What the service demanded of the operator when it last took no token.
    pub(crate) claims: Option<entra::ClaimsChallenge>,
    pub(crate) last: Option<Arc<dyn LastOperator>>,
    pub(crate) open: OpenBrowser,
    pub(crate) asked: Vec<String>,
    pub(crate) clock: Arc<dyn Clock>,
}

/// A finished sign-in: who, the way into Graph, and where the browser's session ends.
pub(crate) struct SignedIn {
    pub(crate) operator: Operator,
    pub(crate) session: entra::Session,
    pub(crate) sign_out_url: Option<String>,
}

/// The whole sign-in: browser, tokens, who it is.
pub(crate) async fn sign_in(wanted: SignIn) -> Result<SignedIn, Trouble> {
    let SignIn {
        client,
        hint,
        only,
        claims,
        last,
        open,
        asked,
        clock,
    } = wanted;
    let expected = match (hint, last) {
        (None, Some(last)) => tokio::task::spawn_blocking(move || last.recall())
            .await
            .ok()
            .flatten(),
        (hint, _) => hint,
    };
    let begun = match &claims {
        Some(claims) => {
            client
                .begin_sign_in_with_claims(expected.as_deref(), claims)
                .await
        }
        None => client.begin_sign_in(expected.as_deref()).await,
    };
    let pending = begun.map_err(|error| translate::sign_in_trouble(&error))?;
    let url = pending.start_url().to_string();
    let opened = tokio::task::spawn_blocking(move || open(&url)).await;
    if !matches!(opened, Ok(Ok(()))) {
        return Err(Trouble::new(TroubleCode::BrowserFailed));
    }
    let done = pending
        .finish(SIGN_IN_LIMIT)
        .await
        .map_err(|error| translate::sign_in_trouble(&error))?;
    if only.is_some_and(|only| only.0 != done.operator.oid) {
        done.session.forget();
        return Err(Trouble::new(TroubleCode::OtherOperator));
    }
    let about = about(&done.session, &done.operator.oid, expected).await?;
    Ok(SignedIn {
        operator: translate::operator(&done, about, &asked, clock.mono_ms()),
        session: done.session,
        sign_out_url: done.sign_out_url.map(|url| url.to_string()),
    })
}

/// What the directory says of whoever signed in. What may not be read is no reason to refuse; the word of somebody
/// else's record is one.
async fn about(
    session: &entra::Session,
    oid: &str,
    expected: Option<String>,
) -> Result<translate::AboutOperator, Trouble> {
    let (roles, account) = tokio::join!(session.my_roles(), session.user(oid));
    if let Err(error) = &account
        && error.is_about_somebody_else()
    {
        session.forget();
        return Err(translate::graph_trouble(error));
    }
    Ok(translate::AboutOperator {
        roles,
        account,
        expected,
    })
}

/// Has the hand-out made by whoever can.
pub(crate) async fn make_hand_out(
    hand_out: HandOut,
    ask: Option<mpsc::UnboundedSender<HandOutWanted>>,
) -> Result<HandOutDone, EffectFailure> {
    let (answer, made) = oneshot::channel();
    let wanted = HandOutWanted { hand_out, answer };
    let made = match ask {
        Some(ask) if ask.send(wanted).is_ok() => made.await.unwrap_or(Err(HandOutError::NotMade)),
        Some(_) | None => Err(HandOutError::NotHere),
    };
    made.map_err(|error| Trouble::from(error).into())
}

pub(crate) fn signed_out() -> EffectFailure {
    Trouble::new(TroubleCode::SignInAgain).into()
}

fn told(told: Result<DeviceAnswer, entra::GraphError>) -> Result<Reading, EffectFailure> {
    match told {
        Ok(told) => Ok(Reading::Devices(told)),
        Err(error) => Err(translate::failed(&error)),
    }
}

/// Whether this says something of one way to read, and another may answer.
fn is_of_the_way(error: &entra::GraphError) -> bool {
    translate::graph_trouble_of(&error.kind)
        .code
        .is_of_the_way()
}
