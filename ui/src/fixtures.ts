/** Views for tests and the gallery; the app itself never imports this. */
import type { Element } from './bindings/Element';
import type { Lang } from './bindings/Lang';
import type { LiveView } from './bindings/LiveView';
import type { Message } from './bindings/Message';
import type { OperatorScreen } from './bindings/OperatorScreen';
import type { OperatorView } from './bindings/OperatorView';
import type { PassView } from './bindings/PassView';
import type { PersonPass } from './bindings/PersonPass';
import type { PersonRow } from './bindings/PersonRow';
import type { PersonScreen } from './bindings/PersonScreen';
import type { PersonView } from './bindings/PersonView';
import type { RailRow } from './bindings/RailRow';
import type { StoreLink } from './bindings/StoreLink';
import type { TroubleView } from './bindings/TroubleView';

const AT = Date.UTC(2026, 10, 22, 5, 12, 0);
const UNTIL = AT + 28 * 60_000;
const visit = 7;

export const message = (key: string, args: Message['args'] = {}): Message => ({ key, args });

export const trouble = (key: string, code: string, args: Message['args'] = {}): TroubleView => ({
  message: message(`trouble-${key}`, args),
  hint: message(`trouble-${key}-do`, args),
  code,
  support: {
    client_request_id: '5e0c1c2a-6a61-4f0e-9d3f-2b1f6a7c8d90',
    request_id: 'f3a0b5de-1111-4222-8333-444455556666',
    at_unix_ms: AT,
  },
});

/** Squares that look like a code; the real ones come from the station. */
function squares(seed: number): StoreLink['qr'] {
  const modules = 33;
  let state = seed;
  let path = '';
  const square = (x: number, y: number) => (path += `M${x},${y}h1v1h-1z`);
  const inEye = (x: number, y: number) =>
    [[4, 4], [22, 4], [4, 22]].some(([ex, ey]) => x >= ex! - 1 && x < ex! + 8 && y >= ey! - 1 && y < ey! + 8); // prettier-ignore
  for (let y = 4; y < 29; y += 1) {
    for (let x = 4; x < 29; x += 1) {
      state = (state * 1103515245 + 12345) % 2147483648;
      if (!inEye(x, y) && state > 1073741824) square(x, y);
    }
  }
  for (const [ex, ey] of [
    [4, 4],
    [22, 4],
    [4, 22],
  ] as const) {
    path += `M${ex},${ey}h7v7h-7zm1,1v5h5v-5zm1,1h3v3h-3z`;
  }
  return { modules, path };
}

const stores: StoreLink[] = [
  { os: 'ios', url: 'https://apps.apple.com/app/microsoft-authenticator/id983156458', qr: squares(7) },
  {
    os: 'android',
    url: 'https://play.google.com/store/apps/details?id=com.azure.authenticator',
    qr: squares(41),
  },
];

const helps = [
  { ja: 'スマホの Teams アプリでの組織アカウントのサインイン', en: 'Signing in with your work account in the Teams app on your phone' },
  { ja: '組織が管理しない Windows からの VDI (Horizon) の起動', en: 'Starting VDI (Horizon) from a Windows device the organisation does not manage' },
  { ja: 'デバイス プロビジョニング Web システムなど、ブラウザーで使うアプリ', en: 'Browser apps such as the device-provisioning web system' },
  { ja: 'Cablechan Storage など、ブラウザーで使うアプリ', en: 'Browser apps such as Cablechan Storage' },
]; // prettier-ignore
const notUsed = [
  { ja: 'Windows のサインイン', en: 'Signing in to Windows' },
  { ja: 'SSO が働く、組織が管理するデバイス (VDI など) でのユーザー認証', en: 'Managed devices where single sign-on works, such as VDI' },
]; // prettier-ignore

const operatorFrame = (lang: Lang): Omit<OperatorView, 'screen'> => ({
  revision: 1,
  lang,
  mode: 'kiosk',
  training: true,
  help_line: '0776-20-3660',
  organisation: { ja: 'システム室', en: 'Systems Room' },
  person_pane: true,
  health: {
    host: 'counter-1',
    version: '0.1.0',
    free_disk_mb: 48_300,
    free_memory_mb: 5_120,
    drift_s: 1,
    disk_low: false,
    memory_low: false,
    drift_high: false,
  },
  operator: null,
  pending_passes: [],
  trouble: null,
});

