//! The hand-outs, printed from the real window while a pass is in sight, and read back.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use serde_json::json;
use unicode_normalization::UnicodeNormalization;
use workplace::{Failure, Outcome, output};

use crate::control::Control;
use crate::plan::Lang;
use crate::route::Route;

const SIZES: [(&str, &str); 2] = [("a4", "595 x 842"), ("a5", "420 x 595")];
const LIMIT: Duration = Duration::from_secs(45);
/// What must stand on the paper, and what its codes may hold: as in the sample configuration.
const HELP_LINE: &str = "0776-20-3660";
const STORES: [&str; 2] = [
    "https://apps.apple.com/app/microsoft-authenticator/id983156458",
    "https://play.google.com/store/apps/details?id=com.azure.authenticator",
];

impl Route<'_> {
    /// Has every hand-out made that this tour looks at, and reads each.
    pub(crate) async fn hand_outs(&mut self, pass: &str) -> Outcome<()> {
        if self.display.is_some() {
            return Ok(());
        }
        let languages: &[&str] = match self.lang {
            Lang::Ja => &["ja_easy", "en", "ja"],
            Lang::En => &["en"],
            Lang::Pseudo => &["pseudo"],
        };
        for language in languages {
            self.read_in(language).await?;
            for (size, points) in SIZES {
                let complaints = self.hand_out(language, size, points, pass).await?;
                let name = format!("paper-{size}-{language}");
                self.seen.check(&name, &complaints);
            }
        }
        Ok(())
    }

    /// Sets the person's language.
    async fn read_in(&self, language: &str) -> Outcome<()> {
        const CHOOSE: &str = "const field = document.querySelector('[data-act=\"set_person_language\"]');\
                              field.value = arguments[0];\
                              field.dispatchEvent(new Event('change', { bubbles: true }));";
        self.window.press("phone").await?;
        let field = "[data-act=\"set_person_language\"]";
        self.window
            .sees(field, "the person's language", LIMIT)
            .await?;
        self.window.script(CHOOSE, vec![json!(language)]).await?;
        self.window.press("phone_close").await
    }

    async fn hand_out(
        &mut self,
        language: &str,
        size: &str,
        points: &str,
        pass: &str,
    ) -> Outcome<Vec<String>> {
        let language = language.replace('_', "-");
        let name = format!("madoguchi-walkthrough-a-iphone-{language}-{size}.pdf");
        let pdf = self.desk.hand_outs.join(name);
        self.window.press("paper").await?;
        self.window.press(&format!("make_hand_out:{size}")).await?;
        appears(&pdf).await?;
        let done = "[data-hand-out=\"done\"]";
        self.window
            .sees(done, "the end of the hand-out", LIMIT)
            .await?;
        self.window.press("paper_close").await?;
        self.draw(&pdf, &format!("paper-{size}-{language}"))?;
        let person = self.tenant.info.person("plain", 0)?.upn.clone();
        let wanted = Wanted {
            points,
            // The stretched language is longer than any page is meant for.
            one_page: language != "pseudo",
            words: &[HELP_LINE, "apps.apple.com", "play.google.com"],
            codes: &STORES,
        };
        read(&pdf, &wanted, &[pass, &person])
    }

    /// Has the closing card that is in sight put on paper, and reads it.
    pub(crate) async fn card_on_paper(&mut self, pass: &str) -> Outcome<()> {
        if self.display.is_some() {
            return Ok(());
        }
        let language = self.lang.code();
        let pdf = format!("madoguchi-card-{language}-a5.pdf");
        let pdf = self.desk.hand_outs.join(pdf);
        self.window.press("make_hand_out:a5").await?;
        appears(&pdf).await?;
        let done = "[data-hand-out=\"done\"]";
        self.window
            .sees(done, "the end of the hand-out", LIMIT)
            .await?;
        self.draw(&pdf, &format!("paper-card-{language}"))?;
        let upn = self.tenant.info.person("plain", 0)?.upn.clone();
        let person = Control(&self.tenant.info.control).person(&upn)?;
        let name = person["display_name"].as_str().unwrap_or_default();
        let wanted = Wanted {
            points: "420 x 595",
            one_page: self.lang != Lang::Pseudo,
            words: &[HELP_LINE],
            codes: &[],
        };
        let complaints = read(&pdf, &wanted, &[pass, &upn, name])?;
        self.seen
            .check(&format!("paper-card-{language}"), &complaints);
        Ok(())
    }

    fn draw(&self, pdf: &Path, picture: &str) -> Outcome<()> {
        let mut draw = Command::new("pdftoppm");
        draw.args(["-png", "-r", "110"])
            .arg(pdf)
            .arg(self.out.join(picture));
        output(&mut draw).map(drop)
    }
}

