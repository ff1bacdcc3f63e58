/**
 * Developer's page behind `cargo xtask papers`: the operator's card, and every hand-out in every language with what
 * sites may write, one at a time: `#3` has the page draw the fourth and say in its title what is wrong with it.
 */
import { mount } from 'svelte';
import en from '../../../docs/operator-card.en.md?raw';
import ja from '../../../docs/operator-card.ja.md?raw';
import type { HandOut } from '../bindings/HandOut';
import type { Lang } from '../bindings/Lang';
import type { Paper } from '../bindings/Paper';
import type { PhoneOs } from '../bindings/PhoneOs';
import type { Words } from '../bindings/Words';
import { personScreens } from '../fixtures';
import { packRows, packs } from '../fixtures/packRows';
import { builtInLanguages, phoneLanguage } from '../languages';
import { faultsOf } from '../paper/lines';
import OperatorCard from '../paper/OperatorCard.svelte';
import { draw, show } from '../paper/show';

type Site = Pick<HandOut, 'organisation' | 'help_line' | 'helps' | 'not_used'>;

const welcome = personScreens.welcome!;
if (welcome.screen !== 'welcome') throw new Error('no welcome');
const stores = welcome.stores;

const ordinary: Site = {
  organisation: { ja: 'システム室', en: 'Systems room' },
  help_line: '0776-20-3660',
  helps: [
    { ja: 'スマホの Teams アプリに、組織アカウントでサインインするとき', en: 'Signing in to the Teams app on your phone with your organisation account' },
    { ja: '組織が管理しない Windows パソコンから VDI (Horizon) を起動するとき', en: 'Starting VDI (Horizon) from a Windows PC the organisation does not manage' },
    { ja: 'デバイスプロビジョニング Web システムなど、ブラウザーで使うアプリ', en: 'Browser apps such as the device-provisioning web system' },
    { ja: 'Cablechan Storage など、ブラウザーで使うアプリ', en: 'Browser apps such as Cablechan Storage' },
  ],
  not_used: [
    { ja: 'Windows へのサインイン', en: 'Signing in to Windows itself' },
    { ja: '組織が管理し SSO が働く機器 (VDI など) でのユーザー認証', en: 'User authentication on managed devices where SSO works (VDI and the like)' },
  ],
}; // prettier-ignore

/** One text at every length: wherever the line ends, something that may not stand there is near. */
const awkward = (from: number, to: number): Words[] =>
  Array.from({ length: to - from }, (_, at) => {
    const begin = 'あ'.repeat(from + at);
    return {
      ja: `${begin}、「(組織管理) サーバー」(VDI など)・ネットワークー。`,
      en: `${'n'.repeat(from + at)} (VDI and the like), “Storage”`,
    };
  });
const site = (from: number, to: number): Site => ({
  organisation: {
    ja: '情報システム部 (本館・2 階) サポート センター',
    en: 'Information Systems (main building, 2nd floor)',
  },
  help_line: '0776-20-3660 (内線 1234)',
  helps: awkward(from, to),
  not_used: awkward(from, to),
});
const long: Words = {
  ja: '本社のネットワークプロビジョニングサーバーコントロールパネル(「デバイスマネージャー」)など、ブラウザーで使うアプリケーション',
  en: 'The head office’s network provisioning server control panel (“device manager”) and other applications in the browser',
};
const sites: Record<string, Site> = {
  ordinary,
  short: { ...ordinary, helps: [{ ja: 'Teams', en: 'Teams' }], not_used: [] },
  full: { ...ordinary, helps: Array(6).fill(long), not_used: Array(6).fill(long) },
  ...Object.fromEntries([0, 4, 8, 12, 16, 20].map((from) => [`awkward-${from}`, site(from, from + 4)])),
};

type Sheet = { name: string; paper: Paper; draw: (into: HTMLElement) => Promise<number> };
type Sample = { name: string; handOut: HandOut };

const shared = (paper: Paper, lang: Lang, of: Site): Omit<HandOut, 'pack' | 'rows' | 'phone_os' | 'card'> => ({
  paper,
  lang,
  training: true,
  phone_lang: phoneLanguage(lang),
  stores,
  site_files: [],
  ...of,
});
const papers: Paper[] = ['a4', 'a5'];
const systems: PhoneOs[] = ['ios', 'android'];
const languages = builtInLanguages();

const steps = (of: string, at: Site): Sample[] =>
  packs.flatMap(({ id }) =>
    systems.flatMap((os) =>
      papers.flatMap((paper) =>
        languages.map((lang) => ({
          name: `${id}-${os}-${paper}-${lang}-${of}`,
          handOut: { ...shared(paper, lang, at), pack: id, rows: packRows(id, os, lang), phone_os: os, card: null },
        })),
      ),
    ),
  );
const cards = (of: string, at: Site): Sample[] =>
  Object.entries(personScreens).flatMap(([name, screen]) => {
    if (screen.screen !== 'card') return [];
    const { kind, password, help_hours, after_hours } = screen;
    const card = { kind, password, help_hours, after_hours };
    return languages.map((lang) => ({
      name: `${name}-${lang}-${of}`,
      handOut: { ...shared('a5', lang, at), pack: 'walkthrough-a', rows: [], phone_os: 'ios' as const, card },
    }));
  });

/** Every sheet with what a site usually writes; and one of each form with everything else it may write. */
const samples = Object.entries(sites).flatMap(([of, at]) =>
  [...steps(of, at), ...cards(of, at)].filter(
    ({ name }) => at === ordinary || /^(walkthrough-a-ios|card-on-roll-(?!unseen|not))/.test(name),
  ),
);
const guides = { ja, en };
const list: Sheet[] = [
  ...Object.entries(guides).map(([lang, text]) => ({
    name: `operator-card.${lang}`,
    paper: 'a5' as const,
    draw: (target: HTMLElement) =>
      draw(target, lang, 'a5', () => mount(OperatorCard, { target, props: { lang, text } })),
  })),
  ...samples.map(({ name, handOut }) => ({
    name,
    paper: handOut.paper,
    draw: (into: HTMLElement) => show(into, handOut),
  })),
];

/** Two faults that must be found, so that finding none says something. */
function planted(): number {
  const sheet = document.createElement('div');
  const text = document.createElement('p');
  const line = () => document.createElement('br');
  text.append('あいう「', line(), 'えお', line(), '、かき');
  sheet.append(text);
  document.body.append(sheet);
  const found = faultsOf(sheet).length;
  sheet.remove();
  return found;
}

/** What the command reads of one sheet, in the title. */
async function tell() {
  const at = Number(location.hash.slice(1) || '0');
  const [sheet, into] = [list[at], document.getElementById('sheet')];
  if (!sheet || !into) return;
  const points = await sheet.draw(into);
  const { name, paper } = sheet;
  document.title = JSON.stringify({
    at,
    of: list.length,
    name,
    paper,
    points,
    faults: faultsOf(into),
    planted: planted(),
  });
}

/** What cannot be drawn is said as well, or the printer would wait. */
const told = () => void tell().catch((why: unknown) => (document.title = `failed: ${String(why)}`));
window.addEventListener('hashchange', told);
told();
