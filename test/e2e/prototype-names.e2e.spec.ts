import { entered, REGISTERED, SOURCE, startServer, type TestServer } from './server.js';

/**
 * Names of properties that every object inherits. A careless look-up in an object finds a function under
 * them.
 */
const NAMES = ['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf', '__defineGetter__'];

describe('a name that every object has', () => {
  let server: TestServer;
  let paths: readonly (readonly [path: string, query: readonly string[]])[];
  beforeAll(async () => {
    server = await startServer();
    await server.post('/api/automakers/xpeng/events', [REGISTERED, entered('NO')]);
    const { body } = await server.get('/docs/json');
    paths = Object.entries<Record<string, { parameters?: { name: string; in: string }[] }>>(body.paths)
      .filter(([path, { get }]) => get && path !== '/api/feed')
      .map(([path, { get }]) => [
        path,
        (get?.parameters ?? []).filter((each) => each.in === 'query').map(({ name }) => name),
      ]);
    expect(paths.length).toBeGreaterThan(20);
  });
  afterAll(() => server.stop());

  const failures = async (addresses: readonly string[]): Promise<string[]> => {
    const failed = [];
    for (const address of addresses) {
      const { status } = await server.get(address, server.keys.admin);
      if (status >= 500) failed.push(`${status} ${address}`);
    }
    return failed;
  };

  it.each(NAMES)('is told what is wrong wherever it stands in a path of the API: %s', async (name) => {
    expect(await failures(paths.map(([path]) => path.replaceAll(/\{\w+\}/g, name)))).toEqual([]);
    const known = paths.map(([path]) => path.replace('{automaker}', 'xpeng').replaceAll(/\{\w+\}/g, name));
    expect(await failures(known)).toEqual([]);
  });

  it.each(NAMES)('is told what is wrong wherever it stands in a query: %s', async (name) => {
    const asked = paths.flatMap(([path, query]) => {
      const known = path
        .replace('{automaker}', 'xpeng')
        .replace('{market}', 'NO')
        .replaceAll(/\{\w+\}/g, 'none');
      return [...query, name].map((parameter) => `${known}?${parameter}=${name}`);
    });
    expect(await failures(asked)).toEqual([]);
  });

  it.each(NAMES)('is no parameter of any question that has some: %s', async (name) => {
    for (const path of [
      '/api/automakers',
      '/api/events',
      '/api/compare',
      '/api/goals',
      '/api/feed',
      '/feeds/events.atom',
    ])
      expect([path, (await server.get(`${path}?${name}=1`)).status]).toEqual([path, 400]);
  });

  it.each(NAMES)('is nothing that pages, files or documentation have: %s', async (name) => {
    const pages = [
      '/docs',
      '/assets',
      '/assets/x',
      '/problems',
      '/automakers',
      '/automakers/xpeng/targets',
      '/markets',
      '/events',
      '/events/x',
      '',
    ];
    expect(await failures(pages.map((page) => `${page}/${name}`))).toEqual([]);
    for (const folder of ['/docs', '/assets/x', '/automakers', '/events'])
      expect([folder, (await server.get(`${folder}/${name}`)).status]).toEqual([folder, 404]);
    const queries = [
      '/?csv',
      '/timeline?type',
      '/timeline?csv',
      '/markets?csv',
      '/compare?measure',
      '/compare?reading',
      '/audit?knownOn',
      '/log?type',
      '/sign-in?next',
    ];
    expect(await failures(queries.map((query) => `${query}=${name}`))).toEqual([]);
  });

  it.each(NAMES)('is refused in whatever place of an event: %s', async (name) => {
    const events = [
      { ...entered('SE'), type: name },
      { ...entered('SE'), [name]: 'x' },
      { ...entered('SE'), data: { market: name } },
      { ...entered('SE'), data: { market: 'SE', entryMode: name } },
      { ...entered('SE'), evidence: [{ ...SOURCE[0], grade: name }] },
      {
        type: 'FigureReported',
        occurredOn: '2025',
        data: { measure: name, value: 1, unit: name },
        evidence: SOURCE,
      },
      { type: name, about: name, data: {} },
    ];
    for (const event of events) {
      const text = JSON.stringify(event);
      const { status } = await server.post('/api/automakers/xpeng/events?dryRun=true', text);
      expect([text, status]).toEqual([text, 400]);
    }
  });
});
