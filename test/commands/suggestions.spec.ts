import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { openAccessDatabase } from '../../src/access/access-database.js';
import { HourlyLimits } from '../../src/commands/suggestions/hourly-limits.js';
import { Suggestions } from '../../src/commands/suggestions/suggestions.js';
import type { Suggestion } from '../../src/domain/suggestions/suggestion.js';
import { createDatabase, describeOnPostgres, type TestDatabase } from '../postgres.js';

const at = (minute: number): string => new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString();
const suggestion = (text: string): Suggestion => ({ kind: 'event', text, url: 'https://example.com/1' });
const EVENT = '00000000-0000-4000-8000-000000000001';

/** The tests for every storage of suggestions. `open` returns another node of the same store. */
function suggestionsContract(open: () => Promise<DataSource>): void {
  let databases: DataSource[] = [];
  const node = async (waiting?: number, decided?: number): Promise<Suggestions> => {
    const database = await open();
    databases.push(database);
    return new Suggestions(database, waiting, decided);
  };
  const accept = (kept: Suggestions, id: string, by: string, minute = 5) =>
    kept.accept(
      id,
      by,
      at(minute),
      () => Promise.resolve(EVENT),
      (event) => event,
    );
  afterEach(async () => {
    for (const database of databases) await database.destroy();
    databases = [];
  });

  it('keeps them over a restart, and lists them oldest first, part by part', async () => {
    const here = await node();
    for (const minute of [1, 2, 3]) await here.add(suggestion(`Text ${minute}`), at(minute));
    const there = await node();
    const first = await there.page('waiting', 2);
    expect([first.waiting, first.suggestions.map((each) => each.suggestion.text)]).toEqual([
      3,
      ['Text 1', 'Text 2'],
    ]);
    const { suggestions, next } = await there.page('waiting', 2, first.next);
    expect([suggestions.map((each) => each.suggestion.text), next]).toEqual([['Text 3'], undefined]);
    await expect(there.page('waiting', 2, 'nothing')).rejects.toMatchObject({ slug: 'invalid-request' });
  });

  it('lets the same one wait once, whichever node takes it', async () => {
    const [here, there] = [await node(), await node()];
    const ids = await Promise.all(
      [here, there, here].map(async (kept, minute) => (await kept.add(suggestion('Same'), at(minute))).id),
    );
    expect(new Set(ids).size).toBe(1);
    await here.decline(ids[0] ?? '', 'ana', 'Known already', at(5));
    expect((await there.add(suggestion('Same'), at(6))).id).not.toBe(ids[0]);
  });

  it('takes no more than may wait, and forgets the oldest that were decided', async () => {
    const kept = await node(3, 2);
    const ids: string[] = [];
    for (const minute of [1, 2, 3]) ids.push((await kept.add(suggestion(`Text ${minute}`), at(minute))).id);
    await expect(kept.add(suggestion('Text 4'), at(4))).rejects.toMatchObject({
      slug: 'suggestions-full',
      status: 503,
    });
    for (const [index, id] of ids.entries()) await kept.decline(id, 'ana', 'No', at(10 + index));
    await expect(kept.one(ids[0] ?? '')).rejects.toMatchObject({ slug: 'not-found' });
    expect((await kept.page('declined', 10)).suggestions.map(({ id }) => id)).toEqual(ids.slice(1));
  });

  it('is decided once: accepted with its event, or declined with a reason', async () => {
    const kept = await node();
    const [one, other] = [
      await kept.add(suggestion('One'), at(1)),
      await kept.add(suggestion('Other'), at(2)),
    ];
    expect(await accept(kept, one.id, 'ana')).toBe(EVENT);
    expect(await kept.one(one.id)).toMatchObject({ state: 'accepted', decidedBy: 'ana', event: EVENT });
    expect(await kept.decline(other.id, 'bo', 'Not stated there', at(6))).toMatchObject({
      state: 'declined',
      decidedBy: 'bo',
      reason: 'Not stated there',
    });
    await expect(accept(kept, other.id, 'ana')).rejects.toMatchObject({ slug: 'suggestion-decided' });
    await expect(kept.decline(one.id, 'bo', 'No', at(7))).rejects.toMatchObject({
      slug: 'suggestion-decided',
    });
    await expect(accept(kept, 'nothing', 'ana')).rejects.toMatchObject({ slug: 'not-found' });
  });

  it('is recorded by one analyst at a time, and waits on where recording fails', async () => {
    const [here, there] = [await node(), await node()];
    const { id } = await here.add(suggestion('One'), at(1));
    let tried = 0;
    const refused = here.accept(
      id,
      'ana',
      at(2),
      async () => {
        await expect(accept(there, id, 'bo', 2)).rejects.toMatchObject({ slug: 'suggestion-decided' });
        tried += 1;
        throw new Error('refused');
      },
      String,
    );
    await expect(refused).rejects.toThrow('refused');
    expect([tried, (await there.one(id)).state]).toEqual([1, 'waiting']);
    expect(await accept(there, id, 'bo', 2)).toBe(EVENT);
  });

  it('are limited within any hour, from one place and in all, whichever node is asked', async () => {
    const limits = async (): Promise<HourlyLimits> => {
      const database = await open();
      databases.push(database);
      return new HourlyLimits(database, 2, 4);
    };
    const [here, there] = [await limits(), await limits()];
    expect([await here.take('a', at(0)), await there.take('a', at(10))]).toEqual([undefined, undefined]);
    expect([await here.take('a', at(30)), await there.take('a', at(30))]).toEqual([30 * 60, 30 * 60]);
    // Rejected suggestions do not count, and after an hour a suggestion no longer counts.
    expect(await there.take('a', at(61))).toBeUndefined();
    expect(await here.take('a', at(61))).toBe(9 * 60);
    expect([await here.take('b', at(62)), await there.take('c', at(62))]).toEqual([undefined, undefined]);
    expect(await there.take('d', at(62))).toBe(8 * 60);
    expect(await here.take('d', at(71))).toBeUndefined();
  });

  it('are never taken beyond the limit where many come at once at several nodes', async () => {
    const nodes = [await open(), await open(), await open()];
    databases.push(...nodes);
    const taken = await Promise.all(
      Array.from({ length: 30 }, (_, index) =>
        new HourlyLimits(nodes[index % 3] as DataSource, 5, 100).take('a', at(index)),
      ),
    );
    expect(taken.filter((wait) => wait === undefined).length).toBeLessThanOrEqual(5);
    expect(await new HourlyLimits(nodes[0] as DataSource, 5, 100).take('b', at(31))).toBeUndefined();
  });

  it('goes to another analyst where the first one was interrupted', async () => {
    const kept = await node();
    const { id } = await kept.add(suggestion('One'), at(1));
    // This never ends, as if the node had been killed.
    void kept.accept(id, 'ana', at(2), () => new Promise<string>(() => undefined), String);
    await new Promise((resolve) => setTimeout(resolve, 200));
    await expect(accept(kept, id, 'bo', 2)).rejects.toMatchObject({ slug: 'suggestion-decided' });
    expect(await accept(kept, id, 'bo', 10)).toBe(EVENT);
  });
}

describe('suggestions in the files of an embedded tracker', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tracker-suggestions-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  suggestionsContract(() => openAccessDatabase(folder));
});

describeOnPostgres('suggestions in PostgreSQL', () => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await createDatabase();
  });
  afterEach(() => database.drop());
  suggestionsContract(() => openAccessDatabase('/nowhere', database.url));
});
