//! `/logout`: the end of a browser's session.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Response};

use crate::oauth::authority::AuthorityAudience;
use crate::oauth::authorize::on_page;
use crate::oauth::pages::{self, PageLanguage};
use crate::oauth::redirect::{self, ResponseMode, is_registered};
use crate::oauth::session;
use crate::params::Params;
use crate::state::Tenant;

/// Signs the browser out, and sends it on where a client has that address registered.
pub(crate) async fn logout(
    State(tenant): State<Arc<Tenant>>,
    Path(named): Path<String>,
    headers: HeaderMap,
    params: Params,
) -> Response<Body> {
    let language = PageLanguage::of(&params, &headers);
    if let Err(refusal) = AuthorityAudience::named(&tenant, &named) {
        return on_page(&tenant, language, &refusal);
    }
    let mut state = tenant.lock();
    if let Some(session) = session::cookie_of(&headers) {
        state.grants.sessions.remove(&session);
    }
    let after = params.of("post_logout_redirect_uri");
    let back = after.filter(|after| {
        state
            .clients
            .iter()
            .any(|client| is_registered(&client.redirects, after))
    });
    let mut response = match back {
        Some(back) => {
            let fields: Vec<_> = params
                .of("state")
                .map(|state| ("state", state.to_owned()))
                .into_iter()
                .collect();
            redirect::answer(back, ResponseMode::Query, &fields, language)
        }
        None => pages::notice(
            language,
            language.pick("サインアウトしました", "You signed out of your account"),
            language.pick(
                "すべてのブラウザー ウィンドウを閉じることをお勧めします。",
                "It’s a good idea to close all browser windows.",
            ),
        ),
    };
    session::clear(&mut response);
    response
}
