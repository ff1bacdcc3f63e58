//! Where somebody can be called: what the directory holds, and whom it names as their manager.

use std::fmt;

use serde::Deserialize;

use super::call::Priority;
use crate::error::{GraphError, GraphErrorKind};
use crate::registration::canonical_id;
use crate::session::Session;

const FIELDS: &str = "id,displayName,accountEnabled,businessPhones,mobilePhone";
const PHONES: &str = "/users/{id}/authentication/phoneMethods";

/// The telephones of somebody in the directory. Every text is the directory's and has to be treated as hostile.
#[derive(Clone, PartialEq, Eq)]
pub struct Telephones {
    /// Whose they are.
    pub id: String,
    /// The display name.
    pub display_name: String,
    /// Whether the account may sign in; `None` when it may not be read.
    pub account_enabled: Option<bool>,
    /// `businessPhones`
    pub business: Vec<String>,
    /// `mobilePhone`
    pub mobile: Option<String>,
}

impl fmt::Debug for Telephones {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Telephones")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WireTelephones {
    #[serde(rename = "@odata.type")]
    kind: Option<String>,
    id: String,
    display_name: Option<String>,
    account_enabled: Option<bool>,
    business_phones: Option<Vec<String>>,
    mobile_phone: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WirePhone {
    phone_number: Option<String>,
}

impl Session {
    /// Where a person can be called.
    ///
    /// # Errors
    /// [`GraphErrorKind::NotFound`] for an unknown person, and any other kind of the request.
    pub async fn telephones(&self, user_id: &str) -> Result<Telephones, GraphError> {
        let call = self.call_to("/users/{id}", &[user_id])?;
        let read: WireTelephones = self.read(&call.with("$select", FIELDS)).await?;
        Ok(read.into())
    }

    /// The same of the person's manager; `None` where the directory names none, or a contact without an account.
    ///
    /// # Errors
    /// Any [`GraphErrorKind`] but `NotFound`, which is an answer.
    pub async fn manager_telephones(
        &self,
        user_id: &str,
    ) -> Result<Option<Telephones>, GraphError> {
        let call = self.call_to("/users/{id}/manager", &[user_id])?;
        match self
            .read::<WireTelephones>(&call.with("$select", FIELDS))
            .await
        {
            Ok(read) if read.kind.as_deref() == Some("#microsoft.graph.user") => {
                Ok(Some(read.into()))
            }
            Ok(_) => Ok(None),
            Err(error) if error.kind == GraphErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The numbers a person registered to sign in with. Wants `UserAuthenticationMethod.Read.All` or
    /// `UserAuthMethod-Phone.Read.All`.
    ///
    /// # Errors
    /// As [`Session::methods`].
    pub async fn registered_numbers(&self, user_id: &str) -> Result<Vec<String>, GraphError> {
        let call = self.call_to(PHONES, &[user_id])?.at(Priority::High);
        let phones: Vec<WirePhone> = self.read_pages(call).await?;
        Ok(phones
            .into_iter()
            .filter_map(|phone| phone.phone_number)
            .collect())
    }
}

impl From<WireTelephones> for Telephones {
    fn from(wire: WireTelephones) -> Self {
        Self {
            id: canonical_id(&wire.id).unwrap_or(wire.id),
            display_name: wire.display_name.unwrap_or_default(),
            account_enabled: wire.account_enabled,
            business: wire.business_phones.unwrap_or_default(),
            mobile: wire.mobile_phone,
        }
    }
}
