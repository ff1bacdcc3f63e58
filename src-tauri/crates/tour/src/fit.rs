//! `cargo xtask fit`: every row and every screen at every size of window and text, in every way to read. Says what is cut
//! at the side, which pass or button is not in view, and how large what has to be read is against the normal size.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::json;
use workplace::{During, Failure, Outcome, Place, say};

use crate::counts::Counts;
use crate::sheet::serve;
use crate::stage::{Display, Driver};
use crate::stop::{self, told_to_stop};
use crate::window::{SOON, Window};

/// What to look at, and where the answer goes.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Everything that was measured, as JSON.
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// Where a picture of each goes, in the largest text.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// What has the least room alone, in the two smallest windows, in normal and in the largest text.
    #[arg(long)]
    short: bool,
    /// Only what holds this text in `layout/language/name`.
    #[arg(long, value_name = "TEXT")]
    only: Option<String>,
    /// Leave how many were in order, and how many were not, in this file.
    #[arg(long, value_name = "FILE", hide = true)]
    counts: Option<PathBuf>,
}

/// Who stands in a window of which size.
struct Layout {
    form: &'static str,
    size: (u32, u32),
}

impl Layout {
    /// As its pictures and faults are named.
    fn shape(&self) -> String {
        format!("{}-{}x{}", self.form, self.size.0, self.size.1)
    }
}

const fn layout(form: &'static str, width: u32, height: u32) -> Layout {
    let size = (width, height);
    Layout { form, size }
}

/// One window, the smallest first; then what two displays show.
const LAYOUTS: [Layout; 7] = [
    layout("one", 1024, 700),
    layout("one", 1280, 800),
    layout("one", 1920, 1080),
    layout("one", 1080, 1920),
    layout("operator", 1280, 800),
    layout("person", 1920, 1080),
    layout("person", 1080, 1920),
];
/// As many of them as the short form looks at.
const SHORT: usize = 2;

/// What the short form looks at: what has most to show on either side.
const RISKS: [&str; 19] = [
    "welcome",
    "row/walkthrough-a/install",
    "row/walkthrough-a/a5",
    "row/walkthrough-a/a6",
    "row/walkthrough-c/c4",
    "pass-8",
    "pass-16",
    "pass-48",
    "password-waits",
    "use-others",
    "op/home-told",
    "op/find-list",
    "op/found-warnings",
    "op/check-access-stopped",
    "op/board-hidden",
    "op/board-question",
    "op/board-password",
    "op/board-list-full",
    "op/password-not-permitted",
];

const SIZES: [&str; 3] = ["normal", "large", "largest"];
const EASY: &str = "ja_easy";
const LANGS: [&str; 3] = ["ja", EASY, "en"];

/// So much larger than normal is what has to be read, at least; the last hundredth is the engine's rounding.
const LARGE: f64 = 1.19;
const LARGEST: f64 = 1.49;

/// What the page found on one screen in one size of text.
#[derive(Debug, Deserialize)]
struct Looked {
    faults: Vec<String>,
    /// Pixels of what has to be read, by what it is.
    read: BTreeMap<String, f64>,
}

/// One screen in one window and one way to read.
#[derive(Debug, Serialize)]
struct Seen {
    layout: String,
    lang: &'static str,
    name: String,
    faults: Vec<String>,
    /// Of what has to be read: pixels in normal text, and how often that in the others.
    normal: BTreeMap<String, f64>,
    against_normal: BTreeMap<String, BTreeMap<&'static str, f64>>,
}

#[derive(Serialize)]
struct Report<'a> {
    looked: usize,
    faults: usize,
    screens: &'a [Seen],
}

