//! The page at the phone's address: phones that are open, and a new one.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Response};

use crate::directory::methods::{Authenticator, Method, PhoneSystem};
use crate::oauth::pages::{PageLanguage, escape};
use crate::params::Params;
use crate::phone::answer::{language, page, see_other};
use crate::phone::device::{PhoneAccount, SimulatedPhone};
use crate::phone::draw;
use crate::phone::register::push_entry;
use crate::phone::screen::DeviceScreen;
use crate::phone::words::{system_name, trainer};
use crate::state::{Inner, Tenant, random_token};

/// How a new phone begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Begin {
    /// In the store.
    Store,
    /// Installed, before its first run.
    First,
    /// With the app open and empty.
    #[default]
    Ready,
    /// With a work account for push notifications in the app.
    Account,
}

/// An order for a new phone.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewPhone {
    pub(crate) os: PhoneSystem,
    pub(crate) lang: String,
    #[serde(default)]
    pub(crate) name: String,
    #[serde(default)]
    pub(crate) begin: Begin,
    /// The account in it.
    #[serde(default)]
    pub(crate) upn: String,
}

/// Opens a phone; its id, or nothing when the account in it is not known.
pub(crate) fn make(state: &mut Inner, order: &NewPhone) -> Option<String> {
    let language = if order.lang == "ja" {
        PageLanguage::Japanese
    } else {
        PageLanguage::English
    };
    let name: String = order.name.trim().chars().take(64).collect();
    let mut phone = SimulatedPhone::new(order.os, language, &name);
    match order.begin {
        Begin::Store => phone.screen = phone.store(),
        Begin::First => phone.screen = DeviceScreen::Installed,
        Begin::Ready => {}
        Begin::Account => phone.keep_account(account_for(state, &order.upn, &phone)?),
    }
    state.phones.opened += 1;
    phone.number = state.phones.opened;
    let id = random_token();
    state.phones.held.insert(id.clone(), phone);
    Some(id)
}

/// The person's entry for push, made where there is none, as if it had been set up before.
fn account_for(state: &mut Inner, upn: &str, phone: &SimulatedPhone) -> Option<PhoneAccount> {
    let upn = state.directory.user(upn.trim())?.upn.clone();
    let entry_id = match push_entry(state, &upn) {
        Some(entry_id) => entry_id,
        None => {
            let id = state.guid();
            let entry = Method::Authenticator(Authenticator {
                id: id.clone(),
                display_name: phone.name.clone(),
                device_tag: "SoftwareTokenActivated".to_owned(),
                app_version: phone.system.app_version().to_owned(),
                phone_sign_in: None,
            });
            state.directory.user_mut(&upn)?.methods.push(entry);
            id
        }
    };
    Some(PhoneAccount {
        upn,
        entry_id,
        passkey_id: None,
    })
}

/// The list, with a form for a new phone.
pub(crate) async fn list(
    State(tenant): State<Arc<Tenant>>,
    headers: HeaderMap,
    params: Params,
) -> Response<Body> {
    let l = language(&params, &headers);
    page(drawn(&tenant.lock_for_phones(), l, &params, ""))
}

/// Opens a phone and goes to it.
pub(crate) async fn open(
    State(tenant): State<Arc<Tenant>>,
    headers: HeaderMap,
    params: Params,
) -> Response<Body> {
    let l = language(&params, &headers);
    let order = NewPhone {
        os: system(&params),
        lang: l.tag().to_owned(),
        name: params.trimmed("name").to_owned(),
        begin: match params.of("begin") {
            Some("store") => Begin::Store,
            Some("first") => Begin::First,
            Some("account") => Begin::Account,
            Some(_) | None => Begin::Ready,
        },
        upn: params.trimmed("upn").to_owned(),
    };
    let mut state = tenant.lock_for_phones();
    match make(&mut state, &order) {
        Some(id) => see_other(&format!("/phone/at/{id}")),
        None => page(drawn(&state, l, &params, trainer::UNKNOWN_ACCOUNT.of(l))),
    }
}

/// Puts a phone away.
pub(crate) async fn close(
    State(tenant): State<Arc<Tenant>>,
    Path(id): Path<String>,
    params: Params,
) -> Response<Body> {
    tenant.lock().phones.held.remove(&id);
    let there = if params.of("to") == Some("trainer") {
        "/phone/trainer"
    } else {
        "/phone"
    };
    let l = language(&params, &HeaderMap::new());
    see_other(&format!("{there}?lang={}", l.tag()))
}

