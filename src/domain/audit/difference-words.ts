import { dayInWords } from '../words/dates.js';
import type { Cause, Differences, NumberDifference, Point } from './differences.js';
import type { ToldNumber } from './shown-numbers.js';

/** A difference worth reporting, as a sentence that can be published as is. */
export interface ToldDifference {
  readonly target: string;
  readonly sentence: string;
  /** The events that caused it: among the named causes, the events about goals and figures. */
  readonly events: readonly string[];
}

/** The words for each cause of a difference. */
const CAUSE_WORDS: Readonly<Record<Cause, string>> = {
  time: 'the passing of time',
  'new fact': 'what happened in between',
  'late fact': 'what had happened before and was recorded in between',
  evidence: 'evidence that was added',
  correction: 'corrections',
  retraction: 'retractions',
  move: 'events that were moved to where they belong',
};
const ON_THE_PUBLIC_CLOCK: Partial<Record<Cause, string>> = {
  'new fact': 'what happened, and was published, in between',
  'late fact': 'what had happened before and was published in between',
  evidence: 'what more was published about the same',
};

/** A status, quoted for use in a sentence. */
const words = (status: string): string => `“${status.replaceAll('-', ' ')}”`;

/**
 * How the verdicts and values of goals differ between two points. Each goal gets one sentence with the old
 * and the new state and the contribution of each cause, in the order in which the causes are applied.
 */
export function toldDifferences(
  differences: Pick<Differences, 'numbers' | 'events'>,
  from: Point,
  to: Point,
): ToldDifference[] {
  const numbers = new Map(differences.numbers.map((each) => [each.number, each]));
  const targets = new Set(
    differences.numbers.flatMap(({ number }) => /^targets\.(.+)\.(?:status|value)$/.exec(number)?.[1] ?? []),
  );
  return [...targets].sort().map((target) => {
    const changed = [numbers.get(`targets.${target}.status`), numbers.get(`targets.${target}.value`)];
    const causes = new Set(changed.flatMap((each) => each?.parts.map(({ cause }) => cause) ?? []));
    const events = differences.events.filter(
      ({ cause, type }) => causes.has(cause) && (type.startsWith('Target') || type === 'FigureReported'),
    );
    return {
      target,
      sentence: sentenceOf(changed, from, to),
      events: events.map(({ event }) => event),
    };
  });
}

function sentenceOf(
  [status, value]: readonly (NumberDifference | undefined)[],
  from: Point,
  to: Point,
): string {
  const isPublic = from.publicOn !== undefined && to.publicOn !== undefined;
  const told = [
    ...(status ? [`the verdict ${changeIn(verdictsOf(status))}, ${becauseOf(status, words, isPublic)}`] : []),
    ...(value ? [`the value ${changeIn(figuresOf(value))}, ${becauseOf(value, undefined, isPublic)}`] : []),
  ];
  return `${between(from, to)}, ${told.join('; ')}.`;
}

function between(from: Point, to: Point): string {
  if (from.publicOn !== undefined && to.publicOn !== undefined)
    return `By what had been published on ${dayInWords(from.publicOn)} and on ${dayInWords(to.publicOn)}`;
  return `Between ${pointInWords(from)} and ${pointInWords(to)}`;
}

function pointInWords({ trueOn, knownOn, publicOn }: Point): string {
  const known = knownOn === undefined ? '' : ` as known on ${dayInWords(knownOn.slice(0, 10))}`;
  const published = publicOn === undefined ? '' : ` by what had been published on ${dayInWords(publicOn)}`;
  return `${dayInWords(trueOn)}${known}${published}`;
}

/** The words for the state at each point. */
type Either = { readonly [point in 'before' | 'after']?: string };

/** A verdict without current evidence is reported as such, not as if it still held. */
function verdictsOf({ before, after, told }: NumberDifference): Either {
  const of = (status: number | string, { asOf, age }: ToldNumber = {}): string =>
    age === 'no-current-evidence' && asOf !== undefined
      ? `“no current evidence”, last ${words(String(status))} as of ${dayInWords(asOf)}`
      : words(String(status));
  return {
    ...(before !== undefined && { before: of(before, told?.before) }),
    ...(after !== undefined && { after: of(after, told?.after) }),
  };
}

/** Values with their bounds and unit. */
function figuresOf({ before, after, told }: NumberDifference): Either {
  return {
    ...(before !== undefined && { before: told?.before?.words ?? String(before) }),
    ...(after !== undefined && { after: told?.after?.words ?? String(after) }),
  };
}

function changeIn({ before, after }: Either): string {
  if (before === undefined) return `came to be told: ${after ?? ''}`;
  if (after === undefined) return `is told no more; it was ${before}`;
  return `changed from ${before} to ${after}`;
}

/**
 * "because of what happened in between (to “missed”) and corrections (to “achieved”)". Intermediate values of
 * figures are omitted, since only the midpoint of their bounds is known.
 */
function becauseOf(
  { parts }: NumberDifference,
  inWords: ((value: string) => string) | undefined,
  isPublic: boolean,
): string {
  const causes = parts.map(({ cause, to }) => {
    const why = (isPublic ? ON_THE_PUBLIC_CLOCK[cause] : undefined) ?? CAUSE_WORDS[cause];
    if (inWords === undefined || parts.length === 1) return why;
    return `${why} (${to === undefined ? 'to nothing that can be told' : `to ${inWords(String(to))}`})`;
  });
  const last = causes.pop() ?? 'other causes';
  return `because of ${causes.length > 0 ? `${causes.join(', ')} and ${last}` : last}`;
}
