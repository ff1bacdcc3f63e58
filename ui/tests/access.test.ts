/** Whether the phone will be let in (N22): what is in the way stands out, and nothing of it stops the check. */
import { expect, test } from 'vitest';
import { act, draw, Station } from './station';

const told = (container: HTMLElement) => container.querySelector('[data-warning^="warn-access-"]');

test('where the site does not ask, nothing is said', async () => {
  expect(told(await draw(new Station('check', 'checking')))).toBeNull();
});

test('what is no trouble is small print, and what is in the way is a note', async () => {
  const station = new Station('check-access', 'checking');
  const container = await draw(station);
  expect(told(container)).toHaveAttribute('data-warning', 'warn-access-asking');
  expect(told(container)).not.toHaveClass('note');
  await station.show('check-access-wifi', null);
  expect(told(container)).toHaveClass('note');
  expect(told(container)).not.toHaveClass('blocks');
  expect(told(container)?.textContent).toContain('Guests');
  await station.show('check-access-stopped', null);
  expect(told(container)).toHaveClass('note', 'blocks');
  expect(told(container)?.textContent).toContain('登録は社内だけ');
  expect(told(container)?.textContent).toContain('強い方法');
  expect(told(container)).toHaveAttribute('role', 'status');
});

test('nobody is held up: the check goes on as without it', async () => {
  const station = new Station('check-access-stopped', 'checking');
  const container = await draw(station);
  const button = act(container, 'confirm_check');
  expect(button).toHaveAttribute('aria-disabled', 'true');
  if (station.operator.screen.screen !== 'check') throw new Error('not checking');
  station.operator.screen.complete = true;
  station.operator.revision += 1;
  await station.tell(station.operator.revision);
  expect(button).toHaveAttribute('aria-disabled', 'false');
});
