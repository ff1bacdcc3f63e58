/** A station of paper: shows the views it is given and notes what is wanted of it. */
import { render } from '@testing-library/svelte';
import { tick } from 'svelte';
import App from '../src/App.svelte';
import type { Backend } from '../src/backend';
import type { Lang } from '../src/bindings/Lang';
import type { OperatorAction } from '../src/bindings/OperatorAction';
import type { OperatorView } from '../src/bindings/OperatorView';
import type { PersonAction } from '../src/bindings/PersonAction';
import type { PersonView } from '../src/bindings/PersonView';
import type { TroubleView } from '../src/bindings/TroubleView';
import { operatorView, personView } from '../src/fixtures';

export class Station implements Backend {
  label = 'operator';
  operator: OperatorView;
  person: PersonView;
  wanted: OperatorAction[] = [];
  personWanted: PersonAction[] = [];
  /** Whose side was touched; no answer is waited for. */
  touched: ('operator' | 'person')[] = [];
  refuses: TroubleView | null = null;
  asked = { operator: 0, person: 0 };
  #changed: (revision: number) => void = () => {};

  constructor(operator = 'welcome', person = 'welcome', lang: Lang = 'ja') {
    this.operator = operatorView(operator, lang);
    this.person = personView(person, lang);
  }

  operatorAct(action: OperatorAction): Promise<void> {
    if (action.want === 'touch') {
      this.touched.push('operator');
      return Promise.resolve();
    }
    this.wanted.push(action);
    return this.refuses ? Promise.reject(this.refuses) : Promise.resolve();
  }

  operatorView(): Promise<OperatorView> {
    this.asked.operator += 1;
    return Promise.resolve(structuredClone(this.operator));
  }

  personAct(action: PersonAction, _visit?: number | null): Promise<void> {
    if (action.want === 'touch') {
      this.touched.push('person');
      return Promise.resolve();
    }
    if (action.want === 'drawn') return Promise.resolve();
    this.personWanted.push(action);
    return this.refuses ? Promise.reject(this.refuses) : Promise.resolve();
  }

  personView(): Promise<PersonView> {
    this.asked.person += 1;
    return Promise.resolve(structuredClone(this.person));
  }

  onViewChanged(changed: (revision: number) => void): Promise<() => void> {
    this.#changed = changed;
    return Promise.resolve(() => {});
  }

  /** Shows other screens and tells the page. */
  async show(operator: string | null, person: string | null): Promise<void> {
    const revision = Math.max(this.operator.revision, this.person.revision) + 1;
    const lang = this.operator.lang;
    if (operator) this.operator = operatorView(operator, lang);
    if (person) this.person = personView(person, lang);
    this.operator.revision = revision;
    this.person.revision = revision;
    this.#changed(revision);
    await settled();
  }

  tell(revision: number): Promise<void> {
    this.#changed(revision);
    return settled();
  }
}

/** Draws the whole page for a station. */
export async function draw(station: Station): Promise<HTMLElement> {
  const { container } = render(App, { props: { backend: station } });
  await settled();
  return container;
}

export async function settled(): Promise<void> {
  for (let turn = 0; turn < 12; turn += 1) {
    await Promise.resolve();
    await tick();
  }
}

export function act(container: HTMLElement, name: string): HTMLElement {
  const found = container.querySelector<HTMLElement>(`[data-act="${name}"]`);
  if (!found) throw new Error(`no control ${name}`);
  return found;
}
