//! The visit after the person joined the roll: a password is needed again, and none comes from here (N29).

use workplace::Outcome;

use crate::after::LONG;
use crate::plan::Lang;
use crate::route::Route;
use crate::window::SOON;

impl Route<'_> {
    /// Whoever joined the roll last was given a Windows PC.
    pub(crate) async fn password_again(&mut self) -> Outcome<()> {
        let person = self.tenant.info.person("plain", 3)?;
        let upn = person.upn.clone();
        self.window.press("start_visit").await?;
        self.operator("find", SOON).await?;
        self.search(person.everyday_name()).await?;
        self.through_the_check().await?;
        self.operator("board", SOON).await?;
        let need = "[data-act=\"need-password\"]";
        self.window.sees(need, "the way to it (N29)", SOON).await?;
        self.board_picture("board-need-password").await?;
        self.window.press("need-password").await?;
        self.asked("windows").await?;
        if self.lang == Lang::Ja {
            self.reads("ja_easy", "[data-pane=\"person\"]:has(ruby)")
                .await?;
            self.reads_easy = true;
        }
        self.both("password-again-question").await?;
        self.answer("yes").await?;
        let left = "[data-pane=\"operator\"] [data-again=\"left\"]";
        self.window.sees(left, "off the roll (N29)", LONG).await?;
        self.person("password_again").await?;
        let says = "[data-pane=\"person\"] [data-says=\"pe-password-reset\"]:not(:empty)";
        let what = "where a password is set anew (N29)";
        self.window.sees(says, what, SOON).await?;
        self.both("password-again").await?;
        self.kept_off(&upn, "whoever needs a password again is off the roll (N29)")?;
        let passes = self.record()?;
        let begun = passes
            .iter()
            .rposition(|body| body["event"] == "visit_started");
        let since = passes.iter().skip(begun.unwrap_or_default());
        let made = since.filter(|body| {
            ["pass_intent", "password_change_intent"]
                .iter()
                .any(|event| body["event"] == *event)
        });
        let made: Vec<_> = made.map(ToString::to_string).collect();
        let name = format!(
            "neither a pass nor a password (N29) in {}",
            self.lang.code()
        );
        self.seen.check(&name, &made);
        self.reads_easy = false;
        self.window.press("finish").await?;
        self.operator("receipt", SOON).await?;
        self.window.press("close").await?;
        let home = "[data-pane=\"operator\"][data-screen=\"home\"]";
        self.window.turn_to(home, "what follows the visit").await?;
        self.took("a password again")
    }
}
