/** What follows the registration: the test, the question, the password, the card. */
import { cleanup, fireEvent } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import type { AfterAction } from '../src/bindings/AfterAction';
import type { Lang } from '../src/bindings/Lang';
import type { OperatorAction } from '../src/bindings/OperatorAction';
import type { PersonAction } from '../src/bindings/PersonAction';
import { operatorScreens, personScreens } from '../src/fixtures';
import { person as who, visit } from '../src/fixtures/parts';
import { fateKey } from '../src/screens/operator/after/tested';
import { adopt, word } from '../src/words';
import { act, draw, settled, Station } from './station';

const languages: Lang[] = ['ja', 'en'];
const pane = (container: HTMLElement, name: string) => {
  const found = container.querySelector<HTMLElement>(`[data-pane="${name}"]`);
  if (!found) throw new Error(`no pane ${name}`);
  return found;
};
const acts = (container: HTMLElement) =>
  [...container.querySelectorAll<HTMLElement>('[data-act]')].map((control) => control.dataset.act);

/** What is wanted after these controls were pressed, one after the other. */
async function operatorWants(screen: string, ...controls: string[]): Promise<OperatorAction[]> {
  const station = new Station(screen, 'welcome');
  const container = await draw(station);
  for (const name of controls) {
    await fireEvent.click(act(container, name));
    await settled();
  }
  return station.wanted;
}

async function personWants(screen: string, control: string): Promise<PersonAction[]> {
  const station = new Station('ending', screen);
  const container = await draw(station);
  await fireEvent.click(act(container, `person:${control}`));
  await settled();
  return station.personWanted;
}

const ofVisit = (wanted: AfterAction | { do: 'finish'; leave_pass: boolean }): OperatorAction[] => [
  { want: 'visit', visit, act: wanted },
];

describe('once registered, the sign-in can be tried', () => {
  test('in front the first place, quietly the other, and no end without a reason', async () => {
    const container = await draw(new Station('board-test', 'registered'));
    expect(act(container, 'try-sign-in')).toHaveClass('button--main');
    expect(act(container, 'try-sign-in:phone')).not.toHaveClass('button--main');
    expect(pane(container, 'operator').querySelectorAll('.button--main')).toHaveLength(1);
    expect(acts(container)).toContain('skip-test');
    expect(acts(container)).not.toContain('finish');
  });

  test('where it can be tried nowhere, the visit ends as before', async () => {
    const container = await draw(new Station('board-registered', 'registered'));
    expect(act(container, 'finish')).toHaveClass('button--main');
    expect(acts(container)).not.toContain('try-sign-in');
    expect(acts(container)).not.toContain('skip-test');
  });

  test.each<[string, string[], AfterAction]>([
    ['board-test', ['try-sign-in'], { do: 'try_sign_in', place: 'station' }],
    ['board-test', ['try-sign-in:phone'], { do: 'try_sign_in', place: 'phone' }],
    ['board-test-phone', ['try-sign-in'], { do: 'try_sign_in', place: 'phone' }],
    ['board-test', ['skip-test', 'skip-test:no_time'], { do: 'skip_test', why: 'no_time' }],
    ['board-test', ['skip-test', 'skip-test:person_declined'], { do: 'skip_test', why: 'person_declined' }],
    ['password-test-no-notification', ['try-sign-in'], { do: 'try_sign_in', place: 'station' }],
  ])('%s, %s', async (screen, controls, wanted) => {
    expect(await operatorWants(screen, ...controls)).toEqual(ofVisit(wanted));
  });
});

