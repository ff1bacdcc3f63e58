//! The sign-in test site: says whether one came in without a password (S32 to S36).

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, Response};
use axum::routing::get;
use axum::{Extension, Router};

use crate::listen::Base;
use crate::oauth::clients::TEST_SITE;
use crate::oauth::grants::FirstFactor;
use crate::oauth::pages::{PageLanguage, escape};
use crate::params::Params;
use crate::phone::answer::page;
use crate::phone::words::Text;
use crate::phone::words::site as words;
use crate::state::{Tenant, random_token};
use crate::typeface::FACE;

/// The site's one route.
pub(crate) fn router(tenant: Arc<Tenant>) -> Router {
    Router::new().route(TEST_SITE, get(site)).with_state(tenant)
}

/// What the site has to say.
struct Seen {
    screen: &'static str,
    title: Text,
    text: Text,
    /// Whose sign-in it was.
    name: String,
}

impl Seen {
    fn plain(screen: &'static str, title: Text, text: Text) -> Self {
        Self {
            screen,
            title,
            text,
            name: String::new(),
        }
    }
}

async fn site(
    State(tenant): State<Arc<Tenant>>,
    Extension(base): Extension<Base>,
    headers: HeaderMap,
    params: Params,
) -> Response<Body> {
    // The answer of the sign-in brings the language back as its state.
    let l = match params.of("state") {
        Some("ja") => PageLanguage::Japanese,
        Some("en") => PageLanguage::English,
        Some(_) | None => PageLanguage::of(&params, &headers),
    };
    let seen = match (params.of("code"), params.of("error")) {
        (Some(code), _) => landed(&tenant, code),
        (None, Some(_)) => Seen::plain("declined", words::DECLINED, words::DECLINED_TEXT),
        (None, None) => Seen::plain("start", words::START, words::START_TEXT),
    };
    page(drawn(&seen, l, &way_in(&tenant, &base, l)))
}

/// What the code says of the sign-in. The site stands inside the tenant, so it reads the grant itself.
fn landed(tenant: &Tenant, code: &str) -> Seen {
    let mut state = tenant.lock();
    let inner = &mut *state;
    let grant = inner
        .grants
        .codes
        .get_mut(code)
        .filter(|grant| grant.asked.client_id == tenant.site_client);
    let Some(grant) = grant.filter(|grant| !grant.redeemed) else {
        return Seen::plain("start", words::ONCE_MORE, words::START_TEXT);
    };
    grant.redeemed = true;
    let name = inner
        .directory
        .user(&grant.signed_in.user_id)
        .map(|user| user.display_name.clone())
        .unwrap_or_default();
    let (screen, title, text) = match grant.signed_in.proof {
        FirstFactor::Phone => ("after", words::AFTER, words::AFTER_TEXT),
        FirstFactor::Password => ("before", words::BEFORE, words::BEFORE_PASSWORD),
        FirstFactor::Pass(_) => ("before", words::BEFORE, words::BEFORE_PASS),
    };
    Seen {
        screen,
        title,
        text,
        name,
    }
}

/// Every page of the site, drawn for somebody.
pub(crate) fn samples(l: PageLanguage) -> Vec<(&'static str, String)> {
    [
        ("start", words::START, words::START_TEXT),
        ("before", words::BEFORE, words::BEFORE_PASSWORD),
        ("after", words::AFTER, words::AFTER_TEXT),
        ("declined", words::DECLINED, words::DECLINED_TEXT),
    ]
    .map(|(screen, title, text)| {
        let seen = Seen {
            name: "見本 太郎".to_owned(),
            ..Seen::plain(screen, title, text)
        };
        (screen, drawn(&seen, l, TEST_SITE))
    })
    .into()
}

/// The sign-in link is the first of the page.
fn drawn(seen: &Seen, l: PageLanguage, way_in: &str) -> String {
    let picture = match seen.screen {
        "after" => TICK,
        "before" | "declined" => CROSS,
        _ => "",
    };
    let pictures = if seen.screen == "start" {
        format!(
            "<div class=\"pair\"><figure>{BEFORE}<figcaption>{}</figcaption></figure><figure>{AFTER}<figcaption>{}</figcaption></figure></div>",
            words::LOOKS_BEFORE.of(l),
            words::LOOKS_AFTER.of(l)
        )
    } else {
        String::new()
    };
    let again = if seen.screen == "start" {
        words::SIGN_IN
    } else {
        words::SIGN_IN_AGAIN
    };
    let (other, other_name) = match l {
        PageLanguage::Japanese => ("en", "English"),
        PageLanguage::English => ("ja", "日本語"),
    };
    format!(
        "<!doctype html><html lang=\"{}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\
         <title>{title}</title><style>{FACE}{STYLE}</style></head><body data-screen=\"{}\"><main>{picture}<h1>{title}</h1><p>{}</p>{pictures}\
         <a class=\"main\" href=\"{}\">{}</a><div class=\"note\"><b>{}</b><p>{}</p></div><a class=\"other\" href=\"{TEST_SITE}?mkt={other}\" lang=\"{other}\">{other_name}</a></main></body></html>",
        l.tag(),
        seen.screen,
        seen.text.of(l).replace("{name}", &escape(&seen.name)),
        escape(way_in),
        again.of(l),
        words::NOTE.of(l),
        words::NOTE_TEXT.of(l),
        title = seen.title.of(l),
    )
}

