import type { Doubt } from './doubts.js';
import { addDays, daysOf, type EdtfDate } from './edtf.js';
import type { NewEvent } from './event.js';
import { figureDays, MEASURES } from '../measures/measures.js';
import type { FigureReported } from '../events/figure-reported.js';
import { keyOfCity, OPERATORS, type Outlets } from '../events/outlets.js';
import type { TargetSet } from '../events/target-set.js';
import { effective } from '../state/logged-event.js';
import { hasKeyLike, sayingSame, subjectOf } from '../state/subject.js';
import type { StreamState } from '../state/stream-state.js';

/** Outlets of one city that open within so many days may be one that two sources tell of. */
const DAYS_APART = 31;

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
    case 'ServiceCenterOpened':
      return sameOutlet(state, type, data as Outlets, occurredOn);
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
function sameOutlet(
  state: StreamState,
  type: 'StoreOpened' | 'ServiceCenterOpened',
  data: Outlets,
  occurredOn: EdtfDate,
): Doubt[] {
  const { city, operator } = data;
  if (city === undefined) return [];
  const { kind, key } = subjectOf({ type, data });
  const subject = state.subject(kind, key);
  if (!hasKeyLike(subject, type, keyOfCity(city))) return [];
  const { first, last } = daysOf(occurredOn);
  const around = { first: addDays(first, -DAYS_APART), last: addDays(last, DAYS_APART) };
  const found = [undefined, ...OPERATORS]
    .flatMap((other) =>
      sayingSame(subject, type, { ...data, operator: other }, around).map((span) => ({ other, span })),
    )
    // One of the same operator on the same day is refused as a duplicate.
    .find(({ other, span }) => other !== operator || span.first > last || span.last < first);
  const entry = found && state.logged(found.span.event);
  const told = entry && effective(entry);
  if (!told) return [];
  const message = `is ${city}, where one is logged as opened on ${told.occurredOn}: add the source to that (${told.id}) where it is the same`;
  return [{ code: 'same-outlet', field: 'data.city', message }];
}
