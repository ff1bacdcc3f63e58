//! What stands between a proof and its tokens: revocation, assignment, second factor, policy, consent.

use jiff::Timestamp;
use serde_json::json;

use crate::clock::after_seconds;
use crate::directory::User;
use crate::directory::methods::Method;
use crate::oauth::claims::in_context;
use crate::oauth::clients::RegisteredClient;
use crate::oauth::flags::{Consent, ContextStrength, DeviceCodeFlow};
use crate::oauth::grants::{CompletedSignIn, FirstFactor, Flow, Goal};
use crate::oauth::refusals::Refusal;
use crate::oauth::refusals::row::RefusalStage;
use crate::oauth::scopes::{lacking_of_all, missing, needs_administrator};
use crate::oauth::sign_in::has_phone_sign_in;
use crate::state::Inner;

/// What a sign-in still lacks.
pub(crate) enum Lack {
    /// It may not go on.
    Refused(Refusal),
    /// A second factor.
    SecondFactor,
    /// Phone sign-in in the place of what was used.
    PhoneSignIn,
    /// Consent to these scopes.
    Consent(Vec<String>),
    /// Consent only an administrator can give.
    AdministratorsConsent,
}

/// Whether an earlier sign-in still counts.
pub(crate) fn still_counts(
    state: &Inner,
    one: &CompletedSignIn,
    now: Timestamp,
) -> Result<(), Refusal> {
    let user = state
        .directory
        .user(&one.user_id)
        .ok_or_else(|| Refusal::numbered(50034))?;
    if !user.enabled {
        return Err(Refusal::numbered(50057));
    }
    let alive = one
        .bound(&state.directory, &state.flags)
        .is_some_and(|bound| bound > now);
    if !alive || state.grants.is_revoked(&one.user_id, one.at) {
        return Err(Refusal::numbered(50173));
    }
    if !one.has_current_password(user) {
        return Err(Refusal::numbered(50133));
    }
    let frequency = state.flags.sign_in.sign_in_frequency_s;
    if frequency > 0 && now >= after_seconds(one.at, i64::from(frequency)) {
        return Err(Refusal::numbered(70043));
    }
    Ok(())
}

/// What a proven sign-in lacks for its goal, if anything.
pub(crate) fn lack(state: &Inner, flow: &Flow, one: &CompletedSignIn) -> Option<Lack> {
    let user = state.directory.user(&one.user_id)?;
    let client = state
        .clients
        .iter()
        .find(|client| client.id == flow.goal.client_id())?;
    if let Err(refusal) = admitted(state, client, user) {
        return Some(Lack::Refused(refusal));
    }
    if let Goal::Device { .. } = flow.goal
        && let Err(refusal) = device_flow(state)
    {
        return Some(Lack::Refused(refusal));
    }
    if let Some(lack) = proof_lacking(state, flow, one, user) {
        return Some(lack);
    }
    consent_lacking(state, client, flow, user)
}

/// What stronger proof is wanted.
fn proof_lacking(state: &Inner, flow: &Flow, one: &CompletedSignIn, user: &User) -> Option<Lack> {
    let flags = &state.flags.sign_in;
    let contexts = match &flow.goal {
        Goal::Code(asked) => !asked.claims.all_contexts().is_empty(),
        Goal::Device { .. } => false,
    };
    let by_context = contexts && !meets_context(flags.context_strength, one);
    if by_context && flags.context_strength == ContextStrength::Passwordless {
        return Some(if has_phone_sign_in(user) {
            Lack::PhoneSignIn
        } else {
            Lack::Refused(Refusal::numbered(53003))
        });
    }
    if by_context || (flags.mfa_required && !one.is_strong()) {
        return Some(if has_second_factor(user) {
            Lack::SecondFactor
        } else {
            Lack::Refused(Refusal::numbered(50079))
        });
    }
    None
}

/// Whether a sign-in meets the rule behind authentication contexts.
pub(crate) fn meets_context(strength: ContextStrength, one: &CompletedSignIn) -> bool {
    match strength {
        ContextStrength::None => true,
        ContextStrength::Mfa => one.is_strong(),
        ContextStrength::Passwordless => one.proof == FirstFactor::Phone,
    }
}

