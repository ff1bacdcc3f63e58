//! The sign-in itself: account, then pass, password or phone, then back to the client.

use std::sync::Arc;

use axum::Extension;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, Response, header};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use rand::Rng;
use serde_json::json;

use crate::directory::User;
use crate::directory::methods::{Method, Usability};
use crate::listen::Base;
use crate::oauth::authorize::{SESSION, frame, on_page};
use crate::oauth::error::Refusal;
use crate::oauth::grants::{Approval, Asked, Proof, SignedIn};
use crate::oauth::pages::{self, Complaint, Frame, Language};
use crate::oauth::redirect;
use crate::params::{Params, cookie};
use crate::state::{Inner, Tenant, random_guid, random_token};
use crate::switches::RedirectFault;

const NO_ACCOUNT: Complaint = Complaint {
    aadsts: 50034,
    japanese: "このユーザー名は組織のディレクトリに見つかりません。メール アドレス形式のアカウントを確かめてください。",
    english: "This username may be incorrect. Make sure you typed it correctly. Otherwise, contact your admin.",
};
const WRONG_PASSWORD: Complaint = Complaint {
    aadsts: 50126,
    japanese: "アカウントまたはパスワードが正しくありません。",
    english: "Your account or password is incorrect.",
};
const DISABLED: Complaint = Complaint {
    aadsts: 50057,
    japanese: "アカウントはロックされています。管理者に連絡してください。",
    english: "Your account has been locked. Contact your support person to unlock it, then try again.",
};
const PASS_BLOCKED: Complaint = Complaint {
    aadsts: 130_501,
    japanese: "ユーザー資格情報ポリシーにより、一時アクセス パスによるサインインがブロックされました。",
    english: "Temporary Access Pass sign in was blocked due to User Credential Policy.",
};
const PASS_EXPIRED: Complaint = Complaint {
    aadsts: 130_502,
    japanese: "一時アクセス パスの有効期限が切れています。新しいパスの発行を管理者に依頼してください。",
    english: "Your Temporary Access Pass has expired. Contact your admin for a new one.",
};
const PASS_WRONG: Complaint = Complaint {
    aadsts: 130_503,
    japanese: "一時アクセス パスが正しくありません。パスが分からない場合は、管理者に連絡してください。",
    english: "Your Temporary Access Pass is incorrect. If you don't know your pass, contact your administrator.",
};
const PASS_TOO_EARLY: Complaint = Complaint {
    aadsts: 130_507,
    japanese: "一時アクセス パスはまだ使用できません。開始時刻を過ぎてからもう一度お試しください。",
    english: "Your Temporary Access Pass is not yet valid. Try again after its start time.",
};

/// `/login`: every step of the pages.
pub(crate) async fn login(
    State(tenant): State<Arc<Tenant>>,
    Path(_): Path<String>,
    Extension(base): Extension<Base>,
    headers: HeaderMap,
    params: Params,
) -> Response<Body> {
    let language = Language::of(&params, &headers);
    let flow_token = params.trimmed("flowToken").to_owned();
    let mut state = tenant.lock();
    let Some(flow) = state.grants.flows.get(&flow_token).cloned() else {
        drop(state);
        let text =
            "The sign-in session is not known or has ended. Start again from the application.";
        return on_page(
            &tenant,
            language,
            &Refusal::new("invalid_request", 90_014, text),
        );
    };
    let name = state
        .clients
        .iter()
        .find(|client| client.id == flow.asked.client_id)
        .map_or("", |client| client.name);
    let frame = frame(&tenant, &base, language, flow_token, name);
    match (params.of("action"), &flow.user_id) {
        (Some("cancel"), _) => cancelled(&mut state, &frame, &flow.asked),
        (Some("other"), _) => pages::account(&frame, "", None),
        (Some("account"), Some(_)) => {
            from_session(&tenant, &mut state, &frame, flow.asked, &headers)
        }
        (Some("use_password"), Some(id)) => with_user(&state, id, |user| {
            pages::password(&frame, &user.upn, &[], None)
        }),
        (Some("use_pass"), Some(id)) => {
            with_user(&state, id, |user| pages::pass(&frame, &user.upn, &[], None))
        }
        (Some("use_app"), Some(id)) => ask_phone(&mut state, &frame, &id.clone()),
        (_, _) => typed(&tenant, &mut state, &frame, &params),
    }
}

