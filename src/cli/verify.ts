import type { Command } from 'commander';
import { damageIn } from '../event-store/damage.js';
import type { EventStore } from '../event-store/event-store.js';
import { onWritableFolder } from '../operations/read-only-folder.js';
import type { ReadModel } from '../read-model/read-model.js';
import { verify } from '../read-model/verify.js';
import { differingOutlines } from '../queries/automakers/verify-outlines.js';
import { settingsFrom } from '../settings.js';
import { LedgerLog } from '../transparency/ledger-log.js';
import type { GivenCheckpoint } from '../transparency/verify-log.js';
import { textOf } from './named-files.js';
import { ReportedError } from './reported-error.js';
import { reading } from './session.js';
import { number, table } from './tables.js';
import { verifyExportFile, type ExportOptions } from './verify-export.js';
import { MOST_OUTLINES, verifyFolder, withIds, type FolderVerification } from './verify-folder.js';
import { print, printJson, printTables } from './terminal.js';

/** Adds `verify`. */
export function addVerify(program: Command): void {
  program
    .command('verify')
    .description(
      'check that the ledger has no gaps, that nobody edited it, and that stored views equal the fold computed afresh; or check an export',
    )
    .option('--export <file>', 'check that export instead, offline: every event, and the checkpoints')
    .option(
      '--checkpoint <files...>',
      'signed checkpoints that the ledger or the export must agree with: of it as it is, or of earlier states',
    )
    .option('--key <key>', 'the public key of the log (GET /api/ledger/key), to check the signatures')
    .option('--json', 'as JSON')
    .action(async ({ export: file, ...options }: Partial<ExportOptions>) =>
      file === undefined ? verifyAll(options) : verifyExportFile({ ...options, export: file }),
    );
}

/** What `verify` compares the stores with. */
type StoresOptions = Omit<Partial<ExportOptions>, 'export'>;

/** Checks ledger, log and views, prints the findings, and throws ReportedError if there are any. */
export async function verifyAll({ checkpoint = [], key, json = false }: StoresOptions): Promise<void> {
  const notes = await Promise.all(checkpoint.map(textOf));
  const given = notes.map((note) => ({ note, key }));
  const settings = settingsFrom(process.env);
  const verified =
    settings.kurrentdbUrl === undefined
      ? await onWritableFolder(settings, (folder) => verifyFolder(folder, given))
      : await verifyServers(given);
  const { findings: found, adoptions, ...counts } = verified;
  const { events, streams, rows, position, hasViews } = counts;
  const compared = hasViews
    ? `${number(rows)} rows compared at position ${number(position)}`
    : 'no views compared, as this release has made none: the next start or question makes them, or `tracker rebuild`';
  const told = `${number(events)} events in ${number(streams)} streams; ${compared}\n`;
  const toldOf = adoptions.map(
    ({ at, kept, former, reason }) =>
      `adopted on ${at}: ${number(kept)} of ${number(former)} events kept (${JSON.stringify(reason)})\n`,
  );
  const adopted = toldOf.join('');
  if (json) printJson({ ok: found.length === 0, ...counts, adoptions, findings: found });
  else if (found.length === 0) print(`${told}${adopted}OK\n`);
  else {
    const lines = found.map((each) => [each.position, each.event, each.finding]);
    printTables(`${told}${adopted}${table(['position', 'event', 'finding'], lines)}`);
  }
  if (found.length > 0) throw new ReportedError();
}

/** Opens the stores of the server tier and checks them. Views that cannot be opened are a finding. */
async function verifyServers(given: readonly GivenCheckpoint[]): Promise<FolderVerification> {
  try {
    return await reading(({ store, views, app }) => verifyStores(store, views, app.get(LedgerLog), given), {
      answersParted: true,
    });
  } catch (error) {
    const damage = damageIn(error);
    if (!damage) throw error;
    const findings = [{ finding: damage.message }];
    return { events: 0, streams: 0, rows: 0, position: 0, hasViews: true, findings, adoptions: [] };
  }
}

/** Checks the stores of the server tier. An unreadable log or ledger is itself a finding. */
async function verifyStores(
  store: EventStore,
  views: ReadModel,
  log: LedgerLog,
  given: readonly GivenCheckpoint[],
): Promise<FolderVerification> {
  const compared = await verify(store, views.tables);
  const outlines = compared.findings.length === 0 ? await differingOutlines(views.tables, MOST_OUTLINES) : [];
  const verification = { ...compared, hasViews: true, findings: [...compared.findings, ...outlines] };
  try {
    const { findings, adoptions } = await log.verify(given);
    return {
      ...verification,
      findings: await withIds([...verification.findings, ...findings], views.tables),
      adoptions,
    };
  } catch (error) {
    const finding = `the log cannot be held against the ledger: ${error instanceof Error ? error.message : String(error)}`;
    return { ...verification, findings: [...verification.findings, { finding }], adoptions: [] };
  }
}