const operator = {
  name: '窓口 太郎',
  upn: 'madoguchi.taro@cablechan.biz',
  may_issue: 'yes',
  missing_scopes: [],
} as const;

const person = { name: '山田 花子', upn_local: 'hanako-yamada', upn_domain: 'cablechan.biz' };

export const rail = (here: string): RailRow[] => {
  const ids = ['install', ...Array.from({ length: 13 }, (_, at) => `a${at + 1}`)];
  const place = ids.indexOf(here);
  return ids.map((id, at) => ({
    id,
    number: at === 0 ? null : at,
    state: at < place ? 'done' : at === place ? 'here' : 'ahead',
  }));
};

export const live = (lit: number, line: Message): LiveView => ({
  lights: (['pass_usable', 'pass_entered', 'authenticator_added', 'phone_sign_in_ready'] as const).map((light, at) => ({
    light,
    state: at < lit ? 'lit' : at === lit ? 'waiting' : 'off',
    detail: light === 'authenticator_added' && lit > 2 ? 'iPhone 15' : null,
  })),
  line,
  next_look_s: 8,
  looking: false,
  paused_since: null,
});

export const pass = (over: Partial<PassView>): PassView => ({
  stage: 'none',
  remaining_s: null,
  until: null,
  revealed_s: null,
  may_issue: true,
  may_renew: false,
  replaces: null,
  finish_s: null,
  once: true,
  ...over,
});

type Board = Extract<OperatorScreen, { screen: 'board' }>;

const board = (row: string, over: Partial<Board>): Board => ({
  screen: 'board',
  visit,
  person,
  row,
  row_number: row === 'install' ? null : Number(row.slice(1)),
  rows: 13,
  rail: rail(row),
  pass: pass({}),
  live: live(0, message('live-not-started')),
  registered: null,
  check_minutes_left: 41,
  renewals_left: 2,
  other_screen: false,
  sign_in_again: false,
  phone_os: 'ios',
  phone_lang: 'ja',
  person_lang: 'ja',
  ...over,
});

const livePass = pass({ stage: 'live', remaining_s: 1_680, until: UNTIL, may_renew: true });
const checks = [
  { id: 'staff_card', words: null, on: true, wants_voucher: false },
  { id: 'photo_id', words: null, on: false, wants_voucher: false },
  { id: 'vouching', words: null, on: true, wants_voucher: true },
  { id: 'call_back', words: { ja: '登録された番号に折り返した', en: 'Called back on the registered number' }, on: false, wants_voucher: false },
]; // prettier-ignore
const classes = [
  { class: 'organisation', domain: 'cablechan.biz' },
  { class: 'partner', domain: 'cable.fukui.jp' },
] as const;

const found: Extract<OperatorScreen, { screen: 'found' }> = {
  screen: 'found',
  visit,
  person: {
    user: '1',
    ...person,
    mail: 'h.yamada@example.jp',
    department: '営業部 第二課',
    employee_id: '104233',
    enabled: true,
    kind: 'member',
    methods: [
      { message: message('method-password') },
      { message: message('method-authenticator-push', { name: 'SH-M24' }) },
    ],
    live_pass: null,
  },
  warnings: [],
  may_continue: true,
  blocked: null,
};

const signedIn = { operator: { ...operator, missing_scopes: [] } };

