//! The trainer's panel: switches, faults, clock and people, changed while somebody practises.
//!
//! It holds nothing of its own; what it sets is what the control interface sets and shows.

mod drawn;
mod trouble;

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, Response};
use serde_json::{Map, Value, json};

use crate::oauth::pages::PageLanguage;
use crate::params::Params;
use crate::phone::answer::{language, page, see_other};
use crate::phone::screen::DeviceScreen;
use crate::phone::truth::{expire_pass, reset_person};
use crate::phone::words::Text;
use crate::state::{Inner, Tenant};

/// Screens a trainer may put a phone on; a person could come to each of them by tapping.
const PUTTABLE: &[(DeviceScreen, Text)] = &[
    (
        DeviceScreen::Home,
        Text("アプリの最初の画面", "The app at rest"),
    ),
    (
        DeviceScreen::Springboard,
        Text("スマホのホーム画面", "The phone’s start screen"),
    ),
    (DeviceScreen::FirstRun, Text("初回起動の画面", "First run")),
    (
        DeviceScreen::Scan,
        Text("QR コードのスキャン", "QR code scanner"),
    ),
    (
        DeviceScreen::ManualCode,
        Text("コードの手入力", "Code typed by hand"),
    ),
    (
        DeviceScreen::Personal,
        Text("個人のアカウント", "Personal account"),
    ),
    (
        DeviceScreen::AppOld,
        Text("アプリの更新が必要", "App too old"),
    ),
];

/// The panel.
pub(crate) async fn panel(
    State(tenant): State<Arc<Tenant>>,
    headers: HeaderMap,
    params: Params,
) -> Response<Body> {
    let l = language(&params, &headers);
    let done = params.of("done").map(|_| String::new());
    page(drawn::panel(&tenant, l, &params, done.as_deref()))
}

/// What the directory holds of one person, as a page for the panel's frame.
pub(crate) async fn truth(
    State(tenant): State<Arc<Tenant>>,
    headers: HeaderMap,
    params: Params,
) -> Response<Body> {
    let l = language(&params, &headers);
    page(drawn::truth(&tenant, l, params.trimmed("person")))
}

/// A form of the panel.
pub(crate) async fn order(
    State(tenant): State<Arc<Tenant>>,
    headers: HeaderMap,
    params: Params,
) -> Response<Body> {
    let l = language(&params, &headers);
    match carried_out(&tenant, &params) {
        Ok(person) => see_other(&format!("/phone/trainer?{}", kept(l, &person))),
        Err(why) => page(drawn::panel(&tenant, l, &params, Some(&why))),
    }
}

/// The query that brings one back to the same panel.
fn kept(l: PageLanguage, person: &str) -> String {
    url::form_urlencoded::Serializer::new(String::new())
        .append_pair("lang", l.tag())
        .append_pair("person", person)
        .append_pair("done", "1")
        .finish()
}

/// Carries an order out; the answer is whom the panel shows afterwards.
fn carried_out(tenant: &Tenant, params: &Params) -> Result<String, String> {
    let mut state = tenant.lock();
    if params.trimmed("token") != state.phones.panel_token {
        return Err("this form is not the panel's own".to_owned());
    }
    if params.trimmed("order") == "sentinel" {
        return trouble::bring(tenant.now(), &mut state, params);
    }
    done(tenant, &mut state, params)?;
    Ok(params.trimmed("person").to_owned())
}

fn done(tenant: &Tenant, state: &mut Inner, params: &Params) -> Result<(), String> {
    match params.trimmed("order") {
        "clock" => {
            let minutes: i64 = params
                .trimmed("minutes")
                .parse()
                .map_err(|_| "minutes is a whole number".to_owned())?;
            tenant.clock.advance(minutes.saturating_mul(60));
            Ok(())
        }
        "switch" => set(state, &[(params.trimmed("name"), params.trimmed("value"))]),
        "refusal" => set(
            state,
            &[
                ("phone_refusal", params.trimmed("refusal")),
                ("phone_refusal_times", params.trimmed("times")),
            ],
        ),
        "fault" => trouble::add(state, params.trimmed("name")),
        "clear_faults" => {
            state.faults.clear();
            Ok(())
        }
        "expire" => expire_pass(tenant, state, params.trimmed("person"))
            .then_some(())
            .ok_or_else(|| "this person has no pass that lives".to_owned()),
        "reset" => reset_person(state, params.trimmed("person"))
            .then_some(())
            .ok_or_else(|| "there is nobody of that name".to_owned()),
        "put" => put(state, params.trimmed("phone"), params.trimmed("screen")),
        other => Err(format!("there is no order named {other}")),
    }
}

/// Sets switches as the control interface does; a value is read as what the switch holds now.
fn set(state: &mut Inner, changes: &[(&str, &str)]) -> Result<(), String> {
    let listed = state.flags.listed();
    let mut map = Map::new();
    for (name, value) in changes {
        let now = listed
            .iter()
            .find(|switch| switch["name"] == *name)
            .map(|switch| &switch["value"]);
        let value = match now {
            Some(Value::Bool(_)) => json!(*value == "true"),
            Some(Value::Number(_)) => value
                .parse::<i64>()
                .map(|number| json!(number))
                .map_err(|_| format!("{name} is a whole number"))?,
            Some(_) | None => json!(value),
        };
        map.insert((*name).to_owned(), value);
    }
    state.flags = state.flags.changed(&map)?;
    Ok(())
}

fn put(state: &mut Inner, id: &str, screen: &str) -> Result<(), String> {
    let screen = PUTTABLE
        .iter()
        .map(|(known, _)| *known)
        .find(|known| known.entry().id == screen)
        .ok_or_else(|| format!("a phone cannot be put on {screen}"))?;
    let phone = state
        .phones
        .held
        .get_mut(id)
        .ok_or_else(|| "that phone was put away".to_owned())?;
    phone.rest();
    phone.complaint = None;
    phone.screen = screen;
    Ok(())
}
