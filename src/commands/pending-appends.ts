import { Injectable } from '@nestjs/common';

/**
 * The appends that were decided on and are not written yet. The next decision on a stream rests on them, so what it
 * refuses, or finds recorded already, holds only once they are.
 */
@Injectable()
export class PendingAppends {
  private readonly last = new Map<string, Promise<unknown>>();

  add(stream: string, append: Promise<unknown>): void {
    this.last.set(stream, append);
    const isOver = () => {
      if (this.last.get(stream) === append) this.last.delete(stream);
    };
    append.then(isOver, isOver);
  }

  /** Resolves when the last append to a stream is written, at once where none is on its way. Throws what the store throws. */
  async written(stream: string): Promise<void> {
    await this.last.get(stream);
  }
}
