import { DescribedAnswers } from '../api/described-answers.js';
import { growingLedger } from '../recompute/growing-ledger.js';
import { commandLine, type CommandLine } from '../cli/command-line.js';
import { startServer, type TestServer } from './server.js';

const PATH = '/api/automakers/example/targets/eighty-markets/forecast';
const ROUTE = '/api/automakers/{automaker}/targets/{target}/forecast';

describe('a forecast, asked for', () => {
  let server: TestServer;
  let cli: CommandLine;
  beforeAll(async () => {
    server = await startServer();
    cli = commandLine(server.directory);
    const lines = growingLedger();
    await server.post('/api/imports?restore=true', lines, {
      'Content-Type': 'application/x-ndjson',
      Authorization: `Bearer ${server.keys.admin}`,
    });
    await server.get(`/api/automakers?minPosition=${lines.split('\n').length}`);
  }, 60_000);
  afterAll(async () => {
    await cli.remove();
    await server.stop();
  });

  it.each(['?trueOn=2022-01-31&ceiling=200', '?trueOn=2022-01-31', '?trueOn=2011-06-30', ''])(
    'over HTTP%s is what the documentation of the API says',
    async (clocks) => {
      const described = await DescribedAnswers.of(server);
      const { status, body } = await server.get(PATH + clocks);
      expect([status, described.faultsIn(ROUTE, body)]).toEqual([200, []]);
    },
  );

  it.each(['0', '-5', 'high', '1e9'])('refuses the ceiling %s', async (ceiling) => {
    const { status, body } = await server.get(`${PATH}?ceiling=${ceiling}`);
    expect([status, body.errors[0].field]).toEqual([400, 'ceiling']);
  });

  it('is not found for a target that there is not', async () => {
    expect((await server.get(PATH.replace('eighty', 'ninety'))).status).toBe(404);
  });

  it('on the command line answers the same, as a table and as JSON', async () => {
    const question = ['forecast', 'example', 'eighty-markets', '--true-on', '2022-01-31', '--ceiling', '200'];
    const { stdout: json } = await cli.tracker(...question, '--json');
    expect(json).toBe(`${(await server.get(`${PATH}?trueOn=2022-01-31&ceiling=200`)).text}\n`);
    const { stdout } = await cli.tracker(...question);
    for (const part of ['40 of 40', 'drift', 'damped-trend', 'gompertz', '2023-12-31'])
      expect(stdout).toMatch(part);
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(120);
    const wrong = await cli.tracker(...question.slice(0, 3), '--ceiling', 'high');
    expect([wrong.code, wrong.stderr]).toEqual([1, expect.stringContaining('--ceiling must be a number')]);
  }, 30_000);

  it('stands on the page of the target, each number as the API gives it', async () => {
    const { text } = await server.get('/automakers/example/targets/eighty-markets?trueOn=2022-01-31');
    expect(text).toContain('Where it is going');
    const { body } = await server.get(`${PATH}?trueOn=2022-01-31`);
    const numbers = [
      ...text.matchAll(
        /<data class="value" value="([^"]*)" data-from="([^"]*\/forecast)" data-at="([^"]*)">/g,
      ),
    ];
    expect(numbers.length).toBeGreaterThan(10);
    for (const [, value, , at = ''] of numbers) {
      const told = at
        .split('/')
        .slice(1)
        .reduce<unknown>((found, part) => (found as Record<string, unknown>)[part], body);
      expect([at, Number(value)]).toEqual([at, told]);
    }
    for (const sentence of body.words) expect(text).toContain(sentence);
  });

  it('says on the page why there is none', async () => {
    const { text } = await server.get('/automakers/example/targets/eighty-markets?trueOn=2011-06-30');
    expect(text).toContain('Not enough evidence');
    expect(text).toContain('A forecast takes 8 points that can be compared');
  });
});
