//! How the trainer's panel is drawn.

use serde_json::Value;

use super::PUTTABLE;
use crate::directory::User;
use crate::directory::methods::Method;
use crate::oauth::pages::{PageLanguage, escape, look_again};
use crate::params::Params;
use crate::phone::refusal::PhoneRefusal;
use crate::phone::words::{Text, trainer};
use crate::phone::{draw, list};
use crate::state::{Inner, Tenant};

/// Flags that stand on the panel itself, with forms of their own.
const FORMS: &[&str] = &["phone_refusal", "phone_refusal_times"];
/// Flags a trainer needs most.
const FIRST: &[&str] = &[
    "tap_policy_length",
    "tap_policy_once",
    "tap_policy_default",
    "tap_settle_ms",
    "tap_policy_enabled",
    "phone_wait_ms",
    "password_asked_again",
    "out_of_scope_at",
];

/// The whole panel; `told` is why the last order was refused, or empty when it was carried out.
pub(super) fn panel(
    tenant: &Tenant,
    l: PageLanguage,
    params: &Params,
    told: Option<&str>,
) -> String {
    let state = tenant.lock_for_phones();
    let person = params.trimmed("person");
    let sheet = PanelSheet {
        state: &state,
        l,
        person,
    };
    let told = match told {
        Some("") => format!(
            "<p class=\"hint\" role=\"status\">{}</p>",
            trainer::DONE.of(l)
        ),
        Some(why) => format!(
            "<p class=\"error\" role=\"alert\">{}{}</p>",
            trainer::REFUSED.of(l),
            escape(why)
        ),
        None => String::new(),
    };
    let (other, name) = if l == PageLanguage::Japanese {
        ("en", "English")
    } else {
        ("ja", "日本語")
    };
    let body = format!(
        "<main class=\"desk\"><div class=\"top\"><h1>{}</h1><span class=\"row\"><a href=\"/phone/trainer?lang={other}\" lang=\"{other}\">{name}</a>\
         <a href=\"/phone?lang={}\">{}</a></span></div><p class=\"hint\">{}</p>{told}<div class=\"masonry\">{}{}{}{}{}{}</div></main>",
        trainer::PANEL.of(l),
        l.tag(),
        trainer::PHONES.of(l),
        trainer::PANEL_TEXT.of(l),
        sheet.refusals(),
        sheet.people(),
        sheet.phones(),
        sheet.clock(tenant),
        sheet.faults(),
        sheet.switches(),
    );
    draw::document(l, "data-screen=\"trainer\"", "", &body)
}

/// One person's truth; a pass without its value, since the trainee may be looking.
pub(super) fn truth(tenant: &Tenant, l: PageLanguage, person: &str) -> String {
    let state = tenant.lock();
    let body = match state.directory.user(person) {
        Some(user) => held(tenant, &state, l, user),
        None => format!("<p class=\"hint\">{}</p>", trainer::NOTHING.of(l)),
    };
    draw::document(
        l,
        "class=\"plainpage\" data-screen=\"truth\"",
        &look_again(3, "", ""),
        &format!("<main>{body}</main>"),
    )
}

fn held(tenant: &Tenant, state: &Inner, l: PageLanguage, user: &User) -> String {
    let methods: Vec<String> = user.methods.iter().map(|m| method(m, l)).collect();
    let in_scope = state.directory.in_tap_scope(user);
    let passes: Vec<String> = user
        .taps
        .iter()
        .rev()
        .map(|tap| {
            let how = match tap.ended {
                Some((_, how)) => format!("{how:?}"),
                None => tap
                    .usability(&state.flags, in_scope, tenant.now())
                    .word()
                    .to_owned(),
            };
            let once = if tap.once {
                l.pick(" · 1 回限り", " · one-time")
            } else {
                ""
            };
            format!(
                "<li data-pass-state=\"{how}\">{how} · {} – {}{once} · {} × {}</li>",
                time(tap.start),
                time(tap.end()),
                tap.uses.len(),
                l.pick("使用", "used"),
            )
        })
        .collect();
    let listed = |lines: Vec<String>| {
        if lines.is_empty() {
            format!("<p>{}</p>", trainer::NOTHING.of(l))
        } else {
            format!("<ul>{}</ul>", lines.concat())
        }
    };
    format!(
        "<h2>{}</h2><p>{}</p><h3>{}</h3>{}<h3>{}</h3>{}",
        escape(&user.display_name),
        escape(&user.upn),
        trainer::METHODS.of(l),
        listed(methods),
        trainer::PASSES.of(l),
        listed(passes),
    )
}

fn method(method: &Method, l: PageLanguage) -> String {
    let text = match method {
        Method::Password { .. } => l.pick("パスワード", "password").to_owned(),
        Method::Phone { number, .. } => format!("{} {number}", l.pick("電話", "telephone")),
        Method::Authenticator(entry) => format!(
            "Authenticator 「{}」 {}",
            entry.display_name,
            match entry.phone_sign_in {
                Some(_) => l.pick("電話によるサインイン", "phone sign-in"),
                None => l.pick("通知のみ", "push only"),
            }
        ),
        Method::Fido2(key) => format!("{} 「{}」", l.pick("パスキー", "passkey"), key.display_name),
    };
    format!("<li>{}</li>", escape(&text))
}

