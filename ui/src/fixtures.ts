/** Views for tests and the gallery; the app itself never imports this. */
export { operatorScreens, operatorView } from './fixtures/operator';
export { trouble } from './fixtures/parts';
export { personScreens, personView, shown, shownPass } from './fixtures/person';
