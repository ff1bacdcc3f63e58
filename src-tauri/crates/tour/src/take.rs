//! The whole job in the real window, unattended: what a person would press, type and read.

use std::fs;
use std::net::SocketAddr;
use std::path::Path;
use std::time::{Duration, Instant};

use url::Url;
use workplace::{During, Failure, Outcome, Place, say};

use crate::control::Control;
use crate::desk::Desk;
use crate::ear::Ear;
use crate::look::Axe;
use crate::moments::Moments;
use crate::plan::{Lang, Plan};
use crate::relay::Relay;
use crate::report::Seen;
use crate::route::Route;
use crate::site::{Tenant, mails_callers};
use crate::stage::{Display, Driver, limited};
use crate::stop::told_to_stop;
use crate::vault::Vault;
use crate::window::Window;
use crate::{notices, phones};

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
    for line in seen.table() {
        say!("  {line}");
    }
    fs::write(plan.out.join("tour.json"), seen.json()?)?;
    Ok(seen)
}

/// Pictures of an earlier tour would be taken for this one's.
fn clear(out: &Path) -> Outcome<()> {
    for entry in fs::read_dir(out)? {
        let path = entry?.path();
        let ours = path.extension().is_some_and(|extension| {
            ["png", "log", "txt", "html"]
                .iter()
                .any(|ours| extension == *ours)
        });
        if ours || path.ends_with("tour.json") {
            fs::remove_file(path)?;
        }
    }
    Ok(())
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
    let mut display = if plan.kiosk {
        Display::open_two(folder.path())?
    } else {
        Display::open(plan.own_display, plan.size, folder.path())?
    };
    let ear = match plan.tree {
        true => Some(Ear::open(folder.path())?),
        false => None,
    };
    let vault = vault(plan, lang, folder.path())?;
    let heard = ear.as_ref().map(|ear| ear.address.as_str());
    display.hear(heard.or(vault.as_ref().map(|vault| vault.address.as_str())));
    let log = plan.out.join(format!("app-{}.log", lang.code()));
    let driver = Driver::start(place, &display, &log)?;
    let arguments = desk.arguments();
    let app = place.binary("madoguchi");
    let window = Window::open(&driver.server, &app, &arguments, plan).await?;
    let window = window.heard_by(ear);
    let mut route = Route {
        window,
        lang,
        out: &plan.out,
        axe,
        tenant: &tenant,
        display: plan.kiosk.then_some(&display),
        around: &display,
        place,
        relay,
        desk: &desk,
        seen,
        number: 0,
        last: Instant::now(),
        chapter: Instant::now(),
        registered: false,
        on_roll: false,
        reads_easy: false,
        rows: plan.rows,
        moment,
    };
    route.walk().await;
    route.window.close().await;
    if serves_callers(plan, lang) {
        route.at_a_site_that_mails(&driver.server, plan).await?;
    }
    Ok(())
}

/// A kiosk serves none, and what is cut off in the stretched language the tests of the screens see.
fn serves_callers(plan: &Plan, lang: Lang) -> bool {
    !plan.kiosk && lang != Lang::Pseudo
}

/// Where a visit by telephone outlives the app.
fn vault(plan: &Plan, lang: Lang, folder: &Path) -> Outcome<Option<Vault>> {
    if !serves_callers(plan, lang) || !plan.has_a_vault() {
        return Ok(None);
    }
    let home = folder.join("store");
    fs::create_dir(&home)?;
    Vault::open(&home, limited).map(Some)
}

impl Route<'_> {
    /// The app once more, with another configuration.
    async fn at_a_site_that_mails(&mut self, server: &str, plan: &Plan) -> Outcome<()> {
        mails_callers(&self.desk.config, notices::DOMAIN, &phones::SCOPES)?;
        let further = format!("{} {}", notices::SCOPE, phones::SCOPES.join(" "));
        Control(&self.tenant.info.control).consents(&further)?;
        self.opens_anew(server, plan).await?;
        self.mail_to_callers(server, plan).await;
        self.earlier_phones().await;
        self.window.close().await;
        Ok(())
    }

    /// Starts the app on the same files.
    pub(crate) async fn opens_anew(&mut self, server: &str, plan: &Plan) -> Outcome<()> {
        let app = self.place.binary("madoguchi");
        self.window = Window::open(server, &app, &self.desk.arguments(), plan).await?;
        Ok(())
    }
}

/// The tenant behind a relay.
pub(crate) fn upstream(graph: &Url) -> Outcome<SocketAddr> {
    let addresses = graph.socket_addrs(|| None).during("the tenant's address")?;
    addresses
        .first()
        .copied()
        .ok_or_else(|| Failure::new("the tenant has no address"))
}
