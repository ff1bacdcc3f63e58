//! The sign-in test site: says whether one came in without a password.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, Response, header};
use axum::response::{Html, IntoResponse};
use axum::routing::get;
use axum::{Extension, Router};

use crate::listen::Base;
use crate::oauth::clients::TEST_SITE;
use crate::oauth::grants::Proof;
use crate::oauth::pages::{Language, escape};
use crate::params::Params;
use crate::state::{Tenant, random_token};

/// The site's one route.
pub(crate) fn router(tenant: Arc<Tenant>) -> Router {
    Router::new().route(TEST_SITE, get(site)).with_state(tenant)
}

async fn site(
    State(tenant): State<Arc<Tenant>>,
    Extension(base): Extension<Base>,
    headers: HeaderMap,
    params: Params,
) -> Response<Body> {
    let l = Language::of(&params, &headers);
    let (screen, title, text) = match (params.of("code"), params.of("error")) {
        (Some(code), _) => landed(&tenant, code, l),
        (None, Some(_)) => (
            "declined",
            l.pick("サインインを取りやめました", "Sign-in was cancelled"),
            String::new(),
        ),
        (None, None) => (
            "start",
            l.pick(
                "パスワードレス サインインの試験",
                "Passwordless sign-in test",
            ),
            l.pick(
                "スマートフォンでサインインできるかを確かめます。",
                "Find out whether you can sign in with your phone.",
            )
            .to_owned(),
        ),
    };
    let note = l.pick(
        "ご注意:前回のサインインがパスワード入力だった場合は、パスワードの入力を求められることがあります。「代わりにアプリを使用する」を選んでください。",
        "Note: if your last sign-in used a password you may be asked for it again. Choose “Use an app instead”.",
    );
    let html = format!(
        "<!doctype html><html lang=\"{}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\
         <title>{title}</title><style>{STYLE}</style></head><body data-screen=\"{screen}\"><main><h1>{title}</h1><p>{}</p>\
         <a class=\"main\" href=\"{}\">{}</a><p class=\"note\">{note}</p></main></body></html>",
        l.tag(),
        escape(&text),
        escape(&way_in(&tenant, &base)),
        l.pick("サインインする", "Sign in"),
    );
    let mut response = Html(html).into_response();
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// What the code says of the sign-in. The site stands inside the tenant, so it reads the grant itself.
fn landed(tenant: &Tenant, code: &str, l: Language) -> (&'static str, &'static str, String) {
    let mut state = tenant.lock();
    let inner = &mut *state;
    let grant = inner
        .grants
        .codes
        .get_mut(code)
        .filter(|grant| grant.asked.client_id == tenant.site_client);
    let Some(grant) = grant.filter(|grant| !grant.redeemed) else {
        return (
            "start",
            l.pick("もう一度サインインしてください", "Sign in again"),
            String::new(),
        );
    };
    grant.redeemed = true;
    let name = inner
        .directory
        .user(&grant.signed_in.user_id)
        .map(|user| user.display_name.clone())
        .unwrap_or_default();
    match grant.signed_in.proof {
        Proof::Phone => (
            "after",
            l.pick(
                "パスワードレスでサインインしました",
                "You signed in without a password",
            ),
            l.pick("{name} さん、設定は成功です。", "{name}, your setup works.")
                .replace("{name}", &name),
        ),
        Proof::Password | Proof::Pass(_) => (
            "before",
            l.pick("パスワードレスではありません", "That was not passwordless"),
            l.pick(
                "{name} さんは、パスワードまたは一時アクセス パスでサインインしました。",
                "{name} signed in with a password or a Temporary Access Pass.",
            )
            .replace("{name}", &name),
        ),
    }
}

fn way_in(tenant: &Tenant, base: &Base) -> String {
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
        .finish();
    format!("{}/{}/oauth2/v2.0/authorize?{query}", base.0, tenant.id)
}

const STYLE: &str = "
body{margin:0;min-height:100vh;display:grid;place-items:center;padding:1rem;color:#16303a;background:#eef3f4;
 font:17px/1.7 system-ui,'BIZ UDPGothic','Noto Sans CJK JP',sans-serif}
main{width:min(34rem,100%);padding:2.5rem;background:#fff;border-radius:18px;border-top:10px solid #8aa3ad;box-shadow:0 16px 40px #10303a22}
[data-screen=after] main{border-color:#1f7a44}[data-screen=before] main{border-color:#c0392b}
h1{margin:0 0 1rem;font-size:1.5rem}.note{font-size:.85rem;color:#3d5661}
.main{display:inline-block;padding:.8rem 1.6rem;margin:1rem 0;border-radius:12px;background:#0e6b7f;color:#fff;text-decoration:none;font-weight:600}
";
