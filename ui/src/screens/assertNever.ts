/** Makes the compiler see that every screen is drawn. */
export function assertNever(screen: never): string {
  return JSON.stringify(screen);
}
