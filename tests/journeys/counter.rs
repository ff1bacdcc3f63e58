//! A counter whose windows speak IPC.

use serde_json::{Value, json};
use station::Station;
use tauri::ipc::{CallbackFn, InvokeBody};
use tauri::test::{INVOKE_KEY, MockRuntime, get_ipc_response, mock_builder};
use tauri::webview::InvokeRequest;
use tauri::{App, WebviewWindow, WebviewWindowBuilder};
use test_station::{Browser, Tenant};

pub(crate) struct Counter {
    pub(crate) tenant: Tenant,
    pub(crate) station: Station,
    pub(crate) app: App<MockRuntime>,
    _data: tempfile::TempDir,
}

impl Counter {
    pub(crate) async fn open() -> Self {
        Self::open_with(&[]).await
    }

    /// A counter whose configuration differs from the sample in these places.
    pub(crate) async fn open_with(changes: &[(&str, &str)]) -> Self {
        let tenant = Tenant::start().await;
        let data = tempfile::tempdir().unwrap();
        let config = tenant.config(changes);
        let station = tenant.station(&config, data.path(), Browser::SignsIn(0));
        let app = madoguchi_app::app(mock_builder(), station.clone())
            .build(tauri::generate_context!(test = true))
            .unwrap();
        Self {
            tenant,
            station,
            app,
            _data: data,
        }
    }

    pub(crate) fn window(&self, label: &str) -> WebviewWindow<MockRuntime> {
        WebviewWindowBuilder::new(&self.app, label, Default::default())
            .build()
            .unwrap()
    }
}

/// Calls a command as the page of this window would.
pub(crate) fn call(
    window: &WebviewWindow<MockRuntime>,
    cmd: &str,
    body: Value,
) -> Result<Value, Value> {
    let url = if cfg!(any(windows, target_os = "android")) {
        "http://tauri.localhost"
    } else {
        "tauri://localhost"
    };
    let request = InvokeRequest {
        cmd: cmd.to_owned(),
        callback: CallbackFn(0),
        error: CallbackFn(1),
        url: url.parse().unwrap(),
        body: InvokeBody::Json(body),
        headers: Default::default(),
        invoke_key: INVOKE_KEY.to_owned(),
    };
    tokio::task::block_in_place(|| get_ipc_response(window, request))
        .map(|body| body.deserialize().unwrap())
}

/// The operator wants something.
pub(crate) fn act(window: &WebviewWindow<MockRuntime>, action: Value) -> Result<Value, Value> {
    call(window, "operator_act", json!({ "action": action }))
}
