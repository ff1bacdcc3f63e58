//! The pages of the device code flow.

use axum::body::Body;
use axum::http::Response;

use super::{PageFrame, PageLanguage, buttons, document, escape, identity, page};
use crate::oauth::refusals::Refusal;
use crate::oauth::refusals::row::Aadsts;

/// Asks for the code another device shows.
pub(crate) fn user_code(
    language: PageLanguage,
    action: &str,
    refusal: Option<&Refusal>,
) -> Response<Body> {
    let complaint = refusal.map_or(String::new(), |refusal| {
        let text = match language {
            PageLanguage::Japanese => Aadsts::of(refusal.aadsts).map_or(
                "このコードは機能しませんでした。コードを確かめて、もう一度お試しください。",
                |entry| entry.japanese,
            ),
            PageLanguage::English => &refusal.text,
        };
        format!(
            "<p class=\"error\" role=\"alert\" data-error-code=\"{}\">{}</p>",
            refusal.aadsts,
            escape(text)
        )
    });
    let body = format!(
        "<main><form method=\"post\" action=\"{action}\" novalidate><input type=\"hidden\" name=\"mkt\" value=\"{tag}\">\
         <h1>{title}</h1><p>{text}</p>{complaint}\
         <input class=\"line\" id=\"otc\" name=\"otc\" type=\"text\" autocomplete=\"off\" autocapitalize=\"characters\" \
         spellcheck=\"false\" aria-label=\"{label}\" placeholder=\"{label}\" autofocus required>\
         <div class=\"ways\"><button class=\"main\" id=\"idSIButton9\" name=\"action\" value=\"next\">{next}</button></div></form></main>",
        action = escape(action),
        tag = language.tag(),
        title = language.pick("コードの入力", "Enter code"),
        text = language.pick(
            "アプリまたはデバイスに表示されているコードを入力してください。",
            "Enter the code displayed on your app or device.",
        ),
        label = language.pick("コード", "Code"),
        next = language.pick("次へ", "Next"),
    );
    document(language, "devicecode", "", &body)
}

/// Asks whether one really meant to sign in there.
pub(crate) fn confirm(frame: &PageFrame, upn: &str) -> Response<Body> {
    let l = frame.language;
    let body = format!(
        "{identity}<h1>{title}</h1><p>{text}</p>{buttons}",
        identity = identity(upn),
        title = escape(
            &l.pick(
                "{app} にサインインしようとしていますか?",
                "Are you trying to sign in to {app}?"
            )
            .replace("{app}", &frame.client)
        ),
        text = l.pick(
            "信頼できるストアまたは Web サイトからアプリをダウンロードした場合にのみ、続行してください。",
            "Only continue if you downloaded the app from a store or website that you trust.",
        ),
        buttons = buttons(&[("continue", l.pick("続行", "Continue"))], l),
    );
    page(frame, "confirm", &body)
}

/// Says that the other device is signed in.
pub(crate) fn done(language: PageLanguage, client: &str) -> Response<Body> {
    let text = language
        .pick(
            "お使いのデバイスで {app} にサインインしました。このウィンドウは閉じてかまいません。",
            "You have signed in to the {app} application on your device. You may now close this window.",
        )
        .replace("{app}", client);
    super::notice(language, client, &text)
}

/// Says that the other device stays signed out.
pub(crate) fn declined(language: PageLanguage, client: &str) -> Response<Body> {
    let text = language.pick(
        "サインインを取りやめました。このウィンドウは閉じてかまいません。",
        "The sign-in was cancelled. You may now close this window.",
    );
    super::notice(language, client, text)
}
