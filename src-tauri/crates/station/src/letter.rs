//! Letters to the person: from what a letter is to say to its words, in the person's language, as text and as HTML.

mod built_in;
mod page;
mod words;

use onboarding::{
    HandOut, HandOutRow, Letter, LetterKind, LetterPass, LetterWanted, MailTrouble, Picture,
    RowNeed, ServiceTime,
};

use crate::packs::readings;
use crate::ports::RowPicture;
use page::{Block, Page, Shown, Step};
use words::{Args, Words, args};

/// The picture of a row, by the row's id.
type Drawn = (String, Picture);

/// Writes a letter to this address, with what was drawn of its rows.
///
/// # Errors
/// [`MailTrouble::NameInLetter`] where the sign-in name would stand beside the pass.
pub(crate) fn write(
    wanted: &LetterWanted,
    to: &str,
    drawn: Vec<RowPicture>,
) -> Result<Letter, MailTrouble> {
    let words = Words::of(&wanted.sheet);
    let named = drawn.into_iter().enumerate().map(|(at, drawn)| {
        let cid = format!("row-{}", at + 1);
        (
            drawn.row,
            Picture {
                cid,
                png: drawn.png,
            },
        )
    });
    let drawn: Vec<_> = named.collect();
    let page = match wanted.what {
        LetterKind::Guide | LetterKind::Pass => guide(wanted, &drawn, &words),
        LetterKind::Security | LetterKind::Manager => security(wanted, &words),
    };
    let written = (page.text(), page.html());
    let pictures = drawn.into_iter().map(|(_, picture)| picture).collect();
    let letter = Letter::of(wanted, to, page.subject, written, pictures);
    letter.map_err(|_| MailTrouble::NameInLetter)
}

/// What happens, whom to call, the pass where there is one, and the way.
fn guide<'a>(wanted: &LetterWanted, drawn: &[Drawn], words: &'a Words) -> Page<'a> {
    let sheet = &wanted.sheet;
    let organisation = words.of_site(&sheet.organisation);
    let named = args(&[("organisation", &organisation)]);
    let mut page = Page::new(words, words.plain("letter-subject", &named));
    training(sheet.training, &mut page);
    page.say("letter-hello", &named);
    page.say("letter-what", &Args::new());
    match &wanted.pass {
        Some(pass) => with_pass(pass, &mut page),
        None => page.say("letter-no-pass", &Args::new()),
    }
    page.say("letter-never", &Args::new());
    page.say("letter-call", &args(&[("help_line", &sheet.help_line)]));
    app(sheet, &mut page);
    page.blocks
        .push(Block::Heading(words.say("paper-steps", &Args::new())));
    let steps = sheet.rows.iter().map(|row| {
        let picture = drawn.iter().find(|(id, _)| *id == row.id);
        step(row, picture.map(|(_, picture)| picture), words)
    });
    let steps = steps.collect();
    page.blocks.push(Block::Steps(steps));
    page.blocks
        .push(Block::Heading(words.say("paper-lost", &Args::new())));
    page.say("paper-lost-do", &Args::new());
    page.blocks.push(Block::Text(sheet.help_line.clone()));
    page
}

/// Where the app comes from: an address as it is typed, for nothing in the letter is to be followed blindly.
fn app(sheet: &HandOut, page: &mut Page) {
    let mut stores = sheet.stores.iter();
    let Some(store) = stores.find(|store| store.os == sheet.phone_os) else {
        return;
    };
    page.blocks.push(Block::Heading(page.words("paper-app")));
    page.blocks.push(Block::Text(store.url.clone()));
}

fn with_pass(pass: &LetterPass, page: &mut Page) {
    let minutes = pass.minutes().to_string();
    let valid = args(&[("from", &clock(pass.start())), ("minutes", &minutes)]);
    page.blocks.push(Block::Heading(page.words("letter-pass")));
    page.blocks
        .push(Block::Pass(pass.characters().to_owned().into()));
    page.say("letter-pass-valid", &valid);
    page.say("letter-pass-how", &Args::new());
    page.say("letter-pass-no-name", &Args::new());
    page.say("letter-pass-keep", &Args::new());
}

/// That a pass was issued, and whom to call.
fn security<'a>(wanted: &LetterWanted, words: &'a Words) -> Page<'a> {
    let sheet = &wanted.sheet;
    let organisation = words.of_site(&sheet.organisation);
    let named = args(&[("organisation", &organisation)]);
    let mut page = Page::new(words, words.plain("letter-subject-security", &named));
    training(sheet.training, &mut page);
    let name = wanted.name.as_deref().unwrap_or_default();
    let whom = args(&[("help_line", &sheet.help_line), ("name", name)]);
    page.say(
        match wanted.what {
            LetterKind::Manager => "letter-security-manager",
            LetterKind::Guide | LetterKind::Pass | LetterKind::Security => "letter-security",
        },
        &whom,
    );
    if let Some(issued) = wanted.issued {
        page.say("letter-security-when", &args(&[("from", &clock(issued))]));
    }
    page.say("letter-security-what", &Args::new());
    page.say("letter-never", &Args::new());
    page
}

fn training(training: bool, page: &mut Page) {
    if training {
        page.say("letter-training", &Args::new());
    }
}

/// A row as it stands on paper: what only a screen beside the phone can say is said otherwise.
fn step(row: &HandOutRow, picture: Option<&Picture>, words: &Words) -> Step {
    let label = row.tap.as_deref().map(|tap| words.label(tap));
    let label = label.unwrap_or_default();
    let of_row = |part: &str| words.of_pack(&format!("{}-{part}", row.id), &label);
    let names = row.needs.contains(&RowNeed::SignInName) && row.tap.is_some();
    let say = match names {
        true => Some(words.say("paper-sign-in-name", &args(&[("label", &label)]))),
        false => of_row("paper").or_else(|| of_row("say")),
    };
    let title = of_row("title").unwrap_or_default();
    let shown = picture.map(|picture| Shown {
        cid: picture.cid.clone(),
        alt: alternative(&title, row.tap.as_ref().map(|_| &*label), words),
    });
    Step {
        number: row.number,
        title,
        shown,
        say: say.unwrap_or_default(),
        condition: row
            .condition
            .as_deref()
            .map(|it| words.say(it, &Args::new())),
    }
}

/// What a picture shows, for who sees none.
fn alternative(title: &str, tap: Option<&str>, words: &Words) -> String {
    let title = readings::without(title);
    match tap {
        None => words.plain("phone-alt", &args(&[("os", words.os), ("title", &title)])),
        Some(label) => words.plain(
            "phone-alt-tap",
            &args(&[("os", words.os), ("title", &title), ("label", label)]),
        ),
    }
}

/// A moment by the clock here, and how far that is from the world's: the mail may be read elsewhere.
fn clock(at: ServiceTime) -> String {
    let Ok(at) = jiff::Timestamp::from_millisecond(at.0) else {
        return String::new();
    };
    let here = at.to_zoned_datetime(jiff::tz::TimeZone::system());
    here.strftime("%Y-%m-%d %H:%M (UTC%:z)").to_string()
}

#[cfg(test)]
mod tests;
