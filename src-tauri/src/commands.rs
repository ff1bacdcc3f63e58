//! The whole IPC surface: two commands for each of the two panes.

use onboarding::{OperatorAction, OperatorView, PersonAction, PersonView, TroubleView, VisitId};
use station::Station;
use tauri::{Runtime, State, WebviewWindow};

use crate::pages;

type Answer<T> = Result<T, TroubleView>;

/// The operator wants something.
#[tauri::command]
pub async fn operator_act(station: State<'_, Station>, action: OperatorAction) -> Answer<()> {
    station
        .operator_act(action)
        .await
        .map_err(|trouble| TroubleView::from(&trouble))
}

/// What the operator's pane shows.
#[tauri::command]
pub async fn operator_view<R: Runtime>(
    window: WebviewWindow<R>,
    station: State<'_, Station>,
) -> Answer<OperatorView> {
    pages::page_is_there(&window);
    station
        .operator_view()
        .await
        .map_err(|trouble| TroubleView::from(&trouble))
}

/// The person wants something, on a page that showed this visit.
#[tauri::command]
pub async fn person_act<R: Runtime>(
    window: WebviewWindow<R>,
    station: State<'_, Station>,
    action: PersonAction,
    visit: Option<VisitId>,
) -> Answer<()> {
    let place = place(window.label());
    station
        .person_act_seen(place, visit, action)
        .await
        .map_err(|trouble| TroubleView::from(&trouble))
}

/// What the person's pane shows.
#[tauri::command]
pub async fn person_view<R: Runtime>(
    window: WebviewWindow<R>,
    station: State<'_, Station>,
) -> Answer<PersonView> {
    pages::page_is_there(&window);
    let place = place(window.label());
    station
        .person_view(place)
        .await
        .map_err(|trouble| TroubleView::from(&trouble))
}

/// The visit a person's window belongs to; none is the pane beside the operator's.
fn place(label: &str) -> Option<VisitId> {
    let number = label.strip_prefix("person-")?;
    let visit = number.split('-').next().unwrap_or(number);
    Some(VisitId(visit.parse().unwrap_or(0)))
}
