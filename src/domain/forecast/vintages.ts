import type { Automaker } from '../state/automaker.js';
import { knownBy, type Clocks } from '../ledger/clocks.js';
import type { StreamEvent } from '../ledger/event.js';
import type { EventType } from '../events/catalogue.js';
import { dayOf, type Day } from '../ledger/edtf.js';
import type { FigureRecord } from '../state/records.js';
import type { Measure, Perimeter } from '../measures/measures.js';
import { publicAutomakers, vintageDays } from '../measures/vintages.js';
import { evolve } from '../state/evolve.js';
import { isAmendment, StreamState } from '../state/stream-state.js';

/** The figures of an automaker as recorded by an instant, or as published by a day. */
export interface Vintage {
  readonly at: string;
  /** The last day that a figure may be about. Defaults to the day of the question. */
  readonly until?: Day;
  readonly figures: Automaker['figures'];
}

/**
 * The vintages of an automaker's figures up to two clocks, oldest first. There is one for every UTC day on
 * which a figure was recorded, corrected, retracted or given evidence, as of the last such event of that day.
 * The clock is `recordedAt` only: a source's publication date does not show when the ledger knew it. A single
 * import is therefore a single vintage, however old its figures are.
 *
 * O(events) for all vintages: each event is folded once.
 */
export function* recordedVintages(state: StreamState, { trueOn, knownOn }: Clocks): Generator<Vintage> {
  let then = StreamState.of(state.stream, trueOn);
  let newest: string | undefined;
  for (const { event, about } of registrationAndFigures(state)) {
    // Within a stream recordedAt never decreases, so no known event follows the first unknown one.
    if (!knownBy(event.recordedAt, knownOn)) break;
    if (newest !== undefined && dayOf(newest) !== dayOf(event.recordedAt)) {
      yield { at: newest, figures: figuresOf(then) };
      newest = undefined;
    }
    then = evolve(then, event).state;
    if (about === 'FigureReported') newest = event.recordedAt;
  }
  if (newest !== undefined) yield { at: newest, figures: figuresOf(then) };
}

/**
 * The registration, which folding requires, the figures, and later events about them, in order of recording.
 */
function* registrationAndFigures(state: StreamState): Generator<{ event: StreamEvent; about: EventType }> {
  for (const entry of state.log) {
    const event = entry.recorded;
    const about = isAmendment(entry) ? (state.recorded(entry.about)?.type ?? event.type) : event.type;
    if (about === 'FigureReported' || about === 'AutomakerRegistered') yield { event, about };
  }
}

/** Sorted by key, like an automaker's figures. */
function figuresOf(state: StreamState): FigureRecord[] {
  return [...state.entries('figure')].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, record]) => record);
}

/**
 * The vintages of an automaker's figures by publication day, whenever they were recorded, oldest first: what
 * a forecaster could have read on that day. Only publications relevant to the series count.
 */
export function* publishedVintages(
  id: string,
  known: StreamState,
  trueOn: Day,
  measure: Measure,
  wanted: Perimeter,
): Generator<Vintage> {
  const days = vintageDays(known, { measure, wanted, until: trueOn });
  for (const { publicOn, automaker } of publicAutomakers(id, known, trueOn, days))
    yield { at: publicOn, until: publicOn, figures: automaker.figures };
}
