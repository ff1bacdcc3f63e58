//! `cargo xtask demo`: the app, a simulated tenant and a simulated phone; or the tour of them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use clap::ValueEnum;
use workplace::{During, Outcome, Place, app, on_path, output, say, setup};

use crate::beside::Beside;
use crate::control::Control;
use crate::counts::Counts;
use crate::mini_browser::mini_browser;
use crate::plan::{Lang, Plan, SIZE};
use crate::recipe::{self, Named};
use crate::site::{After, Changes, Info, OTHER_USES, Tenant, configure};
use crate::stop::told_to_stop;
use crate::{stop, take};

/// The demo, or the tour.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Do the whole job unattended in the real window and take pictures of it.
    #[arg(long)]
    tour: bool,
    /// Where the tour's pictures and tour.json go.
    #[arg(long, value_name = "DIR", default_value = "tour")]
    out: PathBuf,
    /// The language of the screens; `both` is for the tour.
    #[arg(long, value_enum, default_value = "ja")]
    lang: Langs,
    /// Check every screen of the tour with axe-core.
    #[arg(long)]
    axe: bool,
    /// Take the tour in kiosk mode, with a second display for the person that is unplugged on the way.
    #[arg(long, requires = "tour", conflicts_with = "size")]
    kiosk: bool,
    /// The tour's window, as WIDTHxHEIGHT.
    #[arg(long, value_name = "SIZE", value_parser = size)]
    size: Option<(u32, u32)>,
    /// The seed of the moment at which the tour's phone registers; without one, chance gives it.
    #[arg(long, value_name = "N")]
    seed: Option<u32>,
    /// Take the app and the tenant as they lie in the target folder.
    #[arg(long, hide = true)]
    as_built: bool,
    /// Leave how many checks of the tour held, and how many did not, in this file.
    #[arg(long, value_name = "FILE", requires = "tour", hide = true)]
    counts: Option<PathBuf>,
    /// With the tour, go to every row of the walk-throughs the site offers.
    #[arg(long, requires = "tour")]
    rows: bool,
    /// With the tour, leave beside each picture what a screen reader is told of it, as text.
    #[arg(long, requires = "tour")]
    tree: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Langs {
    Ja,
    En,
    Pseudo,
    Both,
}

impl Langs {
    fn list(self) -> Vec<Lang> {
        match self {
            Self::Ja => vec![Lang::Ja],
            Self::En => vec![Lang::En],
            Self::Pseudo => vec![Lang::Pseudo],
            Self::Both => vec![Lang::Ja, Lang::En],
        }
    }
}

fn size(text: &str) -> Result<(u32, u32), String> {
    let parts = text.split_once('x');
    parts
        .and_then(|(width, height)| Some((width.parse().ok()?, height.parse().ok()?)))
        .ok_or_else(|| "a size looks like 1280x800".to_owned())
}

/// Sets up and opens the demo, or takes the tour. True when everything that should be seen was seen.
pub(crate) fn run(place: &Place, options: &Options) -> Outcome<bool> {
    if options.counts.is_some() {
        stop::with_our_parent()?;
    }
    if !options.as_built {
        setup::everything(place)?;
        if options.kiosk {
            setup::two_displays()?;
        }
    } else if options.kiosk {
        setup::two_displays_are_there()?;
    }
    if options.tree {
        setup::ear()?;
    }
    let display = has_display();
    if options.tour || !display {
        if !options.tour {
            say!("There is no display here, so the tour is taken instead of the demo.");
            say!("ここには画面がないため、デモの代わりに自動の実演を行います。");
        }
        return take_tour(place, options, display);
    }
    open(place, options)
}

fn has_display() -> bool {
    ["DISPLAY", "WAYLAND_DISPLAY"]
        .iter()
        .any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
}