/// What a hand-out must be.
struct Wanted<'a> {
    points: &'a str,
    one_page: bool,
    words: &'a [&'a str],
    codes: &'a [&'a str],
}

async fn appears(file: &Path) -> Outcome<()> {
    let begun = Instant::now();
    while !file.is_file() {
        if begun.elapsed() > LIMIT {
            let file = file.display();
            return Err(Failure::new(format!("there is no hand-out {file}")));
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    Ok(())
}

/// What is wrong with a hand-out that must not hold these `secrets`.
fn read(pdf: &Path, wanted: &Wanted<'_>, secrets: &[&str]) -> Outcome<Vec<String>> {
    let mut complaints = Vec::new();
    let about = output(Command::new("pdfinfo").arg(pdf))?;
    if !about.contains(wanted.points) {
        let points = wanted.points;
        complaints.push(format!("it is not {points} points: {about}"));
    }
    if wanted.one_page
        && !about
            .lines()
            .any(|line| line.split_whitespace().eq(["Pages:", "1"]))
    {
        complaints.push("it is not one page".to_owned());
    }
    let text = letters(&output(Command::new("pdftotext").arg(pdf).arg("-"))?);
    for needed in wanted.words {
        if !text.contains(&letters(needed)) {
            complaints.push(format!("{needed} is not on it"));
        }
    }
    for secret in secrets {
        if text.contains(&letters(secret)) {
            complaints.push("the pass or the person is on it".to_owned());
        }
    }
    let codes = codes(pdf)?;
    if !codes
        .iter()
        .map(String::as_str)
        .eq(wanted.codes.iter().copied())
    {
        complaints.push(format!("its codes say {codes:?}"));
    }
    Ok(complaints)
}

fn letters(text: &str) -> String {
    text.nfkc()
        .filter(|letter| !letter.is_whitespace())
        .collect()
}

/// What a camera reads from the pages.
fn codes(pdf: &Path) -> Outcome<BTreeSet<String>> {
    let folder = tempfile::tempdir()?;
    let mut draw = Command::new("pdftoppm");
    draw.args(["-gray", "-r", "200"]).arg(pdf);
    output(draw.arg(folder.path().join("page")))?;
    let mut found = BTreeSet::new();
    for page in std::fs::read_dir(folder.path())? {
        let picture = std::fs::read(page?.path())?;
        let (width, height, shades) = pgm(&picture)
            .ok_or_else(|| Failure::new("pdftoppm drew no picture of eight bits a point"))?;
        let mut image = rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| {
            shades[y * width + x]
        });
        for code in image.detect_grids() {
            found.insert(
                code.decode()
                    .map_or_else(|error| error.to_string(), |(_, said)| said),
            );
        }
    }
    Ok(found)
}

/// Width, height and points of a plain `P5` picture.
fn pgm(picture: &[u8]) -> Option<(usize, usize, &[u8])> {
    let mut head = picture.splitn(4, |byte| byte.is_ascii_whitespace());
    let kind = head.next()?;
    let mut number = || {
        std::str::from_utf8(head.next()?)
            .ok()?
            .parse::<usize>()
            .ok()
    };
    let (width, height) = (number()?, number()?);
    let shades = head.next()?.strip_prefix(b"255\n")?;
    (kind == b"P5" && shades.len() == width * height).then_some((width, height, shades))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_grey_picture_is_read() {
        assert_eq!(
            pgm(b"P5\n2 1\n255\n\x00\xff"),
            Some((2, 1, &b"\x00\xff"[..]))
        );
        assert_eq!(pgm(b"P5\n2 2\n255\n\x00\xff"), None);
        assert_eq!(pgm(b"P6\n1 1\n255\n\x00"), None);
    }

    #[test]
    fn letters_are_compared_without_their_spacing() {
        assert_eq!(letters("０７７６ - 20\n"), "0776-20");
    }
}
