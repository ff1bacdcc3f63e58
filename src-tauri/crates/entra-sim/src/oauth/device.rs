//! The device code flow: codes, the page where they are typed, and the client's polls.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Response, header};
use axum::response::IntoResponse;
use axum::{Extension, Json};
use jiff::Timestamp;
use rand::RngExt;
use serde_json::{Value, json};

use crate::clock::after_seconds;
use crate::listen::Base;
use crate::oauth::DEVICE_PAGE;
use crate::oauth::authority::AuthorityAudience;
use crate::oauth::authorize::on_page;
use crate::oauth::claims::Claims;
use crate::oauth::client_proof::known;
use crate::oauth::flow_step::FlowStep;
use crate::oauth::grants::{CompletedSignIn, Flow, Goal, Grant};
use crate::oauth::pages::{PageLanguage, device};
use crate::oauth::refusals::Refusal;
use crate::oauth::refusals::row::RefusalStage;
use crate::oauth::scopes;
use crate::oauth::token::correlation;
use crate::params::Params;
use crate::state::{Inner, Tenant, random_token};

/// Polls may come this much early: a client's timer is not exact.
const EARLY_MS: i64 = 200;
/// What every poll that came too early adds (RFC 8628, 3.5).
const SLOWER_S: i64 = 5;
/// Letters and digits nobody confuses.
const USER_CODE: &[u8] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
const USER_CODE_LENGTH: usize = 9;

/// A device that waits for its person.
#[derive(Clone)]
pub(crate) struct DeviceGrant {
    client_id: String,
    scope: String,
    claims: Claims,
    user_code: String,
    pub(crate) expires: Timestamp,
    interval_s: i64,
    polled: Option<Timestamp>,
    standing: Standing,
}

#[derive(Clone)]
enum Standing {
    Pending,
    Approved(CompletedSignIn),
    Declined,
    Refused(Refusal),
    Redeemed,
}

/// `/devicecode`: begins the flow for a client.
pub(crate) async fn device_code(
    State(tenant): State<Arc<Tenant>>,
    Path(named): Path<String>,
    Extension(base): Extension<Base>,
    headers: HeaderMap,
    params: Params,
) -> Response<Body> {
    match begun(&tenant, &named, &base, &params) {
        Ok(body) => ([(header::CACHE_CONTROL, "no-store, no-cache")], Json(body)).into_response(),
        Err(refusal) => refusal.into_json(&tenant, &correlation(&headers)),
    }
}

fn begun(tenant: &Tenant, named: &str, base: &Base, params: &Params) -> Result<Value, Refusal> {
    let authority = AuthorityAudience::named(tenant, named)?;
    let client_id = params
        .of("client_id")
        .ok_or_else(|| Refusal::missing("client_id"))?;
    let mut state = tenant.lock();
    let client = known(tenant, &state, authority, client_id)?.clone();
    let set = &state.flags.sign_in.sign_in_refusals;
    if let Some(entry) = set.at(&[RefusalStage::Client, RefusalStage::Passing], None) {
        return Err(Refusal::of(entry));
    }
    let scope = params
        .of("scope")
        .ok_or_else(|| Refusal::missing("scope"))?;
    if client.uses_graph {
        scopes::checked(scope)?;
    }
    let now = tenant.now();
    state.grants.sweep(now);
    let life_s = i64::from(state.flags.sign_in.device_code_life_s);
    let interval_s = i64::from(state.flags.sign_in.device_code_interval_s);
    let (device_code, user_code) = (random_token(), user_code());
    let grant = DeviceGrant {
        client_id: client.id,
        scope: scope.to_owned(),
        claims: Claims::parse(params.of("claims"))?,
        user_code: user_code.clone(),
        expires: after_seconds(now, life_s),
        interval_s,
        polled: None,
        standing: Standing::Pending,
    };
    state.grants.devices.insert(device_code.clone(), grant);
    let page = format!("{}{}", base.0, DEVICE_PAGE.replace("{tenant}", "common"));
    let message = PageLanguage::of(params, &HeaderMap::new()).pick(
        "サインインするには、Web ブラウザーでページ {page} を開き、コード {code} を入力して認証します。",
        "To sign in, use a web browser to open the page {page} and enter the code {code} to authenticate.",
    );
    Ok(json!({
        "device_code": device_code,
        "user_code": user_code,
        "verification_uri": page,
        "expires_in": life_s,
        "interval": interval_s,
        "message": message.replace("{page}", &page).replace("{code}", &user_code),
    }))
}

/// The page where the person types the code.
pub(crate) async fn page(
    State(tenant): State<Arc<Tenant>>,
    Path(named): Path<String>,
    Extension(base): Extension<Base>,
    headers: HeaderMap,
    params: Params,
) -> Response<Body> {
    let language = PageLanguage::of(&params, &headers);
    if let Err(refusal) = AuthorityAudience::named(&tenant, &named) {
        return on_page(&tenant, language, &refusal);
    }
    let action = format!("{}{}", base.0, DEVICE_PAGE.replace("{tenant}", &named));
    let typed = params.of("otc").or_else(|| params.of("user_code"));
    let Some(typed) = typed else {
        return device::user_code(language, &action, None);
    };
    let mut state = tenant.lock();
    let now = tenant.now();
    let (device_code, client_id, scope) = match meant(&state, typed, now) {
        Ok(found) => found,
        Err(refusal) => return device::user_code(language, &action, Some(&refusal)),
    };
    let mut step = FlowStep::new(&tenant, &base, &mut state, language, &headers);
    let goal = Goal::Device {
        device_code,
        client_id,
        scope,
    };
    step.start(Flow::new(goal, now));
    let sessions = step.sessions();
    if sessions.is_empty() {
        step.account_page("", None)
    } else {
        step.picker(&sessions)
    }
}

