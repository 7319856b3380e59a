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
import { ImportsUnderWay } from './operations/imports-under-way.js';
import { LiveViews } from './projections/live-views.js';
import { SETTINGS, type Settings } from './settings.js';
import { LedgerLog } from './transparency/ledger-log.js';

/** A reader works beside a writer of another process: it sees what that one records and projects. */
export type StoreMode = 'writer' | 'reader';

interface Stores {
  readonly store: EventStore;
  readonly views: LiveViews;
  readonly log: LedgerLog;
}

const STORES = Symbol('stores');

/**
 * Opens all or none, one after the other. Nest would go on with what depends on a provider that failed, and a follower
 * that was started without its store would keep the process alive for good.
 */
async function openStores(
  { dataDir }: Settings,
  mode: StoreMode,
  clock: Clock,
  imports: ImportsUnderWay,
): Promise<Stores> {
  const readOnly = mode === 'reader';
  const logger = new Logger('Projector');
  const onError = (error: unknown) => logger.error(error);
  const shouldRest = () => imports.any;
  if (!readOnly) mkdirSync(dataDir, { recursive: true });
  const store = await openSqliteEventStore({ file: join(dataDir, 'events.sqlite'), readOnly });
  let views: LiveViews | undefined;
  try {
    views = readOnly
      ? await LiveViews.openForReading(dataDir, store)
      : await LiveViews.open(dataDir, store, { now: () => clock.now(), onError, shouldRest });
    const log = await LedgerLog.open(dataDir, store, { readOnly, isOnlyWriter: true, onError, shouldRest });
    if (!readOnly) {
      views.start();
      log.start();
    }
    return { store, views, log };
  } catch (error) {
    await views?.close();
    await store.close();
    throw error;
  }
}

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
    return {
      module: StoresModule,
      providers: [
        Clock,
        { provide: SETTINGS, useValue: settings },
        ImportsUnderWay,
        {
          provide: STORES,
          useFactory: (clock: Clock, imports: ImportsUnderWay) => openStores(settings, mode, clock, imports),
          inject: [Clock, ImportsUnderWay],
        },
        { provide: EVENT_STORE, inject: [STORES], useFactory: ({ store }: Stores) => store },
        { provide: LiveViews, inject: [STORES], useFactory: ({ views }: Stores) => views },
        { provide: LedgerLog, inject: [STORES], useFactory: ({ log }: Stores) => log },
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
        ImportsUnderWay,
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