describe('S32–S38: the operator helps, and says what came of it', () => {
  test.each<[string, string[], AfterAction]>([
    ['test-station', ['sight-password'], { do: 'test_shows', sight: 'password_asked' }],
    ['test-station', ['sight-no-notification'], { do: 'test_shows', sight: 'no_notification' }],
    ['test-phone', ['sight-other'], { do: 'test_shows', sight: 'other_screen' }],
    ['test-password-asked', ['sight-clear'], { do: 'test_shows', sight: null }],
    ['test-phone', ['report-passed'], { do: 'report_test', report: { report: 'passed', app_instead: false } }],
    ['test-signed-in', ['report-app-instead'], { do: 'report_test', report: { report: 'passed', app_instead: true } }],
    ['test-station', ['report-failed', 'report-failed:no_browser'], { do: 'report_test', report: { report: 'failed', why: 'no_browser' } }],
    ['test-signed-in', ['report-failed', 'report-failed:password_needed'], { do: 'report_test', report: { report: 'failed', why: 'password_needed' } }],
  ])('%s, %s', async (screen, controls, wanted) => {
    expect(await operatorWants(screen, ...controls)).toEqual(ofVisit(wanted));
  }); // prettier-ignore

  test('at the station nothing is said to have worked before the service vouches for it', async () => {
    const station = new Station('test-station', 'test-station');
    const container = await draw(station);
    expect(acts(container)).not.toContain('report-passed');
    expect(acts(container)).toContain('report-failed');
    await station.show('test-signed-in', 'test-signed-in');
    expect(act(container, 'report-passed')).toHaveClass('button--main');
  });

  test('no end is offered before a changed password was tested', async () => {
    const station = new Station('test-signed-in', 'test-signed-in');
    const container = await draw(station);
    expect(acts(container)).toContain('finish');
    await station.show('test-of-changed', 'test-signed-in');
    expect(acts(container)).not.toContain('finish');
    expect(acts(container)).toContain('report-passed');
  });

  test('while the pass is taken back, there is nothing to press', async () => {
    const container = await draw(new Station('test-making-way', 'test-making-way'));
    const controls = acts(pane(container, 'operator').querySelector<HTMLElement>('.screen') ?? container);
    expect(controls).toEqual([]);
  });

  test('no cause of "not tried" can be reported of a test that was made', async () => {
    const container = await draw(new Station('test-phone', 'welcome'));
    await fireEvent.click(act(container, 'report-failed'));
    await settled();
    const causes = acts(container).filter((name) => name?.startsWith('report-failed:'));
    expect(causes).toHaveLength(11);
    for (const cause of ['no_time', 'person_declined', 'unsaid'])
      expect(causes).not.toContain(`report-failed:${cause}`);
  });
});

describe.each(languages)('S32–S37: the person sees in %s', (lang) => {
  const drawn = async (screen: string) => pane(await draw(new Station('ending', screen, lang)), 'person');

  test('S37: at the station three little pictures, and that no password is typed', async () => {
    const screen = await drawn('test-station');
    expect(screen.querySelectorAll('[data-sketch]')).toHaveLength(3);
    for (const key of ['pe-test-step-1', 'pe-test-step-2', 'pe-test-step-3', 'pe-test-no-password'])
      expect(screen.textContent).toContain(word(lang, key));
    expect(screen.querySelector('input')).toBeNull();
  });

  test('S32, S33, S34: on the phone the code and address of the test page, before and after', async () => {
    const screen = await drawn('test-phone');
    expect(screen.querySelector('[data-qr]')).not.toBeNull();
    expect(screen.querySelector('[data-test-site]')?.textContent?.trim()).toBe('pwdless-fctv.msappproxy.net/pwdless/');
    expect([...screen.querySelectorAll('[data-phone]')].map((phone) => phone.getAttribute('data-phone'))).toEqual([
      'test-before',
      'test-after',
    ]);
  });

  test('S35, S36: where a password is asked for, the app instead, ringed', async () => {
    const screen = await drawn('test-password-asked');
    const label = { ja: '代わりにアプリを使用する', en: 'Use an app instead' }[lang as 'ja' | 'en'];
    expect(screen.querySelector('[data-phone="test-password_asked"] [data-target]')).not.toBeNull();
    expect(screen.querySelector('[data-phone] text.act')?.textContent).toContain(label.slice(0, 6));
    expect(screen.querySelector('.words')?.textContent).toContain(label);
  });

  test('the app’s own check, and "skip for now"', async () => {
    expect((await drawn('test-no-notification')).querySelector('[data-target]')).not.toBeNull();
    expect((await drawn('test-other-screen')).querySelector('[data-target]')).not.toBeNull();
  });
});

