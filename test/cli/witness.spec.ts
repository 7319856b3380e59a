import { cpSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { provesConsistency, type Hash } from '../../src/transparency/merkle-tree.js';
import { readCheckpoint } from '../../src/transparency/checkpoint.js';
import { commandLine, type CommandLine } from './command-line.js';
import { jsonLines, SMALL_LEDGER } from './small-ledger.js';

const entered = (market: string) => ({
  type: 'MarketEntered',
  occurredOn: '2024-05',
  data: { market },
  evidence: [{ url: `https://example.com/${market}`, publisher: 'x', grade: 'reported' }],
});

(process.env['TIER'] === undefined ? describe : describe.skip)('a witness of checkpoints', () => {
  let cli: CommandLine;
  const record = (of: CommandLine, market: string) =>
    of.tracker('record', 'xpeng', of.file('event.json', JSON.stringify(entered(market))));
  /**
   * Another ledger with the same beginning and the same key, as a dishonest operator could show to someone
   * else.
   */
  const forked = async (market: string): Promise<CommandLine> => {
    const fork = commandLine();
    cpSync(cli.store, fork.store, { recursive: true });
    await record(fork, market);
    return fork;
  };
  beforeEach(async () => {
    cli = commandLine();
    await cli.tracker('import', cli.file('small.jsonl', jsonLines(SMALL_LEDGER)));
  });
  afterEach(() => cli.remove());

  describe('in a file', () => {
    it('takes each checkpoint, one a line', async () => {
      const file = cli.file('witness.jsonl');
      expect(await cli.tracker('witness', file)).toMatchObject({ code: 0 });
      await record(cli, 'DE');
      expect(await cli.tracker('witness', file)).toMatchObject({
        code: 0,
        stdout: expect.stringContaining('continues what it had (1)'),
      });
      const sizes = readFileSync(file, 'utf8')
        .trimEnd()
        .split('\n')
        .map((line) => (JSON.parse(line) as { size: number }).size);
      expect(sizes).toEqual([17, 18]);
    });

    it('finds a split view: two ledgers of one beginning and one key', async () => {
      const file = cli.file('witness.jsonl');
      const fork = await forked('DK');
      await record(cli, 'DE');
      await cli.tracker('witness', file);
      const before = readFileSync(file, 'utf8');
      expect(await fork.tracker('witness', file)).toMatchObject({
        code: 1,
        stdout: expect.stringMatching(/line 1: the checkpoint of 18 events is not of this ledger/),
      });
      expect(readFileSync(file, 'utf8')).toBe(before);
      await fork.remove();
    });

    it('finds a whole store that was put back to an older state, which shows nothing of it itself', async () => {
      const file = cli.file('witness.jsonl');
      const older = cli.file('older');
      cpSync(cli.store, older, { recursive: true });
      await record(cli, 'DE');
      await cli.tracker('witness', file);
      rmSync(cli.store, { recursive: true });
      cpSync(older, cli.store, { recursive: true });
      expect(await cli.tracker('verify')).toMatchObject({ code: 0 });
      expect(await cli.tracker('witness', file)).toMatchObject({
        code: 1,
        stdout: expect.stringContaining('the checkpoint of 18 events is not of this ledger'),
      });
    });

    it('says of a line that is no checkpoint, or another log’s, what it is', async () => {
      const other = commandLine();
      await other.tracker('import', other.file('small.jsonl', jsonLines(SMALL_LEDGER)));
      await other.tracker('witness', cli.file('witness.jsonl'));
      await other.remove();
      expect(await cli.tracker('witness', cli.file('witness.jsonl'))).toMatchObject({
        code: 1,
        stdout: expect.stringMatching(/another\s+log’s/),
      });
      expect(await cli.tracker('witness', cli.file('prose.txt', 'hello\n'))).toMatchObject({
        code: 1,
        stdout: expect.stringContaining('is no checkpoint'),
      });
      expect(existsSync(join(cli.directory, 'nowhere'))).toBe(false);
      expect(await cli.tracker('witness', join(cli.directory, 'nowhere/file'))).toMatchObject({
        code: 1,
        stderr: expect.stringContaining('ENOENT'),
      });
    });
  });

  /** A witness according to C2SP tlog-witness. It remembers the last checkpoint of one log. */
  class Witness {
    private last: { size: number; root: Hash } = { size: 0, root: Buffer.alloc(0) };
    readonly server: Server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const [status, text] =
          request.url === '/add-checkpoint' ? this.add(Buffer.concat(chunks).toString()) : [404, ''];
        response.writeHead(status).end(text);
      });
    });

    private add(body: string): [number, string] {
      const [head = '', ...rest] = body.split('\n\n');
      const [old = '', ...proof] = head.split('\n');
      const { size, root } = readCheckpoint(rest.join('\n\n'));
      if (old !== `old ${this.last.size}`) return [409, `${this.last.size}\n`];
      const hashes = proof.map((line) => Buffer.from(line, 'base64'));
      const continues = this.last.size === 0 || provesConsistency(this.last, { size, root }, hashes);
      if (!continues) return [422, ''];
      this.last = { size, root };
      return [200, '— witness.example AAAA\n'];
    }
  }

  describe('at a server', () => {
    let witness: Witness;
    let url: string;
    beforeEach(async () => {
      witness = new Witness();
      await new Promise<void>((resolve) => witness.server.listen(0, '127.0.0.1', resolve));
      url = `http://127.0.0.1:${(witness.server.address() as AddressInfo).port}`;
    });
    afterEach(() => new Promise((resolve) => witness.server.close(resolve)));

    it('signs what continues the last one that it saw', async () => {
      for (const market of ['DE', 'DK', 'FI']) {
        expect(await cli.tracker('witness', url)).toMatchObject({
          code: 0,
          stdout: expect.stringContaining('— witness.example AAAA'),
        });
        await record(cli, market);
      }
      expect(await cli.tracker('witness', url)).toMatchObject({ code: 0 });
      expect(await cli.tracker('witness', url)).toMatchObject({ code: 0 });
    });

    it('finds a fork, and a ledger that was put back', async () => {
      const fork = await forked('DK');
      const older = await forked('FI');
      for (const market of ['DE', 'NL']) await record(cli, market);
      await cli.tracker('witness', url);
      for (const market of ['BE', 'FR', 'IT']) await record(fork, market);
      expect(await fork.tracker('witness', url)).toMatchObject({
        code: 1,
        stdout: expect.stringMatching(/another ledger’s 19 events/),
      });
      expect(await older.tracker('witness', url)).toMatchObject({
        code: 1,
        stdout: expect.stringMatching(/of 19 events, the ledger has 18/),
      });
      await fork.remove();
      await older.remove();
    });

    it('is refused where anybody on the way could change what it says, and told of where it is not there', async () => {
      expect(await cli.tracker('witness', 'http://witness.example')).toMatchObject({
        code: 1,
        stderr: expect.stringContaining('https://'),
      });
      expect(await cli.tracker('witness', 'http://127.0.0.1:1')).toMatchObject({
        code: 1,
        stderr: expect.stringContaining('is not reached'),
      });
      expect(await cli.tracker('witness', `${url}/elsewhere`)).toMatchObject({
        code: 1,
        stderr: expect.stringContaining('answered 404'),
      });
    });
  });
});
