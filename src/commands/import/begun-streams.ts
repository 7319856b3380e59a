/** So many are remembered; what is recorded in the others is looked for under all ids. */
const MOST = 100_000;

/**
 * The streams that an import began, and whose events all have ids that it made: nothing is in them under an id that an earlier
 * release made of a line.
 */
export class BegunStreams {
  private readonly streams = new Set<string>();

  /** A stream was found without events. */
  add(stream: string): void {
    if (this.streams.size < MOST) this.streams.add(stream);
  }

  /** A line brought its own id into a stream. */
  noteOtherId(stream: string): void {
    this.streams.delete(stream);
  }

  has(stream: string): boolean {
    return this.streams.has(stream);
  }
}
