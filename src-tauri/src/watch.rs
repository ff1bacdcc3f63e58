//! Looks after the pages in the windows: one that died or answers no more is covered by a page that needs no web view,
//! and a new window takes its place. What a display shows that is not ours to draw any more is nothing.

mod cover;
mod rounds;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use onboarding::{Display, DisplayChange};
use station::Station;
use tauri::{AppHandle, Manager, Runtime, WebviewWindow};
use tokio::sync::mpsc;
use tokio::time::{Instant, MissedTickBehavior};

use cover::Words;
use rounds::{Act, LIMIT, LIMIT_UNDER_WEBDRIVER, PageNumber, Pages, ROUND};

/// A round, or the main loop in it, is late by so much and does not count.
const LATE: Duration = Duration::from_millis(250);

/// The pages that are looked after; kept by the app.
#[derive(Debug)]
pub(crate) struct Watch {
    told: mpsc::UnboundedSender<Told>,
    seen: Mutex<Seen>,
}

/// What is known of the windows by their labels.
#[derive(Debug, Default)]
struct Seen {
    last: PageNumber,
    /// The page under each label.
    pages: BTreeMap<String, PageNumber>,
    /// Labels whose page was there before its window was known here.
    early: BTreeSet<String>,
    /// Labels of windows whose page is lost for good.
    closable: BTreeSet<String>,
}

/// What every page is asked. An answer alone says that it lives; this says, too, whether a pass is on it.
const QUESTION: &str = "document.querySelector('[data-pass-value]') === null ? 1 : 2";

/// What a page says of itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Answer {
    shows_pass: bool,
}

impl Answer {
    /// Nothing where the page could not answer.
    fn read(said: &str) -> Option<Self> {
        let shows_pass = match said {
            "1" => false,
            "2" => true,
            _ => return None,
        };
        Some(Self { shows_pass })
    }
}

/// What is heard of the pages.
#[derive(Debug)]
pub(crate) enum Told {
    Opened {
        number: PageNumber,
        label: String,
        display: Display,
    },
    /// WebDriver holds it.
    UnderWebDriver(PageNumber),
    IsThere(PageNumber),
    /// A question came back, with or without the answer.
    CameBack(PageNumber, Option<Answer>),
    Died(PageNumber),
}

impl Watch {
    /// What the app keeps, and what [`run`] hears.
    pub(crate) fn new() -> (Self, mpsc::UnboundedReceiver<Told>) {
        let (told, hears) = mpsc::unbounded_channel();
        let seen = Mutex::default();
        (Self { told, seen }, hears)
    }

    fn seen(&self) -> std::sync::MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn tell(&self, told: Told) {
        // Where nobody hears, nothing is looked after: a test without windows.
        let _ = self.told.send(told);
    }
}

/// Looks after the page of a window that was just built.
pub(crate) fn begin<R: Runtime>(window: &WebviewWindow<R>, display: Display) {
    let Some(watch) = window.try_state::<Watch>() else {
        return;
    };
    let label = window.label().to_owned();
    let number = {
        let mut seen = watch.seen();
        seen.last += 1;
        let number = seen.last;
        seen.pages.insert(label.clone(), number);
        seen.closable.remove(&label);
        let is_there = seen.early.remove(&label);
        // While nobody else can say anything of this page.
        watch.tell(Told::Opened {
            number,
            label,
            display,
        });
        if is_there {
            watch.tell(Told::IsThere(number));
        }
        number
    };
    look_into(window, watch.told.clone(), number);
}

/// The page in a window asked for its view, so from now on it answers.
pub(crate) fn page_is_there<R: Runtime>(window: &WebviewWindow<R>) {
    if let Some(watch) = window.try_state::<Watch>() {
        let mut seen = watch.seen();
        match seen.pages.get(window.label()).copied() {
            Some(number) => watch.tell(Told::IsThere(number)),
            None => drop(seen.early.insert(window.label().to_owned())),
        }
    }
}

/// Whether the page of this window is lost for good, so that nothing speaks against closing it.
pub(crate) fn may_close<R: Runtime>(app: &AppHandle<R>, label: &str) -> bool {
    let watch = app.try_state::<Watch>();
    watch.is_some_and(|watch| watch.seen().closable.contains(label))
}

/// Looks after the pages until the app ends. Labels of windows that need a new one in their place go to `replace`.
pub(crate) async fn run<R: Runtime>(
    app: AppHandle<R>,
    station: Station,
    mut hears: mpsc::UnboundedReceiver<Told>,
    replace: mpsc::UnboundedSender<String>,
) {
    let mut rounds = Rounds::new(app, station, replace);
    // tokio's clock stands still while the machine sleeps; where it does not, the first round is late.
    let mut clock = tokio::time::interval(ROUND);
    clock.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            biased;
            told = hears.recv() => match told {
                Some(told) => rounds.hear(told),
                None => break,
            },
            _ = clock.tick() => rounds.round(),
        }
    }
}