/// The pending device of a typed code.
fn meant(state: &Inner, typed: &str, now: Timestamp) -> Result<(String, String, String), Refusal> {
    let typed = typed.replace(['-', ' '], "").to_ascii_uppercase();
    let found = state
        .grants
        .devices
        .iter()
        .find(|(_, device)| device.user_code == typed)
        .ok_or_else(|| {
            let text = "That code didn't work. Check the code and try again.";
            Refusal::new("bad_verification_code", 70018, text)
        })?;
    let (device_code, device) = found;
    if now >= device.expires {
        let text = "Verification code expired. Start again on your device.";
        return Err(Refusal::new("expired_token", 70019, text));
    }
    match device.standing {
        Standing::Pending => Ok((
            device_code.clone(),
            device.client_id.clone(),
            device.scope.clone(),
        )),
        Standing::Approved(_) | Standing::Declined | Standing::Refused(_) | Standing::Redeemed => {
            let text = "The request was already authorized or declined.";
            Err(Refusal::new("invalid_request", 90120, text))
        }
    }
}

/// What a client's poll comes to.
pub(crate) fn poll(
    state: &mut Inner,
    params: &Params,
    client_id: &str,
    now: Timestamp,
) -> Result<Grant, Refusal> {
    let code = params
        .of("device_code")
        .or_else(|| params.of("code"))
        .ok_or_else(|| Refusal::missing("device_code"))?;
    let device = state
        .grants
        .devices
        .get_mut(code)
        .filter(|device| device.client_id == client_id)
        .ok_or_else(|| {
            let text = "The provided value for the input parameter 'device_code' is not valid.";
            Refusal::new("bad_verification_code", 70018, text)
        })?;
    if now >= device.expires {
        let text = "The provided value for the input parameter 'device_code' is not valid. This device code has expired.";
        return Err(Refusal::new("expired_token", 70020, text));
    }
    let due = device.polled.map_or(i64::MIN, |polled| {
        polled.as_millisecond() + device.interval_s * 1_000 - EARLY_MS
    });
    device.polled = Some(now);
    if now.as_millisecond() < due {
        device.interval_s += SLOWER_S;
        let text = "The device polls too often. Wait five seconds longer between polls.";
        return Err(Refusal::new("slow_down", 70016, text));
    }
    outcome(device)
}

/// What the person or policy has said so far; an approval is good for one poll.
fn outcome(device: &mut DeviceGrant) -> Result<Grant, Refusal> {
    match std::mem::replace(&mut device.standing, Standing::Redeemed) {
        Standing::Pending => {
            device.standing = Standing::Pending;
            let text = "OAuth 2.0 device flow error. Authorization is pending. Continue polling.";
            Err(Refusal::new("authorization_pending", 70016, text))
        }
        Standing::Approved(signed_in) => Ok(Grant {
            client_id: device.client_id.clone(),
            scope: device.scope.clone(),
            nonce: None,
            claims: device.claims.clone(),
            signed_in,
            by_device_code: true,
        }),
        Standing::Declined => {
            device.standing = Standing::Declined;
            let text = "The end user denied the authorization request.";
            Err(Refusal::new("authorization_declined", 65004, text))
        }
        Standing::Refused(refusal) => {
            device.standing = Standing::Refused(refusal.clone());
            Err(refusal.at_token())
        }
        Standing::Redeemed => {
            let text = "OAuth2 Authorization code was already redeemed, please retry with a new valid code.";
            Err(Refusal::new("invalid_grant", 54005, text))
        }
    }
}

impl FlowStep<'_> {
    /// A step on the page that asks whether one meant this device.
    pub(crate) fn confirm_step(
        &mut self,
        signed_in: CompletedSignIn,
        action: &str,
    ) -> Response<Body> {
        match self.goal() {
            Some(Goal::Device { device_code, .. }) if action == "continue" => {
                self.approve_device(&device_code, signed_in)
            }
            Some(_) => self.proven(signed_in),
            None => self.account_page("", None),
        }
    }

    /// Signs the device in.
    pub(crate) fn approve_device(
        &mut self,
        device_code: &str,
        signed_in: CompletedSignIn,
    ) -> Response<Body> {
        self.settle(device_code, Standing::Approved(signed_in.clone()));
        self.end(signed_in, |step| {
            device::done(step.frame.language, &step.frame.client)
        })
    }

    /// Leaves the device signed out, because the person wants so.
    pub(crate) fn decline_device(&mut self, device_code: &str) -> Response<Body> {
        self.settle(device_code, Standing::Declined);
        self.state.grants.flows.remove(&self.frame.flow_token);
        device::declined(self.frame.language, &self.frame.client)
    }

    /// Leaves the device signed out, because policy wants so.
    pub(crate) fn refuse_device(&mut self, device_code: &str, refusal: &Refusal) {
        self.settle(device_code, Standing::Refused(refusal.clone()));
    }

    fn settle(&mut self, device_code: &str, standing: Standing) {
        if let Some(device) = self.state.grants.devices.get_mut(device_code) {
            device.standing = standing;
        }
    }
}

fn user_code() -> String {
    let mut rng = rand::rng();
    (0..USER_CODE_LENGTH)
        .map(|_| char::from(USER_CODE[rng.random_range(0..USER_CODE.len())]))
        .collect()
}
