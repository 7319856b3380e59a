import type { QueryBus } from '@nestjs/cqrs';
import { ExportLedger } from '../queries/events/export-ledger.js';
import type { SnapshotPoint } from '../queries/tables/find-snapshot.js';
import { LEDGER_TABLES } from '../queries/tables/ledger-tables.js';
import { ReadTable } from '../queries/tables/read-table.js';
import { hashLines } from '../transparency/hash-lines.js';
import type { LedgerLog } from '../transparency/ledger-log.js';
import { dataPackage } from './data-package.js';
import { deltaEntries } from './delta.js';
import { licenceText, verifierText } from './offline-files.js';
import { PackageFiles, plainFile } from './package-files.js';
import { CHECK_SNAPSHOT, readmeOf } from './readme.js';
import { zipOf, type ZipEntry } from './zip.js';

const JSONL = 'application/x-ndjson';
const TITLE = 'Market Expansion Tracker: the ledger';

/** Writes states of the ledger, and differences between two of them, as self-contained archives. */
export class SnapshotWriter {
  constructor(
    private readonly queries: QueryBus,
    private readonly log: LedgerLog,
  ) {}

  /** The whole ledger at a point. The bytes for a point never change, whatever is recorded later. */
  snapshot(point: SnapshotPoint): AsyncIterable<Uint8Array> {
    return zipOf(this.entries(point));
  }

  /** The rows to add to and remove from the tables of one point to get those of a later one. */
  delta(from: SnapshotPoint, to: SnapshotPoint): AsyncIterable<Uint8Array> {
    return zipOf(deltaEntries(from, to, { queries: this.queries, log: this.log }));
  }

  private async *entries(point: SnapshotPoint): AsyncGenerator<ZipEntry> {
    const { position, recordedAt } = point;
    const package_ = new PackageFiles();
    const checkpoint = await this.log.checkpointOf(position);
    for (const table of LEDGER_TABLES)
      yield package_.table(table, await this.queries.execute(new ReadTable(table, { knownOn: recordedAt })));
    yield package_.text(
      { name: 'ledger', path: 'ledger.jsonl', title: 'The ledger, exactly as recorded', mediatype: JSONL },
      await this.queries.execute(new ExportLedger('jsonl', { upTo: position })),
    );
    yield plainFile('ledger.jsonl.checkpoint', checkpoint.note);
    yield {
      name: 'ledger.jsonl.hashes',
      chunks: encoded(hashLines(this.log.hashes(position))),
    };
    yield plainFile('log.key', `${this.log.verifierKey}\n`);
    yield plainFile('verify.mjs', await verifierText());
    yield plainFile('LICENSE.txt', await licenceText());
    const about = [
      `All that was recorded here by ${recordedAt}: ${position} events. Made again later, this archive has the same bytes.`,
    ];
    yield plainFile('README.md', readmeOf(TITLE, about, point, package_.tables, CHECK_SNAPSHOT));
    const description = 'All events that were recorded by then, and what they amount to, as tables.';
    const described = dataPackage({ title: TITLE, description }, point, package_.files);
    yield plainFile('datapackage.json', `${JSON.stringify(described, null, 2)}\n`);
  }
}

async function* encoded(parts: Iterable<string>): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield Buffer.from(part);
}
