//! How the phone page is drawn. All drawings are our own.

use jiff::Timestamp;
use jiff::tz::{self, TimeZone};

use crate::directory::methods::PhoneSystem;
use crate::oauth::pages::{Language, escape};
use crate::phone::page::{Phone, Screen};
use crate::phone::words::{self, Text};

/// Where one chooses what kind of phone to hold.
pub(crate) fn choose(language: Language, system: PhoneSystem) -> String {
    let radio = |name: &str, value: &str, label: &str, on: bool| {
        let checked = if on { " checked" } else { "" };
        format!(
            "<label class=\"choice\"><input type=\"radio\" name=\"{name}\" value=\"{value}\"{checked}><span>{label}</span></label>"
        )
    };
    let ios = radio(
        "os",
        "ios",
        words::system(PhoneSystem::Ios),
        system == PhoneSystem::Ios,
    );
    let android = radio(
        "os",
        "android",
        words::system(PhoneSystem::Android),
        system == PhoneSystem::Android,
    );
    let japanese = radio("lang", "ja", "日本語", language == Language::Japanese);
    let english = radio("lang", "en", "English", language == Language::English);
    let body = format!(
        "<form class=\"card\" method=\"post\" action=\"/phone/new\"><h1>{}</h1>\
         <fieldset><legend>{}</legend>{ios}{android}</fieldset><fieldset><legend>{}</legend>{japanese}{english}</fieldset>\
         <label class=\"field\">{}<input name=\"name\" maxlength=\"64\" autocomplete=\"off\"></label>\
         <button class=\"main\">{}</button></form><p class=\"training\">{}</p>",
        words::CHOOSE.of(language),
        words::CHOOSE_OS.of(language),
        words::CHOOSE_LANGUAGE.of(language),
        words::CHOOSE_NAME.of(language),
        words::START.of(language),
        words::TRAINING.of(language),
    );
    document(language, "choose", "", &body)
}

/// The phone with its present screen; `asked` when a sign-in waits for approval.
pub(crate) fn phone(phone: &Phone, asked: bool, now: Timestamp) -> String {
    let l = phone.language;
    let rests = matches!(phone.screen, Screen::Home | Screen::Accounts)
        && !phone.accounts.is_empty()
        && !asked;
    let waits = matches!(phone.screen, Screen::WaitDevice | Screen::WaitSignIn);
    let head = if waits {
        "<meta http-equiv=\"refresh\" content=\"1\">"
    } else if rests {
        "<meta http-equiv=\"refresh\" content=\"3\">"
    } else {
        ""
    };
    let class = match phone.system {
        PhoneSystem::Ios => "ios",
        PhoneSystem::Android => "android",
    };
    let inner = if asked && rests_or_home(phone.screen) {
        approval(l)
    } else {
        screen(phone)
    };
    let time = now
        .to_zoned(TimeZone::fixed(tz::offset(9)))
        .strftime("%H:%M")
        .to_string();
    let body = format!(
        "<div class=\"phone {class}\"><div class=\"camera\"></div><div class=\"status\"><span>{time}</span>{BARS}</div>\
         <form method=\"post\" class=\"app\" autocomplete=\"off\" novalidate>{inner}</form><div class=\"indicator\"></div></div>\
         <p class=\"training\">{}<br><a href=\"/phone\">{}</a></p>",
        words::TRAINING.of(l),
        words::RESET.of(l),
    );
    let name = if asked && rests_or_home(phone.screen) {
        "approve"
    } else {
        phone.screen.name()
    };
    document(l, name, head, &body)
}

fn rests_or_home(screen: Screen) -> bool {
    matches!(screen, Screen::Home | Screen::Accounts)
}

