/** The station behind Tauri's IPC: four commands and one event. */
import { invoke } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';
import { getCurrentWebviewWindow } from '@tauri-apps/api/webviewWindow';
import type { Backend } from '../backend';
import type { OperatorView } from '../bindings/OperatorView';
import type { PersonView } from '../bindings/PersonView';

export function tauriBackend(): Backend {
  return {
    label: getCurrentWebviewWindow().label,
    operatorAct: (action) => invoke('operator_act', { action }),
    operatorView: () => invoke<OperatorView>('operator_view'),
    personAct: (action, visit) => invoke('person_act', { action, visit }),
    personView: () => invoke<PersonView>('person_view'),
    onViewChanged: (changed) =>
      listen<{ revision: number }>('view-changed', (event) => changed(event.payload.revision)),
  };
}
