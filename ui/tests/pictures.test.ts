/** The page the pictures of a letter are taken from: a phone for each row, with nobody's name on it. */
import { cleanup, render } from '@testing-library/svelte';
import { afterEach, expect, test } from 'vitest';
import type { HandOut } from '../src/bindings/HandOut';
import type { PhoneOs } from '../src/bindings/PhoneOs';
import { personScreens } from '../src/fixtures';
import { packRows, packs } from '../src/fixtures/packRows';
import { phoneLanguages } from '../src/languages';
import Pictures from '../src/paper/Pictures.svelte';
import { missing } from '../src/words';

afterEach(cleanup);

function handOut(pack: string, phone_os: PhoneOs, lang: string): HandOut {
  const welcome = personScreens.welcome;
  if (welcome?.screen !== 'welcome') throw new Error('no welcome');
  return {
    paper: 'a4',
    card: null,
    lang,
    training: false,
    organisation: { ja: 'システム室' },
    help_line: '0776-20-3660',
    pack,
    rows: packRows(pack, phone_os, lang),
    phone_os,
    phone_lang: lang,
    stores: welcome.stores,
    helps: [],
    not_used: [],
    site_files: [],
  };
}

test.each(packs.map(({ id }) => id))('%s: each row is drawn in its place, and no name is on it (s21)', (pack) => {
  for (const os of ['ios', 'android'] as const) {
    for (const lang of phoneLanguages()) {
      missing.length = 0;
      const given = handOut(pack, os, lang);
      const { container } = render(Pictures, { props: { handOut: given } });
      const drawn = [...container.querySelectorAll('li > svg[data-phone]')];
      expect(drawn.map((phone) => phone.getAttribute('data-phone'))).toEqual(given.rows.map(({ id }) => id));
      expect(container.textContent).not.toMatch(/@/);
      expect(missing).toEqual([]);
      cleanup();
    }
  }
});