fn screen(phone: &Phone) -> String {
    let l = phone.language;
    match phone.screen {
        Screen::Home if phone.accounts.is_empty() => home(l),
        Screen::Home | Screen::Accounts => accounts(phone),
        Screen::AddKind => add_kind(phone),
        Screen::AddHow => add_how(phone),
        Screen::Pick => pick(phone),
        Screen::Account => account(phone),
        Screen::Secret => secret(phone),
        Screen::GoOn => {
            let next = main_button("continue", words::CONTINUE.of(l));
            told(l, HERO_PHONE, words::GO_ON, words::GO_ON_TEXT, &next)
        }
        Screen::RegisterDevice => {
            let next = main_button("register", words::REGISTER.of(l));
            told(l, HERO_SHIELD, words::SECURE, words::SECURE_TEXT, &next)
        }
        Screen::RegisterSignIn => {
            let next = main_button("register", words::REGISTER.of(l));
            told(l, HERO_PHONE, words::ACTIVATE, words::ACTIVATE_TEXT, &next)
        }
        Screen::WaitDevice => waiting(l, words::WAIT_DEVICE),
        Screen::WaitSignIn => waiting(l, words::WAIT_ACCOUNT),
        Screen::Done => {
            let next = main_button("done", words::DONE.of(l));
            told(l, HERO_TICK, words::READY, words::READY_TEXT, &next)
        }
        Screen::Failed => {
            let aadsts = phone.complaint.as_ref().and_then(|stuck| stuck.aadsts);
            let next = main_button("back", words::AGAIN.of(l));
            told(l, HERO_STOP, words::FAILED, words::complaint(aadsts), &next)
        }
    }
}

fn add_kind(phone: &Phone) -> String {
    let kinds = [
        ("personal", words::PERSONAL),
        ("work", words::WORK),
        ("other_kind", words::OTHER_KIND),
    ];
    listed(phone, words::ADD, words::KIND, &kinds)
}

fn add_how(phone: &Phone) -> String {
    let ways = [("signin", words::SIGN_IN), ("scan", words::SCAN)];
    listed(phone, words::ADD, words::HOW, &ways)
}

fn home(l: Language) -> String {
    format!(
        "{}<div class=\"hero\">{HERO_PHONE}</div><h1>{}</h1><p>{}</p>",
        bar(words::APP.of(l), false, true, l),
        words::EMPTY.of(l),
        words::EMPTY_TEXT.of(l),
    )
}

fn accounts(phone: &Phone) -> String {
    let l = phone.language;
    let tiles: String = phone
        .accounts
        .iter()
        .map(|upn| {
            format!(
                "<div class=\"tile account\"><span class=\"badge\">{}</span><span><b>{}</b><small>{} ✓</small></span></div>",
                escape(&upn.chars().take(1).collect::<String>().to_uppercase()),
                escape(upn),
                words::ENABLED.of(l)
            )
        })
        .collect();
    format!(
        "{}<div class=\"list\">{tiles}</div>",
        bar(words::APP.of(l), false, true, l)
    )
}

fn listed(phone: &Phone, title: Text, question: Text, ways: &[(&str, Text)]) -> String {
    let l = phone.language;
    let tiles: String = ways
        .iter()
        .map(|(action, label)| tile(action, label.of(l)))
        .collect();
    let note = if phone.wrong_turn {
        words::WRONG_TURN.of(l)
    } else {
        ""
    };
    format!(
        "{}<h2>{}</h2><div class=\"list\">{tiles}</div><p class=\"note\" role=\"status\">{note}</p>",
        bar(title.of(l), true, false, l),
        question.of(l)
    )
}

fn pick(phone: &Phone) -> String {
    let l = phone.language;
    let known: String = phone
        .accounts
        .iter()
        .map(|upn| format!("<div class=\"tile\"><span>{}</span></div>", escape(upn)))
        .collect();
    format!(
        "{}<h2>{}</h2><div class=\"list\">{known}{}</div>",
        bar(words::SIGN_IN.of(l), true, false, l),
        words::PICK.of(l),
        tile("other", words::OTHER_ACCOUNT.of(l))
    )
}

fn account(phone: &Phone) -> String {
    let l = phone.language;
    format!(
        "<h2>{title}</h2>{complaint}<input class=\"line\" name=\"loginfmt\" type=\"email\" inputmode=\"email\" \
         autocapitalize=\"off\" spellcheck=\"false\" aria-label=\"{label}\" placeholder=\"{label}\" value=\"{typed}\" autofocus>{button}{bar}",
        title = words::ACCOUNT.of(l),
        complaint = complaint(phone),
        label = words::ACCOUNT_LABEL.of(l),
        typed = escape(&phone.typed),
        bar = bar(words::SIGN_IN.of(l), true, false, l),
        button = main_button("next", words::NEXT.of(l)),
    )
}