/** Operator screens by name, as the gallery and the tests draw them. */
export const operatorScreens: Record<string, { screen: OperatorScreen } & Partial<OperatorView>> = {
  'not-configured': {
    screen: {
      screen: 'not_configured',
      file: '/etc/madoguchi/madoguchi.toml',
      problems: ['line 12: pass.lifetime_minutes: 5 is not between 10 and 43200', 'line 31: colour: unknown key'],
    },
  },
  welcome: { screen: { screen: 'welcome' } },
  'welcome-trouble': { screen: { screen: 'welcome' }, trouble: trouble('no-network', 'N101') },
  'welcome-health': {
    screen: { screen: 'welcome' },
    health: {
      host: 'counter-1',
      version: '0.1.0',
      free_disk_mb: 400,
      free_memory_mb: 300,
      drift_s: -95,
      disk_low: true,
      memory_low: true,
      drift_high: true,
    },
  },
  'signing-in': { screen: { screen: 'signing_in', remaining_s: 170, resumes_visit: true } },
  locked: { screen: { screen: 'locked', why: 'idle', name: '窓口 太郎' } },
  home: {
    ...signedIn,
    screen: { screen: 'home', pass_minutes: 30, pass_once: true, policy_read: true, policy_trouble: null },
  },
  'home-no': {
    operator: { ...operator, may_issue: 'cannot_tell', missing_scopes: ['Policy.Read.AuthenticationMethod'] },
    pending_passes: [{ upn: 'fctv-user@cablechan.biz', until: UNTIL }],
    screen: {
      screen: 'home',
      pass_minutes: 60,
      pass_once: false,
      policy_read: false,
      policy_trouble: message('policy-unread'),
    },
  },
  find: {
    ...signedIn,
    screen: { screen: 'find', visit, classes: [...classes], busy: false, note: null, choices: [], more: false },
  },
  'find-several': {
    ...signedIn,
    screen: {
      screen: 'find',
      visit,
      classes: [...classes],
      busy: false,
      note: message('note-width-folded'),
      choices: [
        { user: '1', name: '山田 花子', upn: 'hanako-yamada@cablechan.biz', department: '営業部', enabled: true },
        { user: '2', name: '山田 花子', upn: 'yamada-h@cable.fukui.jp', department: null, enabled: false },
      ],
      more: true,
    },
  },
  'find-not-found': {
    ...signedIn,
    trouble: trouble('not-found', 'P204'),
    screen: { screen: 'find', visit, classes: [...classes], busy: false, note: null, choices: [], more: false },
  },
  found: { ...signedIn, screen: found },
  'found-warnings': {
    ...signedIn,
    screen: {
      ...found,
      person: { ...found.person, live_pass: { age_min: 12, until: UNTIL }, kind: 'internal_guest' },
      warnings: [message('warn-synced'), message('warn-old-phone', { phone: 'SH-M24' })],
    },
  },
  'found-blocked': {
    ...signedIn,
    screen: {
      ...found,
      person: { ...found.person, enabled: false },
      may_continue: false,
      blocked: { ...trouble('person-disabled', 'P205'), support: null },
    },
  },
  check: {
    ...signedIn,
    screen: {
      screen: 'check',
      visit,
      person,
      checks,
      required: 1,
      phone_confirmed: false,
      voucher: '総務課長 鈴木',
      complete: false,
    },
  },
  'check-ready': {
    ...signedIn,
    screen: {
      screen: 'check',
      visit,
      person,
      checks: checks.map((check) => ({ ...check, on: check.id === 'staff_card' })),
      required: 1,
      phone_confirmed: true,
      voucher: '',
      complete: true,
    },
  },
  'board-install': { ...signedIn, screen: board('install', { live: live(0, message('live-install')) }) },
  'board-early': {
    ...signedIn,
    screen: board('a5', { pass: pass({ replaces: { age_min: 12, until: UNTIL } }) }),
  },
  'board-issue': { ...signedIn, screen: board('a6', {}) },
  'board-issuing': { ...signedIn, screen: board('a6', { pass: pass({ stage: 'issuing', may_issue: false }) }) },
  'board-settling': {
    ...signedIn,
    screen: board('a6', {
      pass: pass({ stage: 'settling', remaining_s: 9, until: UNTIL }),
      live: live(0, message('live-settling')),
    }),
  },
  'board-hidden': {
    ...signedIn,
    screen: board('a6', { pass: livePass, live: live(1, message('live-waiting-pass')) }),
  },
  'board-shown': {
    ...signedIn,
    screen: board('a6', { pass: { ...livePass, revealed_s: 86 }, live: live(1, message('live-waiting-pass')) }),
  },
  'board-entered': {
    ...signedIn,
    screen: board('a9', {
      pass: pass({ stage: 'entered', finish_s: 512, may_renew: true }),
      live: live(3, message('live-added', { phone: 'iPhone 15' })),
    }),
  },
  'board-expired': {
    ...signedIn,
    screen: board('a6', {
      pass: pass({ stage: 'expired', may_renew: true }),
      live: live(0, message('live-pass-expired')),
      other_screen: true,
    }),
  },
  'board-uncertain': {
    ...signedIn,
    trouble: trouble('pass-uncertain', 'T406'),
    screen: board('a6', {
      pass: pass({ stage: 'uncertain', until: UNTIL, may_issue: false }),
      live: { ...live(0, message('live-uncertain')), next_look_s: null, paused_since: AT },
      sign_in_again: true,
    }),
  },
  'board-registered': {
    ...signedIn,
    screen: board('a12', {
      pass: pass({ stage: 'entered' }),
      live: { ...live(4, message('live-ready-phone', { phone: 'iPhone 15' })), next_look_s: null },
      registered: 'phone_sign_in',
    }),
  },
  ending: { ...signedIn, screen: { screen: 'ending', visit } },
  receipt: {
    ...signedIn,
    screen: {
      screen: 'receipt',
      visit,
      end: {
        how: 'finished',
        pass: 'used',
        pass_until: null,
        name: '山田 花子',
        registered: 'phone_sign_in',
        device_name: 'iPhone 15',
        unrecorded: false,
      },
    },
  },
  'receipt-left': {
    ...signedIn,
    screen: {
      screen: 'receipt',
      visit,
      end: {
        how: 'left_unfinished',
        pass: 'left',
        pass_until: UNTIL,
        name: '山田 花子',
        registered: null,
        device_name: null,
        unrecorded: true,
      },
    },
  },
};

