/** What the counter needs of the directory, on the first screen after the sign-in (N8, N9). */
import { fireEvent } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import type { ReadinessLine } from '../src/bindings/ReadinessLine';
import { readiness } from '../src/fixtures/readiness';
import { message } from '../src/fixtures/parts';
import { missing } from '../src/words';
import { draw, settled, Station } from './station';

async function home(lines: ReadinessLine[], lang: 'ja' | 'en' = 'ja'): Promise<HTMLElement> {
  const station = new Station('home', 'welcome', lang);
  if (station.operator.screen.screen !== 'home') throw new Error('no home');
  station.operator.screen = { ...station.operator.screen, readiness: lines };
  return draw(station);
}

test('in the good case one line is in sight, and the list is one press away', async () => {
  for (const [lines, said] of [
    [readiness.all, '調べた範囲では、不足はありません'],
    [readiness.unsure, '2\u00a0件は、使うときに分かります'],
  ] as const) {
    const page = await home([...lines]);
    const fold = page.querySelector<HTMLDetailsElement>('details[data-readiness]');
    expect(fold?.open).toBe(false);
    expect(fold?.querySelector('summary')?.textContent).toContain(said);
    expect(fold?.querySelectorAll('[data-ready]').length).toBe(lines.length);
    expect(page.querySelector('[data-state="missing"]')).toBeNull();
    page.remove();
  }
});

test('what is missing is in sight, with what does not work', async () => {
  const page = await home(readiness.missing);
  const bad = [...page.querySelectorAll('[data-state="missing"]')];
  expect(bad.map((line) => line.getAttribute('data-ready'))).toEqual([
    'op-ready-phone-sign-in',
    'op-ready-log',
    'op-ready-last-run',
    'op-ready-people-unit',
  ]);
  for (const line of bad) expect(line.closest('details')).toBeNull();
  expect(bad[1]?.textContent).toContain('AuditLog.Read.All');
  for (const line of page.querySelectorAll('[data-state="cannot_tell"]')) {
    expect(line.closest('details')).not.toBeNull();
  }
  await home(readiness.missing, 'en');
  expect(missing).toEqual([]);
});

/** Every line the machine can say has its words in both languages (N8, N26). */
test('rights to remove methods, limits and four eyes have their words', async () => {
  const removing = ['phone', 'email', 'codes', 'windows-hello', 'platform-credential', 'authenticator', 'passkey'];
  const bare = [
    ...removing.map((kind) => `remove-${kind}`),
    ...['remove', 'sessions', 'limits', 'operators', 'people-group', 'people-unit', 'four-eyes', 'confirmers'],
    'sign-in-time',
  ];
  const notes = [
    'sessions-missing',
    'operators-missing',
    'operators-gone',
    'operators-none',
    'operators-unsure',
    'group-unread',
  ];
  notes.push(
    'unit-unread',
    'people-group-missing',
    'people-unit-missing',
    'confirmers-gone',
    'confirmers-none',
    'confirmers-only-you',
  );
  notes.push('sign-in-time-unsure');
  const line = (what: string, note: string | null): ReadinessLine => ({
    state: note ? 'missing' : 'there',
    what: message(`op-ready-${what}`),
    note: note ? message(`op-ready-${note}`) : null,
  });
  const right = message('op-ready-remove-missing', { right: 'UserAuthMethod-Phone.ReadWrite.All' });
  const told: ReadinessLine = { state: 'missing', what: message('op-ready-role'), note: right };
  for (const lang of ['ja', 'en'] as const) {
    const page = await home([...bare.map((what, at) => line(what, notes[at] ?? null)), told], lang);
    expect(page.querySelectorAll('[data-ready]').length).toBe(bare.length + 1);
    expect(page.textContent).toContain('UserAuthMethod-Phone.ReadWrite.All');
    page.remove();
  }
  expect(missing).toEqual([]);
});

test('whoever activated a role says so where it was missing, and on the first screen', async () => {
  const station = new Station('home-no', 'welcome');
  const page = await draw(station);
  await fireEvent.click(page.querySelector('[data-act="role_activated"]')!);
  await settled();
  expect(station.wanted).toEqual([{ want: 'role_activated' }]);
});
