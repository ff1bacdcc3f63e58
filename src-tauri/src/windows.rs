//! Windows: one function builds them all, hardened; nothing of a visit outlives the windows that showed it.

use std::time::Duration;

use onboarding::{Display, DisplayChange, Mode};
use station::{Change, Station};
use tauri::webview::{NewWindowResponse, PermissionResponse};
use tauri::{
    AppHandle, Emitter, Manager, Monitor, PhysicalSize, RunEvent, Runtime, UserAttentionType,
    WebviewUrl, WebviewWindow, WebviewWindowBuilder, WindowEvent,
};
use tokio::sync::mpsc::UnboundedReceiver;

use crate::frames::{Frame, frame_of, overlap};
use crate::own_page::is_own_page;
use crate::pages::Pages;
use crate::storage::{self, Storage};
use crate::{selection, watch};

/// The operator's first window; those that follow it carry a number.
pub const OPERATOR: &str = "operator";

/// The person's windows: the number of the visit follows.
const PERSON: &str = "person-";

/// Runs before a page's own scripts. On Linux the view refuses as well; elsewhere this is all there is.
const NO_PRINTING: &str = "Object.defineProperty(window, 'print', \
                           { value: () => {}, writable: false, configurable: false });";

/// What the site wants of its displays.
#[derive(Clone, Copy, Debug)]
pub struct Displays {
    /// A second display gets the person's window.
    pub person_window: bool,
}

/// How often the displays are counted: nothing tells of one that came or went.
const COUNT_EVERY: Duration = Duration::from_secs(2);

/// How a window stands on its display.
#[derive(Default)]
struct Place {
    /// Full screen, without borders. The operator's stays below others, for the sign-in page is a browser's.
    locked: bool,
    /// Where; the system's choice otherwise.
    frame: Option<Frame>,
}

/// Opens the windows, tells them of every change, and builds them anew after each visit, or where a page is `lost`.
pub async fn follow<R: Runtime>(
    app: AppHandle<R>,
    station: Station,
    displays: Displays,
    mut lost: UnboundedReceiver<String>,
) {
    let mut changes = station.changes();
    let mut seen = *changes.borrow_and_update();
    let mut second = open_all(&app, &station, displays, seen, None).await;
    let mut count = tokio::time::interval(COUNT_EVERY);
    loop {
        tokio::select! {
            changed = changes.changed() => if changed.is_err() { break },
            _ = count.tick() => {
                second = recount(&app, &station, displays, seen, second).await;
                continue;
            }
            Some(label) = lost.recv() => {
                replace(&app, &station, seen, second, &label).await;
                continue;
            }
        }
        let change = *changes.borrow_and_update();
        if change.closing {
            app.exit(0);
            return;
        }
        selection::empty(&app);
        if seen.signing_in && !change.signing_in {
            come_to_front(&app);
        }
        if change.rebuilds != seen.rebuilds {
            second = rebuild(&app, &station, displays, change).await;
        } else {
            // First the word, so that a page whose visit left the front hides what it showed at once.
            let _ = app.emit(
                "view-changed",
                Revision {
                    revision: change.revision,
                },
            );
            if change.person != seen.person && second.is_some() {
                replace_person(&app, &station, change, second).await;
            }
        }
        seen = change;
    }
    if !seen.closing {
        tracing::error!("the station has stopped, and nothing answers the windows any more");
        app.exit(1);
    }
}

/// No window closes by itself: whether the app ends is for the station to say, and no other window closes by hand. Only
/// where a page is lost for good does nothing speak against it.
pub fn on_event<R: Runtime>(app: &AppHandle<R>, event: RunEvent) {
    let RunEvent::WindowEvent {
        label,
        event: WindowEvent::CloseRequested { api, .. },
        ..
    } = event
    else {
        return;
    };
    api.prevent_close();
    tracing::info!(window = label, "the window was told to close");
    let lost = watch::may_close(app, &label);
    if lost && !label.starts_with(OPERATOR) {
        // Another one opens in its place with the next look at the displays.
        if let Some(window) = app.get_webview_window(&label) {
            close(&window);
        }
    } else if label.starts_with(OPERATOR) {
        let station = crate::station_of(app);
        tauri::async_runtime::spawn(async move {
            if lost {
                station.stop().await;
            } else {
                station.window_closes().await;
            }
        });
    }
}

