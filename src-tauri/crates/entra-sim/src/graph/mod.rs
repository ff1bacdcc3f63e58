//! Microsoft Graph v1.0, and the little of beta a client may want, as far as this tenant serves it.

pub(crate) mod answer;
pub(crate) mod batch;
pub(crate) mod caller;
mod condition;
pub(crate) mod devices;
pub(crate) mod error;
mod evaluate;
mod filter;
mod groups;
mod listing;
mod mail;
mod methods;
mod odata;
mod organization;
mod phones;
mod policies;
mod profile;
mod reports;
pub(crate) mod reset;
mod role_management;
pub(crate) mod route;
mod search;
mod sign_in_log;
mod tap;
mod users;
mod view;

use axum::body::Body;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, Request, Response, Uri};

pub(crate) use answer::GraphReply;

use crate::flags::proof::ProfileShown;
use crate::graph::caller::{Caller, Family};
use crate::graph::error::ODataError;
use crate::graph::odata::Query;
use crate::graph::reports::{DirectoryAudits, RegistrationReport, SignIns};
use crate::graph::route::{
    GraphOperation, GroupOperation, TenantOperation, UserOperation, Version, Whose,
};
use crate::listen::Base;
use crate::params::{header_text, whole};
use crate::quota::{self, Load};
use crate::replicas;
use crate::state::{Inner, Tenant};
use crate::traffic::{InjectedFault, RouteMatch};

/// So many bytes of a request are read.
pub(crate) const MOST_BODY: usize = 2 * 1024 * 1024;

/// What an operation knows of its request.
pub(crate) struct GraphCall<'a> {
    /// Graph's root as the caller addressed it.
    pub(crate) root: String,
    pub(crate) version: Version,
    pub(crate) query: Query,
    pub(crate) body: &'a [u8],
    /// A fault asks for another person than the one named.
    pub(crate) other_user: bool,
    /// A removal met a replica that does not know yet what is to go.
    pub(crate) unseen: bool,
    /// When `passwordProfile` is shown.
    pub(crate) profile: ProfileShown,
}

/// Whether a path is below Graph's version, where all its resources are.
pub(crate) fn is_below_version(path: &str) -> bool {
    Version::of(path).is_some_and(|(_, rest)| !rest.is_empty())
}

/// What a Graph path means, where it is known.
pub(crate) fn route_match(method: &Method, path: &str) -> Option<RouteMatch> {
    if batch::is_batch(path) && *method == Method::POST {
        return Some(RouteMatch {
            operation: None,
            template: batch::PATH.to_owned(),
        });
    }
    let (operation, template) = route::route(method, path)?;
    Some(RouteMatch {
        operation: Some(operation),
        template,
    })
}

/// Performs one operation.
pub(crate) async fn serve(tenant: &Tenant, request: Request<Body>) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let Parts {
        method,
        uri,
        headers,
        mut extensions,
        ..
    } = parts;
    let body = match whole(body, MOST_BODY).await {
        Ok(body) => body,
        Err(status) => {
            let problem = ODataError::unread(status);
            return answer::finish(tenant, &headers, "innerError", Err(problem));
        }
    };
    let fault = extensions
        .get::<InjectedFault>()
        .copied()
        .unwrap_or_default();
    let base = extensions.remove::<Base>().unwrap_or_default();
    let matched = extensions.remove::<RouteMatch>();
    let template = matched.as_ref().map(|matched| matched.template.as_str());
    let query = uri.query().unwrap_or_default();
    let load = quota::admit(tenant, &method, template, query, &headers);
    let asked = Asked {
        method: &method,
        uri: &uri,
        headers: &headers,
        body: &body,
        base: &base,
        operation: matched.and_then(|matched| matched.operation),
        fault,
    };
    let (load, outcome) = match load {
        Ok(load) => {
            let outcome = perform(tenant, asked);
            (load, outcome)
        }
        Err(refused) => (Load::default(), Err(refused)),
    };
    let inner_error = tenant.lock().flags.inner_error.word();
    let mut response = answer::finish(tenant, &headers, inner_error, outcome);
    load.tell(response.headers_mut());
    response
}

/// A request as it came.
struct Asked<'a> {
    method: &'a Method,
    uri: &'a Uri,
    headers: &'a HeaderMap,
    body: &'a [u8],
    base: &'a Base,
    operation: Option<GraphOperation>,
    fault: InjectedFault,
}

