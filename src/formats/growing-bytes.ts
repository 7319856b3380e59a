/**
 * Collects bytes up to a limit in one growing buffer, so that many small pieces cost no more than a large
 * one.
 */
export class GrowingBytes {
  private buffer = Buffer.alloc(0);
  private used = 0;
  private overflowed = false;

  constructor(private readonly limit: number) {}

  /** Adds a piece. Beyond the limit, everything is dropped until the next `take`. */
  add(piece: Uint8Array): void {
    const length = this.used + piece.byteLength;
    if (this.overflowed || length > this.limit) {
      this.overflowed = true;
      this.buffer = Buffer.alloc(0);
      this.used = 0;
      return;
    }
    if (length > this.buffer.length) {
      const larger = Buffer.alloc(Math.max(length, 2 * this.buffer.length));
      this.buffer.copy(larger, 0, 0, this.used);
      this.buffer = larger;
    }
    this.buffer.set(piece, this.used);
    this.used = length;
  }

  get isEmpty(): boolean {
    return this.used === 0 && !this.overflowed;
  }

  /** Returns the bytes since the last call; undefined if they exceeded the limit. */
  take(): Buffer | undefined {
    const taken = this.overflowed ? undefined : this.buffer.subarray(0, this.used);
    this.buffer = Buffer.alloc(0);
    this.used = 0;
    this.overflowed = false;
    return taken;
  }
}
