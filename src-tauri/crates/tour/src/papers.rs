//! `cargo xtask papers`: every hand-out in every language, with what sites may write, printed and read; and the
//! operator's card.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use workplace::{During, Failure, Outcome, Place, output, say, stream};

use crate::counts::Counts;
use crate::printer::Sheet;
use crate::sheet;
use crate::stage::Display;

/// The operator's card in each language, which the guides name.
const CARD: &str = "operator-card";
/// What a site would have to write to fill more than a page.
const TOO_MUCH: &str = "-full";
/// The lowest seventh of a page may not be left blank.
const USED: f64 = 0.85;
/// The least that the steps and the card are set in where a site writes what sites write, in points.
const LEGIBLE: f64 = 8.0;

/// What to make besides the check.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Where PDFs and pictures go.
    #[arg(long, value_name = "DIR", default_value = "papers")]
    out: PathBuf,
    /// Put the operator's card into docs.
    #[arg(long)]
    cards: bool,
    /// Leave how many sheets are as they should be, and how many are not, in this file.
    #[arg(long, value_name = "FILE", hide = true)]
    counts: Option<PathBuf>,
}

/// Prints and reads them all. True when nothing is wrong with any.
pub(crate) fn run(place: &Place, options: &Options) -> Outcome<bool> {
    let out = &options.out;
    fs::create_dir_all(out)?;
    let (page, _vite) = sheet::serve(place, "papers.html", &out.join("vite.log"))?;
    let display = Display::open(false, (1200, 1000), out)?;
    let mut printer = Command::new(std::env::current_exe()?);
    printer
        .args(["print", "--page", &page, "--out"])
        .arg(out)
        // A page's process that draws by OpenGL in software ended once in some hundred pictures.
        .env("WEBKIT_DISABLE_COMPOSITING_MODE", "1");
    display.set(&mut printer);
    let ended = stream(&mut printer, |_| false)?;
    let sheets: Vec<Sheet> = ended
        .lines
        .iter()
        .filter_map(|line| serde_json::from_str(line).ok())
        .collect();
    if !ended.ok || sheets.is_empty() {
        return Err(Failure::new(format!(
            "the sheets were not printed: {}",
            ended.lines.last().map_or("", String::as_str)
        )));
    }
    let mut failed = 0;
    for sheet in &sheets {
        let complaints = complaints(sheet, out)?;
        failed += usize::from(!complaints.is_empty());
        for complaint in complaints {
            say!("  {}: {complaint}", sheet.name);
        }
    }
    if options.cards {
        keep_cards(place, &sheets, out)?;
    }
    let passed = sheets.len() - failed;
    say!(
        "{passed} sheets are as they should be, {failed} are not; see {}",
        out.display()
    );
    if let Some(file) = &options.counts {
        Counts { passed, failed }.write(file)?;
    }
    Ok(failed == 0)
}

/// What is wrong with one that was printed; draws a picture of it as well.
fn complaints(sheet: &Sheet, out: &Path) -> Outcome<Vec<String>> {
    let pdf = sheet.pdf(out);
    let mut draw = Command::new("pdftoppm");
    draw.args(["-png", "-r", "80"]).arg(&pdf);
    output(draw.arg(pdf.with_extension("")))?;
    let mut found = sheet.faults.clone();
    if sheet.planted != 2 {
        found.push("planted faults are not found".to_owned());
    }
    let boxes = output(Command::new("pdftotext").arg("-bbox").arg(&pdf).arg("-"))?;
    let pages = boxes.matches("<page ").count();
    if sheet.name.ends_with(TOO_MUCH) {
        if pages > 2 {
            found.push(format!("it is {pages} pages"));
        }
        return Ok(found);
    }
    if pages != 1 {
        found.push(format!("it is {pages} pages"));
    }
    let used = used(&boxes).ok_or_else(|| Failure::new("pdftotext found no page"))?;
    if used < USED {
        found.push(format!("its words end at {used:.2} of the page"));
    }
    if sheet.name.ends_with("-ordinary") && sheet.points < LEGIBLE {
        found.push(format!("its type has {:.1} points", sheet.points));
    }
    Ok(found)
}

/// How far down the page the last word stands, of 1.
fn used(boxes: &str) -> Option<f64> {
    let number = |line: &str, name: &str| {
        let (_, rest) = line.split_once(&format!("{name}=\""))?;
        rest.split_once('"')?.0.parse::<f64>().ok()
    };
    let page = boxes.lines().find(|line| line.contains("<page "));
    let height = page.and_then(|line| number(line, "height"));
    let ends = boxes.lines().filter(|line| line.contains("<word "));
    let last = ends
        .filter_map(|line| number(line, "yMax"))
        .fold(0.0, f64::max);
    height.map(|height| last / height)
}

/// The guides' own copies.
fn keep_cards(place: &Place, sheets: &[Sheet], out: &Path) -> Outcome<()> {
    for sheet in sheets.iter().filter(|sheet| sheet.name.starts_with(CARD)) {
        let name = format!("{}.pdf", sheet.name);
        fs::copy(sheet.pdf(out), place.root.join("docs").join(&name)).during(&name)?;
        say!("docs/{name} is new.");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::used;

    #[test]
    fn the_last_word_tells_how_much_of_a_page_is_used() {
        let boxes = "<page width=\"420\" height=\"600\">\n\
                     <word xMin=\"1\" yMin=\"500\" xMax=\"2\" yMax=\"540.0\">b</word>\n\
                     <word xMin=\"1\" yMin=\"10\" xMax=\"2\" yMax=\"20\">a</word>\n</page>";
        assert_eq!(used(boxes), Some(0.9));
        assert_eq!(used(""), None);
    }
}
