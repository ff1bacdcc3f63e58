//! The whole job in the real window, unattended: what a person would press, type and read.

mod look;
mod moments;
mod ocr;
pub(crate) mod pages;
mod paper;
mod phone;
mod process;
mod relay;
mod report;
mod route;
mod rows;
pub(crate) mod sheet;
pub(crate) mod shipped;
mod stage;
mod window;

use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use clap::ValueEnum;
use url::Url;
use workplace::{During, Failure, Outcome, Place, cargo, say, stream};

use self::look::Axe;
use self::moments::Moments;
use self::relay::Relay;
pub(crate) use self::report::Seen;
use self::stage::{Display, Driver};
use self::window::Window;
use crate::site::{Changes, Tenant, configure};
use crate::steps::TOUR_FEATURES;

/// A language of the screens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Lang {
    Ja,
    En,
    /// Stretched and bracketed, to find what is cut off or not translated.
    Pseudo,
}

impl Lang {
    /// As it stands in file names and in the configuration.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Ja => "ja",
            Self::En => "en",
            Self::Pseudo => "pseudo",
        }
    }
}

/// What a tour goes through.
pub(crate) struct Plan {
    pub(crate) langs: Vec<Lang>,
    /// Where pictures and `tour.json` go.
    pub(crate) out: PathBuf,
    /// Check every screen's accessibility.
    pub(crate) axe: bool,
    /// The size of the window.
    pub(crate) size: (u32, u32),
    /// Use the user's own display.
    pub(crate) own_display: bool,
    /// Kiosk mode on two displays.
    pub(crate) kiosk: bool,
    /// Go to every row the site offers, in a visit of its own.
    pub(crate) rows: bool,
    /// What the phone's moments are drawn from; without one, from chance.
    pub(crate) seed: Option<u32>,
}

/// The size every screen must fit into.
pub(crate) const SIZE: (u32, u32) = (1280, 800);

/// Builds app and tenant as the tour needs them.
pub(crate) fn build(place: &Place) -> Outcome<()> {
    let mut command = cargo(place);
    command
        .args(["build", "--quiet", "--locked"])
        .args(["-p", "madoguchi", "-p", "entra-sim"])
        .args(["--features", TOUR_FEATURES]);
    let ended = stream(&mut command, |line| !line.trim().is_empty())?;
    if ended.ok {
        return Ok(());
    }
    Err(Failure::new("the app could not be built"))
}

/// Takes the tour with the built binaries and writes what was seen.
pub(crate) fn take(place: &Place, plan: &Plan) -> Outcome<Seen> {
    fs::create_dir_all(&plan.out)?;
    clear(&plan.out)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    let seen = runtime.block_on(async {
        tokio::select! {
            seen = all(place, plan) => seen,
            () = told_to_stop() => Err(Failure::new("stopped")),
        }
    })?;
    fs::write(plan.out.join("tour.json"), seen.json()?)?;
    Ok(seen)
}

/// Pictures of an earlier tour would be taken for this one's.
fn clear(out: &Path) -> Outcome<()> {
    for entry in fs::read_dir(out)? {
        let path = entry?.path();
        let ours = path
            .extension()
            .is_some_and(|extension| extension == "png" || extension == "log");
        if ours || path.ends_with("tour.json") {
            fs::remove_file(path)?;
        }
    }
    Ok(())
}

/// Until the user or the system asks us to stop.
pub(crate) async fn told_to_stop() {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut terminated) = signal(SignalKind::terminate()) else {
        return std::future::pending().await;
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminated.recv() => {}
    }
}

async fn all(place: &Place, plan: &Plan) -> Outcome<Seen> {
    let axe = if plan.axe {
        Some(Axe::read(place)?)
    } else {
        None
    };
    let mut moments = Moments::seeded(plan.seed);
    say!(
        "The phone registers at moments of its own choice; seed {}.",
        moments.seed
    );
    let mut seen = Seen {
        seed: Some(moments.seed),
        ..Seen::default()
    };
    for lang in &plan.langs {
        say!("The tour in {}:", lang.code());
        let begun = Instant::now();
        one(place, plan, *lang, axe.as_ref(), moments.next(), &mut seen).await?;
        say!("  took {} s", begun.elapsed().as_secs());
    }
    Ok(seen)
}

