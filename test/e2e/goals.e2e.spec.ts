import { parse } from 'csv-parse/sync';
import { DescribedAnswers } from '../api/described-answers.js';
import type { TestServer } from './server.js';
import { startShipped } from '../pages/shipped-server.js';

interface Entry {
  readonly automaker: string;
  readonly target: string;
  readonly revisions: number;
  readonly moved: readonly { readonly saidOn: string; readonly moves: readonly string[] }[];
}

describe('the goal book of the shipped ledger', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startShipped();
  }, 120_000);
  afterAll(() => server.stop());

  it('answers as the documentation says, on any clock', async () => {
    const described = await DescribedAnswers.of(server);
    for (const clocks of ['', '&trueOn=2025-06-30', '&knownOn=2020-01-01']) {
      const goals = (await server.get(`/api/goals?limit=1000${clocks}`)).body;
      expect(described.faultsIn('/api/goals', goals)).toEqual([]);
      const sums = (await server.get(`/api/goals/sums?from=2019-01-01${clocks}`)).body;
      expect(described.faultsIn('/api/goals/sums', sums)).toEqual([]);
    }
  });

  it('holds every goal of every automaker once, page by page as at once', async () => {
    const { body } = await server.get('/api/goals?limit=1000');
    const all = (body.goals as Entry[]).map(({ automaker, target }) => `${automaker}/${target}`);
    const expected: string[] = [];
    for (const { id } of (await server.get('/api/automakers')).body.automakers)
      for (const { target } of (await server.get(`/api/automakers/${id}/targets`)).body.targets)
        expected.push(`${id}/${target}`);
    expect([...all].sort()).toEqual(expected.sort());
    expect(all.length).toBeGreaterThan(100);
    const paged: string[] = [];
    for (let next: string | undefined = ''; next !== undefined;) {
      const cursor: string = next === '' ? '' : `&cursor=${next}`;
      const page = (await server.get(`/api/goals?limit=7${cursor}`)).body;
      paged.push(...(page.goals as Entry[]).map(({ automaker, target }) => `${automaker}/${target}`));
      next = page.next;
    }
    expect(paged).toEqual(all);
  });

  it('has the verdict and the outcome that the goal itself has', async () => {
    const { goals } = (await server.get('/api/goals?limit=1000')).body;
    for (const { automaker, target, current, first, slip, summary } of goals) {
      const { body } = await server.get(`/api/automakers/${automaker}/targets/${target}`);
      expect([target, current.status, current.asOf, summary, slip]).toEqual([
        target,
        body.status,
        body.statusAsOf,
        body.summary,
        body.slip,
      ]);
      if (body.outcomes) expect([target, first.status]).toEqual([target, body.outcomes[0].status]);
    }
  }, 120_000);

  it.each(['raised', 'cut', 'postponed'])('tells which goals were %s since a day', async (move) => {
    const all = (await server.get('/api/goals?limit=1000')).body.goals as Entry[];
    const found = (await server.get(`/api/goals?moved=${move}&movedSince=2022-01-01&limit=1000`)).body
      .goals as Entry[];
    const expected = all.filter(({ moved }) =>
      moved.some(({ moves, saidOn }) => moves.includes(move) && saidOn >= '2022'),
    );
    expect(found.map(({ target }) => target)).toEqual(expected.map(({ target }) => target));
    expect(found.length).toBeLessThan(all.length);
  });

  it('is offered as CSV, whole', async () => {
    const { goals } = (await server.get('/api/goals?limit=1000')).body;
    const { text, headers } = await server.get('/goals?csv=goals');
    const rows: string[][] = parse(text);
    expect([headers.get('content-type'), rows.length]).toEqual([
      'text/csv; charset=utf-8',
      (goals as Entry[]).length + 1,
    ]);
  });

  it('takes a form that is left empty for all goals', async () => {
    const { status, text } = await server.get('/goals?automaker=&measure=&status=&moved=&movedSince=');
    expect([status, text.includes('Goals that can be judged')]).toEqual([200, true]);
  });

  it('shows what can be judged, with the others folded by automaker, unless some are chosen', async () => {
    const { goals } = (await server.get('/api/goals?limit=1000')).body;
    const names = (goals as Entry[]).map(
      ({ automaker, target }) => `/automakers/${automaker}/targets/${target}"`,
    );
    const { text } = await server.get('/goals');
    const open = text.replace(/<details(?![^>]* open).*?<\/details>/gs, '');
    const table = /id="goals".*?<\/section>/s.exec(open)?.[0] ?? '';
    expect(table).not.toContain('Not enough evidence');
    expect(table).toContain('Achieved');
    // All are there, and nothing but sums beside them is shown twice.
    expect(names.filter((name) => !text.includes(name))).toEqual([]);
    expect(open.length).toBeLessThan(text.length / 2);
    const chosen = await server.get('/goals?automaker=seres');
    expect(chosen.text).toContain('All goals');
    expect(chosen.text).not.toContain('can be judged');
  });

  it.each([
    ['moved=raise', 'moved', /"raise" is not one of raised, cut/],
    ['automakers=X%20Peng', 'automakers', /ids separated by commas/],
    ['status=late', 'status', /achieved/],
    ['cursor=xpeng', 'cursor', /earlier page/],
    ['movedSince=2025', 'movedSince', /a day such as/],
  ])('says what is wrong with %s', async (query, field, message) => {
    const { status, body } = await server.get(`/api/goals?${query}`);
    expect([status, body.errors[0].field]).toEqual([400, field]);
    expect(body.errors[0].message).toMatch(message);
  });

  it('says that the first point of the sums lies after the second', async () => {
    const { status, body } = await server.get('/api/goals/sums?from=2026-01-01&trueOn=2025-01-01');
    expect([status, body.errors[0].field]).toEqual([400, 'from']);
  });
});
