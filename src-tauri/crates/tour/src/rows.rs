//! Every row of the walk-throughs the site offers, in the real window, each looked at and each with what else the phone may show.

use std::time::Instant;

use serde_json::json;
use workplace::{Failure, Outcome, say};

use crate::look;
use crate::plan::Lang;
use crate::route::{FIELD, Route};
use crate::window::SOON;

/// The walk-throughs as the operator's choice names them, and how the ids of their rows begin.
const WALKS: [(&str, &str); 3] = [
    ("add_account", "a"),
    ("enable_phone_sign_in", "b"),
    ("create_passkey", "c"),
];

/// What a language's tour shows on these rows: the phone's system, its language, and the language the person reads.
/// The stretched words are looked at elsewhere, so that tour reads the easy ones.
fn shown(lang: Lang) -> (&'static str, &'static str, &'static str) {
    match lang {
        Lang::Ja => ("ios", "ja", "ja"),
        Lang::En => ("android", "en", "en"),
        Lang::Pseudo => ("android", "ja", "ja_easy"),
    }
}

impl Route<'_> {
    /// A visit that goes to every row of the walk-throughs the site offers and ends without a pass.
    pub(crate) async fn every_row(&mut self) -> Outcome<()> {
        let begun = Instant::now();
        let someone = self.tenant.info.person("plain", 1)?;
        let someone = someone.everyday_name().to_owned();
        self.reach_board(&someone).await?;
        self.window.press("phone").await?;
        self.picture("phone-questions").await?;
        let (os, phone, person) = shown(self.lang);
        self.set("set_person_language", person).await?;
        self.set("set_phone:lang", phone).await?;
        self.set("set_phone:os", os).await?;
        // Each of the two lists tells the system and the language at once: what may differ comes last.
        let drawn = format!("[data-pane=\"person\"] svg[data-phone-os=\"{os}\"]");
        self.window
            .sees(&drawn, "the phone of that system", SOON)
            .await?;
        let offered = self.offered().await?;
        self.window.press("phone_close").await?;
        let (mut rows, mut sheets) = (0, 0);
        for (walk, prefix) in WALKS {
            if !offered.iter().any(|route| route == walk) {
                say!("  {walk}: not offered here, so its rows were not looked at");
                continue;
            }
            let (met, opened) = self.one_walk(walk, prefix).await?;
            rows += met;
            sheets += opened;
        }
        say!(
            "  {rows} rows and {sheets} sheets of other screens looked at, {os} in {person}, in {} s",
            begun.elapsed().as_secs()
        );
        self.leave().await
    }

    /// From the desk to the board without a keyboard; the screens on the way were looked at in the visit before.
    async fn reach_board(&mut self, someone: &str) -> Outcome<()> {
        self.window.press("start_visit").await?;
        self.operator("find", SOON).await?;
        self.search_by_touch(someone).await?;
        self.through_the_check().await
    }

    /// From the search to the board.
    pub(crate) async fn through_the_check(&mut self) -> Outcome<()> {
        self.operator("found", SOON).await?;
        self.window.press("confirm_person").await?;
        self.operator("check", SOON).await?;
        self.window
            .press_on("[data-act^=\"tick:\"]", "a way to check who someone is")
            .await?;
        self.window.press("confirm_phone").await?;
        self.window.press("confirm_check").await?;
        self.operator("board", SOON).await
    }

    /// Finds somebody on the keys on the glass.
    async fn search_by_touch(&self, someone: &str) -> Outcome<()> {
        const TOUCH: &str = "const field = document.querySelector(arguments[0]);\
            field.dispatchEvent(new PointerEvent('pointerdown', { pointerType: 'touch', bubbles: true }));\
            field.focus();";
        self.window.script(TOUCH, vec![json!(FIELD)]).await?;
        for letter in someone.chars() {
            let key = format!("[data-keys] [data-key=\"{letter}\"]");
            self.window.press_on(&key, "a key on the glass").await?;
        }
        self.window
            .press_on("[data-key=\"done\"]", "the keys put away")
            .await?;
        self.window.press("find").await
    }

    /// Back to the desk, as if the person had changed their mind.
    pub(crate) async fn leave(&mut self) -> Outcome<()> {
        self.window.press("cancel").await?;
        self.window.press("cancel_confirm").await?;
        self.operator("receipt", SOON).await?;
        self.window.press("close").await?;
        let home = "[data-pane=\"operator\"][data-screen=\"home\"]";
        self.window
            .turn_to(home, "the desk after the visit")
            .await?;
        self.person("welcome").await
    }

    /// Gives the number of rows looked at, and how many of them had other screens to choose among.
    async fn one_walk(&mut self, walk: &str, prefix: &str) -> Outcome<(usize, usize)> {
        self.window.press("phone").await?;
        self.set("choose_route", walk).await?;
        self.window.press("phone_close").await?;
        let rows = self.rows(prefix).await?;
        let mut sheets = 0;
        // From the last to the first: the first is in hand already, and its being there would say nothing.
        for row in rows.iter().rev() {
            self.go_to(row).await?;
            let name = format!("{walk} {row}");
            self.close_look(&name).await?;
            self.otherwise(&name).await?;
            sheets += usize::from(self.other_screens(&name).await?);
        }
        Ok((rows.len(), sheets))
    }

    /// What the operator's list of walk-throughs holds.
    async fn offered(&self) -> Outcome<Vec<String>> {
        const OFFERED: &str = "return [...document.querySelectorAll(\
            '[data-act=\"choose_route\"] option')].map(e => e.value)";
        let offered = self.window.script(OFFERED, Vec::new()).await?;
        Ok(serde_json::from_value(offered)?)
    }

    /// The rows of the walk-through in hand, as the operator may choose them.
    async fn rows(&self, prefix: &str) -> Outcome<Vec<String>> {
        const ROWS: &str = "return [...document.querySelectorAll('[data-act^=\"go_to:\"]')]\
                            .map(e => e.dataset.act.slice('go_to:'.length))";
        self.open_rows().await?;
        let own = format!("[data-act^=\"go_to:{prefix}\"]");
        let what = format!("the rows of the walk-through {prefix}");
        self.window.sees(&own, &what, SOON).await?;
        let rows = self.window.script(ROWS, Vec::new()).await?;
        self.window.press("rows_close").await?;
        Ok(serde_json::from_value(rows)?)
    }

    /// The list of steps. Stretched words push its control to the edge, where a press would not meet it.
    async fn open_rows(&self) -> Outcome<()> {
        const SHOW: &str =
            "document.querySelector('[data-act=\"rows\"]').scrollIntoView({ block: 'center' })";
        self.window.script(SHOW, Vec::new()).await?;
        self.window.press("rows").await
    }

    async fn go_to(&self, row: &str) -> Outcome<()> {
        self.open_rows().await?;
        self.window.press(&format!("go_to:{row}")).await?;
        // Past the pass, while there is none, the operator is asked first.
        let asks = "return document.querySelector('dialog[open] [data-act=\"go_to_without_pass\"]') !== null";
        if self.window.script(asks, Vec::new()).await? == serde_json::Value::Bool(true) {
            self.window.press("go_to_without_pass").await?;
        }
        self.row(row).await
    }

    /// The row in hand once more, as somebody wants it who sees less well: which way, depends on the tour's language.
    async fn otherwise(&mut self, name: &str) -> Outcome<()> {
        let (how, on, shown, off) = match self.lang {
            Lang::Ja => return Ok(()),
            Lang::En => (
                "more contrast",
                "person:contrast",
                "[data-pane=\"person\"][data-contrast=\"more\"]",
                "person:contrast",
            ),
            Lang::Pseudo => (
                "largest text",
                "person:set_text_size:largest",
                "[data-act=\"person:set_text_size:largest\"][aria-pressed=\"true\"]",
                "person:set_text_size:normal",
            ),
        };
        self.window.press(on).await?;
        self.window.sees(shown, how, SOON).await?;
        self.close_look(&format!("{name}, {how}")).await?;
        self.window.press(off).await?;
        let gone = format!("body:not(:has({shown}))");
        self.window
            .sees(&gone, "the row as before", SOON)
            .await
            .map(drop)
    }

    /// Opens what else the phone may show at this row. False when the row has nothing to choose among.
    async fn other_screens(&mut self, name: &str) -> Outcome<bool> {
        self.window.press("person:other_screen").await?;
        let told =
            "[data-pane=\"person\"]:is([data-shows=\"different\"], [data-shows=\"unknown\"])";
        self.window
            .sees(told, "what else the phone may show", SOON)
            .await?;
        let sheet = "[data-pane=\"person\"][data-shows=\"different\"]";
        let has = self.window.shows(sheet).await?;
        self.close_look(&format!("{name}, another screen")).await?;
        Ok(has)
    }

    /// What breaks AA, is cut off or lies under something else on the person's row in hand.
    async fn close_look(&mut self, name: &str) -> Outcome<()> {
        let (_, _, person) = shown(self.lang);
        if let Some(axe) = self.axe {
            let complaints = axe.complaints(&self.window).await?;
            self.seen
                .check(&format!("WCAG 2.2 AA of {name}-{person}"), &complaints);
        }
        let cut = look::cut_off(&self.window).await?;
        self.seen
            .check(&format!("room for the words of {name}-{person}"), &cut);
        Ok(())
    }

    /// Chooses in a list, as a person would.
    async fn set(&self, act: &str, value: &str) -> Outcome<()> {
        const CHOOSE: &str = "const list = document.querySelector(arguments[0]);\
            list.value = arguments[1];\
            if (list.value !== arguments[1]) return false;\
            list.dispatchEvent(new Event('change', { bubbles: true }));\
            return true";
        let css = format!("select[data-act=\"{act}\"]");
        self.window
            .sees(&css, &format!("the list \"{act}\""), SOON)
            .await?;
        let chosen = self
            .window
            .script(CHOOSE, vec![json!(css), json!(value)])
            .await?;
        if chosen == json!(true) {
            return Ok(());
        }
        Err(Failure::new(format!("\"{act}\" does not offer {value}")))
    }
}
