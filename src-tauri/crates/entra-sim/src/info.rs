//! The one line a started tenant prints: where it is reached, and who is in it.

use std::net::SocketAddr;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::directory::Case;
use crate::oauth::clients::TEST_SITE;
use crate::state::Tenant;

/// Addresses, ids and people of a running tenant.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Info {
    /// The tenant's id.
    pub tenant_id: String,
    /// The client id of the station's app registration.
    pub client_id: String,
    /// The client id of the registration for sign-in tests; it has no right on Graph.
    #[serde(default)]
    pub test_client_id: String,
    /// The group of those whose passwords are changed for them, where the profile names one.
    #[serde(default)]
    pub roll_group: Option<String>,
    /// Authority over plain http, tenant included.
    pub authority_http: String,
    /// Graph's root over plain http, version included.
    pub graph_http: String,
    /// Authority over https, tenant included.
    pub authority_https: String,
    /// Graph's root over https, version included.
    pub graph_https: String,
    /// PEM file of the CA to trust for https.
    pub ca_file: String,
    /// The simulated phone's page.
    pub phone: String,
    /// The root of the control interface, without a slash at its end.
    pub control: String,
    /// The page that shows whether a sign-in was passwordless.
    pub test_site: String,
    /// Those who sit at the counter; the first is an Authentication Administrator.
    pub operators: Vec<OperatorInfo>,
    /// Those who come to the counter, plain ones first.
    pub users: Vec<UserInfo>,
}

/// An operator of the simulated tenant.
#[derive(Clone, Serialize, Deserialize)]
pub struct OperatorInfo {
    /// Sign-in name.
    pub upn: String,
    /// Password; worth nothing outside this process.
    pub password: String,
    /// Names of directory roles.
    pub roles: Vec<String>,
}

impl std::fmt::Debug for OperatorInfo {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("OperatorInfo")
            .field("upn", &self.upn)
            .field("roles", &self.roles)
            .finish_non_exhaustive()
    }
}

/// A person of the simulated tenant.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct UserInfo {
    /// Object id.
    pub id: String,
    /// Sign-in name.
    pub upn: String,
    /// Mail address, which is never the sign-in name.
    pub mail: Option<String>,
    /// What the person is there to show.
    pub case: Case,
}

impl Info {
    pub(crate) fn of(tenant: &Tenant, http: SocketAddr, https: SocketAddr, ca_file: &Path) -> Self {
        let state = tenant.lock();
        let users = state.directory.users.iter().filter_map(|user| {
            let case = user.case?;
            Some(UserInfo {
                id: user.id.clone(),
                upn: user.upn.clone(),
                mail: user.mail.clone(),
                case,
            })
        });
        let operators = state
            .directory
            .users
            .iter()
            .filter(|user| user.case.is_none())
            .map(|user| OperatorInfo {
                upn: user.upn.clone(),
                password: user.password.clone(),
                roles: user
                    .roles
                    .iter()
                    .map(|role| role.name().to_owned())
                    .collect(),
            });
        Self {
            tenant_id: tenant.id.clone(),
            client_id: tenant.station_client.clone(),
            test_client_id: tenant.test_client.clone(),
            roll_group: tenant.roll.clone(),
            authority_http: format!("http://{http}/{}", tenant.id),
            graph_http: format!("http://{http}/v1.0"),
            authority_https: format!("https://{https}/{}", tenant.id),
            graph_https: format!("https://{https}/v1.0"),
            ca_file: ca_file.display().to_string(),
            phone: format!("http://{http}/phone"),
            control: format!("http://{http}/{}", tenant.control),
            test_site: format!("http://{http}{TEST_SITE}"),
            operators: operators.collect(),
            users: users.collect(),
        }
    }
}
