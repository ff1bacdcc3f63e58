//! Graph's paths: which operation a path means, and the template it is counted under.

mod memberships;
mod version;

use axum::http::Method;

pub(crate) use memberships::{Memberships, Wanted};
pub(crate) use version::Version;

use crate::graph::caller::Family;

/// Whose resource it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Whose {
    Me,
    /// By id or sign-in name.
    User(String),
}

/// What of a person is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum UserOperation {
    Read,
    Update,
    Memberships(Memberships),
    Manager,
    RegisteredDevices,
    OwnedDevices,
    CheckMemberGroups,
    Photo,
    PhotoValue,
    Revoke,
    SendMail,
    Methods,
    Method(String),
    /// By the id of a method, on the path of all methods or of passwords alone.
    ResetPassword(Family, String),
    ResetOperation(String),
    /// The methods of one family.
    Of(Family),
    /// One method of a family.
    One(Family, String),
    Delete(Family, String),
    CreateTap,
    AddPhone,
    AuthenticatorDevice(String),
}

/// What of a group is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum GroupOperation {
    Read,
    Members,
    AddMember,
    RemoveMember(String),
}

/// An operation this tenant serves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum GraphOperation {
    User(Whose, UserOperation),
    Group(String, GroupOperation),
    Tenant(TenantOperation),
}

impl GraphOperation {
    /// Whether it is served below `beta` as well.
    fn is_in_beta(&self) -> bool {
        matches!(
            self,
            Self::User(
                Whose::User(_),
                UserOperation::Methods | UserOperation::Method(_)
            ) | Self::Tenant(TenantOperation::SignIns | TenantOperation::SignIn(_))
        )
    }

    /// Whether it is answered by a replica though it is no `GET`.
    pub(crate) fn only_reads(&self) -> bool {
        matches!(self, Self::User(_, UserOperation::CheckMemberGroups))
    }

    /// Whether `$expand` means something there: the device of Authenticator entries, and whose a role is.
    pub(crate) fn expands(&self) -> bool {
        matches!(
            self,
            Self::User(
                _,
                UserOperation::Method(_)
                    | UserOperation::Of(Family::MicrosoftAuthApp)
                    | UserOperation::One(Family::MicrosoftAuthApp, _)
            ) | Self::Tenant(TenantOperation::RoleAssignments)
        )
    }
}

/// What is asked of the tenant as a whole: it concerns no person or group alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum TenantOperation {
    Users,
    CountUsers,
    Groups,
    Organization,
    Domains,
    Domain(String),
    Policy,
    Configurations,
    Configuration(String),
    EvaluateAccess,
    DirectoryRoles,
    /// By its id here, or by `roleTemplateId=…`.
    DirectoryRole(String),
    DirectoryRoleMembers(String),
    RoleAssignments,
    RoleEligibilities,
    RegistrationDetails,
    RegistrationDetailsOf(String),
    SignIns,
    SignIn(String),
    DirectoryAudits,
    DirectoryAudit(String),
    AdministrativeUnit(String),
}