/// Goes on from a typed or hinted account to what it can sign in with.
pub(crate) fn account_given(
    tenant: &Tenant,
    state: &mut Inner,
    frame: &Frame,
    typed: &str,
) -> Response<Body> {
    let Some(user) = state.directory.user(typed.trim()).cloned() else {
        return pages::account(frame, typed, Some(&NO_ACCOUNT));
    };
    if let Some(flow) = state.grants.flows.get_mut(&frame.flow_token) {
        flow.user_id = Some(user.id.clone());
    }
    let usable = usability(state, &user, tenant.now()) == Some(Usability::EnabledByPolicy);
    // A usable pass outranks everything else; a spent one is still asked for where nothing better exists.
    if user.tap().is_some() && (usable || !has_phone_sign_in(&user)) {
        pages::pass(
            frame,
            &user.upn,
            &[("use_password", pages::use_password(frame.language))],
            None,
        )
    } else if has_phone_sign_in(&user) && asks_password_again(state, &user) {
        pages::password(
            frame,
            &user.upn,
            &[("use_app", pages::use_app(frame.language))],
            None,
        )
    } else if has_phone_sign_in(&user) {
        ask_phone(state, frame, &user.id)
    } else {
        pages::password(frame, &user.upn, &[], None)
    }
}

/// Sends a code to the client for a completed sign-in.
pub(crate) fn deliver(
    tenant: &Tenant,
    state: &mut Inner,
    asked: Asked,
    signed_in: SignedIn,
    language: Language,
) -> Response<Body> {
    let mut fields = Vec::new();
    let code = state
        .grants
        .issue_code(asked.clone(), signed_in.clone(), tenant.now());
    fields.push(("code", code));
    if asked.wants_client_info {
        fields.push(("client_info", client_info(&signed_in.user_id, &tenant.id)));
    }
    match state.switches.redirect_fault {
        RedirectFault::None => fields.extend(asked.state.clone().map(|state| ("state", state))),
        RedirectFault::WrongState => fields.push(("state", random_token())),
        RedirectFault::NoState => {}
        RedirectFault::WrongIssuer => {
            fields.extend(asked.state.clone().map(|state| ("state", state)));
            fields.push(("iss", "https://elsewhere.invalid/v2.0".to_owned()));
        }
    }
    fields.push(("session_state", random_guid()));
    redirect::answer(&asked.redirect_uri, asked.mode, &fields, language)
}

/// `client_info`: who signed in, for clients that keep several accounts.
pub(crate) fn client_info(user_id: &str, tenant_id: &str) -> String {
    URL_SAFE_NO_PAD.encode(json!({"uid": user_id, "utid": tenant_id}).to_string())
}

fn typed(tenant: &Tenant, state: &mut Inner, frame: &Frame, params: &Params) -> Response<Body> {
    let flow_user = state
        .grants
        .flows
        .get(&frame.flow_token)
        .and_then(|flow| flow.user_id.clone());
    match (
        flow_user,
        params.of("passwd"),
        params.of("accesspass"),
        params.of("loginfmt"),
    ) {
        (Some(id), Some(password), _, _) => check_password(tenant, state, frame, &id, password),
        (Some(id), None, Some(pass), _) => check_pass(tenant, state, frame, &id, pass),
        (_, _, _, Some(account)) => account_given(tenant, state, frame, account),
        (Some(id), None, None, None) => waiting(tenant, state, frame, &id),
        (None, _, _, None) => pages::account(frame, "", None),
    }
}

fn check_password(
    tenant: &Tenant,
    state: &mut Inner,
    frame: &Frame,
    id: &str,
    typed: &str,
) -> Response<Body> {
    let Some(user) = state.directory.user(id).cloned() else {
        return pages::account(frame, "", Some(&NO_ACCOUNT));
    };
    let mut other = Vec::new();
    if has_phone_sign_in(&user) {
        other.push(("use_app", pages::use_app(frame.language)));
    }
    if user.tap().is_some() {
        other.push(("use_pass", pages::use_pass(frame.language)));
    }
    if typed != user.password {
        return pages::password(frame, &user.upn, &other, Some(&WRONG_PASSWORD));
    }
    if !user.enabled {
        return pages::password(frame, &user.upn, &other, Some(&DISABLED));
    }
    complete(tenant, state, frame, &user, Proof::Password)
}

fn check_pass(
    tenant: &Tenant,
    state: &mut Inner,
    frame: &Frame,
    id: &str,
    typed: &str,
) -> Response<Body> {
    let Some(user) = state.directory.user(id).cloned() else {
        return pages::account(frame, "", Some(&NO_ACCOUNT));
    };
    let now = tenant.now();
    let refused = |complaint: &Complaint| {
        let other = [("use_password", pages::use_password(frame.language))];
        pages::pass(frame, &user.upn, &other, Some(complaint))
    };
    let Some(tap) = user
        .tap()
        .filter(|tap| tap.value == typed.trim() && tap.settled(&state.switches, now))
    else {
        return refused(&PASS_WRONG);
    };
    match usability(state, &user, now) {
        _ if !user.enabled => return refused(&DISABLED),
        Some(Usability::OneTimeUsed | Usability::DisabledByPolicy) | None => {
            return refused(&PASS_BLOCKED);
        }
        Some(Usability::Expired) => return refused(&PASS_EXPIRED),
        Some(Usability::NotYetValid) => return refused(&PASS_TOO_EARLY),
        Some(Usability::EnabledByPolicy) => {}
    }
    let proof = Proof::Pass(tap.id.clone());
    if let Some(tap) = state.directory.user_mut(&user.id).and_then(User::tap_mut) {
        tap.uses.push(now);
    }
    complete(tenant, state, frame, &user, proof)
}

