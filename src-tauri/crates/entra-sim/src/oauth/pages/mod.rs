//! The sign-in pages: plain forms that work without script, with Entra's field names.

pub(crate) mod after;
pub(crate) mod device;
pub(crate) mod entry;
pub(crate) mod renewal;
pub(crate) mod samples;

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use axum::response::{Html, IntoResponse};

use crate::oauth::grants::Asked;
use crate::oauth::redirect;
use crate::oauth::refusals::Refusal;
use crate::oauth::refusals::row::Aadsts;
use crate::params::{Params, header_text};
use crate::typeface::FACE;

/// The language of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PageLanguage {
    Japanese,
    English,
}

impl PageLanguage {
    /// `mkt` where given, else the browser's first choice; Japanese only when it is asked for.
    pub(crate) fn of(params: &Params, headers: &HeaderMap) -> Self {
        let asked = params
            .of("mkt")
            .or_else(|| header_text(headers, "accept-language"))
            .unwrap_or_default();
        if asked.trim_start().to_ascii_lowercase().starts_with("ja") {
            Self::Japanese
        } else {
            Self::English
        }
    }

    /// The one of two texts in this language.
    pub(crate) fn pick<'a>(self, japanese: &'a str, english: &'a str) -> &'a str {
        match self {
            Self::Japanese => japanese,
            Self::English => english,
        }
    }

    /// The language's tag.
    pub(crate) fn tag(self) -> &'static str {
        self.pick("ja", "en")
    }
}

/// `text` as it may stand in an element or a quoted attribute.
pub(crate) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

/// What all pages of one sign-in share.
#[derive(Clone, Debug)]
pub(crate) struct PageFrame {
    pub(crate) language: PageLanguage,
    /// Where the form goes.
    pub(crate) action: String,
    pub(crate) flow_token: String,
    /// The app one signs in to.
    pub(crate) client: String,
}

/// For the head of a page that waits: it goes to `to` once what stands at `poll` is no longer the same.
///
/// Without script the browser loads it again every so many seconds; with script only when something has
/// changed, so that nobody's place on the page is lost.
pub(crate) fn look_again(seconds: u32, poll: &str, to: &str) -> String {
    format!(
        "<noscript><meta http-equiv=\"refresh\" content=\"{seconds};url={to_in_tag}\"></noscript>\
         <script>addEventListener('DOMContentLoaded',()=>{{const kind=d=>d.body.dataset.page||d.body.innerHTML,now=kind(document);\
         setInterval(async()=>{{try{{const page=await(await fetch('{poll}',{{cache:'no-store'}})).text();\
         if(kind(new DOMParser().parseFromString(page,'text/html'))!==now)location.replace('{to}')}}catch{{}}}},{seconds}e3)}})</script>",
        to_in_tag = escape(to),
    )
}

/// A page that says something and asks for nothing.
pub(crate) fn notice(language: PageLanguage, title: &str, text: &str) -> Response<Body> {
    let body = format!(
        "<main><h1>{}</h1><p>{}</p></main>",
        escape(title),
        escape(text)
    );
    document(language, "notice", "", &body)
}

/// The answer to a client whose person pressed Cancel.
pub(crate) fn cancelled(asked: &Asked, language: PageLanguage) -> Response<Body> {
    let mut fields = vec![
        ("error", "access_denied".to_owned()),
        ("error_subcode", "cancel".to_owned()),
        (
            "error_description",
            "AADSTS65004: User declined to consent to access the app.".to_owned(),
        ),
    ];
    fields.extend(asked.state.clone().map(|state| ("state", state)));
    redirect::answer(&asked.redirect_uri, asked.mode, &fields, language)
}

/// A refusal that cannot be sent back to the client.
pub(crate) fn refused(
    language: PageLanguage,
    refusal: &Refusal,
    trace: &str,
    correlation: &str,
    time: &str,
) -> Response<Body> {
    let sentence = match Aadsts::of(refusal.aadsts).map(|entry| entry.japanese) {
        Some(japanese) if language == PageLanguage::Japanese && !japanese.is_empty() => {
            format!("<p>{}</p>", escape(japanese))
        }
        Some(_) | None => String::new(),
    };
    let title = language.pick(
        "サインインできません",
        "Sorry, but we’re having trouble signing you in.",
    );
    let text = refusal.description(trace, correlation, time);
    let body = format!(
        "<main><h1>{title}</h1>{sentence}<p role=\"alert\" data-error-code=\"{}\">{}</p></main>",
        refusal.aadsts,
        escape(&text)
    );
    let mut response = document(language, "error", "", &body);
    *response.status_mut() = StatusCode::BAD_REQUEST;
    response
}

fn identity(upn: &str) -> String {
    format!(
        "<p class=\"identity\" id=\"displayName\">{}</p>",
        escape(upn)
    )
}

