import type { RecordedEvent } from '../domain/event.js';
import { daySpan } from '../domain/occurred-on.js';
import { problemsOfProposal } from '../domain/proposal.js';
import { definitionOf, isEventType, isLedgerAct } from '../domain/events/catalogue.js';
import { toCloudEventLine } from '../interchange/cloud-events.js';
import { csvHeader, toCsvLine } from '../interchange/csv.js';
import { toJsonLine } from '../interchange/jsonl.js';
import type { Format, LedgerLine } from '../interchange/ledger-line.js';
import { canonicalEvent } from './ledger-entry.js';
import { leafHash, type Hash } from './merkle-tree.js';

export interface ExportFault {
  /** Position of the event, where the fault is one event's. */
  readonly position?: number;
  readonly fault: string;
}

const MOST_FAULTS = 50;

/** The events of an export as they are read, each checked by itself and against those before it. */
export class ExportedEvents {
  private readonly found: ExportFault[] = [];
  private readonly revisions = new Map<string, number>();
  private readonly ids = new Set<string>();
  private position = 0;
  private readonly header: Buffer;
  private head = Buffer.alloc(0);
  private bytesRead = 0;
  private bytesWritten: number;

  constructor(private readonly format: Format) {
    this.header = Buffer.from(format === 'csv' ? csvHeader() : '');
    this.bytesWritten = this.header.length;
  }

  /** The bytes of the file, which are to be as many as the export of its events has. */
  async *counting(file: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of file) {
      this.bytesRead += chunk.byteLength;
      if (this.head.length < this.header.length) this.head = Buffer.concat([this.head, chunk]);
      yield chunk;
    }
  }

  /** Checks the next event, and answers its hash. */
  take({ line, text, end, content }: LedgerLine): Hash {
    this.position++;
    if (content.kind === 'unreadable') {
      this.add(`line ${line} ${content.reason}`);
      return leafHash('');
    }
    // A table has no cell for evidence that is empty; every recorded event has the field.
    const event = { evidence: [], ...content.event };
    const faults = [...this.misplaced(event), ...malformed(event)];
    for (const fault of faults) this.add(fault);
    if (faults.length > 0) return leafHash('');
    this.checkWriting(event, text, end);
    return leafHash(canonicalEvent(event));
  }

  get hasTooManyFaults(): boolean {
    return this.found.length >= MOST_FAULTS;
  }

  /** What was found in a file that is read to its end. */
  faults(): readonly ExportFault[] {
    if (!this.head.subarray(0, this.header.length).equals(this.header))
      return [{ fault: 'the header line is not the one of an export' }, ...this.found];
    if (this.found.length > 0 || this.bytesRead === this.bytesWritten) return this.found;
    return [
      {
        fault: `the file has ${this.bytesRead} bytes, an export of these ${this.position} events ${this.bytesWritten}: something stands between the lines`,
      },
    ];
  }

  private add(fault: string): void {
    this.found.push({ position: this.position, fault });
  }

  /** One event has one form in each format, so that nothing can hide in how it is written: keys twice, blanks, escapes. */
  private checkWriting(event: object, text: string, end: string): void {
    // Its parts were checked one by one before.
    const recorded = event as RecordedEvent;
    const written = (
      this.format === 'csv' ? toCsvLine : text.startsWith('{"specversion"') ? toCloudEventLine : toJsonLine
    )(recorded);
    this.bytesWritten += Buffer.byteLength(written);
    if (written !== text + end) this.add('is not written as an export writes it');
  }

  private misplaced(event: Readonly<Record<string, unknown>>): string[] {
    const { position, stream, revision, id, recordedAt, recordedBy } = event;
    const faults: string[] = [];
    if (position !== this.position)
      faults.push(`stands at position ${this.position} but says ${String(position)}`);
    if (typeof stream !== 'string') return [...faults, 'has no stream'];
    const expected = (this.revisions.get(stream) ?? -1) + 1;
    if (revision !== expected)
      faults.push(`should be revision ${expected} of ${stream} but says ${String(revision)}`);
    this.revisions.set(stream, expected);
    if (typeof id !== 'string' || this.ids.has(id))
      faults.push(`has the id ${String(id)}, which is missing or not its own`);
    else this.ids.add(id);
    if (typeof recordedAt !== 'string' || typeof recordedBy !== 'string')
      faults.push('does not say who recorded it, and when');
    return faults;
  }
}

function malformed(event: Readonly<Record<string, unknown>>): string[] {
  const {
    position: _position,
    stream: _stream,
    revision: _revision,
    id: _id,
    recordedAt: _recordedAt,
    recordedBy: _recordedBy,
    warnings: _warnings,
    ...said
  } = event;
  const { type, occurredOn, ...rest } = said;
  if (!isEventType(type)) return [`has the unknown type ${String(type)}`];
  const isAct = isLedgerAct(definitionOf(type));
  // An act happens when it is recorded, so a proposal of one brings no date.
  const problems = problemsOfProposal(isAct ? { ...rest, type } : said);
  return [
    ...problems.map(({ field, message }) => `${field} ${message}`),
    ...(isAct && !(typeof occurredOn === 'string' && daySpan(occurredOn))
      ? ['occurredOn is not the day on which it was recorded']
      : []),
  ];
}
