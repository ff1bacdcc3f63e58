//! What several screens are put together from.

use super::{Sight, art};
use crate::oauth::pages::escape;
use crate::phone::words::{Text, app, stops};

/// What stands at the ends of the bar.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Bar {
    Plain,
    Back,
    Plus,
}

/// The bar at the top. It comes last, so that Enter presses the screen's own button; the style moves it up.
pub(super) fn bar(sight: &Sight<'_>, title: Text, kind: Bar) -> String {
    let l = sight.l;
    let back = if kind == Bar::Back {
        let drawn = if sight.is_ios() {
            art::BACK
        } else {
            art::ARROW
        };
        format!(
            "<button class=\"icon\" name=\"action\" value=\"back\" aria-label=\"{}\">{drawn}</button>",
            app::BACK.of(l)
        )
    } else {
        "<span class=\"icon\"></span>".to_owned()
    };
    let plus = if kind == Bar::Plus {
        format!(
            "<button class=\"icon plus\" name=\"action\" value=\"add\" aria-label=\"{}\">+</button>",
            app::ADD.of(l)
        )
    } else {
        "<span class=\"icon\"></span>".to_owned()
    };
    format!(
        "<header>{back}<span class=\"title\">{}</span>{plus}</header>",
        title.of(l)
    )
}

/// The frame of a page of the sign-in service inside the app.
pub(super) fn web(sight: &Sight<'_>, inner: &str) -> String {
    format!(
        "<div class=\"web\"><p class=\"org\">{org}</p>{inner}</div>\
         <header class=\"sheet\"><button class=\"cancel\" name=\"action\" value=\"back\">{cancel}</button>\
         <span class=\"host\">{lock} login</span><span class=\"cancel\"></span></header>",
        org = sight
            .l
            .pick("福井ケーブルちゃんねる", "Fukui Cable Channel"),
        cancel = app::CANCEL.of(sight.l),
        lock = art::LOCK,
    )
}

/// A picture, a title and a sentence, with buttons at the foot.
pub(super) fn told(
    sight: &Sight<'_>,
    picture: &str,
    title: Text,
    text: Text,
    buttons: &str,
) -> String {
    format!(
        "<div class=\"hero\">{picture}</div><h1>{}</h1><p class=\"lead\">{}</p><div class=\"foot\">{buttons}</div>{}",
        title.of(sight.l),
        text.of(sight.l),
        bar(sight, app::APP, Bar::Plain),
    )
}

/// A screen one waits on.
pub(super) fn waiting(sight: &Sight<'_>, text: Text) -> String {
    format!(
        "<div class=\"hero\"><div class=\"spinner\"></div></div><h1>{}</h1><p class=\"lead\" role=\"status\">{}</p>{}",
        app::WAIT.of(sight.l),
        text.of(sight.l),
        bar(sight, app::APP, Bar::Plain),
    )
}

/// A line of a list that is tapped.
pub(super) fn tile(action: &str, mark: &str, label: &str) -> String {
    format!(
        "<button class=\"tile\" name=\"action\" value=\"{action}\">{mark}<span>{label}</span>{}</button>",
        art::CHEVRON
    )
}

/// The screen's own button.
pub(super) fn main_button(action: &str, label: &str) -> String {
    format!("<button class=\"main\" name=\"action\" value=\"{action}\">{label}</button>")
}

/// A lesser button.
pub(super) fn quiet(action: &str, label: &str) -> String {
    format!(
        "<button class=\"quiet\" name=\"action\" value=\"{action}\" formnovalidate>{label}</button>"
    )
}

/// A sentence in the colour of errors, with the service's number.
pub(super) fn complaint(sight: &Sight<'_>) -> String {
    let Some(stuck) = &sight.phone.complaint else {
        return String::new();
    };
    let number = stuck
        .aadsts
        .map(|aadsts| aadsts.to_string())
        .unwrap_or_default();
    let text = match stuck.screen.as_str() {
        "manual-code" => stops::CODE_WRONG,
        "personal" => stops::PERSONAL_WRONG,
        "no-requests" => stops::STILL_NONE,
        "different" => stops::DIFFERENT,
        _ => stops::complaint(stuck.aadsts),
    };
    let text = text.of(sight.l);
    format!("<p class=\"error\" role=\"alert\" data-error-code=\"{number}\">{text}</p>")
}

/// A line to type on.
pub(super) fn field(name: &str, kind: &str, class: &str, label: &str, value: &str) -> String {
    let mode = match kind {
        "email" => " inputmode=\"email\"",
        "number" => " inputmode=\"numeric\" maxlength=\"2\"",
        _ => "",
    };
    let kind = if kind == "number" { "text" } else { kind };
    format!(
        "<input class=\"line {class}\" name=\"{name}\" type=\"{kind}\"{mode} autocapitalize=\"off\" autocorrect=\"off\" \
         autocomplete=\"off\" spellcheck=\"false\" aria-label=\"{label}\" placeholder=\"{label}\" value=\"{}\" autofocus>",
        escape(value)
    )
}