/// The only thing an event tells: that something changed. Each window asks for its own view.
#[derive(Clone, Copy, serde::Serialize)]
struct Revision {
    revision: u64,
}

async fn open_all<R: Runtime>(
    app: &AppHandle<R>,
    station: &Station,
    displays: Displays,
    change: Change,
    frame: Option<Frame>,
) -> Option<Frame> {
    let locked = locked(station).await;
    let second = second_display(app, displays);
    let label = match change.rebuilds {
        0 => OPERATOR.to_owned(),
        number => format!("{OPERATOR}-{number}"),
    };
    report(build(app, &label, &Place { locked, frame }));
    let shown = second.is_some() && open_person(app, change, second);
    station.set_person_pane(!shown).await;
    second
}

async fn locked(station: &Station) -> bool {
    let view = station.operator_view().await;
    view.is_ok_and(|view| view.mode == Mode::Kiosk)
}

/// A page is lost: a new window takes its place, whose page knows what the station knows.
async fn replace<R: Runtime>(
    app: &AppHandle<R>,
    station: &Station,
    change: Change,
    second: Option<Frame>,
    label: &str,
) {
    let Some(lost) = app.get_webview_window(label) else {
        return;
    };
    let display = if label.starts_with(PERSON) {
        replace_person(app, station, change, second).await;
        Display::Person
    } else {
        let place = Place {
            locked: locked(station).await,
            frame: lost.outer_position().ok().zip(lost.inner_size().ok()),
        };
        let label = free_label(app, format!("{OPERATOR}-{}", change.rebuilds));
        if !report(build(app, &label, &place)) {
            return;
        }
        close(&lost);
        Display::Operator
    };
    station
        .display_changed(display, DisplayChange::Replaced)
        .await;
}

/// Looks at the displays again. The person's window follows its own, and is tried again if it could not be opened;
/// the operator's comes back from one that is gone.
async fn recount<R: Runtime>(
    app: &AppHandle<R>,
    station: &Station,
    displays: Displays,
    change: Change,
    second: Option<Frame>,
) -> Option<Frame> {
    let monitors = app.available_monitors().unwrap_or_default();
    if monitors.is_empty() {
        // The system is between two arrangements: nothing is known of them.
        return second;
    }
    bring_back(app, &monitors);
    let now = second_display(app, displays);
    let missing = now.is_some() && person_window(app).is_none();
    if now != second || missing {
        move_person(app, station, change, now).await;
    }
    now
}

/// Puts the operator's window on a display that is there, if its own was taken away.
fn bring_back<R: Runtime>(app: &AppHandle<R>, monitors: &[Monitor]) {
    let Some(window) = operator_window(app) else {
        return;
    };
    let (Ok(at), Ok(size)) = (window.outer_position(), window.outer_size()) else {
        return;
    };
    let seen = monitors
        .iter()
        .any(|monitor| overlap((at, size), frame_of(monitor)));
    if seen || window.is_minimized().unwrap_or_default() {
        return;
    }
    let full = window.is_fullscreen().unwrap_or_default();
    let Some(target) = app.primary_monitor().ok().flatten() else {
        return;
    };
    let (corner, room) = frame_of(&target);
    let size = PhysicalSize::new(size.width.min(room.width), size.height.min(room.height));
    if let Err(error) = put(&window, (corner, size)).and_then(|()| window.set_fullscreen(full)) {
        tracing::error!(%error, "the operator's window could not be brought back");
    }
}

/// The browser has done its part and lies over the app. Where the system lets no window come by itself, it marks it.
fn come_to_front<R: Runtime>(app: &AppHandle<R>) {
    let Some(window) = operator_window(app) else {
        return;
    };
    let asked = window.request_user_attention(Some(UserAttentionType::Informational));
    let here = window.unminimize().and_then(|()| window.set_focus());
    if let Err(error) = here.and(asked) {
        tracing::warn!(%error, "the window could not come to the front");
    }
}

pub(crate) fn operator_window<R: Runtime>(app: &AppHandle<R>) -> Option<WebviewWindow<R>> {
    let mut windows = app.webview_windows().into_iter();
    windows
        .find(|(label, _)| label.starts_with(OPERATOR))
        .map(|(_, window)| window)
}

