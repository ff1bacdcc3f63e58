//! Microsoft Graph v1.0, as far as this tenant serves it.

pub(crate) mod caller;
pub(crate) mod error;
pub(crate) mod filter;
pub(crate) mod methods;
pub(crate) mod odata;
pub(crate) mod policies;
pub(crate) mod route;
pub(crate) mod tap;
pub(crate) mod users;

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, Response, StatusCode, Uri, header};
use axum::routing::any;
use axum::{Extension, Router};
use serde_json::Value;

use crate::clock::directory_time;
use crate::graph::caller::Caller;
use crate::graph::error::Problem;
use crate::graph::odata::Query;
use crate::graph::route::{OfUser, Operation, Whose};
use crate::listen::Base;
use crate::params::header_text;
use crate::quota::{self, Load};
use crate::replicas;
use crate::state::{Inner, Tenant, random_guid};
use crate::traffic::{Struck, Template};

/// So many bytes of a request are read.
const MOST_BODY: usize = 2 * 1024 * 1024;

/// What an operation knows of its request.
pub(crate) struct Call<'a> {
    /// Graph's root as the caller addressed it.
    pub(crate) root: String,
    pub(crate) query: Query,
    pub(crate) body: &'a [u8],
    /// A fault asks for another person than the one named.
    pub(crate) other_user: bool,
}

/// A successful answer.
pub(crate) enum Reply {
    Ok(Value),
    Created(Value),
    NoContent,
}

/// The routes of Graph.
pub(crate) fn router(tenant: Arc<Tenant>) -> Router {
    Router::new()
        .route("/v1.0/{*path}", any(serve))
        .with_state(tenant)
}

/// The template a Graph path is counted under.
pub(crate) fn template(method: &Method, path: &str) -> Option<String> {
    route::route(method, path).map(|(_, template)| template)
}

async fn serve(
    State(tenant): State<Arc<Tenant>>,
    Extension(base): Extension<Base>,
    request: Request,
) -> Response<Body> {
    // Taken apart by hand: extractors would copy the headers and more for every request.
    let (parts, body) = request.into_parts();
    let Parts {
        method,
        uri,
        headers,
        extensions,
        ..
    } = parts;
    let Ok(body) = to_bytes(body, MOST_BODY).await else {
        let problem = Problem::new(413, "RequestEntityTooLarge", "The request is too large.");
        return finish(&tenant, &headers, Err(problem));
    };
    let struck = extensions.get::<Struck>().copied().unwrap_or_default();
    let template = extensions.get::<Template>().map(|known| known.0.as_str());
    let load = quota::admit(
        &tenant,
        &method,
        template,
        uri.query().unwrap_or_default(),
        &headers,
    );
    let (load, outcome) = match load {
        Ok(load) => {
            let outcome = perform(&tenant, &base, &method, &uri, &headers, &body, struck);
            (load, outcome)
        }
        Err(refused) => (Load::default(), Err(refused)),
    };
    let mut response = finish(&tenant, &headers, outcome);
    load.tell(response.headers_mut());
    response
}

fn perform(
    tenant: &Tenant,
    base: &Base,
    method: &Method,
    uri: &Uri,
    headers: &HeaderMap,
    body: &[u8],
    struck: Struck,
) -> Result<Reply, Problem> {
    let mut state = replicas::view(tenant, method, headers, struck.past);
    if state.switches.graph_down {
        return Err(Problem::new(
            503,
            "serviceNotAvailable",
            "The service is unavailable.",
        ));
    }
    let caller = Caller::of(tenant, &state, headers)?;
    let Some((operation, _)) = route::route(method, uri.path()) else {
        return Err(unknown(method, uri.path()));
    };
    let eventual = header_text(headers, "consistencylevel")
        .is_some_and(|level| level.eq_ignore_ascii_case("eventual"));
    let query = Query::parse(uri.query().unwrap_or_default(), eventual)?;
    let call = Call {
        root: format!("{}/v1.0", base.0),
        query,
        body,
        other_user: struck.other_user,
    };
    match operation {
        Operation::OfUser(whose, of_user) => {
            let key = match whose {
                Whose::Me => caller.user_id.clone(),
                Whose::User(key) => key,
            };
            of_one(tenant, &mut state, &caller, &call, &key, of_user)
        }
        Operation::Users => users::list(&state, &caller, &call),
        Operation::Organization => users::organization(tenant, &caller, &call),
        Operation::Policy => policies::policy(tenant, &state, &caller, &call),
        Operation::Configurations => policies::configurations(&state, &caller, &call),
        Operation::Configuration(id) => policies::configuration(&state, &caller, &call, &id),
    }
}

