import { Injectable } from '@nestjs/common';

/** How many imports run in this process. What follows the ledger rests meanwhile, and catches up after them. */
@Injectable()
export class ImportsUnderWay {
  private count = 0;

  get any(): boolean {
    return this.count > 0;
  }

  async during<T>(work: () => Promise<T>): Promise<T> {
    this.count++;
    try {
      return await work();
    } finally {
      this.count--;
    }
  }
}