pub(crate) fn person_window<R: Runtime>(app: &AppHandle<R>) -> Option<WebviewWindow<R>> {
    let mut windows = app.webview_windows().into_iter();
    windows
        .find(|(label, _)| label.starts_with(PERSON))
        .map(|(_, window)| window)
}

/// The display the person looks at: the first that is not the operator's, where the site wants one.
fn second_display<R: Runtime>(app: &AppHandle<R>, displays: Displays) -> Option<Frame> {
    if !displays.person_window {
        return None;
    }
    let monitors = app.available_monitors().unwrap_or_default();
    // Where the operator's window stands; before there is one, the primary display.
    let here = operator_window(app)
        .and_then(|window| window.current_monitor().ok().flatten())
        .or_else(|| app.primary_monitor().ok().flatten());
    let at = here
        .or(monitors.first().cloned())
        .map(|monitor| *monitor.position());
    monitors
        .iter()
        .find(|monitor| Some(*monitor.position()) != at)
        .map(frame_of)
}

/// True when the window is there.
fn open_person<R: Runtime>(app: &AppHandle<R>, change: Change, frame: Option<Frame>) -> bool {
    let place = Place {
        locked: true,
        frame,
    };
    let label = free_label(app, format!("{PERSON}{}", change.person.0));
    report(build(app, &label, &place))
}

/// `person-7`, or `person-7-2` while a window of that name is still going.
fn free_label<R: Runtime>(app: &AppHandle<R>, plain: String) -> String {
    let (mut label, mut number) = (plain.clone(), 2);
    while app.get_webview_window(&label).is_some() {
        label = format!("{plain}-{number}");
        number += 1;
    }
    label
}

/// Another visit is in front: its person gets a window that knows nothing of the one before.
async fn replace_person<R: Runtime>(
    app: &AppHandle<R>,
    station: &Station,
    change: Change,
    frame: Option<Frame>,
) {
    let earlier = app.webview_windows();
    let shown = open_person(app, change, frame);
    for (label, window) in earlier {
        if label.starts_with(PERSON) {
            close(&window);
        }
    }
    station.set_person_pane(!shown).await;
}

/// A display came, went or moved: the person's window follows it, or its pane comes beside the operator's.
async fn move_person<R: Runtime>(
    app: &AppHandle<R>,
    station: &Station,
    change: Change,
    second: Option<Frame>,
) {
    let shown = match (person_window(app), second) {
        (Some(window), Some(frame)) => {
            if let Err(error) = put(&window, frame).and_then(|()| window.set_fullscreen(true)) {
                tracing::error!(%error, "the person's window could not follow its display");
            }
            true
        }
        (Some(window), None) => {
            close(&window);
            false
        }
        (None, Some(_)) => open_person(app, change, second),
        (None, None) => false,
    };
    station.set_person_pane(!shown).await;
}

fn report<R: Runtime>(built: tauri::Result<WebviewWindow<R>>) -> bool {
    if let Err(error) = &built {
        tracing::error!(%error, "a window could not be opened");
    }
    built.is_ok()
}

/// Opens windows that know nothing, then ends every earlier page with its process.
async fn rebuild<R: Runtime>(
    app: &AppHandle<R>,
    station: &Station,
    displays: Displays,
    change: Change,
) -> Option<Frame> {
    let earlier = app.webview_windows();
    let frame = operator_window(app)
        .and_then(|window| window.outer_position().ok().zip(window.inner_size().ok()));
    let second = open_all(app, station, displays, change, frame).await;
    for window in earlier.values() {
        close(window);
    }
    let mut windows = app.webview_windows().into_iter();
    match windows.find(|(label, _)| !earlier.contains_key(label)) {
        Some((_, window)) => storage::clear(&window),
        None => tracing::error!("no window is left to empty the pages' storage by"),
    }
    second
}

/// Ends a window and its page for good.
pub(crate) fn close<R: Runtime>(window: &WebviewWindow<R>) {
    end_page(window);
    if let Err(error) = window.destroy() {
        tracing::error!(%error, "a window could not be closed");
    }
}

