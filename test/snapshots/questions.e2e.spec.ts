import type DatabaseType from 'libsql';
import { MEASURE_NAMES } from '../../src/domain/measures/measures.js';
import type { Answer, TestServer } from '../e2e/server.js';
import { startShipped } from '../pages/shipped-server.js';
import { OpenPackage } from './package.js';

/** Tests read answers without types. */
type Json = Answer['body'];

/**
 * A question in SQL for the tables of a snapshot, and as an address of the API. Both must give the same rows.
 */
interface Question {
  readonly words: string;
  readonly sql: string;
  readonly values: readonly (string | number)[];
  readonly path: string;
  readonly rowsOf: (body: Json) => readonly (readonly unknown[])[];
}

const YEARS = [2022, 2023, 2024, 2025, 2026] as const;

/** `many` of the questions of a kind, spread evenly over all of them. */
const spread = <T>(all: readonly T[], many: number): T[] =>
  all.filter(
    (_, index) => Math.floor((index * many) / all.length) !== Math.floor(((index - 1) * many) / all.length),
  );

/** The rows as sorted JSON texts, with null for missing cells. */
const told = (rows: readonly (readonly unknown[])[]): string[] =>
  rows.map((row) => JSON.stringify(row.map((cell) => cell ?? null))).sort();

