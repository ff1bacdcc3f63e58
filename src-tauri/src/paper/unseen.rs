//! A window that nobody sees, without any permission, with a page that a hand-out is drawn on.

use std::sync::Mutex;
use std::time::Duration;

use onboarding::HandOut;
use tauri::{AppHandle, Runtime, WebviewWindow};
use tokio::sync::oneshot;

use crate::own_page::is_own_page;
use crate::windows::{close, hardened, refuse_menus};

/// What the page's title says when fonts and codes are drawn.
const DRAWN: &str = "drawn";
const DRAW_LIMIT: Duration = Duration::from_secs(20);

/// Opens the window and waits until the page says that it is drawn.
pub(super) async fn drawn<R: Runtime>(
    app: &AppHandle<R>,
    label: &str,
    page: &'static str,
    hand_out: &HandOut,
) -> Result<WebviewWindow<R>, String> {
    let (told, drawn) = oneshot::channel();
    let window = open(app, (label, page), hand_out, told).map_err(|error| error.to_string())?;
    let in_time = tokio::time::timeout(DRAW_LIMIT, drawn).await;
    if matches!(in_time, Ok(Ok(()))) {
        return Ok(window);
    }
    close(&window);
    Err("the page was not drawn in time".to_owned())
}

/// Opens the window; `told` is used when the page says that it is drawn.
fn open<R: Runtime>(
    app: &AppHandle<R>,
    (label, page): (&str, &'static str),
    hand_out: &HandOut,
    told: oneshot::Sender<()>,
) -> tauri::Result<WebviewWindow<R>> {
    let told = Mutex::new(Some(told));
    let data = serde_json::to_string(hand_out)?;
    let window = hardened(app, label, page)
        .on_navigation(move |url| is_own_page(url) && url.path() == format!("/{page}"))
        .initialization_script(format!(
            "Object.defineProperty(window, 'handOut', {{ value: {data} }});"
        ))
        .on_document_title_changed(move |_, title| {
            let told = told
                .lock()
                .ok()
                .and_then(|mut told| told.take_if(|_| title == DRAWN));
            if let Some(told) = told {
                let _ = told.send(());
            }
        })
        .focused(false)
        .skip_taskbar(true)
        .build()?;
    refuse_menus(&window);
    Ok(window)
}
