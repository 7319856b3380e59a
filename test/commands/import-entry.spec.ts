import { parseImportLine, type ImportEntry } from '../../src/commands/import/import-entry.js';
import type { LedgerLine } from '../../src/formats/ledger-line.js';

const NOW = '2026-11-23T12:00:00.000Z';
const evidence = [{ url: 'https://example.com/a', publisher: 'Example', grade: 'reported' }];
const opened = {
  stream: 'automaker-acme',
  type: 'StoreOpened',
  occurredOn: '2024',
  data: { market: 'DE', city: 'Bonn' },
  evidence,
};
const restored = { ...opened, recordedAt: '2026-01-31T12:00:00.000Z', recordedBy: 'ann' };

function read(event: Record<string, unknown>, restore: boolean): ImportEntry {
  const line: LedgerLine = {
    line: 1,
    text: '',
    bytes: Buffer.alloc(0),
    end: '\n',
    content: { kind: 'event', event },
  };
  return parseImportLine(line, restore, NOW);
}
const reasonOf = (entry: ImportEntry): string => (entry.kind === 'refused' ? entry.reason : '');

describe('a line of an export that is restored', () => {
  it.each([
    ['a day that does not exist', { recordedAt: '2026-02-30T12:00:00.000Z' }, 'recordedAt'],
    ['an hour that does not exist', { recordedAt: '2026-01-01T24:00:00.000Z' }, 'recordedAt'],
    ['an instant without milliseconds', { recordedAt: '2026-01-01T12:00:00Z' }, 'recordedAt'],
    ['the year 0', { recordedAt: '0000-01-01T00:00:00.000Z' }, 'recordedAt'],
    ['an instant that lies ahead', { recordedAt: '2099-01-01T00:00:00.000Z' }, 'lies in the future'],
    ['an instant an hour ahead', { recordedAt: '2026-11-23T13:00:00.000Z' }, 'lies in the future'],
    ['no instant', { recordedAt: 5 }, 'recordedAt'],
    ['no author', { recordedBy: undefined }, 'recordedBy'],
    ['half a character as author', { recordedBy: 'a\ud800b' }, 'recordedBy is not well-formed'],
    ['NUL in the author', { recordedBy: 'a\u0000b' }, 'recordedBy holds a NUL'],
    [
      'half a character in the data',
      { data: { market: 'DE', city: 'a\udc00' } },
      'data.city is not well-formed',
    ],
    ['NUL in a note', { note: '\u0000 a' }, 'note holds a NUL'],
    ['warnings that are no list', { warnings: 'text' }, 'warnings must be a list'],
    ['warnings that are an object', { warnings: {} }, 'warnings must be a list'],
    ['a warning that is nothing', { warnings: [null] }, 'warnings[0] must be an object'],
    ['a warning without a message', { warnings: [{ code: 'a' }] }, 'warnings[0] must have a code'],
    [
      'a warning about no list',
      { warnings: [{ code: 'a', message: 'b', events: 'c' }] },
      'warnings[0] must name',
    ],
    [
      'a warning about no ids',
      { warnings: [{ code: 'a', message: 'b', events: [{}] }] },
      'warnings[0] must name',
    ],
    ['a warning with more to it', { warnings: [{ code: 'a', message: 'b', x: 1 }] }, 'warnings[0] must hold'],
    [
      'a warning with half a character',
      { warnings: [{ code: 'a', message: '\ud800' }] },
      'warnings[0].message',
    ],
  ])('is refused for %s', (_, over, reason) => {
    expect(reasonOf(read({ ...restored, ...over }, true))).toContain(reason);
  });

  it('of an act is refused for a date that is none', () => {
    const act = {
      ...restored,
      type: 'EventRetracted',
      data: { event: '00000000-0000-4000-8000-000000000001', reason: 'r' },
      occurredOn: '2025-13',
      evidence: [],
    };
    expect(reasonOf(read(act, true))).toContain('occurredOn must be');
    expect(read({ ...act, occurredOn: '2026-01-31' }, true)).toMatchObject({
      proposal: { occurredOn: '2026-01-31' },
    });
  });

  it('stays as it was recorded, by whatever checks: texts that are not in their form, years that are unlikely', () => {
    const old = {
      ...restored,
      occurredOn: '0205',
      recordedBy: 'Zu\u0308rich \u202e',
      data: { market: 'DE', city: ' Zu\u0308rich\u00a0\u200b\u202e' },
      warnings: [{ code: 'market-not-entered', message: 'm' }],
    };
    expect(read(old, true)).toMatchObject({
      kind: 'event',
      proposal: { occurredOn: old.occurredOn, data: old.data },
      restored: { recordedBy: old.recordedBy, recordedAt: old.recordedAt, warnings: old.warnings },
    });
    expect(read({ ...old, occurredOn: '0000' }, true)).toMatchObject({ proposal: { occurredOn: '0000' } });
  });

  it('may come from a machine whose clock is some seconds ahead', () => {
    expect(read({ ...restored, recordedAt: '2026-11-23T12:00:03.000Z' }, true).kind).toBe('event');
  });
});

const formerIdOf = (entry: ImportEntry) => (entry.kind === 'event' ? entry.formerId() : undefined);

describe('a line that is recorded anew', () => {
  it('has its texts in their form, and is known by the id that earlier releases gave it', () => {
    const [plain, odd] = [
      read(opened, false),
      read({ ...opened, data: { market: 'DE', city: 'Bo\u0308nn' } }, false),
    ];
    expect(formerIdOf(plain)).toBe('707cbe0b-02d8-5a01-bc02-f5d458eec1b7');
    expect(formerIdOf(odd)).toBe('c0a7fc71-2190-5e04-b5ec-05145b227109');
    expect(odd).toMatchObject({ proposal: { data: { city: 'Bönn' } } });
  });
  it('has one id, and one former id, in whichever order its fields are', () => {
    const { data, ...envelope } = opened;
    const turned = Object.fromEntries(
      Object.entries({ ...envelope, data: Object.fromEntries(Object.entries(data).reverse()) }).reverse(),
    );
    const [one, other] = [read(opened, false), read(turned, false)];
    expect(other).toMatchObject({ id: one.kind === 'event' ? one.id : '' });
    expect(formerIdOf(other)).toBe(formerIdOf(one));
  });
  it('stays confirmed where its warnings say that its author confirmed it', () => {
    const warnings = [{ code: 'unlikely-year', message: 'm' }];
    expect(read({ ...opened, occurredOn: '0205', warnings }, false)).toMatchObject({
      proposal: { confirm: ['unlikely-year'] },
    });
  });
  it('is refused for what is not shown', () => {
    expect(reasonOf(read({ ...opened, note: 'a\u202eb' }, false))).toContain('note holds a mark that turns');
    expect(reasonOf(read({ ...opened, note: 'a\u001bb' }, false))).toContain(
      'note holds a control character',
    );
  });
});
