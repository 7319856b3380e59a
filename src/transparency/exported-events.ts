import type { RecordedEvent } from '../domain/ledger/event.js';
import { daySpan } from '../domain/ledger/edtf.js';
import { isEventType } from '../domain/events/catalogue.js';
import { isPlainObject } from '../domain/events/fields.js';
import { canonicalJson } from '../formats/canonical-json.js';
import { toCloudEventLine } from '../formats/cloud-events.js';
import { columnsOf, toCsvLine } from '../formats/csv.js';
import { toJsonLine } from '../formats/jsonl.js';
import type { Format, LedgerLine } from '../formats/ledger-line.js';
import { leafHash, type Hash } from './merkle-tree.js';

export interface ExportFault {
  /** Position of the event, if the fault concerns a single event. */
  readonly position?: number;
  readonly fault: string;
}

const MOST_FAULTS = 50;

/** Upper bound on the length of a header line, in bytes. */
const LONGEST_HEADER = 64 * 1024;

/**
 * Checks the events of an export as they are read: each must be written exactly as an export writes it, and
 * be in its place. The content of an event is not judged: it was recorded under the rules of its day, and the
 * hashes show whether it was changed.
 */
export class ExportedEvents {
  private readonly found: ExportFault[] = [];
  private readonly revisions = new Map<string, number>();
  private readonly ids = new Set<string>();
  private position = 0;
  /** For a table: the file up to the end of its header line. */
  private head = '';
  private columns: readonly string[] | undefined;
  private bytesRead = 0;
  private bytesWritten = 0;

  constructor(private readonly format: Format) {}

  /** Passes the file's bytes through and counts them, for comparison with the expected size. */
  async *counting(file: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of file) {
      this.bytesRead += chunk.byteLength;
      if (this.format === 'csv' && !this.columns) this.readHeader(chunk);
      yield chunk;
    }
  }

  /** Checks the next event and returns its hash. */
  take({ line, text, end, content }: LedgerLine): Hash {
    this.position++;
    if (content.kind === 'unreadable') {
      this.add(`line ${line} ${content.reason}`);
      return leafHash('');
    }
    // A table has no cell for empty evidence, but every recorded event has the field.
    const event = { evidence: [], ...content.event };
    const faults = [...this.misplaced(event), ...malformed(event, this.format)];
    for (const fault of faults) this.add(fault);
    if (faults.length > 0) return leafHash('');
    this.checkWriting(event, text, end);
    return leafHash(canonicalJson(event));
  }

  get hasTooManyFaults(): boolean {
    return this.found.length >= MOST_FAULTS;
  }

  /** The faults of a file that was read to its end. */
  faults(): readonly ExportFault[] {
    if (this.format === 'csv' && !this.columns)
      return [{ fault: 'the header line is not the one of an export' }, ...this.found];
    if (this.found.length > 0 || this.bytesRead === this.bytesWritten) return this.found;
    return [
      {
        fault: `the file has ${this.bytesRead} bytes, an export of these ${this.position} events ${this.bytesWritten}: something stands between the lines`,
      },
    ];
  }

  private readHeader(chunk: Uint8Array): void {
    if (this.head.includes('\n') || this.head.length > LONGEST_HEADER) return;
    this.head += Buffer.from(chunk).toString('latin1');
    const end = this.head.indexOf('\n') + 1;
    this.columns = end > 0 ? columnsOf(this.head.slice(0, end)) : undefined;
    if (this.columns) this.bytesWritten = end;
  }

  private add(fault: string): void {
    this.found.push({ position: this.position, fault });
  }

  /**
   * An event has exactly one form in each format, so that nothing can hide in the way it is written:
   * duplicate keys, blanks, escapes.
   */
  private checkWriting(event: object, text: string, end: string): void {
    // The parts were checked one by one before.
    const recorded = event as RecordedEvent;
    const written =
      this.format === 'csv'
        ? toCsvLine(recorded, this.columns)
        : (text.startsWith('{"specversion"') ? toCloudEventLine : toJsonLine)(recorded);
    this.bytesWritten += Buffer.byteLength(written);
    if (written !== text + end) this.add('is not written as an export writes it');
  }

  private misplaced(event: Readonly<Record<string, unknown>>): string[] {
    const { position, stream, revision, id, recordedAt, recordedBy } = event;
    const faults: string[] = [];
    if (position !== this.position)
      faults.push(`stands at position ${this.position} but says ${JSON.stringify(position)}`);
    if (typeof stream !== 'string') return [...faults, 'has no stream'];
    const expected = (this.revisions.get(stream) ?? -1) + 1;
    if (revision !== expected)
      faults.push(`should be revision ${expected} of ${stream} but says ${JSON.stringify(revision)}`);
    this.revisions.set(stream, expected);
    if (typeof id !== 'string' || this.ids.has(id))
      faults.push(`has the id ${JSON.stringify(id)}, which is missing or not its own`);
    else this.ids.add(id);
    if (typeof recordedAt !== 'string' || typeof recordedBy !== 'string')
      faults.push('does not say who recorded it, and when');
    return faults;
  }
}

/** Checks what every event must have, whatever its type and release. */
function malformed(event: Readonly<Record<string, unknown>>, format: Format): string[] {
  const { type, version, occurredOn, data, evidence } = event;
  const faults: string[] = [];
  if (typeof type !== 'string' || type === '') faults.push('has no type');
  else if (format === 'csv' && !isEventType(type))
    faults.push(
      `has the type ${type}, which is not known here: which of its cells are numbers cannot be told; check its JSONL export`,
    );
  if (version !== undefined && !(Number.isInteger(version) && Number(version) > 1))
    faults.push('names a version of its type that is no whole number above 1; the first one is not named');
  if (typeof occurredOn !== 'string' || !daySpan(occurredOn)) faults.push('has no date on which it occurred');
  if (!isPlainObject(data)) faults.push('has no data');
  if (!Array.isArray(evidence)) faults.push('has no list of evidence');
  return faults;
}
