import fc from 'fast-check';
import { isKnownOn, lastInstantOf } from '../../src/domain/ledger/clocks.js';
import { instantFrom, isInstant } from '../../src/domain/ledger/instant.js';
import { addDays, addMonths, addYears, daySpan, isDay } from '../../src/domain/ledger/edtf.js';
import { RUNS } from './random-history.js';

describe('an instant', () => {
  it.each([
    ['2025-12-31T12:00:00.000Z', '2025-12-31T12:00:00.000Z'],
    ['2025-12-31T12:00:00Z', '2025-12-31T12:00:00.000Z'],
    ['2024-02-29T23:59:59.9Z', '2024-02-29T23:59:59.900Z'],
  ])('%s is %s', (text, instant) => {
    expect(instantFrom(text)).toBe(instant);
  });

  it.each([
    '2026-02-30T12:00:00.000Z',
    '2026-02-30T00:00:00Z',
    '2025-02-29T00:00:00Z',
    '2026-01-01T24:00:00.000Z',
    '2026-01-01T12:60:00Z',
    '2026-01-01T12:00:60Z',
    '2026-13-01T12:00:00Z',
    '0000-01-01T12:00:00Z',
    '2026-01-01T12:00Z',
    '2026-01-01 12:00:00Z',
    '2026-01-01T12:00:00+01:00',
    '2026-01-01T12:00:00',
    '2026-01-01T12:00:00.0000Z',
    '2026-01-01T12:00:00.000Z\n',
    '2026-01-01T12:00:00,000Z',
    '+012026-01-01T12:00:00Z',
    '2026-01-01',
    '',
  ])('%j is none', (text) => {
    expect(instantFrom(text)).toBeUndefined();
    expect(isInstant(text)).toBe(false);
  });

  it('is the one that the platform reads, wherever there is one', () => {
    const two = (max: number) => fc.integer({ min: 0, max }).map((n) => String(n).padStart(2, '0'));
    const year = fc.integer({ min: 1, max: 9999 }).map((n) => String(n).padStart(4, '0'));
    const text = fc
      .tuple(year, two(13), two(32), two(25), two(61), two(61))
      .map(([y, m, d, h, min, s]) => `${y}-${m}-${d}T${h}:${min}:${s}.000Z`);
    fc.assert(
      fc.property(text, (written) => {
        const ms = Date.parse(written);
        const exists = !Number.isNaN(ms) && new Date(ms).toISOString() === written;
        expect(isInstant(written)).toBe(exists);
      }),
      { numRuns: RUNS * 10 },
    );
  });
});

describe('what was known by when', () => {
  it('is a day, to its end, or an instant, however many decimals it has', () => {
    expect(lastInstantOf('2025-12-31')).toBe('2025-12-31T23:59:59.999Z');
    expect(lastInstantOf('2025-12-31T12:00:00Z')).toBe('2025-12-31T12:00:00.000Z');
    expect(lastInstantOf('2025-12-31T12:00:00.5Z')).toBe('2025-12-31T12:00:00.500Z');
  });
  it.each(['2026-02-30', '2026-02-30T00:00:00Z', '2026-02-30T00:00:00.000Z', '0000-01-01', '2025', ''])(
    'is never %j',
    (text) => {
      expect(isKnownOn(text)).toBe(false);
      expect(() => lastInstantOf(text)).toThrow(RangeError);
    },
  );
});

describe('a day', () => {
  it('is a date of one day, in a year that there is', () => {
    for (const text of ['0001-01-01', '2024-02-29', '9999-12-31']) expect(isDay(text)).toBe(true);
    for (const text of ['0000-01-01', '2025-02-29', '2025-12', '2025', '2025-12-31~', '2025-12-31\n'])
      expect(isDay(text)).toBe(false);
  });

  it('that is reckoned from any other one is a day, in order, however far it lies', () => {
    const day = fc
      .integer({ min: -719_528, max: 2_932_896 })
      .map((n) => new Date(n * 86_400_000).toISOString().slice(0, 10));
    const by = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.integer({ min: -1e9, max: 1e9 }));
    fc.assert(
      fc.property(day, by, by, (from, one, other) => {
        for (const add of [addDays, addMonths, addYears]) {
          const [a, b] = [add(from, Math.min(one, other)), add(from, Math.max(one, other))];
          expect(daySpan(a)).toMatchObject({ first: a, last: a });
          expect(a <= b).toBe(true);
          expect(add(from, 0)).toBe(from);
        }
      }),
      { numRuns: RUNS * 4 },
    );
  });
});
