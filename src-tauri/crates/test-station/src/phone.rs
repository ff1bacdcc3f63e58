//! The simulated phone in a test's hand: its page read and tapped over HTTP.

use std::time::Instant;

use serde_json::Value;

use crate::{LIMIT, Tenant};

/// A phone that is open.
pub struct Phone {
    address: String,
}

/// What the phone shows.
#[derive(Clone, Debug)]
pub struct Shown {
    /// The screen's name in the phone's own table.
    pub screen: String,
    /// What went wrong on a screen that stays the same; mostly empty.
    pub turn: String,
    /// The number to be typed, where one is shown.
    pub number: Option<String>,
    /// Whether a password is asked for.
    pub password: bool,
}

impl Phone {
    /// Opens a phone as the control interface's `phones` wants it described.
    pub async fn open(tenant: &Tenant, order: Value) -> Self {
        let opened = tenant.control("phones", order).await;
        Self {
            address: opened["address"].as_str().unwrap().to_owned(),
        }
    }

    /// What it shows once it has nothing more to wait for, and every screen it showed until then.
    pub async fn settled(&self) -> Vec<Shown> {
        let started = Instant::now();
        let mut seen: Vec<Shown> = Vec::new();
        loop {
            let shown = self.look().await;
            let waits = shown.screen.contains("wait") || shown.screen == "installing";
            if seen.last().is_none_or(|last| last.screen != shown.screen) {
                seen.push(shown);
            }
            if !waits {
                return seen;
            }
            assert!(
                started.elapsed() < LIMIT,
                "the phone waits for ever: {seen:?}"
            );
        }
    }

    /// Presses a button, with what is typed into the fields.
    pub async fn tap(&self, action: &str, fields: &[(&str, &str)]) {
        let mut form: Vec<(String, String)> = vec![("action".to_owned(), action.to_owned())];
        form.extend(
            fields
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned())),
        );
        let address = self.address.clone();
        tokio::task::spawn_blocking(move || ureq::post(&address).send_form(form).unwrap())
            .await
            .unwrap();
    }

    async fn look(&self) -> Shown {
        let address = self.address.clone();
        let read = move || {
            let mut answer = ureq::get(&address).call().unwrap();
            answer.body_mut().read_to_string().unwrap()
        };
        let html = tokio::task::spawn_blocking(read).await.unwrap();
        let after = |start: &str, end: char| {
            let rest = html.split_once(start)?.1;
            Some(rest.split_once(end)?.0.trim().to_owned())
        };
        Shown {
            screen: after("data-screen=\"", '"').unwrap(),
            turn: after("data-turn=\"", '"').unwrap_or_default(),
            number: after("data-number>", '<'),
            password: html.contains("name=\"passwd\""),
        }
    }
}
