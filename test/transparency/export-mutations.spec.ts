import { readFileSync } from 'node:fs';
import type { Format } from '../../src/formats/ledger-line.js';
import { hashesFrom } from '../../src/transparency/hash-lines.js';
import { verifyExport, type ExportProofs, type ExportVerdict } from '../../src/transparency/verify-export.js';
import { commandLine, type CommandLine } from '../cli/command-line.js';
import { ENTERED_SE, jsonLines, SMALL_LEDGER, STORES } from '../cli/small-ledger.js';

/** Distance between the bytes of the file that are changed; 1 changes all of them. */
const BYTE_STEP = Number(process.env['MUTATION_STEP'] ?? 53);

interface Exported {
  readonly bytes: Buffer;
  readonly proofs: Required<ExportProofs>;
}

let cli: CommandLine;
let verifierKey: string;

async function exported(format: Format): Promise<Exported> {
  const file = cli.file(format === 'csv' ? 'ledger.csv' : 'ledger.jsonl');
  expect(await cli.tracker('export', '--format', format, '--out', file)).toMatchObject({ code: 0 });
  const hashes = hashesFrom(readFileSync(`${file}.hashes`, 'utf8'));
  const checkpoints = [readFileSync(`${file}.checkpoint`, 'utf8')];
  return { bytes: readFileSync(file), proofs: { checkpoints, hashes, verifierKey } };
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

const verified = (format: Format, bytes: Uint8Array, proofs: ExportProofs): Promise<ExportVerdict> =>
  verifyExport(once(bytes), format, proofs);

const firstBad = (verdict: ExportVerdict): number | undefined => verdict.faults[0]?.position;

/** The lines of a file. */
const linesOf = (bytes: Buffer): string[] => bytes.toString('utf8').trimEnd().split('\n');
const fileOf = (lines: readonly string[]): Buffer => Buffer.from(`${lines.join('\n')}\n`);

beforeAll(async () => {
  cli = commandLine();
  await cli.tracker('import', cli.file('small.jsonl', jsonLines(SMALL_LEDGER)), '--author', 'alice');
  const acts = [
    { type: 'EventRetracted', data: { event: STORES, reason: 'counted twice' } },
    {
      type: 'EventCorrected',
      data: { event: ENTERED_SE, occurredOn: '2022-02', data: { market: 'SE' }, reason: 'earlier' },
    },
  ];
  await cli.tracker('record', 'xpeng', cli.file('acts.json', JSON.stringify(acts)), '--author', 'bob');
  verifierKey = (await cli.tracker('checkpoint', '--key')).stdout.trim();
});
afterAll(() => cli.remove());

describe.each<Format>(['jsonl', 'cloudevents', 'csv'])('a %s export', (format) => {
  let whole: Exported;
  beforeAll(async () => {
    whole = await exported(format);
  });

  it('holds as it was exported', async () => {
    expect(await verified(format, whole.bytes, whole.proofs)).toMatchObject({
      ok: true,
      faults: [],
      events: SMALL_LEDGER.length + 2,
      signaturesChecked: true,
      checkpoints: [{ size: SMALL_LEDGER.length + 2, holds: true }],
    });
  });

  it('does not hold with any byte changed, and says which event it was', async () => {
    const header = format === 'csv' ? whole.bytes.indexOf(10) + 1 : 0;
    for (let at = 0; at < whole.bytes.length; at += BYTE_STEP) {
      for (const bits of [0x01, 0x20, 0x80]) {
        const bytes = Buffer.from(whole.bytes);
        bytes[at] = (bytes[at] ?? 0) ^ bits;
        const verdict = await verified(format, bytes, whole.proofs);
        expect({ at, bits, ok: verdict.ok }).toEqual({ at, bits, ok: false });
        if (format === 'csv') continue;
        const position = whole.bytes.subarray(header, at).filter((byte) => byte === 10).length + 1;
        expect({ at, bits, position: firstBad(verdict) }).toEqual({ at, bits, position });
      }
    }
  });

  it('does not hold cut short at any byte', async () => {
    for (let length = 0; length < whole.bytes.length; length += BYTE_STEP) {
      const verdict = await verified(format, whole.bytes.subarray(0, length), whole.proofs);
      expect({ length, ok: verdict.ok }).toEqual({ length, ok: false });
    }
    expect((await verified(format, whole.bytes.subarray(0, -1), whole.proofs)).ok).toBe(false);
  });

  it('does not say that events are missing which it did not read, as all before them are faulty', async () => {
    const lines = linesOf(whole.bytes).flatMap((line) => Array.from({ length: 9 }, () => ` ${line}`));
    const checkpoints = whole.proofs.checkpoints.map((note) => note.replace(/\n\d+\n/, '\n1000\n'));
    const { ok, faults } = await verified(format, fileOf(lines), { checkpoints });
    expect([ok, faults.filter(({ fault }) => fault.includes('is missing: '))]).toEqual([false, []]);
  });

  it('does not hold with a byte put in anywhere', async () => {
    for (let at = 0; at <= whole.bytes.length; at += BYTE_STEP) {
      for (const byte of [' ', '\n', '\r', '0', '\ufeff']) {
        const bytes = Buffer.concat([
          whole.bytes.subarray(0, at),
          Buffer.from(byte),
          whole.bytes.subarray(at),
        ]);
        const verdict = await verified(format, bytes, whole.proofs);
        expect({ at, byte, ok: verdict.ok }).toEqual({ at, byte, ok: false });
      }
    }
  });
});

describe('an export whose lines were moved', () => {
  const count = SMALL_LEDGER.length + 2;
  let whole: Exported;
  let lines: string[];
  beforeAll(async () => {
    whole = await exported('jsonl');
    lines = linesOf(whole.bytes);
  });
  const verdictOn = (changed: readonly string[], proofs: ExportProofs = whole.proofs) =>
    verified('jsonl', fileOf(changed), proofs);
  /** Simulates a forger who knows the format and repairs positions and revisions. */
  const mended = (changed: readonly string[]): string[] => {
    const revisions = new Map<string, number>();
    return changed.map((line, index) => {
      const event = JSON.parse(line) as { stream: string };
      const revision = (revisions.get(event.stream) ?? -1) + 1;
      revisions.set(event.stream, revision);
      return JSON.stringify({ ...event, position: index + 1, revision });
    });
  };

  it('says which event was dropped, even where the others were numbered again', async () => {
    for (let drop = 0; drop < count; drop++) {
      const rest = lines.filter((_, index) => index !== drop);
      for (const changed of [rest, mended(rest)]) {
        const verdict = await verdictOn(changed);
        expect({ drop, ok: verdict.ok, position: firstBad(verdict) }).toEqual({
          drop,
          ok: false,
          position: drop + 1,
        });
      }
    }
  });

  it('says from where on events were swapped', async () => {
    for (let from = 0; from < count; from++) {
      for (let to = from + 1; to < count; to++) {
        const changed = [...lines];
        [changed[from], changed[to]] = [lines[to] ?? '', lines[from] ?? ''];
        for (const each of [changed, mended(changed)]) {
          const verdict = await verdictOn(each);
          expect({ from, to, ok: verdict.ok, position: firstBad(verdict) }).toEqual({
            from,
            to,
            ok: false,
            position: from + 1,
          });
        }
      }
    }
  });

  it('says where an event was put in, or added at the end', async () => {
    const added = JSON.stringify({
      ...(JSON.parse(lines[1] ?? '') as object),
      id: 'b0b00000-0000-4000-8000-000000000000',
    });
    for (let at = 0; at <= count; at++) {
      const changed = mended([...lines.slice(0, at), added, ...lines.slice(at)]);
      const verdict = await verdictOn(changed);
      expect({ at, ok: verdict.ok, position: firstBad(verdict) }).toEqual({
        at,
        ok: false,
        position: at + 1,
      });
    }
  });

  it('says which event was rewritten, or without the hashes at least that one was', async () => {
    for (let at = 0; at < count; at++) {
      const changed = lines.map((line, index) =>
        index === at ? line.replace(/alice|bob/, 'mallory') : line,
      );
      expect(firstBad(await verdictOn(changed))).toBe(at + 1);
      const { checkpoints } = whole.proofs;
      expect(await verdictOn(changed, { checkpoints, verifierKey })).toMatchObject({
        ok: false,
        faults: [{ fault: expect.stringContaining('one of them was changed') }],
      });
    }
  });

  it('is not taken in by hashes or a checkpoint that were made to fit', async () => {
    const changed = lines.map((line, index) => (index === 4 ? line.replace('alice', 'mallory') : line));
    const { root } = await verdictOn(changed);
    const [origin, size, , ...rest] = (whole.proofs.checkpoints[0] ?? '').split('\n');
    const forged = [origin, size, root, ...rest].join('\n');
    expect(await verdictOn(changed, { ...whole.proofs, checkpoints: [forged] })).toMatchObject({
      ok: false,
      faults: [{ fault: expect.stringContaining('no signature') }],
    });
    const hashes = whole.proofs.hashes.map((hash, index) => (index === 2 ? Buffer.alloc(32) : hash));
    const verdict = await verdictOn(changed, { ...whole.proofs, hashes });
    expect([verdict.ok, firstBad(verdict)]).toEqual([false, undefined]);
  });

  it('finds each change of the file of hashes beside events that hold', async () => {
    const text = `${whole.proofs.hashes.map((hash) => hash.toString('base64')).join('\n')}\n`;
    const all = text.trimEnd().split('\n');
    const swapped = [all[1], all[0], ...all.slice(2)];
    const told: Record<string, string> = {
      'one changed': text.replace(/^[A-Za-z]/m, (letter) => (letter === 'A' ? 'B' : 'A')),
      'one of another spelling': text.replace('=', '=='),
      'line ends': text.replaceAll('\n', '\r\n'),
      'a mark before': `\ufeff${text}`,
      swapped: `${swapped.join('\n')}\n`,
      'one twice': `${[all[0], ...all].join('\n')}\n`,
      'the last away': `${all.slice(0, -1).join('\n')}\n`,
      'one more': `${text}${all[0] ?? ''}\n`,
      'an empty line': `${text}\n`,
      emptied: '',
    };
    expect((await verdictOn(lines, { ...whole.proofs, hashes: hashesFrom(text) })).ok).toBe(true);
    for (const [change, changed] of Object.entries(told)) {
      const verdict = await verdictOn(lines, { ...whole.proofs, hashes: hashesFrom(changed) });
      expect([change, verdict.ok, verdict.faults.length]).toEqual([change, false, 1]);
      expect(verdict.faults[0]?.fault).toContain('the file of hashes');
    }
  });

  it('finds an old export that is given again by a newer checkpoint', async () => {
    const before = await exported('jsonl');
    const other = { type: 'EvidenceAdded', data: { event: ENTERED_SE, evidence: evidence() } };
    const more = await cli.tracker('record', 'xpeng', cli.file('more.json', JSON.stringify(other)));
    expect(more).toMatchObject({ code: 0, stderr: '' });
    const after = await exported('jsonl');
    expect((await verified('jsonl', before.bytes, before.proofs)).ok).toBe(true);
    const newer = {
      ...before.proofs,
      checkpoints: [...before.proofs.checkpoints, ...after.proofs.checkpoints],
    };
    const verdict = await verified('jsonl', before.bytes, newer);
    expect([verdict.ok, firstBad(verdict)]).toEqual([false, count + 1]);
    // The older checkpoint is also valid for the newer export, so nothing was rewritten.
    const older = {
      ...after.proofs,
      checkpoints: [...after.proofs.checkpoints, ...before.proofs.checkpoints],
    };
    expect(await verified('jsonl', after.bytes, older)).toMatchObject({ ok: true });
  });

  it('shows nothing without a checkpoint', async () => {
    const verdict = await verdictOn(lines, { checkpoints: [] });
    expect(verdict.faults).toEqual([
      { position: 1, fault: expect.stringContaining('no checkpoint is about this ledger') },
    ]);
  });

  it('shows nothing where neither an event nor a checkpoint is left', async () => {
    const nothing = await verified('jsonl', Buffer.alloc(0), { checkpoints: [], verifierKey });
    expect(nothing).toMatchObject({
      ok: false,
      faults: [{ fault: expect.stringContaining('no checkpoint is about this ledger') }],
    });
  });
});

const evidence = () => [{ url: 'https://example.org/b', publisher: 'Another', grade: 'reported' }];