/// The task that looks after them.
struct Rounds<R: Runtime> {
    app: AppHandle<R>,
    station: Station,
    replace: mpsc::UnboundedSender<String>,
    pages: Pages,
    labels: BTreeMap<PageNumber, String>,
    /// Questions that have not come back: nobody is asked twice at a time.
    asked: BTreeSet<PageNumber>,
    begun: Instant,
    last: Instant,
    main: MainLoop,
}

impl<R: Runtime> Rounds<R> {
    fn new(app: AppHandle<R>, station: Station, replace: mpsc::UnboundedSender<String>) -> Self {
        let now = Instant::now();
        Self {
            app,
            station,
            replace,
            pages: Pages::default(),
            labels: BTreeMap::new(),
            asked: BTreeSet::new(),
            begun: now,
            last: now,
            main: MainLoop::new(now),
        }
    }

    fn hear(&mut self, told: Told) {
        let (number, act) = match told {
            Told::Opened {
                number,
                label,
                display,
            } => {
                self.pages.opened(number, display, LIMIT);
                self.labels.insert(number, label);
                return;
            }
            Told::UnderWebDriver(number) => {
                self.pages.may_be_silent(number, LIMIT_UNDER_WEBDRIVER);
                return;
            }
            Told::IsThere(number) => {
                self.pages.is_there(number);
                return;
            }
            Told::CameBack(number, answer) => {
                self.asked.remove(&number);
                let act = answer.and_then(|said| self.pages.answered(number, said.shows_pass));
                (number, act)
            }
            Told::Died(number) => (number, self.pages.died(number)),
        };
        if let Some(act) = act {
            self.perform(number, act);
        }
        self.mark(number);
    }

    fn round(&mut self) {
        let now = Instant::now();
        let took = now - self.last;
        self.last = now;
        let late = took > ROUND + LATE || self.main.was_late(now);
        self.forget_closed();
        let counted = if late { Duration::ZERO } else { took };
        for (number, act) in self.pages.round(now - self.begun, counted) {
            self.perform(number, act);
            self.mark(number);
        }
        self.ask();
        self.main.ask(&self.app);
    }

    /// A window that is gone, or another under its label, takes its page along.
    fn forget_closed(&mut self) {
        let windows = self.app.webview_windows();
        let current: BTreeSet<PageNumber> = match self.app.try_state::<Watch>() {
            Some(watch) => {
                let mut seen = watch.seen();
                seen.pages.retain(|label, _| windows.contains_key(label));
                seen.closable.retain(|label| windows.contains_key(label));
                seen.pages.values().copied().collect()
            }
            None => BTreeSet::new(),
        };
        self.labels.retain(|number, _| {
            let kept = current.contains(number);
            if !kept {
                self.pages.closed(*number);
                self.asked.remove(number);
            }
            kept
        });
    }

    fn ask(&mut self) {
        let Some(watch) = self.app.try_state::<Watch>() else {
            return;
        };
        let free: Vec<PageNumber> = self
            .pages
            .to_ask()
            .filter(|number| !self.asked.contains(number))
            .collect();
        for number in free {
            let Some(window) = self.window(number) else {
                continue;
            };
            let told = watch.told.clone();
            let sent = window.eval_with_callback(QUESTION, move |said| {
                let _ = told.send(Told::CameBack(number, Answer::read(&said)));
            });
            if sent.is_ok() {
                self.asked.insert(number);
            }
        }
    }

    fn window(&self, number: PageNumber) -> Option<WebviewWindow<R>> {
        self.app.get_webview_window(self.labels.get(&number)?)
    }

    fn perform(&mut self, number: PageNumber, act: Act) {
        let (Some(label), Some(display)) = (self.labels.get(&number), self.pages.display(number))
        else {
            return;
        };
        let window = self.app.get_webview_window(label);
        tracing::warn!(window = label, ?act, "a page is lost, or back");
        match act {
            Act::Cover(how) => {
                cover(window, Words::Waiting);
                self.tell_station(display, DisplayChange::Lost(how));
            }
            Act::Hide => self.tell_station(display, DisplayChange::Back),
            Act::Uncover => {
                self.tell_station(display, DisplayChange::Back);
                uncover(window);
            }
            Act::Replace => {
                let _ = self.replace.send(label.clone());
            }
            Act::GiveUp => {
                cover(window, Words::WhatToDo);
                self.tell_station(display, DisplayChange::GivenUp);
            }
        }
    }

    /// Whether its window may be closed.
    fn mark(&self, number: PageNumber) {
        let (Some(label), Some(watch)) = (self.labels.get(&number), self.app.try_state::<Watch>())
        else {
            return;
        };
        let mut seen = watch.seen();
        if self.pages.is_beyond_help(number) {
            seen.closable.insert(label.clone());
        } else {
            seen.closable.remove(label);
        }
    }

