import type { Automaker } from '../state/automaker.js';
import type { Day } from '../ledger/edtf.js';
import type { TargetRecord } from '../state/records.js';
import { boundsInWords, numberInWords } from '../goals/goal-days.js';
import { progressOf, type Progress } from '../goals/progress.js';
import type { Age } from '../goals/staleness.js';
import type { Status } from '../goals/status.js';
import { MEASURES } from '../measures/measures.js';
import { finish, type Steps } from '../state/steps.js';
import { thresholdInWords, unitInWords } from '../words/goals.js';

/** The numbers that readers see. The name says where: `targets.half-overseas.value`. */
export type ShownNumbers = ReadonlyMap<string, ShownNumber>;

export interface ShownNumber {
  readonly value: number | string;
  /** What must be stated with the number, so that nobody reads too much into it. */
  readonly told?: ToldNumber;
}

/** How to state a number of a goal: with its bounds and unit or, for a verdict, with its day. */
export interface ToldNumber {
  /** "at least 83 points", "9 to 13.5 %", "about 90,000 vehicles". */
  readonly words?: string;
  /** For a verdict: the day of the newest figure that it is based on. */
  readonly asOf?: Day;
  /** For a verdict: the age of that figure. Absent without judgement, or if nothing can change it. */
  readonly age?: Age;
}

export interface ChangedNumber {
  readonly number: string;
  readonly before?: number | string;
  readonly after?: number | string;
  /** For a goal's verdict, value and threshold: how to state each. */
  readonly told?: { readonly before?: ToldNumber; readonly after?: ToldNumber };
}

/** The numbers shown on an automaker's pages and in answers. A preview compares them. */
export const shownNumbers = (automaker: Automaker | undefined, on: Day): ShownNumbers =>
  finish(shownNumbersInSteps(automaker, on));

/** `shownNumbers` in steps, so that other work can run in between, for the wanted goals only. */
export function* shownNumbersInSteps(
  automaker: Automaker | undefined,
  on: Day,
  isWanted: (goal: TargetRecord) => boolean = () => true,
): Steps<ShownNumbers> {
  const numbers = new Map<string, ShownNumber>();
  if (!automaker) return numbers;
  const show = (name: string, value: number | string, told?: ToldNumber): void => {
    numbers.set(name, { value, ...(told && { told }) });
  };
  const { markets, partnerships, sites, outlets, figures } = automaker;
  show('markets.present', markets.filter(({ present }) => present).length);
  show('partnerships.running', partnerships.filter(({ ended }) => !ended).length);
  for (const status of ['announced', 'running', 'ended', 'cancelled'] as const) {
    show(`sites.${status}`, sites.filter((site) => site.status === status).length);
  }
  for (const { outlet, market, opened, closed } of outlets)
    show(`outlets.${outlet}.${market}`, opened - closed);
  show(
    'figures.reported',
    figures.reduce((sum, { reports }) => sum + reports.length, 0),
  );
  for (const record of automaker.targets) {
    if (!isWanted(record)) continue;
    const progress = progressOf(automaker, record, on, undefined, 'standing');
    const name = `targets.${record.target}`;
    show(`${name}.status`, progress.status, verdictTold(progress));
    show(`${name}.threshold`, progress.terms.threshold, thresholdTold(progress));
    if (progress.deadline) show(`${name}.deadline`, progress.deadline.words);
    if (progress.value) {
      const { value, lo, hi } = progress.value;
      show(`${name}.value`, value, figureTold(progress));
      if (lo !== undefined) show(`${name}.value.lo`, lo);
      if (hi !== undefined) show(`${name}.value.hi`, hi);
    }
    if (progress.logged) show(`${name}.logged`, progress.logged.count);
    const ratio = progress.pace?.toLateEnd?.ratio?.middle;
    if (ratio !== undefined) show(`${name}.paceRatio`, ratio, { words: `${numberInWords(100 * ratio)} %` });
    yield;
  }
  return numbers;
}

/** Statuses that are not judgements, and so cannot become outdated. */
const JUDGES_NOTHING: ReadonlySet<Status> = new Set(['not-enough-evidence', 'not-comparable', 'withdrawn']);

function verdictTold({ status, statusAsOf, staleness }: Progress): ToldNumber {
  return {
    ...(statusAsOf && { asOf: statusAsOf }),
    ...(staleness && !JUDGES_NOTHING.has(status) && { age: staleness.age }),
  };
}

function thresholdTold({ terms }: Progress): ToldNumber {
  const unit = unitInWords(MEASURES[terms.measure].unit, terms.thresholdTo ?? terms.threshold);
  return { words: `${thresholdInWords(terms)} ${unit}` };
}

/** Nobody reported the midpoint of the bounds, so the bounds are stated instead. */
function figureTold({ terms, value }: Progress): ToldNumber | undefined {
  if (!value) return undefined;
  const { unit } = MEASURES[terms.measure];
  const { lo = 0, hi = Number.POSITIVE_INFINITY } = value;
  return { words: `${boundsInWords({ lo, hi }, unit)} ${unitInWords(unit, value.value)}` };
}

/** The numbers that differ, sorted by name. */
export function changedNumbers(before: ShownNumbers, after: ShownNumbers): ChangedNumber[] {
  const changed = [...before.keys()].filter((name) => before.get(name)?.value !== after.get(name)?.value);
  const added = [...after.keys()].filter((name) => !before.has(name));
  return [...changed, ...added].sort().map((number) => {
    const [was, is] = [before.get(number)?.value, after.get(number)?.value];
    // A bound is stated together with its value.
    const whole = number.replace(/\.value\.(?:lo|hi)$/, '.value');
    const [wasTold, isTold] = [before.get(whole)?.told, after.get(whole)?.told];
    const told = { ...(wasTold && { before: wasTold }), ...(isTold && { after: isTold }) };
    return {
      number,
      ...(was !== undefined && { before: was }),
      ...(is !== undefined && { after: is }),
      ...((wasTold ?? isTold) && { told }),
    };
  });
}
