import type { Automaker } from '../automaker.js';
import { knownBy, type Clocks } from '../clocks.js';
import type { StreamEvent } from '../event.js';
import type { EventType } from '../events/catalogue.js';
import { Fold } from '../fold.js';
import { dayOf } from '../occurred-on.js';
import type { FigureRecord } from '../records.js';

/** The figures of an automaker as the ledger had them at an instant. */
export interface Vintage {
  readonly knownOn: string;
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
export function* vintagesOf(fold: Fold, { trueOn, knownOn }: Clocks): Generator<Vintage> {
  const then = Fold.of(fold.stream, trueOn);
  let newest: string | undefined;
  for (const { event, about } of registrationAndFigures(fold)) {
    // Within a stream recordedAt never decreases, so nothing known comes after the first unknown event.
    if (!knownBy(event.recordedAt, knownOn)) break;
    if (newest !== undefined && dayOf(newest) !== dayOf(event.recordedAt)) {
      yield { knownOn: newest, figures: figuresOf(then) };
      newest = undefined;
    }
    then.apply(event);
    if (about === 'FigureReported') newest = event.recordedAt;
  }
  if (newest !== undefined) yield { knownOn: newest, figures: figuresOf(then) };
}

/** The registration, without which nothing folds, the figures, and what was recorded about them since, in the order of recording. */
function registrationAndFigures(fold: Fold): { event: StreamEvent; about: EventType }[] {
  const logged = Array.from(fold.loggedEvents(), ({ recorded: event }) => ({ event, about: event.type }));
  const acts = Array.from(fold.acts(), ({ recorded: event, about }) => ({
    event,
    about: fold.recorded(about)?.type ?? event.type,
  }));
  return [...logged, ...acts]
    .filter(({ about }) => about === 'FigureReported' || about === 'AutomakerRegistered')
    .sort((a, b) => a.event.revision - b.event.revision);
}

/** By key, as those of an automaker are. */
function figuresOf(fold: Fold): FigureRecord[] {
  return [...fold.entries('figure')].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, record]) => record);
}
