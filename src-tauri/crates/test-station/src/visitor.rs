//! The person at the station's own browser, with the phone in hand.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::json;
use station::{OpenTestBrowser, TestBrowser};

use crate::Tenant;

/// What the person does there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Visitor {
    /// Types the number on the phone.
    Approves,
    /// Types the password instead.
    TypesPassword,
    /// Presses Cancel.
    Cancels,
    /// Goes away.
    Leaves,
}

/// How many such browsers are open.
type OpenBrowsers = Arc<AtomicUsize>;

struct Open(OpenBrowsers);

impl OpenTestBrowser for Open {}

impl Drop for Open {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

/// A browser in which `upn` does that, and how many of them are open.
pub async fn visitor(tenant: &Tenant, upn: &str, does: Visitor) -> (TestBrowser, Arc<AtomicUsize>) {
    let (control, upn) = (tenant.info().control.clone(), upn.to_owned());
    let password = password_of(tenant, &upn).await;
    let count = OpenBrowsers::default();
    let opened = Arc::clone(&count);
    let open = move |address: &str| {
        let address: url::Url = address.parse().map_err(|_| "no address".to_owned())?;
        let (control, upn, password) = (control.clone(), upn.clone(), password.clone());
        opened.fetch_add(1, Ordering::SeqCst);
        if does != Visitor::Leaves {
            std::thread::spawn(move || sign_in(&address, does, &upn, &password, &control));
        }
        Ok(Box::new(Open(Arc::clone(&opened))) as Box<dyn OpenTestBrowser>)
    };
    (Arc::new(open), count)
}

/// The same person in some browser that no station knows of; back when the sign-in is over.
pub async fn signs_in_elsewhere(tenant: &Tenant, upn: &str, does: Visitor, address: &str) {
    let (control, upn) = (tenant.info().control.clone(), upn.to_owned());
    let password = password_of(tenant, &upn).await;
    let address: url::Url = address.parse().unwrap();
    tokio::task::spawn_blocking(move || sign_in(&address, does, &upn, &password, &control))
        .await
        .unwrap();
}

async fn password_of(tenant: &Tenant, upn: &str) -> String {
    let state = tenant.state().await;
    let users = state["users"].as_array().unwrap();
    let user = users.iter().find(|user| user["upn"] == upn);
    user.unwrap()["password"].as_str().unwrap().to_owned()
}

fn sign_in(address: &url::Url, does: Visitor, upn: &str, password: &str, control: &str) {
    let button = match does {
        Visitor::TypesPassword => Some("use_password"),
        Visitor::Cancels => Some("cancel"),
        Visitor::Approves | Visitor::Leaves => None,
    };
    let answers = headless_browser::Answers {
        upn,
        password,
        button,
    };
    let approve = |page: &str| {
        if page == "approve" && does == Visitor::Approves {
            let url = format!("{control}/phone/approve");
            ureq::post(&url).send_json(json!({ "upn": upn })).unwrap();
        }
    };
    // A sign-in that leads nowhere is seen at the station.
    let _ = headless_browser::sign_in_watched(address, &answers, &approve);
}
