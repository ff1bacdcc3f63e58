//! The real window through WebDriver: waiting for what is drawn, pressing, typing, taking pictures.

use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use thirtyfour::prelude::*;
use thirtyfour::{Capabilities, WindowHandle};
use workplace::{During, Failure, Outcome, say};

use crate::ear::Ear;
use crate::plan::Plan;

/// How long a screen may take to appear unless said otherwise.
pub(crate) const SOON: Duration = Duration::from_secs(30);
const LOOK_EVERY: Duration = Duration::from_millis(20);

/// The app's window as a person sees it.
pub(crate) struct Window {
    driver: WebDriver,
    /// The size the page should have.
    size: (u32, u32),
    /// The person's pane has a window of its own.
    two: bool,
    /// What a screen reader would be told is written beside each picture.
    ear: Option<Ear>,
}

/// Brings what matches to the middle of what is scrolled.
const MIDDLE: &str = "document.querySelector(arguments[0])?.scrollIntoView({ block: 'center', behavior: 'instant' })";

impl Window {
    /// Starts the app through tauri-driver.
    pub(crate) async fn open(
        server: &str,
        app: &Path,
        arguments: &[String],
        plan: &Plan,
    ) -> Outcome<Self> {
        let mut capabilities = Capabilities::new();
        capabilities.set("browserName", "wry")?;
        capabilities.set(
            "tauri:options",
            json!({ "application": app, "args": arguments }),
        )?;
        let driver = WebDriver::new(server, capabilities)
            .await
            .during("the app's window did not open")?;
        driver.set_script_timeout(Duration::from_secs(60)).await?;
        Ok(Self {
            driver,
            size: plan.size,
            two: plan.kiosk,
            ear: None,
        })
    }

    /// The same, with what a screen reader is told of it beside each picture from now on.
    pub(crate) fn heard_by(self, ear: Option<Ear>) -> Self {
        Self { ear, ..self }
    }

    /// Starts a plain browser of the same engine, at a page.
    pub(crate) async fn browse(server: &str, page: &str, size: (u32, u32)) -> Outcome<Self> {
        let mut capabilities = Capabilities::new();
        capabilities.set("browserName", "MiniBrowser")?;
        let driver = WebDriver::new(server, capabilities)
            .await
            .during("the browser did not open")?;
        driver.set_script_timeout(Duration::from_secs(60)).await?;
        driver.goto(page).await?;
        let window = Self {
            driver,
            size,
            two: false,
            ear: None,
        };
        window.fit_page().await?;
        Ok(window)
    }

    /// Makes the window as much larger than the page as its own bars need.
    async fn fit_page(&self) -> Outcome<()> {
        const INNER: &str = "return [innerWidth, innerHeight]";
        let (width, height) = self.size;
        let mut outer = (width, height);
        for _ in 0..3 {
            self.driver.set_window_rect(0, 0, outer.0, outer.1).await?;
            let wanted = format!("return innerWidth === {width} && innerHeight === {height}");
            let begun = Instant::now();
            while begun.elapsed() < Duration::from_secs(2) {
                if self.script(&wanted, Vec::new()).await? == Value::Bool(true) {
                    return Ok(());
                }
                tokio::time::sleep(LOOK_EVERY).await;
            }
            let inner: (u32, u32) = serde_json::from_value(self.script(INNER, Vec::new()).await?)?;
            outer.0 = (outer.0 + width).saturating_sub(inner.0);
            outer.1 = (outer.1 + height).saturating_sub(inner.1);
        }
        Err(Failure::new(format!(
            "the browser's page did not become {width}x{height}"
        )))
    }

    /// Puts another document in the place of the one that is open.
    pub(crate) async fn write(&self, html: &str) -> Outcome<()> {
        const WRITE: &str =
            "document.open(); document.write(arguments[0]); document.close(); return true";
        self.script(WRITE, vec![json!(html)]).await.map(drop)
    }

    /// Ends the session and with it the app.
    pub(crate) async fn close(&self) {
        // The processes are ended by their ids in any case.
        tokio::time::timeout(Duration::from_secs(10), self.driver.clone().quit())
            .await
            .ok();
    }

