//! `cargo xtask sheet`: a picture of every row × system × way to read, and an index page to look at them side by side.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use serde::Deserialize;
use serde_json::json;
use workplace::{Failure, Outcome, Place, say, setup};

use crate::beside::Beside;
use crate::look;
use crate::ocr;
use crate::plan::SIZE;
use crate::stage::{Display, Driver, answering, free_ports, limited};
use crate::stop::told_to_stop;
use crate::window::{SOON, Window};

/// What to draw and where to put it.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Where pictures and `index.html` go.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Only entries whose `pack/row-system-language` holds this text.
    #[arg(long, value_name = "TEXT")]
    only: Option<String>,
    /// Read every Japanese label to tap back from its drawing, and see that a drawing without it is told apart.
    #[arg(long)]
    ocr: bool,
}

/// One picture, as the page names it.
#[derive(Debug, Deserialize)]
struct Entry {
    pack: String,
    name: String,
    os: String,
    lang: String,
    title: String,
    tap: Option<String>,
    unverified: bool,
    /// Everything written on the phone.
    labels: Vec<String>,
}

impl Entry {
    fn file(&self) -> String {
        format!("{}/{}-{}-{}.png", self.pack, self.name, self.os, self.lang)
    }

    /// The easy Japanese is about the words beside the phone, where the phone is the same; and a + is no word.
    fn is_read(&self) -> bool {
        let in_letters = |tap: &String| tap.contains(char::is_alphanumeric);
        self.lang == "ja" && self.tap.as_ref().is_some_and(in_letters)
    }
}

/// Draws everything. False when something on a picture is cut off, would have to be scrolled or cannot be read back.
pub(crate) fn run(place: &Place, options: &Options) -> Outcome<bool> {
    if options.ocr {
        setup::reader()?;
    }
    fs::create_dir_all(&options.out)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        tokio::select! {
            done = draw(place, options) => done,
            () = told_to_stop() => Err(Failure::new("stopped")),
        }
    })
}

async fn draw(place: &Place, options: &Options) -> Outcome<bool> {
    let out = &options.out;
    let (page, _vite) = serve(place, "sheet.html", &out.join("vite.log"))?;
    // Room for the browser's own bars round a page of the size every screen must fit into.
    let display = Display::open(false, (SIZE.0 + 200, SIZE.1 + 200), out)?;
    let driver = Driver::plain(&display, &out.join("driver.log"))?;
    let window = Window::browse(&driver.server, &page, SIZE).await?;
    let drawn = draw_all(&window, options).await;
    window.close().await;
    let (entries, complaints) = drawn?;
    fs::write(out.join("index.html"), index(&entries, &complaints))?;
    for (file, found) in &complaints {
        say!("  {file}: {}", found.join("; "));
    }
    let (drawn, bad) = (entries.len(), complaints.len());
    say!(
        "{drawn} pictures, {bad} with something cut off, scrolled or unreadable; see {}",
        out.join("index.html").display()
    );
    Ok(complaints.is_empty() && !entries.is_empty())
}

/// The gallery's server, and the address of one of its pages.
pub(crate) fn serve(place: &Place, page: &str, log: &Path) -> Outcome<(String, Beside)> {
    let (port, _) = free_ports()?;
    let log = fs::File::create(log)?;
    let vite = place.ui().join("node_modules/.bin/vite");
    let mut command = limited(&vite.to_string_lossy());
    command
        .current_dir(place.ui())
        .args(["--host", "127.0.0.1", "--strictPort", "--port"])
        .arg(port.to_string())
        .stdin(Stdio::null())
        .stdout(log.try_clone()?)
        .stderr(log);
    let process = answering(Beside::start("vite", &mut command)?, &[port])?;
    Ok((format!("http://127.0.0.1:{port}/{page}"), process))
}

type Complaints = BTreeMap<String, Vec<String>>;

async fn draw_all(window: &Window, options: &Options) -> Outcome<(Vec<Entry>, Complaints)> {
    window.sees("[data-pane]", "the page", SOON).await?;
    let list = window.script("return sheet.list", Vec::new()).await?;
    let all: Vec<Entry> = serde_json::from_value(list)?;
    let mut labels: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for entry in &all {
        let known = labels.entry(entry.pack.clone()).or_default();
        known.extend(entry.labels.iter().chain(&entry.tap).cloned());
    }
    let mut complaints = Complaints::new();
    let mut drawn = Vec::new();
    for (at, entry) in all.into_iter().enumerate() {
        let file = entry.file();
        if options
            .only
            .as_ref()
            .is_some_and(|only| !file.contains(only))
        {
            continue;
        }
        window
            .script("sheet.show(arguments[0])", vec![json!(at)])
            .await?;
        let shown = format!("html[data-entry=\"{at}\"] {}", sign(&entry));
        window.sees(&shown, &file, SOON).await?;
        let to = options.out.join(&file);
        if let Some(folder) = to.parent() {
            fs::create_dir_all(folder)?;
        }
        window.picture(&to).await?;
        let mut found = look::scrolls(window).await?;
        found.extend(look::cut_off(window).await?);
        if options.ocr && entry.is_read() {
            let others = &labels[&entry.pack];
            found.extend(read_back(window, &entry, others, &options.out.join("ocr")).await?);
        }
        if !found.is_empty() {
            complaints.insert(file, found);
        }
        drawn.push(entry);
    }
    Ok((drawn, complaints))
}

