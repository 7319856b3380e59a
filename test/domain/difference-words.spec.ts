import { differencesBetween } from './differences-between.js';
import { toldDifferences } from '../../src/domain/audit/difference-words.js';
import { given, idOf, proposal, registered } from './given-when-then.js';

const published = (publishedOn: string) => ({
  evidence: [
    { url: 'https://example.com/s', publisher: 'Example', grade: 'confirmed' as const, publishedOn },
  ],
});
const goal = proposal(
  'TargetSet',
  '2025-01-01',
  {
    target: 'ten-thousand',
    measure: 'overseas-units',
    threshold: 10_000,
    unit: 'units',
    kind: 'amount',
    period: '2025',
    deadline: '2025',
    wording: 'ten thousand abroad in 2025',
  },
  published('2025-01-02'),
);
const figure = (value: number, period: string, on: string, publishedOn: string) =>
  proposal(
    'FigureReported',
    on,
    { measure: 'overseas-units', value, plusMinus: 0, period },
    published(publishedOn),
  );

describe('given a goal for 2025, figures of which were published in October and in February', () => {
  const { state } = given(
    registered,
    goal,
    figure(6_000, '2025-01-01/2025-09-30', '2025-10-01', '2025-10-09'),
    figure(12_000, '2025', '2025-12-31', '2026-02-20'),
  );
  const at = (day: string) => ({ trueOn: day, publicOn: day });
  const told = (from: string, to: string) =>
    toldDifferences(differencesBetween(state, at(from), at(to)), at(from), at(to));

  it('when November and March are compared, then the sentence has old and new, and which publication made it', () => {
    const [change, ...others] = told('2025-11-30', '2026-03-01');
    expect(others).toEqual([]);
    expect(change?.sentence).toMatch(
      /^By what had been published on 30 Nov 2025 and on 1 Mar 2026, the verdict changed from “[a-z ]+” to “achieved”, because of .*what happened, and was published, in between.*; the value changed from 6,000 vehicles to 12,000 vehicles, because of what happened, and was published, in between\.$/,
    );
    expect(change?.events).toEqual([idOf(3)]);
  });

  it('when January and February before the release are compared, then what is published late is not told yet', () => {
    const sentences = told('2026-01-15', '2026-02-19').map(({ sentence }) => sentence);
    expect(sentences.join(' ')).not.toContain('achieved');
  });

  it('when what happened in 2025 was published in between, then it is called published, not recorded', () => {
    const [change] = told('2026-02-19', '2026-02-20');
    expect(change?.sentence).toContain('because of what had happened before and was published in between');
  });
});