fn way_in(tenant: &Tenant, base: &Base, l: PageLanguage) -> String {
    let redirect = format!("{}{TEST_SITE}", base.0);
    let query = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("client_id", &tenant.site_client)
        .append_pair("redirect_uri", &redirect)
        .append_pair("response_type", "code")
        .append_pair("scope", "openid profile")
        // The site reads its own grant, so nobody needs the verifier.
        .append_pair("code_challenge", &random_token())
        .append_pair("code_challenge_method", "S256")
        .append_pair("prompt", "login")
        .append_pair("mkt", l.tag())
        .append_pair("state", l.tag())
        .finish();
    format!("{}/{}/oauth2/v2.0/authorize?{query}", base.0, tenant.id)
}

const TICK: &str = "<svg class=\"big\" viewBox=\"0 0 120 120\" aria-hidden=\"true\"><circle cx=\"60\" cy=\"60\" r=\"56\" fill=\"#dff0e4\"/>\
<path d=\"M36 62l17 17 32-36\" fill=\"none\" stroke=\"#1d6b3c\" stroke-width=\"9\" stroke-linecap=\"round\" stroke-linejoin=\"round\"/></svg>";
const CROSS: &str = "<svg class=\"big\" viewBox=\"0 0 120 120\" aria-hidden=\"true\"><circle cx=\"60\" cy=\"60\" r=\"56\" fill=\"#fbe6e4\"/>\
<path d=\"M42 42l36 36m0-36L42 78\" fill=\"none\" stroke=\"#a32a22\" stroke-width=\"9\" stroke-linecap=\"round\"/></svg>";
const BEFORE: &str = "<svg viewBox=\"0 0 160 110\" aria-hidden=\"true\"><rect x=\"2\" y=\"2\" width=\"156\" height=\"106\" rx=\"10\" fill=\"#f6f8fa\" stroke=\"#c3ccd4\" stroke-width=\"2\"/>\
<rect x=\"22\" y=\"20\" width=\"70\" height=\"10\" rx=\"5\" fill=\"#9aabb8\"/><rect x=\"22\" y=\"44\" width=\"116\" height=\"24\" rx=\"4\" fill=\"#fff\" stroke=\"#8796a3\" stroke-width=\"2\"/>\
<g fill=\"#33424f\"><circle cx=\"34\" cy=\"56\" r=\"4\"/><circle cx=\"48\" cy=\"56\" r=\"4\"/><circle cx=\"62\" cy=\"56\" r=\"4\"/><circle cx=\"76\" cy=\"56\" r=\"4\"/></g>\
<rect x=\"94\" y=\"80\" width=\"44\" height=\"16\" rx=\"4\" fill=\"#b9c5cf\"/></svg>";
const AFTER: &str = "<svg viewBox=\"0 0 160 110\" aria-hidden=\"true\"><rect x=\"2\" y=\"2\" width=\"156\" height=\"106\" rx=\"10\" fill=\"#f6f8fa\" stroke=\"#c3ccd4\" stroke-width=\"2\"/>\
<rect x=\"18\" y=\"20\" width=\"70\" height=\"10\" rx=\"5\" fill=\"#9aabb8\"/><text x=\"52\" y=\"82\" font-size=\"40\" font-weight=\"700\" text-anchor=\"middle\" fill=\"#14222e\" font-family=\"system-ui,sans-serif\">42</text>\
<rect x=\"104\" y=\"22\" width=\"38\" height=\"70\" rx=\"7\" fill=\"#fff\" stroke=\"#175ea8\" stroke-width=\"3\"/><text x=\"123\" y=\"58\" font-size=\"16\" font-weight=\"700\" text-anchor=\"middle\" fill=\"#175ea8\" font-family=\"system-ui,sans-serif\">42</text>\
<rect x=\"112\" y=\"70\" width=\"22\" height=\"10\" rx=\"5\" fill=\"#175ea8\"/></svg>";

const STYLE: &str = "
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:grid;place-items:center;padding:1rem;color:#14222e;background:#e4ebf1;
 font:17px/1.7 system-ui,'BIZ UDPGothic','Noto Sans CJK JP',sans-serif}
main{display:grid;gap:1.1rem;width:min(36rem,100%);padding:2.25rem;background:#fff;border-radius:18px;border-top:10px solid #8aa0b3;box-shadow:0 16px 40px #14222e22}
[data-screen=after] main{border-color:#1d6b3c}[data-screen=before] main,[data-screen=declined] main{border-color:#a32a22}
h1,p{margin:0;word-break:auto-phrase}figcaption{word-break:auto-phrase;text-wrap:balance}h1{font-size:1.5rem;line-height:1.4;text-wrap:balance}.big{width:96px}
.pair{display:grid;grid-template-columns:1fr 1fr;gap:14px}figure{margin:0}figure svg{width:100%}figcaption{font-size:.85rem;text-align:center;color:#3d4f5d;line-height:1.45}
.main{display:inline-flex;align-items:center;justify-content:center;min-height:52px;padding:.6rem 1.6rem;border-radius:12px;background:#175ea8;color:#fff;text-decoration:none;font-weight:700}
.main:hover{background:#124a85}.other{display:inline-flex;align-items:center;min-height:44px;justify-self:end;color:#124a85}
a:focus-visible{outline:3px solid #d9822b;outline-offset:2px}
.note{padding:.9rem 1.1rem;border-radius:12px;background:#fdf5e6;font-size:.9rem}
@media(max-width:480px){body{padding:6px}main{padding:1.4rem}}
";
