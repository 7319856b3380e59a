import v8 from 'node:v8';
import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';

/** Above this heap size, garbage is collected more often. */
const LARGE_HEAP = 256 * 1024 ** 2;
/**
 * Allowed growth of the old generation between collections, in percent of the live data. V8 allows up to four
 * times the live data, and more than a gigabyte when much is read at once. It costs up to a fifth more time.
 */
const GARBAGE_PERCENT = 50;
const OF_V8 = 0;
const LOOK_MS = 500;

/** Keeps garbage from taking most of the memory of a server with much live data. */
@Injectable()
export class HeapBound implements OnApplicationBootstrap, OnModuleDestroy {
  private looking: NodeJS.Timeout | undefined;
  private isHeldDown = false;

  onApplicationBootstrap(): void {
    this.looking = setInterval(() => this.look(), LOOK_MS).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.looking);
    this.holdDown(false);
  }

  private look(): void {
    this.holdDown(v8.getHeapStatistics().total_heap_size > LARGE_HEAP);
  }

  private holdDown(isLarge: boolean): void {
    if (isLarge === this.isHeldDown) return;
    this.isHeldDown = isLarge;
    v8.setFlagsFromString(`--heap-growing-percent=${isLarge ? GARBAGE_PERCENT : OF_V8}`);
  }
}
