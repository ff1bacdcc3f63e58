//! Mails the tenant took: a page with all of them, what lies in one mailbox, what left the tenant; and who may use a
//! mailbox.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Html;
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Refused, parsed, state};
use crate::oauth::pages::escape as escaped;
use crate::records::mail::{Address, Mail};
use crate::state::{Inner, Tenant};
use crate::typeface::FACE;

/// `GET mailbox/{address}`: what has arrived by now for a person of the tenant, by any of the addresses or the id, or at
/// an address of somebody else's.
pub(super) async fn of(
    State(tenant): State<Arc<Tenant>>,
    Path(address): Path<String>,
) -> Json<Vec<Value>> {
    let state = tenant.lock();
    let (directory, now) = (&state.directory, tenant.now());
    let owner = directory
        .user(&address)
        .or_else(|| directory.mailed_at(&address));
    let is_for = |to: &Address| match owner {
        Some(owner) => {
            let whose = directory.mailed_at(&to.address);
            whose.is_some_and(|whose| whose.id == owner.id)
        }
        None => to.address.eq_ignore_ascii_case(&address),
    };
    let there = |mail: &Mail| mail.is_delivered(now) && mail.recipients().any(is_for);
    Json(state::mails(&tenant, &state, there))
}

/// `GET outbox`: what was sent to somebody outside of the tenant, arrived or not.
pub(super) async fn outbox(State(tenant): State<Arc<Tenant>>) -> Json<Vec<Value>> {
    let state = tenant.lock();
    let outside = |to: &Address| state.directory.mailed_at(&to.address).is_none();
    let left = |mail: &Mail| mail.recipients().any(outside);
    Json(state::mails(&tenant, &state, left))
}

/// What changes of a mailbox; the rest stays.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Change {
    upn: String,
    /// Graph reaches it.
    reachable: Option<bool>,
    /// Sign-in names or ids of all who may send as it from now on.
    send_as: Option<Vec<String>>,
    /// The same of who may open it.
    full_access: Option<Vec<String>>,
}

/// `POST users/mailbox`: an administrator of Exchange changes a mailbox.
pub(super) async fn change(
    State(tenant): State<Arc<Tenant>>,
    body: Bytes,
) -> Result<Json<Value>, Refused> {
    let order: Change = parsed(&body)?;
    let mut state = tenant.lock();
    let send_as = order.send_as.map(|names| ids(&state, &names)).transpose()?;
    let full_access = order.full_access;
    let full_access = full_access.map(|names| ids(&state, &names)).transpose()?;
    let user = state.directory.user_mut(&order.upn);
    let mailbox = &mut user.ok_or_else(|| nobody(&order.upn))?.mailbox;
    if let Some(reachable) = order.reachable {
        mailbox.unreachable = !reachable;
    }
    if let Some(send_as) = send_as {
        mailbox.send_as = send_as;
    }
    if let Some(full_access) = full_access {
        mailbox.full_access = full_access;
    }
    let user = state.directory.user(&order.upn);
    let user = user.map(|user| state::user(&tenant, &state, user));
    Ok(Json(json!(user)))
}

fn ids(state: &Inner, names: &[String]) -> Result<Vec<String>, Refused> {
    let id = |name: &String| {
        let user = state.directory.user(name).ok_or_else(|| nobody(name))?;
        Ok(user.id.clone())
    };
    names.iter().map(id).collect()
}

fn nobody(upn: &str) -> Refused {
    Refused(StatusCode::NOT_FOUND, "not_found", upn.to_owned())
}

/// All mails, newest first.
pub(super) async fn page(State(tenant): State<Arc<Tenant>>) -> Html<String> {
    let state = tenant.lock();
    let now = tenant.now();
    let mails = state.records.mails.iter().rev();
    let mails: String = mails.map(|one| mail(one, now)).collect();
    let empty = if mails.is_empty() {
        "<p>メールはありません。 / No mail.</p>"
    } else {
        ""
    };
    Html(format!(
        "<!doctype html><html lang=ja><meta charset=utf-8><meta name=viewport content=\"width=device-width,initial-scale=1\"><title>Mailbox</title>\
         <style>{FACE}body{{font:1rem/1.6 system-ui,'BIZ UDPGothic',sans-serif;max-width:50rem;margin:2rem auto;padding:0 1rem}}\
         article{{border:1px solid #999;border-radius:.5rem;padding:1rem;margin:1rem 0}}\
         pre{{white-space:pre-wrap;font:inherit}}dt{{color:#555}}dd{{margin:0 0 .4rem}}</style>\
         <body><main><h1>メールボックス / Mailbox</h1>{empty}{mails}</main>"
    ))
}

fn mail(mail: &Mail, now: Timestamp) -> String {
    // A body in HTML is shown as its source: a mail is never run.
    let attachments: String = mail
        .attachments
        .iter()
        .map(|file| {
            format!(
                "<li>{} ({}, {} bytes)",
                escaped(&file.name),
                escaped(&file.content_type),
                file.bytes
            )
        })
        .collect();
    let astray = if mail.is_delivered(now) {
        ""
    } else {
        "<p><strong>届いていません / not delivered</strong>"
    };
    format!(
        "<article><h2>{}</h2>{astray}<dl><dt>From<dd>{}<dt>To<dd>{}<dt>Cc<dd>{}<dt>Bcc<dd>{}<dt>Date<dd>{}</dl>\
         <pre>{}</pre><ul>{attachments}</ul></article>",
        escaped(&mail.subject),
        escaped(&mail.from),
        addresses(&mail.to),
        addresses(&mail.cc),
        addresses(&mail.bcc),
        escaped(&mail.at),
        escaped(&mail.body),
    )
}

fn addresses(all: &[Address]) -> String {
    let each: Vec<String> = all
        .iter()
        .map(|one| match &one.name {
            Some(name) => format!("{} &lt;{}&gt;", escaped(name), escaped(&one.address)),
            None => escaped(&one.address),
        })
        .collect();
    each.join(", ")
}
