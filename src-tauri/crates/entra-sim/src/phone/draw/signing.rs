//! Sign-in pages and number matching.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "each of these files draws its own screens; a test draws them all"
)]

use super::opening::banner;
use super::pieces::{Bar, bar, complaint, field, main_button, quiet, web};
use super::{Sight, art};
use crate::oauth::pages::escape;
use crate::phone::approvals;
use crate::phone::screen::DeviceScreen;
use crate::phone::words::app;

pub(super) fn draw(sight: &Sight<'_>) -> Option<String> {
    let l = sight.l;
    Some(match sight.shown {
        DeviceScreen::Account => web(
            sight,
            &format!(
                "<h2>{}</h2>{}{}<p class=\"hint\">{}</p>{}",
                app::SIGN_IN.of(l),
                complaint(sight),
                field(
                    "loginfmt",
                    "email",
                    "",
                    app::ACCOUNT_LABEL.of(l),
                    &sight.phone.typed
                ),
                app::NO_ACCESS.of(l),
                main_button("next", app::NEXT.of(l)),
            ),
        ),
        DeviceScreen::Secret
        | DeviceScreen::Password
        | DeviceScreen::BSecret
        | DeviceScreen::CSecret => secret(sight),
        DeviceScreen::NewPassword => new_password(sight),
        DeviceScreen::BNotice => number_page(sight, true),
        DeviceScreen::BNoNotice => number_page(sight, false),
        DeviceScreen::BNumber => {
            let upn = sight.phone.typed.clone();
            matching(sight, &upn)
        }
        DeviceScreen::Approve => {
            let upn = approvals::waiting_account(sight.state, sight.phone).unwrap_or_default();
            matching(sight, &upn)
        }
        _ => return None,
    })
}

fn secret(sight: &Sight<'_>) -> String {
    let l = sight.l;
    let step = sight.phone.step.as_ref();
    let by_pass = step.is_some_and(|step| step.page == "accesspass");
    let offers = step.map(|step| step.offers).unwrap_or_default();
    let (name, kind, title, label) = if by_pass {
        ("accesspass", "text", app::PASS, app::PASS_LABEL)
    } else {
        ("passwd", "password", app::PASSWORD, app::PASSWORD_LABEL)
    };
    let hint = if by_pass { app::SHOW_PASS.of(l) } else { "" };
    let other = match (by_pass, offers) {
        (true, (true, _)) => quiet("use_password", app::USE_PASSWORD.of(l)),
        (false, (_, true)) => quiet("use_pass", app::USE_PASS.of(l)),
        (_, _) => String::new(),
    };
    web(
        sight,
        &format!(
            "<p class=\"who\">{}</p><h2>{}</h2>{}{}<p class=\"hint\">{hint}</p>{}{other}",
            escape(&sight.phone.typed),
            title.of(l),
            complaint(sight),
            field(name, kind, "code", label.of(l), ""),
            main_button("signin", app::SIGN_IN.of(l)),
        ),
    )
}

fn new_password(sight: &Sight<'_>) -> String {
    let l = sight.l;
    let fields: String = [
        ("currentpasswd", app::CURRENT_PASSWORD),
        ("newpasswd", app::NEW_PASSWORD),
        ("confirmnewpasswd", app::CONFIRM_PASSWORD),
    ]
    .map(|(name, label)| field(name, "password", "code", label.of(l), ""))
    .concat();
    web(
        sight,
        &format!(
            "<p class=\"who\">{}</p><h2>{}</h2><p>{}</p>{}{fields}{}",
            escape(&sight.phone.typed),
            app::UPDATE_PASSWORD.of(l),
            app::UPDATE_PASSWORD_TEXT.of(l),
            complaint(sight),
            main_button("signin", app::SIGN_IN.of(l)),
        ),
    )
}

/// The page that shows a number, with the notification or without.
fn number_page(sight: &Sight<'_>, notified: bool) -> String {
    let l = sight.l;
    let number = sight
        .phone
        .matching
        .map(|number| number.to_string())
        .unwrap_or_default();
    let dropped = if notified {
        banner(sight, &sight.phone.typed)
    } else {
        String::new()
    };
    let ask = if notified {
        String::new()
    } else {
        format!(
            "{}<p class=\"hint\">{}</p>{}",
            complaint(sight),
            app::NO_NOTICE.of(l),
            main_button("look", app::LOOK.of(l))
        )
    };
    let page = format!(
        "<p class=\"who\">{}</p><h2>{}</h2><p>{}</p><p class=\"match\" data-number>{number}</p>{ask}",
        escape(&sight.phone.typed),
        app::MATCH.of(l),
        app::MATCH_TEXT.of(l),
    );
    format!("{dropped}{}", web(sight, &page))
}

/// Asks for a number over the app.
fn matching(sight: &Sight<'_>, upn: &str) -> String {
    let l = sight.l;
    format!(
        "<div class=\"behind\"><div class=\"hero\">{}</div></div><div class=\"dialog\" role=\"dialog\"><h2>{}</h2><p class=\"who\">{}</p><p>{}</p>{}\
         <div class=\"pair\">{}{}</div></div>{}",
        art::SHIELD,
        app::APPROVE.of(l),
        escape(upn),
        app::APPROVE_TEXT.of(l),
        field("number", "number", "number", app::NUMBER_HERE.of(l), ""),
        main_button("yes", app::YES.of(l)),
        quiet("no", app::NO.of(l)),
        bar(sight, app::APP, Bar::Plain),
    )
}
