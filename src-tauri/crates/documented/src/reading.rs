//! Documented answers, read by the client.

use std::fmt::Debug;
use std::time::Duration;

use entra::{
    AppRegistration, ChangeError, Client, Endpoints, GraphError, GraphMail, IssueError, MailError,
    Mailbox, Method, MethodFamily, MethodKind, NewPassword, PassRequest, PendingSignIn, Priority,
    Prompt, Proxy, RedirectHost, Session,
};
use entra_sim::Info;
use headless_browser::Answers;
use serde_json::{Value, json};
use tokio::task::block_in_place;
use url::Url;

use crate::compare::misreadings;
use crate::example::{CannotTry, DocumentedAnswer, Read};
use crate::operation::{DirectoryChange, DirectoryRead, MethodsRead, Operation, SignInStep};
use crate::pages::Page;

/// A sign-in that has not come to an end after this long never will.
const LIMIT: Duration = Duration::from_secs(30);
/// Whom and what the client asks about; the answer is the documented one whoever it is.
const SOMEBODY: &str = "5c1d2f8e-3b0a-4c69-9f25-7d1e6a0b4c38";
const SOMETHING: &str = "0d9a4e57-6c21-4f83-8b1e-2a5f7c3d9e60";

/// A client whose Graph answers what is documented, and whose authority is the simulated tenant.
pub(crate) struct Reader {
    info: Info,
    page: Page,
    session: Session,
}

impl Reader {
    pub(crate) async fn open(info: &Info) -> Result<Self, CannotTry> {
        let page = Page::open(&info.tenant_id).await?;
        let session = signed_in(info, &page).await?;
        Ok(Self {
            info: info.clone(),
            page,
            session,
        })
    }

    /// What the client makes of it that is not meant.
    pub(crate) async fn try_answer(
        &mut self,
        answer: &DocumentedAnswer,
        read: &Read,
    ) -> Result<Vec<String>, CannotTry> {
        self.page.show(answer);
        let found = match read.by {
            Operation::SignIn(SignInStep::SignInToken) => self.by_sign_in("code=planted").await?,
            Operation::SignIn(SignInStep::SignInRedirect) => {
                self.by_sign_in(&fields(answer)).await?
            }
            Operation::Methods(asked) => self.of_methods(asked).await,
            Operation::Directory(asked) => self.of_directory(asked).await,
            Operation::DirectoryChange(change) => self.of_change(change).await?,
        };
        if answer.status == 401 {
            // What a session was told of its token it does not forget.
            self.session = signed_in(&self.info, &self.page).await?;
        }
        Ok(misreadings(&read.gives, &found))
    }

    async fn of_methods(&self, asked: MethodsRead) -> Value {
        let (session, who, low) = (&self.session, SOMEBODY, Priority::Low);
        let of = async |kind| listed(session.methods_of(who, kind, low).await);
        match asked {
            MethodsRead::Methods => listed(session.methods(who, low).await),
            MethodsRead::Passes => of(MethodKind::Pass).await,
            MethodsRead::Passkeys => of(MethodKind::Passkey).await,
            MethodsRead::Authenticators => of(MethodKind::Authenticator).await,
            MethodsRead::AuthenticatorsWithDevices => {
                let read = session.authenticators_with_devices(who, low).await;
                listed(read.map(Option::unwrap_or_default))
            }
            MethodsRead::FirstStep => given(session.first_step(SOMETHING).await, |step| {
                json!(head(&step))
            }),
            MethodsRead::LastUses => given(session.last_uses(who).await, |uses| {
                let one = |one: entra::LastUse| json!({"method": one.method, "is_password": one.is_password, "at": one.at});
                uses.into_iter().map(one).collect()
            }),
            MethodsRead::SignIns => given(session.sign_ins_since(who, 0).await, |found| {
                let one = |one: entra::LoggedSignIn| json!({"id": one.id, "at": one.at, "entry": one.entry});
                found.into_iter().map(one).collect()
            }),
        }
    }

    async fn of_directory(&self, asked: DirectoryRead) -> Value {
        let (session, who) = (&self.session, SOMEBODY);
        match asked {
            DirectoryRead::Domain => {
                let read = session.domain_authentication("cablechan.biz").await;
                given(read, |kind| json!(head(&kind)))
            }
            DirectoryRead::MyRoles => given(session.my_roles().await, |roles| {
                roles.into_iter().map(role).collect()
            }),
            DirectoryRead::PassPolicy => given(session.pass_policy().await, policy),
            DirectoryRead::PasskeyPolicy => given(session.passkey_policy().await, passkey_policy),
            DirectoryRead::HasUnit => given(
                session.has_unit(SOMETHING).await,
                |there| json!({"there": there}),
            ),
            DirectoryRead::PasswordState => given(
                session.password_state(who).await,
                |state| json!({"changed": state.changed, "must_change": state.must_change}),
            ),
            DirectoryRead::RegisteredDevices => given(
                session.has_windows_device(who).await,
                |found| json!({"windows": found}),
            ),
            DirectoryRead::SearchUsers => given(session.search_users("見本", 10).await, |found| {
                found.into_iter().map(user).collect()
            }),
            DirectoryRead::User => given(session.user(who).await, user),
            DirectoryRead::UserRoles => given(session.user_roles(who).await, |found| {
                json!({
                    "roles": found.roles.into_iter().map(role).collect::<Value>(),
                    "role_assignable_group": found.role_assignable_group, "member_of": found.member_of,
                })
            }),
        }
    }

