import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  Global,
  Inject,
  Logger,
  Module,
  type DynamicModule,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { EVENT_STORE, type EventStore } from './event-store/event-store.js';
import { openSqliteEventStore } from './event-store/sqlite.js';
import { StreamFolds } from './event-store/stream-folds.js';
import { Clock } from './operations/clock.js';
import { EventStoreHealth, ViewsHealth } from './operations/store-health.js';
import { LiveViews } from './projections/live-views.js';
import { SETTINGS, type Settings } from './settings.js';
import { LedgerLog } from './transparency/ledger-log.js';

/** A reader works beside a writer of another process: it sees what that one records and projects. */
export type StoreMode = 'writer' | 'reader';

/** The event store and the views that everything else stands on, opened before and closed after it. */
@Global()
@Module({})
export class StoresModule implements OnApplicationShutdown {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    private readonly views: LiveViews,
    private readonly log: LedgerLog,
  ) {}

  static forRoot(settings: Settings, mode: StoreMode = 'writer'): DynamicModule {
    const readOnly = mode === 'reader';
    const logger = new Logger('Projector');
    return {
      module: StoresModule,
      providers: [
        Clock,
        { provide: SETTINGS, useValue: settings },
        {
          provide: EVENT_STORE,
          useFactory: () => {
            if (!readOnly) mkdirSync(settings.dataDir, { recursive: true });
            return openSqliteEventStore({ file: join(settings.dataDir, 'events.sqlite'), readOnly });
          },
        },
        {
          provide: LiveViews,
          inject: [EVENT_STORE, Clock],
          useFactory: async (store: EventStore, clock: Clock) => {
            if (readOnly) return LiveViews.openForReading(settings.dataDir, store);
            const views = await LiveViews.open(settings.dataDir, store, {
              now: () => clock.now(),
              onError: (error) => logger.error(error),
            });
            views.start();
            return views;
          },
        },
        {
          provide: LedgerLog,
          inject: [EVENT_STORE],
          useFactory: (store: EventStore) => {
            const log = LedgerLog.open(settings.dataDir, store, {
              readOnly,
              onError: (error) => logger.error(error),
            });
            if (!readOnly) log.start();
            return log;
          },
        },
        {
          provide: StreamFolds,
          inject: [EVENT_STORE],
          useFactory: (store: EventStore) => new StreamFolds(store),
        },
        EventStoreHealth,
        ViewsHealth,
      ],
      exports: [
        Clock,
        SETTINGS,
        EVENT_STORE,
        LiveViews,
        LedgerLog,
        StreamFolds,
        EventStoreHealth,
        ViewsHealth,
      ],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.log.close();
    await this.views.close();
    await this.store.close();
  }
}
