//! Every page and screen as it is drawn, without walking there: to be looked at and checked.

use std::sync::Arc;

use axum::Json;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{Response, StatusCode};
use axum::response::{Html, IntoResponse};
use serde_json::{Value, json};

use super::Refused;
use crate::directory::methods::{Method, PhoneSystem};
use crate::oauth::pages::{PageLanguage, samples};
use crate::phone::device::{PhoneAccount, SimulatedPhone};
use crate::phone::screen::{DeviceScreen, phone_screens};
use crate::phone::walk::{Stuck, stuck};
use crate::phone::{draw, site};
use crate::state::{Inner, Tenant};

const LANGUAGES: [PageLanguage; 2] = [PageLanguage::Japanese, PageLanguage::English];

/// `GET drawings`: the names of all of them.
pub(super) async fn list() -> Json<Value> {
    let mut all = Vec::new();
    for language in LANGUAGES {
        let lang = language.tag();
        for screen in phone_screens() {
            for os in ["ios", "android"] {
                all.push(format!("phone/{}/{os}/{lang}", screen.id));
            }
        }
        let pages = samples::samples(language).into_iter().map(|(name, _)| name);
        all.extend(pages.map(|name| format!("sign-in/{name}/{lang}")));
        let site = site::samples(language).into_iter().map(|(name, _)| name);
        all.extend(site.map(|name| format!("site/{name}/{lang}")));
    }
    Json(json!(all))
}

/// `GET drawings/phone/{screen}/{os}/{lang}`.
pub(super) async fn phone(
    State(tenant): State<Arc<Tenant>>,
    Path((screen, os, lang)): Path<(String, String, String)>,
) -> Result<Html<String>, Refused> {
    let shown = DeviceScreen::named(&screen).ok_or_else(|| nothing(&screen))?;
    let system = match os.as_str() {
        "ios" => PhoneSystem::Ios,
        "android" => PhoneSystem::Android,
        _ => return Err(nothing(&os)),
    };
    let now = tenant.now();
    let state = tenant.lock();
    let mut phone = SimulatedPhone::new(system, language(&lang)?, "");
    people(&state, &mut phone);
    phone.screen = shown;
    phone.matching = Some(42);
    // Where something can be wrong it is, since a complaint has to be readable as well.
    phone.complaint = Some(Stuck {
        aadsts: Some(130_503),
        ..stuck("accesspass")
    });
    Ok(Html(draw::on(shown, &phone, &state, now)))
}

/// `GET drawings/sign-in/{page}/{lang}`.
pub(super) async fn sign_in(
    Path((page, lang)): Path<(String, String)>,
) -> Result<Response<Body>, Refused> {
    let mut all = samples::samples(language(&lang)?).into_iter();
    let drawn = all.find(|(name, _)| *name == page);
    drawn.map(|(_, drawn)| drawn).ok_or_else(|| nothing(&page))
}

/// `GET drawings/site/{page}/{lang}`.
pub(super) async fn test_site(
    Path((page, lang)): Path<(String, String)>,
) -> Result<Response<Body>, Refused> {
    let mut all = site::samples(language(&lang)?).into_iter();
    let drawn = all.find(|(name, _)| *name == page);
    drawn
        .map(|(_, drawn)| Html(drawn).into_response())
        .ok_or_else(|| nothing(&page))
}

fn nothing(name: &str) -> Refused {
    Refused(StatusCode::NOT_FOUND, "not_found", name.to_owned())
}

fn language(tag: &str) -> Result<PageLanguage, Refused> {
    let known = LANGUAGES.into_iter().find(|known| known.tag() == tag);
    known.ok_or_else(|| nothing(tag))
}

/// Puts everybody with an Authenticator entry into the app, and chooses the first.
fn people(state: &Inner, phone: &mut SimulatedPhone) {
    for user in &state.directory.users {
        let entry = user.methods.iter().find_map(|method| match method {
            Method::Authenticator(entry) => Some(entry.id.clone()),
            Method::Password { .. } | Method::Phone { .. } | Method::Fido2(_) => None,
        });
        let Some(entry_id) = entry else { continue };
        phone.keep_account(PhoneAccount {
            upn: user.upn.clone(),
            entry_id,
            passkey_id: None,
        });
    }
    if let Some(first) = phone.accounts.first().map(|first| first.upn.clone()) {
        phone.chosen.clone_from(&first);
        phone.typed = first;
    }
}
