//! The mailbox page: every mail the tenant took, whoever it was for.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Html;

use crate::oauth::pages::escape as escaped;
use crate::records::mail::{Address, Mail};
use crate::state::Tenant;
use crate::typeface::FACE;

/// All mails, newest first.
pub(super) async fn page(State(tenant): State<Arc<Tenant>>) -> Html<String> {
    let state = tenant.lock();
    let mails: String = state.records.mails.iter().rev().map(mail).collect();
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

fn mail(mail: &Mail) -> String {
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
    let astray = if mail.delivered {
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
