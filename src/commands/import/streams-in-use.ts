/** An import has most likely finished with a stream that this many consecutive chunks do not mention. */
const CHUNKS = 10;

/**
 * The streams that recent chunks of an import mentioned. Without this, a file that goes from one automaker to
 * the next would fill the memory with states that it no longer needs.
 */
export class StreamsInUse {
  /** The last chunk that mentioned each stream, in order, oldest first. */
  private readonly lastNamed = new Map<string, number>();
  private chunk = 0;

  /** Adds the streams of the next chunk. Returns the streams that are no longer in use. */
  next(streams: readonly string[]): readonly string[] {
    this.chunk++;
    for (const stream of streams) {
      this.lastNamed.delete(stream);
      this.lastNamed.set(stream, this.chunk);
    }
    const left: string[] = [];
    for (const [stream, chunk] of this.lastNamed) {
      if (chunk > this.chunk - CHUNKS) break;
      this.lastNamed.delete(stream);
      left.push(stream);
    }
    return left;
  }
}
