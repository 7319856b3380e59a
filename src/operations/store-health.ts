import { Inject, Injectable, Logger } from '@nestjs/common';
import { diskFullIn } from '../event-store/disk-full.js';
import {
  EVENT_STORE,
  LedgerReplaced,
  StoreAccessRefused,
  type EventStore,
} from '../event-store/event-store.js';
import { LedgerParted } from '../event-store/ledger-memory.js';
import { NotWritable } from '../event-store/sqlite/write-check.js';
import { isConnectionLost } from '../postgres/connection-lost.js';
import { lostTablesInWords } from '../postgres/emptied.js';
import { ReadModel } from '../read-model/read-model.js';
import { checkpointOf } from '../read-model/tables.js';
import type { Health, HealthCheck } from './health.js';

/** Checks whether the ledger can be read and written. */
@Injectable()
export class EventStoreHealth implements HealthCheck {
  readonly name = 'event-store';
  private readonly logger = new Logger(EventStoreHealth.name);

  constructor(@Inject(EVENT_STORE) private readonly store: EventStore) {}

  async check(): Promise<Health> {
    let detail = 'The ledger stands elsewhere than before';
    try {
      detail = `The ledger stands at position ${await this.store.head()}`;
      await this.store.checkWritable();
      return { ok: true, detail: `${detail}.${this.deleted()}` };
    } catch (error) {
      if (error instanceof LedgerParted)
        return { ok: false, detail: `${detail}; nothing is recorded. ${error.where}` };
      if (error instanceof StoreAccessRefused) return { ok: false, detail: `${error.message}.` };
      if (error instanceof LedgerReplaced)
        return { ok: false, detail: `${detail}; nothing is recorded: ${error.message}.` };
      const full = diskFullIn(error);
      if (full) return { ok: false, detail: `Nothing can be recorded: ${full.message}.` };
      if (!(error instanceof NotWritable)) throw error;
      this.logger.error(error.cause ?? error);
      return { ok: false, detail: `${detail}; nothing can be recorded: ${error.message}.` };
    }
  }

  /** A sentence about streams that accept no more events; the other streams still do. */
  private deleted(): string {
    const streams = this.store.deletedStreams ?? [];
    return streams.length === 0
      ? ''
      : ` Nothing can be recorded in ${streams.join(', ')} any more: deleted in KurrentDB.`;
  }
}

/** Views further behind than this are too old to be ready. */
const MOST_EVENTS_BEHIND = 10_000;

/** Checks whether the views can be read, process events, and are recent enough. */
@Injectable()
export class ReadModelHealth implements HealthCheck {
  readonly name = 'views';

  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    private readonly views: ReadModel,
  ) {}

  async check(): Promise<Health> {
    const { damage } = this.views;
    const { parked, lastError } = this.views.status;
    const position = await this.positionRead();
    if (typeof position === 'string') return { ok: false, detail: position };
    const more = [
      ...(parked === 0 ? [] : [`${parked} streams are parked: see GET /api/views.`]),
      ...(damage === undefined ? [] : [`${damage}.`]),
      ...(lastError && damage === undefined
        ? [`Projecting last failed at ${lastError.at}; the log says why.`]
        : []),
    ].map((sentence) => ` ${sentence}`);
    // EventStoreHealth reports an unreachable ledger.
    const head = await this.store.head().catch(() => undefined);
    const behind = head === undefined ? undefined : Math.max(0, head - position);
    const distance = behind === undefined ? '' : `, ${behind} events behind`;
    return {
      ok: damage === undefined && (behind === undefined || behind <= MOST_EVENTS_BEHIND),
      detail: `The views stand at position ${position}${distance}.${more.join('')}`,
    };
  }

  /**
   * Reads the position from the tables, which proves that they are readable; otherwise says why it cannot.
   */
  private async positionRead(): Promise<number | string> {
    try {
      return (await checkpointOf(this.views.rows.manager)).position;
    } catch (error) {
      if (isConnectionLost(error)) return 'The database of the views is not reached.';
      const lost = lostTablesInWords(error, 'The database of the views');
      if (lost !== undefined) return lost;
      throw error;
    }
  }
}
