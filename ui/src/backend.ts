/** What the page may ask of the station. The page knows nothing else of what is behind it. */
import type { OperatorAction } from './bindings/OperatorAction';
import type { OperatorView } from './bindings/OperatorView';
import type { PersonAction } from './bindings/PersonAction';
import type { PersonView } from './bindings/PersonView';

export interface Backend {
  /** `operator`, or `person-<n>`. */
  readonly label: string;
  /** Rejects with a `TroubleView` when the station refuses. */
  operatorAct(action: OperatorAction): Promise<void>;
  operatorView(): Promise<OperatorView>;
  /** `visit` is whose screen it was when it was touched. Rejects with a `TroubleView` when the station refuses. */
  personAct(action: PersonAction, visit: number | null): Promise<void>;
  personView(): Promise<PersonView>;
  /** Calls back whenever a view may have changed, with its revision number. */
  onViewChanged(changed: (revision: number) => void): Promise<() => void>;
}
