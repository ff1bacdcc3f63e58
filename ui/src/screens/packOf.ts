import type { Route } from '../bindings/Route';

/** The walk-through that leads along a route: a site's own has the same name. */
export function packOf(route: Route): string {
  const packs: Record<Route, string> = {
    add_account: 'walkthrough-a',
    enable_phone_sign_in: 'walkthrough-b',
    create_passkey: 'walkthrough-c',
  };
  return packs[route];
}
