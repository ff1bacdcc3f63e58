//! The pages that ask who one is and for the proof.

use axum::body::Body;
use axum::http::Response;

use super::{
    PageFrame, PageLanguage, buttons, complained, document, escape, form, identity, look_again,
    page,
};
use crate::oauth::refusals::row::Aadsts;

/// Asks for the account.
pub(crate) fn account(
    frame: &PageFrame,
    typed: &str,
    complaint: Option<&Aadsts>,
) -> Response<Body> {
    let l = frame.language;
    let body = format!(
        "<h1>{title}</h1>{complaint}\
         <input class=\"line\" id=\"i0116\" name=\"loginfmt\" type=\"email\" inputmode=\"email\" autocomplete=\"username\" autocapitalize=\"off\" \
         aria-label=\"{label}\" placeholder=\"{label}\" value=\"{typed}\" autofocus required>\
         <p class=\"hint\">{hint}</p>{buttons}",
        title = l.pick("サインイン", "Sign in"),
        complaint = complained(frame, "usernameError", complaint),
        label = l.pick("メール アドレス形式のアカウント", "someone@example.com"),
        typed = escape(typed),
        hint = escape(
            &l.pick("{app} に進みます", "to continue to {app}")
                .replace("{app}", &frame.client)
        ),
        buttons = buttons(&[("next", l.pick("次へ", "Next"))], l),
    );
    page(frame, "loginfmt", &body)
}

/// Asks for the password.
pub(crate) fn password(
    frame: &PageFrame,
    upn: &str,
    other: &[(&str, &str)],
    complaint: Option<&Aadsts>,
) -> Response<Body> {
    let l = frame.language;
    let field = Secret {
        name: "passwd",
        id: "i0118",
        kind: "password",
        title: l.pick("パスワードの入力", "Enter password"),
        label: l.pick("パスワード", "Password"),
    };
    secret(frame, upn, &field, other, complaint)
}

/// Asks for the Temporary Access Pass.
pub(crate) fn pass(
    frame: &PageFrame,
    upn: &str,
    other: &[(&str, &str)],
    complaint: Option<&Aadsts>,
) -> Response<Body> {
    let l = frame.language;
    let field = Secret {
        name: "accesspass",
        id: "accesspassInput",
        kind: "text",
        title: l.pick("一時アクセス パスの入力", "Enter Temporary Access Pass"),
        label: l.pick("一時アクセス パス", "Temporary Access Pass"),
    };
    secret(frame, upn, &field, other, complaint)
}

/// Shows the number to type on the phone, and looks every two seconds whether it was typed.
pub(crate) fn approval(
    frame: &PageFrame,
    upn: &str,
    number: u8,
    other: (&str, &str),
) -> Response<Body> {
    let l = frame.language;
    let body = format!(
        "{identity}<h1>{title}</h1><p>{text}</p><p class=\"number\" id=\"idRichContext_DisplaySign\">{number}</p>{buttons}",
        identity = identity(upn),
        title = l.pick("サインインを承認する", "Approve sign in"),
        text = l.pick(
            "Authenticator アプリを開き、表示されている番号を入力してください。",
            "Open your Authenticator app, and enter the number shown to sign in.",
        ),
        buttons = buttons(
            &[
                ("wait", l.pick("承認しました", "I have approved it")),
                other
            ],
            l
        ),
    );
    let (action, token) = (&frame.action, &frame.flow_token);
    let again = format!("{action}?flowToken={token}&mkt={}", l.tag());
    // Looking whether somebody has answered must not finish the sign-in.
    let head = look_again(2, &format!("{again}&poll=1"), &again);
    document(l, "approve", &head, &form(frame, &body))
}

