import type { Command } from 'commander';
import { acceptKeysOf } from '../access/access-database.js';
import { Clock } from '../clock/clock.js';
import { noteFiles } from '../files/store-files.js';
import { settingsFrom, type Settings } from '../settings.js';
import { openEventStore, openSharedRegister, openGenerations } from '../stores.module.js';
import { LONGEST_REASON } from '../transparency/adoption.js';
import { adoptLedger, type AdoptionReport } from '../transparency/adopt-ledger.js';
import { CommandFailed } from './reported-error.js';
import { caughtUp, writing } from './session.js';
import { number } from './tables.js';
import { print } from './terminal.js';

/** Adds `adopt`. */
export function addAdopt(program: Command): void {
  program
    .command('adopt')
    .description(
      'accept the ledger as it now is, where it is another one than its log and views remember; every later checkpoint tells of it',
    )
    .requiredOption('--reason <why>', 'what auditors are told, in a sentence')
    .action(async ({ reason }: { reason: string }) => {
      print(told(await adopt(settingsFrom(process.env), checked(reason))));
    });
}

function checked(reason: string): string {
  const said = reason.trim();
  if (said === '' || said.length > LONGEST_REASON || /\p{Cc}/u.test(said))
    throw new CommandFailed(`--reason has to say why, in one line of at most ${LONGEST_REASON} characters`);
  return said;
}

/** Adopts the configured ledger and builds its views. Throws LedgerInUse when a server is running. */
async function adopt(settings: Settings, reason: string): Promise<AdoptionReport> {
  const { store } = await openEventStore(settings, false);
  let report: AdoptionReport;
  try {
    report = await adoptLedger(store, {
      directory: settings.dataDir,
      register: await openSharedRegister(settings),
      reason,
      at: new Clock().now(),
    });
  } finally {
    await store.close();
  }
  const sets = await openGenerations(settings, false);
  await sets.startAnew();
  await sets.close();
  noteFiles(settings, { anew: true });
  await writing(caughtUp);
  if (settings.postgresUrl === undefined) acceptKeysOf(settings.dataDir);
  return report;
}

function told({ adoption, events, setAside }: AdoptionReport): string {
  const aside = setAside.map((file) => `could not be read and is now ${file}\n`).join('');
  if (!adoption)
    return `${aside}The log knows all ${number(events)} events already; the views are built anew.\n`;
  const { kept, former } = adoption;
  return `${aside}The ledger of ${number(events)} events is adopted: ${number(kept)} as the log knew them, ${number(former - kept)} given up, ${number(events - kept)} accepted. The views are built anew.
Every later checkpoint tells of it; those of more than ${number(kept)} events that were given out before do not hold any more.\n`;
}