/// One language, with a tenant, a display and an app of its own.
async fn one(
    place: &Place,
    plan: &Plan,
    lang: Lang,
    axe: Option<&Axe>,
    moment: Duration,
    seen: &mut Seen,
) -> Outcome<()> {
    let folder = tempfile::Builder::new()
        .prefix("madoguchi-tour")
        .tempdir()?;
    let tenant = Tenant::start(place)?;
    let graph = Url::parse(&tenant.info.graph_https)?;
    let relay = Relay::start(upstream(&graph)?).await?;
    let desk = Desk::lay(place, &tenant, &relay, &graph, plan, lang, folder.path())?;
    let display = if plan.kiosk {
        Display::open_two(folder.path())?
    } else {
        Display::open(plan.own_display, plan.size, folder.path())?
    };
    let log = plan.out.join(format!("app-{}.log", lang.code()));
    let driver = Driver::start(place, &display, &log)?;
    let arguments = desk.arguments();
    let app = place.binary("madoguchi");
    let window = Window::open(&driver.server, &app, &arguments, plan).await?;
    let mut route = route::Route {
        window,
        lang,
        out: &plan.out,
        axe,
        tenant: &tenant,
        display: plan.kiosk.then_some(&display),
        relay,
        desk: &desk,
        seen,
        number: 0,
        last: Instant::now(),
        registered: false,
        rows: plan.rows,
        moment,
    };
    route.walk().await;
    route.window.close().await;
    Ok(())
}

fn upstream(graph: &Url) -> Outcome<SocketAddr> {
    let addresses = graph.socket_addrs(|| None).during("the tenant's address")?;
    addresses
        .first()
        .copied()
        .ok_or_else(|| Failure::new("the tenant has no address"))
}

/// The files of one run: configuration, data, and what the tour's browser reads.
struct Desk {
    config: PathBuf,
    data: PathBuf,
    /// Its existence lets the browser go on; `cancel` in it makes the browser decline.
    release: PathBuf,
    /// What the browser says of the sign-in.
    report: PathBuf,
    /// Where hand-outs are saved.
    hand_outs: PathBuf,
}

impl Desk {
    fn lay(
        place: &Place,
        tenant: &Tenant,
        relay: &Relay,
        graph: &Url,
        plan: &Plan,
        lang: Lang,
        folder: &Path,
    ) -> Outcome<Self> {
        let desk = Self {
            config: folder.join("madoguchi.toml"),
            data: folder.join("data"),
            release: folder.join("release"),
            report: folder.join("sign-in.txt"),
            hand_outs: folder.join("hand-outs"),
        };
        let account = folder.join("operator.json");
        fs::write(&account, serde_json::to_string(tenant.info.operator()?)?)?;
        // A copy, because a build may replace the program that runs right now.
        let browser = folder.join("browser");
        fs::copy("/proc/self/exe", &browser)?;
        let mut relayed = graph.clone();
        relayed
            .set_port(Some(relay.address().port()))
            .map_err(|()| Failure::new("the tenant's address takes no port"))?;
        let word = |path: &Path| path.to_string_lossy().into_owned();
        let browser = vec![
            word(&browser),
            "browse".to_owned(),
            format!("--account={}", word(&account)),
            format!("--release={}", word(&desk.release)),
            format!("--report={}", word(&desk.report)),
            "{url}".to_owned(),
        ];
        let changes = Changes {
            graph: relayed.as_str(),
            browser,
            lang: lang.code(),
            beside: !plan.kiosk,
            kiosk: plan.kiosk,
            every_walk: plan.rows,
            // A kiosk without a printing program hands out no paper.
            hand_outs: (!plan.kiosk).then_some(&*desk.hand_outs),
        };
        configure(place, &tenant.info, &changes, &desk.config)?;
        Ok(desk)
    }

    fn arguments(&self) -> Vec<String> {
        [("--config", &self.config), ("--data-dir", &self.data)]
            .into_iter()
            .flat_map(|(name, path)| [name.to_owned(), path.to_string_lossy().into_owned()])
            .collect()
    }
}