fn take_tour(place: &Place, options: &Options, display: bool) -> Outcome<bool> {
    if !options.as_built {
        say!("Building the app for the tour …");
        app::build(place, app::TOUR_FEATURES)?;
    }
    let seen = take::take(
        place,
        &Plan {
            langs: options.lang.list(),
            out: options.out.clone(),
            axe: options.axe,
            rows: options.rows,
            tree: options.tree,
            size: options.size.unwrap_or(SIZE),
            own_display: display && options.size.is_none() && !options.kiosk,
            kiosk: options.kiosk,
            seed: options.seed,
        },
    )?;
    if let Some(file) = &options.counts {
        let failed = seen.failed();
        let passed = seen.checks.len() - failed;
        Counts { passed, failed }.write(file)?;
        return Ok(failed == 0);
    }
    let out = options.out.display();
    if seen.whole() {
        say!("Everything was seen; the pictures and tour.json are in {out}.");
    } else {
        say!("The tour did not see everything; what it saw is in {out}.");
    }
    Ok(seen.whole())
}

fn open(place: &Place, options: &Options) -> Outcome<bool> {
    if !options.as_built {
        say!("Building the app …");
        app::build(place, app::FEATURES)?;
    }
    let folder = tempfile::Builder::new()
        .prefix("madoguchi-demo")
        .tempdir()?;
    let tenant = Tenant::start(place)?;
    let browser = Browser::find();
    let config = folder.path().join("madoguchi.toml");
    let lang = options.lang.list().first().map_or("ja", |lang| lang.code());
    let changes = Changes {
        graph: &tenant.info.graph_https,
        browser: browser.sign_in_command(),
        lang,
        beside: false,
        kiosk: false,
        every_walk: false,
        hand_outs: None,
        after: Some(After {
            group: Control(&tenant.info.control).roll(&tenant.info)?,
            browser: browser.test_command(),
            other_uses: OTHER_USES,
            last_run: None,
        }),
    };
    configure(place, &tenant.info, &changes, &config)?;
    let log = folder.path().join("app.log");
    // The phone first: windows opened later lie above, and the app is what to begin with.
    let phone = browser.open(&new_phone(&tenant.info.control, lang)?)?;
    let mut app = start(place, &config, folder.path(), &log)?;
    explain(&tenant.info)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let well = runtime.block_on(async {
        tokio::select! {
            well = end_of(&mut app) => well,
            () = told_to_stop() => true,
        }
    });
    drop(phone);
    drop(app);
    drop(tenant);
    if !well {
        say!("The app ended with an error:");
        for line in fs::read_to_string(&log).unwrap_or_default().lines() {
            say!("  {line}");
        }
    }
    Ok(well)
}

fn start(place: &Place, config: &Path, folder: &Path, log: &Path) -> Outcome<Beside> {
    let log = fs::File::create(log)?;
    let mut command = Command::new(place.binary("madoguchi"));
    command
        .arg("--config")
        .arg(config)
        .arg("--data-dir")
        .arg(folder.join("data"))
        .stdin(Stdio::null())
        .stdout(log.try_clone()?)
        .stderr(log);
    Beside::start("the app", &mut command).during("the app")
}

/// A phone fresh from its box, in the language of the demo; gives its page.
fn new_phone(control: &str, lang: &str) -> Outcome<String> {
    #[derive(serde::Deserialize)]
    struct Opened {
        address: String,
    }
    let lang = if lang == "ja" { "ja" } else { "en" };
    let order = serde_json::json!({"os": "ios", "lang": lang, "begin": "store"});
    let mut answer = ureq::post(format!("{control}/phones"))
        .content_type("application/json")
        .send(order.to_string())?;
    let text = answer.body_mut().read_to_string()?;
    let opened: Opened = serde_json::from_str(&text).during("the simulated phone")?;
    Ok(opened.address)
}