    /// Gives the window its size where no window manager does.
    pub(crate) async fn fit(&self) -> Outcome<()> {
        if self.two {
            return Ok(());
        }
        let (width, height) = self.size;
        let inner = self
            .script("return [innerWidth, innerHeight]", Vec::new())
            .await?;
        if inner != json!([width, height]) {
            self.driver.set_window_rect(0, 0, width, height).await?;
        }
        Ok(())
    }

    /// Runs a script in the page and gives what it returns.
    pub(crate) async fn script(&self, script: &str, arguments: Vec<Value>) -> Outcome<Value> {
        Ok(self.driver.execute(script, arguments).await?.json().clone())
    }

    /// Runs a script that calls its last argument when it is done.
    pub(crate) async fn slow_script(&self, script: &str) -> Outcome<Value> {
        let answer = self.driver.execute_async(script, Vec::<Value>::new());
        Ok(answer.await?.json().clone())
    }

    /// Waits until the page shows something that matches; `what` names it for the message.
    pub(crate) async fn sees(&self, css: &str, what: &str, limit: Duration) -> Outcome<Instant> {
        let begun = Instant::now();
        loop {
            if let Ok(true) = self.shows(css).await {
                return Ok(Instant::now());
            }
            if begun.elapsed() > limit {
                let now = self.describe().await;
                return Err(Failure::new(format!(
                    "{what} did not appear within {} s ({css}); {now}",
                    limit.as_secs()
                )));
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    /// Whether something that matches is drawn right now. A window that was replaced is found again.
    pub(crate) async fn shows(&self, css: &str) -> Outcome<bool> {
        const SHOWN: &str = "return [...document.querySelectorAll(arguments[0])]\
                             .some(e => e.getClientRects().length > 0)";
        match self.script(SHOWN, vec![json!(css)]).await {
            Ok(Value::Bool(true)) => Ok(true),
            Ok(_) if self.two => self.try_turning_to(css).await,
            Ok(_) => Ok(false),
            Err(_) => {
                self.newest().await?;
                Ok(false)
            }
        }
    }

    /// Turns to the newest window: the app builds its window anew when a visit has ended.
    async fn newest(&self) -> Outcome<()> {
        let handles: Vec<WindowHandle> = self.driver.windows().await?;
        let last = handles
            .last()
            .ok_or_else(|| Failure::new("the app has no window"))?;
        Ok(self.driver.switch_to_window(last.clone()).await?)
    }

    /// Turns to the window that shows something that matches, among all there are.
    pub(crate) async fn turn_to(&self, css: &str, what: &str) -> Outcome<()> {
        let begun = Instant::now();
        let mut met = String::new();
        while begun.elapsed() < SOON {
            match self.try_turning_to(css).await {
                Ok(true) => return Ok(()),
                Ok(false) => {}
                Err(failure) => met = failure.to_string(),
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
        let now = self.describe().await;
        Err(Failure::new(format!(
            "no window shows {what} ({css}); {now}; last problem met: {met}"
        )))
    }

    /// Where every window stands and which panes it shows: `x,y width×height panes`, in order.
    pub(crate) async fn places(&self) -> Outcome<Vec<String>> {
        const PLACE: &str = "return `${screenX},${screenY} ${innerWidth}x${innerHeight} ` + \
             [...document.querySelectorAll('[data-pane]')].map(e => e.dataset.pane).join()";
        let mut places = Vec::new();
        for handle in self.driver.windows().await? {
            self.driver.switch_to_window(handle).await?;
            let place = self.script(PLACE, Vec::new()).await?;
            places.push(place.as_str().unwrap_or_default().to_owned());
        }
        places.sort_unstable();
        Ok(places)
    }

    async fn try_turning_to(&self, css: &str) -> Outcome<bool> {
        const SHOWN: &str = "return document.querySelector(arguments[0]) !== null";
        for handle in self.driver.windows().await? {
            self.driver.switch_to_window(handle).await?;
            let shown = self.script(SHOWN, vec![json!(css)]).await?;
            if shown == Value::Bool(true) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Presses the control of an action as soon as it can be pressed.
    pub(crate) async fn press(&self, act: &str) -> Outcome<()> {
        let css = format!("[data-act=\"{act}\"]:not([disabled]):not([aria-disabled=\"true\"])");
        self.press_on(&css, &format!("the control \"{act}\"")).await
    }

    /// Presses what matches. The page may redraw in between, so a lost element is looked for again.
    pub(crate) async fn press_on(&self, css: &str, what: &str) -> Outcome<()> {
        let mut tries = 0;
        loop {
            self.sees(css, what, SOON).await?;
            match self.press_once(css).await {
                Ok(()) => return Ok(()),
                Err(failure) if tries >= 20 => return Err(failure).during(what),
                Err(_) => {
                    tries += 1;
                    // Where a foot lies over the edge of what is scrolled, a person scrolls further than that edge.
                    drop(self.script(MIDDLE, vec![json!(css)]).await);
                    tokio::time::sleep(LOOK_EVERY * 5).await;
                }
            }
        }
    }

    async fn press_once(&self, css: &str) -> Outcome<()> {
        let element = self.driver.find(By::Css(css)).await?;
        Ok(element.click().await?)
    }

    /// Types into a field as a person would, over what stands there.
    pub(crate) async fn types(&self, css: &str, text: &str) -> Outcome<()> {
        self.sees(css, "the field", SOON).await?;
        let field = self.driver.find(By::Css(css)).await?;
        field.clear().await?;
        Ok(field.send_keys(text).await?)
    }

    /// The text of every element that matches, in order.
    pub(crate) async fn texts(&self, css: &str) -> Outcome<Vec<String>> {
        const TEXTS: &str =
            "return [...document.querySelectorAll(arguments[0])].map(e => e.textContent)";
        Ok(serde_json::from_value(
            self.script(TEXTS, vec![json!(css)]).await?,
        )?)
    }

    /// Takes a picture of the page once fonts, pictures and movements have come to rest.
    pub(crate) async fn picture(&self, to: &Path) -> Outcome<()> {
        const AT_REST: &str = r"
            const done = arguments[arguments.length - 1];
            const until = performance.now() + 3000;
            const moving = () => document.getAnimations().some(a =>
                a.playState === 'running' && Number.isFinite(a.effect?.getComputedTiming().endTime));
            const look = () => {
                const loading = document.fonts.status !== 'loaded'
                    || [...document.images].some(i => !i.complete);
                if ((loading || moving()) && performance.now() < until) requestAnimationFrame(look);
                else requestAnimationFrame(() => requestAnimationFrame(() => done(true)));
            };
            requestAnimationFrame(look);";
        // WebKitGTK takes a picture at the next frame, and a page at rest draws none. So the page is made
        // to draw for a while, by a change nobody can see.
        const DRAWING: &str = r"
            const style = document.documentElement.style;
            let frames = 0;
            window.tourDraws = true;
            const draw = () => {
                frames += 1;
                style.opacity = frames % 2 ? '0.9999' : '1';
                if (window.tourDraws && frames < 300) requestAnimationFrame(draw);
                else style.removeProperty('opacity');
            };
            draw();";
        // Every frame draws the whole page, which whatever follows would have to wait for.
        const DRAWN: &str = "window.tourDraws = false";
        self.slow_script(AT_REST).await?;
        self.script(DRAWING, Vec::new()).await?;
        let png = self.driver.screenshot_as_png().await?;
        self.script(DRAWN, Vec::new()).await?;
        std::fs::write(to, png)?;
        if let Some(ear) = &self.ear {
            for thing in ear.write_beside(to)? {
                say!("  without a name in {}: {thing}", to.display());
            }
        }
        Ok(())
    }

    /// What the window shows, for messages.
    pub(crate) async fn describe(&self) -> String {
        const STATE: &str = r"
            const pane = name => {
                const e = document.querySelector(`[data-pane='${name}']`);
                return e ? { ...e.dataset } : 'absent';
            };
            const troubles = [...document.querySelectorAll('[data-trouble]')]
                .map(e => e.dataset.trouble + ' ' + e.innerText.slice(0, 200));
            return JSON.stringify({ operator: pane('operator'), person: pane('person'), troubles });";
        match self.script(STATE, Vec::new()).await {
            Ok(Value::String(state)) => format!("the window shows {state}"),
            Ok(_) => "the window shows no page of ours".to_owned(),
            Err(failure) => format!("the window does not answer: {failure}"),
        }
    }
}
