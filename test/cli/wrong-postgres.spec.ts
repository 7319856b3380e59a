import { spawn } from 'node:child_process';
import { createServer, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openAccessDatabase } from '../../src/access/access-database.js';
import { PostgresNotOpened } from '../../src/postgres/not-opened.js';
import { createDatabase, describeOnPostgres } from '../postgres.js';
import { PostgresPooler } from '../postgres-pooler.js';
import { freePort } from '../e2e/free-port.js';

const DIST = fileURLToPath(new URL('../../dist/', import.meta.url));

describe('a POSTGRES_URL that leads to no database of ours', () => {
  let directory: string;
  const servers: Server[] = [];
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'tracker-postgres-'));
  });
  afterAll(() => {
    for (const server of servers) server.close();
    rmSync(directory, { recursive: true, force: true });
  });

  /** What a process prints before it exits. */
  const outcome = async (
    script: string,
    args: readonly string[],
    url: string,
  ): Promise<{ code: number | null; said: string }> => {
    const child = spawn(process.execPath, [join(DIST, script), ...args], {
      env: { ...process.env, DATA_DIR: directory, PORT: '0', POSTGRES_URL: url },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    child.stdout.on('data', (chunk) => (said += String(chunk)));
    child.stderr.on('data', (chunk) => (said += String(chunk)));
    const [code] = (await once(child, 'close')) as [number | null];
    return { code, said };
  };

  /** A server that gives every client the same answer. */
  const answering = async (answer: (socket: Socket) => void): Promise<number> => {
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => answer(socket));
    });
    servers.push(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  };
  /** A server that rejects connections with this PostgreSQL error code. */
  const refusing = (code: string): Promise<number> =>
    answering((socket) => {
      const fields = Buffer.from(`SFATAL\0C${code}\0Mnot for you\0\0`);
      const length = Buffer.alloc(4);
      length.writeInt32BE(fields.length + 4);
      socket.end(Buffer.concat([Buffer.from('E'), length, fields]));
    });

  const WHERE = [
    ['the server', 'main.js', []],
    ['serve', 'cli.js', ['serve']],
    ['keys list', 'cli.js', ['keys', 'list']],
    ['a question', 'cli.js', ['targets', 'xpeng']],
  ] as const;

  it.each(WHERE)('ends %s with one line: nothing listens there', async (_, script, args) => {
    const port = await freePort();
    const { code, said } = await outcome(
      script,
      args,
      `postgres://tracker:swordfish@127.0.0.1:${port}/tracker`,
    );
    expect([code, said]).toEqual([
      1,
      `error: PostgreSQL at 127.0.0.1:${port}, named by POSTGRES_URL, cannot be opened: nothing listens there.\n`,
    ]);
  });

  const reason = (url: string): Promise<string> =>
    openAccessDatabase(directory, url).then(
      () => '',
      (error: unknown) => (error instanceof PostgresNotOpened ? error.message : String(error)),
    );

  it.each([
    ['28P01', 'the password of the user tracker is wrong'],
    ['28000', 'the user tracker is not let in (not for you)'],
    ['3D000', 'it has no database ledger'],
    ['53300', 'it has as many connections as it takes'],
    ['57P03', 'it is starting or stopping'],
    ['XX000', 'not for you'],
  ])('is told by what the server says (%s): %s', async (code, words) => {
    const port = await refusing(code);
    expect(await reason(`postgres://tracker:swordfish@127.0.0.1:${port}/ledger`)).toBe(
      `PostgreSQL at 127.0.0.1:${port}, named by POSTGRES_URL, cannot be opened: ${words}.`,
    );
  });

  it('is told where something else listens, nothing answers, or no host has the name', async () => {
    const hangsUp = await answering((socket) => socket.end());
    expect(await reason(`postgres://tracker@127.0.0.1:${hangsUp}/ledger`)).toMatch(
      /hangs up; is it PostgreSQL\?\.$/,
    );
    const silent = await answering(() => undefined);
    expect(await reason(`postgres://tracker@127.0.0.1:${silent}/ledger`)).toMatch(/: it does not answer\.$/);
    expect(await reason('postgres://tracker@nowhere.invalid/ledger')).toMatch(
      /^PostgreSQL at nowhere\.invalid:5432, .*name.*\.$/,
    );
  }, 15_000);

  it('is told to programs as a problem', async () => {
    const port = await refusing('28P01');
    const { code, said } = await outcome(
      'cli.js',
      ['targets', 'xpeng', '--json'],
      `postgres://tracker:swordfish@127.0.0.1:${port}/ledger`,
    );
    expect([code, JSON.parse(said)]).toEqual([
      1,
      {
        type: '/problems/postgres-not-opened',
        title: 'Postgres not opened',
        detail: expect.stringContaining('the password of the user tracker is wrong') as string,
      },
    ]);
  });
});

describeOnPostgres('a database that is not there', () => {
  it('is told by its name', async () => {
    const { url, drop } = await createDatabase();
    await drop();
    const name = new URL(url).pathname.slice(1);
    await expect(openAccessDatabase('/nowhere', url)).rejects.toThrow(`it has no database ${name}.`);
  });
});

describeOnPostgres('a pooler in front of the database', () => {
  it.each([
    ['refused where each transaction has another session', 'transaction'],
    ['fine where a connection keeps its session', 'session'],
  ] as const)('is %s', async (_, mode) => {
    const database = await createDatabase();
    const url = new URL(database.url);
    const pooler = await PostgresPooler.start(Number(url.port || 5432), mode);
    url.hostname = '127.0.0.1';
    url.port = String(pooler.port);
    const opened = openAccessDatabase('/nowhere', url.href);
    if (mode === 'session') await (await opened).destroy();
    else await expect(opened).rejects.toThrow(/pgbouncer: pool_mode = session/);
    const tables = await database.query(
      "SELECT DISTINCT schemaname FROM pg_tables WHERE schemaname IN ('public', 'tracker')",
    );
    expect(tables).toEqual(mode === 'session' ? [{ schemaname: 'tracker' }] : []);
    await pooler.stop();
    await database.drop();
  });
});
