//! What tests share: a simulated tenant, a station at it, and a browser without a person.
//!
//! Everything goes over real HTTP on loopback. Whatever cannot be set up ends the test at once.
#![expect(
    clippy::unwrap_used,
    clippy::missing_panics_doc,
    reason = "a test's set-up that fails must end the test"
)]

mod kept_in_plain;
mod phone;
mod visitor;

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use contract::{Requests, Watched};
use entra_sim::{Case, Info, OperatorInfo, TenantOptions};
use onboarding::{OperatorScreen, OperatorView, PersonView, QrPath};
use serde_json::Value;
use station::record::Witnesses;
use station::{
    Clock, LastOperator, OpenBrowser, Ports, RowPicturesWanted, StartError, StartTestBrowser,
    Station, config::Config,
};
use tokio::sync::mpsc;

pub use kept_in_plain::{FAILS, KEPT, KeptInPlain};
pub use phone::{Phone, Shown};
pub use visitor::{AtTheSite, Visitor};

/// The sample a site starts from.
const SAMPLE: &str = include_str!("../../../../docs/madoguchi.sample.toml");
const NOBODY: &str = "00000000-0000-0000-0000-000000000000";
/// A condition that has not come true after this long never will.
const LIMIT: Duration = Duration::from_secs(40);

/// A tenant of one's own.
pub struct Tenant {
    info: Info,
    /// None where it runs in another process.
    _running: Option<Watched>,
}

/// What the operator does in the browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Browser {
    /// Signs in as the operator of this place in the tenant's list.
    SignsIn(usize),
    /// Presses Cancel on the sign-in page.
    Declines,
    /// Never comes to an end.
    NeverComes,
    /// Does not start.
    Fails,
}

/// What a browser was opened with, and where that led on to.
pub type Opened = Arc<Mutex<Vec<(String, Option<String>)>>>;

impl Tenant {
    pub async fn start() -> Self {
        let running = contract::start(TenantOptions::default(), Requests::Known)
            .await
            .unwrap();
        Self {
            info: running.info.clone(),
            _running: Some(running),
        }
    }

    /// A tenant that another process runs.
    pub fn elsewhere(info: Info) -> Self {
        Self {
            info,
            _running: None,
        }
    }

    pub fn info(&self) -> &Info {
        &self.info
    }

    /// The account of somebody of this case, as typed, and the object id.
    pub fn person(&self, case: Case) -> (String, String) {
        let user = self
            .info()
            .users
            .iter()
            .find(|user| user.case == case)
            .unwrap();
        (user.upn.clone(), user.id.clone())
    }

    /// The sample configuration, pointed at this tenant, with every `(from, to)` replaced.
    pub fn config(&self, changes: &[(&str, &str)]) -> String {
        let info = self.info();
        let cloud = format!(
            "name = \"custom\"\nauthority = \"{}\"\ngraph = \"{}\"",
            info.authority_http, info.graph_http
        );
        let mut text = SAMPLE
            .replacen("name = \"global\"", &cloud, 1)
            .replacen(NOBODY, &info.tenant_id, 1)
            .replacen(NOBODY, &info.client_id, 1)
            .replacen("settle_s = 10", "settle_s = 0", 1);
        for (from, to) in changes {
            assert!(text.contains(from), "the sample has no {from}");
            text = text.replacen(from, to, 1);
        }
        text
    }

    /// A station at this tenant with its record in `data`.
    pub fn station(&self, config: &str, data: &std::path::Path, browser: Browser) -> Station {
        self.station_of(config, data, self.browser(browser), None)
    }

    /// The same with a browser and a memory for the last operator of the test's own.
    pub fn station_of(
        &self,
        config: &str,
        data: &std::path::Path,
        open_browser: OpenBrowser,
        last_operator: Option<Arc<dyn LastOperator>>,
    ) -> Station {
        let ports = ports(data, open_browser, last_operator, Arc::default());
        start(config, ports).unwrap()
    }

    /// The same with a browser for the person's sign-in.
    pub fn station_with_test_browser(
        &self,
        config: &str,
        data: &std::path::Path,
        browser: Browser,
        test_browser: StartTestBrowser,
    ) -> Station {
        let ports = Ports {
            test_browser: Some(test_browser),
            ..ports(data, self.browser(browser), None, Arc::default())
        };
        start(config, ports).unwrap()
    }

