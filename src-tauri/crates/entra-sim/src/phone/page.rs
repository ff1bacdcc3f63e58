//! The phone page: one simulated phone per address, walked by plain forms.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use axum::response::{Html, IntoResponse};
use axum::routing::{get, post};
use axum::{Extension, Router};
use tokio::time::Instant;

use crate::directory::methods::PhoneSystem;
use crate::listen::Base;
use crate::oauth::pages::Language;
use crate::params::Params;
use crate::phone::register::default_name;
use crate::phone::screens;
use crate::phone::services::Kind;
use crate::phone::walk::{App, Step, Stuck};
use crate::state::{Tenant, random_token};

/// What the phone shows; A1 to A13 of the walk-through are `Home` to `Accounts`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Screen {
    Home,
    AddKind,
    AddHow,
    Pick,
    Account,
    Secret,
    GoOn,
    RegisterDevice,
    WaitDevice,
    RegisterSignIn,
    WaitSignIn,
    Done,
    Accounts,
    Failed,
}

impl Screen {
    /// The screen's name in the page, for those who drive it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Home => "home",
            Self::AddKind => "add-kind",
            Self::AddHow => "add-how",
            Self::Pick => "pick",
            Self::Account => "account",
            Self::Secret => "secret",
            Self::GoOn => "continue",
            Self::RegisterDevice => "register-device",
            Self::WaitDevice => "wait-device",
            Self::RegisterSignIn => "register-sign-in",
            Self::WaitSignIn => "wait-sign-in",
            Self::Done => "done",
            Self::Accounts => "accounts",
            Self::Failed => "failed",
        }
    }
}

/// A simulated phone.
#[derive(Clone)]
pub(crate) struct Phone {
    pub(crate) system: PhoneSystem,
    pub(crate) language: Language,
    pub(crate) name: String,
    pub(crate) screen: Screen,
    /// Accounts set up on it, by sign-in name.
    pub(crate) accounts: Vec<String>,
    /// The account being added.
    pub(crate) typed: String,
    pub(crate) step: Option<Step>,
    /// What the last attempt met with.
    pub(crate) complaint: Option<Stuck>,
    pub(crate) wrong_turn: bool,
    token: String,
    device_id: String,
    entry_id: String,
    wait_until: Option<Instant>,
}

impl Phone {
    fn new(system: PhoneSystem, language: Language, name: &str) -> Self {
        let name = if name.is_empty() {
            default_name(system)
        } else {
            name
        };
        Self {
            system,
            language,
            name: name.to_owned(),
            screen: Screen::Home,
            accounts: Vec::new(),
            typed: String::new(),
            step: None,
            complaint: None,
            wrong_turn: false,
            token: String::new(),
            device_id: String::new(),
            entry_id: String::new(),
            wait_until: None,
        }
    }

    /// Leaves a waiting screen whose time is over.
    fn pass_time(&mut self) {
        if self.wait_until.is_some_and(|until| Instant::now() >= until) {
            self.wait_until = None;
            // Only the two waiting screens set a time.
            self.screen = if self.screen == Screen::WaitDevice {
                Screen::RegisterSignIn
            } else {
                Screen::Done
            };
        }
    }
}

/// The routes of the phone page.
pub(crate) fn router(tenant: Arc<Tenant>) -> Router {
    Router::new()
        .route("/phone", get(choose))
        .route("/phone/new", post(make))
        .route("/phone/at/{id}", get(show).post(tap))
        .with_state(tenant)
}

async fn choose(headers: HeaderMap, params: Params) -> Response<Body> {
    let language = language(&params, &headers);
    let system = if params.of("os") == Some("android") {
        PhoneSystem::Android
    } else {
        PhoneSystem::Ios
    };
    page(screens::choose(language, system))
}

async fn make(
    State(tenant): State<Arc<Tenant>>,
    headers: HeaderMap,
    params: Params,
) -> Response<Body> {
    let system = if params.of("os") == Some("android") {
        PhoneSystem::Android
    } else {
        PhoneSystem::Ios
    };
    let name: String = params.trimmed("name").chars().take(64).collect();
    let phone = Phone::new(system, language(&params, &headers), &name);
    let id = random_token();
    tenant.lock().phones.insert(id.clone(), phone);
    see_other(&format!("/phone/at/{id}"))
}

async fn show(State(tenant): State<Arc<Tenant>>, Path(id): Path<String>) -> Response<Body> {
    let now = tenant.now();
    let mut state = tenant.lock();
    let Some(phone) = state.phones.get_mut(&id) else {
        return see_other("/phone");
    };
    phone.pass_time();
    let phone = phone.clone();
    let asked = state.grants.approvals.iter().any(|approval| {
        let user = state.directory.user(&approval.user_id);
        approval.approved.is_none() && user.is_some_and(|user| phone.accounts.contains(&user.upn))
    });
    page(screens::phone(&phone, asked, now))
}

