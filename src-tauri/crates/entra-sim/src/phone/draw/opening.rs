//! Store, first run, start screen and notifications.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "each of these files draws its own screens; a test draws them all"
)]

use super::pieces::{Bar, bar, main_button, quiet};
use super::{Sight, art};
use crate::oauth::pages::escape;
use crate::phone::approvals;
use crate::phone::screen::DeviceScreen;
use crate::phone::words::{Text, app, system};

pub(super) fn draw(sight: &Sight<'_>) -> Option<String> {
    let l = sight.l;
    Some(match sight.shown {
        DeviceScreen::AppStore => store(sight, &main_button("get", system::GET.of(l))),
        DeviceScreen::GooglePlay => store(sight, &main_button("get", system::INSTALL.of(l))),
        DeviceScreen::Installing => {
            let text = system::INSTALLING.of(l);
            store(
                sight,
                &format!("<p class=\"progress\" role=\"status\"><span></span>{text}</p>"),
            )
        }
        DeviceScreen::Installed => store(sight, &main_button("open", system::OPEN.of(l))),
        DeviceScreen::Springboard => springboard(sight, ""),
        DeviceScreen::Notice => springboard(sight, &notice(sight)),
        DeviceScreen::Privacy => first(
            sight,
            art::SHIELD,
            system::PRIVACY,
            system::PRIVACY_TEXT,
            &main_button("accept", system::ACCEPT.of(l)),
        ),
        DeviceScreen::Usage => {
            let share = format!(
                "<label class=\"check\"><input type=\"checkbox\" name=\"share\"><span>{}</span></label>",
                system::SEND_USAGE.of(l)
            );
            let buttons = format!("{share}{}", main_button("continue", app::CONTINUE.of(l)));
            first(
                sight,
                art::PHONE,
                system::USAGE,
                system::USAGE_TEXT,
                &buttons,
            )
        }
        DeviceScreen::AllowNotifications => allow_notifications(sight),
        DeviceScreen::FirstRun => first_run(sight),
        _ => return None,
    })
}

fn store(sight: &Sight<'_>, button: &str) -> String {
    let l = sight.l;
    let title = if sight.is_ios() {
        Text("App Store", "App Store")
    } else {
        Text("Google Play", "Google Play")
    };
    format!(
        "<p class=\"search\">{}</p><div class=\"shelf\">{}<span><b>{}</b><small>{}</small></span></div>{button}\
         <p class=\"lead\">{}</p><div class=\"shots\"><i></i><i></i><i></i></div>{}",
        system::SEARCH.of(l),
        art::APP,
        "Microsoft Authenticator",
        system::MAKER.of(l),
        system::STORE_TEXT.of(l),
        bar(sight, title, Bar::Plain),
    )
}

fn springboard(sight: &Sight<'_>, banner: &str) -> String {
    let others: String = (0..7)
        .map(|place| format!("<i class=\"other o{place}\"></i>"))
        .collect();
    format!(
        "{banner}<div class=\"board\"><button class=\"launch\" name=\"action\" value=\"open\">{}<span>{}</span></button>{others}</div>",
        art::APP,
        app::APP.of(sight.l)
    )
}

/// A notification of a sign-in elsewhere.
fn notice(sight: &Sight<'_>) -> String {
    let upn = approvals::waiting_account(sight.state, sight.phone).unwrap_or_default();
    banner(sight, &upn)
}

/// A notification as it drops in at the top.
pub(super) fn banner(sight: &Sight<'_>, upn: &str) -> String {
    format!(
        "<button class=\"banner\" name=\"action\" value=\"notice\">{}<span><b>{}<small>{}</small></b>{}<small>{}</small></span></button>",
        art::APP,
        app::APP.of(sight.l),
        system::NOW.of(sight.l),
        app::NOTICE.of(sight.l),
        escape(upn),
    )
}

fn first(sight: &Sight<'_>, picture: &str, title: Text, text: Text, buttons: &str) -> String {
    super::pieces::told(sight, picture, title, text, buttons)
}

fn allow_notifications(sight: &Sight<'_>) -> String {
    let l = sight.l;
    let title = if sight.is_ios() {
        system::NOTIFICATIONS
    } else {
        system::NOTIFICATIONS_ANDROID
    };
    format!(
        "<div class=\"behind\"><div class=\"hero\">{}</div></div><div class=\"alert\" role=\"dialog\" aria-label=\"{title}\"><b>{title}</b><span>{}</span>\
         <div class=\"choices\"><button name=\"action\" value=\"allow\">{}</button><button name=\"action\" value=\"refuse\">{}</button></div></div>{}",
        art::PHONE,
        system::NOTIFICATIONS_TEXT.of(l),
        system::ALLOW.of(l),
        system::DONT_ALLOW.of(l),
        bar(sight, app::APP, Bar::Plain),
        title = title.of(l),
    )
}

fn first_run(sight: &Sight<'_>) -> String {
    let l = sight.l;
    let buttons = format!(
        "{}{}{}{}",
        main_button("work", app::ADD_WORK.of(l)),
        quiet("personal", system::ADD_PERSONAL.of(l)),
        quiet("scan", system::SCAN_CODE.of(l)),
        quiet("skip", system::SKIP.of(l)),
    );
    format!(
        "<div class=\"hero\">{}</div><h1>{}</h1><div class=\"foot\">{buttons}</div>{}",
        art::SHIELD,
        app::LIFE.of(l),
        bar(sight, app::APP, Bar::Plain),
    )
}