    /// The same with a way to draw the rows of letters, and with what the mail server is told.
    pub fn station_that_mails(
        &self,
        config: &str,
        data: &std::path::Path,
        row_pictures: mpsc::UnboundedSender<RowPicturesWanted>,
        told: Option<(&str, &str)>,
    ) -> Station {
        let ports = Ports {
            row_pictures: Some(row_pictures),
            ..ports(
                data,
                self.browser(Browser::SignsIn(0)),
                None,
                Arc::default(),
            )
        };
        let mut setup = Config::parse(config).unwrap().setup(&no_code).unwrap();
        if let Some((user, password)) = told {
            setup.tell_the_relay(user, password);
        }
        Station::start(setup, ports).unwrap()
    }

    /// The same on a machine with this clock.
    pub fn station_by(
        &self,
        config: &str,
        data: &std::path::Path,
        browser: Browser,
        clock: Arc<MachineClock>,
    ) -> Station {
        start(config, ports(data, self.browser(browser), None, clock)).unwrap()
    }

    /// The same, where the start may fail.
    pub fn try_station(
        &self,
        config: &str,
        data: &std::path::Path,
        browser: Browser,
    ) -> Result<Station, StartError> {
        let ports = ports(data, self.browser(browser), None, Arc::default());
        start(config, ports)
    }

    /// Asks the tenant's control interface.
    pub async fn control(&self, path: &str, body: Value) -> Value {
        let url = format!("{}/{path}", self.info().control);
        tokio::task::spawn_blocking(move || {
            let mut answer = ureq::post(&url).send_json(body).unwrap();
            answer.body_mut().read_json().unwrap_or(Value::Null)
        })
        .await
        .unwrap()
    }

    /// Changes something through the control interface.
    pub async fn patch(&self, path: &str, body: Value) {
        let url = format!("{}/{path}", self.info().control);
        tokio::task::spawn_blocking(move || drop(ureq::patch(&url).send_json(body).unwrap()))
            .await
            .unwrap();
    }

    /// What the tenant holds.
    pub async fn state(&self) -> Value {
        let url = format!("{}/state", self.info().control);
        tokio::task::spawn_blocking(move || {
            ureq::get(&url)
                .call()
                .unwrap()
                .body_mut()
                .read_json()
                .unwrap()
        })
        .await
        .unwrap()
    }

    /// A browser in which somebody signs in, and what it was opened with.
    pub fn recording_browser(&self, upn: &str, password: &str) -> (OpenBrowser, Opened) {
        let opened = Opened::default();
        let (upn, password) = (upn.to_owned(), password.to_owned());
        let log = opened.clone();
        let open = move |address: &str| {
            let (address, log) = (address.to_owned(), log.clone());
            let (upn, password) = (upn.clone(), password.clone());
            std::thread::spawn(move || {
                let leads_to = led_to(&address);
                log.lock().unwrap().push((address, leads_to.clone()));
                if let Some(address) = leads_to {
                    let answers = headless_browser::Answers {
                        upn: &upn,
                        password: &password,
                        button: None,
                    };
                    headless_browser::sign_in(&address.parse().unwrap(), &answers).unwrap();
                }
            });
            Ok(())
        };
        (Arc::new(open), opened)
    }

    /// A browser at which one after the other sits: who signs in, or declines where none is named. What it was opened
    /// with, in that order; an address that leads nowhere on is only opened.
    pub fn browser_in_turn(&self, turns: Vec<Option<OperatorInfo>>) -> (OpenBrowser, Opened) {
        let opened = Opened::default();
        let turns = Arc::new(Mutex::new(turns.into_iter()));
        let (log, somebody) = (opened.clone(), self.info().operators[0].clone());
        let open = move |address: &str| {
            let (address, log, turns) = (address.to_owned(), log.clone(), Arc::clone(&turns));
            let somebody = somebody.clone();
            std::thread::spawn(move || {
                let leads_to = led_to(&address);
                log.lock().unwrap().push((address, leads_to.clone()));
                let Some(address) = leads_to else { return };
                let turn = turns.lock().unwrap().next().expect("nobody is left");
                let button = turn.is_none().then_some("cancel");
                let who = turn.unwrap_or(somebody);
                let answers = headless_browser::Answers {
                    upn: &who.upn,
                    password: &who.password,
                    button,
                };
                headless_browser::sign_in(&address.parse().unwrap(), &answers).unwrap();
            });
            Ok(())
        };
        (Arc::new(open), opened)
    }

