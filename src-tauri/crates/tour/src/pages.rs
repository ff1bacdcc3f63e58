//! `cargo xtask pages`: the simulated tenant's own pages and the phone's screens, looked at in a real browser.

use std::cell::Cell;
use std::fs;
use std::path::{Path, PathBuf};

use workplace::{Failure, Outcome, Place, app, say};

use crate::counts::Counts;
use crate::look::Axe;
use crate::site::Tenant;
use crate::stage::{Display, Driver};
use crate::stop::{self, told_to_stop};
use crate::window::Window;

/// A page as wide as a tablet, so that nothing is hidden by a narrow layout.
const SIZE: (u32, u32) = (1024, 900);

/// What it is called, and its address.
type Page = (String, String);

/// A field without a name, and grey on grey.
const WRONG: &str = "<!doctype html><html lang=\"en\"><head><title>wrong</title></head>\
    <body><main><input><p style=\"color:#999;background:#aaa\">grey</p></main></body></html>";

/// Which pages to look at.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Only pages whose name holds this; all without it.
    #[arg(value_name = "PART")]
    named: Option<String>,
    /// Leave how many pages are in order, and how many are not, in this file.
    #[arg(long, value_name = "FILE", hide = true)]
    counts: Option<PathBuf>,
}

/// Looks at the pages and prints what is wrong. True when nothing is.
pub(crate) fn run(place: &Place, options: &Options) -> Outcome<bool> {
    if options.counts.is_some() {
        stop::with_our_parent()?;
    }
    let checked = check(place, options.named.as_deref())?;
    match &options.counts {
        Some(file) => checked.write(file)?,
        None => say!("{} passed, {} failed", checked.passed, checked.failed),
    }
    Ok(checked.failed == 0 && checked.passed > 0)
}

/// Looks at every page, or those whose name holds `named`, and says what breaks WCAG 2.2 AA.
fn check(place: &Place, named: Option<&str>) -> Outcome<Counts> {
    let axe = Axe::read(place)?;
    app::tenant(place)?;
    let tenant = Tenant::start(place)?;
    let pages: Vec<_> = pages(&tenant)?
        .into_iter()
        .filter(|(name, _)| named.is_none_or(|part| name.contains(part)))
        .collect();
    let folder = tempfile::Builder::new()
        .prefix("madoguchi-pages")
        .tempdir()?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        tokio::select! {
            checked = look_at(&pages, &axe, folder.path()) => checked,
            () = told_to_stop() => Err(Failure::new("stopped")),
        }
    })
}

/// All pages by name, with their addresses: those the tenant draws by name, and those there is one of.
fn pages(tenant: &Tenant) -> Outcome<Vec<Page>> {
    let (control, phone) = (&tenant.info.control, &tenant.info.phone);
    let drawings = format!("{control}/drawings");
    let names = ureq::get(&drawings).call()?.body_mut().read_to_string()?;
    let names: Vec<String> = serde_json::from_str(&names)?;
    let mut all: Vec<_> = names
        .into_iter()
        // It goes on by itself as soon as it is there.
        .filter(|name| !name.contains("/form_post/"))
        .map(|name| {
            let address = format!("{drawings}/{name}");
            (name, address)
        })
        .collect();
    let person = tenant.info.users.first().map_or("", |user| &user.upn);
    for lang in ["ja", "en"] {
        for (name, path) in [
            ("list", "?"),
            ("trainer", "/trainer?"),
            ("truth", "/trainer/truth?"),
        ] {
            let address = format!("{phone}{path}lang={lang}&person={person}");
            all.push((format!("{name}/{lang}"), address));
        }
    }
    all.push(("mailbox".to_owned(), format!("{control}/mailbox")));
    Ok(all)
}

async fn look_at(pages: &[Page], axe: &Axe, folder: &Path) -> Outcome<Counts> {
    if pages.is_empty() {
        return Ok(Counts::default());
    }
    let next = Cell::new(0);
    // The checker works in the page's one process, so two of them at once are done in half the time.
    let (one, other) = tokio::try_join!(
        look_on(&next, pages, axe, folder.join("one")),
        look_on(&next, pages, axe, folder.join("other"))
    )?;
    Ok(Counts {
        passed: one.passed + other.passed,
        failed: one.failed + other.failed,
    })
}

/// Opens a browser of its own and takes one page after the other that nobody has taken.
async fn look_on(
    next: &Cell<usize>,
    pages: &[Page],
    axe: &Axe,
    folder: PathBuf,
) -> Outcome<Counts> {
    fs::create_dir(&folder)?;
    let display = Display::open(false, (SIZE.0 + 200, SIZE.1 + 200), &folder)?;
    let driver = Driver::plain(&display, &folder.join("driver.log"))?;
    let first = pages.first().map_or("about:blank", |(_, first)| first);
    let window = Window::browse(&driver.server, first, SIZE).await?;
    let checked = look_at_each(&window, next, pages, axe).await;
    window.close().await;
    checked
}

fn read(address: &str) -> Outcome<String> {
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .build()
        .into();
    Ok(agent.get(address).call()?.body_mut().read_to_string()?)
}

/// A page that looks again by itself would go on doing so beneath those after it.
fn without_scripts(html: &str) -> String {
    let mut kept = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, after)) = rest.split_once("<script>") {
        kept.push_str(before);
        rest = after.split_once("</script>").map_or("", |(_, after)| after);
    }
    kept.push_str(rest);
    kept
}

async fn look_at_each(
    window: &Window,
    next: &Cell<usize>,
    pages: &[Page],
    axe: &Axe,
) -> Outcome<Counts> {
    // A checker that finds nothing wrong here would find nothing anywhere.
    window.write(WRONG).await?;
    if axe.complaints(window).await?.len() < 2 {
        return Err(Failure::new("axe-core does not see what is wrong"));
    }
    let mut checked = Counts::default();
    while let Some((name, address)) = pages.get(next.get()) {
        next.set(next.get() + 1);
        // Written into the one page that is open: opening each would take a second for the checker alone.
        let html = without_scripts(&read(address)?);
        window.write(&html).await?;
        let complaints = axe.complaints(window).await?;
        if complaints.is_empty() {
            checked.passed += 1;
        } else {
            checked.failed += 1;
            say!("  FAILED  {name}: {}", complaints.join("; "));
        }
    }
    Ok(checked)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_go_and_the_rest_stays() {
        let html =
            "<head><noscript>a</noscript><script>b</script></head><p>c</p><script>d</script>";
        let kept = "<head><noscript>a</noscript></head><p>c</p>";
        assert_eq!(without_scripts(html), kept);
        assert_eq!(without_scripts("<p>c</p>"), "<p>c</p>");
    }
}
