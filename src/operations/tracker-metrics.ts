import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { EventBus, ofType } from '@nestjs/cqrs';
import type { Subscription } from 'rxjs';
import { EventsRecorded, ProposalRefused } from '../commands/recording/outcomes.js';
import { EVENT_STORE, type EventStore } from '../event-store/event-store.js';
import { ReadModel } from '../read-model/read-model.js';
import { Clock } from '../clock/clock.js';
import { Metrics } from './metrics.js';

const REFRESH_MS = 1000;

/** Counts the outcomes of commands, and measures how far the views are behind. */
@Injectable()
export class TrackerMetrics implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private readonly subscriptions: Subscription[] = [];

  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    private readonly views: ReadModel,
    private readonly bus: EventBus,
    private readonly clock: Clock,
    private readonly metrics: Metrics,
  ) {}

  onApplicationBootstrap(): void {
    this.subscriptions.push(
      this.bus.pipe(ofType(EventsRecorded)).subscribe(({ count }) => this.metrics.eventsRecorded.inc(count)),
      this.bus
        .pipe(ofType(ProposalRefused))
        .subscribe(({ reason }) => this.metrics.eventsRefused.inc({ reason })),
    );
    this.timer = setInterval(() => void this.refresh().catch(() => undefined), REFRESH_MS).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
    for (const subscription of this.subscriptions) subscription.unsubscribe();
  }

  private async refresh(): Promise<void> {
    const { position, parked, lastError, projects } = this.views.status;
    this.metrics.projects.set(projects ? 1 : 0);
    this.metrics.parkedStreams.set(parked);
    if (lastError) this.metrics.lastProjectionError.set(Date.parse(lastError.at) / 1000);
    this.metrics.eventsBehind.set(Math.max(0, (await this.store.head()) - position));
    let seconds = 0;
    for await (const missing of this.store.readAll({ after: position, limit: 1 })) {
      seconds = (Date.parse(this.clock.now()) - Date.parse(missing.recordedAt)) / 1000;
    }
    this.metrics.secondsBehind.set(Math.max(0, seconds));
  }
}
