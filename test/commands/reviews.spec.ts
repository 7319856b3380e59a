import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { openAccessDatabase } from '../../src/access/access-database.js';
import { Reviews } from '../../src/commands/review/reviews.js';
import { createDatabase, describeOnPostgres, type TestDatabase } from '../postgres.js';

const at = (minute: number): string => new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString();

/** The tests for every storage of reviews. `open` returns another node of the same store. */
function reviewsContract(open: () => Promise<DataSource>): void {
  let databases: DataSource[] = [];
  const node = async (waiting?: number): Promise<Reviews> => {
    const database = await open();
    databases.push(database);
    return new Reviews(database, waiting);
  };
  afterEach(async () => {
    for (const database of databases) await database.destroy();
    databases = [];
  });

  it('keeps what waits over a restart, in the order of asking, part by part', async () => {
    const here = await node();
    for (const minute of [1, 2, 3]) await here.ask(`event-${minute}`, 'ana', undefined, at(minute));
    const there = await node();
    const first = await there.page('waiting', 2);
    expect([first.waiting, first.reviews.map(({ event }) => event)]).toEqual([3, ['event-1', 'event-2']]);
    const rest = await there.page('waiting', 2, first.next);
    expect([rest.reviews.map(({ event }) => event), rest.next]).toEqual([['event-3'], undefined]);
    await expect(there.page('waiting', 2, 'nothing')).rejects.toMatchObject({ slug: 'invalid-request' });
  });

  it('asks once for an event, whichever node is asked, and anew after an answer', async () => {
    const [here, there] = [await node(), await node()];
    await Promise.all([here, there].map((each) => each.ask('event-1', 'ana', 'Is it 2021?', at(1))));
    expect((await here.ask('event-1', 'bo', 'Another', at(2))).question).toBe('Is it 2021?');
    expect(await there.settle('event-1', 'bo', 'objected', 'It is 2020', at(3))).toEqual({
      event: 'event-1',
      askedAt: at(1),
      askedBy: 'ana',
      question: 'Is it 2021?',
      reviewedAt: at(3),
      reviewedBy: 'bo',
      finding: 'objected',
      remark: 'It is 2020',
    });
    expect([await here.waiting(), (await here.page('reviewed', 5)).reviews.length]).toEqual([0, 1]);
    expect(await here.ask('event-1', 'ana', 'And now?', at(4))).toEqual({
      event: 'event-1',
      askedAt: at(4),
      askedBy: 'ana',
      question: 'And now?',
    });
  });

  it('is bounded, and answers for what was asked alone', async () => {
    const kept = await node(1);
    await kept.ask('event-1', 'ana', undefined, at(1));
    await expect(kept.ask('event-2', 'ana', undefined, at(2))).rejects.toMatchObject({
      slug: 'too-many-reviews',
    });
    await expect(kept.settle('event-2', 'bo', 'agreed', undefined, at(2))).rejects.toMatchObject({
      slug: 'not-found',
    });
    expect(await kept.of('event-2')).toBeUndefined();
  });
}

describe('reviews in the files of an embedded tracker', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tracker-reviews-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  reviewsContract(() => openAccessDatabase(folder));
});

describeOnPostgres('reviews in PostgreSQL', () => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await createDatabase();
  });
  afterEach(() => database.drop());
  reviewsContract(() => openAccessDatabase('/nowhere', database.url));
});