/// Looks at everything. True when nothing is cut, out of view or too small.
pub(crate) fn run(place: &Place, options: &Options) -> Outcome<bool> {
    if options.counts.is_some() {
        stop::with_our_parent()?;
    }
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let seen = runtime.block_on(async {
        tokio::select! {
            seen = look_at_all(place, options) => seen,
            () = told_to_stop() => Err(Failure::new("stopped")),
        }
    })?;
    let failed = seen.iter().filter(|one| !one.faults.is_empty()).count();
    let report = Report {
        looked: seen.len(),
        faults: seen.iter().map(|one| one.faults.len()).sum(),
        screens: &seen,
    };
    if let Some(file) = &options.json {
        fs::write(file, serde_json::to_string_pretty(&report)?).during("the answer")?;
    }
    if let Some(file) = &options.counts {
        let passed = seen.len() - failed;
        Counts { passed, failed }.write(file)?;
    }
    say!("{} screens, {} faults", report.looked, report.faults);
    Ok(failed == 0 && !seen.is_empty())
}

async fn look_at_all(place: &Place, options: &Options) -> Outcome<Vec<Seen>> {
    let folder = tempfile::Builder::new().prefix("madoguchi-fit").tempdir()?;
    let (page, _vite) = serve(place, "fit.html", &folder.path().join("vite.log"))?;
    let layouts = if options.short {
        &LAYOUTS[..SHORT]
    } else {
        &LAYOUTS[..]
    };
    let next = Cell::new(0);
    // A page draws in one process, so two of them at once are done in half the time.
    let (one, other) = tokio::try_join!(
        look_on(&next, layouts, &page, options, folder.path()),
        look_on(&next, layouts, &page, options, folder.path())
    )?;
    let mut seen: Vec<_> = one.into_iter().chain(other).collect();
    seen.sort_by_key(|(at, _)| *at);
    Ok(seen.into_iter().flat_map(|(_, seen)| seen).collect())
}

/// Takes one layout after the other that nobody has taken; gives what was seen, by the layout's place.
async fn look_on(
    next: &Cell<usize>,
    layouts: &[Layout],
    page: &str,
    options: &Options,
    folder: &Path,
) -> Outcome<Vec<(usize, Vec<Seen>)>> {
    let mut all = Vec::new();
    while let Some(layout) = layouts.get(next.get()) {
        let at = next.replace(next.get() + 1);
        let folder = folder.join(at.to_string());
        fs::create_dir(&folder)?;
        // Room for the browser's own bars round the tallest and the widest page.
        let display = Display::open(false, (2200, 2200), &folder)?;
        let driver = Driver::plain(&display, &folder.join("driver.log"))?;
        let window = Window::browse(&driver.server, page, layout.size).await?;
        let seen = look_at_layout(&window, layout, options).await;
        window.close().await;
        all.push((at, seen?));
    }
    Ok(all)
}

async fn look_at_layout(window: &Window, layout: &Layout, options: &Options) -> Outcome<Vec<Seen>> {
    let shape = layout.shape();
    let mut seen = Vec::new();
    window
        .sees("html[data-ready] [data-pane]", "the page", SOON)
        .await?;
    let names = window
        .script("return fit.names(arguments[0])", vec![json!(layout.form)])
        .await?;
    let names: Vec<String> = serde_json::from_value(names)?;
    let sizes = if options.short {
        &["normal", "largest"][..]
    } else {
        &SIZES[..]
    };
    for lang in LANGS {
        if options.short && lang == EASY {
            continue;
        }
        // The operator's side has no easy Japanese.
        let names = names.iter();
        for name in names.filter(|name| lang != EASY || !name.starts_with("op/")) {
            let whole = format!("{shape}/{lang}/{name}");
            if !wanted(options, &whole, name) {
                continue;
            }
            let one = look_at(window, layout.form, (lang, name), sizes).await;
            let one = judge(&shape, lang, name, sizes, one.during(&whole)?);
            for fault in &one.faults {
                say!("  WRONG {whole}: {fault}");
            }
            if let Some(out) = &options.out {
                picture(window, out, &whole).await?;
            }
            seen.push(one);
        }
    }
    say!("  {shape}: {} screens", seen.len());
    Ok(seen)
}

