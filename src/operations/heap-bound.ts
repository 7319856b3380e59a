import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';

/** So large may the heap become before it is held down. */
const LARGE_HEAP = 256 * 1024 ** 2;
/**
 * So much, in percent of what is kept, may garbage of longer lives grow then before it is collected. V8 lets it grow to four times
 * of that, and to more than a gigabyte where very much is read at once. It costs up to a fifth more time.
 */
const GARBAGE_PERCENT = 50;
const OF_V8 = 0;
const LOOK_MS = 500;

/** Keeps garbage from taking most of the memory of a server that keeps much. */
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
    this.holdDown(getHeapStatistics().total_heap_size > LARGE_HEAP);
  }

  private holdDown(isLarge: boolean): void {
    if (isLarge === this.isHeldDown) return;
    this.isHeldDown = isLarge;
    setFlagsFromString(`--heap-growing-percent=${isLarge ? GARBAGE_PERCENT : OF_V8}`);
  }
}
