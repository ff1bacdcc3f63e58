//! A credential store in memory that says what it is asked for before it answers, and may be kept from it.

use std::any::Any;
use std::collections::HashMap;
use std::sync::Arc;

use keyring_core::api::CredentialStoreApi;
use keyring_core::{Entry, Result, mock};

/// The store behind it, and what is told of each key it is asked for.
pub(crate) struct Watched<F>(pub(crate) Arc<mock::Store>, pub(crate) F);

impl<F> CredentialStoreApi for Watched<F>
where
    F: Fn(&str) -> Result<()> + Send + Sync + 'static,
{
    fn vendor(&self) -> String {
        "watched".to_owned()
    }

    fn id(&self) -> String {
        "watched".to_owned()
    }

    fn build(
        &self,
        service: &str,
        user: &str,
        modifiers: Option<&HashMap<&str, &str>>,
    ) -> Result<Entry> {
        self.1(user)?;
        self.0.build(service, user, modifiers)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
