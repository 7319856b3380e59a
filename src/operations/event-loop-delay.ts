import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Metrics } from './metrics.js';

const LOOK_MS = 20;

/** Measures how long work blocks the event loop: the delay of a timer that is due every 20 ms. */
@Injectable()
export class EventLoopDelay implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly metrics: Metrics) {}

  onApplicationBootstrap(): void {
    this.lookAgain();
  }

  onApplicationShutdown(): void {
    clearTimeout(this.timer);
  }

  private lookAgain(): void {
    const due = performance.now() + LOOK_MS;
    this.timer = setTimeout(() => {
      this.metrics.eventLoopDelay.observe(Math.max(0, performance.now() - due) / 1000);
      this.lookAgain();
    }, LOOK_MS).unref();
  }
}