/// Hours, minutes and seconds of Japan's time.
fn time(instant: jiff::Timestamp) -> String {
    instant
        .to_zoned_datetime(jiff::tz::TimeZone::fixed(jiff::tz::offset(9)))
        .strftime("%m/%d %H:%M:%S")
        .to_string()
}

/// What all parts of one panel need.
pub(super) struct PanelSheet<'a> {
    pub(super) state: &'a Inner,
    pub(super) l: PageLanguage,
    person: &'a str,
}

impl PanelSheet<'_> {
    /// A form of the panel that carries out `order`.
    pub(super) fn form(&self, order: &str, class: &str, inner: &str) -> String {
        format!(
            "<form method=\"post\" action=\"/phone/trainer\" class=\"{class}\" data-order=\"{order}\"><input type=\"hidden\" name=\"token\" value=\"{}\">\
             <input type=\"hidden\" name=\"order\" value=\"{order}\"><input type=\"hidden\" name=\"lang\" value=\"{}\">\
             <input type=\"hidden\" name=\"person\" value=\"{}\">{inner}</form>",
            self.state.phones.panel_token,
            self.l.tag(),
            escape(self.person),
        )
    }

    /// A card with that title.
    pub(super) fn card(&self, title: Text, inner: &str) -> String {
        format!(
            "<section class=\"card\"><h2>{}</h2>{inner}</section>",
            title.of(self.l)
        )
    }

    fn refusals(&self) -> String {
        let now = self.state.flags.phone_refusal;
        let all = std::iter::once(PhoneRefusal::None).chain(PhoneRefusal::ALL.iter().copied());
        let choices: String = all
            .map(|refusal| {
                let name = refusal.name();
                let checked = if refusal == now { " checked" } else { "" };
                let label = trainer::refusal(refusal).of(self.l);
                format!("<label class=\"choice\"><input type=\"radio\" name=\"refusal\" value=\"{name}\"{checked}><span>{label}</span></label>")
            })
            .collect();
        let times = [("1", trainer::ONCE), ("0", trainer::ALWAYS)].map(|(value, label)| {
            let checked = if value == "1" { " checked" } else { "" };
            format!("<label class=\"choice\"><input type=\"radio\" name=\"times\" value=\"{value}\"{checked}><span>{}</span></label>", label.of(self.l))
        });
        let inner = format!(
            "<fieldset class=\"tight\">{choices}</fieldset><div class=\"two\">{}</div><button class=\"main\">{}</button>",
            times.concat(),
            trainer::SET.of(self.l)
        );
        let notices = self.chosen(
            "phone_notifications",
            &[
                ("shown", trainer::NOTICES_SHOWN),
                ("missed", trainer::NOTICES_MISSED),
                ("lost", trainer::NOTICES_LOST),
            ],
        );
        let setup = self.chosen(
            "phone_setup",
            &[
                ("phone_sign_in", trainer::SETUP_PHONE),
                ("passkey", trainer::SETUP_PASSKEY),
            ],
        );
        let whole = format!(
            "{}<h3>{}</h3>{notices}<h3>{}</h3>{setup}",
            self.form("refusal", "stack", &inner),
            trainer::NOTICES.of(self.l),
            trainer::SETUP.of(self.l),
        );
        self.card(trainer::NEXT_STOP, &whole)
    }

    /// A switch of a few words, as one form.
    fn chosen(&self, name: &str, ways: &[(&str, Text)]) -> String {
        let now = self.value(name);
        let options: String = ways
            .iter()
            .map(|(value, label)| {
                let selected = if now == *value { " selected" } else { "" };
                format!(
                    "<option value=\"{value}\"{selected}>{}</option>",
                    label.of(self.l)
                )
            })
            .collect();
        let inner = format!(
            "<input type=\"hidden\" name=\"name\" value=\"{name}\"><span class=\"field\" style=\"flex:1;min-width:0\"><select name=\"value\" aria-label=\"{name}\">{options}</select></span>\
             <button class=\"plain\">{}</button>",
            trainer::SET.of(self.l)
        );
        self.form("switch", "row", &inner)
    }

    fn people(&self) -> String {
        let options: String = self
            .state
            .directory
            .users
            .iter()
            .map(|user| {
                let chosen = user.upn.eq_ignore_ascii_case(self.person);
                let selected = if chosen { " selected" } else { "" };
                let (upn, name) = (escape(&user.upn), escape(&user.display_name));
                format!("<option value=\"{upn}\"{selected}>{name} · {upn}</option>")
            })
            .collect();
        let choose = format!(
            "<form method=\"get\" action=\"/phone/trainer\" class=\"row\"><input type=\"hidden\" name=\"lang\" value=\"{}\">\
             <span class=\"field\" style=\"flex:1;min-width:0\"><select name=\"person\" aria-label=\"{}\">{options}</select></span><button class=\"plain\">{}</button></form>",
            self.l.tag(),
            trainer::PERSON.of(self.l),
            trainer::LOOK_AT.of(self.l)
        );
        if self.state.directory.user(self.person).is_none() {
            return self.card(trainer::PERSON, &choose);
        }
        let query = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("lang", self.l.tag())
            .append_pair("person", self.person)
            .finish();
        let button = |label: Text| format!("<button class=\"plain\">{}</button>", label.of(self.l));
        let whole = format!(
            "{choose}<iframe src=\"/phone/trainer/truth?{}\" title=\"{}\"></iframe><div class=\"row\">{}{}</div>",
            escape(&query),
            trainer::TRUTH.of(self.l),
            self.form("expire", "", &button(trainer::EXPIRE)),
            self.form("reset", "", &button(trainer::RESET)),
        );
        self.card(trainer::PERSON, &whole)
    }

    fn phones(&self) -> String {
        let screens: String = PUTTABLE
            .iter()
            .map(|(screen, label)| {
                let id = screen.entry().id;
                format!("<option value=\"{id}\">{}</option>", label.of(self.l))
            })
            .collect();
        let lines: String = self
            .state
            .phones
            .in_order()
            .into_iter()
            .map(|(id, phone)| {
                let inner = format!(
                    "<input type=\"hidden\" name=\"phone\" value=\"{id}\"><span class=\"field\"><select name=\"screen\" aria-label=\"{put}\">{screens}</select></span>\
                     <button class=\"plain\">{put}</button>",
                    put = trainer::PUT.of(self.l)
                );
                format!(
                    "{}{}",
                    list::line(self.state, id, phone, self.l, "trainer"),
                    self.form("put", "row", &inner)
                )
            })
            .collect();
        let lines = if lines.is_empty() {
            format!("<p class=\"hint\">{}</p>", trainer::NONE_OPEN.of(self.l))
        } else {
            lines
        };
        self.card(trainer::OPENED, &lines)
    }

    fn clock(&self, tenant: &Tenant) -> String {
        let steps: String = [1, 10, 30, 60]
            .map(|minutes| {
                let inner = format!(
                    "<input type=\"hidden\" name=\"minutes\" value=\"{minutes}\"><button class=\"plain\">{minutes} {}</button>",
                    trainer::MINUTES.of(self.l)
                );
                self.form("clock", "", &inner)
            })
            .concat();
        let now = format!(
            "<p><b>{}</b> ({:+} s)</p><div class=\"row\">{steps}</div>",
            time(tenant.now()),
            tenant.clock.moved_s()
        );
        self.card(trainer::CLOCK, &now)
    }

    fn switches(&self) -> String {
        let (first, more): (Vec<Value>, Vec<Value>) = self
            .state
            .flags
            .listed()
            .into_iter()
            .filter(|switch| !FORMS.contains(&switch["name"].as_str().unwrap_or_default()))
            .partition(|switch| FIRST.contains(&switch["name"].as_str().unwrap_or_default()));
        let lines =
            |all: Vec<Value>| -> String { all.iter().map(|one| self.switch(one)).collect() };
        let whole = format!(
            "{}<details><summary>{}</summary>{}</details>",
            lines(first),
            trainer::MORE.of(self.l),
            lines(more)
        );
        self.card(trainer::SWITCHES, &whole)
    }

    fn switch(&self, switch: &Value) -> String {
        let name = switch["name"].as_str().unwrap_or_default();
        let meaning = escape(switch["meaning"].as_str().unwrap_or_default());
        let control = match &switch["value"] {
            Value::Bool(on) => {
                let selected = |wanted: bool| if *on == wanted { " selected" } else { "" };
                format!(
                    "<select name=\"value\" aria-label=\"{name}\"><option{}>true</option><option{}>false</option></select>",
                    selected(true),
                    selected(false)
                )
            }
            Value::Number(number) => {
                format!(
                    "<input name=\"value\" type=\"number\" aria-label=\"{name}\" value=\"{number}\">"
                )
            }
            other @ (Value::Null | Value::String(_) | Value::Array(_) | Value::Object(_)) => {
                format!(
                    "<input name=\"value\" aria-label=\"{name}\" value=\"{}\">",
                    escape(other.as_str().unwrap_or_default())
                )
            }
        };
        let inner = format!(
            "<input type=\"hidden\" name=\"name\" value=\"{name}\"><span><code>{name}</code><small lang=\"en\">{meaning}</small></span>{control}\
             <button class=\"plain\">{}</button>",
            trainer::SET.of(self.l)
        );
        self.form("switch", "set", &inner)
    }

    fn value(&self, name: &str) -> String {
        let listed = self.state.flags.listed();
        let found = listed.iter().find(|switch| switch["name"] == name);
        found
            .and_then(|switch| switch["value"].as_str())
            .unwrap_or_default()
            .to_owned()
    }
}
