/** The sign-in name as it is being typed, for the eye only; the station composes the real one. */
import type { ClassView } from '../../bindings/ClassView';
import type { FindBy } from '../../bindings/FindBy';

export interface Preview {
  local: string;
  domain: string;
}

/** None while nothing useful is typed or a name is looked for. */
export function preview(typed: string, by: FindBy, classes: ClassView[]): Preview | null {
  const text = typed.normalize('NFKC').replace(/\s/g, '');
  if (text === '' || by === 'name') return null;
  const at = text.indexOf('@');
  if (at >= 0) return { local: text.slice(0, at), domain: text.slice(at + 1) };
  const domain = classes.find((known) => known.class === by)?.domain;
  return domain === undefined ? null : { local: text, domain };
}
