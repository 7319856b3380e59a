import { daysOf, type Day, type EdtfDate } from '../ledger/edtf.js';
import { liesIn } from '../ledger/regions.js';
import type { MarketRecord, MarketStay, PlannedEntry } from './records.js';
import type { SubjectStates } from './subject-state.js';

/** A stay whose entry was logged. */
export type LoggedStay = MarketStay & Required<Pick<MarketStay, 'entered'>>;

/** Whether a stay has an entry that was logged: of some only the exit was. */
export const hasEntry = (stay: MarketStay): stay is LoggedStay => stay.entered !== undefined;

/** The stays whose entry was logged. */
export const loggedStays = ({ stays }: Pick<MarketRecord, 'stays'>): LoggedStay[] => stays.filter(hasEntry);

/** The stays in a country, or in any of a region, of a brand or of anybody: the one that began last comes last. */
export const staysIn = (
  markets: readonly MarketRecord[],
  area: string,
  entity: string | undefined,
): LoggedStay[] =>
  markets
    .filter(({ market }) => liesIn(market, area))
    .flatMap(loggedStays)
    .filter((stay) => entity === undefined || stay.entity === entity)
    .sort((a, b) => compareDates(a.entered.occurredOn, b.entered.occurredOn));

const compareDates = (a: EdtfDate, b: EdtfDate): number => {
  const [first, second] = [daysOf(a).last, daysOf(b).last];
  return first < second ? -1 : first > second ? 1 : 0;
};

/** The events that say when a stay began and ended. */
export const eventsOfStay = ({ entered, exited }: MarketStay): string[] =>
  [entered, exited].flatMap((occurrence) => occurrence?.event ?? []);

/** When a market was left for good: of an exit in stages, at the end of the last one. */
export const leftOn = ({ exited }: MarketStay): EdtfDate | undefined => exited?.until ?? exited?.occurredOn;

/** Whether a market was surely left for good by a day. */
export function hasLeftBy(stay: MarketStay, day: Day): boolean {
  const left = leftOn(stay);
  return left !== undefined && daysOf(left).last <= day;
}

/** The stay of the automaker as such, or of one of its brands, that has not ended. */
export const openStay = (
  record: SubjectStates['market'] | undefined,
  entity: string | undefined,
): MarketStay | undefined => {
  const last = lastStay(record, entity);
  return last?.exited ? undefined : last;
};

/** The newest stay of the automaker as such, or of one of its brands. */
export function lastStay(
  record: SubjectStates['market'] | undefined,
  entity: string | undefined,
): MarketStay | undefined {
  let last: MarketStay | undefined;
  for (const stay of record?.stays ?? []) if (stay.entity === entity) last = stay;
  return last;
}

/** The announced entry of the automaker as such, or of one of its brands, that is not logged yet. */
export const plannedEntry = (
  record: SubjectStates['market'] | undefined,
  entity: string | undefined,
): PlannedEntry | undefined => record?.planned?.find((plan) => plan.entity === entity);

/** The plans of the others, as a part of the record: absent where there are none. */
export function withoutPlan(
  record: SubjectStates['market'] | undefined,
  entity: string | undefined,
): { planned?: readonly PlannedEntry[] } {
  const planned = record?.planned?.filter((plan) => plan.entity !== entity) ?? [];
  return planned.length === 0 ? {} : { planned };
}