fn perform(tenant: &Tenant, asked: Asked<'_>) -> Result<GraphReply, ODataError> {
    let Asked {
        method,
        uri,
        headers,
        body,
        base,
        operation,
        fault,
    } = asked;
    let unseen = operation
        .as_ref()
        .is_some_and(|operation| is_unseen(tenant, method, headers, operation));
    let reads = operation.as_ref().is_some_and(GraphOperation::only_reads);
    let seen_by = if reads { &Method::GET } else { method };
    let mut state = replicas::view(tenant, seen_by, headers, fault.past);
    let state = &mut *state;
    admitted(state)?;
    let caller = Caller::of(tenant, state, headers)?;
    let Some(operation) = operation else {
        return Err(unknown(method, uri.path()));
    };
    let eventual = header_text(headers, "consistencylevel")
        .is_some_and(|level| level.eq_ignore_ascii_case("eventual"));
    let query = Query::parse(uri.query().unwrap_or_default(), eventual)?;
    written(method, headers, body)?;
    if let Some(expand) = query.expand.as_deref().filter(|_| !operation.expands()) {
        return Err(ODataError::cannot_expand(expand));
    }
    let (version, _) = Version::of(uri.path()).unwrap_or((Version::One, ""));
    let call = GraphCall {
        root: format!("{}/{}", base.0, version.word()),
        version,
        query,
        body,
        other_user: fault.other_user,
        unseen,
        profile: state.flags.proof.password_profile_shown,
    };
    match operation {
        GraphOperation::User(whose, of_user) => {
            let key = match whose {
                Whose::Me if caller.is_app() => return Err(ODataError::no_person()),
                Whose::Me => caller.user_id.clone(),
                Whose::User(key) => key,
            };
            of_one(tenant, state, &caller, &call, &key, of_user)
        }
        GraphOperation::Group(id, of_group) => {
            of_one_group(tenant, state, &caller, &call, &id, of_group)
        }
        GraphOperation::Tenant(operation) => of_tenant(tenant, state, &caller, &call, operation),
    }
}

/// Whether a removal meets a replica that does not know yet what is to go.
fn is_unseen(
    tenant: &Tenant,
    method: &Method,
    headers: &HeaderMap,
    operation: &GraphOperation,
) -> bool {
    let Some(seen) = replicas::met_by_a_removal(tenant, method, headers) else {
        return false;
    };
    // Whoever may not call at all is told so by the operation.
    let Ok(caller) = Caller::of(tenant, &seen, headers) else {
        return false;
    };
    if let GraphOperation::User(whose, UserOperation::Delete(family, id)) = operation {
        let key = match whose {
            Whose::Me => &caller.user_id,
            Whose::User(key) => key,
        };
        return !methods::has(tenant, &seen, key, *family, id);
    }
    if let GraphOperation::Group(group, GroupOperation::RemoveMember(key)) = operation {
        return !groups::has_member(&seen, group, key);
    }
    false
}

/// Refuses a body that does not say it is JSON.
fn written(method: &Method, headers: &HeaderMap, body: &[u8]) -> Result<(), ODataError> {
    if body.is_empty() || ![Method::POST, Method::PATCH].contains(method) {
        return Ok(());
    }
    let kind = header_text(headers, "content-type").map(str::to_ascii_lowercase);
    let problem = match kind {
        Some(kind) if kind.trim_start().starts_with("application/json") => return Ok(()),
        Some(_) => {
            "A supported MIME type could not be found that matches the content type of the request."
        }
        None => {
            "Write requests (excluding DELETE) must contain the Content-Type header declaration."
        }
    };
    Err(ODataError::new(400, "BadRequest", problem))
}

/// Refuses everything while Graph is down.
fn admitted(state: &Inner) -> Result<(), ODataError> {
    if state.flags.graph_down {
        let message = "The service is unavailable.";
        return Err(ODataError::new(503, "serviceNotAvailable", message));
    }
    Ok(())
}

fn of_one(
    tenant: &Tenant,
    state: &mut Inner,
    caller: &Caller,
    call: &GraphCall<'_>,
    key: &str,
    of_user: UserOperation,
) -> Result<GraphReply, ODataError> {
    match of_user {
        UserOperation::Read => users::read(state, caller, call, key),
        UserOperation::Update => profile::update(tenant, state, caller, call, key),
        UserOperation::Memberships(memberships) => {
            groups::member_of(state, caller, call, key, memberships)
        }
        UserOperation::Manager => users::manager(state, caller, call, key),
        UserOperation::RegisteredDevices => {
            devices::of_person(tenant, state, caller, call, (key, "registeredDevices"))
        }
        UserOperation::OwnedDevices => {
            devices::of_person(tenant, state, caller, call, (key, "ownedDevices"))
        }
        UserOperation::CheckMemberGroups => groups::check_member_groups(state, caller, call, key),
        UserOperation::Photo => profile::photo(state, caller, call, key, false),
        UserOperation::PhotoValue => profile::photo(state, caller, call, key, true),
        UserOperation::Revoke => profile::revoke_sessions(tenant, state, caller, call, key),
        UserOperation::SendMail => mail::send(tenant, state, caller, call, key),
        UserOperation::Methods => methods::all(tenant, state, caller, call, key),
        UserOperation::Method(id) => {
            methods::one(tenant, state, caller, call, key, Family::Any, &id)
        }
        UserOperation::ResetPassword(family, id) => {
            reset::reset_password(tenant, state, caller, call, key, (family, &id))
        }
        UserOperation::ResetOperation(id) => {
            reset::operation(tenant, state, caller, call, key, &id)
        }
        UserOperation::Of(family) => methods::of_family(tenant, state, caller, call, key, family),
        UserOperation::One(family, id) => {
            methods::one(tenant, state, caller, call, key, family, &id)
        }
        UserOperation::Delete(Family::Tap, id) => {
            tap::delete(tenant, state, caller, call, key, &id)
        }
        UserOperation::Delete(family, id) => {
            methods::delete(tenant, state, caller, call, key, family, &id)
        }
        UserOperation::CreateTap => tap::create(tenant, state, caller, call, key),
        UserOperation::AddPhone => phones::add(tenant, state, caller, call, key),
        UserOperation::AuthenticatorDevice(id) => methods::device(state, caller, call, key, &id),
    }
}