test.each<[string, string, PersonAction]>([
  ['test-station', 'sight-password', { want: 'test_shows', sight: 'password_asked' }],
  ['test-station', 'sight-no-notification', { want: 'test_shows', sight: 'no_notification' }],
  ['test-phone', 'sight-other', { want: 'test_shows', sight: 'other_screen' }],
  ['test-other-screen', 'sight-clear', { want: 'test_shows', sight: null }],
  ['use-windows', 'use-yes', { want: 'answer_use', question: 'windows', answer: 'yes' }],
  ['use-windows', 'use-no', { want: 'answer_use', question: 'windows', answer: 'no' }],
  ['use-others', 'use-dont-know', { want: 'answer_use', question: 'others', answer: 'dont_know' }],
  ['password-waits', 'understood', { want: 'understood' }],
  ['password-waits-again', 'understood', { want: 'understood' }],
])('the person, %s, %s', async (screen, control, wanted) => {
  expect(await personWants(screen, control)).toEqual([wanted]);
});

describe('S45: the question', () => {
  test.each<[string, string[], AfterAction]>([
    ['use-windows', ['use-yes'], { do: 'confirm_use', question: 'windows', answer: 'yes', despite: null }],
    ['use-others', ['use-no'], { do: 'confirm_use', question: 'others', answer: 'no', despite: null }],
    ['use-others', ['use-dont-know'], { do: 'confirm_use', question: 'others', answer: 'dont_know', despite: null }],
    ['use-against', ['use-yes'], { do: 'confirm_use', question: 'windows', answer: 'yes', despite: null }],
    ['use-against', ['use-no', 'use-no:own_computer'], { do: 'confirm_use', question: 'windows', answer: 'no', despite: 'own_computer' }],
    ['use-against', ['use-no', 'use-no:not_used_any_more'], { do: 'confirm_use', question: 'windows', answer: 'no', despite: 'not_used_any_more' }],
    ['use-not-read', ['use-no', 'use-no:none'], { do: 'confirm_use', question: 'windows', answer: 'no', despite: null }],
    ['use-against', ['use-no', 'use-no:none'], { do: 'confirm_use', question: 'windows', answer: 'no', despite: null }],
  ])('%s, %s', async (screen, controls, wanted) => {
    expect(await operatorWants(screen, ...controls)).toEqual(ofVisit(wanted));
  }); // prettier-ignore

  test('a "no" waits for the person’s', async () => {
    expect(await operatorWants('use-windows', 'use-no')).toEqual([]);
  });

  test.each(languages)('both sides show the site’s words, and the operator the person’s answer, in %s', async (lang) => {
    const station = new Station('use-answered', 'use-answered', lang);
    const container = await draw(station);
    const asked = { ja: '指紋のどれでも「あります」です', en: 'by password, PIN, face or fingerprint' }[lang as 'ja' | 'en'];
    for (const name of ['operator', 'person']) expect(pane(container, name).textContent).toContain(asked);
    expect(container.querySelector('[data-said]')?.textContent).toContain(word(lang, 'op-use-said-dont-know'));
    expect(act(container, 'person:use-dont-know')).toHaveAttribute('aria-pressed', 'true');
  }); // prettier-ignore

  test('three answers weigh the same until one is given', async () => {
    const container = await draw(new Station('use-windows', 'use-windows'));
    for (const name of ['use-yes', 'use-no', 'use-dont-know']) {
      expect(act(container, name)).not.toHaveClass('button--main');
      expect(act(container, `person:${name}`)).not.toHaveClass('button--main');
    }
  });
});