type Routed<T> = Option<(T, &'static str)>;

/// The operation a method and path mean, with its template.
pub(crate) fn route(method: &Method, path: &str) -> Option<(GraphOperation, String)> {
    let (version, segments) = segments(path)?;
    let lowered: Vec<String> = segments
        .iter()
        .map(|segment| segment.to_ascii_lowercase())
        .collect();
    let words: Vec<&str> = lowered.iter().map(String::as_str).collect();
    let verb = method.as_str();
    let (operation, root, tail) = match words.as_slice() {
        ["me", rest @ ..] => {
            let (of_user, tail) = of_user(verb, rest, segments.get(1..)?)?;
            (GraphOperation::User(Whose::Me, of_user), "/me", tail)
        }
        ["users" | "groups", function, ..] if FUNCTIONS.contains(function) => return None,
        ["users"] if verb == "GET" => {
            (GraphOperation::Tenant(TenantOperation::Users), "/users", "")
        }
        ["users", "$count"] if verb == "GET" => (
            GraphOperation::Tenant(TenantOperation::CountUsers),
            "/users",
            "/$count",
        ),
        ["users", _, rest @ ..] => {
            let (of_user, tail) = of_user(verb, rest, segments.get(2..)?)?;
            let whose = Whose::User(segments.get(1)?.clone());
            (GraphOperation::User(whose, of_user), "/users/{id}", tail)
        }
        ["directoryobjects", _, "checkmembergroups"] if verb == "POST" => {
            let whose = Whose::User(segments.get(1)?.clone());
            let checked = GraphOperation::User(whose, UserOperation::CheckMemberGroups);
            (checked, "/directoryObjects/{id}", "/checkMemberGroups")
        }
        ["identity", "conditionalaccess", "evaluate"] if verb == "POST" => (
            GraphOperation::Tenant(TenantOperation::EvaluateAccess),
            "/identity/conditionalAccess/evaluate",
            "",
        ),
        ["groups"] if verb == "GET" => (
            GraphOperation::Tenant(TenantOperation::Groups),
            "/groups",
            "",
        ),
        ["groups", _, rest @ ..] => {
            let (of_group, tail) = of_group(verb, rest, segments.get(2..)?)?;
            let id = segments.get(1)?.clone();
            (GraphOperation::Group(id, of_group), "/groups/{id}", tail)
        }
        rest if verb == "GET" => {
            let (operation, whole) = read_only(rest, &segments)?;
            (GraphOperation::Tenant(operation), whole, "")
        }
        _ => return None,
    };
    if version == Version::Beta && !operation.is_in_beta() {
        return None;
    }
    Some((operation, format!("/{}{root}{tail}", version.word())))
}

/// What is called on people and groups as a whole: it stands where a key could, and is none.
const FUNCTIONS: [&str; 4] = ["delta", "delta()", "getbyids", "validateproperties"];

fn read_only(words: &[&str], segments: &[String]) -> Routed<TenantOperation> {
    let last = || segments.last().cloned();
    Some(match words {
        ["organization"] => (TenantOperation::Organization, "/organization"),
        ["domains"] => (TenantOperation::Domains, "/domains"),
        ["domains", _] => (TenantOperation::Domain(last()?), "/domains/{id}"),
        ["policies", rest @ ..] => return policy(rest, segments),
        ["authenticationmethodspolicy", ..] => return policy(words, segments),
        ["directoryroles" | "directory" | "rolemanagement", ..] => return roles(words, segments),
        [
            "reports",
            "authenticationmethods",
            "userregistrationdetails",
        ] => (
            TenantOperation::RegistrationDetails,
            "/reports/authenticationMethods/userRegistrationDetails",
        ),
        [
            "reports",
            "authenticationmethods",
            "userregistrationdetails",
            _,
        ] => (
            TenantOperation::RegistrationDetailsOf(last()?),
            "/reports/authenticationMethods/userRegistrationDetails/{id}",
        ),
        ["auditlogs", "signins"] => (TenantOperation::SignIns, "/auditLogs/signIns"),
        ["auditlogs", "signins", _] => {
            (TenantOperation::SignIn(last()?), "/auditLogs/signIns/{id}")
        }
        ["auditlogs", "directoryaudits"] => (
            TenantOperation::DirectoryAudits,
            "/auditLogs/directoryAudits",
        ),
        ["auditlogs", "directoryaudits", _] => (
            TenantOperation::DirectoryAudit(last()?),
            "/auditLogs/directoryAudits/{id}",
        ),
        _ => return None,
    })
}

/// Who may what over whom.
fn roles(words: &[&str], segments: &[String]) -> Routed<TenantOperation> {
    let last = || segments.last().cloned();
    Some(match words {
        ["directoryroles"] => (TenantOperation::DirectoryRoles, "/directoryRoles"),
        ["directoryroles", _] => (
            TenantOperation::DirectoryRole(last()?),
            "/directoryRoles/{id}",
        ),
        ["directoryroles", _, "members"] => (
            TenantOperation::DirectoryRoleMembers(segments.get(1)?.clone()),
            "/directoryRoles/{id}/members",
        ),
        ["directory", "administrativeunits", _] => (
            TenantOperation::AdministrativeUnit(last()?),
            "/directory/administrativeUnits/{id}",
        ),
        ["rolemanagement", "directory", "roleassignments"] => (
            TenantOperation::RoleAssignments,
            "/roleManagement/directory/roleAssignments",
        ),
        [
            "rolemanagement",
            "directory",
            "roleeligibilityscheduleinstances",
        ] => (
            TenantOperation::RoleEligibilities,
            "/roleManagement/directory/roleEligibilityScheduleInstances",
        ),
        _ => return None,
    })
}

fn policy(words: &[&str], segments: &[String]) -> Routed<TenantOperation> {
    const CONFIGURATIONS: &str = "authenticationmethodconfigurations";
    Some(match words {
        ["authenticationmethodspolicy"] => (
            TenantOperation::Policy,
            "/policies/authenticationMethodsPolicy",
        ),
        ["authenticationmethodspolicy", CONFIGURATIONS] => (
            TenantOperation::Configurations,
            "/policies/authenticationMethodsPolicy/authenticationMethodConfigurations",
        ),
        ["authenticationmethodspolicy", CONFIGURATIONS, _] => (
            TenantOperation::Configuration(segments.last()?.clone()),
            "/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/{id}",
        ),
        _ => return None,
    })
}

fn of_group(verb: &str, words: &[&str], segments: &[String]) -> Routed<GroupOperation> {
    Some(match (verb, words) {
        ("GET", []) => (GroupOperation::Read, ""),
        ("GET", ["members" | "transitivemembers"]) => (GroupOperation::Members, "/members"),
        ("POST", ["members", "$ref"]) => (GroupOperation::AddMember, "/members/$ref"),
        ("DELETE", ["members", _, "$ref"]) => (
            GroupOperation::RemoveMember(segments.get(1)?.clone()),
            "/members/{id}/$ref",
        ),
        (_, _) => return None,
    })
}

fn of_user(verb: &str, words: &[&str], segments: &[String]) -> Routed<UserOperation> {
    Some(match (verb, words) {
        ("GET", []) => (UserOperation::Read, ""),
        ("PATCH", []) => (UserOperation::Update, ""),
        ("GET", [list @ ("memberof" | "transitivememberof"), rest @ ..]) => {
            let memberships = memberships::named(*list == "transitivememberof", rest)?;
            (UserOperation::Memberships(memberships), memberships.tail())
        }
        ("GET", ["manager"]) => (UserOperation::Manager, "/manager"),
        ("GET", ["registereddevices"]) => (UserOperation::RegisteredDevices, "/registeredDevices"),
        ("GET", ["owneddevices"]) => (UserOperation::OwnedDevices, "/ownedDevices"),
        ("POST", ["checkmembergroups" | "microsoft.graph.checkmembergroups"]) => {
            (UserOperation::CheckMemberGroups, "/checkMemberGroups")
        }
        ("GET", ["photo"]) => (UserOperation::Photo, "/photo"),
        ("GET", ["photo", "$value"]) => (UserOperation::PhotoValue, "/photo/$value"),
        ("POST", ["revokesigninsessions" | "microsoft.graph.revokesigninsessions"]) => {
            (UserOperation::Revoke, "/revokeSignInSessions")
        }
        ("POST", ["sendmail" | "microsoft.graph.sendmail"]) => {
            (UserOperation::SendMail, "/sendMail")
        }
        (_, ["authentication", rest @ ..]) => {
            return of_authentication(verb, rest, segments.get(1..)?);
        }
        (_, _) => return None,
    })
}

fn of_authentication(verb: &str, words: &[&str], segments: &[String]) -> Routed<UserOperation> {
    let id = || segments.get(1).cloned();
    Some(match (verb, words) {
        ("GET", ["methods"]) => (UserOperation::Methods, "/authentication/methods"),
        ("GET", ["methods", _]) => (UserOperation::Method(id()?), "/authentication/methods/{id}"),
        (
            "POST",
            [
                "methods",
                _,
                "resetpassword" | "microsoft.graph.resetpassword",
            ],
        ) => (
            UserOperation::ResetPassword(Family::Any, id()?),
            "/authentication/methods/{id}/resetPassword",
        ),
        (
            "POST",
            [
                "passwordmethods",
                _,
                "resetpassword" | "microsoft.graph.resetpassword",
            ],
        ) => (
            UserOperation::ResetPassword(Family::Password, id()?),
            "/authentication/passwordMethods/{id}/resetPassword",
        ),
        ("GET", ["operations", _]) => (
            UserOperation::ResetOperation(id()?),
            "/authentication/operations/{id}",
        ),
        ("POST", ["temporaryaccesspassmethods"]) => (
            UserOperation::CreateTap,
            "/authentication/temporaryAccessPassMethods",
        ),
        ("POST", ["phonemethods"]) => (UserOperation::AddPhone, "/authentication/phoneMethods"),
        ("GET", ["microsoftauthenticatormethods", _, "device"]) => (
            UserOperation::AuthenticatorDevice(id()?),
            "/authentication/microsoftAuthenticatorMethods/{id}/device",
        ),
        ("GET", [kind]) => {
            let (family, collection, _) = family(kind)?;
            (UserOperation::Of(family), collection)
        }
        ("GET", [kind, _]) => {
            let (family, _, item) = family(kind)?;
            (UserOperation::One(family, id()?), item)
        }
        ("DELETE", [kind, _]) => {
            let (family, _, item) = family(kind)?;
            (UserOperation::Delete(family, id()?), item)
        }
        (_, _) => return None,
    })
}

/// The family of a collection, with the templates of the collection and of one in it.
fn family(kind: &str) -> Option<(Family, &'static str, &'static str)> {
    macro_rules! templates {
        ($family:ident, $name:literal) => {
            (
                Family::$family,
                concat!("/authentication/", $name),
                concat!("/authentication/", $name, "/{id}"),
            )
        };
    }
    Some(match kind {
        "temporaryaccesspassmethods" => templates!(Tap, "temporaryAccessPassMethods"),
        "microsoftauthenticatormethods" => {
            templates!(MicrosoftAuthApp, "microsoftAuthenticatorMethods")
        }
        "fido2methods" => templates!(Passkey, "fido2Methods"),
        "passwordmethods" => templates!(Password, "passwordMethods"),
        "phonemethods" => templates!(Phone, "phoneMethods"),
        "emailmethods" => templates!(Email, "emailMethods"),
        "softwareoathmethods" => templates!(SoftwareOath, "softwareOathMethods"),
        "windowshelloforbusinessmethods" => {
            templates!(WindowsHello, "windowsHelloForBusinessMethods")
        }
        "platformcredentialmethods" => templates!(PlatformCred, "platformCredentialMethods"),
        _ => return None,
    })
}

/// The decoded segments after the version, with `users('key')` taken apart into two.
fn segments(path: &str) -> Option<(Version, Vec<String>)> {
    let (version, rest) = Version::of(path)?;
    let mut segments = Vec::new();
    for raw in rest.split('/').filter(|segment| !segment.is_empty()) {
        let segment = percent_decoded(raw)?;
        let keyed = segment
            .strip_suffix("')")
            .and_then(|keyed| keyed.split_once("('"));
        match keyed {
            Some((name, key)) => segments.extend([name.to_owned(), key.replace("''", "'")]),
            None => segments.push(segment),
        }
    }
    Some((version, segments))
}

/// `%` sequences decoded; `+` stays what it is in a path.
pub(crate) fn percent_decoded(raw: &str) -> Option<String> {
    let mut decoded = Vec::with_capacity(raw.len());
    let mut bytes = raw.bytes();
    while let Some(byte) = bytes.next() {
        if byte == b'%' {
            let digits = [bytes.next()?, bytes.next()?];
            decoded.push(u8::from_str_radix(str::from_utf8(&digits).ok()?, 16).ok()?);
        } else {
            decoded.push(byte);
        }
    }
    String::from_utf8(decoded).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(path: &str, expected: Option<(Whose, UserOperation)>) {
        let found = route(&Method::GET, path).map(|(operation, _)| operation);
        let expected = expected.map(|(whose, of_user)| GraphOperation::User(whose, of_user));
        assert_eq!(found, expected, "{path}");
    }

    #[test]
    fn keys_come_in_every_spelling() {
        let read = |key: &str| Some((Whose::User(key.to_owned()), UserOperation::Read));
        check("/v1.0/users/a@b.c", read("a@b.c"));
        check("/v1.0/users/a%40b.c", read("a@b.c"));
        check("/v1.0/users('s.o''neil@b.c')", read("s.o'neil@b.c"));
        check("/v1.0/users('s.o%27%27neil%40b.c')", read("s.o'neil@b.c"));
        check("/v1.0/users/s.o'neil@b.c", read("s.o'neil@b.c"));
        check("/v1.0/users/x%23EXT%23@b.c", read("x#EXT#@b.c"));
        check("/v1.0/users/a+b@b.c", read("a+b@b.c"));
        check("/v1.0/users/broken%2", None);
        check(
            "/v1.0/Users/a/Authentication/Methods",
            Some((Whose::User("a".to_owned()), UserOperation::Methods)),
        );
        check("/v1.0/me", Some((Whose::Me, UserOperation::Read)));
        check("/v1.0/messages", None);
        check("/beta/me", None);
        check("/beta/users/a", None);
        let methods = (Whose::User("a".to_owned()), UserOperation::Methods);
        check("/beta/users/a/authentication/methods", Some(methods));
    }
}
