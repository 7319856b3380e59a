import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { GarbageLimit } from './garbage-limit.js';

/** A server keeps much live data, so the limit is generous: it costs up to a fifth more time. */
const [LARGE_HEAP, GARBAGE_PERCENT] = [256 * 1024 ** 2, 50];
const LOOK_MS = 500;

/** Keeps garbage from taking most of the memory of a server with much live data. */
@Injectable()
export class HeapBound implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly garbage = new GarbageLimit(LARGE_HEAP, GARBAGE_PERCENT);
  private looking: NodeJS.Timeout | undefined;

  onApplicationBootstrap(): void {
    this.looking = setInterval(() => this.garbage.look(), LOOK_MS).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.looking);
    this.garbage.lift();
  }
}