describe('S39–S48: the password', () => {
  const said = async (screen: string) => pane(await draw(new Station('ending', screen)), 'person').textContent ?? '';
  const by = {
    itself: '自動で変わり',
    noMonths: '3\u00a0か月ごとの変更は、もう要りません',
    months: '3\u00a0か月ごとの変更は、今までどおり',
  };

  test('S43, S44, S47: what was read back changes by itself, and the three months end', async () => {
    const seen = await said('password-on-roll');
    for (const part of [by.itself, by.noMonths, '管理者にも分かりません', '書き残さないで', 'スマホをなくした'])
      expect(seen).toContain(part);
  });

  const notSeen = Object.keys(personScreens).filter(
    (name) => /^(password|card)-/.test(name) && !/(on-roll|never-expires)$/.test(name),
  );
  test.each(notSeen)('S43, S47: neither is said on %s', async (screen) => {
    const text = await said(screen);
    expect(text).not.toContain(by.itself);
    expect(text).not.toContain(by.noMonths);
  });

  test.each([
    'still-used',
    'not-proven',
    'off',
    'not-today',
    'failed',
    'never',
    'must-change',
    'on-roll-unseen',
    'on-roll-not-running',
  ])('S41, S42: with %s the three months and the reset stay', async (name) => {
    const text = await said(`password-${name}`);
    expect(text).toContain(by.months);
    expect(text).toContain('パスワード リセット');
  });

  test('S40–S47: what the site says of the password stands in the place of the built-in sentence', async () => {
    const say = (path: string, text: string) => ({ path, text: `pe-password-forgotten = { "${text}" }\n` });
    const files = [
      say('locales/ja/said.ftl', '総務課へ'),
      say('locales/ja_easy/said.ftl', '総務課《そうむか》へ'),
      say('locales/en/said.ftl', 'Go to General Affairs'),
    ];
    const read = { ja: '総務課へ', ja_easy: '総務課そうむかへ', en: 'Go to General Affairs' };
    for (const lang of ['ja', 'ja_easy', 'en'] as const) {
      for (const name of ['password-still-used', 'card-still-used']) {
        const station = new Station('password-still-used', name, lang);
        station.label = 'person-7';
        station.person.site_files = files;
        const text = pane(await draw(station), 'person').textContent;
        expect(text, `${lang} ${name}`).toContain(read[lang]);
        expect(text).not.toMatch(/パスワード リセット|[《》]/);
        cleanup();
      }
    }
    adopt([]);
  });

  test('S40: not to write it down is said only to whom nothing asks for it', async () => {
    for (const name of ['waits', 'on-roll', 'off']) expect(await said(`password-${name}`)).toContain('書き残さないで');
    for (const name of ['on-roll-not-running', 'still-used', 'not-proven', 'not-today', 'failed', 'never'])
      expect(await said(`password-${name}`)).not.toContain('書き残さないで');
  });

  test('the person’s word is asked for once, then the operator’s one press', async () => {
    const station = new Station('password-waits', 'password-waits');
    const container = await draw(station);
    expect(acts(container)).not.toContain('join-roll');
    await station.show('password-may-join', 'password-may-join');
    expect(acts(container)).not.toContain('person:understood');
    expect(act(container, 'join-roll')).toHaveClass('button--main');
    await fireEvent.click(act(container, 'join-roll'));
    await settled();
    expect(station.wanted).toEqual(ofVisit({ do: 'join_roll' }));
    await station.show('password-joining', 'password-joining');
    expect(acts(container)).not.toContain('finish');
    await station.show('password-on-roll', 'password-on-roll');
    expect(act(container, 'finish')).toHaveClass('button--main');
  });

  test('what to see to after the change is told on both sides, once it is certain', async () => {
    const station = new Station('password-on-roll', 'password-on-roll');
    const container = await draw(station);
    for (const name of ['operator', 'person'])
      for (const key of ['pe-password-apps', 'pe-password-devices'])
        expect(pane(container, name).textContent).toContain(word('ja', key));
    for (const name of ['password-on-roll-unseen', 'password-on-roll-not-running']) {
      await station.show(name, name);
      expect(container.textContent).not.toContain(word('ja', 'pe-password-devices'));
    }
  });

  test('S40, S44: of a password that was changed here nobody is told that it changes by itself', async () => {
    for (const name of ['password-changed-never-expires', 'password-changed-on-roll', 'password-changed-not-running']) {
      const seen = await said(name);
      for (const part of ['もう覚えなくて大丈夫', 'だれも知らないもの', '管理者にも分かりません', '書き残さないで'])
        expect(seen, name).toContain(part);
      expect(seen.includes(by.itself), name).toBe(name.endsWith('on-roll'));
      expect(seen.includes(by.noMonths), name).toBe(!name.endsWith('not-running'));
      expect(seen.includes('窓口へお知らせください'), name).toBe(name.endsWith('not-running'));
    }
  });

  test('a password that is still asked for, or may be, is not said to be as it was', async () => {
    for (const name of ['password-must-change', 'card-must-change', 'password-unclear', 'card-unclear'])
      expect(await said(name), name).not.toContain('今のままです');
    expect(await said('password-must-change')).toContain('これまでのパスワードは、もう使えません');
  });

  test('the press says what it does here, and nothing ends while it is done', async () => {
    const station = new Station('password-may-change', 'password-may-change');
    const container = await draw(station);
    expect(act(container, 'join-roll')).toHaveTextContent('パスワードを変える (だれも知らないものに)');
    await station.show('password-changing', 'password-changing');
    expect(acts(container)).not.toContain('finish');
    await station.show('password-test-again', 'password-test-again');
    expect(acts(container)).not.toContain('finish');
    expect(act(container, 'try-sign-in')).toHaveClass('button--main');
    await fireEvent.click(act(container, 'skip-test'));
    await settled();
    await fireEvent.click(act(container, 'skip-test:no_time'));
    await settled();
    expect(station.wanted).toEqual(ofVisit({ do: 'skip_test', why: 'no_time' }));
    await station.show('password-changed', 'password-changed-never-expires');
    expect(act(container, 'finish')).toHaveClass('button--main');
  });
  test.each(languages)('S41: where nothing shows that the job runs, the operator reads in %s who must act', async (lang) => {
    for (const screen of ['password-on-roll-not-running', 'receipt-not-running']) {
      const text = pane(await draw(new Station(screen, 'welcome', lang)), 'operator').textContent;
      expect(text).toContain(word(lang, 'op-password-on-roll-not-running'));
      expect(text).toMatch(lang === 'ja' ? /システム管理者/ : /system administrator/);
    }
  }); // prettier-ignore

  test('the way out is the same on each of these screens', async () => {
    for (const screen of ['test-phone', 'use-windows', 'password-waits', 'password-on-roll'])
      expect(await operatorWants(screen, 'finish')).toEqual(ofVisit({ do: 'finish', leave_pass: false }));
  });

  const reasons = Object.entries(operatorScreens).flatMap(([name, { screen }]) =>
    screen.screen === 'password' && screen.fate?.password === 'stays' ? [{ name, fate: screen.fate }] : [],
  );
  test('every reason why it stays has its sentence, and the operator reads it', async () => {
    const container = await draw(new Station('password-never-role', 'welcome'));
    expect(container.querySelector('.fate')?.textContent).toContain(word('ja', 'op-never-role'));
    expect(new Set(reasons.map(({ fate }) => fateKey(fate))).size).toBe(22);
    for (const { name, fate } of reasons) {
      const texts = languages.map((lang) => word(lang, fateKey(fate)));
      for (const text of texts) expect(text.length, name).toBeGreaterThan(20);
      if (fate.password === 'stays' && fate.because.why === 'never')
        expect(texts.join(' '), name).toMatch(/(管理者|窓口が扱い).*(dministrator|organisation handles)/);
    }
  });
});

