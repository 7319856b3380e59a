import { dateInWords } from '../words/dates.js';
import { earlierVersion, eventType } from './event-type.js';
import { Country, DateOrInterval, Optional, Slug, Text } from './fields.js';
import { daysOf, type Day } from '../ledger/edtf.js';
import type { MarketStay } from '../state/records.js';
import { hasEntry, lastStay, openStay, withoutPlan } from '../state/market-stays.js';
import { PersistentList } from '../state/persistent-list.js';
import type { SubjectStates } from '../state/subject-state.js';

type MarketState = SubjectStates['market'];

/** An exit before stages were introduced and before a brand could be named. */
class MarketExitedV1 {
  @Country('The market that it left')
  market!: string;

  @Text('Why, as the automaker or its source says')
  reason!: string;
}

export class MarketExited {
  @Country('The market that it left')
  market!: string;

  @Text('Why, as the automaker or its source says')
  reason!: string;

  @Optional()
  @DateOrInterval('Of an exit in stages: when the last one is over. It began on the day of the event')
  until?: string;

  @Optional()
  @Slug('The brand or group that left, where it is not the automaker as such')
  entity?: string;
}

export const marketExited = eventType({
  type: 'MarketExited',
  summary: 'An automaker, or one of its brands, stopped selling in a market, at once or in stages.',
  data: MarketExited,
  previous: earlierVersion({ data: MarketExitedV1, upcast: (data): MarketExited => ({ ...data }) }),
  stream: 'automaker',
  kind: 'market',
  subject: ({ market }) => market,
  rule: (record, { data: { market, entity } }) => {
    if (isThere(record, entity)) return undefined;
    const left = (entity === undefined ? record?.stays.last : lastStay(record, entity))?.exited;
    // If no stay is logged at all, the missing entry is the problem.
    return (
      left && {
        rule: 'not-present',
        message: `${entity ?? 'it'} is not present in ${market} on that day: it left on ${left.occurredOn}`,
        contradicts: left.event,
      }
    );
  },
  effect: (record, { id, occurredOn, data: { market, entity, ...how } }) => {
    const exited = { event: id, occurredOn, ...how };
    const before = record?.stays ?? PersistentList.empty<MarketStay>();
    // When the automaker as a whole leaves, all its brands leave.
    const leaves = (stay: MarketStay): boolean =>
      !stay.exited && (entity === undefined || stay.entity === entity);
    const isLogged = before.toArray().some(leaves);
    let stays = isLogged ? before : before.push({ ...(entity !== undefined && { entity }) });
    for (const [index, stay] of stays.toArray().entries())
      if (leaves(stay)) stays = stays.set(index, { ...stay, exited });
    const present = stays.toArray().some((stay) => !stay.exited);
    return { market, present, stays, ...withoutPlan(record, entity) };
  },
  duplicateKey: ({ entity }) => entity ?? '',
  warnings: ({ data: { market, entity }, occurredOn }, stream) =>
    hasLoggedEntry(stream.record('market', market), entity, daysOf(occurredOn).last)
      ? []
      : [
          {
            code: 'exit-without-entry',
            message: `no entry of ${entity ?? 'the automaker'} into ${market} before it is logged`,
          },
        ],
  sentence: ({ market, reason, until, entity }, { automaker, place, company }) =>
    `${automaker} left ${place(market)}${entity === undefined ? '' : ` (${company(entity)})`}${until === undefined ? '' : `, in stages until ${dateInWords(until)}`}: ${reason}`,
});

/** Whether an entry of the named brand, or any entry, is logged up to a day. */
function hasLoggedEntry(record: MarketState | undefined, entity: string | undefined, until: Day): boolean {
  const stays = record?.stays.toArray().filter(hasEntry) ?? [];
  return stays.some(
    (stay) =>
      (entity === undefined || stay.entity === entity) && daysOf(stay.entered.occurredOn).first <= until,
  );
}

/** Whether the named brand, or any, is present and can leave. */
function isThere(record: MarketState | undefined, entity: string | undefined): boolean {
  return entity === undefined ? record?.present === true : openStay(record, entity) !== undefined;
}
