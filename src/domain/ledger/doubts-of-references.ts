import type { Doubt } from './doubts.js';
import { dayNumber, daysOf, type EdtfDate } from './edtf.js';
import type { NewEvent } from './event.js';
import { identityOf } from './text.js';
import { figureDays, MEASURES } from '../measures/measures.js';
import type { FigureReported } from '../events/figure-reported.js';
import type { Outlets } from '../events/outlets.js';
import type { TargetSet } from '../events/target-set.js';
import { effective } from '../state/logged-event.js';
import type { StreamState } from '../state/stream-state.js';

/** Outlets of one city that open within so many days may be one that two sources tell of. */
const DAYS_APART = 31;
/** The newest outlets of a market, with which another one is compared. */
const MOST_LOOKED_AT = 200;

/** Doubts what an event says of recorded ones: figures that it restates, a goal that it revises, outlets. */
export function doubtsOfReferences(
  state: StreamState,
  { type, data, occurredOn }: Pick<NewEvent, 'type' | 'data' | 'occurredOn'>,
): Doubt[] {
  switch (type) {
    case 'FigureReported':
      return restatesOther(state, data as FigureReported);
    case 'TargetRevised':
      return otherMeasure(state, data as TargetSet);
    case 'StoreOpened':
      return sameOutlet(state, 'store', data as Outlets, occurredOn);
    case 'ServiceCenterOpened':
      return sameOutlet(state, 'service-center', data as Outlets, occurredOn);
    default:
      return [];
  }
}

/** A figure restates figures of its own measure and time. */
function restatesOther(state: StreamState, data: FigureReported): Doubt[] {
  const { first, last } = figureDays(data);
  return (data.restates ?? []).flatMap((id, index): Doubt[] => {
    const entry = state.logged(id);
    const told = entry && effective(entry);
    const what = told === undefined ? 'no event that counts' : `a ${told.type}`;
    const figure = told?.type === 'FigureReported' ? (told.data as FigureReported) : undefined;
    const days = figure && figureDays(figure);
    const isSame = figure?.measure === data.measure && days && days.first <= last && days.last >= first;
    if (isSame) return [];
    const found = figure ? `${figure.measure} of ${figure.period ?? figure.asOf ?? ''}` : what;
    const message = `is ${id}, ${found}, and no figure of ${data.measure} that reaches into the same time`;
    return [{ code: 'restates-other', field: `data.restates[${index}]`, message }];
  });
}

/** A goal stays one of amounts, of shares or of levels. */
function otherMeasure(state: StreamState, { target, measure }: TargetSet): Doubt[] {
  const terms = state.record('target', target)?.versions.last?.terms;
  if (!terms || MEASURES[terms.measure].nature === MEASURES[measure].nature) return [];
  const message = `is ${measure}, and ${target} is a goal of ${terms.measure}: record TargetSet where it is another goal`;
  return [{ code: 'other-measure', field: 'data.measure', message }];
}

/** An outlet that opens in the city, and about the time, of another one. */
function sameOutlet(state: StreamState, outlet: string, data: Outlets, occurredOn: EdtfDate): Doubt[] {
  const { market, city, entity } = data;
  if (city === undefined) return [];
  const events = state.record('outlets', `${outlet}/${market}`)?.events.toArray() ?? [];
  for (const id of events.slice(-MOST_LOOKED_AT)) {
    const entry = state.logged(id);
    const told = entry && effective(entry);
    if (!told || !told.type.endsWith('Opened')) continue;
    const other = told.data as Outlets;
    if (identityOf(other.city ?? '') !== identityOf(city) || other.entity !== entity) continue;
    // One of the same operator on the same day is refused as a duplicate.
    const apart = daysApart(told.occurredOn, occurredOn);
    if (apart > DAYS_APART || (apart <= 0 && other.operator === data.operator)) continue;
    const message = `is ${city}, where one is logged as opened on ${told.occurredOn}: add the source to that (${id}) where it is the same`;
    return [{ code: 'same-outlet', field: 'data.city', message }];
  }
  return [];
}

/** The days between two dates; none where one may be the other. */
function daysApart(one: EdtfDate, other: EdtfDate): number {
  const [a, b] = [daysOf(one), daysOf(other)];
  return Math.max(dayNumber(a.first) - dayNumber(b.last), dayNumber(b.first) - dayNumber(a.last));
}
