import { setTimeout as sleep } from 'node:timers/promises';
import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { Clock } from '../../src/clock/clock.js';
import { AutomakerIds } from '../../src/queries/automaker-ids.js';
import { AutomakerReader } from '../../src/queries/automaker-reader.js';
import { AutomakerIndex } from '../../src/queries/automakers/automaker-index.js';
import { KeptAutomakers } from '../../src/queries/kept-automakers.js';
import { KeptOutlines } from '../../src/queries/automakers/kept-outlines.js';
import { KeptPasts } from '../../src/queries/automakers/kept-pasts.js';
import { OUTLINE_VERSION } from '../../src/queries/automakers/outline.js';
import { OutlinesAhead } from '../../src/queries/automakers/outlines-ahead.js';
import { PastsAhead } from '../../src/queries/automakers/pasts-ahead.js';
import { differingOutlines } from '../../src/queries/automakers/verify-outlines.js';
import { OutlineRow, OutlinesReachedRow } from '../../src/read-model/row-entities.js';
import { ReadModel } from '../../src/read-model/read-model.js';
import { tierOf } from '../tier.js';
import { entered, REGISTERED, SOURCE, startServer, type TestServer } from '../e2e/server.js';

const goal = (threshold: number) => ({
  type: 'TargetSet',
  occurredOn: '2021-03-01',
  data: {
    target: 'abroad',
    measure: 'overseas-units',
    threshold,
    unit: 'units',
    deadline: '2022',
    wording: 'many abroad',
  },
  evidence: SOURCE,
});
const sold = (value: number) => ({
  type: 'FigureReported',
  occurredOn: '2023-01-10',
  data: { measure: 'overseas-units', value, period: '2022' },
  evidence: SOURCE,
});

const SHOWN_ON = '2026-01-01';

