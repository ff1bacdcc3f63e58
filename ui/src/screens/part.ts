/** What follows the registration has parts with headings of their own: which one a screen has got to. */
import type { OperatorScreen } from '../bindings/OperatorScreen';
import type { PersonScreen } from '../bindings/PersonScreen';

/** Changes with the heading, or where what was pressed is no longer there. */
export function partOf(screen: OperatorScreen | PersonScreen): string | null {
  switch (screen.screen) {
    case 'sign_in_test':
      // The operator's screen keeps its heading while the person meets something on the way.
      return `${screen.step} ${'visit' in screen ? '' : (screen.sight ?? '')}`;
    case 'use_question':
    case 'again_question':
      return screen.question;
    case 'password':
      // Where a step ends, so does its button: the heading has what is said now.
      return `${screen.step} ${screen.fate?.password ?? ''}`;
    case 'password_again':
      return screen.step;
    default:
      return null;
  }
}

/** The sign-in name that an operator's screen shows of the person in front. */
export function upnOf(screen: OperatorScreen): string | null {
  if (!('person' in screen)) return null;
  return `${screen.person.upn_local}@${screen.person.upn_domain}`;
}