fn secret(phone: &Phone) -> String {
    let l = phone.language;
    let by_pass = phone
        .step
        .as_ref()
        .is_some_and(|step| step.page == "accesspass");
    let (name, kind, title, label) = if by_pass {
        ("accesspass", "text", words::PASS, words::PASS_LABEL)
    } else {
        ("passwd", "password", words::PASSWORD, words::PASSWORD_LABEL)
    };
    let hint = if by_pass { words::SHOW_PASS.of(l) } else { "" };
    format!(
        "<p class=\"who\">{who}</p><h2>{title}</h2>{complaint}<input class=\"line code\" name=\"{name}\" type=\"{kind}\" \
         autocapitalize=\"off\" autocorrect=\"off\" spellcheck=\"false\" aria-label=\"{label}\" placeholder=\"{label}\" autofocus>\
         <p class=\"hint\">{hint}</p>{button}{bar}",
        who = escape(&phone.typed),
        title = title.of(l),
        complaint = complaint(phone),
        label = label.of(l),
        bar = bar(words::SIGN_IN.of(l), true, false, l),
        button = main_button("signin", words::SIGN_IN.of(l)),
    )
}

fn approval(l: Language) -> String {
    format!(
        "<h2>{}</h2><p>{text}</p><input class=\"line number\" name=\"number\" inputmode=\"numeric\" maxlength=\"2\" \
         aria-label=\"{text}\" autofocus>{}<button class=\"quiet\" name=\"action\" value=\"no\">{}</button>{bar}",
        words::APPROVE.of(l),
        main_button("yes", words::YES.of(l)),
        words::NO.of(l),
        bar = bar(words::APP.of(l), false, false, l),
        text = words::APPROVE_TEXT.of(l),
    )
}

fn told(l: Language, hero: &str, title: Text, text: Text, next: &str) -> String {
    format!(
        "{}<div class=\"hero\">{hero}</div><h1>{}</h1><p>{}</p><div class=\"foot\">{next}</div>",
        bar(words::APP.of(l), false, false, l),
        title.of(l),
        text.of(l),
    )
}

fn waiting(l: Language, text: Text) -> String {
    format!(
        "{}<div class=\"hero\"><div class=\"spinner\"></div></div><h1>{}</h1><p role=\"status\">{}</p>",
        bar(words::APP.of(l), false, false, l),
        words::WAIT.of(l),
        text.of(l)
    )
}

fn complaint(phone: &Phone) -> String {
    let Some(stuck) = &phone.complaint else {
        return String::new();
    };
    let number = stuck
        .aadsts
        .map(|aadsts| aadsts.to_string())
        .unwrap_or_default();
    let text = words::complaint(stuck.aadsts).of(phone.language);
    format!("<p class=\"error\" role=\"alert\" data-error-code=\"{number}\">{text}</p>")
}

/// The bar at the top. Screens with a field put it last, so that Enter presses their own button; the style moves it up.
fn bar(title: &str, back: bool, plus: bool, l: Language) -> String {
    let back = if back {
        let label = words::BACK.of(l);
        format!(
            "<button type=\"submit\" class=\"icon\" name=\"action\" value=\"back\" aria-label=\"{label}\">‹</button>"
        )
    } else {
        "<span class=\"icon\"></span>".to_owned()
    };
    let plus = if plus {
        let label = words::ADD.of(l);
        format!(
            "<button class=\"icon plus\" name=\"action\" value=\"add\" aria-label=\"{label}\">+</button>"
        )
    } else {
        "<span class=\"icon\"></span>".to_owned()
    };
    format!("<header>{back}<span class=\"title\">{title}</span>{plus}</header>")
}

fn tile(action: &str, label: &str) -> String {
    format!(
        "<button class=\"tile\" name=\"action\" value=\"{action}\"><span>{label}</span><span>›</span></button>"
    )
}

fn main_button(action: &str, label: &str) -> String {
    format!("<button class=\"main\" name=\"action\" value=\"{action}\">{label}</button>")
}

fn document(language: Language, screen: &str, head: &str, body: &str) -> String {
    format!(
        "<!doctype html><html lang=\"{}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width,initial-scale=1\"><title>{}</title>{head}<style>{STYLE}</style></head>\
         <body data-screen=\"{screen}\">{body}</body></html>",
        language.tag(),
        words::APP.of(language)
    )
}

