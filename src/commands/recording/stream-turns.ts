import { Injectable } from '@nestjs/common';

/**
 * One decision at a time per stream inside this process: who comes first finishes first. Between processes the expected
 * revision decides.
 */
@Injectable()
export class StreamTurns {
  private readonly last = new Map<string, Promise<unknown>>();

  /** Runs `work` when all earlier turns on these streams are over. Streams of one call are taken in one go, so turns cannot block each other. */
  async take<T>(streams: readonly string[], work: () => Promise<T>): Promise<T> {
    const before = Promise.allSettled(streams.flatMap((stream) => this.last.get(stream) ?? []));
    const turn = before.then(work);
    for (const stream of streams) this.last.set(stream, turn);
    try {
      return await turn;
    } finally {
      for (const stream of streams) if (this.last.get(stream) === turn) this.last.delete(stream);
    }
  }
}
