import type { Automaker } from '../state/automaker.js';
import type { Day } from '../ledger/edtf.js';
import { progressOf } from '../goals/progress.js';

/** A number that readers see, by a name that tells where: `targets.half-overseas.value`. */
export type ShownNumbers = ReadonlyMap<string, number | string>;

export interface ChangedNumber {
  readonly number: string;
  readonly before?: number | string;
  readonly after?: number | string;
}

/** The numbers that an automaker's pages and answers show: what a preview compares. */
export function shownNumbers(automaker: Automaker | undefined, on: Day): ShownNumbers {
  const numbers = new Map<string, number | string>();
  if (!automaker) return numbers;
  const { markets, partnerships, sites, outlets, figures } = automaker;
  numbers.set('markets.present', markets.filter(({ present }) => present).length);
  numbers.set('partnerships.running', partnerships.filter(({ ended }) => !ended).length);
  for (const status of ['announced', 'running', 'ended', 'cancelled'] as const) {
    numbers.set(`sites.${status}`, sites.filter((site) => site.status === status).length);
  }
  for (const { outlet, market, opened, closed } of outlets)
    numbers.set(`outlets.${outlet}.${market}`, opened - closed);
  numbers.set(
    'figures.reported',
    figures.reduce((sum, { reports }) => sum + reports.length, 0),
  );
  for (const record of automaker.targets) {
    const progress = progressOf(automaker, record, on);
    const name = `targets.${record.target}`;
    numbers.set(`${name}.status`, progress.status);
    numbers.set(`${name}.threshold`, progress.terms.threshold);
    if (progress.deadline) numbers.set(`${name}.deadline`, progress.deadline.words);
    if (progress.value) {
      numbers.set(`${name}.value`, progress.value.value);
      if (progress.value.lo !== undefined) numbers.set(`${name}.value.lo`, progress.value.lo);
      if (progress.value.hi !== undefined) numbers.set(`${name}.value.hi`, progress.value.hi);
    }
    if (progress.logged) numbers.set(`${name}.logged`, progress.logged.count);
    const ratio = progress.pace?.toLateEnd?.ratio?.middle;
    if (ratio !== undefined) numbers.set(`${name}.paceRatio`, ratio);
  }
  return numbers;
}

/** The numbers that differ, by name. */
export function changedNumbers(before: ShownNumbers, after: ShownNumbers): ChangedNumber[] {
  return [...new Set([...before.keys(), ...after.keys()])]
    .sort()
    .filter((name) => before.get(name) !== after.get(name))
    .map((number) => {
      const [was, is] = [before.get(number), after.get(number)];
      return { number, ...(was !== undefined && { before: was }), ...(is !== undefined && { after: is }) };
    });
}