const BARS: &str = "<svg viewBox=\"0 0 44 12\" width=\"44\" height=\"12\" aria-hidden=\"true\"><g fill=\"currentColor\">\
<rect x=\"0\" y=\"8\" width=\"3\" height=\"4\" rx=\"1\"/><rect x=\"5\" y=\"5\" width=\"3\" height=\"7\" rx=\"1\"/>\
<rect x=\"10\" y=\"2\" width=\"3\" height=\"10\" rx=\"1\"/><rect x=\"22\" y=\"1\" width=\"19\" height=\"10\" rx=\"3\" opacity=\".35\"/>\
<rect x=\"24\" y=\"3\" width=\"12\" height=\"6\" rx=\"1.5\"/></g></svg>";

const HERO_PHONE: &str = "<svg viewBox=\"0 0 120 120\" aria-hidden=\"true\"><circle cx=\"60\" cy=\"60\" r=\"56\" fill=\"#e3f0f2\"/>\
<rect x=\"38\" y=\"22\" width=\"44\" height=\"76\" rx=\"9\" fill=\"#fff\" stroke=\"#1c5d6b\" stroke-width=\"4\"/>\
<circle cx=\"60\" cy=\"54\" r=\"11\" fill=\"#f2b35e\"/><path d=\"M44 82c2-12 30-12 32 0z\" fill=\"#f2b35e\"/></svg>";
const HERO_SHIELD: &str = "<svg viewBox=\"0 0 120 120\" aria-hidden=\"true\"><circle cx=\"60\" cy=\"60\" r=\"56\" fill=\"#e3f0f2\"/>\
<path d=\"M60 24l30 11v22c0 20-13 33-30 40-17-7-30-20-30-40V35z\" fill=\"#fff\" stroke=\"#1c5d6b\" stroke-width=\"4\"/>\
<rect x=\"48\" y=\"54\" width=\"24\" height=\"20\" rx=\"4\" fill=\"#1c5d6b\"/>\
<path d=\"M52 54v-6a8 8 0 0 1 16 0v6\" fill=\"none\" stroke=\"#1c5d6b\" stroke-width=\"4\"/></svg>";
const HERO_TICK: &str = "<svg viewBox=\"0 0 120 120\" aria-hidden=\"true\"><circle cx=\"60\" cy=\"60\" r=\"56\" fill=\"#dff0e4\"/>\
<path d=\"M36 62l17 17 32-36\" fill=\"none\" stroke=\"#1f7a44\" stroke-width=\"9\" stroke-linecap=\"round\" stroke-linejoin=\"round\"/></svg>";
const HERO_STOP: &str = "<svg viewBox=\"0 0 120 120\" aria-hidden=\"true\"><circle cx=\"60\" cy=\"60\" r=\"56\" fill=\"#fbe6e4\"/>\
<path d=\"M60 34v34M60 82v4\" fill=\"none\" stroke=\"#a32a22\" stroke-width=\"10\" stroke-linecap=\"round\"/></svg>";

const STYLE: &str = "
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:grid;gap:1rem;align-content:center;justify-items:center;padding:16px;color:#16303a;
 background:radial-gradient(circle at 20% 10%,#f7efe3,transparent 45%),linear-gradient(165deg,#dcebee,#cfdde6);
 font:16px/1.65 system-ui,'BIZ UDPGothic','Noto Sans CJK JP','Hiragino Sans','Yu Gothic UI',sans-serif}