describe.each(languages)('the card in %s', (lang) => {
  const card = async (name: string) => pane(await draw(new Station('receipt-on-roll', name, lang)), 'person');

  test('says how to sign in tomorrow, where, what to do about the phone, and the password line', async () => {
    const screen = await card('card-on-roll');
    const text = screen.textContent ?? '';
    expect(screen.querySelectorAll('[data-sketch]')).toHaveLength(3);
    expect(screen.querySelectorAll('.tiles > section')).toHaveLength(4);
    for (const key of ['pe-card-new-phone', 'pe-card-nobody-asks', 'pe-password-no-three-months', 'pe-password-devices'])
      expect(text).toContain(word(lang, key));
    expect(text).toContain('0776-20-3660');
    expect(text).toContain('9:00–17:00');
    expect(text).toContain(lang === 'ja' ? '翌営業日' : 'next working day');
    expect(text).toContain('Horizon');
  }); // prettier-ignore

  test('says of a passkey how that is used', async () => {
    expect((await card('card-passkey')).querySelector('[data-sketch="code"]')).not.toBeNull();
  });

  test('S12, S41: who still uses the password reads so', async () => {
    const text = (await card('card-still-used')).textContent;
    expect(text).toContain(word(lang, 'pe-password-used-title'));
    expect(text).toContain(word(lang, 'pe-password-three-months'));
  });
});

const after = Object.keys(personScreens).filter((name) => /^(card|test|use|password)-/.test(name));
test.each(after)('the person’s %s bears no name', async (name) => {
  const text = pane(await draw(new Station('ending', name)), 'person').textContent;
  expect(text).not.toContain(who.name);
  expect(text).not.toContain(who.upn_local);
});

