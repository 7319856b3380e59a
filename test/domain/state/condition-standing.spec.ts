import { standingOf } from '../../../src/domain/state/condition-standing.js';
import type { ConditionChange } from '../../../src/domain/state/records.js';

const change = (event: string, occurredOn: string, over: Partial<ConditionChange> = {}): ConditionChange => ({
  event,
  occurredOn,
  ...over,
});

const told = (changes: readonly ConditionChange[], on: string) => {
  const { law, coming, past } = standingOf({ changes }, on);
  return [law?.event, coming.map(({ event }) => event), past.map(({ event }) => event)];
};

describe('how a condition stands on a day', () => {
  const duty = [
    change('draft', '2024-06-12', { stage: 'proposed', rate: 38 }),
    change('interim', '2024-07-04', { stage: 'provisional', rate: 36 }),
    change('law', '2024-10-29', { stage: 'in-force', rate: 35, effectiveOn: '2024-10-30' }),
  ];

  it('is only proposed or provisional before it is law', () => {
    expect(told(duty.slice(0, 2), '2024-08-01')).toEqual([undefined, ['draft', 'interim'], []]);
  });

  it('is law once it has taken effect, and what was proposed before is over', () => {
    expect(told(duty, '2025-01-01')).toEqual(['law', [], ['draft', 'interim']]);
  });

  it('is yet to come before the day of its effect', () => {
    expect(told(duty, '2024-10-29')).toEqual([undefined, ['draft', 'interim', 'law'], []]);
  });

  it('keeps its law beside a later proposal', () => {
    const next = change('next', '2026-01-01', { stage: 'proposed', rate: 10 });
    expect(told([...duty, next], '2026-06-01')).toEqual(['law', ['next'], ['draft', 'interim']]);
  });

  it('is nothing once it ended', () => {
    const end = change('end', '2026-01-01', { stage: 'ended' });
    expect(told([...duty, end], '2026-06-01')).toEqual([undefined, [], ['draft', 'interim', 'law', 'end']]);
  });

  it('is law where no stage is told', () => {
    expect(told([change('old', '2018', { rate: 25 })], '2026-01-01')).toEqual(['old', [], []]);
  });
});