button,input{font:inherit;color:inherit}
.training{max-width:24rem;margin:0;text-align:center;font-size:.8rem;color:#35525e}
.training a{color:#0e5566}
.phone{position:relative;width:min(376px,100%);height:min(760px,calc(100vh - 110px));min-height:560px;display:grid;
 grid-template-rows:auto 1fr auto;padding:12px;background:#10212a;box-shadow:0 2px 4px #0003,0 30px 60px #10303a55}
.phone.ios{border-radius:52px}.phone.android{border-radius:34px}
.camera{position:absolute;top:22px;left:50%;translate:-50% 0;background:#10212a;z-index:1}
.ios .camera{width:96px;height:24px;border-radius:14px}.android .camera{width:14px;height:14px;border-radius:50%;top:24px}
.status{display:flex;justify-content:space-between;align-items:center;height:44px;padding:0 26px;background:#fbfdfd;font-size:.85rem;font-weight:600}
.ios .status{border-radius:40px 40px 0 0}.android .status{border-radius:22px 22px 0 0}
.app{display:flex;flex-direction:column;gap:12px;padding:0 22px 12px;background:#fbfdfd;overflow:auto}
.indicator{display:grid;place-items:center;height:26px;background:#fbfdfd}
.ios .indicator{border-radius:0 0 40px 40px}.android .indicator{border-radius:0 0 22px 22px}
.indicator::after{content:'';width:120px;height:5px;border-radius:3px;background:#10212a}
.android .indicator::after{width:90px;height:4px;background:#6b7f88}
header{order:-1;display:grid;grid-template-columns:48px 1fr 48px;align-items:center;margin:0 -10px;min-height:56px}
.title{font-weight:600;font-size:1.05rem}.ios .title{text-align:center}
.icon{width:48px;height:48px;border:0;border-radius:50%;background:none;font-size:1.9rem;line-height:1;color:#0e5566}
button.icon{cursor:pointer}.plus{background:#e3f0f2}
h1,h2{margin:0;line-height:1.4}h1{font-size:1.35rem;text-align:center}h2{font-size:1.2rem}
p,h1,h2{word-break:auto-phrase}p{margin:0}.hero{display:grid;place-items:center;padding:30px 0 8px}.hero svg{width:150px}
.hero+h1,.hero+h1+p{text-wrap:balance}.hero+h1+p{text-align:center;color:#3d5661}
.list{display:grid;gap:10px}
.tile{display:flex;justify-content:space-between;align-items:center;gap:12px;width:100%;min-height:60px;padding:10px 16px;border:1px solid #d5e2e6;
 background:#fff;text-align:left;overflow-wrap:anywhere}
button.tile{cursor:pointer}button.tile:hover{background:#f0f7f8}.ios .tile{border-radius:14px}.android .tile{border-radius:8px}
.account{justify-content:flex-start}.account b{display:block;font-size:.95rem}.account small{color:#1f7a44}
.badge{flex:none;display:grid;place-items:center;width:44px;height:44px;border-radius:50%;background:#1c5d6b;color:#fff;font-weight:600}
.line{width:100%;min-height:52px;padding:8px 2px;font-size:1.1rem;border:0;border-bottom:2px solid #6f8790;background:none;border-radius:0}
.line:focus{outline:0;border-color:#0e6b7f;box-shadow:0 1px #0e6b7f}
.code{font-family:ui-monospace,'DejaVu Sans Mono',monospace;letter-spacing:.08em}.number{text-align:center;font-size:2rem}
.who,.hint{color:#3d5661;font-size:.9rem;overflow-wrap:anywhere}.note{color:#7a4a00;min-height:1.6em}
.error{padding:10px 14px;color:#8c1d18;background:#fdeceb;border-left:4px solid #b3261e;border-radius:4px}
.main{min-height:56px;padding:8px 24px;border:0;color:#fff;background:#0e6b7f;font-weight:600;cursor:pointer;width:100%}
.main:hover{background:#0b5869}.ios .main,.card .main{border-radius:16px}.android .main{border-radius:28px}
.quiet{min-height:56px;border:0;background:none;color:#0e5566;cursor:pointer}
button:focus-visible,.choice input:focus-visible{outline:3px solid #f2a33a;outline-offset:2px}
.foot{margin-top:auto}
.spinner{width:72px;height:72px;margin:39px;border-radius:50%;border:8px solid #d5e7ea;border-top-color:#0e6b7f;animation:turn 1s linear infinite}
@keyframes turn{to{rotate:1turn}}
@media(prefers-reduced-motion:reduce){.spinner{animation-duration:6s}}
.card{display:grid;gap:18px;width:min(24rem,100%);padding:30px;background:#fff;border-radius:20px;box-shadow:0 20px 50px #10303a33}
fieldset{display:grid;gap:8px;margin:0;padding:0;border:0}legend{padding:0 0 6px;font-weight:600}
.choice{display:flex;align-items:center;gap:12px;min-height:52px;padding:6px 16px;border:1px solid #d5e2e6;border-radius:12px;cursor:pointer}
.choice:has(:checked){border-color:#0e6b7f;background:#eff8f9}
.field{display:grid;gap:6px;font-weight:600}.field input{min-height:48px;padding:6px 12px;border:1px solid #9db3bb;border-radius:10px}
@media(max-width:420px){body{padding:0;gap:8px}.phone{width:100%}}
";