const element = (kind: Element['kind'], over: Partial<Element> = {}): Element => ({
  kind,
  text: null,
  detail: null,
  target: false,
  icon: null,
  ...over,
});

const rows: Record<string, Partial<PersonRow>> = {
  install: {
    number: null,
    demand: 'S14',
    kind: 'prepare',
    needs: ['store_codes'],
    tap: null,
    phone: {
      frame: 'app',
      elements: [
        element('app_bar', { text: 'store-name' }),
        element('field', { text: 'store-search', icon: 'search' }),
        element('list_item', { text: 'store-app', detail: 'store-maker', icon: 'authenticator' }),
        element('button', { text: 'store-install' }),
      ],
    },
  },
  a1: {
    tap: 'plus',
    phone: {
      frame: 'app',
      elements: [element('app_bar', { text: 'app-name' }), element('plus', { text: 'plus', target: true })],
    },
  },
  a4: { condition: 'condition-several-accounts', tap: 'use-another' },
  a5: { needs: ['sign_in_name'], tap: 'next' },
  a6: { needs: ['pass'], tap: 'sign-in' },
  a8: { needs: ['privacy'], tap: 'sign-in' },
  a9: {
    kind: 'wait',
    tap: null,
    phone: { frame: 'app', elements: [element('spinner')] },
  },
  a12: { tap: 'next' },
  a13: {
    kind: 'done',
    tap: null,
    phone: { frame: 'app', elements: [element('app_bar', { text: 'app-name' })] },
  },
};

export const row = (id: string): PersonRow => ({
  pack: 'walkthrough-a',
  id,
  demand: `S25.${id.slice(1)}`,
  number: Number(id.slice(1)),
  of: 13,
  kind: 'act',
  needs: [],
  condition: null,
  tap: null,
  phone: {
    frame: 'web',
    elements: [
      element('heading', { text: 'sign-in' }),
      element('field', { text: id === 'a6' ? 'pass' : 'sign_in_name' }),
      element('button', { text: 'next', target: true }),
    ],
  },
  phone_os: 'ios',
  phone_lang: 'ja',
  ...rows[id],
});

