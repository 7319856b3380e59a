import type { ExpansionContext, ExpansionReading } from '../expansion/expansion-reading.js';

/** What one automaker, site or pair of automakers says about a thesis. */
export interface ThesisCase {
  readonly name: string;
  readonly finding: 'supports' | 'contradicts' | 'undecided';
  /** What the ledger shows, in a sentence with its numbers. */
  readonly shows: string;
  readonly events: readonly string[];
}

export const VERDICTS = ['supported', 'contradicted', 'mixed', 'not-enough-evidence'] as const;
export type ThesisVerdict = (typeof VERDICTS)[number];

/** A claim about asset-light expansion as a question to the ledger. */
export interface Thesis {
  readonly id: string;
  readonly question: string;
  /** The claim that it tests. */
  readonly claim: string;
  readonly measure: string;
  /** When a case supports the claim, when it contradicts it: stated before anybody looked. */
  readonly rule: string;
  readonly cases: (world: readonly ExpansionContext[]) => ThesisCase[];
}

export interface ThesisFinding extends Omit<Thesis, 'cases'> {
  readonly verdict: ThesisVerdict;
  readonly verdictRule: string;
  readonly supporting: number;
  readonly contradicting: number;
  readonly undecided: number;
  readonly cases: readonly ThesisCase[];
  /** How many events it rests on. */
  readonly events: number;
}

const FEWEST_CASES = 3;
const CLEAR_PART = 0.75;
const VERDICT_RULE = `supported where three quarters or more of the decided cases support it, contradicted where three quarters or more contradict it, mixed in between; not enough evidence below ${FEWEST_CASES} decided cases`;

/** What the ledger says about a thesis. */
export function findingOf(
  { cases: casesIn, ...thesis }: Thesis,
  world: readonly ExpansionContext[],
): ThesisFinding {
  const cases = casesIn(world);
  const count = (finding: ThesisCase['finding']) => cases.filter((each) => each.finding === finding).length;
  const [supporting, contradicting] = [count('supports'), count('contradicts')];
  return {
    ...thesis,
    verdict: verdictOf(supporting, contradicting),
    verdictRule: VERDICT_RULE,
    supporting,
    contradicting,
    undecided: count('undecided'),
    cases,
    events: new Set(cases.flatMap(({ events }) => events)).size,
  };
}

export function verdictOf(supporting: number, contradicting: number): ThesisVerdict {
  const decided = supporting + contradicting;
  if (decided < FEWEST_CASES) return 'not-enough-evidence';
  if (supporting / decided >= CLEAR_PART) return 'supported';
  return contradicting / decided >= CLEAR_PART ? 'contradicted' : 'mixed';
}

/** The bounds of a number of a reading, with open ends as infinities; undefined where the reading does not give it. */
export function numberIn(reading: ExpansionReading, name: string): { lo: number; hi: number } | undefined {
  const found = reading.numbers.find((number) => number.name === name);
  return found && { lo: found.lo ?? Number.NEGATIVE_INFINITY, hi: found.hi ?? Number.POSITIVE_INFINITY };
}

/** Above a line for all that is not known, below it, or neither. */
export function besides(
  { lo, hi }: { lo: number; hi: number },
  line: number,
): 'above' | 'below' | 'undecided' {
  if (lo > line) return 'above';
  return hi < line ? 'below' : 'undecided';
}

export const inWords = ({ lo, hi }: { lo: number; hi: number }): string => {
  const text = (value: number) =>
    Number.isFinite(value) ? String(Math.round(value * 10) / 10) : 'any number';
  return lo === hi ? text(lo) : `${text(lo)} to ${text(hi)}`;
};

export const eventsIn = ({ inputs }: ExpansionReading): string[] => [
  ...new Set(inputs.flatMap(({ events }) => events)),
];
