import { numberInWords } from '../goals/goal-days.js';
import { binomialTest, SIGNIFICANT, type SignificanceTest } from './significance.js';
import type { ExpansionContext, ExpansionReading } from '../expansion/expansion-reading.js';

/** What one automaker, site or pair of automakers says about a thesis. */
export interface ThesisCase {
  readonly name: string;
  readonly finding: 'supports' | 'contradicts' | 'undecided';
  /** What the ledger shows, in a sentence with its numbers. */
  readonly shows: string;
  readonly events: readonly string[];
}

/** `could-be-chance`: no clearer than chance. `not-tested`: the measure does not fit the claim. */
export const VERDICTS = [
  'supported',
  'contradicted',
  'could-be-chance',
  'not-enough-evidence',
  'not-tested',
] as const;
export type ThesisVerdict = (typeof VERDICTS)[number];

/** A claim about asset-light expansion, as a question to the ledger. */
export interface Thesis {
  readonly id: string;
  readonly question: string;
  /** The claim that it tests. */
  readonly claim: string;
  readonly measure: string;
  /** When a case supports or contradicts the claim. */
  readonly rule: string;
  readonly cases: (world: readonly ExpansionContext[]) => ThesisCase[];
  /** Why the measure cannot decide the claim, if it cannot. */
  readonly notTested?: string;
  /** The test to use if the cases are not independent. Defaults to exact binomial. */
  readonly significance?: (world: readonly ExpansionContext[]) => SignificanceTest | undefined;
}

export interface ThesisFinding extends Omit<Thesis, 'cases' | 'significance'> {
  readonly verdict: ThesisVerdict;
  readonly verdictRule: string;
  readonly supporting: number;
  readonly contradicting: number;
  readonly undecided: number;
  /** Absent if nothing is tested, or no case is decided. */
  readonly test?: SignificanceTest;
  /** What would change the verdict, in a sentence. */
  readonly whatWouldChange: string;
  readonly cases: readonly ThesisCase[];
  /** The number of events behind it. */
  readonly events: number;
}

const FEWEST_CASES = 3;
const VERDICT_RULE = `supported, or contradicted, where decided cases lean to that side more than chance would in ${100 * SIGNIFICANT} of 100 ledgers; could be chance otherwise; not enough evidence below ${FEWEST_CASES} decided cases`;

/** What the ledger says about a thesis. */
export function findingOf(
  { cases: casesIn, significance, ...thesis }: Thesis,
  world: readonly ExpansionContext[],
): ThesisFinding {
  const cases = casesIn(world);
  const count = (finding: ThesisCase['finding']) => cases.filter((each) => each.finding === finding).length;
  const [supporting, contradicting] = [count('supports'), count('contradicts')];
  const decided = supporting + contradicting;
  const test =
    thesis.notTested !== undefined || decided === 0
      ? undefined
      : significance
        ? significance(world)
        : binomialTest(supporting, contradicting);
  const verdict = thesis.notTested === undefined ? verdictOf(decided, test) : 'not-tested';
  return {
    ...thesis,
    verdict,
    verdictRule: VERDICT_RULE,
    supporting,
    contradicting,
    undecided: count('undecided'),
    ...(test && { test }),
    whatWouldChange: whatWouldChange(thesis, verdict, supporting, contradicting, test),
    cases,
    events: new Set(cases.flatMap(({ events }) => events)).size,
  };
}

export function verdictOf(decided: number, test: SignificanceTest | undefined): ThesisVerdict {
  if (decided < FEWEST_CASES || !test) return 'not-enough-evidence';
  if (test.p > SIGNIFICANT || test.leans === 'neither') return 'could-be-chance';
  return test.leans === 'for' ? 'supported' : 'contradicted';
}

function whatWouldChange(
  { notTested }: Pick<Thesis, 'notTested'>,
  verdict: ThesisVerdict,
  supporting: number,
  contradicting: number,
  test: SignificanceTest | undefined,
): string {
  if (notTested !== undefined) return 'A measure of what is claimed.';
  const isSettled = verdict === 'supported' || verdict === 'contradicted';
  if (test && test.method !== 'exact binomial')
    return `Cases that bring p ${isSettled ? 'above' : 'down to'} ${SIGNIFICANT}; it is ${inTwoDigits(test.p)}.`;
  if (isSettled) {
    const against = moreUntil((more) =>
      verdict === 'supported'
        ? binomialTest(supporting, contradicting + more).p > SIGNIFICANT
        : binomialTest(supporting + more, contradicting).p > SIGNIFICANT,
    );
    return `${casesInWords(against)} ${verdict === 'supported' ? 'against' : 'for'} it and none the other way.`;
  }
  const [forIt, againstIt] = [
    moreUntil((more) => settles(supporting + more, contradicting, 'for')),
    moreUntil((more) => settles(supporting, contradicting + more, 'against')),
  ];
  return `${casesInWords(forIt)} for it and none against would support it; ${casesInWords(againstIt).toLowerCase()} against it and none for would contradict it.`;
}

const settles = (supporting: number, contradicting: number, side: SignificanceTest['leans']): boolean => {
  const test = binomialTest(supporting, contradicting);
  return supporting + contradicting >= FEWEST_CASES && test.p <= SIGNIFICANT && test.leans === side;
};

/** The smallest number of additional cases for which a condition holds. It must hold eventually. */
function moreUntil(isSo: (more: number) => boolean): number {
  let more = 1;
  while (!isSo(more)) more++;
  return more;
}

const casesInWords = (count: number): string => (count === 1 ? 'One more case' : `${count} more cases`);

/** A number with two significant digits: "0.37", "0.0012". */
export const inTwoDigits = (p: number): string => String(Number(p.toPrecision(2)));

/** The bounds of a number in a reading, with open ends as infinities; undefined if the reading lacks it. */
export function numberIn(reading: ExpansionReading, name: string): { lo: number; hi: number } | undefined {
  const found = reading.numbers.find((number) => number.name === name);
  return found && { lo: found.lo ?? Number.NEGATIVE_INFINITY, hi: found.hi ?? Number.POSITIVE_INFINITY };
}

/** Whether the bounds are entirely above a line, entirely below it, or neither. */
export function besides(
  { lo, hi }: { lo: number; hi: number },
  line: number,
): 'above' | 'below' | 'undecided' {
  if (lo > line) return 'above';
  return hi < line ? 'below' : 'undecided';
}

/** A count with its noun: "1 market", "2 to 7 markets". */
export const counted = (bounds: { lo: number; hi: number }, one: string, many = `${one}s`): string =>
  `${inWords(bounds)} ${bounds.lo === 1 && bounds.hi === 1 ? one : many}`;

export const inWords = ({ lo, hi }: { lo: number; hi: number }): string => {
  const text = (value: number) => (Number.isFinite(value) ? numberInWords(value) : 'any number');
  return lo === hi ? text(lo) : `${text(lo)} to ${text(hi)}`;
};

/** Bounds of a percentage further apart than this say nothing. */
const SAYS_NOTHING = 75;

/** A percentage with its bounds and unit; undefined if the bounds say nothing. */
export const percentInWords = (bounds: { lo: number; hi: number }, unit = '%'): string | undefined =>
  bounds.hi - bounds.lo > SAYS_NOTHING ? undefined : `${inWords(bounds)} ${unit}`;

export const eventsIn = ({ inputs }: ExpansionReading): string[] => [
  ...new Set(inputs.flatMap(({ events }) => events)),
];
