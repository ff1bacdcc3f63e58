//! The app's lists: accounts, one account, kinds of account, the scanner.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "each of these files draws its own screens; a test draws them all"
)]

use super::pieces::{Bar, bar, complaint, field, main_button, quiet, tile, web};
use super::{Sight, art};
use crate::oauth::pages::escape;
use crate::phone::device::PhoneAccount;
use crate::phone::screen::DeviceScreen;
use crate::phone::words::{Text, app, stops};

pub(super) fn draw(sight: &Sight<'_>) -> Option<String> {
    let l = sight.l;
    Some(match sight.shown {
        DeviceScreen::Home => home(sight),
        DeviceScreen::Accounts | DeviceScreen::AccountsPush => accounts(sight),
        DeviceScreen::AccountPage | DeviceScreen::AccountReady | DeviceScreen::AccountPasskey => {
            account(sight)
        }
        DeviceScreen::AddKind => {
            let kinds = [
                tile("personal", art::PERSON, app::PERSONAL.of(l)),
                tile("work", art::WORK, app::WORK.of(l)),
                tile("other_kind", art::OTHER, app::OTHER_KIND.of(l)),
            ];
            listed(sight, app::KIND, &kinds.concat())
        }
        DeviceScreen::AddHow => how(sight),
        DeviceScreen::Pick => pick(sight),
        DeviceScreen::Scan => scanner(sight),
        DeviceScreen::ManualCode => format!(
            "{}{}{}{}{}",
            complaint(sight),
            field("code", "text", "", stops::CODE.of(l), ""),
            field("address", "text", "", stops::ADDRESS.of(l), "").replace(" autofocus", ""),
            main_button("finish", stops::FINISH.of(l)),
            bar(sight, stops::MANUAL, Bar::Back),
        ),
        DeviceScreen::Personal => web(
            sight,
            &format!(
                "<h2>{}</h2>{}{}{}",
                stops::PERSONAL_TITLE.of(l),
                complaint(sight),
                field(
                    "loginfmt",
                    "email",
                    "",
                    stops::PERSONAL_LABEL.of(l),
                    if sight.phone.complaint.is_some() {
                        &sight.phone.typed
                    } else {
                        ""
                    }
                ),
                main_button("next", app::NEXT.of(l)),
            ),
        ),
        _ => return None,
    })
}

fn home(sight: &Sight<'_>) -> String {
    let l = sight.l;
    format!(
        "<div class=\"hero wide\">{}</div><h1>{}</h1><p class=\"lead\">{}</p><div class=\"foot\">{}</div>{}",
        art::ACCOUNTS,
        app::EMPTY.of(l),
        app::EMPTY_TEXT.of(l),
        main_button("add", app::ADD.of(l)),
        bar(sight, app::APP, Bar::Plus)
    )
}

fn accounts(sight: &Sight<'_>) -> String {
    let l = sight.l;
    let tiles: String = sight
        .phone
        .accounts
        .iter()
        .map(|account| account_tile(sight, account))
        .collect();
    format!(
        "{}<div class=\"list\">{tiles}</div>{}",
        bar(sight, app::APP, Bar::Plus),
        quiet("look", app::LOOK.of(l)),
    )
}

/// A form of its own cannot stand inside the screen's, so the account travels in the button.
fn account_tile(sight: &Sight<'_>, account: &PhoneAccount) -> String {
    let standing = account.standing(sight.state);
    let (class, text) = if standing.phone_sign_in {
        ("good", app::REQUESTS)
    } else if standing.passkey {
        ("good", app::PASSKEY)
    } else if standing.removed {
        ("bad", app::REMOVED)
    } else {
        ("", app::PUSH_ON)
    };
    let tick = if class == "good" { " ✓" } else { "" };
    let upn = escape(&account.upn);
    format!(
        "<button class=\"tile account\" name=\"action\" value=\"open_account\" formaction=\"?account={query}\" data-account=\"{upn}\">{}\
         <span><b>{}</b><small>{upn}</small><small class=\"{class}\">{}{tick}</small></span>{}</button>",
        badge(account),
        organisation(sight),
        text.of(sight.l),
        art::CHEVRON,
        query = encoded(&account.upn),
    )
}

