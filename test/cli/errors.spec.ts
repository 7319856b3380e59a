import { execFileSync } from 'node:child_process';
import { rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { printError, printErrorAsJson } from '../../src/cli/print-error.js';
import { AnswerOverdue } from '../../src/postgres/deadline-client.js';
import { commandLine, type CommandLine, type Outcome } from './command-line.js';

describe('errors of the command line', () => {
  let line: CommandLine;
  beforeAll(async () => {
    line = commandLine();
    expect((await line.tracker('keys', 'create', 'ann', '--role', 'analyst')).code).toBe(0);
  });
  afterAll(() => line.remove());

  const told = async (...args: string[]): Promise<[number, unknown]> => {
    const { code, stderr, stdout }: Outcome = await line.tracker(...args);
    expect(stdout).toBe('');
    // Exactly one document, on one line.
    expect(stderr).toMatch(/^[^\n]+\n$/);
    return [code, JSON.parse(stderr)];
  };

  it('are a problem document for whoever asks for JSON', async () => {
    expect(await told('progress', 'nobody', 'nothing', '--json')).toEqual([
      1,
      {
        type: '/problems/not-found',
        title: 'Not found',
        status: 404,
        detail: expect.any(String) as string,
      },
    ]);
  });

  it('list the fields that are wrong', async () => {
    const [code, problem] = await told('targets', 'xpeng', '--true-on', 'yesterday', '--json');
    expect([code, problem]).toEqual([
      1,
      expect.objectContaining({
        type: '/problems/invalid-request',
        status: 400,
        errors: expect.any(Array) as unknown[],
      }),
    ]);
  });

  it.each([
    ['an option that there is not', ['targets', 'xpeng', '--json', '--nonsense']],
    ['an argument that is missing', ['progress', '--json']],
    ['a command that there is not', ['nonsense', '--json']],
    ['no command at all', ['--json']],
  ])('of usage are one too: %s', async (_, args) => {
    expect(await told(...args)).toEqual([
      2,
      {
        type: '/problems/usage',
        title: 'The command line is not understood',
        detail: expect.stringMatching(/\w+/) as string,
      },
    ]);
  });

  it('are sentences for everybody else', async () => {
    const { code, stderr } = await line.tracker('progress', 'nobody', 'nothing');
    expect([code, stderr]).toEqual([1, expect.stringMatching(/^error: [^{]+\n$/) as string]);
    const usage = await line.tracker('progress');
    expect([usage.code, usage.stderr]).toEqual([
      2,
      expect.stringMatching(/^error: missing required argument/) as string,
    ]);
  });

  it('say which setting does not fit, where a flag gave it too', async () => {
    const { code, stderr } = await line.tracker('serve', '--port', '99999');
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(/PORT is "99999"; it must be a port/) as string,
    ]);
  });

  describe('of the system', () => {
    let cli: CommandLine;
    beforeEach(() => (cli = commandLine()));
    afterEach(() => cli.remove());

    // Without a server, everything is in files.
    const inFiles = process.env['TIER'] === undefined ? it : it.skip;

    inFiles.each([
      ['a file', (path: string) => writeFileSync(path, ''), 'is a file, where a folder belongs'],
      ['a link to itself', (path: string) => symlinkSync(path, path), 'ELOOP'],
    ])('are a sentence where %s lies in the place of the store', async (_, put, said) => {
      put(cli.store);
      for (const command of [['automakers'], ['verify'], ['keys', 'list']]) {
        const { code, stdout, stderr } = await cli.tracker(...command);
        expect([command, code]).toEqual([command, 1]);
        expect(stdout + stderr).toContain(said);
        expect(stdout + stderr).not.toMatch(/\n {4}at /);
      }
    });

    it('are a sentence where a name is too long', async () => {
      const { code, stderr } = await cli.tracker('backup', cli.file('x'.repeat(300)));
      expect([code, stderr]).toEqual([1, expect.not.stringMatching(/\n {4}at /)]);
    });

    inFiles.each(['events.sqlite', 'log.sqlite', 'access.sqlite', 'log-key.pem', 'views.json', 'store.json'])(
      'do not keep a command waiting where a pipe lies in the place of %s',
      async (name) => {
        await cli.tracker('keys', 'create', 'ann', '--role', 'reader');
        await cli.tracker('automakers');
        rmSync(join(cli.store, name));
        execFileSync('mkfifo', [join(cli.store, name)]);
        const { code, stderr } = await cli.tracker('automakers');
        expect(stderr).not.toMatch(/\n {4}at /);
        // The list of files is written again.
        expect(code).toBe(name === 'store.json' ? 0 : 1);
        if (code !== 0) expect(stderr).toContain(name);
      },
    );

    it('are one where a witness is to be read that has no end', async () => {
      expect(await cli.tracker('witness', '/dev/zero')).toMatchObject({
        code: 1,
        stderr: expect.stringContaining('/dev/zero is a pipe or a device, where a file belongs'),
      });
    });
  });
});

describe('a PostgreSQL that is lost while a command runs', () => {
  const wrapped = (code: string, message: string) =>
    Object.assign(new Error(message), { driverError: Object.assign(new Error(message), { code }) });

  it.each([
    [
      'a connection that does not come',
      new Error('Connection terminated due to connection timeout'),
      /answers no more .* Run the command again/,
    ],
    ['no answer', new AnswerOverdue(5000), /did not answer within 5000 ms.* Run the command again/],
    [
      'a server that stops',
      wrapped('57P01', 'terminating connection due to administrator command'),
      /answers no more/,
    ],
    [
      'tables that are dropped',
      wrapped('42P01', 'relation "checkpoint" does not exist'),
      /"checkpoint" does not exist.* Restore the database/,
    ],
  ])('is told in one line, without a stack: %s', (_, error, words) => {
    const written: string[] = [];
    const writing = jest.spyOn(process.stderr, 'write').mockImplementation((chunk) => {
      written.push(String(chunk));
      return true;
    });
    try {
      printError(error);
      printErrorAsJson(error);
    } finally {
      writing.mockRestore();
    }
    const [line = '', json = ''] = written;
    expect(line).toMatch(/^error: [^\n]+\n$/);
    expect(line).toMatch(words);
    expect(JSON.parse(json)).toMatchObject({ type: '/problems/store-unavailable' });
  });
});
