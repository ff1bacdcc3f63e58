/** What a widget knows of the pane it stands in. */
import { createContext } from 'svelte';
import type { Lang } from './bindings/Lang';
import type { OperatorAction } from './bindings/OperatorAction';
import type { PersonAction } from './bindings/PersonAction';
import type { VisitAction } from './bindings/VisitAction';

export interface PaneContext {
  readonly lang: Lang;
  /** `performance.now()` when the view came in: what its seconds are counted from. */
  readonly arrived: number;
  /** Put before every `data-act`. */
  readonly prefix: string;
}

export interface OperatorContext extends PaneContext {
  act(action: OperatorAction): Promise<boolean>;
  /** The person sits at the same display: nothing of somebody else's stands on it. */
  readonly beside: boolean;
  /** Which screen of which visit this is. */
  readonly place: string;
  /** The visit in front. */
  readonly visit: number | null;
  /** The sign-in name of whoever is in front. */
  readonly inFront: string | null;
  visitAct(visit: number, act: VisitAction): Promise<boolean>;
}

export interface PersonContext extends PaneContext {
  act(action: PersonAction): Promise<boolean>;
}

export const [paneContext, setPaneContext] = createContext<PaneContext>();
export const [operatorContext, setOperatorContext] = createContext<OperatorContext>();
export const [personContext, setPersonContext] = createContext<PersonContext>();
