import type { Command } from 'commander';
import { backUp, BackupRefused, restore } from '../operations/backup.js';
import { settingsFrom, type Settings } from '../settings.js';
import { caughtUp, writing } from './session.js';
import { number } from './tables.js';
import { verifyAll } from './verify.js';
import { print } from './terminal.js';

/** Adds `backup` and `restore`. */
export function addBackup(program: Command): void {
  program
    .command('backup <folder>')
    .description('copy the ledger, its log and the keys into a new folder; also while a server is recording')
    .action(async (folder: string) => {
      const { events, files } = await backUp(folderOfLedger(settingsFrom(process.env)), folder);
      print(`${number(events)} events in ${folder}: ${files.join(', ')}\n`);
    });
  program
    .command('restore <folder>')
    .description('make DATA_DIR from a backup, build its views, and verify all of it')
    .action(async (folder: string) => {
      const dataDir = folderOfLedger(settingsFrom(process.env));
      const { events } = await restore(folder, dataDir);
      print(`${number(events)} events restored to ${dataDir}\n`);
      await writing(caughtUp);
      await verifyAll({});
    });
}

/**
 * Throws BackupRefused when the events are not in files: a copy of the folder's other files alone would not
 * match them.
 */
function folderOfLedger({ dataDir, kurrentdbUrl }: Settings): string {
  if (kurrentdbUrl === undefined) return dataDir;
  throw new BackupRefused(
    'The events are in KurrentDB (KURRENTDB_URL), not in DATA_DIR. Back up PostgreSQL with pg_dump, then KurrentDB with its own tools; `export` and `import --restore` copy the ledger itself.',
  );
}
