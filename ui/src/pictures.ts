/** The page the pictures of a letter are taken from: nobody sees it, and it can call nothing. */
import '@fontsource/biz-udpgothic/400.css';
import '@fontsource/biz-udpgothic/700.css';
import '@digital-go-jp/design-tokens/dist/tokens.css';
import './styles/theme.css';
import { mount } from 'svelte';
import { given } from './paper/given';
import Pictures from './paper/Pictures.svelte';
import { adopt } from './words';

const target = document.getElementById('rows');
if (target && given) {
  adopt(given.site_files);
  mount(Pictures, { target, props: { handOut: given } });
  void drawn(target);
}

/** The title is all this page can tell: Rust takes the pictures when it says that the page is drawn. */
async function drawn(all: HTMLElement) {
  const text = all.textContent;
  await Promise.all([400, 700].map((weight) => document.fonts.load(`${weight} 10pt "BIZ UDPGothic"`, text)));
  await document.fonts.ready;
  document.title = 'drawn';
}