    async fn of_change(&self, change: DirectoryChange) -> Result<Value, CannotTry> {
        let (session, who) = (&self.session, SOMEBODY);
        let id = uuid::Uuid::new_v4().to_string();
        let new_password = || NewPassword::draw(20, &[]);
        Ok(match change {
            DirectoryChange::ChangeMembership => {
                given(session.add_member(SOMETHING, who).await, |()| json!("done"))
            }
            DirectoryChange::IssuePass => issued(session, id).await,
            DirectoryChange::RemoveMethod => {
                let removed = session.remove_method(who, MethodFamily::Phone, SOMETHING);
                given(removed.await, |removal| json!(head(&removal)))
            }
            DirectoryChange::RemovePass => {
                let removed = session.remove_pass(who, SOMETHING).await;
                given(removed, |removal| json!(head(&removal)))
            }
            DirectoryChange::ResetPassword => {
                let reset = session.reset_password(who, new_password()?, &id).await;
                reset.map_or_else(|error| changed(&error), |_| json!("under way"))
            }
            DirectoryChange::RevokeSessions => {
                given(session.revoke_sessions(who).await, |()| json!("done"))
            }
            DirectoryChange::SendMail => mailed(session, &id).await,
            DirectoryChange::SetPassword => {
                let set = session.set_password(who, new_password()?, &id).await;
                set.map_or_else(|error| changed(&error), |()| json!("done"))
            }
        })
    }

    /// A sign-in whose authority is the page, and whose browser comes back with these fields.
    async fn by_sign_in(&self, fields: &str) -> Result<Value, CannotTry> {
        let client = client(&self.info, &self.page.root, &self.page.root)?;
        let pending = client.begin_sign_in(None).await?;
        let of_url = |name: &str| parameter(&pending, name);
        let (back, state) = (of_url("redirect_uri")?, of_url("state")?);
        let back = format!("{back}?{fields}&state={state}");
        let browser = tokio::task::spawn_blocking(move || ureq::get(&back).call().is_ok());
        let finished = pending.finish(LIMIT).await;
        browser.await?;
        Ok(match finished {
            Ok(_) => json!("signed in"),
            Err(error) => refused(&error.kind),
        })
    }
}

/// A session at the simulated tenant.
async fn signed_in(info: &Info, page: &Page) -> Result<Session, CannotTry> {
    let authority = Url::parse(&info.authority_http)?;
    let client = client(
        info,
        authority[..url::Position::BeforePath].as_ref(),
        &page.root,
    )?;
    let pending = client.begin_sign_in(None).await?;
    let (url, operator) = (pending.browser_url().clone(), info.operators[0].clone());
    let browser = tokio::task::spawn_blocking(move || {
        let answers = Answers {
            upn: &operator.upn,
            password: &operator.password,
            button: None,
        };
        headless_browser::sign_in(&url, &answers)
    });
    let finished = pending.finish(LIMIT).await?;
    browser.await??;
    Ok(finished.session)
}

fn client(info: &Info, authority: &str, graph: &str) -> Result<Client, CannotTry> {
    let endpoints = Endpoints {
        authority: authority.parse()?,
        graph: format!("{graph}/v1.0").parse()?,
        extra_root_pem: None,
    };
    let registration = AppRegistration {
        tenant: info.tenant_id.clone(),
        client_id: info.client_id.clone(),
        scopes: vec!["User.Read.All".to_owned()],
        redirect_host: RedirectHost::Localhost,
        refresh: true,
        prompt: Prompt::Login,
    };
    Ok(block_in_place(|| {
        Client::behind(&Proxy::None, endpoints, registration)
    })?)
}

fn parameter(pending: &PendingSignIn, name: &str) -> Result<String, CannotTry> {
    let mut pairs = pending.browser_url().query_pairs();
    let found = pairs.find(|(key, _)| key == name);
    let found = found.ok_or_else(|| format!("the sign-in has no {name}"))?;
    Ok(found.1.into_owned())
}

