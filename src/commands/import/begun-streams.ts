/** Maximum number of remembered streams. For the others, lines are looked up under all their possible ids. */
const MOST = 100_000;

/**
 * The streams that this import began and whose events all have generated ids. Such a stream contains no event
 * under an id that an earlier release generated for a line.
 */
export class BegunStreams {
  private readonly streams = new Set<string>();

  /** Remembers a stream that had no events. */
  add(stream: string): void {
    if (this.streams.size < MOST) this.streams.add(stream);
  }

  /** Forgets a stream, because a line with its own id was recorded in it. */
  noteOtherId(stream: string): void {
    this.streams.delete(stream);
  }

  has(stream: string): boolean {
    return this.streams.has(stream);
  }
}
