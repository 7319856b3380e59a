/** A stream that so many chunks in a row do not name is done with, most likely. */
const CHUNKS = 20;

/**
 * The streams that the chunks of an import named lately. A file that goes from one automaker to the next would fill the memory with
 * the states of those that it is done with.
 */
export class StreamsInUse {
  /** The chunk that named each of them last; the one named longest ago comes first. */
  private readonly lastNamed = new Map<string, number>();
  private chunk = 0;

  /** Takes in the streams of the next chunk, and answers those that are not in use any more. */
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
