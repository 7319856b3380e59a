import type { EdtfDate } from '../ledger/edtf.js';
import type { MarketRecord, MarketStay, PlannedEntry } from './records.js';
import type { SubjectStates } from './subject-state.js';

/** A stay whose entry was logged. */
export type LoggedStay = MarketStay & Required<Pick<MarketStay, 'entered'>>;

/** Whether a stay has an entry that was logged: of some only the exit was. */
export const hasEntry = (stay: MarketStay): stay is LoggedStay => stay.entered !== undefined;

/** The stays whose entry was logged. */
export const loggedStays = ({ stays }: Pick<MarketRecord, 'stays'>): LoggedStay[] => stays.filter(hasEntry);

/** The events that say when a stay began and ended. */
export const eventsOfStay = ({ entered, exited }: MarketStay): string[] =>
  [entered, exited].flatMap((occurrence) => occurrence?.event ?? []);

/** When a market was left for good: of an exit in stages, at the end of the last one. */
export const leftOn = ({ exited }: MarketStay): EdtfDate | undefined => exited?.until ?? exited?.occurredOn;

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
