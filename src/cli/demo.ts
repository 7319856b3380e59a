import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { openAccessDatabase } from '../access/access-database.js';
import { ApiKeys } from '../access/api-keys.js';
import { ListProgress } from '../queries/automakers/get-progress.js';
import { serve } from '../server.js';
import { settingsFrom } from '../settings.js';
import { importFiles } from './files.js';
import { targetsTable } from './progress-tables.js';
import { writing } from './session.js';

const SHIPPED = fileURLToPath(new URL('../../data/ledger/', import.meta.url));
const AUTOMAKER = 'xpeng';

/** Adds the demo: the shipped ledger in a store of one's own, XPeng's targets, and the server. */
export function addDemo(program: Command): void {
  program
    .command('demo')
    .description('load the shipped ledger, print how far XPeng is on its targets, and serve the API')
    .option('--no-serve', 'end after the table')
    .action(async ({ serve: serves }: { serve: boolean }) => {
      const settings = settingsFrom(process.env);
      const isFirst = !existsSync(join(settings.dataDir, 'access.sqlite'));
      const files = readdirSync(SHIPPED)
        .sort()
        .map((file) => join(SHIPPED, file));
      await writing(async (session) => {
        await importFiles(session, files, 'shipped-ledger', false);
        await session.views.hasReached(await session.store.head(), 60_000);
        const { targets } = await session.queries.execute(new ListProgress(AUTOMAKER, {}));
        process.stdout.write(`\nHow far XPeng is on its targets\n${targetsTable(targets)}\n`);
      });
      if (isFirst) await makeKeys(settings.dataDir);
      if (!serves) return;
      await serve({
        ...settings,
        logLevel: process.env['LOG_LEVEL'] === undefined ? 'warn' : settings.logLevel,
      });
      const address = `http://${settings.host}:${settings.port}`;
      process.stdout.write(
        `Serving ${address}/api, documented at ${address}/docs\n  curl -s ${address}/api/automakers/xpeng/targets/half-overseas\nStop it with Ctrl-C.\n`,
      );
    });
}

async function makeKeys(dataDir: string): Promise<void> {
  const database = await openAccessDatabase(dataDir);
  const keys = new ApiKeys(database);
  for (const role of ['analyst', 'admin'] as const) {
    const { key } = await keys.create(`demo-${role}`, role);
    process.stdout.write(`API key, role ${role}: ${key}\n`);
  }
  process.stdout.write('Keep them: only their hashes are stored.\n\n');
  await database.destroy();
}
