/** The page a hand-out is printed from: which words it draws, and that it says when it is drawn. */
import { afterEach, expect, test, vi } from 'vitest';
import type { HandOut } from '../src/bindings/HandOut';
import type { SiteFile } from '../src/bindings/SiteFile';
import { personScreens } from '../src/fixtures';
import { packRows } from '../src/fixtures/packRows';

function handOut(files: SiteFile[]): HandOut {
  const welcome = personScreens.welcome;
  if (welcome?.screen !== 'welcome') throw new Error('no welcome');
  return {
    paper: 'a4',
    card: null,
    lang: 'vi',
    training: false,
    organisation: { ja: '福井県立大学', en: 'The university' },
    help_line: '0776-20-3660',
    pack: 'walkthrough-a',
    rows: packRows('walkthrough-a', 'ios', 'ja').filter(({ id }) => id === 'a1'),
    phone_os: 'ios',
    phone_lang: 'en',
    stores: welcome.stores,
    helps: welcome.helps,
    not_used: welcome.not_used,
    site_files: files,
  };
}

afterEach(() => {
  Reflect.deleteProperty(document, 'fonts');
  Reflect.deleteProperty(window, 'handOut');
});

/** Draws the page as the window does: the data first, then the page's own script. */
async function drawn(files: SiteFile[]): Promise<string> {
  vi.resetModules();
  document.title = '';
  document.body.innerHTML = '<main id="sheet"></main>';
  const fonts = { load: () => Promise.resolve([]), ready: Promise.resolve() };
  Object.defineProperty(document, 'fonts', { value: fonts, configurable: true });
  Object.defineProperty(window, 'handOut', { value: handOut(files), configurable: true });
  await import('../src/print');
  await vi.waitFor(() => expect(document.title).toBe('drawn'));
  expect(document.documentElement.lang).toBe('vi');
  return document.body.textContent;
}

test('a language of the site is on the paper, and what it does not say is in English', async () => {
  const text = await drawn([
    { path: 'locales/vi/paper.ftl', text: 'paper-title = Đăng nhập không mật khẩu' },
    { path: 'locales/vi/packs/walkthrough-a.ftl', text: 'a1-title = Mở ứng dụng' },
  ]);
  expect(text).toContain('Đăng nhập không mật khẩu');
  expect(text).toContain('Mở ứng dụng');
  expect(text).toContain('The university');
});

test("without the site's words the same paper is in English", async () => {
  const text = await drawn([]);
  expect(text).not.toContain('Mở ứng dụng');
  expect(text).toContain('The university');
});