fn complete(
    tenant: &Tenant,
    state: &mut Inner,
    frame: &Frame,
    user: &User,
    proof: Proof,
) -> Response<Body> {
    let Some(flow) = state.grants.flows.remove(&frame.flow_token) else {
        return pages::account(frame, "", None);
    };
    let signed_in = SignedIn {
        user_id: user.id.clone(),
        proof,
        at: tenant.now(),
    };
    state
        .grants
        .last_proofs
        .insert(user.id.clone(), signed_in.proof.clone());
    let session = random_token();
    state
        .grants
        .sessions
        .insert(session.clone(), signed_in.clone());
    let mut response = deliver(tenant, state, flow.asked, signed_in, frame.language);
    let cookie = format!("{SESSION}={session}; Path=/; HttpOnly; SameSite=Lax");
    if let Ok(value) = HeaderValue::from_str(&cookie) {
        response.headers_mut().insert(header::SET_COOKIE, value);
    }
    response
}

fn cancelled(state: &mut Inner, frame: &Frame, asked: &Asked) -> Response<Body> {
    state.grants.flows.remove(&frame.flow_token);
    let mut fields = vec![
        ("error", "access_denied".to_owned()),
        ("error_subcode", "cancel".to_owned()),
        (
            "error_description",
            "AADSTS65004: User declined to consent to access the app.".to_owned(),
        ),
    ];
    fields.extend(asked.state.clone().map(|state| ("state", state)));
    redirect::answer(&asked.redirect_uri, asked.mode, &fields, frame.language)
}

fn from_session(
    tenant: &Tenant,
    state: &mut Inner,
    frame: &Frame,
    asked: Asked,
    headers: &HeaderMap,
) -> Response<Body> {
    let session = cookie(headers, SESSION).and_then(|id| state.grants.sessions.get(&id).cloned());
    match session {
        Some(session) => {
            state.grants.flows.remove(&frame.flow_token);
            deliver(tenant, state, asked, session, frame.language)
        }
        None => pages::account(frame, "", None),
    }
}

fn ask_phone(state: &mut Inner, frame: &Frame, user_id: &str) -> Response<Body> {
    let Some(user) = state
        .directory
        .user(user_id)
        .filter(|user| has_phone_sign_in(user))
        .cloned()
    else {
        return pages::account(frame, "", None);
    };
    let number = state.rng.random_range(10..100);
    if let Some(flow) = state.grants.flows.get_mut(&frame.flow_token) {
        flow.number = Some(number);
    }
    state
        .grants
        .approvals
        .retain(|approval| approval.user_id != user.id);
    let approval = Approval {
        flow: frame.flow_token.clone(),
        user_id: user.id.clone(),
        number,
        approved: None,
    };
    state.grants.approvals.push(approval);
    pages::approval(frame, &user.upn, number)
}

fn waiting(tenant: &Tenant, state: &mut Inner, frame: &Frame, id: &str) -> Response<Body> {
    let Some(user) = state.directory.user(id).cloned() else {
        return pages::account(frame, "", None);
    };
    let number = state
        .grants
        .flows
        .get(&frame.flow_token)
        .and_then(|flow| flow.number);
    let answer = state
        .grants
        .approvals
        .iter()
        .find(|approval| approval.flow == frame.flow_token);
    match (number, answer.map(|approval| approval.approved)) {
        (Some(number), Some(None)) => pages::approval(frame, &user.upn, number),
        (Some(_), Some(Some(true))) => {
            state
                .grants
                .approvals
                .retain(|approval| approval.flow != frame.flow_token);
            complete(tenant, state, frame, &user, Proof::Phone)
        }
        (_, _) => account_given(tenant, state, frame, &user.upn),
    }
}

fn with_user(
    state: &Inner,
    id: &str,
    page: impl FnOnce(&User) -> Response<Body>,
) -> Response<Body> {
    match state.directory.user(id) {
        Some(user) => page(user),
        None => Response::new(Body::empty()),
    }
}

fn usability(state: &Inner, user: &User, now: Timestamp) -> Option<Usability> {
    Some(
        user.tap()?
            .usability(&state.switches, state.directory.in_tap_scope(user), now),
    )
}

fn has_phone_sign_in(user: &User) -> bool {
    user.methods.iter().any(|method| match method {
        Method::Authenticator(entry) => entry.phone_sign_in.is_some(),
        Method::Password { .. } | Method::Phone { .. } | Method::Fido2(_) => false,
    })
}

/// Whether the last sign-in used the password, and the page therefore asks for it again (S35).
fn asks_password_again(state: &Inner, user: &User) -> bool {
    state.switches.password_asked_again
        && state.grants.last_proofs.get(&user.id) == Some(&Proof::Password)
}
