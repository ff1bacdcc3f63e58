//! The page that asks for a new password.

use axum::body::Body;
use axum::http::Response;

use super::{PageFrame, buttons, complained, identity, page};
use crate::oauth::refusals::row::Aadsts;

/// What was wrong with an entry.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Complaint {
    /// The sign-in service's own.
    Numbered(&'static Aadsts),
    /// The new password and its repetition differ.
    Different,
}

/// Asks for the password somebody has and a new one, twice.
pub(crate) fn new_password(
    frame: &PageFrame,
    upn: &str,
    complaint: Option<Complaint>,
) -> Response<Body> {
    let l = frame.language;
    let fields = [
        (
            "currentpasswd",
            "currentPassword",
            "current-password",
            l.pick("現在のパスワード", "Current password"),
        ),
        (
            "newpasswd",
            "newPassword",
            "new-password",
            l.pick("新しいパスワード", "New password"),
        ),
        (
            "confirmnewpasswd",
            "confirmNewPassword",
            "new-password",
            l.pick("パスワードの確認入力", "Confirm password"),
        ),
    ]
    .map(|(name, id, known, label)| {
        let first = if name == "currentpasswd" {
            " autofocus"
        } else {
            ""
        };
        format!(
            "<p><input class=\"line\" id=\"{id}\" name=\"{name}\" type=\"password\" autocomplete=\"{known}\" \
             aria-label=\"{label}\" placeholder=\"{label}\"{first} required></p>"
        )
    });
    let told = match complaint {
        None => String::new(),
        Some(Complaint::Numbered(entry)) => complained(frame, "errorText", Some(entry)),
        Some(Complaint::Different) => format!(
            "<p class=\"error\" id=\"errorText\" role=\"alert\" data-error=\"different\">{}</p>",
            l.pick(
                "2 つの新しいパスワードが一致しません。もう一度入力してください。",
                "The new passwords don't match. Enter them again.",
            )
        ),
    };
    let body = format!(
        "{identity}<h1>{title}</h1><p>{text}</p>{told}{fields}{buttons}",
        identity = identity(upn),
        title = l.pick("パスワードの更新", "Update your password"),
        text = l.pick(
            "初めてサインインするか、パスワードの有効期限が切れたため、パスワードを更新する必要があります。",
            "You need to update your password because this is the first time you are signing in, or because your password has expired.",
        ),
        fields = fields.concat(),
        buttons = buttons(&[("signin", l.pick("サインイン", "Sign in"))], l),
    );
    page(frame, "updatepasswd", &body)
}