    /// A browser in which that is done.
    pub fn browser(&self, browser: Browser) -> OpenBrowser {
        let operators = self.info().operators.clone();
        Arc::new(move |url| {
            if browser == Browser::Fails {
                return Err("no browser".to_owned());
            }
            let url: url::Url = url.parse().unwrap();
            let operators = operators.clone();
            std::thread::spawn(move || {
                let (place, button) = match browser {
                    Browser::SignsIn(place) => (place, None),
                    Browser::Declines => (0, Some("cancel")),
                    Browser::NeverComes | Browser::Fails => return,
                };
                let operator = &operators[place];
                let (upn, password) = (operator.upn.as_str(), operator.password.as_str());
                headless_browser::sign_in(
                    &url,
                    &headless_browser::Answers {
                        upn,
                        password,
                        button,
                    },
                )
                .unwrap();
            });
            Ok(())
        })
    }
}

/// Where an address leads on to, if anywhere.
fn led_to(address: &str) -> Option<String> {
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .max_redirects(0)
        .max_redirects_will_error(false)
        .http_status_as_error(false)
        .build()
        .into();
    let answer = agent.get(address).call().unwrap();
    let location = answer.headers().get("location")?;
    Some(location.to_str().unwrap().to_owned())
}

/// Nothing tells of what is looked for outside of the views: files, and what a tenant has.
const LOOK: Duration = Duration::from_millis(50);

/// Waits until both views show what is looked for.
pub async fn until<T>(
    station: &Station,
    what: &str,
    mut seen: impl FnMut(&OperatorView, &PersonView) -> Option<T>,
) -> T {
    let mut changes = station.changes();
    let started = Instant::now();
    loop {
        changes.borrow_and_update();
        let operator = station.operator_view().await.unwrap();
        let person = station.person_view(None).await.unwrap();
        if let Some(found) = seen(&operator, &person) {
            return found;
        }
        // Whether something changed or it is time to look, what follows is the same.
        let _ = tokio::time::timeout(LOOK, changes.changed()).await;
        let screen = screen_name(&operator.screen);
        assert!(
            started.elapsed() < LIMIT,
            "waited for {what}; the screen was {screen}, trouble {:?}",
            operator.trouble
        );
    }
}

/// The name a screen is known by.
pub fn screen_name(screen: &OperatorScreen) -> String {
    let value = serde_json::to_value(screen).unwrap();
    value["screen"].as_str().unwrap_or_default().to_owned()
}

/// The ways out of a station on a test's machine.
fn ports(
    data: &std::path::Path,
    open_browser: OpenBrowser,
    last_operator: Option<Arc<dyn LastOperator>>,
    clock: Arc<MachineClock>,
) -> Ports {
    Ports {
        clock,
        open_browser,
        test_browser: None,
        last_operator,
        kept_visits: Some(Arc::new(KeptInPlain::within(data))),
        health: Arc::new(Default::default),
        hand_outs: None,
        row_pictures: None,
        record: data.join("record.sqlite3"),
        witnesses: Witnesses::within(&data.join("witness"), data),
        config_sha256: String::new(),
        at_start: Vec::new(),
        person_pane: true,
    }
}

fn start(config: &str, ports: Ports) -> Result<Station, StartError> {
    let setup = Config::parse(config).unwrap().setup(&no_code).unwrap();
    Station::start(setup, ports)
}

fn no_code(_: &str) -> QrPath {
    QrPath {
        modules: 1,
        path: String::new(),
    }
}

/// This machine's clocks; what its own time says can be put wrong at any moment.
pub struct MachineClock {
    started: Instant,
    wall_off_ms: AtomicI64,
}

impl Default for MachineClock {
    fn default() -> Self {
        Self {
            started: Instant::now(),
            wall_off_ms: AtomicI64::new(0),
        }
    }
}

impl MachineClock {
    /// Puts the machine's own time wrong by so many seconds.
    pub fn put_wrong(&self, seconds: i64) {
        self.wall_off_ms.store(seconds * 1000, Ordering::Relaxed);
    }
}

impl Clock for MachineClock {
    fn mono_ms(&self) -> u64 {
        u64::try_from(self.started.elapsed().as_millis()).unwrap()
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "the clock of tests over real HTTP"
    )]
    fn wall_unix_ms(&self) -> i64 {
        let now = std::time::SystemTime::now();
        let since = now.duration_since(std::time::UNIX_EPOCH).unwrap();
        i64::try_from(since.as_millis()).unwrap() + self.wall_off_ms.load(Ordering::Relaxed)
    }
}
