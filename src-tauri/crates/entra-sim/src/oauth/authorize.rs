//! `/authorize`: what a client may ask for, and where the sign-in begins.

use std::sync::Arc;

use axum::Extension;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Response};

use crate::clock::{after_seconds, sign_in_time};
use crate::listen::Base;
use crate::oauth::access_decision::silently;
use crate::oauth::authority::AuthorityAudience;
use crate::oauth::claims::Claims;
use crate::oauth::client_proof::known;
use crate::oauth::clients::RegisteredClient;
use crate::oauth::flow_step::FlowStep;
use crate::oauth::grants::{Asked, CompletedSignIn, Flow, Goal, Progress};
use crate::oauth::pages::{self, PageLanguage};
use crate::oauth::redirect::{self, ResponseMode};
use crate::oauth::refusals::Refusal;
use crate::oauth::refusals::row::RefusalStage;
use crate::oauth::scopes;
use crate::params::Params;
use crate::state::{Inner, Tenant, random_guid};

/// Begins a sign-in, answers from the session, or refuses.
pub(crate) async fn authorize(
    State(tenant): State<Arc<Tenant>>,
    Path(named): Path<String>,
    Extension(base): Extension<Base>,
    headers: HeaderMap,
    params: Params,
) -> Response<Body> {
    let language = PageLanguage::of(&params, &headers);
    let mut state = tenant.lock();
    state.grants.sweep(tenant.now());
    let (client, redirect_uri) = match redirect_target(&tenant, &state, &named, &params) {
        Ok(target) => target,
        Err(refusal) => return on_page(&tenant, language, &refusal),
    };
    let Some(mode) = ResponseMode::parse(params.of("response_mode")) else {
        let text = "The value of 'response_mode' is not supported.";
        let refusal = Refusal::new("invalid_request", 70007, text);
        return on_page(&tenant, language, &refusal);
    };
    let asked = asked(&state, &client, &params, redirect_uri.clone(), mode);
    let (asked, prompt) = match asked {
        Ok(asked) => asked,
        Err(refusal) => {
            let back = Back {
                redirect_uri: &redirect_uri,
                mode,
                state: params.of("state"),
                language,
            };
            return to_client(&tenant, &back, &refusal);
        }
    };
    let step = FlowStep::new(&tenant, &base, &mut state, language, &headers);
    begin(step, &params, asked, prompt)
}

/// `prompt`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Prompt {
    Unsaid,
    None,
    Login,
    SelectAccount,
    Consent,
}

impl Prompt {
    fn parse(word: Option<&str>) -> Result<Self, Refusal> {
        match word {
            None => Ok(Self::Unsaid),
            Some("none") => Ok(Self::None),
            Some("login") => Ok(Self::Login),
            Some("select_account") => Ok(Self::SelectAccount),
            Some("consent" | "admin_consent") => Ok(Self::Consent),
            Some(_) => {
                let text = "Unsupported 'prompt' value.";
                Err(Refusal::new("invalid_request", 90023, text))
            }
        }
    }
}

/// The checks whose failure may not be told to the redirect address.
fn redirect_target(
    tenant: &Tenant,
    state: &Inner,
    named: &str,
    params: &Params,
) -> Result<(RegisteredClient, String), Refusal> {
    let authority = AuthorityAudience::named(tenant, named)?;
    let client_id = params
        .of("client_id")
        .ok_or_else(|| Refusal::missing("client_id"))?;
    let client = known(tenant, state, authority, client_id)?;
    let set = &state.flags.sign_in.sign_in_refusals;
    if let Some(entry) = set.at(&[RefusalStage::Client, RefusalStage::Passing], None) {
        return Err(Refusal::of(entry));
    }
    let asked = params
        .of("redirect_uri")
        .ok_or_else(|| Refusal::numbered(900_971))?;
    if client.redirects.is_empty() {
        return Err(Refusal::numbered(500_113));
    }
    if !redirect::is_registered(&client.redirects, asked) {
        let text = format!(
            "The redirect URI '{asked}' specified in the request does not match the redirect URIs configured for the \
             application '{client_id}'."
        );
        return Err(Refusal::new("invalid_request", 50011, text));
    }
    Ok((client.clone(), asked.to_owned()))
}

fn asked(
    state: &Inner,
    client: &RegisteredClient,
    params: &Params,
    redirect_uri: String,
    mode: ResponseMode,
) -> Result<(Asked, Prompt), Refusal> {
    if params.of("response_type") != Some("code") {
        let text = "The response_type is not supported for the application.";
        return Err(Refusal::new("unsupported_response_type", 700_054, text));
    }
    let scope = params
        .of("scope")
        .ok_or_else(|| Refusal::missing("scope"))?;
    if client.uses_graph {
        scopes::checked(scope)?;
    }
    let prompt = Prompt::parse(params.of("prompt"))?;
    let optional = client.is_confidential() && !state.flags.sign_in.pkce_of_confidential;
    let asked = Asked {
        client_id: client.id.clone(),
        redirect_uri,
        mode,
        scope: scope.to_owned(),
        state: params.of("state").map(str::to_owned),
        nonce: params.of("nonce").map(str::to_owned),
        challenge: challenge(params, optional)?,
        wants_client_info: params.of("client_info").is_some(),
        claims: claims(params)?,
        consent_anew: prompt == Prompt::Consent,
    };
    Ok((asked, prompt))
}

