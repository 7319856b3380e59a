import { addDays } from '../../src/domain/ledger/edtf.js';
import { clockFault, RecordingClock, RELEASED_ON } from '../../src/clock/recording-clock.js';
import type { ReadModel } from '../../src/read-model/read-model.js';

const at = (day: string): string => `${day}T12:00:00.000Z`;
const NEWEST = at(addDays(RELEASED_ON, 30));

describe('a clock that events are dated by', () => {
  it.each([
    ['at the newest event', NEWEST],
    ['some hours before it, as clocks of machines differ', at(addDays(RELEASED_ON, 29))],
    ['eleven months after it', at(addDays(RELEASED_ON, 360))],
  ])('is believed %s', (_, now) => {
    expect(clockFault(now, NEWEST)).toBeUndefined();
  });

  it.each([
    ['ten years after the newest event', at(addDays(RELEASED_ON, 3650)), 'days after'],
    ['two years after the newest event', at(addDays(RELEASED_ON, 760)), 'days after'],
    ['three days before the newest event', at(addDays(RELEASED_ON, 27)), 'before the newest event'],
    ['at the beginning of 1970', at('1970-01-01'), 'long before'],
    ['years before this software', at(addDays(RELEASED_ON, -800)), 'long before'],
    ['beyond what can be written', '+012026-01-01T00:00:00.000Z', 'the clock says'],
  ])('is not believed %s', (_, now, why) => {
    expect(clockFault(now, NEWEST)).toContain(why);
  });

  it('is held to the release alone where nothing is recorded yet', () => {
    expect(clockFault(at(addDays(RELEASED_ON, 20)), '')).toBeUndefined();
    expect(clockFault(at(addDays(RELEASED_ON, 3650)), '')).toContain('days after');
    expect(clockFault(at('1970-01-01'), '')).toContain('long before');
  });

  it('is believed beside a newest event that is old, as long as the software is young', () => {
    expect(clockFault(at(addDays(RELEASED_ON, 100)), at('2010-01-01'))).toBeUndefined();
  });
});

describe('the time of a recording', () => {
  const timeAt = (now: string, newest: string, trustClock = false) => {
    const views = { recordedAt: newest } as unknown as ReadModel;
    return new RecordingClock({ now: () => now }, views, { trustClock }).now();
  };
  const [before, after] = ['2026-12-01T10:00:00.000Z', '2026-12-01T11:00:00.000Z'] as const;

  it('does not go back where the clock was set back by less than a day', () => {
    expect(timeAt(before, after)).toBe(after);
    expect(timeAt(after, before)).toBe(after);
    expect(timeAt(after, '')).toBe(after);
  });

  it('is that of the clock where an operator says that it is right', () => {
    expect(timeAt(before, after, true)).toBe(before);
  });
});
