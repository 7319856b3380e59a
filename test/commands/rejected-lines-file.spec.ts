import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BufferedFile } from '../../src/commands/import/buffered-file.js';
import { reasonText } from '../../src/commands/import/reason-text.js';
import { RejectedLinesFile } from '../../src/commands/import/rejected-lines-file.js';
import type { LineEnd } from '../../src/formats/lines.js';

const line = (bytes: Buffer | string, end: LineEnd = '\n', header?: string) => ({
  line: 1,
  bytes: Buffer.from(bytes),
  end,
  text: bytes.toString(),
  content: { kind: 'unreadable', reason: 'x' } as const,
  ...(header !== undefined && { header: Buffer.from(header) }),
});

describe('the file of refused lines', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'refused-'));
  });
  afterEach(() => rmSync(directory, { recursive: true }));
  const create = () => BufferedFile.create(join(directory, 'refused'));

  it('holds the bytes that were given, in whichever encoding they are', async () => {
    const file = new RejectedLinesFile(create);
    await file.add(line(Buffer.from('Caf\xe9', 'latin1')));
    await file.add(line(Buffer.from([0, 0xff, 0x80])));
    await file.close();
    expect([...readFileSync(file.path ?? '')]).toEqual([0x43, 0x61, 0x66, 0xe9, 10, 0, 0xff, 0x80, 10]);
    expect(statSync(file.path ?? '').mode & 0o777).toBe(0o600);
  });

  it.each(['\n', '\r\n', '\r'] as const)(
    'ends its lines as the header of its table does: %j',
    async (end) => {
      const file = new RejectedLinesFile(create);
      for (const each of ['\n', '\r\n', ''] as const) await file.add(line('a,b', each, `h,i${end}`));
      await file.close();
      expect(readFileSync(file.path ?? '', 'utf8')).toBe(`h,i${end}${`a,b${end}`.repeat(3)}`);
    },
  );

  it('does not take the place of another file', async () => {
    const first = new RejectedLinesFile(create);
    await first.add(line('first'));
    await first.close();
    const second = new RejectedLinesFile(create);
    await second.add(line('second'));
    await second.close();
    expect(second.fault).toContain('EEXIST');
    expect(readFileSync(first.path ?? '', 'utf8')).toBe('first\n');
  });

  it('says what the file system refused, and never throws', async () => {
    const full = new RejectedLinesFile(async () => {
      const file = await create();
      await file.discard();
      return file;
    });
    for (let count = 0; count < 3; count++) await full.add(line(Buffer.alloc(100_000)));
    await full.close();
    expect(full.fault).toBeDefined();
  });
});

describe('a reason', () => {
  it('is bounded, and says nothing to a terminal', () => {
    expect(reasonText('x'.repeat(1e6)).length).toBeLessThan(1100);
    expect(reasonText('a\u001b[2Jb\u0000\n\u202ec\ud800d')).toBe(
      'a\\u001b[2Jb\\u0000\\u000a\\u202ec\\ud800d',
    );
    expect(reasonText('Zürich 漢 🚗')).toBe('Zürich 漢 🚗');
  });
});
