import { Inject, Injectable } from '@nestjs/common';
import { EVENT_STORE, type EventStore } from '../event-store/event-store.js';
import { LiveViews } from '../projections/live-views.js';
import type { Health, HealthCheck } from './health.js';

@Injectable()
export class EventStoreHealth implements HealthCheck {
  readonly name = 'event-store';

  constructor(@Inject(EVENT_STORE) private readonly store: EventStore) {}

  async check(): Promise<Health> {
    return { ok: true, detail: `The ledger stands at position ${await this.store.head()}.` };
  }
}

/** Further behind than this, answers are too old to be called ready. */
const MOST_EVENTS_BEHIND = 10_000;

@Injectable()
export class ViewsHealth implements HealthCheck {
  readonly name = 'views';

  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    private readonly views: LiveViews,
  ) {}

  async check(): Promise<Health> {
    const { position, parked } = this.views.status;
    const behind = Math.max(0, (await this.store.head()) - position);
    const streams = parked === 0 ? '' : ` ${parked} streams are parked: see GET /api/views.`;
    return {
      ok: behind <= MOST_EVENTS_BEHIND,
      detail: `The views stand at position ${position}, ${behind} events behind.${streams}`,
    };
  }
}
