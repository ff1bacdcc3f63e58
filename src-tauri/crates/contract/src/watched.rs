//! A tenant of which every exchange is checked.

use std::ops::Deref;
use std::sync::{Arc, Mutex, PoisonError};

use entra_sim::{Exchange, Observer, Running, TenantOptions, TenantStartError};

use crate::check::{Contract, Side, Violation};

/// Which requests may be sent to a watched tenant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Requests {
    /// Any: the test tries what is refused. A refusal is checked, and that it is one.
    Any,
    /// Only such as the contract has: the client under test must not send others.
    Known,
}

/// A running tenant. When it is dropped, or shut down, the test fails if an exchange broke the contract.
pub struct Watched {
    running: Option<Running>,
    ledger: Ledger,
}

/// Starts a tenant of which every exchange is checked. An observer in `options` sees them as well.
///
/// # Errors
/// As [`entra_sim::start`].
pub async fn start(
    options: TenantOptions,
    requests: Requests,
) -> Result<Watched, TenantStartError> {
    let ledger = Ledger::default();
    let contract = Contract::of_the_tenant();
    let (entries, also) = (ledger.clone(), options.observer.clone());
    let observer = Observer::new(move |exchange| {
        let counts = |found: &Violation| found.side == Side::Answer || requests == Requests::Known;
        let found = contract.check(exchange).into_iter().filter(counts);
        entries.enter(exchange, found);
        if let Some(also) = &also {
            also.look(exchange);
        }
    });
    let options = TenantOptions {
        observer: Some(observer),
        ..options
    };
    Ok(Watched {
        running: Some(entra_sim::start(options).await?),
        ledger,
    })
}

impl Watched {
    /// Ends the tenant; the test fails if an exchange broke the contract.
    pub async fn shutdown(mut self) {
        if let Some(running) = self.running.take() {
            running.shutdown().await;
        }
    }

    /// How many exchanges were checked so far.
    pub fn checked(&self) -> usize {
        self.ledger.lock().checked
    }

    /// The breaches so far, which the test has seen and answers for.
    pub fn take_breaches(&self) -> Vec<String> {
        std::mem::take(&mut self.ledger.lock().breaches)
    }
}

impl Deref for Watched {
    type Target = Running;

    fn deref(&self) -> &Running {
        match &self.running {
            Some(running) => running,
            None => unreachable!("only shutdown takes it, and shutdown takes the whole"),
        }
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        // A test that has failed already says why by itself.
        if std::thread::panicking() {
            return;
        }
        let breaches = self.take_breaches();
        assert!(
            breaches.is_empty(),
            "{} breaches of the contract:\n{}",
            breaches.len(),
            breaches.join("\n")
        );
    }
}

#[derive(Clone, Default)]
struct Ledger(Arc<Mutex<Entries>>);

#[derive(Default)]
struct Entries {
    checked: usize,
    breaches: Vec<String>,
}

impl Ledger {
    fn lock(&self) -> std::sync::MutexGuard<'_, Entries> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn enter(&self, exchange: &Exchange, found: impl Iterator<Item = Violation>) {
        let Exchange {
            method,
            path,
            status,
            ..
        } = exchange;
        let mut entries = self.lock();
        entries.checked += 1;
        entries
            .breaches
            .extend(found.map(|violation| format!("  {method} {path} → {status}: {violation}")));
    }
}
