import type { Command } from 'commander';
import { backUp, restore } from '../operations/backup.js';
import { settingsFrom } from '../settings.js';
import { number } from './tables.js';
import { verifyStores } from './verify.js';

/** Adds `backup` and `restore`. */
export function addBackup(program: Command): void {
  program
    .command('backup <folder>')
    .description('copy the ledger, its log and the keys into a new folder; also while a server is recording')
    .action(async (folder: string) => {
      const { events, files } = await backUp(settingsFrom(process.env).dataDir, folder);
      process.stdout.write(`${number(events)} events in ${folder}: ${files.join(', ')}\n`);
    });
  program
    .command('restore <folder>')
    .description('make DATA_DIR from a backup, build its views, and verify all of it')
    .action(async (folder: string) => {
      const { dataDir } = settingsFrom(process.env);
      const { events } = await restore(folder, dataDir);
      process.stdout.write(`${number(events)} events restored to ${dataDir}\n`);
      await verifyStores({});
    });
}
