/** One pane's view of the station: its newest view, its last refusal, and the way to want something. */
import type { TroubleView } from './bindings/TroubleView';

interface Source<View, Action> {
  view(): Promise<View>;
  act(action: Action): Promise<void>;
}

export class Pane<View extends { revision: number; screen: { screen: string } }, Action> {
  view = $state.raw<View | null>(null);
  /** `performance.now()` when the view came in. */
  arrived = $state(0);
  /** Why the last thing wanted was refused; gone with the next that is not. */
  refused = $state.raw<TroubleView | null>(null);

  readonly #source: Source<View, Action>;
  #fetching: Promise<void> | null = null;
  #again = false;
  #acts: Promise<void> = Promise.resolve();

  constructor(source: Source<View, Action>) {
    this.#source = source;
  }

  /** A view may have changed. */
  changed(revision: number): void {
    if (this.view === null || revision >= this.view.revision) void this.refresh();
  }

  /** Fetches the view; calls that come while one is under way end in one more. */
  refresh(): Promise<void> {
    if (this.#fetching) {
      this.#again = true;
      return this.#fetching;
    }
    this.#fetching = this.#load().finally(() => {
      this.#fetching = null;
    });
    return this.#fetching;
  }

  /** Wants something, one after the other. True when the station took it. */
  act(action: Action): Promise<boolean> {
    const done = this.#acts.then(() => this.#act(action));
    this.#acts = done.then(() => undefined);
    return done;
  }

  /** Tells the station something it may ignore: nothing waits for it, and nothing on the screen comes of it. */
  tell(action: Action): void {
    void this.#source.act(action).catch(() => undefined);
  }

  /** Takes a view in, unless a newer one is already shown. */
  accept(view: View): void {
    if (this.view && view.revision < this.view.revision) return;
    this.arrived = performance.now();
    this.view = view;
  }

  async #load(): Promise<void> {
    do {
      this.#again = false;
      try {
        this.accept(await this.#source.view());
      } catch (reason) {
        this.refused = troubleFrom(reason);
        return;
      }
    } while (this.#again);
  }

  async #act(action: Action): Promise<boolean> {
    try {
      await this.#source.act(action);
      this.refused = null;
    } catch (reason) {
      this.refused = troubleFrom(reason);
      return false;
    }
    await this.refresh();
    return true;
  }
}

/** A refusal as the station sends it; anything else is told as unexpected. */
export function troubleFrom(reason: unknown): TroubleView {
  if (isTrouble(reason)) return reason;
  return {
    message: { key: 'trouble-unexpected', args: {} },
    hint: { key: 'trouble-unexpected-do', args: {} },
    code: 'N106',
    support: null,
  };
}

function isTrouble(reason: unknown): reason is TroubleView {
  return typeof reason === 'object' && reason !== null && 'code' in reason && 'message' in reason && 'hint' in reason;
}
