//! Registration of device and phone sign-in, passkey, and the system's settings.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "each of these files draws its own screens; a test draws them all"
)]

use super::pieces::{Bar, bar, main_button, quiet, told, waiting, web};
use super::{Sight, art};
use crate::oauth::pages::escape;
use crate::phone::screen::DeviceScreen;
use crate::phone::words::{Text, app, system};

pub(super) fn draw(sight: &Sight<'_>) -> Option<String> {
    let l = sight.l;
    let button = |action: &str, label: Text| main_button(action, label.of(l));
    Some(match sight.shown {
        DeviceScreen::GoOn | DeviceScreen::BContinue => told(
            sight,
            art::PHONE,
            app::SET_UP,
            app::SET_UP_TEXT,
            &button("continue", app::CONTINUE),
        ),
        DeviceScreen::RegisterDevice | DeviceScreen::BRegisterDevice => web(
            sight,
            &format!(
                "<p class=\"who\">{}</p><h2>{}</h2><p>{}</p>{}",
                escape(&sight.phone.typed),
                app::SECURE.of(l),
                app::SECURE_TEXT.of(l),
                button("register", app::REGISTER),
            ),
        ),
        DeviceScreen::RegisterSignIn | DeviceScreen::BRegister => told(
            sight,
            art::SHIELD,
            app::ACTIVATE,
            app::ACTIVATE_TEXT,
            &button("register", app::REGISTER),
        ),
        DeviceScreen::WaitDevice | DeviceScreen::BWaitDevice => waiting(sight, app::WAIT_DEVICE),
        DeviceScreen::WaitSignIn | DeviceScreen::BWait => waiting(sight, app::WAIT_ACCOUNT),
        DeviceScreen::Done => told(
            sight,
            art::TICK,
            app::READY,
            app::READY_TEXT,
            &button("done", app::DONE),
        ),
        DeviceScreen::BDone => told(
            sight,
            art::TICK,
            app::B_READY,
            app::READY_TEXT,
            &button("done", app::DONE),
        ),
        DeviceScreen::LockSettings => lock_settings(sight),
        _ => return passkey(sight),
    })
}

fn passkey(sight: &Sight<'_>) -> Option<String> {
    let button = |action: &str, label: Text| main_button(action, label.of(sight.l));
    Some(match sight.shown {
        DeviceScreen::COffer => told(
            sight,
            art::PASSKEY,
            app::CREATE_PASSKEY,
            app::C_OFFER_TEXT,
            &button("continue", app::CONTINUE),
        ),
        DeviceScreen::CProvider => provider(sight),
        DeviceScreen::CSettings => settings(sight),
        DeviceScreen::CCreate => create(sight),
        DeviceScreen::CWait => waiting(sight, app::C_WAIT),
        DeviceScreen::CDone => told(
            sight,
            art::TICK,
            app::C_DONE,
            app::C_DONE_TEXT,
            &button("done", app::DONE),
        ),
        _ => return None,
    })
}

fn provider(sight: &Sight<'_>) -> String {
    let l = sight.l;
    let text = if sight.is_ios() {
        app::C_PROVIDER_IOS
    } else {
        app::C_PROVIDER_ANDROID
    };
    let buttons = format!(
        "{}{}",
        main_button("settings", app::OPEN_SETTINGS.of(l)),
        quiet("later", app::LATER.of(l))
    );
    told(sight, art::PASSKEY, app::C_PROVIDER, text, &buttons)
}

fn settings(sight: &Sight<'_>) -> String {
    let l = sight.l;
    let (title, from, general) = if sight.is_ios() {
        let general = format!(
            "<div class=\"tile still\"><span>{}</span><i class=\"switch on\"></i></div>",
            system::AUTOFILL_GENERAL.of(l)
        );
        (system::AUTOFILL, system::AUTOFILL_FROM, general)
    } else {
        (system::PASSWORDS, system::PROVIDERS, String::new())
    };
    let (class, pressed) = if sight.phone.provider {
        ("on", "true")
    } else {
        ("off", "false")
    };
    format!(
        "<div class=\"list\">{general}</div><h3>{}</h3><div class=\"list\"><button class=\"tile\" name=\"action\" value=\"switch\" \
         role=\"switch\" aria-checked=\"{pressed}\">{}<span>{}</span><i class=\"switch {class}\"></i></button></div>\
         <div class=\"foot\">{}</div>{}",
        from.of(l),
        art::APP,
        app::APP.of(l),
        quiet("return", system::TO_APP.of(l)),
        bar(sight, title, Bar::Back),
    )
}

fn create(sight: &Sight<'_>) -> String {
    let l = sight.l;
    format!(
        "<div class=\"dim\"></div><div class=\"drawer\" role=\"dialog\" aria-labelledby=\"drawer\"><div class=\"hero small\">{}</div><h2 id=\"drawer\">{}</h2><p class=\"who\">{}</p><p>{}</p>{}{}</div>{}",
        art::PASSKEY,
        system::SAVE_PASSKEY.of(l),
        escape(&sight.phone.typed),
        system::SAVE_TEXT.of(l),
        main_button("create", app::CONTINUE.of(l)),
        quiet("cancel", app::CANCEL.of(l)),
        bar(sight, app::APP, Bar::Plain),
    )
}

fn lock_settings(sight: &Sight<'_>) -> String {
    let l = sight.l;
    let (title, set) = if sight.is_ios() {
        (system::LOCK_IOS, system::LOCK_SET_IOS)
    } else {
        (system::LOCK_TITLE, system::LOCK_SET_ANDROID)
    };
    format!(
        "<div class=\"list\"><button class=\"tile link\" name=\"action\" value=\"set\"><span>{}</span></button></div><p class=\"hint\">{}</p>{}",
        set.of(l),
        system::LOCK_TEXT.of(l),
        bar(sight, title, Bar::Back),
    )
}