describe('a hundred questions about the shipped ledger', () => {
  let server: TestServer;
  let database: DatabaseType.Database;
  let questions: Question[];

  const ids = (sql: string): string[] =>
    (database.prepare(sql).all() as { id: string }[]).map(({ id }) => id);
  /** All pages of a list. */
  const all = async (path: string, list: string): Promise<Json> => {
    const rows: Json[] = [];
    for (let cursor = ''; ;) {
      const { status, body } = await server.get(`${path}${path.includes('?') ? '&' : '?'}limit=200${cursor}`);
      expect([path, status]).toEqual([path, 200]);
      rows.push(...body[list]);
      if (body.next === undefined) return { [list]: rows };
      cursor = `&cursor=${encodeURIComponent(body.next)}`;
    }
  };
  const answerOf = async ({ path }: Question): Promise<Json> => {
    const list = /^\/api\/(events|goals|companies)(\?|$)/.exec(path)?.[1];
    return list === undefined ? (await server.get(path)).body : all(path, list);
  };

  beforeAll(async () => {
    server = await startShipped();
    const archive = await fetch(`${server.url}/snapshots/latest`);
    database = new OpenPackage(Buffer.from(await archive.arrayBuffer())).database();
    const automakers = ids("SELECT id FROM companies WHERE role = 'automaker' ORDER BY id");
    const markets = ids('SELECT DISTINCT market AS id FROM presence ORDER BY market');
    const types = ids('SELECT DISTINCT type AS id FROM events ORDER BY type');
    const publishers = ids(
      'SELECT publisher AS id FROM evidence GROUP BY publisher HAVING COUNT(*) > 4 ORDER BY publisher',
    );
    const figures = automakers.flatMap((automaker) =>
      MEASURE_NAMES.flatMap((measure) => YEARS.map((year) => [automaker, measure, year] as const)),
    );
    questions = [
      ...spread(
        // Keeps only years with figures; for the others there is nothing to ask.
        figures.filter(
          ([automaker, measure, year]) =>
            database
              .prepare(
                'SELECT 1 FROM figures WHERE automaker = ? AND measure = ? AND last BETWEEN ? AND ? LIMIT 1',
              )
              .get(automaker, measure, `${year}-01-01`, `${year}-12-31`) !== undefined,
        ),
        40,
      ).map(([automaker, measure, year]): Question => ({
        words: `Which figures of ${measure} of ${automaker} end in ${year}, and from when on?`,
        sql: `SELECT first, last, entity, market, basis, vehicles, value, grade FROM figures
          WHERE automaker = ? AND measure = ? AND last BETWEEN ? AND ? AND value IS NOT NULL`,
        values: [automaker, measure, `${year}-01-01`, `${year}-12-31`],
        path: `/api/automakers/${automaker}/figures?measure=${measure}`,
        rowsOf: ({ figures: found }) =>
          found
            .filter(({ last }: Json) => last.startsWith(String(year)))
            .flatMap(({ first, last, entity, market, basis, vehicles, reports }: Json) =>
              reports.map(({ value, grade }: Json) => [
                first,
                last,
                entity,
                market,
                basis,
                vehicles,
                value,
                grade,
              ]),
            ),
      })),
      ...automakers.map((automaker): Question => ({
        words: `What did ${automaker} promise, first and now, and how does it stand?`,
        sql: `SELECT goal, firstThreshold, threshold, deadline, status, statusAsOf, percentAtLeast, percentAtMost, revisions
          FROM goals WHERE automaker = ?`,
        values: [automaker],
        path: `/api/goals?automakers=${automaker}`,
        rowsOf: ({ goals }) =>
          goals.map(({ target, first, current, revisions }: Json) => [
            target,
            first.terms.threshold,
            current.terms.threshold,
            current.terms.deadline,
            current.status,
            current.asOf,
            current.completion?.lo,
            current.completion?.hi,
            revisions,
          ]),
      })),
      ...['achieved', 'missed', 'on-track', 'limited', 'acceleration-needed'].map((status): Question => ({
        words: `Which goals are ${status}?`,
        sql: 'SELECT automaker, goal, wording FROM goals WHERE status = ?',
        values: [status],
        path: `/api/goals?status=${status}`,
        rowsOf: ({ goals }) =>
          goals.map(({ automaker, target, current }: Json) => [automaker, target, current.terms.wording]),
      })),
      ...['raised', 'cut', 'postponed'].map((move): Question => ({
        words: `Which goals are ${move} against what was said first?`,
        sql: `SELECT automaker, goal FROM goals WHERE ' ' || moved || ' ' LIKE ?`,
        values: [`% ${move} %`],
        path: '/api/goals',
        rowsOf: ({ goals }) =>
          goals
            .filter(({ direction }: Json) => direction.includes(move))
            .map(({ automaker, target }: Json) => [automaker, target]),
      })),
      ...spread(
        automakers.flatMap((automaker) => types.map((type) => [automaker, type] as const)),
        24,
      ).map(([automaker, type]): Question => ({
        words: `Which ${type} of ${automaker} are there?`,
        sql: 'SELECT id, occurredOn, day, standing FROM events WHERE automaker = ? AND type = ?',
        values: [automaker, type],
        path: `/api/events?automaker=${automaker}&type=${type}`,
        rowsOf: ({ events }) =>
          events.map(({ id, occurredOn, day, standing }: Json) => [id, occurredOn, day, standing]),
      })),
      ...YEARS.map((year): Question => ({
        words: `What happened in ${year}?`,
        sql: 'SELECT id, sentence FROM events WHERE day BETWEEN ? AND ?',
        values: [`${year}-01-01`, `${year}-12-31`],
        path: `/api/events?from=${year}-01-01&to=${year}-12-31`,
        rowsOf: ({ events }) => events.map(({ id, sentence }: Json) => [id, sentence]),
      })),
      ...spread(publishers, 8).map((publisher): Question => ({
        words: `What did ${publisher} state?`,
        sql: 'SELECT DISTINCT event FROM evidence WHERE publisher = ?',
        values: [publisher],
        path: `/api/events?publisher=${encodeURIComponent(publisher)}`,
        rowsOf: ({ events }) =>
          events.filter(({ about }: Json) => about === undefined).map(({ id }: Json) => [id]),
      })),
      ...spread(markets, 12).map((market): Question => ({
        words: `Who is in ${market}?`,
        sql: 'SELECT DISTINCT automaker FROM presence WHERE market = ? AND present',
        values: [market],
        path: `/api/markets/${market}`,
        rowsOf: ({ automakers: there }) =>
          there.filter(({ present }: Json) => present).map(({ automaker }: Json) => [automaker]),
      })),
      {
        words: 'Which companies are there, of which kind?',
        sql: `SELECT id, name, kind FROM companies WHERE role = 'company'`,
        values: [],
        path: '/api/companies',
        rowsOf: ({ companies }) => companies.map(({ company, name, kind }: Json) => [company, name, kind]),
      },
      ...ids(`SELECT id FROM companies WHERE role = 'company' ORDER BY id`).map((company): Question => ({
        words: `What is ${company}, and whose?`,
        sql: "SELECT name, kind, parent, isin, lei FROM companies WHERE id = ? AND role = 'company'",
        values: [company],
        path: `/api/companies/${company}`,
        rowsOf: ({ name, kind, owners, identifiers = {} }) => [
          [
            name,
            kind,
            owners.find(({ role }: Json) => role === 'controls')?.company,
            identifiers.isin,
            identifiers.lei,
          ],
        ],
      })),
    ];
  }, 200_000);
  afterAll(() => server.stop());

  it('are answered by the tables of a snapshot as they are by the API', async () => {
    expect(questions.length).toBeGreaterThanOrEqual(100);
    const differing: unknown[] = [];
    let rows = 0;
    for (const question of questions) {
      const found = told(
        database
          .prepare(question.sql)
          .raw()
          .all(...question.values) as unknown[][],
      );
      const asked = told(question.rowsOf(await answerOf(question)));
      rows += found.length;
      if (JSON.stringify(found) !== JSON.stringify(asked))
        differing.push({
          words: question.words,
          onlyInTables: found.filter((row) => !asked.includes(row)).slice(0, 3),
          onlyInApi: asked.filter((row) => !found.includes(row)).slice(0, 3),
        });
    }
    expect(differing).toEqual([]);
    expect(rows).toBeGreaterThan(500);
  }, 300_000);
});
