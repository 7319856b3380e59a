import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { COMMAND_FILES } from '../../src/cli/commands.js';
import { startServer, type TestServer } from './server.js';

/**
 * Routes that do not depend on a day: pending suggestions and reviews, the ledger as recorded, files, and
 * this node.
 */
const WITHOUT_CLOCKS = [
  '/api/suggestions',
  '/api/suggestions/{suggestion}',
  '/api/reviews',
  '/api/imports/template',
  '/api/imports/{id}/refused',
  '/api/views',
  '/api/ledger/checkpoint',
  '/api/ledger/checkpoints',
  '/api/ledger/key',
  '/api/ledger/hashes',
  '/api/ledger/proofs/inclusion',
  '/api/ledger/proofs/consistency',
  '/api/feed',
  '/api/webhooks',
  '/snapshots/{snapshot}',
  '/snapshots/{from}/to/{to}',
  '/schemas',
  '/schemas/{schema}',
  '/health/live',
  '/health/ready',
  '/metrics',
];
/** This route takes two points, each with three clocks. */
const TWO_POINTS = '/api/differences';
const CLOCKS = ['trueOn', 'knownOn', 'publicOn'] as const;

/** Values for required parameters of routes. */
const GIVEN: Readonly<Record<string, string>> = {
  automaker: 'xpeng',
  target: 'half-overseas',
  market: 'NO',
  company: 'xpeng',
  reading: 'asset-light',
  thesis: 'half-abroad',
  feed: 'events.json',
  q: 'norway',
  automakers: 'xpeng,geely',
  measure: 'overseas-units',
  format: 'jsonl',
};

const PAGES = [
  '/',
  '/automakers/xpeng',
  '/automakers/xpeng/targets/half-overseas',
  '/automakers/xpeng/vintages?measure=total-units',
  '/goals',
  '/theses',
  '/markets',
  '/markets/NO',
  '/compare?automakers=xpeng,geely',
  '/overlap?automakers=xpeng,geely',
  '/coverage',
  '/timeline',
  '/companies',
  '/search?q=norway',
];

interface Route {
  readonly path: string;
  readonly parameters: readonly { readonly name: string; readonly in: string; readonly required?: boolean }[];
}

function publicDayOf(text: string): string | undefined {
  try {
    return (JSON.parse(text) as { asOf?: { publicOn?: string } }).asOf?.publicOn;
  } catch {
    return undefined;
  }
}

const orders = (clocks: readonly string[]): string[] => [
  clocks.join('&'),
  clocks.toReversed().join('&'),
  [...clocks.slice(1), clocks[0]].join('&'),
];

describe('every question', () => {
  let server: TestServer;
  let routes: Route[];
  beforeAll(async () => {
    server = await startServer();
    const files = ['automaker-xpeng', 'automaker-geely', 'market-EU', 'market-GB'];
    let position = 0;
    for (const file of files) {
      const lines = readFileSync(join(process.cwd(), 'data', 'ledger', `${file}.jsonl`), 'utf8');
      const { body } = await server.post('/api/imports', lines, { 'Content-Type': 'application/x-ndjson' });
      expect(body.refused).toBe(0);
      position += Number(body.recorded);
    }
    await server.get(`/api/automakers?minPosition=${position}`);
    const { body } = await server.get('/docs/json');
    const paths = body.paths as Record<string, { get?: { parameters?: Route['parameters'] } }>;
    routes = Object.entries(paths).flatMap(([path, { get }]) =>
      get ? [{ path, parameters: get.parameters ?? [] }] : [],
    );
  }, 120_000);
  afterAll(() => server.stop());

  const takesClocks = ({ parameters }: Route): boolean =>
    CLOCKS.every((clock) => parameters.some(({ name }) => name === clock));

  it('of the API takes all three clocks, but those about no day of the world', () => {
    const others = routes.filter((route) => !takesClocks(route)).map(({ path }) => path);
    expect(others.sort()).toEqual([...WITHOUT_CLOCKS, TWO_POINTS].sort());
  });

  it('of the API answers for a public day, with the other clocks in any order', async () => {
    const asked = routes.filter(takesClocks);
    expect(asked.length).toBeGreaterThan(30);
    const today = (await server.get('/api/automakers')).body.asOf.trueOn as string;
    const silent: string[] = [];
    for (const { path, parameters } of asked) {
      const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => GIVEN[name] ?? name);
      const needed = parameters
        .filter((each) => each.in === 'query' && (each.required === true || each.name === 'measure'))
        .filter(({ name }) => !(path.includes('/targets/') && name === 'measure'))
        .map(({ name }) => `${name}=${GIVEN[name] ?? ''}`);
      const answer = async (clocks: string) => {
        const query = [...needed, clocks].filter((part) => part !== '').join('&');
        const { status, text } = await server.get(`${await known(filled)}?${query}`);
        expect([filled, status]).toEqual([filled, 200]);
        // A feed contains its own address, which includes the clocks.
        return text.replace(/(?:[?&](?:trueOn|knownOn|publicOn)=[\w-]+)+/g, '?');
      };
      const clocks = ['trueOn=2025-08-01', `knownOn=${today}`, 'publicOn=2025-09-01'];
      const [first, ...others] = await Promise.all(orders(clocks).map(answer));
      expect([filled, others.every((other) => other === first)]).toEqual([filled, true]);
      const day = publicDayOf(first ?? '');
      if (day !== undefined) expect([filled, day]).toEqual([filled, '2025-09-01']);
      else silent.push(path);
    }
    // Lines of events and a feed have no field for it.
    expect(silent).toEqual(['/api/export', '/feeds/{feed}']);
  }, 300_000);

  /** An event needs the id of one that was already published. */
  async function known(path: string): Promise<string> {
    if (!path.endsWith('/events/id')) return path;
    const { body } = await server.get('/api/events?limit=1&publicOn=2025-08-01&trueOn=2025-08-01');
    return path.replace(/id$/, (body.events as { id: string }[])[0]?.id ?? '');
  }

  it.each(PAGES)('of the pages takes a public day and says so: %s', async (page) => {
    const joint = page.includes('?') ? '&' : '?';
    const { status, text } = await server.get(`${page}${joint}publicOn=2025-09-01`);
    expect(status).toBe(200);
    expect(text).toMatch(/published by/);
  });

  it('of the command line takes all three clocks', async () => {
    const withClocks: string[] = [];
    const some: string[] = [];
    for (const file of COMMAND_FILES) {
      const program = new Command();
      (await file.load())(program);
      for (const command of program.commands) {
        const options = command.options.map(({ long }) => long);
        const clocks = ['--true-on', '--known-on', '--public-on'].filter((each) => options.includes(each));
        if (clocks.length === 3) withClocks.push(command.name());
        else if (clocks.length > 0 || options.includes('--json')) some.push(command.name());
      }
    }
    // These answer in JSON and take no day: addresses of sources, a pasted release, and the current ledger.
    expect(some.sort()).toEqual(['check-sources', 'release', 'verify']);
    expect(withClocks).toEqual(
      expect.arrayContaining(['progress', 'export', 'theses', 'vintages', 'search']),
    );
  });
});