async fn tap(
    State(tenant): State<Arc<Tenant>>,
    Path(id): Path<String>,
    Extension(base): Extension<Base>,
    params: Params,
) -> Response<Body> {
    let Some(mut phone) = tenant.lock().phones.get(&id).cloned() else {
        return see_other("/phone");
    };
    phone.pass_time();
    phone.complaint = None;
    phone.wrong_turn = false;
    let wait = Duration::from_millis(u64::from(tenant.lock().switches.phone_wait_ms));
    let app = App::new(&tenant, &base);
    let action = params.of("action").unwrap_or_default();
    match (phone.screen, action) {
        (Screen::Home | Screen::Accounts, "yes" | "no") => {
            approve(&tenant, &phone, &params, action == "yes")
        }
        (Screen::Home | Screen::Accounts, "add") => phone.screen = Screen::AddKind,
        (Screen::AddKind, "work") => phone.screen = Screen::AddHow,
        (Screen::AddHow, "signin") if phone.accounts.is_empty() => phone.screen = Screen::Account,
        (Screen::AddHow, "signin") => phone.screen = Screen::Pick,
        (Screen::AddKind, "personal" | "other_kind") | (Screen::AddHow, "scan") => {
            phone.wrong_turn = true
        }
        (Screen::Pick, "other") => phone.screen = Screen::Account,
        (Screen::Account, "next") => {
            give_account(&app, &mut phone, params.trimmed("loginfmt")).await
        }
        (Screen::Secret, "signin") => give_secret(&app, &mut phone, &params).await,
        (Screen::GoOn, "continue") => phone.screen = Screen::RegisterDevice,
        (Screen::RegisterDevice, "register") => register_device(&app, &mut phone, wait).await,
        (Screen::RegisterSignIn, "register") => register_sign_in(&app, &mut phone, wait).await,
        (Screen::Done, "done") => finish(&mut phone),
        (Screen::WaitDevice | Screen::WaitSignIn | Screen::Done, _) => {}
        (_, "back") => back(&mut phone),
        (_, _) => {}
    }
    tenant.lock().phones.insert(id.clone(), phone);
    see_other(&format!("/phone/at/{id}"))
}

async fn give_account(app: &App, phone: &mut Phone, typed: &str) {
    phone.typed = typed.to_owned();
    let given = match app.account(typed).await {
        Ok(step) if step.page == "approve" => app.turn_to_password(step).await,
        other => other,
    };
    match given {
        Ok(step) => {
            phone.step = Some(step);
            phone.screen = Screen::Secret;
        }
        Err(stuck) => phone.complaint = Some(stuck),
    }
}

async fn give_secret(app: &App, phone: &mut Phone, params: &Params) {
    let Some(step) = phone.step.clone() else {
        phone.screen = Screen::Account;
        return;
    };
    let secret = params
        .of("accesspass")
        .or_else(|| params.of("passwd"))
        .unwrap_or_default();
    match app.secret(&step, secret).await {
        Ok(token) => {
            phone.token = token;
            phone.step = None;
            phone.screen = Screen::GoOn;
        }
        Err(stuck) => phone.complaint = Some(stuck),
    }
}

/// The first registration: the device, and the account for push.
async fn register_device(app: &App, phone: &mut Phone, wait: Duration) {
    let done = async {
        phone.device_id = app.device(&phone.token, phone.system, &phone.name).await?;
        let of = (phone.system, phone.name.as_str());
        phone.entry_id = app.method(&phone.token, Kind::Push, of, None, None).await?;
        Ok(())
    };
    let outcome = done.await;
    after_registration(phone, outcome, Screen::WaitDevice, wait);
}

/// The second one: phone sign-in.
async fn register_sign_in(app: &App, phone: &mut Phone, wait: Duration) {
    let of = (phone.system, phone.name.as_str());
    let (device, entry) = (
        Some(phone.device_id.as_str()),
        Some(phone.entry_id.as_str()),
    );
    let outcome = app
        .method(&phone.token, Kind::PhoneSignIn, of, device, entry)
        .await
        .map(|_| ());
    after_registration(phone, outcome, Screen::WaitSignIn, wait);
}

fn after_registration(phone: &mut Phone, outcome: Result<(), Stuck>, next: Screen, wait: Duration) {
    match outcome {
        Ok(()) => {
            phone.screen = next;
            phone.wait_until = Some(Instant::now() + wait);
        }
        Err(stuck) => {
            phone.complaint = Some(stuck);
            phone.screen = Screen::Failed;
        }
    }
}

fn finish(phone: &mut Phone) {
    if !phone.accounts.contains(&phone.typed) {
        phone.accounts.push(phone.typed.clone());
    }
    phone.token.clear();
    phone.screen = Screen::Accounts;
}

fn back(phone: &mut Phone) {
    phone.screen = match phone.screen {
        Screen::AddHow => Screen::AddKind,
        Screen::Pick => Screen::AddHow,
        Screen::Account if phone.accounts.is_empty() => Screen::AddHow,
        Screen::Account => Screen::Pick,
        Screen::Secret => Screen::Account,
        Screen::Home
        | Screen::AddKind
        | Screen::GoOn
        | Screen::RegisterDevice
        | Screen::WaitDevice
        | Screen::RegisterSignIn
        | Screen::WaitSignIn
        | Screen::Done
        | Screen::Accounts
        | Screen::Failed => {
            if phone.accounts.is_empty() {
                Screen::Home
            } else {
                Screen::Accounts
            }
        }
    };
}

fn approve(tenant: &Tenant, phone: &Phone, params: &Params, yes: bool) {
    let mut state = tenant.lock();
    let inner = &mut *state;
    let mine = inner.grants.approvals.iter_mut().find(|approval| {
        let user = inner.directory.user(&approval.user_id);
        approval.approved.is_none() && user.is_some_and(|user| phone.accounts.contains(&user.upn))
    });
    if let Some(approval) = mine {
        let typed = params.trimmed("number").parse::<u8>().ok();
        approval.approved = Some(yes && typed == Some(approval.number));
    }
}

fn language(params: &Params, headers: &HeaderMap) -> Language {
    match params.of("lang") {
        Some("ja") => Language::Japanese,
        Some(_) => Language::English,
        None => Language::of(params, headers),
    }
}

fn page(html: String) -> Response<Body> {
    let mut response = Html(html).into_response();
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

fn see_other(path: &str) -> Response<Body> {
    (StatusCode::SEE_OTHER, [(header::LOCATION, path.to_owned())]).into_response()
}