const walk = (id: string, over: Partial<Extract<PersonScreen, { screen: 'walk' }>> = {}): PersonScreen => ({
  screen: 'walk',
  ...person,
  mail: 'h.yamada@example.jp',
  row: row(id),
  rail: rail(id),
  stores,
  pass: { state: 'not_yet' },
  live: live(0, message('live-not-started')),
  may_next: true,
  may_back: id !== 'install',
  other_screen: false,
  ...over,
});

export const shownPass = 'k7W+x2Zq';

const shown = (value: string): PersonPass => ({
  state: 'shown',
  glyphs: [...value].map((glyph) => ({
    code: glyph.codePointAt(0) ?? 0,
    kind: /[A-Z]/.test(glyph) ? 'upper' : /[a-z]/.test(glyph) ? 'lower' : /\d/.test(glyph) ? 'digit' : 'symbol',
  })),
  remaining_s: 1_676,
  hides_in_s: 86,
});

const waiting = live(1, message('live-waiting-pass'));

/** Person screens by name. */
export const personScreens: Record<string, PersonScreen> = {
  'out-of-service': { screen: 'out_of_service' },
  welcome: { screen: 'welcome', stores, helps, not_used: notUsed },
  checking: { screen: 'checking', name: person.name },
  'walk-install': walk('install', { live: live(0, message('live-install')) }),
  'walk-a1': walk('a1'),
  'walk-a4': walk('a4'),
  'walk-a5': walk('a5', { other_screen: true }),
  'walk-a6-not-yet': walk('a6'),
  'walk-a6-coming': walk('a6', { pass: { state: 'coming' } }),
  'walk-a6-settling': walk('a6', {
    pass: { state: 'settling', remaining_s: 9 },
    live: live(0, message('live-settling')),
  }),
  'walk-a6-hidden': walk('a6', { pass: { state: 'hidden', remaining_s: 1_680, may_reveal: true }, live: waiting }),
  'walk-a6-shown': walk('a6', { pass: shown(shownPass), live: waiting }),
  'walk-a6-long': walk('a6', { pass: shown('k7W+x2Zq9#Lm4&Tb'), live: waiting }),
  'walk-a6-entered': walk('a6', {
    pass: { state: 'entered', finish_s: 590 },
    live: live(2, message('live-pass-entered')),
  }),
  'walk-a6-expired': walk('a6', { pass: { state: 'expired' }, live: live(0, message('live-pass-expired')) }),
  'walk-a6-uncertain': walk('a6', { pass: { state: 'uncertain' }, live: live(0, message('live-uncertain')) }),
  'walk-a8': walk('a8', { pass: { state: 'entered', finish_s: 560 }, live: live(2, message('live-pass-entered')) }),
  'walk-a9': walk('a9', {
    pass: { state: 'entered', finish_s: 512 },
    live: live(3, message('live-added', { phone: 'iPhone 15' })),
  }),
  'walk-a13': walk('a13', { may_next: false, live: live(3, message('live-confirming')) }),
  registered: {
    screen: 'registered',
    name: person.name,
    kind: 'phone_sign_in',
    device_name: 'iPhone 15',
    row: row('a12'),
    may_next: true,
    may_back: true,
    said_done: false,
  },
  'registered-all': {
    screen: 'registered',
    name: person.name,
    kind: 'passkey',
    device_name: null,
    row: row('a13'),
    may_next: false,
    may_back: true,
    said_done: true,
  },
  goodbye: { screen: 'goodbye', how: 'finished', helps, not_used: notUsed },
  'goodbye-unfinished': { screen: 'goodbye', how: 'left_unfinished', helps, not_used: notUsed },
};

export function operatorView(name: string, lang: Lang): OperatorView {
  const named = operatorScreens[name];
  if (!named) throw new Error(`no operator screen ${name}`);
  return { ...operatorFrame(lang), ...named };
}

export function personView(name: string, lang: Lang): PersonView {
  const screen = personScreens[name];
  if (!screen) throw new Error(`no person screen ${name}`);
  return {
    revision: 1,
    lang,
    training: true,
    help_line: '0776-20-3660',
    organisation: { ja: 'システム室', en: 'Systems Room' },
    text_size: 'normal',
    reading_aloud: false,
    screen,
  };
}
