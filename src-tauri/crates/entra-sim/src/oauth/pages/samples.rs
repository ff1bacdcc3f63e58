//! Every page of the sign-in, drawn for nobody: to be looked at, and checked for accessibility.

use axum::body::Body;
use axum::http::Response;

use super::renewal::{Complaint, new_password};
use super::{PageFrame, PageLanguage, after, device, entry, notice, refused};
use crate::oauth::redirect::{ResponseMode, answer};
use crate::oauth::refusals::Refusal;
use crate::oauth::refusals::row::Aadsts;

const WHO: &str = "mihon.taro@cablechan.biz";

/// All of them by name; those with a complaint end in `-wrong`.
pub(crate) fn samples(language: PageLanguage) -> Vec<(&'static str, Response<Body>)> {
    let frame = PageFrame {
        language,
        action: "/login".to_owned(),
        flow_token: "sample".to_owned(),
        client: "Madoguchi".to_owned(),
    };
    let mut all = asking(&frame);
    all.extend(afterwards(&frame));
    all
}

/// The pages that ask who one is and for the proof.
fn asking(frame: &PageFrame) -> Vec<(&'static str, Response<Body>)> {
    let l = frame.language;
    let app = [("use_app", entry::use_app(l))];
    let password = [("use_password", entry::use_password(l))];
    let other = ("use_password", entry::use_password(l));
    let wrong = Aadsts::of;
    let known = [
        ("1".to_owned(), WHO.to_owned(), "見本 太郎".to_owned()),
        ("2".to_owned(), "b@b.example".to_owned(), "B".to_owned()),
    ];
    vec![
        ("loginfmt", entry::account(frame, "", None)),
        ("loginfmt-wrong", entry::account(frame, WHO, wrong(50034))),
        ("passwd", entry::password(frame, WHO, &app, None)),
        (
            "passwd-wrong",
            entry::password(frame, WHO, &[], wrong(50126)),
        ),
        ("accesspass", entry::pass(frame, WHO, &password, None)),
        (
            "accesspass-wrong",
            entry::pass(frame, WHO, &[], wrong(130_503)),
        ),
        ("updatepasswd", new_password(frame, WHO, None)),
        (
            "updatepasswd-wrong",
            new_password(frame, WHO, wrong(120_002).map(Complaint::Numbered)),
        ),
        ("approve", entry::approval(frame, WHO, 42, other)),
        ("denied", entry::denied(frame, WHO)),
        ("otc", entry::code(frame, WHO, &app, None)),
        ("otc-wrong", entry::code(frame, WHO, &[], wrong(500_121))),
        ("picker", entry::picker(frame, &known)),
    ]
}

/// The pages after the proof, and those of the device code flow.
fn afterwards(frame: &PageFrame) -> Vec<(&'static str, Response<Body>)> {
    let l = frame.language;
    let scopes = ["User.Read".to_owned(), "Mail.Send".to_owned()];
    let fields = [("code", "sample".to_owned())];
    let time = "2026-11-23 00:00:00Z";
    vec![
        ("consent", after::consent(frame, WHO, &scopes, true)),
        ("admin_consent", after::admin_consent(frame, WHO)),
        ("kmsi", after::stay_signed_in(frame, WHO)),
        ("passkey_offer", after::passkey_offer(frame, WHO, true)),
        ("passkey_setup", after::passkey_setup(frame, WHO)),
        (
            "blocked",
            after::blocked(frame, WHO, &Refusal::numbered(53003)),
        ),
        ("devicecode", device::user_code(l, "/deviceauth", None)),
        (
            "devicecode-wrong",
            device::user_code(l, "/deviceauth", Some(&Refusal::numbered(70018))),
        ),
        ("confirm", device::confirm(frame, WHO)),
        ("notice", notice(l, "Madoguchi", "…")),
        (
            "error",
            refused(l, &Refusal::numbered(50011), "t", "c", time),
        ),
        (
            "form_post",
            answer("http://localhost/", ResponseMode::FormPost, &fields, l),
        ),
    ]
}
