//! The person at the station's own browser, with the phone in hand.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::json;
use station::{OpenTestBrowser, StartTestBrowser};

use crate::Tenant;

/// What the person does there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Visitor {
    /// Types the number on the phone.
    Approves,
    /// Types the password instead.
    TypesPassword,
    /// Is asked for the password, and takes the app instead.
    TakesTheApp,
    /// Presses Cancel.
    Cancels,
    /// Goes away.
    Leaves,
    /// Has the page ask who it is, and signs in under another name than the station asked for.
    TypesOwnName,
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

impl Visitor {
    /// A browser in which `upn` does this, and how many of them are open.
    pub async fn opens(self, tenant: &Tenant, upn: &str) -> (StartTestBrowser, Arc<AtomicUsize>) {
        let (control, upn) = (tenant.info().control.clone(), upn.to_owned());
        let password = password_of(tenant, &upn).await;
        let count = OpenBrowsers::default();
        let opened = Arc::clone(&count);
        let open = move |address: &str| {
            let address: url::Url = address.parse().map_err(|_| "no address".to_owned())?;
            let (control, upn, password) = (control.clone(), upn.clone(), password.clone());
            opened.fetch_add(1, Ordering::SeqCst);
            if self != Self::Leaves {
                std::thread::spawn(move || sign_in(&address, self, &upn, &password, &control));
            }
            Ok(Box::new(Open(Arc::clone(&opened))) as Box<dyn OpenTestBrowser>)
        };
        (Arc::new(open), count)
    }

    /// The same person in some browser that no station knows of; back when the sign-in is over.
    pub async fn signs_in_elsewhere(self, tenant: &Tenant, upn: &str, address: &str) {
        let (control, upn) = (tenant.info().control.clone(), upn.to_owned());
        let password = password_of(tenant, &upn).await;
        let address: url::Url = address.parse().unwrap();
        tokio::task::spawn_blocking(move || sign_in(&address, self, &upn, &password, &control))
            .await
            .unwrap();
    }
}

/// What the tenant's test site told, and what it asked on the way.
#[derive(Debug)]
pub struct AtTheSite {
    /// Before a sign-in, and after one.
    pub began_at: String,
    pub landed_at: String,
    pub asked: Vec<String>,
}

impl Visitor {
    /// The same person at the tenant's test site, on a phone: from its first page by its link to what it says then.
    pub async fn tries_the_test_site(self, tenant: &Tenant, upn: &str, site: &str) -> AtTheSite {
        let (control, upn) = (tenant.info().control.clone(), upn.to_owned());
        let (password, site) = (password_of(tenant, &upn).await, site.to_owned());
        let tries = move || {
            let first = ureq::get(&site).call().unwrap();
            let first = first.into_body().read_to_string().unwrap();
            let link = between(&first, "class=\"main\" href=\"", '"');
            let link = link.replace("&amp;", "&").parse().unwrap();
            let asked = std::cell::RefCell::new(Vec::new());
            let watch = |page: &str| {
                asked.borrow_mut().push(page.to_owned());
                self.at(page, &upn, &control);
            };
            let answers = self.answers(&upn, &password);
            let landed = headless_browser::sign_in_to_page(&link, &answers, &watch).unwrap();
            AtTheSite {
                began_at: between(&first, "data-screen=\"", '"'),
                landed_at: between(&landed, "data-screen=\"", '"'),
                asked: asked.into_inner(),
            }
        };
        tokio::task::spawn_blocking(tries).await.unwrap()
    }

    fn answers<'a>(self, upn: &'a str, password: &'a str) -> headless_browser::Answers<'a> {
        let button = match self {
            Self::TypesPassword | Self::TypesOwnName => Some("use_password"),
            Self::TakesTheApp => Some("use_app"),
            Self::Cancels => Some("cancel"),
            Self::Approves | Self::Leaves => None,
        };
        headless_browser::Answers {
            upn,
            password,
            button,
        }
    }

    /// The number on this page is typed on the phone.
    fn at(self, page: &str, upn: &str, control: &str) {
        if page == "approve" && matches!(self, Self::Approves | Self::TakesTheApp) {
            let url = format!("{control}/phone/approve");
            ureq::post(&url).send_json(json!({ "upn": upn })).unwrap();
        }
    }
}

fn between(text: &str, start: &str, end: char) -> String {
    let rest = text.split_once(start).unwrap().1;
    rest.split_once(end).unwrap().0.to_owned()
}

async fn password_of(tenant: &Tenant, upn: &str) -> String {
    let state = tenant.state().await;
    let users = state["users"].as_array().unwrap();
    let user = users.iter().find(|user| user["upn"] == upn);
    user.unwrap()["password"].as_str().unwrap().to_owned()
}

fn sign_in(address: &url::Url, does: Visitor, upn: &str, password: &str, control: &str) {
    let answers = does.answers(upn, password);
    let approve = |page: &str| does.at(page, upn, control);
    let address = if does == Visitor::TypesOwnName {
        &unhinted(address)
    } else {
        address
    };
    // A sign-in that leads nowhere is seen at the station.
    let _ = headless_browser::sign_in_watched(address, &answers, &approve);
}

/// The sign-in page behind `address`, without a word of whose sign-in it is to be.
fn unhinted(address: &url::Url) -> url::Url {
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .max_redirects(0)
        .max_redirects_will_error(false)
        .build()
        .into();
    let led_on = agent.get(address.as_str()).call().unwrap();
    let page = led_on.headers()["location"].to_str().unwrap();
    let mut page: url::Url = page.parse().unwrap();
    let kept: Vec<_> = page
        .query_pairs()
        .filter(|(name, _)| name != "login_hint")
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect();
    page.query_pairs_mut().clear().extend_pairs(kept);
    page
}
