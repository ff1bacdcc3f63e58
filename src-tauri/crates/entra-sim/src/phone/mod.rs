//! The simulated phone: it signs in through the tenant's own pages and registers itself.

pub(crate) mod page;
pub(crate) mod register;
pub(crate) mod screens;
pub(crate) mod services;
pub(crate) mod site;
pub(crate) mod walk;
pub(crate) mod words;

use std::collections::HashMap;

/// The phones of the phone page, by the random part of their address.
pub(crate) type Phones = HashMap<String, page::Phone>;
