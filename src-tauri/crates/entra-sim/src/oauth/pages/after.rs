//! The pages after the proof: consent, "stay signed in?", and what policy refuses.

use axum::body::Body;
use axum::http::Response;

use super::{PageFrame, PageLanguage, buttons, escape, identity, page};
use crate::oauth::refusals::Refusal;
use crate::oauth::refusals::row::Aadsts;

/// Asks for consent to scopes.
pub(crate) fn consent(
    frame: &PageFrame,
    upn: &str,
    scopes: &[String],
    may_for_all: bool,
) -> Response<Body> {
    let l = frame.language;
    let listed: String = scopes
        .iter()
        .map(|scope| format!("<li>{}</li>", escape(scope)))
        .collect();
    let for_all = l.pick(
        "組織の代理として同意する",
        "Consent on behalf of your organization",
    );
    let for_all = if may_for_all {
        format!(
            "<p><label><input type=\"checkbox\" name=\"AdminConsent\" value=\"true\"> {for_all}</label></p>"
        )
    } else {
        String::new()
    };
    let body = format!(
        "{identity}<h1>{title}</h1><p><b>{app}</b></p><p>{text}</p><ul>{listed}</ul>{for_all}{buttons}",
        identity = identity(upn),
        title = l.pick("要求されているアクセス許可", "Permissions requested"),
        app = escape(&frame.client),
        text = l.pick("このアプリが必要とするもの:", "This app would like to:"),
        buttons = buttons(&[("accept", l.pick("承諾", "Accept"))], l),
    );
    page(frame, "consent", &body)
}

/// Says that an administrator has to consent.
pub(crate) fn admin_consent(frame: &PageFrame, upn: &str) -> Response<Body> {
    let l = frame.language;
    let body = format!(
        "{identity}<h1>{title}</h1><p><b>{app}</b></p><p role=\"alert\" data-error-code=\"90094\">{text}</p>{buttons}",
        identity = identity(upn),
        title = l.pick("管理者の承認が必要", "Need admin approval"),
        app = escape(&frame.client),
        text = l.pick(
            "このアプリは、管理者だけが付与できるアクセス許可を必要としています。",
            "This app needs permission to access resources in your organization that only an admin can grant.",
        ),
        buttons = buttons(&[other_account(l)], l),
    );
    page(frame, "admin_consent", &body)
}

/// "Stay signed in?"
pub(crate) fn stay_signed_in(frame: &PageFrame, upn: &str) -> Response<Body> {
    let l = frame.language;
    let ways = [
        ("yes", l.pick("はい", "Yes")),
        ("no", l.pick("いいえ", "No")),
    ];
    let body = format!(
        "{identity}<h1>{title}</h1><p>{text}</p>\
         <p><label><input type=\"checkbox\" name=\"DontShowAgain\" value=\"true\"> {again}</label></p>{buttons}",
        identity = identity(upn),
        title = l.pick("サインインの状態を維持しますか?", "Stay signed in?"),
        text = l.pick(
            "これにより、サインインを求められる回数を減らすことができます。",
            "Do this to reduce the number of times you are asked to sign in.",
        ),
        again = l.pick("今後このメッセージを表示しない", "Don't show this again"),
        buttons = buttons(&ways, l),
    );
    page(frame, "kmsi", &body)
}

/// Offers to set up a passkey; where that is enforced there is no way past it.
pub(crate) fn passkey_offer(frame: &PageFrame, upn: &str, skippable: bool) -> Response<Body> {
    let l = frame.language;
    let mut ways = vec![("next", l.pick("次へ", "Next"))];
    if skippable {
        ways.push(("skip", l.pick("今はスキップ", "Skip for now")));
    }
    let body = format!(
        "{identity}<h1>{title}</h1><p>{text}</p>{buttons}",
        identity = identity(upn),
        title = l.pick("パスキーを設定する", "Set up a passkey"),
        text = l.pick(
            "パスキーを使うと、次からは顔、指紋、PIN のどれかで、すばやく安全にサインインできます。",
            "With a passkey you sign in faster and more safely with your face, fingerprint or PIN.",
        ),
        buttons = buttons(&ways, l),
    );
    page(frame, "passkey_offer", &body)
}

/// The set-up that offer leads to. It cannot be finished here.
pub(crate) fn passkey_setup(frame: &PageFrame, upn: &str) -> Response<Body> {
    let l = frame.language;
    let body = format!(
        "{identity}<h1>{title}</h1><p>{text}</p>{buttons}",
        identity = identity(upn),
        title = l.pick("パスキーの作成", "Create your passkey"),
        text = l.pick(
            "このコンピューターの画面に従ってください。模擬テナントでは、ここから先はありません。",
            "Follow the instructions of this computer. In the simulated tenant nothing comes after this.",
        ),
        buttons = buttons(&[("back", l.pick("戻る", "Back"))], l),
    );
    page(frame, "passkey_setup", &body)
}

/// Says why somebody who has proven who they are may not go on.
pub(crate) fn blocked(frame: &PageFrame, upn: &str, refusal: &Refusal) -> Response<Body> {
    let l = frame.language;
    let japanese = Aadsts::of(refusal.aadsts).map_or("", |entry| entry.japanese);
    let text = match l {
        PageLanguage::Japanese if !japanese.is_empty() => japanese,
        PageLanguage::Japanese | PageLanguage::English => &refusal.text,
    };
    let body = format!(
        "{identity}<h1>{title}</h1><p role=\"alert\" data-error-code=\"{number}\">{text}</p>\
         <p class=\"hint\">{app} · AADSTS{number}</p>{buttons}",
        identity = identity(upn),
        title = l.pick(
            "現在これにアクセスできません",
            "You cannot access this right now"
        ),
        number = refusal.aadsts,
        text = escape(text),
        app = escape(&frame.client),
        buttons = buttons(&[other_account(l)], l),
    );
    page(frame, "blocked", &body)
}

fn other_account(l: PageLanguage) -> (&'static str, &'static str) {
    (
        "other",
        l.pick(
            "サインアウトして別のアカウントでサインインする",
            "Sign out and sign in with a different account",
        ),
    )
}
