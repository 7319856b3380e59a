import type { Automaker } from '../../../src/domain/state/automaker.js';
import { automakerFrom } from '../../../src/domain/state/automaker.js';
import type { Clocks } from '../../../src/domain/ledger/clocks.js';
import type { StreamEvent } from '../../../src/domain/ledger/event.js';
import { foldEvents } from '../../../src/domain/state/evolve.js';
import { forecastOf, type Forecast } from '../../../src/domain/forecast/forecast.js';
import { publishedVintages, recordedVintages } from '../../../src/domain/forecast/vintages.js';
import { finish } from '../../../src/domain/state/steps.js';
import { stateAsOf } from '../../../src/domain/state/state-as-of.js';
import { addDays, addMonths } from '../../../src/domain/ledger/edtf.js';
import type { Proposal } from '../../../src/domain/ledger/proposal.js';
import { proposal, recordedEvent, registered } from '../given-when-then.js';

export const STREAM = 'automaker-xpeng';

/** An entry of a growing ledger: what is recorded, and when. */
export interface Entry {
  readonly recordedAt: string;
  readonly what: Proposal;
}

export const recordedFrom = (entries: readonly Entry[]): StreamEvent[] =>
  entries.map(({ recordedAt, what }, index) => recordedEvent(index, what, recordedAt));

export const goal = (over: object = {}): Proposal =>
  proposal('TargetSet', '2010-01-01', {
    target: 'goal',
    measure: 'overseas-markets',
    threshold: 80,
    unit: 'markets',
    deadline: '2026/2027',
    wording: 'eighty markets by 2027',
    ...over,
  });

/** The n-th end of a quarter from 2010 on. */
export const quarterEnd = (index: number): string => addMonths('2010-03-31', 3 * index);

/** A level at the end of each quarter, recorded `lag` days later. */
export const levels = (values: readonly number[], lag = 20): Entry[] =>
  values.map((value, index) => ({
    recordedAt: `${addDays(quarterEnd(index), lag)}T09:00:00.000Z`,
    what: proposal('FigureReported', quarterEnd(index), {
      measure: 'overseas-markets',
      value,
      asOf: quarterEnd(index),
    }),
  }));

/** The entries before the first figure. */
export const opening = (target: Proposal = goal()): Entry[] =>
  [registered, target].map((what) => ({ recordedAt: '2010-01-02T09:00:00.000Z', what }));

export function automakerAsOf(events: readonly StreamEvent[], clocks: Clocks): Automaker {
  const automaker = automakerFrom('xpeng', foldEvents(STREAM, events, clocks));
  if (!automaker) throw new Error('the ledger registers no automaker');
  return automaker;
}

/** The forecast as of trueOn and knownOn. */
export function forecastAsOf(
  events: readonly StreamEvent[],
  clocks: Clocks & { readonly trueOn: string },
  ceiling?: number,
): Forecast {
  const automaker = automakerAsOf(events, clocks);
  const record = automaker.targets[0];
  if (!record) throw new Error('the ledger sets no target');
  // The state contains all events, including those recorded after knownOn.
  const all = foldEvents(STREAM, events);
  const { trueOn, knownOn } = clocks;
  const known = stateAsOf(all, { ...(knownOn !== undefined && { knownOn }) });
  const { measure, ...terms } = record.versions.at(-1)?.terms ?? {};
  if (measure === undefined) throw new Error('the target has no version');
  const vintages = {
    recorded: () => recordedVintages(all, clocks),
    published: () => publishedVintages('xpeng', known, trueOn, measure, terms),
  };
  return finish(
    forecastOf(automaker, record, vintages, {
      on: trueOn,
      ...(ceiling !== undefined && { ceiling }),
    }),
  );
}

/** Pseudo-random numbers, reproducible by seed: uniform, and normal with mean 0 and deviation 1. */
export function randomFrom(seed: number): { uniform: () => number; normal: () => number } {
  let state = seed;
  const uniform = () => (state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32) / 2 ** 32;
  return {
    uniform,
    normal: () => Math.sqrt(-2 * Math.log(uniform() + 1e-12)) * Math.cos(2 * Math.PI * uniform()),
  };
}