/// Reads the label from the drawing at twice its size, then from the same drawing without it; gives what went wrong.
async fn read_back(
    window: &Window,
    entry: &Entry,
    labels: &BTreeSet<String>,
    folder: &Path,
) -> Outcome<Vec<String>> {
    let Some(label) = &entry.tap else {
        return Ok(Vec::new());
    };
    let mut complaints = Vec::new();
    for control in [false, true] {
        let arguments = vec![json!(label), json!(control)];
        let drawn = window
            .script("return sheet.magnify(...arguments)", arguments)
            .await?;
        let drawn = drawn.as_str().unwrap_or("nowhere").to_owned();
        let kind = if control { "control" } else { "phone" };
        let picture = folder.join(kind).join(entry.file());
        if let Some(folder) = picture.parent() {
            fs::create_dir_all(folder)?;
        }
        window.picture(&picture).await?;
        let others = || labels.iter().map(String::as_str);
        let mut found = ocr::find(label, others(), &ocr::read(&picture)?);
        if found.is_none() {
            window.script("sheet.alone()", Vec::new()).await?;
            let picture = picture.with_extension("alone.png");
            window.picture(&picture).await?;
            found = ocr::find(label, others(), &ocr::read(&picture)?);
        }
        let file = entry.file();
        match (&found, control) {
            (Some(found), false) => say!(
                "  read  {file}: {label} on {drawn}, {:.2} alike: {}",
                found.alike,
                found.piece
            ),
            (None, false) => {
                say!("  LOST  {file}: {label} on {drawn}");
                complaints.push(format!("{label} cannot be read on {drawn}"));
            }
            (Some(found), true) => {
                say!("  WRONG {file}: {label} without its label: {}", found.piece);
                complaints.push(format!("{label} is read where it is not: {}", found.piece));
            }
            (None, true) => {}
        }
    }
    window.script("sheet.magnify(null)", Vec::new()).await?;
    Ok(complaints)
}

/// What is on the page once an entry is drawn.
fn sign(entry: &Entry) -> String {
    let lang = format!("[data-phone-os=\"{}\"]", entry.os);
    match entry.name.strip_suffix("-which") {
        Some(row) => format!("[data-row=\"{row}\"][data-shows=\"different\"] {lang}"),
        None => format!("[data-phone=\"{}\"]{lang}", entry.name),
    }
}

/// One table for each walk-through: a line for each row, a column for each system and way to read.
fn index(entries: &[Entry], complaints: &Complaints) -> String {
    let mut page = String::from(
        "<!doctype html><meta charset=\"utf-8\"><title>Contact sheet</title>\
         <style>body{font-family:sans-serif}td{vertical-align:top}img{width:320px;border:1px solid #999}\
         .bad{color:#b00}.unverified{color:#850}</style><h1>Contact sheet</h1>\n",
    );
    let mut packs: BTreeMap<&str, Vec<(&str, Vec<&Entry>)>> = BTreeMap::new();
    for entry in entries {
        let rows = packs.entry(&entry.pack).or_default();
        match rows.iter_mut().find(|(name, _)| *name == entry.name) {
            Some((_, row)) => row.push(entry),
            None => rows.push((&entry.name, vec![entry])),
        }
    }
    for (pack, rows) in packs {
        // Writing into a string cannot fail.
        let _ = writeln!(page, "<h2>{}</h2><table>", escaped(pack));
        for (name, row) in rows {
            let _ = write!(page, "<tr><th>{}</th>", escaped(name));
            for entry in row {
                cell(&mut page, entry, complaints);
            }
            page.push_str("</tr>\n");
        }
        page.push_str("</table>\n");
    }
    page
}

fn cell(page: &mut String, entry: &Entry, complaints: &Complaints) {
    let file = entry.file();
    let _ = write!(
        page,
        "<td><a href=\"{0}\"><img loading=\"lazy\" src=\"{0}\" alt=\"\"></a><br>{1} {2}: {3}",
        escaped(&file),
        escaped(&entry.os),
        escaped(&entry.lang),
        escaped(&entry.title),
    );
    if let Some(tap) = &entry.tap {
        let _ = write!(page, "<br><b>{}</b>", escaped(tap));
    }
    if entry.unverified {
        page.push_str(" <span class=\"unverified\">unverified</span>");
    }
    for found in complaints.get(&file).into_iter().flatten() {
        let _ = write!(page, "<br><span class=\"bad\">{}</span>", escaped(found));
    }
    page.push_str("</td>");
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(name: &str, os: &str, unverified: bool) -> Entry {
        Entry {
            pack: "p".into(),
            name: name.into(),
            os: os.into(),
            lang: "ja".into(),
            title: "a < b".into(),
            tap: Some("Next".into()),
            unverified,
            labels: Vec::new(),
        }
    }

    #[test]
    fn the_index_has_a_line_for_each_row_and_says_what_is_wrong() {
        let entries = [
            entry("a1", "ios", false),
            entry("a2", "ios", false),
            entry("a1", "android", true),
        ];
        let file = entries[0].file();
        assert_eq!(file, "p/a1-ios-ja.png");
        let page = index(&entries, &Complaints::from([(file, vec!["cut".into()])]));
        assert_eq!(page.matches("<tr>").count(), 2);
        assert_eq!(page.matches("<td>").count(), 3);
        assert_eq!(page.matches(">unverified<").count(), 1);
        assert_eq!(page.matches(">cut<").count(), 1);
        assert!(page.contains("a &lt; b"));
    }

    #[test]
    fn a_choice_is_known_by_its_row() {
        assert!(sign(&entry("a3-which", "ios", false)).contains("[data-row=\"a3\"]"));
        assert!(sign(&entry("other-x", "ios", false)).starts_with("[data-phone=\"other-x\"]"));
    }
}