/// The line of a phone in a list, with what it shows.
pub(crate) fn line(
    state: &Inner,
    id: &str,
    phone: &SimulatedPhone,
    l: PageLanguage,
    to: &str,
) -> String {
    let shown = phone.shown(state).entry();
    let accounts: Vec<String> = phone
        .accounts
        .iter()
        .map(|account| escape(&account.upn))
        .collect();
    let row = shown.row.map(|row| format!(" · {row}")).unwrap_or_default();
    format!(
        "<div class=\"held\" data-phone=\"{id}\" data-screen-of=\"{screen}\"><span><b>{name}</b><small>{os} · {screen}{row}</small><small>{accounts}</small></span>\
         <a href=\"/phone/at/{id}\" target=\"_blank\" rel=\"opener\">{show}</a>\
         <form method=\"post\" action=\"/phone/at/{id}/close\"><input type=\"hidden\" name=\"lang\" value=\"{lang}\"><input type=\"hidden\" name=\"to\" value=\"{to}\">\
         <button class=\"plain\">{close}</button></form></div>",
        screen = shown.id,
        name = escape(&phone.name),
        os = system_name(phone.system),
        accounts = accounts.join(", "),
        show = trainer::SHOW.of(l),
        lang = l.tag(),
        close = trainer::CLOSE.of(l),
    )
}

fn drawn(state: &Inner, l: PageLanguage, params: &Params, complaint: &str) -> String {
    let held: String = state
        .phones
        .in_order()
        .into_iter()
        .map(|(id, phone)| line(state, id, phone, l, "list"))
        .collect();
    let new = form(l, params, complaint);
    let opened = trainer::OPENED.of(l);
    // What one came for stands first.
    let cards = if held.is_empty() {
        let none = trainer::NONE_OPEN.of(l);
        format!(
            "{new}<section class=\"card\"><h2>{opened}</h2><p class=\"hint\">{none}</p></section>"
        )
    } else {
        format!("<section class=\"card\"><h2>{opened}</h2>{held}</section>{new}")
    };
    let other = if l == PageLanguage::Japanese {
        "<a href=\"/phone?lang=en\" lang=\"en\">English</a>"
    } else {
        "<a href=\"/phone?lang=ja\" lang=\"ja\">日本語</a>"
    };
    let body = format!(
        "<main class=\"desk\"><div class=\"top\"><h1>{}</h1><span class=\"row\">{other}<a href=\"/phone/trainer?lang={}\">{}</a></span></div>\
         <div class=\"cards\">{cards}</div><p class=\"training\">{}</p></main>",
        trainer::PHONES.of(l),
        l.tag(),
        trainer::PANEL.of(l),
        trainer::TRAINING.of(l),
    );
    draw::document(l, "data-screen=\"phones\"", "", &body)
}

fn form(l: PageLanguage, params: &Params, complaint: &str) -> String {
    let radio = |name: &str, value: &str, label: &str, on: bool| {
        let checked = if on { " checked" } else { "" };
        format!(
            "<label class=\"choice\"><input type=\"radio\" name=\"{name}\" value=\"{value}\"{checked}><span>{label}</span></label>"
        )
    };
    let os = system(params);
    let systems = [PhoneSystem::Ios, PhoneSystem::Android]
        .map(|system| radio("os", draw::os(system), system_name(system), system == os));
    let languages = [
        radio("lang", "ja", "日本語", l == PageLanguage::Japanese),
        radio("lang", "en", "English", l == PageLanguage::English),
    ];
    let begun = params.of("begin").unwrap_or("store");
    let begins = [
        ("store", trainer::BEGIN_STORE),
        ("first", trainer::BEGIN_FIRST),
        ("ready", trainer::BEGIN_READY),
        ("account", trainer::BEGIN_ACCOUNT),
    ]
    .map(|(value, label)| radio("begin", value, label.of(l), value == begun));
    let wrong = if complaint.is_empty() {
        String::new()
    } else {
        format!("<p class=\"error\" role=\"alert\">{complaint}</p>")
    };
    format!(
        "<form class=\"card\" method=\"post\" action=\"/phone/new\"><h2>{}</h2>{wrong}\
         <fieldset><legend>{}</legend><div class=\"two\">{}</div></fieldset><fieldset><legend>{}</legend><div class=\"two\">{}</div></fieldset>\
         <fieldset><legend>{}</legend>{}</fieldset><label class=\"field\">{}<input name=\"upn\" maxlength=\"120\" autocomplete=\"off\" autocapitalize=\"off\" spellcheck=\"false\" value=\"{}\"></label>\
         <label class=\"field\">{}<input name=\"name\" maxlength=\"64\" autocomplete=\"off\"></label><button class=\"main\">{}</button></form>",
        trainer::NEW.of(l),
        trainer::OS.of(l),
        systems.concat(),
        trainer::LANGUAGE.of(l),
        languages.concat(),
        trainer::BEGIN.of(l),
        begins.concat(),
        trainer::BEGIN_UPN.of(l),
        escape(params.trimmed("upn")),
        trainer::NAME.of(l),
        trainer::START.of(l),
    )
}

fn system(params: &Params) -> PhoneSystem {
    if params.of("os") == Some("android") {
        PhoneSystem::Android
    } else {
        PhoneSystem::Ios
    }
}
