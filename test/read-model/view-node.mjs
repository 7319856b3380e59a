// A node in its own process. It follows the ledger of a folder into views, rebuilds them event by event, or
// builds them by threads. It reports on standard output, as one JSON object per line, whether it projects and what it has done.
import 'reflect-metadata';
import { join } from 'node:path';
import { openSqliteEventStore } from '../../dist/event-store/sqlite/sqlite-event-store.js';
import { ReadModel } from '../../dist/read-model/read-model.js';
import { SqliteGenerations } from '../../dist/read-model/sqlite/sqlite-generations.js';
import { buildByStream } from '../../dist/read-model/build-by-stream.js';
import { PostgresGenerations } from '../../dist/read-model/postgres/postgres-generations.js';

const [, , work, ledger, place, rebuildBatch] = process.argv;
const say = (what) => process.stdout.write(`${JSON.stringify(what)}\n`);

const store = await openSqliteEventStore({ file: join(ledger, 'events.sqlite'), readOnly: true });
const sets = place.startsWith('postgres')
  ? await PostgresGenerations.open(place)
  : new SqliteGenerations(place);
const build = async (views, at) => {
  const task = { ledger: join(ledger, 'events.sqlite'), parkedAt: new Date().toISOString(), threads: 2, at };
  await buildByStream(views, task);
  return true;
};
const views = await ReadModel.open(sets, store, {
  batchSize: 20,
  rebuildBatchSize: Number(rebuildBatch),
  ...(work === 'build' && { build }),
});
if (work !== 'follow') {
  say({ begun: true });
  say(await views.rebuild().catch(({ message }) => ({ failed: message })));
  process.exit(0);
}
views.start();
let projects;
for (;;) {
  if (views.status.projects !== projects) {
    projects = views.status.projects;
    say({ projects });
  }
  await new Promise((resolve) => setTimeout(resolve, 10));
}
