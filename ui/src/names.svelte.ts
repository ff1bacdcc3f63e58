/**
 * Names of people who were here before. Where the next one looks at the same display they are initials, as in the list of
 * visits, until the operator asks for them; on another screen, or with another visit, they are initials again.
 */
import type { OperatorContext } from './paneContext';

export class EarlierNames {
  #ctx: OperatorContext;
  #asked = $state<string | null>(null);

  constructor(ctx: OperatorContext) {
    this.#ctx = ctx;
  }

  /** Whether anybody could read them who should not. */
  get kept(): boolean {
    return this.#ctx.beside;
  }

  get shown(): boolean {
    return !this.kept || this.#asked === this.#ctx.place;
  }

  press(): void {
    this.#asked = this.shown ? null : this.#ctx.place;
  }

  name(name: string): string {
    return this.shown ? name : initials(name);
  }

  /** A sign-in name; that of whoever is in front stands on the screen anyway. */
  upn(upn: string): string {
    return this.shown || upn === this.#ctx.inFront ? upn : `${[...upn][0] ?? ''}…`;
  }
}

/** The first character of the first two parts of a name. */
export function initials(name: string): string {
  const parts = name.split(/\s+/).filter((part) => part !== '');
  return parts
    .slice(0, 2)
    .map((part) => [...part][0])
    .join('');
}