test.each(languages)('the receipt says in %s what was tried, what proves it and what becomes of the password', async (lang) => {
  const lines = async (name: string) => pane(await draw(new Station(name, 'welcome', lang)), 'operator').textContent;
  const text = await lines('receipt-on-roll');
  for (const key of ['op-tested-passed', 'op-proof-seen', 'op-password-on-roll']) expect(text).toContain(word(lang, key));
  const not = await lines('receipt-not-tried');
  for (const key of ['op-tested-not-tried', 'op-cause-unsaid', 'op-stays-not-today']) expect(not).toContain(word(lang, key));
}); // prettier-ignore

test('where the pressed button goes, the keyboard goes to the heading, and stays where nothing ends', async () => {
  const station = new Station('password-may-join', 'welcome');
  station.operator.person_pane = false;
  const container = await draw(station);
  act(container, 'join-roll').focus();
  await station.show('password-joining', null);
  expect(document.activeElement?.id).toBe('operator-title');
  await station.show('test-phone', null);
  act(container, 'sight-password').focus();
  await station.show('test-no-notification', null);
  expect(document.activeElement).toBe(act(container, 'sight-password'));
});

test('the keyboard goes to the heading of each part', async () => {
  const station = new Station('test-station', 'test-station');
  station.label = 'person-7';
  await draw(station);
  const heading = () => document.activeElement?.textContent?.trim();
  expect(heading()).toBe(word('ja', 'pe-test-title'));
  await station.show(null, 'test-password-asked');
  expect(heading()).toBe(word('ja', 'pe-test-password-asked-title'));
  await station.show(null, 'use-windows');
  expect(heading()).toBe(word('ja', 'pe-use-windows'));
  await station.show(null, 'use-others');
  expect(heading()).toBe(word('ja', 'pe-use-others'));
  await station.show(null, 'password-on-roll');
  expect(heading()).toBe(word('ja', 'pe-password-retire-title'));
});

test.each(languages)(
  'N23: the operator reads in %s by what it was shown, and that the directory is still asked',
  async (lang) => {
    const text = async (name: string) => pane(await draw(new Station(name, 'welcome', lang)), 'operator').textContent;
    expect(await text('password-looking')).toContain(word(lang, 'op-password-looking'));
    for (const [name, key] of [
      ['password-last-used', 'op-proof-last-used'],
      ['password-log', 'op-proof-log'],
      ['password-looking', 'op-proof-word'],
    ] as const)
      expect(await text(name)).toContain(word(lang, key));
    expect(await text('password-log')).not.toContain(word(lang, 'op-password-looking'));
  },
);

test.each(languages)(
  'a proof that came after the visit is listed in %s by the number of the visit, without a name',
  async (lang) => {
    const station = new Station('home-told-proven', 'welcome', lang);
    const container = await draw(station);
    const lines = [...container.querySelectorAll('[data-proven]')].map((line) => line.textContent);
    expect(lines).toEqual(['12', '15'].map((visit) => word(lang, 'op-told-proven', { visit })));
    await fireEvent.click(act(container, 'dismiss_notice'));
    await settled();
    expect(station.wanted).toEqual([{ want: 'dismiss_notice', number: 6 }]);
  },
);

test.each(languages)(
  'S47 in %s: whose password never expires reads so, and nothing of a change by itself',
  async (lang) => {
    for (const name of ['password-never-expires', 'card-never-expires']) {
      const text = pane(await draw(new Station('ending', name, lang)), 'person').textContent;
      expect(text).toContain(word(lang, 'pe-password-no-three-months'));
      for (const key of ['pe-password-changes', 'pe-password-three-months', 'pe-password-nobody'])
        expect(text).not.toContain(word(lang, key));
    }
    for (const name of ['password-never-expires', 'receipt-never-expires']) {
      const text = pane(await draw(new Station(name, 'welcome', lang)), 'operator').textContent;
      expect(text).toContain(word(lang, 'op-password-never-expires'));
    }
  },
);

test.each(languages)(
  'S39: what counts as Windows as well is read in %s on both sides, where the site says so',
  async (lang) => {
    const station = new Station('use-also', 'use-also', lang);
    const container = await draw(station);
    const said = [...container.querySelectorAll('[data-also]')].map((line) => line.textContent?.trim());
    expect(said).toHaveLength(2);
    for (const text of said) expect(text).toContain(lang === 'ja' ? '仮想の Windows (VDI)' : 'virtual Windows (VDI)');
    await station.show('use-windows', 'use-windows');
    expect(container.querySelectorAll('[data-also]')).toHaveLength(0);
  },
);
