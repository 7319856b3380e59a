import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { CancellablePause } from '../../event-store/cancellable-pause.js';
import { ReadModel } from '../../read-model/read-model.js';
import { AutomakerIndex } from './automaker-index.js';
import { PastsAhead } from './pasts-ahead.js';

/** Outlines are computed in advance only after this long without projected events. */
const QUIET_MS = 3000;
/** The same after a start, which usually finds stored outlines that only need to be read. */
const QUIET_AT_FIRST_MS = 200;

/** A start waits no longer than this for stored outlines. */
const MOST_MS_AT_FIRST = 1500;

/** The number of automakers that the theses examine. Only as many are read as there is room for. */
const MOST_READ = 200;

/**
 * Computes the outlines of automakers in advance, whenever nothing was recorded for a while: after a start
 * that finds none, and after an import. It yields to other work, like a question. Then it reads the
 * automakers with the most records, and works out the pasts that are missing.
 */
@Injectable()
export class OutlinesAhead implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly abort = new AbortController();
  private readonly pause = new CancellablePause();

  constructor(
    private readonly index: AutomakerIndex,
    private readonly views: ReadModel,
    private readonly pasts: PastsAhead,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.readStored();
    void this.follow();
  }

  onModuleDestroy(): void {
    this.abort.abort();
  }

  /** The first question would wait for stored outlines as well, and others would beside it. */
  private async readStored(): Promise<void> {
    const read = async (): Promise<void> => {
      if (await this.index.isNear()) await this.index.all();
    };
    // Errors are reported to whoever asks.
    void read()
      .catch(() => undefined)
      .then(() => this.pause.flush());
    await this.pause.wait(MOST_MS_AT_FIRST, this.abort.signal);
  }

  private async follow(): Promise<void> {
    const { signal } = this.abort;
    for (let [seen, read] = [-1, -1]; !signal.aborted;) {
      const { position } = this.views.status;
      // Errors are reported to whoever asks.
      if (position === seen) await this.index.all().catch(() => undefined);
      if (position === seen && position !== read) {
        await this.index.readAhead(MOST_READ).catch(() => undefined);
        await this.pasts.make(signal).catch(() => undefined);
        read = position;
      }
      seen = position;
      await this.pause.wait(this.index.isAtHand ? QUIET_MS : QUIET_AT_FIRST_MS, signal);
    }
  }
}
