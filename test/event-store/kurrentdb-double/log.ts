import { randomUUID } from 'node:crypto';

/** An event in the log of the double. */
export interface LogEvent {
  readonly stream: string;
  readonly revision: number;
  readonly id: string;
  readonly type: string;
  readonly isJson: boolean;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
  /** Byte offset in the log. Commit and prepare position are equal. */
  readonly at: number;
  /** Ticks of 100 ns since 1970. */
  readonly created: string;
}

export type Proposed = Pick<LogEvent, 'id' | 'type' | 'isJson' | 'data' | 'metadata'>;

/** The expected state of a stream for an append: a revision, or a name from the protocol. */
export type Expected = number | 'no-stream' | 'any' | 'stream-exists';

export type AppendOutcome =
  | { readonly kind: 'written'; readonly revision: number; readonly at: number }
  | { readonly kind: 'wrong-expected-version'; readonly actual: number }
  | { readonly kind: 'stream-deleted' }
  | { readonly kind: 'too-large'; readonly limit: number };

interface Stream {
  readonly events: LogEvent[];
  /** First readable revision; earlier ones are soft-deleted. */
  from: number;
  tombstoned: boolean;
}

/** The largest possible revision, which the server gives to a tombstone. */
const TOMBSTONE = Infinity;

/** The default of servers up to 25.0. */
const MAX_APPEND_SIZE = 1024 * 1024;

/**
 * The log of a cluster, in memory, with the server's rules: exact idempotency, soft deletes and tombstones,
 * sparse positions, and a maximum append size. Several nodes may share one log.
 */
export class DoubleLog {
  readonly events: LogEvent[] = [];
  maxAppendSize = MAX_APPEND_SIZE;
  private readonly streams = new Map<string, Stream>();
  private readonly listeners = new Set<() => void>();
  private end = 0;

  append(name: string, expected: Expected, proposed: readonly Proposed[]): AppendOutcome {
    const size = proposed.reduce(
      (sum, { type, data, metadata }) => sum + data.length + metadata.length + 2 * type.length,
      0,
    );
    if (size > this.maxAppendSize) return { kind: 'too-large', limit: this.maxAppendSize };
    const stream = this.streams.get(name) ?? { events: [], from: 0, tombstoned: false };
    if (stream.tombstoned) return { kind: 'stream-deleted' };
    const head = stream.events.length - 1;
    const isDeleted = stream.from > head;
    const isExpected =
      expected === 'any' ||
      (expected === 'no-stream' && isDeleted) ||
      (expected === 'stream-exists' && !isDeleted) ||
      expected === head;
    if (!isExpected)
      return this.again(stream, expected, proposed) ?? { kind: 'wrong-expected-version', actual: head };
    if (expected === 'no-stream' && head >= 0) stream.from = head + 1;
    this.streams.set(name, stream);
    for (const { id, type, isJson, data, metadata } of proposed) {
      // Foreign records and our own headers take space between two events.
      this.end += 61 + data.length + metadata.length + 17 * (this.events.length % 5);
      const event = {
        id,
        type,
        isJson,
        data,
        metadata,
        stream: name,
        revision: stream.events.length,
        at: this.end,
        created: String(BigInt(Date.now()) * 10_000n),
      };
      stream.events.push(event);
      this.events.push(event);
    }
    for (const listener of this.listeners) listener();
    return { kind: 'written', revision: stream.events.length - 1, at: this.end };
  }

  /** The readable events of a stream, or why there are none. */
  read(name: string): readonly LogEvent[] | 'not-found' | 'deleted' {
    const stream = this.streams.get(name);
    if (!stream) return 'not-found';
    if (stream.tombstoned) return 'deleted';
    const events = stream.events.slice(stream.from);
    return events.length === 0 ? 'not-found' : events;
  }

  delete(name: string): void {
    const stream = this.streams.get(name);
    if (stream) stream.from = stream.events.length;
  }

  /** Deletes a stream permanently. The log then contains a system event about this. */
  tombstone(name: string): void {
    const stream = this.streams.get(name) ?? { events: [], from: 0, tombstoned: false };
    stream.tombstoned = true;
    this.streams.set(name, stream);
    this.end += 61;
    this.events.push({
      id: randomUUID(),
      type: '$streamDeleted',
      isJson: false,
      data: new Uint8Array(),
      metadata: new Uint8Array(),
      stream: name,
      revision: TOMBSTONE,
      at: this.end,
      created: String(BigInt(Date.now()) * 10_000n),
    });
    for (const listener of this.listeners) listener();
  }

  /** Hides the events of a stream before a revision, like `$tb` and `$maxCount` in its metadata. */
  truncate(name: string, before: number): void {
    const stream = this.streams.get(name);
    if (stream) stream.from = before;
  }

  /** Removes deleted events from the log, like a scavenge. */
  scavenge(): void {
    const isKept = ({ stream, revision }: LogEvent) => revision >= (this.streams.get(stream)?.from ?? 0);
    this.events.splice(0, Infinity, ...this.events.filter(isKept));
  }

  /** Keeps only the first `kept` events, like a server that was restored from an older backup. */
  cutOff(kept: number): void {
    for (const { stream: name, revision } of this.events.splice(kept)) {
      const stream = this.streams.get(name);
      if (!stream) continue;
      if (revision === TOMBSTONE) stream.tombstoned = false;
      else stream.events.pop();
    }
    this.end = this.events.at(-1)?.at ?? 0;
  }

  /** Index of the first event at or after an offset in the log. */
  indexOf(at: number): number {
    let low = 0;
    let high = this.events.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.events[middle]?.at ?? 0) < at) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Calls the listener after each append, until the returned function is called. */
  listen(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /**
   * The answer to an append that was already written at this place. The server recognizes it by its ids,
   * regardless of its age.
   */
  private again(
    stream: Stream,
    expected: Expected,
    proposed: readonly Proposed[],
  ): AppendOutcome | undefined {
    if (expected === 'any' || expected === 'stream-exists') return undefined;
    const first = expected === 'no-stream' ? 0 : expected + 1;
    const standing = stream.events.slice(first, first + proposed.length);
    const last = standing.at(-1);
    const same =
      standing.length === proposed.length && standing.every(({ id }, index) => id === proposed[index]?.id);
    return same && last ? { kind: 'written', revision: last.revision, at: last.at } : undefined;
  }
}
