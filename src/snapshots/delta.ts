import { createHash } from 'node:crypto';
import type { QueryBus } from '@nestjs/cqrs';
import { InvalidRequest } from '../problems/request-problems.js';
import { ExportLedger } from '../queries/events/export-ledger.js';
import type { SnapshotPoint } from '../queries/tables/find-snapshot.js';
import { LEDGER_TABLES } from '../queries/tables/ledger-tables.js';
import { ReadTable } from '../queries/tables/read-table.js';
import type { LedgerTable, TableRow } from '../queries/tables/table.js';
import type { LedgerLog } from '../transparency/ledger-log.js';
import { dataPackage } from './data-package.js';
import { licenceText } from './offline-files.js';
import { PackageFiles, plainFile } from './package-files.js';
import { CHECK_DELTA, readmeOf } from './readme.js';
import { lineOf } from './table-file.js';
import type { ZipEntry } from './zip.js';

/** Rows of the earlier point are kept as hashes. Beyond this, clients must take two snapshots. */
const MOST_EVENTS = 300_000;
const TITLE = 'Market Expansion Tracker: what changed in the ledger';

/** Throws InvalidRequest if there is no delta between the points. */
export function checkDelta(from: SnapshotPoint, to: SnapshotPoint): void {
  if (from.position > to.position)
    throw wrong(`must not be later than the second point, event ${to.position}`);
  if (from.position > MOST_EVENTS)
    throw wrong(`has more than ${MOST_EVENTS} events; take the whole snapshot of the second point instead`);
}

const wrong = (message: string): InvalidRequest => new InvalidRequest([{ field: 'from', message }]);

/** The files of a delta. */
export async function* deltaEntries(
  from: SnapshotPoint,
  to: SnapshotPoint,
  { queries, log }: { readonly queries: QueryBus; readonly log: LedgerLog },
): AsyncGenerator<ZipEntry> {
  const package_ = new PackageFiles();
  const read = (table: LedgerTable, { recordedAt }: SnapshotPoint): Promise<AsyncIterable<TableRow>> =>
    queries.execute(new ReadTable(table, { knownOn: recordedAt }));
  for (const table of LEDGER_TABLES) {
    const before = new KeptRows(table);
    for await (const row of await read(table, from)) before.keep(row);
    // A row may refer to rows of the earlier snapshot.
    yield package_.table({ ...table, references: [] }, before.changed(await read(table, to)));
    yield package_.table(removedFrom(table), before.gone());
  }
  yield package_.text(
    {
      name: 'ledger-added',
      path: 'ledger-added.jsonl',
      title: 'The events that were recorded in between',
      mediatype: 'application/x-ndjson',
    },
    await queries.execute(new ExportLedger('jsonl', { after: from.position, upTo: to.position })),
  );
  yield plainFile('ledger.jsonl.checkpoint', (await log.checkpointOf(to.position)).note);
  yield plainFile('LICENSE.txt', await licenceText());
  const about = [
    `What changed between event ${from.position} (recorded ${from.recordedAt}) and event ${to.position} (recorded ${to.recordedAt}).`,
    'Into each table of the earlier snapshot put the rows of the file of its name, in place of those with the same key; then take out the rows whose keys stand in its `-removed` file. `ledger-added.jsonl` goes to the end of `ledger.jsonl`; the checkpoint is of both together.',
  ];
  yield plainFile('README.md', readmeOf(TITLE, about, to, package_.tables, CHECK_DELTA));
  const described = dataPackage({ title: TITLE, description: about[0] ?? '' }, to, package_.files);
  yield plainFile('datapackage.json', `${JSON.stringify(described, null, 2)}\n`);
}

/** The table of the keys of removed rows. */
function removedFrom({ name, title, fields, key }: LedgerTable): Omit<LedgerTable, 'rows'> {
  return {
    name: `${name}-removed`,
    title: `${title}: no longer there`,
    description: `The keys of rows of ${name}.csv that are not there any more.`,
    fields: fields.filter((field) => key.includes(field.name)),
    key,
    references: [],
  };
}

/** The rows of a table at the earlier point, as hashes by key. */
class KeptRows {
  private readonly keys: readonly number[];
  private readonly rows = new Map<string, { readonly key: TableRow; readonly hash: string }>();

  constructor({ fields, key }: LedgerTable) {
    this.keys = fields.flatMap(({ name }, index) => (key.includes(name) ? [index] : []));
  }

  keep(row: TableRow): void {
    const key = this.keyOf(row);
    this.rows.set(lineOf(key), { key, hash: hashOf(row) });
  }

  /** Yields the rows of the later point that are new or changed. The rows left over were removed. */
  async *changed(rows: AsyncIterable<TableRow>): AsyncGenerator<TableRow> {
    for await (const row of rows) {
      const key = lineOf(this.keyOf(row));
      const kept = this.rows.get(key);
      this.rows.delete(key);
      if (kept?.hash !== hashOf(row)) yield row;
    }
  }

  *gone(): Generator<TableRow> {
    for (const { key } of this.rows.values()) yield key;
  }

  private keyOf(row: TableRow): TableRow {
    return this.keys.map((index) => row[index]);
  }
}

const hashOf = (row: TableRow): string => createHash('sha256').update(lineOf(row)).digest('base64');
