//! How a person signed in, as far as the service tells: when a method was last used, and what the sign-in log shows.

use serde::Deserialize;

use super::call::{Call, Priority};
use super::odata;
use crate::error::GraphError;
use crate::session::Session;
use crate::time::{graph_time, parse_graph_time};

const METHODS: &str = "/users/{id}/authentication/methods";
const SIGN_INS: &str = "/auditLogs/signIns";
const SIGN_IN: &str = "/auditLogs/signIns/{id}";
/// Sign-ins of one person within minutes; more are of no use.
const MOST_SIGN_INS: &str = "20";
const PASSWORD: &str = "#microsoft.graph.passwordAuthenticationMethod";

/// When one method was last used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LastUse {
    /// The method's id.
    pub method: String,
    /// Whether it is the password.
    pub is_password: bool,
    /// In Unix milliseconds; none where the service does not say.
    pub at: Option<i64>,
}

/// A sign-in that succeeded, as the log shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoggedSignIn {
    /// Its id in the log.
    pub id: String,
    /// When it began, in Unix milliseconds.
    pub at: Option<i64>,
    /// The id of the Authenticator entry that answered, alone or after a password; none where none did, or where
    /// the log is not complete yet.
    pub entry: Option<String>,
}

/// What a sign-in began with, by the log's primary row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FirstStep {
    /// The app, without a password.
    PhoneSignIn,
    /// A password.
    Password,
    /// There is no such row yet, or it names something else.
    Unsaid,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WireMethod {
    #[serde(rename = "@odata.type")]
    kind: Option<String>,
    id: String,
    last_used_date_time: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WireSignIn {
    id: String,
    user_id: Option<String>,
    created_date_time: Option<String>,
    authentication_app_device_details: Option<WireApp>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WireApp {
    device_id: Option<String>,
}

/// The log's list has no further page here: the newest are enough.
#[derive(Deserialize)]
struct WireSignIns {
    value: Vec<WireSignIn>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WireDetails {
    #[serde(default)]
    authentication_details: Vec<WireStep>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WireStep {
    authentication_method: Option<String>,
    authentication_step_requirement: Option<String>,
    succeeded: Option<bool>,
}

impl Session {
    /// When each of a person's methods was last used. It stands below beta alone, comes only where it is selected, and
    /// is not told of every method. A request on authentication methods.
    ///
    /// # Errors
    /// Any [`crate::GraphErrorKind`] of the request.
    pub async fn last_uses(&self, user_id: &str) -> Result<Vec<LastUse>, GraphError> {
        let call = self
            .call_to_beta(METHODS, &[user_id])?
            .at(Priority::Low)
            .with("$select", "id,lastUsedDateTime");
        let methods: Vec<WireMethod> = self.read_pages(call).await?;
        let typed = |method: WireMethod| LastUse {
            is_password: method.kind.as_deref() == Some(PASSWORD),
            at: method
                .last_used_date_time
                .as_deref()
                .and_then(parse_graph_time),
            method: method.id,
        };
        Ok(methods.into_iter().map(typed).collect())
    }

    /// A person's sign-ins that succeeded and began at or after `since` (Unix milliseconds), newest first. The log is
    /// minutes late and at first incomplete. Wants `AuditLog.Read.All`, a role that reads logs, and P1.
    ///
    /// # Errors
    /// Any [`crate::GraphErrorKind`] of the request.
    pub async fn sign_ins_since(
        &self,
        user_id: &str,
        since: i64,
    ) -> Result<Vec<LoggedSignIn>, GraphError> {
        let filter = format!(
            "userId eq {} and createdDateTime ge {} and status/errorCode eq 0",
            odata::literal(user_id),
            graph_time(since),
        );
        let call = self
            .call_to(SIGN_INS, &[])?
            .at(Priority::Low)
            .with("$filter", &filter)
            .with("$orderby", "createdDateTime desc")
            .with("$top", MOST_SIGN_INS);
        let found: WireSignIns = self.read(&call).await?;
        let another = |of: &String| !of.eq_ignore_ascii_case(user_id);
        let mut whose = found.value.iter().filter_map(|one| one.user_id.as_ref());
        if whose.any(another) {
            return Err(self.about_somebody_else());
        }
        let typed = |sign_in: WireSignIn| LoggedSignIn {
            id: sign_in.id,
            at: sign_in
                .created_date_time
                .as_deref()
                .and_then(parse_graph_time),
            entry: sign_in
                .authentication_app_device_details
                .and_then(|app| app.device_id)
                .filter(|entry| !entry.is_empty()),
        };
        Ok(found.value.into_iter().map(typed).collect())
    }

    /// What one sign-in of the log began with. Only beta tells, and not at once.
    ///
    /// # Errors
    /// Any [`crate::GraphErrorKind`] of the request.
    pub async fn first_step(&self, sign_in: &str) -> Result<FirstStep, GraphError> {
        let call: Call = self
            .call_to_beta(SIGN_IN, &[sign_in])?
            .at(Priority::Low)
            .with("$select", "id,authenticationDetails");
        let details: WireDetails = self.read(&call).await?;
        Ok(first_step(&details.authentication_details))
    }
}

/// A password anywhere among what succeeded is one; anything that is not understood says nothing.
fn first_step(steps: &[WireStep]) -> FirstStep {
    let succeeded = || steps.iter().filter(|step| step.succeeded == Some(true));
    let is = |step: &&WireStep, name: &str| step.authentication_method.as_deref() == Some(name);
    if succeeded().any(|step| is(&step, "Password")) {
        return FirstStep::Password;
    }
    let primary = |step: &&WireStep| {
        step.authentication_step_requirement.as_deref() == Some("Primary authentication")
    };
    let mut first = succeeded().filter(primary);
    match (first.next(), first.next()) {
        (Some(step), None) if is(&step, "Passwordless phone sign-in") => FirstStep::PhoneSignIn,
        (_, _) => FirstStep::Unsaid,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(method: &str, requirement: &str, succeeded: bool) -> WireStep {
        WireStep {
            authentication_method: Some(method.to_owned()),
            authentication_step_requirement: Some(requirement.to_owned()),
            succeeded: Some(succeeded),
        }
    }

    /// N23: what is not understood, or not there yet, says nothing.
    #[test]
    fn only_one_primary_row_that_names_the_app_is_a_sign_in_without_a_password() {
        const PRIMARY: &str = "Primary authentication";
        const MULTI: &str = "Multifactor authentication";
        let phone = || step("Passwordless phone sign-in", PRIMARY, true);
        let cases = [
            (vec![phone()], FirstStep::PhoneSignIn),
            (
                vec![
                    step("Password", PRIMARY, true),
                    step("Mobile app notification", MULTI, true),
                ],
                FirstStep::Password,
            ),
            (
                vec![phone(), step("Password", MULTI, true)],
                FirstStep::Password,
            ),
            (
                vec![step("Password", PRIMARY, false), phone()],
                FirstStep::PhoneSignIn,
            ),
            (
                vec![step("Previously satisfied", MULTI, true)],
                FirstStep::Unsaid,
            ),
            (
                vec![step("Temporary Access Pass", PRIMARY, true)],
                FirstStep::Unsaid,
            ),
            (
                vec![phone(), step("Something new", PRIMARY, true)],
                FirstStep::Unsaid,
            ),
            (
                vec![step("Passwordless phone sign-in", MULTI, true)],
                FirstStep::Unsaid,
            ),
            (Vec::new(), FirstStep::Unsaid),
        ];
        for (at, (steps, wanted)) in cases.into_iter().enumerate() {
            assert_eq!(first_step(&steps), wanted, "{at}");
        }
    }
}
