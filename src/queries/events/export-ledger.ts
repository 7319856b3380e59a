import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { EVENT_STORE, type EventStore } from '../../event-store/event-store.js';
import type { RecordedEvent } from '../../domain/event.js';
import { toCloudEventLine } from '../../interchange/cloud-events.js';
import { csvHeader, toCsvLine } from '../../interchange/csv.js';
import { toJsonLine } from '../../interchange/jsonl.js';
import type { Format } from '../../interchange/ledger-line.js';

/** The whole ledger as a file, in the order of recording, line by line. */
export class ExportLedger extends Query<AsyncIterable<string>> {
  constructor(
    readonly format: Format,
    readonly signal?: AbortSignal,
  ) {
    super();
  }
}

@QueryHandler(ExportLedger)
export class ExportLedgerHandler implements IQueryHandler<ExportLedger> {
  constructor(@Inject(EVENT_STORE) private readonly store: EventStore) {}

  execute({ format, signal }: ExportLedger): Promise<AsyncIterable<string>> {
    return Promise.resolve(chunksOf(this.store.readAll(signal ? { signal } : {}), format));
  }
}

/** Lines are handed on some dozens of kilobytes at a time: a write for each would cost more than the line. */
const CHUNK_LENGTH = 64 * 1024;

async function* chunksOf(events: AsyncIterable<RecordedEvent>, format: Format): AsyncGenerator<string> {
  const toLine = { jsonl: toJsonLine, cloudevents: toCloudEventLine, csv: toCsvLine }[format];
  let chunk = format === 'csv' ? csvHeader() : '';
  for await (const event of events) {
    chunk += toLine(event);
    if (chunk.length < CHUNK_LENGTH) continue;
    yield chunk;
    chunk = '';
  }
  if (chunk !== '') yield chunk;
}