fn of_one(
    tenant: &Tenant,
    state: &mut Inner,
    caller: &Caller,
    call: &Call<'_>,
    key: &str,
    of_user: OfUser,
) -> Result<Reply, Problem> {
    match of_user {
        OfUser::Read => users::read(state, caller, call, key),
        OfUser::MemberOf => users::member_of(state, caller, call, key, false),
        OfUser::Roles => users::member_of(state, caller, call, key, true),
        OfUser::Methods => methods::all(tenant, state, caller, call, key),
        OfUser::Passwords => methods::passwords(state, caller, call, key),
        OfUser::Phones => methods::phones(state, caller, call, key),
        OfUser::Taps => tap::list(tenant, state, caller, call, key),
        OfUser::CreateTap => tap::create(tenant, state, caller, call, key),
        OfUser::Tap(id) => tap::read(tenant, state, caller, call, key, &id),
        OfUser::DeleteTap(id) => tap::delete(tenant, state, caller, key, &id),
        OfUser::Authenticators => methods::authenticators(state, caller, call, key),
        OfUser::Authenticator(id) => methods::authenticator(state, caller, call, key, &id),
        OfUser::AuthenticatorDevice(id) => methods::device(state, caller, call, key, &id),
        OfUser::DeleteAuthenticator(id) => methods::delete_authenticator(state, caller, key, &id),
        OfUser::Passkeys => methods::passkeys(state, caller, call, key),
        OfUser::Passkey(id) => methods::passkey(state, caller, call, key, &id),
        OfUser::DeletePasskey(id) => methods::delete_passkey(state, caller, key, &id),
    }
}

/// Graph answers a path it does not know with the segment it stumbled over.
fn unknown(method: &Method, path: &str) -> Problem {
    let known_otherwise = [Method::GET, Method::POST, Method::DELETE];
    if known_otherwise
        .iter()
        .any(|other| other != method && route::route(other, path).is_some())
    {
        return Problem::new(
            405,
            "Request_BadRequest",
            "Specified HTTP method is not allowed for the request target.",
        );
    }
    let segment = path
        .rsplit('/')
        .find(|segment| !segment.is_empty())
        .unwrap_or_default();
    Problem {
        status: 404,
        ..Problem::no_such_path(segment)
    }
}

fn finish(tenant: &Tenant, headers: &HeaderMap, outcome: Result<Reply, Problem>) -> Response<Body> {
    let request_id = random_guid();
    let client_request_id =
        header_text(headers, "client-request-id").map_or_else(|| request_id.clone(), str::to_owned);
    let mut more = Vec::new();
    let (status, body) = match outcome {
        Ok(Reply::Ok(body)) => (200, Some(body)),
        Ok(Reply::Created(body)) => (201, Some(body)),
        Ok(Reply::NoContent) => (204, None),
        Err(problem) => {
            // The envelope's date has no zone; it is UTC all the same.
            let date = directory_time(tenant.now());
            let body = problem.body(date.trim_end_matches('Z'), &request_id, &client_request_id);
            more = problem.headers;
            (problem.status, Some(body))
        }
    };
    let mut response =
        Response::new(body.map_or_else(Body::empty, |body| Body::from(body.to_string())));
    *response.status_mut() =
        StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let has_body = status != 204;
    let answer = response.headers_mut();
    if has_body {
        let kind = "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8";
        answer.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
        answer.insert("odata-version", HeaderValue::from_static("4.0"));
    }
    for (name, value) in &more {
        if let Ok(value) = HeaderValue::from_str(value) {
            answer.insert(*name, value);
        }
    }
    for (name, value) in [
        ("request-id", &request_id),
        ("client-request-id", &client_request_id),
    ] {
        if let Ok(value) = HeaderValue::from_str(value) {
            answer.insert(name, value);
        }
    }
    answer.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    if status == 401 {
        let challenge = "Bearer realm=\"\", authorization_uri=\"https://login.microsoftonline.com/common/oauth2/authorize\", \
                         client_id=\"00000003-0000-0000-c000-000000000000\"";
        answer.insert(
            header::WWW_AUTHENTICATE,
            HeaderValue::from_static(challenge),
        );
    }
    response
}