fn account(sight: &Sight<'_>) -> String {
    let l = sight.l;
    let Some(account) = sight.phone.account(&sight.phone.chosen) else {
        return String::new();
    };
    let standing = account.standing(sight.state);
    let on = |text: Text| {
        format!(
            "<div class=\"tile still\">{}<span>{}<small class=\"good\">{} ✓</small></span></div>",
            art::KEY,
            text.of(l),
            app::ON.of(l)
        )
    };
    let requests = if standing.phone_sign_in {
        on(app::REQUESTS)
    } else {
        tile("upgrade", art::PERSON, app::SET_UP.of(l))
    };
    let passkey = if standing.passkey {
        on(app::PASSKEY)
    } else {
        tile("passkey", art::KEY, app::CREATE_PASSKEY.of(l))
    };
    let done = if standing.passkey && !standing.phone_sign_in {
        format!("{passkey}{requests}")
    } else {
        format!("{requests}{passkey}")
    };
    format!(
        "{}<div class=\"whose\">{}<span><b>{}</b><small>{}</small></span></div><div class=\"list\">{done}\
         <div class=\"tile still\">{}<span>{}<small class=\"digits\">••• •••</small></span></div></div>",
        bar(sight, app::APP, Bar::Back),
        badge(account),
        organisation(sight),
        escape(&account.upn),
        art::CODE,
        app::ONE_TIME.of(l),
    )
}

fn how(sight: &Sight<'_>) -> String {
    let l = sight.l;
    let ways = [
        tile("signin", art::PERSON, app::SIGN_IN.of(l)),
        tile("scan", art::CODE, app::SCAN.of(l)),
    ];
    format!(
        "<div class=\"dim\"></div><div class=\"drawer\" role=\"dialog\" aria-labelledby=\"drawer\"><h2 id=\"drawer\">{}</h2><div class=\"list\">{}</div>{}</div>{}",
        app::ADD_WORK.of(l),
        ways.concat(),
        quiet("back", app::CANCEL.of(l)),
        bar(sight, app::ADD, Bar::Plain),
    )
}

fn pick(sight: &Sight<'_>) -> String {
    let l = sight.l;
    let known: String = sight
        .phone
        .accounts
        .iter()
        .map(|account| {
            format!(
                "<button class=\"tile\" name=\"action\" value=\"known\" formaction=\"?account={}\">{}<span>{}</span></button>",
                encoded(&account.upn),
                badge(account),
                escape(&account.upn)
            )
        })
        .collect();
    web(
        sight,
        &format!(
            "<h2>{}</h2><div class=\"list\">{known}{}</div>",
            app::PICK.of(l),
            tile("other", art::ADD, app::OTHER_ACCOUNT.of(l))
        ),
    )
}

fn scanner(sight: &Sight<'_>) -> String {
    format!(
        "<p class=\"lead light\">{}</p><div class=\"finder\"><i></i></div><div class=\"foot\">{}</div>{}",
        stops::SCANNER_TEXT.of(sight.l),
        quiet("manual", stops::BY_HAND.of(sight.l)),
        bar(sight, stops::SCANNER, Bar::Back),
    )
}

fn listed(sight: &Sight<'_>, question: Text, tiles: &str) -> String {
    format!(
        "{}<h2>{}</h2><div class=\"list\">{tiles}</div>",
        bar(sight, app::ADD, Bar::Back),
        question.of(sight.l)
    )
}

fn badge(account: &PhoneAccount) -> String {
    let letter: String = account.upn.chars().take(1).collect();
    format!(
        "<span class=\"badge\">{}</span>",
        escape(&letter.to_uppercase())
    )
}

fn organisation(sight: &Sight<'_>) -> &'static str {
    sight
        .l
        .pick("福井ケーブルちゃんねる", "Fukui Cable Channel")
}

fn encoded(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}