/// The members of a redirect as a query.
fn fields(answer: &DocumentedAnswer) -> String {
    let members = answer.body.as_ref().and_then(Value::as_object);
    let members = members.into_iter().flatten();
    let members = members.filter_map(|(name, value)| Some((name, value.as_str()?)));
    url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(members)
        .finish()
}

fn given<T>(read: Result<T, GraphError>, shown: impl FnOnce(T) -> Value) -> Value {
    read.map_or_else(|error| refused(&error.kind), shown)
}

/// The name of what went wrong; what it holds beside that is left out.
fn refused(kind: &impl Debug) -> Value {
    json!({"refused": head(kind)})
}

fn changed(error: &ChangeError) -> Value {
    match error {
        ChangeError::NotChanged(error) => refused(&error.kind),
        ChangeError::NotAccepted { .. }
        | ChangeError::OnPremises { .. }
        | ChangeError::Uncertain { .. } => refused(error),
    }
}

fn head(shown: &impl Debug) -> String {
    let shown = format!("{shown:?}");
    let end = shown.find(|letter: char| !letter.is_alphanumeric());
    shown[..end.unwrap_or(shown.len())].to_owned()
}

async fn mailed(session: &Session, id: &str) -> Value {
    let mail = GraphMail {
        to: "taro@home.example".to_owned(),
        subject: "見本".to_owned(),
        html: "<p>見本</p>".to_owned(),
        pictures: Vec::new(),
    };
    match session.send_mail(&Mailbox::Own, &mail, id).await {
        Ok(()) => json!("handed over"),
        Err(MailError::NotSent(error)) => refused(&error.kind),
        Err(error) => refused(&error),
    }
}

async fn issued(session: &Session, client_request_id: String) -> Value {
    let request = PassRequest {
        lifetime_minutes: 60,
        once: false,
        client_request_id,
    };
    match session.issue_pass(SOMEBODY, &request).await {
        Ok(pass) => json!({
            "id": pass.id, "value": pass.value.expose(), "created": pass.created_unix_ms,
            "start": pass.start_unix_ms, "lifetime": pass.lifetime_minutes, "once": pass.once,
        }),
        Err(IssueError::Refused { refusal, .. }) => refused(&refusal),
        Err(error) => refused(&error),
    }
}

fn listed(read: Result<Vec<Method>, GraphError>) -> Value {
    given(read, |all| all.into_iter().map(method).collect())
}

fn method(method: Method) -> Value {
    match method {
        Method::Pass(pass) => json!({
            "kind": "pass", "id": pass.id, "created": pass.created, "start": pass.start,
            "lifetime": pass.lifetime_minutes, "once": pass.once, "usable": pass.usable, "reason": head(&pass.reason),
        }),
        Method::Authenticator {
            id,
            display_name,
            app_version,
            created,
            device_id,
            ..
        } => json!({
            "kind": "authenticator", "id": id, "name": display_name, "version": app_version,
            "created": created, "device": device_id,
        }),
        Method::Passkey {
            id,
            display_name,
            aa_guid,
            model,
            in_authenticator,
            created,
            ..
        } => json!({
            "kind": "passkey", "id": id, "name": display_name, "aa_guid": aa_guid, "model": model,
            "in_authenticator": in_authenticator, "created": created,
        }),
        Method::Password { id, .. } => json!({"kind": "password", "id": id}),
        Method::Other { id, kind, .. } => json!({"kind": kind, "id": id}),
    }
}

fn policy(policy: entra::PassPolicy) -> Value {
    json!({
        "enabled": policy.enabled, "min": policy.min_lifetime_minutes, "max": policy.max_lifetime_minutes,
        "default": policy.default_lifetime_minutes, "once_forced": policy.once_forced,
        "length": policy.length, "everyone_in_scope": policy.everyone_in_scope,
    })
}

fn passkey_policy(policy: entra::PasskeyPolicy) -> Value {
    let profile = |one: entra::PasskeyProfile| json!({"ios": one.ios, "android": one.android, "both_kinds": one.both_kinds});
    let target = |one: entra::PasskeyTarget| json!({"id": one.id, "profiles": one.profiles.into_iter().map(profile).collect::<Value>()});
    json!({
        "enabled": policy.enabled, "self_service": policy.self_service, "excluded": policy.excluded,
        "targets": policy.targets.into_iter().map(target).collect::<Value>(),
        "campaign": policy.campaign.map(|campaign| head(&campaign)),
    })
}

fn role(role: entra::DirectoryRole) -> Value {
    json!({"template": role.template_id, "name": role.display_name})
}

fn user(user: entra::User) -> Value {
    json!({
        "id": user.id, "name": user.display_name, "upn": user.upn, "mail": user.mail, "other_mails": user.other_mails,
        "department": user.department, "employee_id": user.employee_id, "job_title": user.job_title,
        "enabled": user.account_enabled, "synced": user.synced, "kind": head(&user.kind),
    })
}
