//! How the phone is drawn. All drawings are our own.

mod adding;
mod art;
mod opening;
mod phrase;
pub(crate) mod pieces;
mod setting_up;
mod signing;
mod stops;

use jiff::Timestamp;
use jiff::tz::{self, TimeZone};

use crate::directory::methods::PhoneSystem;
use crate::oauth::pages::{PageLanguage, escape, look_again};
use crate::phone::device::SimulatedPhone;
use crate::phone::screen::DeviceScreen;
use crate::phone::words::{app, system, trainer};
use crate::state::Inner;
use crate::typeface::FACE;

/// A phone at the moment it is looked at.
struct Sight<'a> {
    phone: &'a SimulatedPhone,
    state: &'a Inner,
    shown: DeviceScreen,
    l: PageLanguage,
}

impl Sight<'_> {
    fn is_ios(&self) -> bool {
        self.phone.system == PhoneSystem::Ios
    }
}

/// The phone with what it shows.
pub(crate) fn phone(phone: &SimulatedPhone, state: &Inner, now: Timestamp) -> String {
    on(phone.shown(state), phone, state, now)
}

/// The phone as if it showed that screen.
pub(crate) fn on(
    shown: DeviceScreen,
    phone: &SimulatedPhone,
    state: &Inner,
    now: Timestamp,
) -> String {
    let l = phone.language;
    let sight = Sight {
        phone,
        state,
        shown,
        l,
    };
    let at = sight.shown.entry();
    let time = now
        .to_zoned_datetime(TimeZone::fixed(tz::offset(9)))
        .strftime("%H:%M")
        .to_string();
    let os = os(phone.system);
    let inner = screen(&sight);
    // A screen reader finds a heading on every screen, also where none is drawn.
    let heading = if inner.contains("<h1") {
        String::new()
    } else {
        format!("<h1 class=\"unseen\">{}</h1>", app::APP.of(l))
    };
    let body = format!(
        "<main class=\"phone {os} at-{id}\">{heading}<div class=\"camera\"></div><div class=\"status\"><span>{time}</span>{bars}</div>\
         <form method=\"post\" class=\"app\" autocomplete=\"off\" novalidate>{inner}\
         <input type=\"hidden\" name=\"at\" value=\"{id}\"></form>{keys}</main>\
         <footer class=\"training\"><span>{training}</span><a href=\"/phone?lang={lang}\">{name} · {others}</a></footer>",
        id = at.id,
        bars = art::BARS,
        inner = phrase::titles(&inner),
        keys = keys(&sight),
        training = trainer::TRAINING.of(l),
        lang = l.tag(),
        name = escape(&phone.name),
        others = trainer::OTHERS.of(l),
    );
    let attributes = format!(
        "data-screen=\"{}\" data-row=\"{}\" data-turn=\"{}\" data-os=\"{os}\"",
        at.id,
        at.row.unwrap_or_default(),
        turn(phone)
    );
    document(l, &attributes, &refresh(&sight), &body)
}

/// A page around `body`.
pub(crate) fn document(l: PageLanguage, attributes: &str, head: &str, body: &str) -> String {
    format!(
        "<!doctype html><html lang=\"{}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width,initial-scale=1\"><title>{}</title>{head}<style>{FACE}{STYLE}</style></head>\
         <body {attributes}>{body}</body></html>",
        l.tag(),
        app::APP.of(l)
    )
}

/// The system's name in the page.
pub(crate) fn os(system: PhoneSystem) -> &'static str {
    match system {
        PhoneSystem::Ios => "ios",
        PhoneSystem::Android => "android",
    }
}

/// Screens without a field look again by themselves: what they wait for may have come.
fn refresh(sight: &Sight<'_>) -> String {
    const RESTING: &[DeviceScreen] = &[
        DeviceScreen::Home,
        DeviceScreen::Accounts,
        DeviceScreen::AccountsPush,
        DeviceScreen::AccountPage,
        DeviceScreen::AccountReady,
        DeviceScreen::AccountPasskey,
        DeviceScreen::Springboard,
    ];
    if sight.phone.wait.is_some() {
        look_again(1, "", "")
    } else if RESTING.contains(&sight.shown) && !sight.phone.accounts.is_empty() {
        look_again(3, "", "")
    } else {
        String::new()
    }
}

/// What went wrong on a screen that stays the same.
fn turn(phone: &SimulatedPhone) -> &'static str {
    let Some(stuck) = &phone.complaint else {
        return "";
    };
    match (stuck.aadsts, stuck.screen.as_str()) {
        (Some(50034), _) => "mail-typed",
        (Some(50126), _) => "password-wrong",
        (Some(50057), _) => "account-disabled",
        (Some(50053), _) => "account-locked",
        (Some(130_501), _) => "pass-blocked",
        (Some(130_502), _) => "pass-expired",
        (Some(130_503), _) => "pass-wrong",
        (Some(130_507), _) => "pass-early",
        (Some(50089), _) => "time-over",
        (None, "manual-code") => "code-typed",
        (None, "personal") => "work-account-typed",
        (None, "no-requests") => "no-requests",
        (None, "different") => "passwords-differ",
        (Some(120_000), _) => "password-wrong",
        (Some(120_002..=120_003), _) => "password-weak",
        (None, "service") => "no-service",
        (Some(_) | None, _) => "refused",
    }
}

/// The way home, and on Android the way back.
fn keys(sight: &Sight<'_>) -> String {
    let l = sight.l;
    let id = sight.shown.entry().id;
    let home = system::START_SCREEN.of(l);
    let home = format!(
        "<button class=\"key home\" name=\"action\" value=\"leave\" aria-label=\"{home}\"><i></i></button>"
    );
    let back = if sight.is_ios() {
        String::new()
    } else {
        let back = system::BACK_KEY.of(l);
        format!(
            "<button class=\"key\" name=\"action\" value=\"back\" aria-label=\"{back}\">{}</button>",
            art::TRIANGLE
        )
    };
    let balance = if sight.is_ios() {
        ""
    } else {
        "<span class=\"key\"></span>"
    };
    format!(
        "<form method=\"post\" class=\"keys\"><input type=\"hidden\" name=\"at\" value=\"{id}\">{back}{home}{balance}</form>"
    )
}

fn screen(sight: &Sight<'_>) -> String {
    let drawn = opening::draw(sight)
        .or_else(|| adding::draw(sight))
        .or_else(|| signing::draw(sight))
        .or_else(|| setting_up::draw(sight))
        .or_else(|| stops::draw(sight));
    drawn.unwrap_or_default()
}

const STYLE: &str = include_str!("phone.css");
