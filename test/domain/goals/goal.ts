import { automakerFrom, type Automaker } from '../../../src/domain/state/automaker.js';
import { progressOf, type Progress } from '../../../src/domain/goals/progress.js';
import type { ChoosingRule } from '../../../src/domain/measures/flows.js';
import type { Proposal } from '../../../src/domain/ledger/proposal.js';
import { given, proposal, registered } from '../given-when-then.js';

/** A goal of 90,000 cars overseas in 2026, unless overridden. */
export const goal = (over: object = {}, saidOn = '2026-01-10'): Proposal =>
  proposal('TargetSet', saidOn, {
    target: 'goal',
    measure: 'overseas-units',
    threshold: 90_000,
    unit: 'units',
    deadline: '2026',
    wording: 'a goal',
    ...over,
  });

type Grade = 'confirmed' | 'reported' | 'rumoured';

const source = (url: string, grade: Grade, publishedOn?: string) => ({
  evidence: [
    {
      url: `https://example.com/${url}`,
      publisher: 'Example',
      grade,
      ...(publishedOn !== undefined && { publishedOn }),
    },
  ],
});

/** U(v, period): overseas units. */
export const units = (
  value: number,
  period: string,
  over: object = {},
  grade: Grade = 'reported',
): Proposal => figure({ measure: 'overseas-units', value, period, ...over }, grade);

export const figure = (data: object, grade: Grade = 'reported', publishedOn?: string): Proposal =>
  proposal('FigureReported', '2026-11-20', data, source('figure', grade, publishedOn));

export function automakerWith(...proposals: readonly Proposal[]): Automaker {
  const { state } = given(registered, ...proposals);
  const automaker = automakerFrom('xpeng', state);
  if (!automaker) throw new Error('the specification registers no automaker');
  return automaker;
}

/** The progress toward the only goal in some events, on a given day. */
export function asked(on: string, proposals: readonly Proposal[], rule?: ChoosingRule): Progress {
  const automaker = automakerWith(...proposals);
  const record = automaker.targets[0];
  if (!record) throw new Error('the specification sets no target');
  return progressOf(automaker, record, on, rule);
}
