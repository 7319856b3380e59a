import { daysOf, type Day, type EdtfDate } from '../ledger/edtf.js';
import { liesIn } from '../ledger/regions.js';
import type { MarketRecord, MarketStay, PlannedEntry } from './records.js';
import type { SubjectStates } from './subject-state.js';

/** A stay with a logged entry. */
export type LoggedStay = MarketStay & Required<Pick<MarketStay, 'entered'>>;

/** Whether the entry of a stay was logged; some stays only have an exit. */
export const hasEntry = (stay: MarketStay): stay is LoggedStay => stay.entered !== undefined;

/** The stays with a logged entry. */
export const loggedStays = ({ stays }: Pick<MarketRecord, 'stays'>): LoggedStay[] => stays.filter(hasEntry);

/** Whether only rumours tell of the entries that hold. */
export function isThereByRumour(record: Pick<MarketRecord, 'stays'>): boolean {
  const open = loggedStays(record).filter(({ exited }) => !exited);
  return open.length > 0 && open.every(({ entered }) => entered.isRumour === true);
}

/** The stays in a country or a region, of one brand or of any; the latest start comes last. */
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

/** The events of a stay's start and end. */
export const eventsOfStay = ({ entered, exited }: MarketStay): string[] =>
  [entered, exited].flatMap((occurrence) => occurrence?.event ?? []);

/** The final exit date. For an exit in stages, the end of the last stage. */
export const leftOn = ({ exited }: MarketStay): EdtfDate | undefined => exited?.until ?? exited?.occurredOn;

/** Whether the automaker has certainly left a market for good by a day. */
export function hasLeftBy(stay: MarketStay, day: Day): boolean {
  const left = leftOn(stay);
  return left !== undefined && daysOf(left).last <= day;
}

/** The open stay of the automaker itself, or of one of its brands. */
export const openStay = (
  record: SubjectStates['market'] | undefined,
  entity: string | undefined,
): MarketStay | undefined => {
  const last = lastStay(record, entity);
  return last?.exited ? undefined : last;
};

/** The newest stay of the automaker itself, or of one of its brands. */
export function lastStay(
  record: SubjectStates['market'] | undefined,
  entity: string | undefined,
): MarketStay | undefined {
  let last: MarketStay | undefined;
  for (const stay of record?.stays ?? []) if (stay.entity === entity) last = stay;
  return last;
}

/** The announced entry of the automaker itself or of one of its brands, if the entry is not logged yet. */
export const plannedEntry = (
  record: SubjectStates['market'] | undefined,
  entity: string | undefined,
): PlannedEntry | undefined => record?.planned?.find((plan) => plan.entity === entity);

/** The plans without those of one entity, as a part of the record; absent if none remain. */
export function withoutPlan(
  record: SubjectStates['market'] | undefined,
  entity: string | undefined,
): { planned?: readonly PlannedEntry[] } {
  const planned = record?.planned?.filter((plan) => plan.entity !== entity) ?? [];
  return planned.length === 0 ? {} : { planned };
}
