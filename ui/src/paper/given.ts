/** What Rust puts into a page that nobody sees, before the page's own scripts run. */
import type { HandOut } from '../bindings/HandOut';

declare global {
  interface Window {
    readonly handOut?: HandOut;
  }
}

export const given = window.handOut;
