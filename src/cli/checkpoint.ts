import type { Command } from 'commander';
import { LedgerLog } from '../transparency/ledger-log.js';
import { reading } from './session.js';
import { print } from './terminal.js';

/** Adds `checkpoint`. */
export function addCheckpoint(program: Command): void {
  program
    .command('checkpoint')
    .description('a signed checkpoint of all events by now: keep it, and nobody can rewrite them unseen')
    .option('--key', 'the public key of the log instead, which checks the signature')
    .action(async (options: { key?: boolean }) => {
      const text = await reading(async ({ app }) => {
        const log = app.get(LedgerLog);
        return options.key ? `${log.verifierKey}\n` : (await log.exportCheckpoint()).note;
      });
      print(text);
    });
}
