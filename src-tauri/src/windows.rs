//! Windows: one function builds them all, hardened; nothing of a visit outlives the windows that showed it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use onboarding::{Mode, VisitId};
use station::{Change, Station};
use tauri::webview::{NewWindowResponse, PermissionResponse};
use tauri::{AppHandle, Emitter, Manager, Monitor, RunEvent, Runtime, WebviewUrl, WebviewWindow, WebviewWindowBuilder, WindowEvent};
use tokio::sync::Notify;

/// The operator's window.
pub const OPERATOR: &str = "operator";

/// What is known of the windows that are open.
pub struct Displays {
    /// A second display gets the person's window.
    person_window: bool,
    open: AtomicUsize,
    rebuilding: AtomicBool,
    closed: Notify,
}

impl Displays {
    #[must_use]
    pub fn new(person_window: bool) -> Self {
        Self {
            person_window,
            open: AtomicUsize::new(0),
            rebuilding: AtomicBool::new(false),
            closed: Notify::new(),
        }
    }
}

/// How a window stands on its display.
struct Place {
    title: &'static str,
    /// Full screen, without borders, above everything.
    locked: bool,
    monitor: Option<Monitor>,
}

/// Opens the windows, tells them of every change, and builds them anew after each visit.
pub async fn follow<R: Runtime>(app: AppHandle<R>, station: Station, displays: Arc<Displays>) {
    let mut changes = station.changes();
    let mut seen = *changes.borrow_and_update();
    open_all(&app, &station, &displays, seen.person).await;
    while changes.changed().await.is_ok() {
        let change = *changes.borrow_and_update();
        if change.rebuilds != seen.rebuilds {
            rebuild(&app, &station, &displays, change).await;
        } else {
            let _ = app.emit("view-changed", Revision { revision: change.revision });
        }
        seen = change;
    }
}

/// Keeps count of windows; the app goes on while they are built anew.
pub fn on_event<R: Runtime>(_app: &AppHandle<R>, event: &RunEvent, displays: &Displays) {
    match event {
        RunEvent::WindowEvent { event: WindowEvent::Destroyed, .. } => {
            displays.open.fetch_sub(1, Ordering::SeqCst);
            displays.closed.notify_one();
        }
        RunEvent::ExitRequested { code: None, api, .. } if displays.rebuilding.load(Ordering::SeqCst) => {
            api.prevent_exit();
        }
        _ => {}
    }
}

/// The only thing an event tells: that something changed. Each window asks for its own view.
#[derive(Clone, Copy, serde::Serialize)]
struct Revision {
    revision: u64,
}

async fn open_all<R: Runtime>(app: &AppHandle<R>, station: &Station, displays: &Displays, person: VisitId) {
    let locked = station.operator_view().await.is_ok_and(|view| view.mode == Mode::Kiosk);
    let monitors = app.available_monitors().unwrap_or_default();
    let second = if displays.person_window { monitors.get(1).cloned() } else { None };
    station.set_person_pane(second.is_none()).await;
    let operator = Place { title: "Madoguchi", locked, monitor: None };
    report(build(app, OPERATOR, operator, displays));
    if let Some(monitor) = second {
        let place = Place { title: "Madoguchi", locked: true, monitor: Some(monitor) };
        report(build(app, &format!("person-{}", person.0), place, displays));
    }
}

fn report<R: Runtime>(built: tauri::Result<WebviewWindow<R>>) {
    if let Err(error) = built {
        tracing::error!(%error, "a window could not be opened");
    }
}

/// Ends every page with its process, then opens new ones that know nothing.
async fn rebuild<R: Runtime>(app: &AppHandle<R>, station: &Station, displays: &Displays, change: Change) {
    displays.rebuilding.store(true, Ordering::SeqCst);
    for window in app.webview_windows().into_values() {
        end_page(&window);
        if let Err(error) = window.destroy() {
            tracing::error!(%error, "a window could not be closed");
        }
    }
    while displays.open.load(Ordering::SeqCst) > 0 {
        displays.closed.notified().await;
    }
    open_all(app, station, displays, change.person).await;
    displays.rebuilding.store(false, Ordering::SeqCst);
}