/// The same for a request without a person: whatever is lacking is a refusal.
pub(crate) fn silently(state: &Inner, flow: &Flow, one: &CompletedSignIn) -> Result<(), Refusal> {
    match lack(state, flow, one) {
        None => Ok(()),
        Some(Lack::Refused(refusal)) => Err(refusal),
        Some(Lack::SecondFactor | Lack::PhoneSignIn) => Err(second_factor_needed(&[])),
        Some(Lack::Consent(_)) => Err(Refusal::numbered(65001)),
        Some(Lack::AdministratorsConsent) => Err(Refusal::numbered(90094)),
    }
}

/// Whether somebody may use a client, as far as policy and assignment go.
pub(crate) fn admitted(
    state: &Inner,
    client: &RegisteredClient,
    user: &User,
) -> Result<(), Refusal> {
    let set = &state.flags.sign_in.sign_in_refusals;
    if let Some(entry) = set.at(&[RefusalStage::Policy], Some(&user.upn)) {
        return Err(Refusal::of(entry));
    }
    if let Some(entry) = client.refusals.at(&[RefusalStage::Policy], Some(&user.upn)) {
        return Err(Refusal::of(entry));
    }
    let assigned = |all: &Vec<String>| all.iter().any(|upn| upn.eq_ignore_ascii_case(&user.upn));
    if client.assigned.as_ref().is_none_or(assigned) {
        Ok(())
    } else {
        Err(Refusal::numbered(50105))
    }
}

/// Whether Conditional Access lets the device code flow through.
pub(crate) fn device_flow(state: &Inner) -> Result<(), Refusal> {
    match state.flags.sign_in.device_code_flow {
        DeviceCodeFlow::Allowed => Ok(()),
        DeviceCodeFlow::Blocked => Err(Refusal::numbered(53003)),
        DeviceCodeFlow::DeviceRequired => Err(Refusal::numbered(530_033)),
    }
}

/// The refusal that asks the client to send the person through a second factor.
pub(crate) fn second_factor_needed(contexts: &[String]) -> Refusal {
    let claims = match contexts {
        [context, ..] => in_context(context),
        // Entra names the policies; their ids mean nothing to the client, which sends them back.
        [] => json!({"access_token": {"capolids": {"essential": true,
            "values": ["9f0a7b52-3c41-4f0e-8f55-2d0c6b1f7a10"]}}}),
    };
    Refusal {
        claims: Some(claims.to_string()),
        ..Refusal::numbered(50076)
    }
}

/// The scopes somebody's use of a client is bounded by; `None` where nothing bounds it.
pub(crate) fn consented(state: &Inner, client: &RegisteredClient, user_id: &str) -> Option<String> {
    if !client.uses_graph {
        return None;
    }
    let mut all = match &client.consented {
        _ if !client.tenant_wide_consent => String::new(),
        Some(own) => format!("{own} openid profile offline_access"),
        None => state.flags.consented_scopes.clone(),
    };
    let key = (client.id.clone(), user_id.to_owned());
    for scope in state.grants.consents.get(&key).into_iter().flatten() {
        all.push(' ');
        all.push_str(scope);
    }
    Some(all)
}

/// Whether there is something besides the password.
pub(crate) fn has_second_factor(user: &User) -> bool {
    user.methods.iter().any(|method| match method {
        Method::Authenticator(_) | Method::Phone { .. } => true,
        Method::Password { .. } | Method::Fido2(_) => false,
    })
}

fn consent_lacking(
    state: &Inner,
    client: &RegisteredClient,
    flow: &Flow,
    user: &User,
) -> Option<Lack> {
    let held = consented(state, client, &user.id)?;
    let anew = match &flow.goal {
        Goal::Code(asked) => asked.consent_anew,
        Goal::Device { .. } => false,
    };
    let lacking = match state.flags.sign_in.consent {
        _ if !client.tenant_wide_consent => lacking_of_all(flow.goal.scope(), &held),
        Consent::LeftOut if !anew => Vec::new(),
        Consent::LeftOut | Consent::Asked => missing(flow.goal.scope(), &held),
    };
    if flow.consented || (lacking.is_empty() && !anew) {
        return None;
    }
    let administers = may_consent_for_all(user);
    let forbidden = !lacking.is_empty()
        && (!state.flags.sign_in.user_consent
            || lacking.iter().any(|scope| needs_administrator(scope)));
    if forbidden && !administers {
        return Some(Lack::AdministratorsConsent);
    }
    Some(Lack::Consent(if anew {
        missing(flow.goal.scope(), "")
    } else {
        lacking
    }))
}

/// Whether somebody may consent for the whole organisation.
pub(crate) fn may_consent_for_all(user: &User) -> bool {
    user.roles
        .contains(&crate::directory::roles::Role::GlobalAdministrator)
}
