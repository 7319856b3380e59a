import type { RecordedEvent } from '../domain/ledger/event.js';

/**
 * A stream contains an event that this release cannot fold, such as one whose type only a newer version
 * knows.
 */
export class StreamParked extends Error {
  override readonly name = 'StreamParked';
  readonly stream: string;
  /** Position of that event. */
  readonly position: number;

  constructor({ stream, position, id, type }: RecordedEvent, cause: unknown) {
    const why = cause instanceof Error ? cause.message : String(cause);
    super(
      `${stream} cannot be followed beyond its event ${id} (${type}, position ${position}): ${why}. Update the software, or find out which other program wrote it, then retry the stream`,
      { cause },
    );
    this.stream = stream;
    this.position = position;
  }
}