fn of_one_group(
    tenant: &Tenant,
    state: &mut Inner,
    caller: &Caller,
    call: &GraphCall<'_>,
    id: &str,
    of_group: GroupOperation,
) -> Result<GraphReply, ODataError> {
    match of_group {
        GroupOperation::Read => groups::read(state, caller, call, id),
        GroupOperation::Members => groups::list_members(state, caller, call, id),
        GroupOperation::AddMember => groups::add_member(tenant, state, caller, call, id),
        GroupOperation::RemoveMember(key) => {
            groups::remove_member(tenant, state, caller, call, id, &key)
        }
    }
}

fn of_tenant(
    tenant: &Tenant,
    state: &mut Inner,
    caller: &Caller,
    call: &GraphCall<'_>,
    operation: TenantOperation,
) -> Result<GraphReply, ODataError> {
    match operation {
        TenantOperation::Users => users::list(state, caller, call),
        TenantOperation::CountUsers => users::count(state, caller, call),
        TenantOperation::Groups => groups::list(state, caller, call),
        TenantOperation::AdministrativeUnit(id) => groups::read_unit(state, caller, call, &id),
        TenantOperation::Organization => organization::read(tenant, state, caller, call),
        TenantOperation::Domains => organization::domains(state, caller, call),
        TenantOperation::Domain(name) => organization::domain(state, caller, call, &name),
        TenantOperation::Policy => policies::policy(tenant, state, caller, call),
        TenantOperation::Configurations => policies::configurations(state, caller, call),
        TenantOperation::Configuration(id) => policies::configuration(state, caller, call, &id),
        TenantOperation::EvaluateAccess => evaluate::evaluate(state, caller, call),
        TenantOperation::DirectoryRoles => role_management::roles(state, caller, call),
        TenantOperation::DirectoryRole(key) => role_management::role(state, caller, call, &key),
        TenantOperation::DirectoryRoleMembers(key) => {
            role_management::members_of(state, caller, call, &key)
        }
        TenantOperation::RoleAssignments => role_management::assignments(state, caller, call),
        TenantOperation::RoleEligibilities => role_management::eligibilities(state, caller, call),
        TenantOperation::RegistrationDetails => {
            reports::list::<RegistrationReport>(tenant, state, caller, call)
        }
        TenantOperation::RegistrationDetailsOf(id) => {
            reports::one::<RegistrationReport>(tenant, state, caller, call, &id)
        }
        TenantOperation::SignIns => reports::list::<SignIns>(tenant, state, caller, call),
        TenantOperation::SignIn(id) => reports::one::<SignIns>(tenant, state, caller, call, &id),
        TenantOperation::DirectoryAudits => {
            reports::list::<DirectoryAudits>(tenant, state, caller, call)
        }
        TenantOperation::DirectoryAudit(id) => {
            reports::one::<DirectoryAudits>(tenant, state, caller, call, &id)
        }
    }
}

/// Graph answers a path it does not know with the segment it stumbled over.
fn unknown(method: &Method, path: &str) -> ODataError {
    let known_otherwise = [Method::GET, Method::POST, Method::PATCH, Method::DELETE];
    if known_otherwise
        .iter()
        .any(|other| other != method && route::route(other, path).is_some())
    {
        return ODataError::new(
            405,
            "Request_BadRequest",
            "Specified HTTP method is not allowed for the request target.",
        );
    }
    ODataError::no_such_path(&first_unknown(path))
}

/// Segments that lead on and are nothing by themselves here.
const ALONG_THE_WAY: [&str; 9] = [
    "auditlogs",
    "authentication",
    "authenticationmethods",
    "conditionalaccess",
    "directory",
    "identity",
    "policies",
    "reports",
    "rolemanagement",
];

/// The first segment of a path that means nothing after those before it, as it was written.
fn first_unknown(path: &str) -> String {
    let rest = Version::of(path).map_or(path, |(_, rest)| rest);
    let written: Vec<&str> = rest.split('/').filter(|part| !part.is_empty()).collect();
    let is_known = |upto: &usize| {
        let below = format!("/v1.0/{}", written[..*upto].join("/"));
        route::route(&Method::GET, &below).is_some()
    };
    let known = (1..written.len()).rev().find(is_known).unwrap_or(0);
    let leads_on = |part: &&&str| ALONG_THE_WAY.contains(&part.to_ascii_lowercase().as_str());
    let after = written.get(known..).unwrap_or_default();
    let unknown = after.iter().find(|part| !leads_on(part)).or(after.last());
    let unknown = unknown.copied().unwrap_or_default();
    route::percent_decoded(unknown).unwrap_or_else(|| unknown.to_owned())
}
