//! Prints pages one after the other without a person, into the files that GTK's own "Print to File" writes, as the app
//! prints its hand-outs.

use std::cell::Cell;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use gtk::prelude::*;
use gtk::{PageSetup, PaperSize, PrintSettings, Unit};
use serde::Deserialize;
use url::Url;
use webkit2gtk::{PrintOperation, PrintOperationExt, WebView, WebViewExt};
use workplace::{During, Failure, Outcome, say};

/// All of them together.
const LIMIT_S: u32 = 480;

/// What the papers' command starts this with, in a process that has the display.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// A page that says in its title which sheet it has drawn, and draws the one that its fragment numbers.
    #[arg(long, value_name = "URL")]
    page: Url,
    /// Where the PDFs go.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
}

/// A sheet that is drawn, as the page's title tells of it.
#[derive(Debug, Deserialize)]
pub(crate) struct Sheet {
    at: usize,
    of: usize,
    pub(crate) name: String,
    pub(crate) paper: String,
    /// The size of its type on the paper.
    pub(crate) points: f64,
    /// What is wrong with its lines.
    pub(crate) faults: Vec<String>,
    /// How many of two planted faults were found.
    pub(crate) planted: usize,
}

impl Sheet {
    pub(crate) fn pdf(&self, folder: &Path) -> PathBuf {
        folder.join(format!("{}.pdf", self.name))
    }
}

/// Prints every sheet, and says of each what its title said.
pub(crate) fn run(options: &Options) -> Outcome<()> {
    gtk::init().during("the display")?;
    let out = std::path::absolute(&options.out)?;
    let window = gtk::Window::new(gtk::WindowType::Toplevel);
    window.set_default_size(1000, 800);
    let view = WebView::new();
    window.add(&view);
    window.show_all();
    let done = Rc::new(Cell::new(false));
    let whole = done.clone();
    view.connect_title_notify(move |view| {
        let title = view.title().unwrap_or_default();
        // Until the page's own script runs, the title is the document's.
        if let Ok(sheet) = serde_json::from_str::<Sheet>(&title) {
            say!("{title}");
            print(view, &sheet, &out, &whole);
        } else if title.starts_with("failed") {
            say!("{title}");
            gtk::main_quit();
        }
    });
    gtk::glib::timeout_add_seconds_local_once(LIMIT_S, gtk::main_quit);
    view.load_uri(options.page.as_str());
    gtk::main();
    if done.get() {
        Ok(())
    } else {
        Err(Failure::new("not every sheet was printed"))
    }
}

/// Prints this one, then has the page draw the next.
fn print(view: &WebView, sheet: &Sheet, out: &Path, whole: &Rc<Cell<bool>>) {
    let Ok(to) = Url::from_file_path(sheet.pdf(out)) else {
        return gtk::main_quit();
    };
    let operation = PrintOperation::new(view);
    operation.set_print_settings(&settings(&to));
    operation.set_page_setup(&page_setup(&sheet.paper));
    operation.connect_failed(|_, error| {
        say!("a sheet was not printed: {error}");
        gtk::main_quit();
    });
    let (view, whole) = (view.clone(), whole.clone());
    let next = sheet.at + 1;
    let last = next == sheet.of;
    operation.connect_finished(move |_| {
        if last {
            whole.set(true);
            return gtk::main_quit();
        }
        let go = format!("location.hash = '{next}'");
        view.evaluate_javascript(&go, None, None, gtk::gio::Cancellable::NONE, |_| {});
    });
    operation.print();
}

fn settings(to: &Url) -> PrintSettings {
    let settings = PrintSettings::new();
    settings.set_printer(&gtk::glib::dgettext(Some("gtk30"), "Print to File"));
    settings.set("output-uri", Some(to.as_str()));
    settings.set("output-file-format", Some("pdf"));
    settings
}

/// The app's own margins.
fn page_setup(paper: &str) -> PageSetup {
    let (name, margin) = match paper {
        "a4" => ("iso_a4", 12.0),
        _ => ("iso_a5", 9.0),
    };
    let setup = PageSetup::new();
    setup.set_paper_size(&PaperSize::new(Some(name)));
    setup.set_top_margin(margin, Unit::Mm);
    setup.set_bottom_margin(margin, Unit::Mm);
    setup.set_left_margin(margin, Unit::Mm);
    setup.set_right_margin(margin, Unit::Mm);
    setup
}
