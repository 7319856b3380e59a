import type { Command } from 'commander';
import { isLoopback } from '../settings.js';
import { LedgerLog } from '../transparency/ledger-log.js';
import { witnessInFile, type Testimony } from '../transparency/witness-file.js';
import { witnessAtServer } from '../transparency/witness-server.js';
import { ReportedError, CommandFailed } from './reported-error.js';
import { reading } from './session.js';
import { number, table } from './tables.js';
import { print } from './terminal.js';

/** Adds `witness`. */
export function addWitness(program: Command): void {
  program
    .command('witness <place>')
    .description(
      'deposit the checkpoint of now elsewhere, and check that the ledger continues all that were deposited there: a file that others keep, or the URL of a witness (C2SP tlog-witness)',
    )
    .action(witness);
}

async function witness(place: string): Promise<void> {
  const url = urlOf(place);
  const testimony = await reading(async ({ app }) => {
    const log = app.get(LedgerLog);
    const now = await log.exportCheckpoint();
    return url ? witnessAtServer(url, log, now) : witnessInFile(place, log, now);
  });
  print(told(place, testimony));
  if (testimony.faults.length > 0) throw new ReportedError();
}

/**
 * The URL of a place; undefined for a file. Requires https except on loopback: checkpoints are public, but an
 * attacker who changes them in transit could hide a split view.
 */
function urlOf(place: string): URL | undefined {
  if (!/^[a-z][a-z0-9+.-]+:\/\//i.test(place)) return undefined;
  const url = URL.canParse(place) ? new URL(place) : undefined;
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname))) return url;
  throw new CommandFailed(
    'The witness has to be a file, an https:// URL, or an http:// URL of this machine.',
  );
}

function told(place: string, { seen, deposited, faults, cosignatures = '' }: Testimony): string {
  if (deposited)
    return `${place} has the checkpoint of now; the ledger continues what it had (${number(seen)})\n${cosignatures}`;
  const lines = faults.map((fault) => [fault]);
  return `Nothing was deposited: ${place} has seen another ledger.\n${table(['finding'], lines)}`;
}
