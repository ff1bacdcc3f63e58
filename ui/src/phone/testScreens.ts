/** What a phone or a browser may show while a sign-in is tried: drawn beside the words that say what to do. */
import type { Element } from '../bindings/Element';
import type { PhoneScreen } from '../bindings/PhoneScreen';

const part = (kind: Element['kind'], text: string | null = null, more: Partial<Element> = {}): Element => ({
  kind,
  text,
  detail: null,
  target: false,
  icon: null,
  ...more,
});

const password = (remedy: boolean): PhoneScreen => ({
  frame: 'web',
  elements: [
    part('heading', 'enter-password'),
    part('field', 'password-here'),
    part('link', 'use-app', { target: remedy }),
    part('button', 'sign-in'),
  ],
});

export type TestScreen = 'before' | 'after' | 'password_asked' | 'no_notification' | 'other_screen';

/** By what each shows; its texts are labels that all walk-throughs share. */
export const testScreens: Record<TestScreen, PhoneScreen> = {
  before: password(false),
  after: { frame: 'web', elements: [part('check'), part('heading', 'test-passed')] },
  password_asked: password(true),
  no_notification: {
    frame: 'app',
    elements: [
      part('app_bar', 'app-name'),
      part('account', 'organisation-account', { icon: 'work' }),
      part('text', 'none-waiting'),
      part('spacer'),
      part('button', 'check-notifications', { target: true }),
    ],
  },
  other_screen: {
    frame: 'web',
    elements: [
      part('illustration', null, { icon: 'passkey' }),
      part('heading', 'create-passkey'),
      part('button', 'next'),
      part('link', 'skip-for-now', { target: true }),
    ],
  },
};
