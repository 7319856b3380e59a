import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { COMMAND_FILES } from '../../src/cli/commands.js';

const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
/** The files that one run of the command line loads, as reported by the engine. */
function loadedBy(args: readonly string[]): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'loaded-'));
  try {
    const { status, stderr } = spawnSync(process.execPath, [CLI, ...args], {
      encoding: 'utf8',
      env: { ...process.env, NODE_V8_COVERAGE: folder },
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    return readdirSync(folder).flatMap((name) => {
      const { result } = JSON.parse(readFileSync(join(folder, name), 'utf8')) as {
        result: { url: string }[];
      };
      return result.map(({ url }) => url).filter((url) => url.startsWith('file:'));
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('The commands of the command line', () => {
  it.each(
    COMMAND_FILES.map(
      (file) => [file.commands.map(([term]) => term.split(' ', 1)[0]).join(', '), file] as const,
    ),
  )('are listed as their file declares them: %s', async (_, { commands, load }) => {
    const program = new Command('tracker');
    (await load())(program);
    const help = program.createHelp();

    expect(
      program.commands.map((each) => [help.subcommandTerm(each), help.subcommandDescription(each)]),
    ).toEqual(commands);
  });

  it.each([['--help'], ['help']])('load nothing of the application for a page of help: %s', (...args) => {
    const loaded = loadedBy(args);

    expect(loaded.filter((url) => url.includes('@nestjs') || url.includes('/pages/'))).toEqual([]);
    expect(loaded.length).toBeLessThan(40);
  });
});
