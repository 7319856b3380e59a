import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { isNow, type Clocks } from '../../domain/ledger/clocks.js';
import { EVENT_STORE, type EventStore } from '../../event-store/event-store.js';
import type { RecordedEvent } from '../../domain/ledger/event.js';
import { toCloudEventLine } from '../../formats/cloud-events.js';
import { csvHeader, toCsvLine } from '../../formats/csv.js';
import { toJsonLine } from '../../formats/jsonl.js';
import { AutomakerReader } from '../automaker-reader.js';
import { HappenedEvents } from './happened-events.js';
import type { ExportFormat } from '../../formats/ledger-line.js';
import { spreadsheetHeader, toSpreadsheetLine } from '../../formats/spreadsheet.js';

export interface ExportOptions {
  readonly clocks?: Clocks;
  /** The position of the last event to include. Defaults to all current events. */
  readonly upTo?: number;
  /** Only events recorded after this position. */
  readonly after?: number;
  readonly signal?: AbortSignal;
}

/**
 * The ledger as a file, line by line in the order of recording. With clocks, it contains the events known and
 * published by then that had occurred by then as far as was known, and what was recorded about them, so that
 * folding the file gives the answers as of those clocks.
 */
export class ExportLedger extends Query<AsyncIterable<string>> {
  constructor(
    readonly format: ExportFormat,
    readonly options: ExportOptions = {},
  ) {
    super();
  }
}

@QueryHandler(ExportLedger)
export class ExportLedgerHandler implements IQueryHandler<ExportLedger> {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    private readonly happened: HappenedEvents,
    private readonly states: AutomakerReader,
  ) {}

  async execute({ format, options }: ExportLedger): Promise<AsyncIterable<string>> {
    const { clocks = {}, signal, after = 0 } = options;
    const { position } = await this.states.asOf(clocks);
    const { upTo = isNow(clocks) ? Infinity : position } = options;
    const all = until(this.store.readAll({ after, ...(signal && { signal }) }), upTo);
    return chunksOf(isNow(clocks) ? all : this.happened.of(all, clocks), format);
  }
}

async function* until(events: AsyncIterable<RecordedEvent>, last: number): AsyncGenerator<RecordedEvent> {
  for await (const event of events) {
    if (event.position > last) return;
    yield event;
    if (event.position === last) return;
  }
}

/**
 * Lines are written in chunks of this size, because a write per line would cost more than the line itself.
 */
const CHUNK_LENGTH = 64 * 1024;

const noHeader = (): string => '';
const WRITERS: Readonly<
  Record<ExportFormat, { header: () => string; toLine: (event: RecordedEvent) => string }>
> = {
  jsonl: { header: noHeader, toLine: toJsonLine },
  cloudevents: { header: noHeader, toLine: toCloudEventLine },
  csv: { header: csvHeader, toLine: toCsvLine },
  spreadsheet: { header: spreadsheetHeader, toLine: toSpreadsheetLine },
};

async function* chunksOf(events: AsyncIterable<RecordedEvent>, format: ExportFormat): AsyncGenerator<string> {
  const { header, toLine } = WRITERS[format];
  let chunk = header();
  for await (const event of events) {
    chunk += toLine(event);
    if (chunk.length < CHUNK_LENGTH) continue;
    yield chunk;
    chunk = '';
  }
  if (chunk !== '') yield chunk;
}
