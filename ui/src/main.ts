import '@fontsource/biz-udpgothic/400.css';
import '@fontsource/biz-udpgothic/700.css';
import '@digital-go-jp/design-tokens/dist/tokens.css';
import './styles/theme.css';
import './styles/base.css';
import { mount } from 'svelte';
import App from './App.svelte';
import { tauriBackend } from './backend/tauri';

const target = document.getElementById('app');
if (target) mount(App, { target, props: { backend: tauriBackend() } });
