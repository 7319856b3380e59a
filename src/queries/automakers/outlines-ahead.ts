import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { CancellablePause } from '../../event-store/cancellable-pause.js';
import { ReadModel } from '../../read-model/read-model.js';
import { AutomakerIndex } from './automaker-index.js';

/** So long nothing has to be projected before outlines are worked out that nobody asked for. */
const QUIET_MS = 3000;
/** The same after a start, which mostly finds outlines that have to be read only. */
const QUIET_AT_FIRST_MS = 200;

/** As many as the theses look at, where there is room for them. */
const MOST_READ = 200;

/**
 * Works the outlines of automakers out before somebody asks, whenever nothing was recorded for a while: after a start that finds none,
 * and after an import. In turns, as a question would. Then reads the automakers of which most is recorded.
 */
@Injectable()
export class OutlinesAhead implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly abort = new AbortController();
  private readonly pause = new CancellablePause();

  constructor(
    private readonly index: AutomakerIndex,
    private readonly views: ReadModel,
  ) {}

  onApplicationBootstrap(): void {
    void this.follow();
  }

  onModuleDestroy(): void {
    this.abort.abort();
  }

  private async follow(): Promise<void> {
    const { signal } = this.abort;
    for (let [seen, read] = [-1, -1]; !signal.aborted;) {
      const { position } = this.views.status;
      // What fails is told to whoever asks.
      if (position === seen) await this.index.all().catch(() => undefined);
      if (position === seen && position !== read) {
        await this.index.readAhead(MOST_READ).catch(() => undefined);
        read = position;
      }
      seen = position;
      await this.pause.wait(this.index.isAtHand ? QUIET_MS : QUIET_AT_FIRST_MS, signal);
    }
  }
}
