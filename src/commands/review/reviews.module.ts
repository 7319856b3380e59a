import { Module } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { ACCESS_DATABASE } from '../../access/access.module.js';
import { Clock } from '../../clock/clock.js';
import { EVENT_STORE, type EventStore } from '../../event-store/event-store.js';
import { StreamStateCache } from '../../event-store/stream-state-cache.js';
import { ReviewDesk } from './review-desk.js';
import { Reviews } from './reviews.js';
import { ReviewsController } from './reviews.controller.js';

/** Requests and results of second looks, for the API and the pages. */
@Module({
  controllers: [ReviewsController],
  providers: [
    {
      provide: ReviewDesk,
      inject: [EVENT_STORE, StreamStateCache, ACCESS_DATABASE, Clock],
      useFactory: (
        store: EventStore,
        states: StreamStateCache,
        database: DataSource,
        clock: Clock,
      ): ReviewDesk => new ReviewDesk(store, states, new Reviews(database), clock),
    },
  ],
  exports: [ReviewDesk],
})
export class ReviewsModule {}
