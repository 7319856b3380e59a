import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startServer, type TestServer } from './e2e/server.js';

const readme = readFileSync('README.md', 'utf8');

/** The commands that the README shows under a heading. */
const commandsUnder = (heading: string): string =>
  (readme.split(`\n## ${heading}\n`)[1] ?? '').split('```sh\n')[1]?.split('```')[0] ?? '';

const hasCurl = spawnSync('curl', ['--version']).status === 0;
if (!hasCurl) console.warn('There is no curl here: the examples of the README are left out.');

/** Runs commands as printed against a server; curl fails on an error status. */
function run(commands: string, server: TestServer): Promise<{ status: number | null; output: string }> {
  const script = [
    'set -e',
    'curl() { command curl --fail-with-body -w "\\n" "$@"; }',
    commands
      .replace(/^export KEY=.*$/m, `export KEY=${server.keys.analyst}`)
      .replaceAll('localhost:3000', server.url.replace('http://', '')),
  ].join('\n');
  const child = spawn('bash', ['-c', script], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return new Promise((resolve) => child.once('close', (status) => resolve({ status, output })));
}

(hasCurl ? describe : describe.skip)('the examples of the README', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer();
    let events = 0;
    for (const automaker of ['xpeng', 'geely', 'saic']) {
      const lines = readFileSync(join('data', 'ledger', `automaker-${automaker}.jsonl`), 'utf8');
      await server.post('/api/imports', lines, { 'Content-Type': 'application/x-ndjson' });
      events += lines.trim().split('\n').length;
    }
    expect((await server.get(`/api/automakers?minPosition=${events}`)).status).toBe(200);
  });
  afterAll(() => server.stop());

  it('record and ask as printed', async () => {
    const { status, output } = await run(commandsUnder('Record and ask'), server);
    expect(status === 0 ? '' : output).toBe('');
    const answers = output
      .trim()
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as object);
    expect(answers).toHaveLength(8);
    expect(answers[0]).toMatchObject({ stream: 'automaker-byd', revision: 0 });
    expect(answers[1]).toMatchObject({ revision: 3 });
    expect(answers[2]).toMatchObject({ target: 'half-overseas', status: 'not-comparable' });
    expect(answers[3]).toMatchObject({
      bounds: expect.arrayContaining([
        expect.objectContaining({ first: '2025-10-01', last: '2025-12-31', lo: 15_508, hi: 16_508 }),
      ]) as unknown,
    });
    expect(answers[4]).toMatchObject({ on: '2024-12-31' });
  });
});