    /// The windows do not wait for the station.
    fn tell_station(&self, display: Display, change: DisplayChange) {
        let station = self.station.clone();
        tauri::async_runtime::spawn(async move { station.display_changed(display, change).await });
    }
}

/// Whether the loop that draws the windows keeps up: it carries questions and answers.
struct MainLoop {
    begun: Instant,
    asked: Instant,
    /// Milliseconds from the beginning until it last came round.
    came_round_ms: Arc<AtomicU64>,
}

impl MainLoop {
    fn new(now: Instant) -> Self {
        Self {
            begun: now,
            asked: now,
            came_round_ms: Arc::default(),
        }
    }

    /// Whether it has not come round since it was asked, or not soon.
    fn was_late(&self, now: Instant) -> bool {
        let came = Duration::from_millis(self.came_round_ms.load(Ordering::Relaxed));
        let asked = self.asked - self.begun;
        // Both in whole milliseconds, so that one that came at once does not seem to be from before.
        match came.checked_sub(Duration::from_millis(
            u64::try_from(asked.as_millis()).unwrap_or(u64::MAX),
        )) {
            Some(took) => took > LATE,
            None => now - self.asked > LATE,
        }
    }

    fn ask<R: Runtime>(&mut self, app: &AppHandle<R>) {
        let (begun, came) = (self.begun, self.came_round_ms.clone());
        self.asked = Instant::now();
        let _ = app.run_on_main_thread(move || {
            let ms = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
            came.store(ms, Ordering::Relaxed);
        });
    }
}

#[cfg(target_os = "linux")]
fn cover<R: Runtime>(window: Option<WebviewWindow<R>>, words: Words) {
    on_page(window, move |page| cover::show(page, words));
}

#[cfg(target_os = "linux")]
fn uncover<R: Runtime>(window: Option<WebviewWindow<R>>) {
    on_page(window, cover::away);
}

#[cfg(target_os = "linux")]
fn on_page<R: Runtime>(
    window: Option<WebviewWindow<R>>,
    then: impl FnOnce(&webkit2gtk::WebView) + Send + 'static,
) {
    let Some(window) = window else { return };
    if let Err(error) = window.with_webview(move |page| then(&page.inner())) {
        tracing::error!(%error, "a page could not be reached");
    }
}

/// Hears of the page's death from now on, and sees whether WebDriver holds it.
#[cfg(target_os = "linux")]
fn look_into<R: Runtime>(
    window: &WebviewWindow<R>,
    told: mpsc::UnboundedSender<Told>,
    number: PageNumber,
) {
    use webkit2gtk::{WebProcessTerminationReason, WebViewExt};
    on_page(Some(window.clone()), move |page| {
        if page.is_controlled_by_automation() {
            let _ = told.send(Told::UnderWebDriver(number));
        }
        page.connect_web_process_terminated(move |page, reason| {
            // Our own way to end a page for good.
            if reason == WebProcessTerminationReason::TerminatedByApi {
                return;
            }
            // At once, whatever else is to be done: what stands there is the last thing the page drew.
            cover::show_where_none_stands(page, Words::Waiting);
            let _ = told.send(Told::Died(number));
        });
    });
}

/// Without a page of its own a window that shows nothing is hidden.
#[cfg(not(target_os = "linux"))]
fn cover<R: Runtime>(window: Option<WebviewWindow<R>>, _words: Words) {
    if let Some(Err(error)) = window.map(|window| window.hide()) {
        tracing::error!(%error, "a window could not be hidden");
    }
}

#[cfg(not(target_os = "linux"))]
fn uncover<R: Runtime>(window: Option<WebviewWindow<R>>) {
    if let Some(Err(error)) = window.map(|window| window.show()) {
        tracing::error!(%error, "a window could not be shown again");
    }
}

/// Nothing tells of a death here: it is found by its silence.
#[cfg(not(target_os = "linux"))]
fn look_into<R: Runtime>(
    _window: &WebviewWindow<R>,
    _told: mpsc::UnboundedSender<Told>,
    _number: PageNumber,
) {
}

#[cfg(test)]
mod tests {
    use super::*;

    const GLYPHS: &str = include_str!("../../ui/src/widgets/PassGlyphs.svelte");

    /// The question asks for what the page marks.
    #[test]
    fn a_page_knows_whether_a_pass_is_on_it_f20() {
        let (_, mark) = QUESTION.split_once("[").unwrap();
        let (mark, _) = mark.split_once("]").unwrap();
        assert!(GLYPHS.contains(mark), "{mark}");
        let shows = |said: &str| Answer::read(said).map(|answer| answer.shows_pass);
        assert_eq!((shows("1"), shows("2")), (Some(false), Some(true)));
        assert_eq!((shows(""), shows("null"), shows("3")), (None, None, None));
    }
}