/// A window not yet in sight that can go nowhere, open nothing, keep nothing and ask for nothing.
pub(crate) fn hardened<'a, R: Runtime>(
    app: &'a AppHandle<R>,
    label: &str,
    page: &str,
) -> WebviewWindowBuilder<'a, R, AppHandle<R>> {
    let builder = WebviewWindowBuilder::new(app, label, WebviewUrl::App(page.into()));
    if let Some(pages) = app.try_state::<Pages>() {
        pages.opens(label);
    }
    let builder = match app.try_state::<Storage>() {
        Some(storage) => storage.serve(builder),
        None => builder,
    };
    builder
        .title("Madoguchi")
        // Only Rust prints.
        .initialization_script_for_all_frames(NO_PRINTING)
        .initialization_script_for_all_frames(selection::REFUSED)
        .on_navigation(is_own_page)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_download(|_, _| false)
        .on_permission_request(|_, _| PermissionResponse::Deny)
        .general_autofill_enabled(false)
        .zoom_hotkeys_enabled(false)
        .browser_extensions_enabled(false)
        .content_protected(true)
        .devtools(false)
        .visible(false)
}

/// Builds a window of the app and shows it in its place.
fn build<R: Runtime>(
    app: &AppHandle<R>,
    label: &str,
    place: &Place,
) -> tauri::Result<WebviewWindow<R>> {
    let mut builder = hardened(app, label, "index.html")
        .inner_size(1280.0, 800.0)
        .min_inner_size(1024.0, 700.0)
        // The keys are the operator's, whenever a window for the person opens.
        .focused(label.starts_with(OPERATOR));
    if place.locked {
        builder = builder
            .decorations(false)
            .always_on_top(!label.starts_with(OPERATOR))
            .closable(false);
    }
    let window = builder.build()?;
    if let Some(frame) = place.frame {
        put(&window, frame)?;
    }
    if place.locked {
        window.set_fullscreen(true)?;
    }
    window.show()?;
    refuse_menus(&window);
    let of_operator = label.starts_with(OPERATOR);
    let display = if of_operator {
        Display::Operator
    } else {
        Display::Person
    };
    watch::begin(&window, display);
    Ok(window)
}

fn put<R: Runtime>(window: &WebviewWindow<R>, (position, size): Frame) -> tauri::Result<()> {
    window.set_fullscreen(false)?;
    window.set_position(position)?;
    window.set_size(size)
}

/// Refuses the page's menus and dialogs, and what it wants printed: only Rust prints.
#[cfg(target_os = "linux")]
pub(crate) fn refuse_menus<R: Runtime>(window: &WebviewWindow<R>) {
    use webkit2gtk::WebViewExt;
    let refused = window.with_webview(|page| {
        let page = page.inner();
        page.connect_context_menu(|_, _, _, _| true);
        page.connect_print(|_, _| true);
        crate::toolkit::refuse_inspector(&page);
        crate::toolkit::refuse_dialogs(&page);
        crate::toolkit::refuse_chooser();
    });
    if let Err(error) = refused {
        tracing::warn!(%error, "the page's menus could not be refused");
    }
}

#[cfg(not(target_os = "linux"))]
pub(crate) fn refuse_menus<R: Runtime>(_window: &WebviewWindow<R>) {}

/// Ends the page's process. WebKit ends a WebDriver session together with a process it drives, so a view under
/// WebDriver is left to end its process by being closed; the tour checks that it does. wry's own handler of messages
/// holds the view that holds the handler, so no view would ever be freed, nor the memory its picture is in.
#[cfg(target_os = "linux")]
fn end_page<R: Runtime>(window: &WebviewWindow<R>) {
    use gtk::glib::object::ObjectExt;
    use webkit2gtk::WebViewExt;
    let _ = window.with_webview(|page| {
        let page = page.inner();
        if !page.is_controlled_by_automation() {
            page.terminate_web_process();
        }
        if let Some(messages) = page.user_content_manager() {
            // SAFETY: disposing disconnects the handlers and releases nothing else of a manager; its page has ended.
            unsafe { messages.run_dispose() };
        }
    });
}

#[cfg(not(target_os = "linux"))]
fn end_page<R: Runtime>(_window: &WebviewWindow<R>) {}