/// Says that the request was refused on the phone, and offers another one.
pub(crate) fn denied(frame: &PageFrame, upn: &str) -> Response<Body> {
    let l = frame.language;
    let body = format!(
        "{identity}<h1>{title}</h1><p class=\"error\" role=\"alert\" data-error-code=\"500121\">{text}</p>{buttons}",
        identity = identity(upn),
        title = l.pick("要求が拒否されました", "Request denied"),
        text = l.pick(
            "Authenticator アプリに要求を送信しましたが、拒否されました。",
            "We sent a request to your Authenticator app, but it was denied.",
        ),
        buttons = buttons(
            &[
                (
                    "use_app",
                    l.pick(
                        "Authenticator アプリに別の要求を送信する",
                        "Send another request to your Authenticator app",
                    )
                ),
                ("use_password", use_password(l)),
            ],
            l
        ),
    );
    page(frame, "denied", &body)
}

/// Asks for the code the app shows.
pub(crate) fn code(
    frame: &PageFrame,
    upn: &str,
    other: &[(&str, &str)],
    complaint: Option<&Aadsts>,
) -> Response<Body> {
    let l = frame.language;
    let field = Secret {
        name: "otc",
        id: "idTxtBx_SAOTCC_OTC",
        kind: "text",
        title: l.pick("コードの入力", "Enter code"),
        label: l.pick("コード", "Code"),
    };
    secret(frame, upn, &field, other, complaint)
}

/// Offers the accounts of the browser's session, or another one.
pub(crate) fn picker(frame: &PageFrame, accounts: &[(String, String, String)]) -> Response<Body> {
    let l = frame.language;
    let tiles: String = accounts
        .iter()
        .enumerate()
        .map(|(place, (id, upn, shown))| {
            let value = if place == 0 {
                "account".to_owned()
            } else {
                format!("account:{id}")
            };
            format!(
                "<button class=\"tile\" name=\"action\" value=\"{value}\"><b>{}</b><span>{}</span></button>",
                escape(shown),
                escape(upn)
            )
        })
        .collect();
    let body = format!(
        "<h1>{title}</h1>{tiles}<button class=\"tile\" name=\"action\" value=\"other\"><b>{other}</b></button>{buttons}",
        title = l.pick("アカウントを選択する", "Pick an account"),
        other = l.pick("別のアカウントを使用する", "Use another account"),
        buttons = buttons(&[], l),
    );
    page(frame, "picker", &body)
}

/// The label of the way back to the password.
pub(crate) fn use_password(language: PageLanguage) -> &'static str {
    language.pick("代わりにパスワードを使用する", "Use your password instead")
}

/// The label of the way to the pass.
pub(crate) fn use_pass(language: PageLanguage) -> &'static str {
    language.pick(
        "代わりに一時アクセス パスを使用する",
        "Use your Temporary Access Pass instead",
    )
}

/// The label of the way to the phone.
pub(crate) fn use_app(language: PageLanguage) -> &'static str {
    language.pick("代わりにアプリを使用する", "Use an app instead")
}

/// The way to the code of the app.
pub(crate) fn use_code(language: PageLanguage) -> (&'static str, &'static str) {
    (
        "use_code",
        language.pick("確認コードを使用する", "Use a verification code"),
    )
}

/// The one field of a page that asks for a secret. Its name is the page's as well.
struct Secret<'a> {
    name: &'a str,
    id: &'a str,
    kind: &'a str,
    title: &'a str,
    label: &'a str,
}

fn secret(
    frame: &PageFrame,
    upn: &str,
    field: &Secret<'_>,
    other: &[(&str, &str)],
    complaint: Option<&Aadsts>,
) -> Response<Body> {
    let l = frame.language;
    let sign_in = [("signin", l.pick("サインイン", "Sign in"))];
    let ways: Vec<(&str, &str)> = sign_in.iter().chain(other).copied().collect();
    let body = format!(
        "{identity}<h1>{title}</h1>{complaint}\
         <input class=\"line\" id=\"{id}\" name=\"{name}\" type=\"{kind}\" autocomplete=\"off\" autocapitalize=\"off\" \
         spellcheck=\"false\" aria-label=\"{label}\" placeholder=\"{label}\" autofocus required>{buttons}",
        identity = identity(upn),
        complaint = complained(frame, "passwordError", complaint),
        id = field.id,
        name = field.name,
        kind = field.kind,
        title = field.title,
        label = field.label,
        buttons = buttons(&ways, l),
    );
    page(frame, field.name, &body)
}
