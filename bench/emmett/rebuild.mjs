// Emmett's own rebuild of a projection: rebuild.mjs URL EVENTS. Prints its result as JSON.
import {
  getPostgreSQLEventStore,
  pongoSingleStreamProjection,
  rebuildPostgreSQLProjections,
} from '@event-driven-io/emmett-postgresql';

const [, , connectionString, count] = process.argv;
const EVENTS = Number(count);
const A_STREAM = 100;
const BATCH = 1000;

const projection = pongoSingleStreamProjection({
  collectionName: 'automakers',
  canHandle: ['ServiceCenterOpened'],
  evolve: (state, { data }) => ({ opened: (state?.opened ?? 0) + 1, lastCity: data.city }),
});
const store = getPostgreSQLEventStore(connectionString);
await store.schema.migrate();
for (let stream = 0; stream < EVENTS / A_STREAM; stream++) {
  const events = Array.from({ length: A_STREAM }, (_, index) => ({
    type: 'ServiceCenterOpened',
    data: { market: 'NO', city: `City ${index}`, operator: 'own', occurredOn: '2025-09-14' },
  }));
  await store.appendToStream(`automaker-${stream}`, events);
}
const consumer = rebuildPostgreSQLProjections({
  connectionString,
  projections: [projection],
  pulling: { batchSize: BATCH },
});
const started = performance.now();
await consumer.start();
const seconds = (performance.now() - started) / 1000;
await consumer.close();
await store.close();
console.log(JSON.stringify({ rate: EVENTS / seconds }));
process.exit(0);
