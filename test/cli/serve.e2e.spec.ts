import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

describe('tracker serve', () => {
  let directory: string;
  const children: ChildProcess[] = [];
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'tracker-serve-'));
  });
  afterAll(async () => {
    for (const child of children) {
      if (child.exitCode !== null) continue;
      child.kill('SIGTERM');
      await once(child, 'close');
    }
    rmSync(directory, { recursive: true, force: true });
  });

  const start = (...args: string[]) => {
    const child = spawn(process.execPath, [CLI, 'serve', ...args], {
      env: {
        ...process.env,
        DATA_DIR: join(directory, 'unused'),
        HOST: '192.0.2.1',
        PORT: '1',
        LOG_LEVEL: 'silent',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    children.push(child);
    return child;
  };

  it('takes address, port and folder from flags before the environment', async () => {
    const data = join(directory, 'store');
    const child = start('--host', '127.0.0.1', '--port', '0', '--data', data);
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    const url = /^(http:\/\/127\.0\.0\.1:\d+)\/docs\n$/.exec(line.toString())?.[1] ?? '';
    // Reading is open, as always on a loopback address.
    expect((await fetch(`${url}/api/automakers`)).status).toBe(200);
    expect([existsSync(join(data, 'events.sqlite')), existsSync(join(directory, 'unused'))]).toEqual([
      true,
      false,
    ]);
  });

  it('ends, and says so, where the port is taken', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const address = taken.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const child = start('--host', '127.0.0.1', '--port', String(port), '--data', join(directory, 'other'));
    let said = '';
    child.stderr.on('data', (chunk) => (said += String(chunk)));
    const [code] = (await once(child, 'close')) as [number];
    taken.close();
    expect([code, said]).toEqual([1, expect.stringMatching(/^error: .*EADDRINUSE.*\n$/) as string]);
  });
});