/// Until the app ends; true when it ended well.
async fn end_of(app: &mut Beside) -> bool {
    let mut look = tokio::time::interval(Duration::from_millis(200));
    loop {
        look.tick().await;
        if let Some(well) = app.ended() {
            return well;
        }
    }
}

/// What shows the phone and the sign-in pages.
enum Browser {
    /// The machine's own, through a program that finds it. Its windows are not ours to close.
    System(String),
    /// WebKitGTK's small browser.
    Mini(PathBuf),
    None,
}

impl Browser {
    fn find() -> Self {
        let named = std::env::var("BROWSER").unwrap_or_default();
        let named = named.split(':').next().unwrap_or_default();
        if !named.is_empty() && (on_path(named) || Path::new(named).is_file()) {
            return Self::System(named.to_owned());
        }
        // Most browsers refuse to run for root.
        let root = rustix::process::geteuid().is_root();
        let mini = mini_browser();
        if on_path("xdg-open") && has_browser() && !(root && mini.is_some()) {
            return Self::System("xdg-open".to_owned());
        }
        mini.map_or(Self::None, Self::Mini)
    }

    /// For the operator's sign-in, as the app's configuration takes it.
    fn sign_in_command(&self) -> Vec<String> {
        match self {
            Self::System(program) => vec![program.clone(), "{url}".to_owned()],
            Self::Mini(program) => vec![
                program.to_string_lossy().into_owned(),
                "--private".to_owned(),
                "{url}".to_owned(),
            ],
            Self::None => Vec::new(),
        }
    }

    /// For the sign-in tests, which end it: one that hands the page to another window would not be ended.
    fn test_command(&self) -> Vec<String> {
        match self {
            Self::System(_) | Self::None => Vec::new(),
            Self::Mini(_) => self.sign_in_command(),
        }
    }

    /// Opens a page in another process; gives it where it is ours to end.
    fn open(&self, url: &str) -> Outcome<Option<Beside>> {
        let mut command = match self {
            Self::System(program) => Command::new(program),
            Self::Mini(program) => {
                let mut command = Command::new(program);
                command.arg("--private");
                command
            }
            Self::None => {
                say!("No browser was found; open the phone yourself: {url}");
                return Ok(None);
            }
        };
        command
            .arg(url)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        match self {
            Self::System(_) => {
                // It hands the page to a browser that may have been open before us.
                command.spawn().during("the browser")?;
                Ok(None)
            }
            Self::Mini(_) | Self::None => Beside::start("the phone", &mut command).map(Some),
        }
    }
}

/// `xdg-open` is there without any browser on many small systems.
fn has_browser() -> bool {
    let known = [
        "x-www-browser",
        "firefox",
        "firefox-esr",
        "chromium",
        "google-chrome",
        "epiphany-browser",
        "konqueror",
    ];
    let chosen = output(Command::new("xdg-settings").args(["get", "default-web-browser"]));
    known.iter().any(|name| on_path(name)) || chosen.is_ok_and(|desktop| !desktop.trim().is_empty())
}

fn explain(info: &Info) -> Outcome<()> {
    let operator = info.operator()?;
    let person = info.person("plain", 0)?;
    let named = Named {
        operator: (&operator.upn, &operator.password),
        person: (person.everyday_name(), &person.upn),
        phone: &info.phone,
    };
    say!("");
    say!("{}", recipe::japanese(&named));
    say!("");
    say!("{}", recipe::english(&named));
    say!("");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read() {
        assert_eq!(size("1920x1080"), Ok((1920, 1080)));
        assert!(size("wide").is_err());
    }

    #[test]
    fn the_sign_in_command_holds_the_place_of_the_address() {
        let mini = Browser::Mini(PathBuf::from("MiniBrowser"));
        for browser in [Browser::System("xdg-open".to_owned()), mini] {
            let command = browser.sign_in_command();
            assert_eq!(command.last().map(String::as_str), Some("{url}"));
        }
        assert!(Browser::None.sign_in_command().is_empty());
    }
}
