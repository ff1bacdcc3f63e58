//! The tour's pictures, and the close look at each.

use std::path::Path;
use std::time::Instant;

use workplace::{Outcome, say};

use crate::callouts;
use crate::look;
use crate::plan::Lang;
use crate::report::Step;
use crate::route::Route;
use crate::screenshot::Screenshot;
use crate::window::SOON;

impl Route<'_> {
    /// A picture of the board, on which nothing may have to be scrolled.
    pub(crate) async fn board_picture(&mut self, screen: &str) -> Outcome<()> {
        self.picture(screen).await?;
        if self.lang != Lang::Pseudo {
            let rolls = look::scrolls(&self.window).await?;
            let name = format!("no scrolling on {screen}-{}", self.lang.code());
            self.seen.check(&name, &rolls);
        }
        Ok(())
    }

    /// The same for the operator guide, where one window shows both panes.
    async fn numbered(&mut self, screen: &str, picture: &Path) -> Outcome<()> {
        if self.display.is_some() {
            return Ok(());
        }
        if let Some(missing) = callouts::picture(&self.window, screen, picture).await? {
            let name = format!("what the guide numbers on {screen}-{}", self.lang.code());
            self.seen.check(&name, &missing);
        }
        Ok(())
    }

    /// Counts one more picture; gives where it goes.
    fn next_picture(&mut self, screen: &str) -> String {
        self.number += 1;
        format!("{:02}-{screen}-{}.png", self.number, self.lang.code())
    }

    /// Notes a picture that was taken.
    fn taken(&mut self, screen: &str, png: String) -> Outcome<()> {
        say!("  {png}");
        let lang = self.lang.code();
        let ms = u64::try_from(self.last.elapsed().as_millis())?;
        self.last = Instant::now();
        self.seen.steps.push(Step {
            n: self.number,
            screen: screen.to_owned(),
            lang: lang.to_owned(),
            png,
            ms,
        });
        self.seen.check(&format!("{screen}-{lang}"), &[]);
        Ok(())
    }

    /// A picture of the whole display once another program has drawn on it; of the user's own display one of the
    /// window only.
    pub(crate) async fn display_picture(
        &mut self,
        screen: &str,
        before: Option<&Screenshot>,
    ) -> Outcome<()> {
        let Some(before) = before else {
            return self.picture(screen).await;
        };
        let now = Screenshot::drawn_over(self.around, before, SOON)?;
        let png = self.next_picture(screen);
        now.write(&self.out.join(&png))?;
        self.taken(screen, png)
    }

    /// Takes a screen's picture and looks closely at it.
    pub(crate) async fn picture(&mut self, screen: &str) -> Outcome<()> {
        let lang = self.lang.code();
        let png = self.next_picture(screen);
        let file = self.out.join(&png);
        self.window.picture(&file).await?;
        self.taken(screen, png)?;
        self.numbered(screen, &file).await?;
        if let Some(axe) = self.axe {
            let complaints = axe.complaints(&self.window).await?;
            self.seen
                .check(&format!("WCAG 2.2 AA of {screen}-{lang}"), &complaints);
        }
        let cut = look::cut_off(&self.window).await?;
        self.seen
            .check(&format!("room for the words of {screen}-{lang}"), &cut);
        if self.lang == Lang::Pseudo {
            let words = look::hard_coded(&self.window).await?;
            self.seen
                .check(&format!("translated words on {screen}"), &words);
        }
        Ok(())
    }
}