fn complained(frame: &PageFrame, id: &str, complaint: Option<&Aadsts>) -> String {
    let Some(complaint) = complaint else {
        return String::new();
    };
    format!(
        "<p class=\"error\" id=\"{id}\" role=\"alert\" data-error-code=\"{}\">{}</p>",
        complaint.number,
        escape(frame.language.pick(complaint.japanese, complaint.english))
    )
}

/// The first way is the main one and comes first, so that Enter takes it; cancelling is always possible.
fn buttons(ways: &[(&str, &str)], language: PageLanguage) -> String {
    let mut html = String::new();
    for (place, (action, label)) in ways.iter().enumerate() {
        let (class, id, skip) = match place {
            0 => ("main", " id=\"idSIButton9\"", ""),
            _ => ("link", "", " formnovalidate"),
        };
        html.push_str(&format!("<button class=\"{class}\"{id} name=\"action\" value=\"{action}\"{skip}>{label}</button>"));
    }
    let cancel = language.pick("キャンセル", "Cancel");
    html.push_str(&format!(
        "<button class=\"quiet\" id=\"idBtn_Back\" name=\"action\" value=\"cancel\" formnovalidate>{cancel}</button>"
    ));
    format!("<div class=\"ways\">{html}</div>")
}

fn form(frame: &PageFrame, body: &str) -> String {
    format!(
        "<main><form method=\"post\" action=\"{}\" novalidate><input type=\"hidden\" name=\"flowToken\" value=\"{}\">\
         <input type=\"hidden\" name=\"mkt\" value=\"{}\">{body}</form></main>",
        escape(&frame.action),
        escape(&frame.flow_token),
        frame.language.tag()
    )
}

fn page(frame: &PageFrame, kind: &str, body: &str) -> Response<Body> {
    document(frame.language, kind, "", &form(frame, body))
}

fn document(language: PageLanguage, kind: &str, head: &str, body: &str) -> Response<Body> {
    let banner = language.pick(
        "訓練用の模擬テナントです。Microsoft のサイトではありません。",
        "Simulated tenant for training. This is not a Microsoft site.",
    );
    let title = language.pick("アカウントにサインイン", "Sign in to your account");
    let html = format!(
        "<!doctype html><html lang=\"{}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width,initial-scale=1\"><title>{title}</title>{head}<style>{FACE}{STYLE}</style></head>\
         <body data-page=\"{kind}\"><header class=\"banner\">{banner}</header>{body}</body></html>",
        language.tag()
    );
    let mut response = Html(html).into_response();
    let headers = response.headers_mut();
    headers.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("no-store, no-cache"),
    );
    headers.insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    response
}

const STYLE: &str = "
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:grid;grid-template-rows:auto 1fr;place-items:center;color:#1d2b36;
 background:linear-gradient(160deg,#eaf2f4,#dfe8f1 55%,#f3eee6);
 font:16px/1.7 system-ui,'BIZ UDPGothic','Noto Sans CJK JP','Hiragino Sans','Yu Gothic UI',sans-serif}
.banner{margin:0;justify-self:stretch;padding:.35rem 1rem;text-align:center;font-size:.85rem;color:#fff;background:#7a4a00}
main{width:min(27.5rem,calc(100vw - 2rem));padding:2.75rem;background:#fff;border-radius:14px;
 box-shadow:0 1px 2px #10203014,0 18px 50px #10203022}
h1{margin:0 0 1rem;font-size:1.5rem;line-height:1.4;font-weight:600}
p{margin:0 0 1rem;word-break:auto-phrase}
.identity{color:#45586a;font-size:.95rem;overflow-wrap:anywhere}
.hint{color:#5a6b7a;font-size:.9rem;margin-top:.75rem}
.line{width:100%;font:inherit;font-size:1.1rem;padding:.55rem .1rem;border:0;border-bottom:2px solid #6b7c8c;background:none}
.line:focus{outline:0;border-color:#0a5c8a;box-shadow:0 1px #0a5c8a}
.error{padding:.6rem .8rem;color:#8c1d18;background:#fdeceb;border-left:4px solid #b3261e;border-radius:4px}
.ways{display:grid;gap:.5rem;margin-top:1.75rem}
button{font:inherit;min-height:3rem;padding:.5rem 1.25rem;border-radius:8px;border:0;cursor:pointer}
button:focus-visible{outline:3px solid #0a5c8a;outline-offset:2px}
.main{color:#fff;background:#0a5c8a;font-weight:600}.main:hover{background:#084c73}
.link{color:#0a5c8a;background:#eef5f9}.quiet{color:#45586a;background:none}.quiet:hover,.link:hover{background:#e2ebf1}
.tile{display:grid;width:100%;text-align:left;margin-bottom:.5rem;background:#f4f8fa}.tile span{color:#5a6b7a;font-size:.9rem}
.number{margin:1.5rem 0;text-align:center;font-size:4rem;line-height:1;font-weight:600;letter-spacing:.08em}
@media(max-width:480px){main{padding:1.75rem}}
";
