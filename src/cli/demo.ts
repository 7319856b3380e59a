import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { SHIPPED_AUTHOR } from '../domain/words/author.js';
import { ListProgress } from '../queries/automakers/get-progress.js';
import { serve } from '../server.js';
import { settingsFrom, type Settings } from '../settings.js';
import { importFiles, importHere } from './import.js';
import { withKeys } from './keys.js';
import { targetsTable } from './progress-tables.js';
import { writing, type CliSession } from './session.js';
import { print, printTables } from './terminal.js';

const SHIPPED = fileURLToPath(new URL('../../data/ledger/', import.meta.url));
const AUTOMAKER = 'xpeng';

/**
 * Adds `demo`: it imports the shipped ledger into a separate store, prints XPeng's targets, and starts the
 * server.
 */
export function addDemo(program: Command): void {
  program
    .command('demo')
    .description('load the shipped ledger, print how far XPeng is on its targets, and serve the API')
    .option('--no-serve', 'end after the table')
    .action(async ({ serve: serves }: { serve: boolean }) => {
      const settings = settingsFrom(process.env);
      await writing(loadAndShow);
      await makeKeysOnce();
      if (serves) await serveQuietly(settings);
    });
}

async function loadAndShow(session: CliSession): Promise<void> {
  const files = shippedFiles();
  if (files.length === 0) {
    print(`There is no shipped ledger in ${SHIPPED}: the store stays as it is.\n`);
    return;
  }
  await importFiles(files, { restore: false }, (each) => importHere(session, each, SHIPPED_AUTHOR));
  await session.views.waitFor(await session.store.head(), 60_000);
  const { targets } = await session.queries.execute(new ListProgress(AUTOMAKER, {}));
  printTables(`\nHow far XPeng is on its targets\n\n${targetsTable(targets)}\n`);
}

/** One file per stream. Automakers come first, because market events may refer to them. */
function shippedFiles(): string[] {
  if (!existsSync(SHIPPED)) return [];
  const names = readdirSync(SHIPPED).filter((name) => /\.jsonl$/.test(name) && !/\.refused[.-]/.test(name));
  const isAutomaker = (name: string) => name.startsWith('automaker-');
  return [...names.filter(isAutomaker).sort(), ...names.filter((name) => !isAutomaker(name)).sort()].map(
    (name) => join(SHIPPED, name),
  );
}

/** Creates keys for trying out the API, if there are none yet. */
async function makeKeysOnce(): Promise<void> {
  await withKeys(async (keys) => {
    if ((await keys.list()).length > 0) return;
    for (const role of ['analyst', 'admin'] as const) {
      const { key } = await keys.create(`demo-${role}`, role);
      print(`API key, role ${role}: ${key}\n`);
    }
    print('Keep them: only their hashes are stored, so they are not shown again.\n\n');
  });
}

async function serveQuietly(settings: Settings): Promise<void> {
  const isLevelSet = Boolean(process.env['LOG_LEVEL']);
  const app = await serve({ ...settings, logLevel: isLevelSet ? settings.logLevel : 'warn' });
  // Asks the server for its address, because port 0 means any free port.
  const address = await app.getUrl();
  print(
    `Serving ${address}/api, documented at ${address}/docs\n  curl -s ${address}/api/automakers/${AUTOMAKER}/targets/half-overseas\nStop it with Ctrl-C.\n`,
  );
}
