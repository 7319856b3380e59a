import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { COMMAND_FILES } from '../src/cli/commands.js';
import { settingsFrom, VARIABLES } from '../src/settings.js';

const DOCUMENTS = [
  'README.md',
  'bench/README.md',
  'data/README.md',
  ...readdirSync('docs', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
];

const COMMANDS = new Set(
  COMMAND_FILES.flatMap(({ commands }) => commands.map(([term]) => term.split(' ', 1)[0])),
);

describe.each(DOCUMENTS)('%s', (path) => {
  const text = readFileSync(path, 'utf8');

  it('leads to files that are there', () => {
    const targets = [...text.matchAll(/\]\((?!\w+:|#)([^)#\s]+)/g)].map(([, target]) => target ?? '');
    expect(targets.filter((target) => !existsSync(join(dirname(path), target)))).toEqual([]);
  });

  it('prints commands that there are', () => {
    const printed = [...text.matchAll(/tracker -- ([a-z][\w-]*)|`tracker ([a-z][\w-]*)/g)].map(
      ([, run, named]) => run ?? named ?? '',
    );
    expect(printed.filter((command) => !COMMANDS.has(command))).toEqual([]);
  });
});

describe('the settings in docs/operations.md', () => {
  const rows = readFileSync('docs/operations.md', 'utf8')
    .split('\n')
    .filter((line) => /^\| `[A-Z]/.test(line))
    .map((line) => line.split('|').map((cell) => cell.trim()));
  const listed = rows.flatMap(([, names = '', values = '']) => {
    const defaults = values.split(', ');
    return [...names.matchAll(/`([A-Z_]+)`/g)].map(([, name = ''], index): readonly [string, string] => [
      name,
      defaults[index] ?? defaults[0] ?? '',
    ]);
  });

  it('are all that there are', () => {
    expect(listed.map(([name]) => name).sort()).toEqual(Object.keys(VARIABLES).sort());
  });

  it('have the values that they say', () => {
    const settings = settingsFrom({});
    const plain = listed.filter(([, value]) => /^`[^`]*`$/.test(value));
    expect(plain.length).toBeGreaterThan(10);
    for (const [name, value] of plain) {
      const [, number, mebibytes] = /^`(\d+)(MiB)?`$/.exec(value) ?? [];
      const said =
        number === undefined ? value.slice(1, -1) : String(Number(number) * (mebibytes ? 1024 ** 2 : 1));
      const property = VARIABLES[name];
      expect([name, property && String(settings[property])]).toEqual([name, said]);
    }
  });
});