/// Builds a window that can go nowhere, open nothing, keep nothing and ask for nothing.
fn build<R: Runtime>(
    app: &AppHandle<R>,
    label: &str,
    place: Place,
    displays: &Displays,
) -> tauri::Result<WebviewWindow<R>> {
    let mut builder = WebviewWindowBuilder::new(app, label, WebviewUrl::App("index.html".into()))
        .title(place.title)
        .inner_size(1280.0, 800.0)
        .min_inner_size(1024.0, 700.0)
        .incognito(!crate::AUTOMATION)
        .on_navigation(is_own_page)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_download(|_, _| false)
        .on_permission_request(|_, _| PermissionResponse::Deny)
        .general_autofill_enabled(false)
        .zoom_hotkeys_enabled(false)
        .browser_extensions_enabled(false)
        .devtools(false);
    if let Some(monitor) = &place.monitor {
        let at = monitor.position().to_logical::<f64>(monitor.scale_factor());
        builder = builder.position(at.x, at.y);
    }
    if place.locked {
        builder = builder.fullscreen(true).decorations(false).always_on_top(true).closable(false);
    }
    let window = builder.build()?;
    displays.open.fetch_add(1, Ordering::SeqCst);
    refuse_menus(&window);
    Ok(window)
}

/// Whether an address is the app's own page: scheme, host and port, nothing that merely looks like it.
fn is_own_page(url: &tauri::Url) -> bool {
    let dev = cfg!(dev) && url.scheme() == "http" && url.host_str() == Some("localhost") && url.port() == Some(5173);
    let packaged = match url.scheme() {
        "tauri" => url.host_str() == Some("localhost"),
        "http" | "https" => url.host_str() == Some("tauri.localhost"),
        _ => false,
    };
    let plain = url.username().is_empty() && url.password().is_none();
    dev || (packaged && plain && url.port().is_none())
}

#[cfg(target_os = "linux")]
fn refuse_menus<R: Runtime>(window: &WebviewWindow<R>) {
    use webkit2gtk::WebViewExt;
    let refused = window.with_webview(|page| {
        let page = page.inner();
        page.connect_context_menu(|_, _, _, _| true);
        page.connect_print(|_, _| true);
    });
    if let Err(error) = refused {
        tracing::warn!(%error, "the page's menus could not be refused");
    }
}

#[cfg(not(target_os = "linux"))]
fn refuse_menus<R: Runtime>(_window: &WebviewWindow<R>) {}

#[cfg(target_os = "linux")]
fn end_page<R: Runtime>(window: &WebviewWindow<R>) {
    use webkit2gtk::WebViewExt;
    let _ = window.with_webview(|page| page.inner().terminate_web_process());
}

#[cfg(not(target_os = "linux"))]
fn end_page<R: Runtime>(_window: &WebviewWindow<R>) {}

#[cfg(test)]
mod tests {
    use super::is_own_page;

    #[test]
    fn only_the_apps_own_page_may_be_shown() {
        let check = |url: &str, allowed: bool| {
            assert_eq!(is_own_page(&url.parse().unwrap()), allowed, "{url}");
        };
        check("tauri://localhost/index.html", true);
        check("http://tauri.localhost/", true);
        check("https://tauri.localhost/", true);
        check("http://tauri.localhost.evil.example/", false);
        check("http://tauri.localhost@evil.example/", false);
        check("http://user@tauri.localhost/", false);
        check("http://tauri.localhost:8080/", false);
        check("https://login.microsoftonline.com/", false);
        check("about:srcdoc", false);
        check("data:text/html,x", false);
        check("blob:http://tauri.localhost/x", false);
        check("file:///etc/passwd", false);
    }
}
