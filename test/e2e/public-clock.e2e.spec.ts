import { isRegistration } from '../../src/domain/ledger/publication.js';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { daysOf } from '../../src/domain/ledger/edtf.js';
import { startServer, type TestServer } from './server.js';

const SHIPPED = join(process.cwd(), 'data', 'ledger');
const DAY = '2024-12-31';

interface Told {
  readonly id: string;
  readonly type: string;
  readonly about?: string;
  readonly data: { readonly measure?: string; readonly period?: string; readonly event?: string };
  readonly evidence: readonly { readonly publishedOn?: string }[];
}

describe('given the shipped ledger, all of it recorded at once', () => {
  let server: TestServer;
  let today: string;
  beforeAll(async () => {
    server = await startServer();
    const lines = readdirSync(SHIPPED).map((file) => readFileSync(join(SHIPPED, file), 'utf8'));
    const imported = await server.post('/api/imports', lines.join(''), {
      'Content-Type': 'application/x-ndjson',
    });
    expect(imported.body).toMatchObject({ refused: 0 });
    const { body } = await server.get(`/api/automakers?minPosition=${imported.body.recorded}`);
    today = body.asOf.trueOn;
  });
  afterAll(() => server.stop());

  const isOut = ({ publishedOn }: { readonly publishedOn?: string }, by: string): boolean =>
    publishedOn !== undefined && daysOf(publishedOn).last <= by;

  async function events(clock: string): Promise<Told[]> {
    const found: Told[] = [];
    for (let path: string | undefined = `/api/events?limit=200&${clock}`; path !== undefined;) {
      const { body } = await server.get(path);
      found.push(...(body.events as Told[]));
      path = body.next === undefined ? undefined : `/api/events?limit=200&${clock}&cursor=${body.next}`;
    }
    return found;
  }

  // A correction of evidence has no publication date of its own; an export includes it in the event itself.
  const isAlwaysOut = ({ type }: Told): boolean => isRegistration(type) || type === 'EvidenceCorrected';

  it('when the timeline is asked what was public, then it is what filtering by hand leaves, with that evidence', async () => {
    const all = await events('');
    const expected = all
      .map((event) => ({ ...event, evidence: event.evidence.filter((each) => isOut(each, DAY)) }))
      .filter((event) => isAlwaysOut(event) || event.evidence.length > 0);
    const found = await events(`publicOn=${DAY}`);
    expect(expected.length).toBeGreaterThan(100);
    expect(found).toEqual(expected);
  });

  it('when the ledger is exported as it was public, then it is the same events', async () => {
    const { text } = await server.get(`/api/export?format=jsonl&publicOn=${DAY}`);
    const exported = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Told);
    const found = (await events(`publicOn=${DAY}`)).filter(({ type }) => type !== 'EvidenceCorrected');
    expect(exported.map(({ id }) => id).sort()).toEqual(found.map(({ id }) => id).sort());
    for (const { type, evidence } of exported)
      if (!isRegistration(type)) expect(evidence.every((each) => isOut(each, DAY))).toBe(true);
  });

  it('when asked on the last day of 2024, then the share of the whole of 2024, published later, is not used', async () => {
    const path = '/api/automakers/xpeng/figures?measure=overseas-sales-share&from=2024-01-01&to=2024-12-31';
    const periods = async (clock: string): Promise<string[]> =>
      (await server.get(path + clock)).body.figures.map(({ period }: { period: string }) => period);
    expect(await periods('')).toContain('2024');
    expect(await periods(`&publicOn=${DAY}`)).not.toContain('2024');
    const goal = '/api/automakers/xpeng/targets/half-overseas';
    expect((await server.get(`${goal}?publicOn=${DAY}`)).body.value).toBeUndefined();
  });

  it('when asked for the goal of 1 Sept 2025, then terms, verdict and sources are those of that day', async () => {
    const { body } = await server.get('/api/automakers/xpeng/targets/half-overseas?publicOn=2025-09-01');
    expect(body.asOf).toMatchObject({ trueOn: '2025-09-01', publicOn: '2025-09-01' });
    expect(body.asOf.undated).toBeGreaterThan(0);
    expect(body.on).toBe('2025-09-01');
    expect(body.versions.every(({ occurredOn }: { occurredOn: string }) => occurredOn < '2025-09-01')).toBe(
      true,
    );
    const page = await server.get('/automakers/xpeng/targets/half-overseas?publicOn=2025-09-01');
    expect(page.status).toBe(200);
    expect(page.text).toContain('published by');
    expect(page.text).toContain('since nothing says when they were published');
  });

  it('when asked as public today, then no answer differs but by what nobody dated', async () => {
    const undated = new Set(
      (await events('')).flatMap((event) =>
        isAlwaysOut(event) || event.evidence.some(({ publishedOn }) => publishedOn !== undefined)
          ? []
          : [event.id],
      ),
    );
    const { body } = await server.get(`/api/automakers?publicOn=${today}`);
    expect(body.asOf.undated).toBe(undated.size);
    const found = await events(`publicOn=${today}`);
    expect(found.filter(({ id }) => undated.has(id))).toEqual([]);
    // "Published in 2026" counts from its last day, which is still ahead during 2026.
    const ahead = (await events('')).filter(
      (event) =>
        !isAlwaysOut(event) && !undated.has(event.id) && !event.evidence.some((each) => isOut(each, today)),
    );
    expect(found.length + undated.size + ahead.length).toBe((await events('')).length);
  });

  it('when asked what was known before anything was recorded, then the answer says so and offers the public clock', async () => {
    const list = await server.get('/api/automakers?knownOn=2025-09-01');
    expect(list.body.asOf.beforeRecording).toMatchObject({ publicOn: '2025-09-01' });
    const one = await server.get('/api/automakers/xpeng?knownOn=2025-09-01');
    expect([one.status, one.body.detail]).toEqual([404, expect.stringContaining('publicOn=2025-09-01')]);
    const page = await server.get('/?knownOn=2025-09-01');
    expect(page.text).toContain('Nothing was recorded here by 1 Sept 2025');
    expect(page.text).toContain('/?publicOn=2025-09-01');
  });

  it('when two public days are compared, then what was published between them is told with its causes', async () => {
    const between = 'from=2025-09-01,,2025-09-01&to=2025-12-31,,2025-12-31';
    const { body } = await server.get(`/api/differences?automaker=xpeng&${between}`);
    expect(body.from).toMatchObject({ publicOn: '2025-09-01' });
    const [xpeng] = body.automakers;
    const then = new Set((await events('automaker=xpeng&publicOn=2025-09-01')).map(({ id }) => id));
    const later = new Set((await events('automaker=xpeng&publicOn=2025-12-31')).map(({ id }) => id));
    for (const { event, change } of xpeng.events)
      expect([event, then.has(event), later.has(event)]).toEqual([event, change === 'changed', true]);
    const added = xpeng.events.filter(({ change }: { change: string }) => change === 'added');
    expect(added).toHaveLength([...later].filter((id) => !then.has(id)).length);
    expect(xpeng.told.length).toBeGreaterThan(0);
    for (const { sentence } of xpeng.told)
      expect(sentence).toContain('By what had been published on 1 Sept 2025 and on 31 Dec 2025');
  });

  it.each([
    '/api/automakers?publicOn=2025-13-01',
    '/api/automakers?publicOn=2125-01-01',
    '/api/differences?from=2025-01-01,',
  ])('when asked for no day that there can be, %s is refused with what is wrong', async (path) => {
    const { status, body } = await server.get(path);
    expect([status, body.errors]).toEqual([400, [expect.objectContaining({ field: expect.any(String) })]]);
  });
});
