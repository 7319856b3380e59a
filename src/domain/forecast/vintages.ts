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

/** The figures of an automaker as the ledger had them at an instant, or as they had been published by a day. */
export interface Vintage {
  readonly at: string;
  /** The last day that a figure of it may be of, where that is another one than the day asked about. */
  readonly until?: Day;
  readonly figures: Automaker['figures'];
}

/**
 * The vintages of an automaker's figures up to two clocks, oldest first: one for every UTC day on which a figure was
 * recorded, corrected, retracted or given evidence, as of the last such recording on that day. The clock is `recordedAt`
 * and nothing else: the day on which a source was published is not taken for the day on which the ledger knew it. So what
 * was imported in one go is one vintage, however old its figures are.
 *
 * O(events) for all of them: each event is folded once.
 */
export function* recordedVintages(state: StreamState, { trueOn, knownOn }: Clocks): Generator<Vintage> {
  let then = StreamState.of(state.stream, trueOn);
  let newest: string | undefined;
  for (const { event, about } of registrationAndFigures(state)) {
    // Within a stream recordedAt never decreases, so nothing known comes after the first unknown event.
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

/** The registration, without which nothing folds, the figures, and what was recorded about them since, in the order of recording. */
function* registrationAndFigures(state: StreamState): Generator<{ event: StreamEvent; about: EventType }> {
  for (const entry of state.log) {
    const event = entry.recorded;
    const about = isAmendment(entry) ? (state.recorded(entry.about)?.type ?? event.type) : event.type;
    if (about === 'FigureReported' || about === 'AutomakerRegistered') yield { event, about };
  }
}

/** By key, as those of an automaker are. */
function figuresOf(state: StreamState): FigureRecord[] {
  return [...state.entries('figure')].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, record]) => record);
}

/**
 * The vintages of an automaker's figures by the days on which figures that a series is worked out from were published,
 * whenever they were recorded, oldest first: what a forecaster of that day could have read.
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