fn wanted(options: &Options, whole: &str, name: &str) -> bool {
    let only = options.only.as_ref();
    (RISKS.contains(&name) || !options.short) && only.is_none_or(|only| whole.contains(only))
}

/// One screen in each size of text; the largest is what the page shows afterwards.
async fn look_at(
    window: &Window,
    form: &str,
    (lang, name): (&str, &str),
    sizes: &[&str],
) -> Outcome<Vec<Looked>> {
    let (name, sizes) = (json!(name), json!(sizes));
    let script = format!(
        "const done = arguments[arguments.length - 1];
         (async () => {{
             const looked = [];
             for (const size of {sizes}) looked.push(await fit.look({name}, '{form}', '{lang}', size));
             return looked;
         }})().then(done, (reason) => done(String(reason)));"
    );
    let answer = window.slow_script(&script).await?;
    if let Some(reason) = answer.as_str() {
        return Err(Failure::new(reason));
    }
    Ok(serde_json::from_value(answer)?)
}

async fn picture(window: &Window, out: &Path, whole: &str) -> Outcome<()> {
    let to = out.join(format!("{whole}.png"));
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder)?;
    }
    window.picture(&to).await
}

/// Puts the sizes side by side: what is not as much larger as it must be is a fault like any other.
fn judge(
    layout: &str,
    lang: &'static str,
    name: &str,
    sizes: &[&'static str],
    looked: Vec<Looked>,
) -> Seen {
    let mut seen = Seen {
        layout: layout.to_owned(),
        lang,
        name: name.to_owned(),
        faults: Vec::new(),
        normal: BTreeMap::new(),
        against_normal: BTreeMap::new(),
    };
    for (size, looked) in sizes.iter().zip(looked) {
        let faults = looked.faults.iter();
        seen.faults
            .extend(faults.map(|fault| format!("{size}: {fault}")));
        if *size == "normal" {
            seen.normal = looked.read;
            continue;
        }
        let least = if *size == "large" { LARGE } else { LARGEST };
        for (what, normal) in &seen.normal {
            let times = looked.read.get(what).map_or(0.0, |pixels| pixels / normal);
            if times < least {
                let fault = format!("{size}: {what} is {times:.2} times the normal size");
                seen.faults.push(fault);
            }
            let times = (times * 100.0).round() / 100.0;
            let of = seen.against_normal.entry(what.clone()).or_default();
            of.insert(size, times);
        }
    }
    seen
}

#[cfg(test)]
mod tests {
    use super::*;

    fn looked(pixels: f64, faults: &[&str]) -> Looked {
        Looked {
            faults: faults.iter().map(|&fault| fault.to_owned()).collect(),
            read: BTreeMap::from([("pass".to_owned(), pixels)]),
        }
    }

    #[test]
    fn what_grows_too_little_is_a_fault_and_so_is_what_the_page_found() {
        let found = |pixels: [f64; 3], fault: &[&str]| {
            let [normal, large, largest] = pixels;
            let sizes = vec![
                looked(normal, &[]),
                looked(large, fault),
                looked(largest, &[]),
            ];
            judge("one-1280x800", "ja", "pass-8", &SIZES, sizes)
        };
        let good = found([40.0, 50.0, 60.0], &[]);
        assert!(good.faults.is_empty());
        assert_eq!(good.against_normal["pass"]["largest"], 1.5);
        assert_eq!(
            found([40.0, 50.0, 56.0], &["cut"]).faults,
            ["large: cut", "largest: pass is 1.40 times the normal size"]
        );
        let mut without = vec![looked(40.0, &[]), looked(50.0, &[]), looked(60.0, &[])];
        without[2].read.clear();
        let lost = judge("one-1280x800", "ja", "pass-8", &SIZES, without);
        assert_eq!(lost.faults.len(), 1);
    }
}
