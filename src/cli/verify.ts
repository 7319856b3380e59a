import type { Command } from 'commander';
import { verify, type Finding } from '../projections/verify.js';
import { LedgerLog } from '../transparency/ledger-log.js';
import { AlreadyTold } from './failures.js';
import { reading } from './session.js';
import { number, table } from './tables.js';

/** Adds `verify`. */
export function addVerify(program: Command): void {
  program
    .command('verify')
    .description(
      'check that the ledger has no gaps, that nobody edited it, and that stored views equal the fold computed afresh',
    )
    .option('--json', 'as JSON')
    .action(verifyStores);
}

async function verifyStores({ json = false }: { json?: boolean }): Promise<void> {
  const { findings: found, ...counts } = await reading(async ({ store, views, app }) => {
    const verification = await verify(store, views.tables);
    const edited = await editedEvents(app.get(LedgerLog));
    return { ...verification, findings: [...verification.findings, ...edited] };
  });
  const { events, streams, rows, position } = counts;
  const told = `${number(events)} events in ${number(streams)} streams; ${number(rows)} rows compared at position ${number(position)}\n`;
  if (json)
    process.stdout.write(`${JSON.stringify({ ok: found.length === 0, ...counts, findings: found })}\n`);
  else if (found.length === 0) process.stdout.write(`${told}OK\n`);
  else {
    const lines = found.map((each) => [each.position, each.event, each.finding]);
    process.stdout.write(`${told}${table(['position', 'event', 'finding'], lines)}`);
  }
  if (found.length > 0) throw new AlreadyTold();
}

/** The log's Merkle tree remembers what each event was; a ledger that cannot be read was told of by `verify`. */
async function editedEvents(log: LedgerLog): Promise<Finding[]> {
  try {
    const finding = 'is not the event that the log took in: it was edited behind the tracker’s back';
    return (await log.changedEvents()).map((position) => ({ position, finding }));
  } catch {
    return [];
  }
}
