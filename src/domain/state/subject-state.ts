import type { CompanyRecord } from './company-record.js';
import type {
  AutomakerRecord,
  ConditionRecord,
  FigureRecord,
  GrowthReport,
  MarketRecord,
  OutletsRecord,
  PartnershipRecord,
  PlanRevision,
  RecordKind,
  ReportingRecord,
  SubjectState,
  SiteRecord,
  StrategyRecord,
  TargetRecord,
} from './records.js';
import { PersistentList } from './persistent-list.js';

/** A record whose history is a persistent list, so that adding an entry does not copy the earlier ones. */
export type Growing<R, History extends keyof R> = Omit<R, History> & {
  readonly [H in History]: R[H] extends readonly (infer Item)[] ? PersistentList<Item> : never;
};

/** The folded form of each record kind inside a state. `recordOf` converts it to plain data. */
export interface SubjectStates {
  automaker: AutomakerRecord;
  strategy: Growing<StrategyRecord, 'versions'>;
  target: Growing<TargetRecord, 'versions'>;
  market: Growing<MarketRecord, 'stays'>;
  partnership: PartnershipRecord;
  outlets: Growing<OutletsRecord, 'events' | 'changes'>;
  site: SiteState;
  figure: FigureState;
  condition: Growing<ConditionRecord, 'changes'>;
  reporting: Growing<ReportingRecord, 'changes'>;
  company: Growing<CompanyRecord, 'owners'>;
}

/** The reported growth rates, if any, are a history as well. */
type FigureState = Growing<Omit<FigureRecord, 'growths'>, 'reports'> & {
  readonly growths?: PersistentList<GrowthReport>;
};

/** The plan changes, if any, are a history as well. */
type SiteState = Omit<SiteRecord, 'revisions'> & {
  readonly revisions?: PersistentList<PlanRevision>;
};

export type AnySubjectState = SubjectStates[RecordKind];

/** A history with one more entry. */
export function grown<T>(history: PersistentList<T> | undefined, item: T): PersistentList<T> {
  return (history ?? PersistentList.empty<T>()).push(item);
}

/** The record of a subject, as plain data. O(length of its history). */
export function recordOf<K extends RecordKind>(state: SubjectStates[K]): SubjectState[K] {
  const record: Record<string, unknown> = { ...state };
  for (const [field, value] of Object.entries(record))
    if (value instanceof PersistentList) record[field] = value.toArray();
  // A state differs from its record only in the histories.
  return record as unknown as SubjectState[K];
}