/// `max_age` asks for the time of the sign-in as well (OpenID Connect Core, 3.1.2.1).
fn claims(params: &Params) -> Result<Claims, Refusal> {
    let asked = Claims::parse(params.of("claims"))?;
    let auth_time = asked.auth_time || max_age(params).is_some();
    Ok(Claims { auth_time, ..asked })
}

/// How old a sign-in may be, in seconds.
fn max_age(params: &Params) -> Option<i64> {
    params.of("max_age")?.parse().ok().filter(|age| *age >= 0)
}

fn challenge(params: &Params, optional: bool) -> Result<Option<String>, Refusal> {
    let Some(challenge) = params.of("code_challenge") else {
        if optional {
            return Ok(None);
        }
        let text = "Proof Key for Code Exchange is required.";
        return Err(Refusal::new("invalid_request", 9_002_325, text));
    };
    if params.of("code_challenge_method") != Some("S256") || challenge.len() != 43 {
        let text = "The code_challenge_method must be S256 and the size of the code_challenge must fit it.";
        return Err(Refusal::new("invalid_request", 50147, text));
    }
    Ok(Some(challenge.to_owned()))
}

fn begin(mut step: FlowStep<'_>, params: &Params, asked: Asked, prompt: Prompt) -> Response<Body> {
    let hint = params.of("login_hint");
    let domain = params.of("domain_hint");
    let oldest = max_age(params).map(|age| after_seconds(step.tenant.now(), -age));
    let sessions: Vec<CompletedSignIn> = step
        .sessions()
        .into_iter()
        .filter(|one| step.is_hinted(one, hint, domain))
        .filter(|one| oldest.is_none_or(|oldest| one.at >= oldest))
        .collect();
    let mut flow = Flow::new(Goal::Code(asked.clone()), step.tenant.now());
    match (prompt, sessions.as_slice()) {
        (Prompt::None, sessions) => match silent(&step, &flow, sessions) {
            Ok(signed_in) => step.deliver_code(asked, signed_in),
            Err(refusal) => step.tell_client(&asked, &refusal),
        },
        (Prompt::Unsaid | Prompt::Consent, [only]) => {
            let signed_in = only.clone();
            flow.progress = Progress::Named {
                user_id: signed_in.user_id.clone(),
            };
            step.start(flow);
            step.proven(signed_in)
        }
        (Prompt::SelectAccount, [_, ..]) | (Prompt::Unsaid | Prompt::Consent, [_, _, ..]) => {
            step.start(flow);
            step.picker(&sessions)
        }
        (Prompt::Login, _) | (Prompt::Unsaid | Prompt::SelectAccount | Prompt::Consent, []) => {
            step.start(flow);
            match hint {
                Some(hint) => step.account_given(hint),
                None => step.account_page("", None),
            }
        }
    }
}

/// What a silent request comes to.
fn silent(
    step: &FlowStep<'_>,
    flow: &Flow,
    sessions: &[CompletedSignIn],
) -> Result<CompletedSignIn, Refusal> {
    match sessions {
        [] => Err(Refusal::numbered(50058)),
        [only] => silently(step.state, flow, only).map(|()| only.clone()),
        [_, _, ..] => Err(Refusal::numbered(16000)),
    }
}

/// A refusal shown to the person, because it may not be told to the redirect address.
pub(crate) fn on_page(
    tenant: &Tenant,
    language: PageLanguage,
    refusal: &Refusal,
) -> Response<Body> {
    pages::refused(
        language,
        refusal,
        &random_guid(),
        &random_guid(),
        &sign_in_time(tenant.now()),
    )
}

/// Where and how a refusal goes back to the client.
pub(crate) struct Back<'a> {
    pub(crate) redirect_uri: &'a str,
    pub(crate) mode: ResponseMode,
    pub(crate) state: Option<&'a str>,
    pub(crate) language: PageLanguage,
}

/// A refusal told to the client at its redirect address.
pub(crate) fn to_client(tenant: &Tenant, back: &Back<'_>, refusal: &Refusal) -> Response<Body> {
    let text = refusal.description(&random_guid(), &random_guid(), &sign_in_time(tenant.now()));
    let mut fields = vec![
        ("error", refusal.error.to_owned()),
        ("error_description", text),
    ];
    let uri = format!(
        "https://login.microsoftonline.com/error?code={}",
        refusal.aadsts
    );
    fields.push(("error_uri", uri));
    fields.extend(
        refusal
            .suberror
            .map(|suberror| ("suberror", suberror.to_owned())),
    );
    fields.extend(refusal.claims.clone().map(|claims| ("claims", claims)));
    fields.extend(back.state.map(|state| ("state", state.to_owned())));
    redirect::answer(back.redirect_uri, back.mode, &fields, back.language)
}
