import { setTimeout as sleep } from 'node:timers/promises';
import { ALL_DAYS } from '../../src/queries/automakers/kept-pasts.js';
import { differingOutlines } from '../../src/queries/automakers/verify-outlines.js';
import { ReadModel } from '../../src/read-model/read-model.js';
import { PastRow } from '../../src/read-model/row-entities.js';
import { entered, REGISTERED, SOURCE, startServer, type TestServer } from '../e2e/server.js';
import { tierOf } from '../tier.js';

const IDS = ['acme', 'bolt', 'cargo'];
const DAYS = ['2019-12-31', '2021-03-01', '2021-06-15', '2022-02-01', '2023-01-10', '2025-12-31'];

const goal = (threshold: number, occurredOn = '2021-03-01') => ({
  type: 'TargetSet',
  occurredOn,
  data: {
    target: `abroad-${occurredOn}`,
    measure: 'overseas-units',
    threshold,
    unit: 'units',
    deadline: '2022',
    wording: 'many abroad',
  },
  evidence: SOURCE,
});
const sold = (value: number, period = '2022', occurredOn = '2023-01-10') => ({
  type: 'FigureReported',
  occurredOn,
  data: { measure: 'overseas-units', value, period },
  evidence: SOURCE,
});

describe('lists as of past days', () => {
  let server: TestServer;
  const today = new Date().toISOString().slice(0, 10);
  const views = () => server.app.get<ReadModel>(ReadModel, { strict: false });
  const rows = () =>
    views()
      .rows.getRepository(PastRow)
      .find({ order: { stream: 'ASC' } });
  const record = async (automaker: string, ...events: object[]): Promise<string[]> => {
    const answer = await server.post(`/api/automakers/${automaker}/events`, events);
    expect(answer).toMatchObject({ status: 201 });
    await server.get(`/api/automakers?minPosition=${answer.body.events.at(-1).position}`);
    return answer.body.events.map(({ id }: { id: string }) => id);
  };
  const whole = async (count = IDS.length) => {
    for (const until = Date.now() + 15_000; Date.now() < until; await sleep(100)) {
      const found = await rows();
      if (found.length === count && found.every(({ until: end }) => end === ALL_DAYS)) return;
    }
    throw new Error(`the pasts were not made: ${JSON.stringify(await rows())}`);
  };
  const lists = async (clocks: string) => {
    const { verdicts, goals, count } = (await server.get(`/api/verdicts?${clocks}`)).body;
    const { markets } = (await server.get(`/api/markets?${clocks}`)).body;
    return { verdicts, goals, count, markets };
  };
  /** What was known today is everything: with this clock, lists are worked out from all events. */
  const areAsWorkedOut = async () => {
    for (const day of DAYS)
      expect({ day, ...(await lists(`trueOn=${day}`)) }).toEqual({
        day,
        ...(await lists(`trueOn=${day}&knownOn=${today}`)),
      });
  };
  const tamper = async (sql: string) => {
    await (await tierOf(server.directory)).tamperViews(sql);
  };

  beforeAll(async () => {
    server = await startServer();
    for (const id of IDS) await record(id, REGISTERED, goal(100), entered('NO'));
    await record('acme', sold(150), entered('SE', '2022-01'));
    await whole();
  });
  afterAll(() => server.stop());

  it('are what is worked out from all events', async () => {
    await areAsWorkedOut();
    const then = await lists('trueOn=2023-01-10');
    expect(then.goals).toEqual({ announced: 3, judged: 1, met: 1, missed: 0 });
    expect((await lists('trueOn=2023-01-09')).goals).toEqual({ announced: 3, judged: 0, met: 0, missed: 0 });
  });

  it('are answered from stored pasts', async () => {
    const [kept] = await rows();
    await tamper(
      `UPDATE pasts SET doc = '{"headlines":[],"standings":[],"presence":[["PL",[["2020-01-01",["producing"]]]]]}' WHERE stream = 'automaker-acme'`,
    );
    const { markets, goals } = await lists('trueOn=2023-01-11');
    expect(markets).toContainEqual(expect.objectContaining({ market: 'PL', producing: ['acme'] }));
    expect(goals).toMatchObject({ announced: 2 });
    expect(await differingOutlines(views().tables, 10)).toEqual([
      { finding: expect.stringMatching(/^pasts: the row automaker-acme differs .*`tracker rebuild`/) },
    ]);
    for (const value of ['7', '{}', '[7]']) {
      await tamper(`UPDATE pasts SET doc = '${value}' WHERE stream = 'automaker-acme'`);
      const { status, body } = await server.get(`/api/verdicts?trueOn=2023-02-1${value.length}`);
      expect([status, body.detail]).toEqual([503, expect.stringMatching(/past of automaker-acme.*rebuild/)]);
    }
    await tamper(`UPDATE pasts SET doc = '${kept?.doc}' WHERE stream = 'automaker-acme'`);
    expect(await differingOutlines(views().tables, 10)).toEqual([]);
  });

  it('hold for the days before what is recorded, and have it from then on', async () => {
    await record('bolt', goal(900, '2022-01-20'), entered('DE', '2022-01-20'));
    await areAsWorkedOut();
    await server.get('/api/verdicts');
    const [, bolt] = await rows();
    expect([ALL_DAYS, '2022-01-20']).toContain(bolt?.until);
    await whole();
    await areAsWorkedOut();
  });

  it('are right after corrections and retractions, whatever day they are about', async () => {
    const [entry = ''] = await record('cargo', entered('PL', '2021-06-10'));
    const about = (data: object) => ({
      type: 'EventCorrected',
      data: { event: entry, reason: 'x', ...data },
    });
    await record('cargo', about({ occurredOn: '2022-01-31', data: { market: 'PL' } }));
    await areAsWorkedOut();
    await whole();
    await areAsWorkedOut();
    await record('cargo', { type: 'EventRetracted', data: { event: entry, reason: 'x' } });
    await areAsWorkedOut();
    await whole();
    await areAsWorkedOut();
  });

  it('of a group and its brand, of which each counts for the other, are worked out', async () => {
    const brand = { ...REGISTERED, data: { ...REGISTERED.data, name: 'Brandnew', group: 'bolt' } };
    await record('brandnew', brand, sold(1000, '2022', '2023-01-10'));
    await record('bolt', {
      ...goal(700, '2022-01-25'),
      data: { ...goal(700).data, target: 'by-brand', entity: 'brandnew' },
    });
    await areAsWorkedOut();
    await whole(IDS.length + 1);
    await areAsWorkedOut();
    const unkept = (await rows()).filter(({ doc }) => doc === 'null').map(({ stream }) => stream);
    expect(unkept).toEqual(['automaker-bolt', 'automaker-brandnew']);
    expect(await differingOutlines(views().tables, 10)).toEqual([]);
  });
});