describe('outlines of automakers', () => {
  let server: TestServer;
  const get = <T>(token: { readonly prototype: T }): T =>
    server.app.get<T>(token as never, { strict: false });
  const record = async (automaker: string, events: object[]) => {
    const { status, body } = await server.post(`/api/automakers/${automaker}/events`, events);
    expect(status).toBe(201);
    const { position } = Array.isArray(body) ? body.at(-1) : body;
    await server.get(`/api/automakers?minPosition=${position}`);
    return Number(position);
  };
  const statuses = async () =>
    (await server.get('/api/verdicts')).body.verdicts.map(
      ({ id, headline }: { id: string; headline?: { status: string } }) => [id, headline?.status],
    );
  const tamper = async (sql: string) => {
    await (await tierOf(server.directory)).tamperViews(sql);
  };
  const keptUpTo = async (position: number) => {
    const rows = get(ReadModel).rows.getRepository(OutlinesReachedRow);
    for (const until = Date.now() + 20_000; Date.now() < until; await sleep(50))
      if (((await rows.findOneBy({ id: 1 }))?.position ?? 0) >= position) return;
    throw new Error(`the outlines were not kept up to ${position}`);
  };
  /**
   * Simulates a server that starts on these views with an empty index. `read` lists the automakers whose
   * records it reads.
   */
  const afterStart = () => {
    const read: string[] = [];
    const states = get(AutomakerReader);
    const watched = new Proxy(states, {
      get: (target, name) => {
        if (name === 'some' || name === 'inPassing')
          return (ids: readonly string[], clocks: object) => {
            read.push(...ids);
            return target[name](ids, clocks);
          };
        const value: unknown = Reflect.get(target, name);
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      },
    });
    const views = get(ReadModel);
    const index = new AutomakerIndex(
      watched,
      get(AutomakerIds),
      views,
      get(Clock),
      new KeptOutlines(views),
      new KeptPasts(views),
    );
    return { index, read };
  };

  beforeAll(async () => {
    server = await startServer();
    for (const id of ['acme', 'bolt', 'cargo']) await record(id, [REGISTERED, goal(100), entered('NO')]);
    const position = await record('acme', [sold(150)]);
    expect(await statuses()).toEqual([
      ['acme', 'achieved'],
      ['bolt', 'not-enough-evidence'],
      ['cargo', 'not-enough-evidence'],
    ]);
    await keptUpTo(position);
  });
  afterAll(() => server.stop());

  it('are taken up by the next start, which reads no record', async () => {
    const { index, read } = afterStart();
    expect(await index.all()).toEqual(await get(AutomakerIndex).all());
    const shown = await index.shown(await index.all(), new Date().toISOString().slice(0, 10));
    expect(shown.get('acme')).toMatchObject({ target: 'abroad', status: 'achieved' });
    expect(read).toEqual([]);
  });

  it('are in memory before a start answers its first question', async () => {
    const { index, read } = afterStart();
    const ahead = new OutlinesAhead(index, get(ReadModel), get(PastsAhead));
    await ahead.onApplicationBootstrap();
    expect(index.isAtHand).toBe(true);
    expect(read).toEqual([]);
    ahead.onModuleDestroy();
  });

  it('of whom something was recorded since they were kept are worked out again, and no others', async () => {
    await record('bolt', [sold(50)]);
    const { index, read } = afterStart();
    const bolt = (await index.all()).find(({ id }) => id === 'bolt');
    expect(bolt).toMatchObject({ goals: { announced: 1, judged: 1, met: 0, missed: 1 } });
    // The automaker's own server computes outlines in advance and may have stored this one already.
    expect(read.filter((id) => id !== 'bolt')).toEqual([]);
    expect(await statuses()).toContainEqual(['bolt', 'missed']);
  });

  it('have what was recorded before they are asked for, also while others wait for older ones', async () => {
    const views = get(ReadModel);
    let asked: ReturnType<AutomakerIndex['all']> | undefined;
    const ids = new Proxy(get(AutomakerIds), {
      get: (target, name) => {
        if (name === 'newsSince')
          return async (position: number) => {
            const news = await target.newsSince(position);
            if (asked) return news;
            await record('acme', [{ ...goal(7), data: { ...goal(7).data, target: 'further' } }]);
            asked = index.all();
            return news;
          };
        const value: unknown = Reflect.get(target, name);
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      },
    });
    const index = new AutomakerIndex(
      get(AutomakerReader),
      ids,
      views,
      get(Clock),
      new KeptOutlines(views),
      new KeptPasts(views),
    );
    await index.all();
    expect((await asked)?.find(({ id }) => id === 'acme')).toMatchObject({ goals: { announced: 2 } });
  });

  it('of other formulas are worked out anew', async () => {
    const position = await record('cargo', [sold(100)]);
    await statuses();
    await keptUpTo(position);
    await tamper('UPDATE outlines_reached SET made = 1');
    const { index, read } = afterStart();
    expect(await index.all()).toEqual(await get(AutomakerIndex).all());
    expect(read).toEqual(['acme', 'bolt', 'cargo']);
    await keptUpTo(position);
  });

  // With another version, so that the server, which may be about to keep some, does not put this right.
  it.each(['position = 1000000000, version = 900', 'position = -1, version = 900', 'version = -1'])(
    'that claim to stand where none can are found, and worked out anew: %s',
    async (claim) => {
      // The one before may have left the version of other formulas.
      await tamper(`UPDATE outlines_reached SET made = ${OUTLINE_VERSION}, ${claim}`);
      expect(await differingOutlines(get(ReadModel).tables, 10)).toEqual([
        { finding: expect.stringMatching(/^outlines: they stand at .*`tracker rebuild`/) },
      ]);
      const { index, read } = afterStart();
      expect(await index.all()).toEqual(await get(AutomakerIndex).all());
      expect(read).toEqual(['acme', 'bolt', 'cargo']);
      await tamper('DELETE FROM outlines_reached');
      await afterStart().index.all();
      await keptUpTo(1);
    },
  );

  it.each([
    ['doc', (kept: KeptOutlines) => kept.find()],
    ['shown', (kept: KeptOutlines) => kept.shown(['acme'], SHOWN_ON)],
    ['names', async (kept: KeptOutlines) => (await kept.names(['xpeng']).next()).value],
  ] as const)('of another shape are named as damage of the views: %s', async (column, read) => {
    const kept = new KeptOutlines(get(ReadModel));
    await tamper(
      `CREATE TABLE kept AS SELECT * FROM outlines; UPDATE outlines SET "shownOn" = '${SHOWN_ON}'`,
    );
    for (const value of ['null', '7', '{}', '[7]']) {
      await tamper(`UPDATE outlines SET ${column} = '${value}' WHERE stream = 'automaker-acme'`);
      await expect(read(kept)).rejects.toThrow(
        /the outline of automaker-acme is JSON of another shape.*`tracker rebuild`/,
      );
    }
    await tamper('DELETE FROM outlines; INSERT INTO outlines SELECT * FROM kept; DROP TABLE kept');
  });

  it('of older records do not take the place of those that were worked out meanwhile', async () => {
    await tamper(`UPDATE outlines SET "shownOn" = '2001-01-01' WHERE stream = 'automaker-acme'`);
    const views = get(ReadModel);
    let meanwhile: (() => Promise<unknown>) | undefined;
    const states = new Proxy(get(AutomakerReader), {
      get: (target, name) => {
        if (name === 'some')
          return async (ids: readonly string[], clocks: object) => {
            const read = await target.some(ids, clocks);
            const work = meanwhile;
            meanwhile = undefined;
            await work?.();
            return read;
          };
        const value: unknown = Reflect.get(target, name);
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      },
    });
    const index = new AutomakerIndex(
      states,
      get(AutomakerIds),
      views,
      get(Clock),
      new KeptOutlines(views),
      new KeptPasts(views),
    );
    const all = await index.all();
    const northern = { ...goal(5), data: { ...goal(5).data, target: 'north', wording: 'far up north' } };
    let position = 0;
    meanwhile = async () => {
      position = await record('acme', [northern]);
      await index.all();
    };
    await index.shown(all, new Date().toISOString().slice(0, 10));
    expect(meanwhile).toBeUndefined();
    const found: string[] = [];
    for await (const names of index.names(['north']))
      found.push(...names.flatMap(({ found: { target = '' } }) => target));
    expect(found).toContain('north');
    await keptUpTo(position);
    expect(await views.rows.getRepository(OutlineRow).findOneBy({ stream: 'automaker-acme' })).toMatchObject({
      searched: expect.stringContaining('far up north'),
      names: expect.stringContaining('far up north'),
    });
  });

  it('that cannot be written are told of in the log, and once while they fail in the same way', async () => {
    const warned: unknown[] = [];
    const log = jest.spyOn(Logger.prototype, 'warn').mockImplementation((said) => void warned.push(said));
    let why = 'the disk is full';
    const views = {
      status: { projects: true },
      rows: get(ReadModel).rows,
      tables: { keepOutlines: () => Promise.reject(new Error(why)) },
    } as unknown as ReadModel;
    const kept = new KeptOutlines(views);
    expect(await kept.keep(new Map([['acme', undefined]]), 1)).toBe(false);
    expect(await kept.keep(new Map([['acme', undefined]]), 1)).toBe(false);
    why = 'the disk is gone';
    expect(await kept.keep(new Map([['acme', undefined]]), 1)).toBe(false);
    log.mockRestore();
    expect(warned).toEqual([expect.stringMatching(/disk is full$/), expect.stringMatching(/disk is gone$/)]);
  });

  it('that differ from what the records amount to are found, as those that are missing are', async () => {
    const { tables } = get(ReadModel);
    expect(await differingOutlines(tables, 10)).toEqual([]);
    await tamper(
      `UPDATE outlines SET doc = replace(doc, '"achieved"', '"missed"') WHERE stream = 'automaker-acme'; DELETE FROM outlines WHERE stream = 'automaker-bolt'`,
    );
    const inWords = (id: string) => ({
      finding: `outlines: the row automaker-${id} differs from what its records amount to. \`tracker rebuild\` makes the views anew`,
    });
    expect(await differingOutlines(tables, 10)).toEqual([inWords('acme'), inWords('bolt')]);
    expect(await tables.rows.getRepository(OutlineRow).count()).toBe(2);
  });

  it('of many automakers are worked out without caching what nobody has asked for', async () => {
    const many = Array.from({ length: 60 }, (_, index) => `many-${index}`);
    let position = 0;
    for (const id of many) position = await record(id, [REGISTERED]);
    await statuses();
    await keptUpTo(position);
    await tamper('UPDATE outlines_reached SET made = 1');
    const found = jest.spyOn(get(KeptAutomakers), 'find').mockReturnValue(undefined);
    const cached = jest.spyOn(get(KeptAutomakers), 'keep');
    const { index, read } = afterStart();
    await index.all();
    expect(read).toEqual(expect.arrayContaining(many));
    expect(cached).not.toHaveBeenCalled();
    for (const each of [found, cached]) each.mockRestore();
  });
});
