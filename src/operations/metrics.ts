import { Injectable } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** The application's metrics. Other modules register their gauges and counters here. */
@Injectable()
export class Metrics {
  readonly registry = new Registry();

  readonly requestDuration = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from a request to its answer, by route.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [this.registry],
  });
  readonly eventLoopDelay = new Histogram({
    name: 'tracker_event_loop_delay_seconds',
    help: 'How long what was due waited for its turn of the event loop, looked at every 20 ms.',
    buckets: [0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [this.registry],
  });
  readonly eventsBehind = this.gauge(
    'tracker_events_behind',
    'Events in the ledger that the views do not have yet.',
  );
  readonly secondsBehind = this.gauge(
    'tracker_seconds_behind',
    'Age of the oldest event that the views do not have.',
  );
  readonly parkedStreams = this.gauge(
    'tracker_parked_streams',
    'Streams set aside because an event failed to apply.',
  );
  readonly projects = this.gauge(
    'tracker_projects',
    'Whether this node keeps the views current: of several, one does.',
  );
  readonly lastProjectionError = this.gauge(
    'tracker_last_projection_error_timestamp_seconds',
    'When projecting last failed, in Unix time. 0 where it never has.',
  );
  readonly eventsRecorded = new Counter({
    name: 'tracker_events_recorded_total',
    help: 'Events recorded since the start.',
    registers: [this.registry],
  });
  readonly eventsRefused = new Counter({
    name: 'tracker_events_refused_total',
    help: 'Events refused since the start, by reason.',
    labelNames: ['reason'],
    registers: [this.registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  /** Measures every request by its route template, so that ids in paths do not create new series. */
  timeRequests(fastify: FastifyInstance): void {
    fastify.addHook('onResponse', (request, reply, done) => {
      const route = request.routeOptions.url ?? 'unknown';
      const labels = { method: request.method, route, status: reply.statusCode };
      this.requestDuration.observe(labels, reply.elapsedTime / 1000);
      done();
    });
  }

  private gauge(name: string, help: string): Gauge {
    return new Gauge({ name, help, registers: [this.registry] });
  }
}
