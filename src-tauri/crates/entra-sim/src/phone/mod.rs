//! The simulated phone: it signs in through the tenant's own pages and registers itself.

pub(crate) mod answer;
pub(crate) mod approvals;
pub(crate) mod device;
pub(crate) mod draw;
pub(crate) mod list;
pub(crate) mod page;
pub(crate) mod refusal;
pub(crate) mod register;
pub(crate) mod screen;
pub(crate) mod services;
pub(crate) mod site;
pub(crate) mod steps;
pub(crate) mod trainer;
pub(crate) mod truth;
pub(crate) mod walk;
pub(crate) mod words;

use std::collections::HashMap;

use crate::directory::{Directory, User};
use crate::state::random_token;

/// The phones of the phone page, and what the trainer's panel goes by.
pub(crate) struct Phones {
    /// By the random part of their address.
    pub(crate) held: HashMap<String, device::SimulatedPhone>,
    /// Phones opened so far.
    pub(crate) opened: u32,
    /// A form of the trainer's panel holds it, so that no other page can send one.
    pub(crate) panel_token: String,
    /// How everybody was when the tenant started.
    pub(crate) first: Vec<User>,
}

impl Phones {
    /// No phone yet.
    pub(crate) fn new(directory: &Directory) -> Self {
        Self {
            held: HashMap::new(),
            opened: 0,
            panel_token: random_token(),
            first: directory.users.clone(),
        }
    }

    /// The phones in the order they were opened.
    pub(crate) fn in_order(&self) -> Vec<(&str, &device::SimulatedPhone)> {
        let mut all: Vec<_> = self
            .held
            .iter()
            .map(|(id, phone)| (id.as_str(), phone))
            .collect();
        all.sort_by_key(|(_, phone)| phone.number);
        all
    }
}
