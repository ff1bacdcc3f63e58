//! A letter as blocks, drawn as text and as HTML.

use zeroize::Zeroizing;

use super::words::{Args, Words};
use crate::packs::readings::{self, Piece};

/// What stands below one another.
pub(super) struct Page<'a> {
    pub(super) subject: String,
    pub(super) blocks: Vec<Block>,
    words: &'a Words,
}

pub(super) enum Block {
    Text(String),
    Heading(String),
    /// By itself, so that nothing else is taken for a part of it.
    Pass(Zeroizing<String>),
    Steps(Vec<Step>),
}

/// A step of the way.
pub(super) struct Step {
    pub(super) number: Option<u8>,
    pub(super) title: String,
    pub(super) shown: Option<Shown>,
    pub(super) say: String,
    pub(super) condition: Option<String>,
}

/// The picture beside a step.
pub(super) struct Shown {
    pub(super) cid: String,
    pub(super) alt: String,
}

const BODY: &str = "font-family:sans-serif;font-size:16px;line-height:1.6;color:#1b1b1b;background:#ffffff;max-width:40em";
/// Of a picture, in pixels of the page.
const WIDTH: u32 = 220;
const PICTURE: &str = "display:block;margin:8px 0 16px;max-width:100%;height:auto";
const PASS: &str =
    "font-family:monospace;font-size:24px;letter-spacing:2px;border:1px solid #5c5c5c;padding:8px";

impl<'a> Page<'a> {
    pub(super) fn new(words: &'a Words, subject: String) -> Self {
        Self {
            subject,
            blocks: Vec::new(),
            words,
        }
    }

    pub(super) fn say(&mut self, key: &str, args: &Args) {
        self.blocks.push(Block::Text(self.words.say(key, args)));
    }

    pub(super) fn words(&self, key: &str) -> String {
        self.words.say(key, &Args::new())
    }

    /// For whoever reads text alone; readings stand in brackets.
    pub(super) fn text(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::new());
        for block in &self.blocks {
            match block {
                Block::Text(said) => line(&mut text, "", said),
                Block::Heading(said) => line(&mut text, "■ ", said),
                Block::Pass(pass) => {
                    text.push_str("    ");
                    text.push_str(pass);
                    text.push_str("\r\n\r\n");
                }
                Block::Steps(steps) => {
                    for step in steps {
                        line(&mut text, &number(step), &step.title);
                        line(&mut text, "    ", &step.say);
                        if let Some(condition) = &step.condition {
                            line(&mut text, "    ", &format!("({condition})"));
                        }
                    }
                }
            }
        }
        text
    }

    pub(super) fn html(&self) -> Zeroizing<String> {
        let mut html = Zeroizing::new(String::new());
        let tag = escaped(self.words.tag());
        html.push_str(&format!(
            "<!DOCTYPE html><html lang=\"{tag}\"><head><meta charset=\"utf-8\"><title>{}</title></head><body style=\"{BODY}\">",
            escaped(&self.subject)
        ));
        for block in &self.blocks {
            match block {
                Block::Text(said) => element(&mut html, "p", said),
                Block::Heading(said) => element(&mut html, "h2", said),
                Block::Pass(pass) => {
                    let pass = Zeroizing::new(escaped(pass));
                    html.push_str(&format!("<p style=\"{PASS}\">"));
                    html.push_str(&pass);
                    html.push_str("</p>");
                }
                Block::Steps(steps) => {
                    html.push_str("<table role=\"presentation\">");
                    steps.iter().for_each(|step| row(&mut html, step));
                    html.push_str("</table>");
                }
            }
        }
        html.push_str("</body></html>");
        html
    }
}

fn number(step: &Step) -> String {
    match step.number {
        Some(number) => format!("{number:>2}. "),
        None => " ●  ".to_owned(),
    }
}

fn line(text: &mut String, before: &str, said: &str) {
    text.push_str(before);
    for piece in readings::pieces(said) {
        match piece {
            Piece::Plain(plain) => text.push_str(plain),
            Piece::Read { han, reading } => text.push_str(&format!("{han}({reading})")),
        }
    }
    text.push_str("\r\n");
    if before.is_empty() || before == "■ " {
        text.push_str("\r\n");
    }
}

fn row(html: &mut String, step: &Step) {
    let number = step.number.map(|number| number.to_string());
    let number = number.unwrap_or_else(|| "●".to_owned());
    html.push_str(&format!(
        "<tr><td style=\"vertical-align:top;padding:4px 12px 4px 0\"><b>{number}</b></td><td style=\"padding:4px 0\">"
    ));
    html.push_str("<b>");
    inline(html, &step.title);
    html.push_str("</b><br>");
    inline(html, &step.say);
    if let Some(condition) = &step.condition {
        html.push_str("<br><small>(");
        inline(html, condition);
        html.push_str(")</small>");
    }
    if let Some(Shown { cid, alt }) = &step.shown {
        html.push_str(&format!(
            "<br><img src=\"cid:{}\" alt=\"{}\" width=\"{WIDTH}\" style=\"{PICTURE}\">",
            escaped(cid),
            escaped(alt)
        ));
    }
    html.push_str("</td></tr>");
}

fn element(html: &mut String, name: &str, said: &str) {
    html.push_str(&format!("<{name}>"));
    inline(html, said);
    html.push_str(&format!("</{name}>"));
}

/// Words with their readings above them.
fn inline(html: &mut String, said: &str) {
    for piece in readings::pieces(said) {
        match piece {
            Piece::Plain(plain) => html.push_str(&escaped(plain)),
            Piece::Read { han, reading } => html.push_str(&format!(
                "<ruby>{}<rp>(</rp><rt>{}</rt><rp>)</rp></ruby>",
                escaped(han),
                escaped(reading)
            )),
        }
    }
}

/// Nothing of what stands there is markup.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}
