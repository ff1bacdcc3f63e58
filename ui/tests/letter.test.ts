/** Mail to the person (S21–S23, N20): the address is read back, the letter sent, and whether it arrived is asked. */
import { fireEvent } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import { letter } from '../src/fixtures/telephone';
import type { LetterView } from '../src/bindings/LetterView';
import { word } from '../src/words';
import { act, draw, settled, Station } from './station';

const wanted = (station: Station) => station.wanted.map((each) => (each.want === 'visit' ? each.act : each));

/** The board of somebody who calls, with this mail. */
function board(over: Partial<LetterView>, lang: 'ja' | 'en' = 'ja'): Station {
  const station = new Station('telephone-live', 'welcome', lang);
  const { screen } = station.operator;
  if (screen.screen === 'board') station.operator.screen = { ...screen, letter: letter(over) };
  return station;
}

async function opened(station: Station): Promise<HTMLElement> {
  const container = await draw(station);
  await fireEvent.click(act(container, 'letter'));
  await settled();
  return container;
}

test('S23: an address is typed once, and then only read back, character by character', async () => {
  const station = board({ address: null, may_send: false });
  const container = await opened(station);
  const field = container.querySelector<HTMLInputElement>('[data-field="address"]');
  expect(field).not.toBeNull();
  if (field) await fireEvent.input(field, { target: { value: 'a_1@home.example' } });
  await fireEvent.click(act(container, 'declare_address'));
  expect(wanted(station)).toEqual([{ do: 'declare_address', address: 'a_1@home.example' }]);
  const shown = await opened(board({ address: { text: 'a_1@Ho.jp', read_back: false, warning: null } }, 'en'));
  expect(shown.querySelector('[data-field="address"]')).toBeNull();
  const spelled = [...shown.querySelectorAll('.spelled .said')].map((said) => said.textContent);
  expect(spelled).toEqual([...'a_1@Ho.jp'].map((sign) => word('en', `spell-${sign.codePointAt(0)}`)));
});

test('S23: what this sign-in opens is warned about, and the read-back is a tick of its own', async () => {
  const station = board({
    address: { text: 'a@home.example', read_back: false, warning: 'is_sign_in_name' },
    may_send: false,
  });
  const container = await opened(station);
  expect(container.querySelector('[data-warning="is_sign_in_name"]')).toHaveTextContent(
    word('ja', 'op-letter-is-sign-in-name'),
  );
  await fireEvent.click(act(container, 'send_letter'));
  expect(station.wanted).toEqual([]);
  await fireEvent.click(act(container, 'address_read_back'));
  await settled();
  await fireEvent.click(act(container, 'forget_address'));
  expect(wanted(station)).toEqual([{ do: 'address_read_back', on: true }, { do: 'forget_address' }]);
});

describe.each(['ja', 'en'] as const)('N20: in %s', (lang) => {
  test.each(['no_pass', 'too_good', 'not_read_back', 'address_unknown', 'is_sign_in_name', 'check_over'] as const)(
    'a pass that does not go by mail says why: %s',
    async (no) => {
      const station = board({ pass: { no } }, lang);
      const container = await opened(station);
      const why = word(lang, `op-letter-no-${no.replaceAll('_', '-')}`);
      expect(act(container, 'send_letter_with_pass')).toHaveAttribute('aria-disabled', 'true');
      expect(container.querySelector('#letter-pass-why')?.textContent).toContain(why);
      await fireEvent.click(act(container, 'send_letter_with_pass'));
      expect(station.wanted).toEqual([]);
    },
  );

  test('a letter is handed over, and whether it arrived is asked', async () => {
    const step = {
      step: 'handed_over',
      with_pass: false,
      minutes: 11,
      unclear: null,
      overdue: true,
      arrived: null,
    } as const;
    const station = board({ step }, lang);
    const container = await opened(station);
    expect(act(container, 'letter')).toHaveAttribute('data-letter', 'overdue');
    expect(container.textContent).toContain(word(lang, 'op-letter-lost'));
    await fireEvent.click(act(container, 'letter_not_arrived'));
    await settled();
    await fireEvent.click(act(container, 'letter_arrived'));
    expect(wanted(station)).toEqual([
      { do: 'letter_arrived', arrived: false },
      { do: 'letter_arrived', arrived: true },
    ]);
  });

  test('where no pass goes by mail, only the steps are offered', async () => {
    const station = board({ pass: null }, lang);
    const container = await opened(station);
    expect(container.querySelector('[data-act="send_letter_with_pass"]')).toBeNull();
    await fireEvent.click(act(container, 'send_letter'));
    expect(wanted(station)).toEqual([{ do: 'send_letter', with_pass: false }]);
  });
});

test('N20: a notice of a pass that was not sent is told on the board and holds nobody up', async () => {
  const container = await draw(new Station('telephone-letter-failed'));
  expect(act(container, 'letter')).toHaveAttribute('data-letter', 'failed');
  await fireEvent.click(act(container, 'letter'));
  expect(container.querySelector('[data-told="security"][data-trouble="M720"]')).not.toBeNull();
  expect(act(container, 'read_out')).not.toHaveAttribute('aria-disabled', 'true');
});
