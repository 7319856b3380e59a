import type {
  AutomakerRecord,
  FigureRecord,
  MarketRecord,
  OutletsRecord,
  PartnershipRecord,
  RecordKind,
  SubjectState,
  SiteRecord,
  StrategyRecord,
  TargetRecord,
} from './records.js';
import type { StreamState } from './stream-state.js';
import { automakerStream } from '../ledger/streams.js';
import { EVENTS_A_STEP, finish, type Steps } from './steps.js';

/** All records of one automaker. Every question about the automaker is answered from them. */
export interface Automaker {
  readonly id: string;
  readonly profile: AutomakerRecord;
  readonly strategy: StrategyRecord | undefined;
  readonly targets: readonly TargetRecord[];
  readonly markets: readonly MarketRecord[];
  readonly partnerships: readonly PartnershipRecord[];
  readonly outlets: readonly OutletsRecord[];
  readonly sites: readonly SiteRecord[];
  readonly figures: readonly FigureRecord[];
  /** Its group and its brands, if the ledger also tracks them as separate automakers. */
  readonly relatives?: readonly Automaker[];
}

/** A source of records of a kind, with their keys: a state, or the rows of the stored views. */
export interface RecordSource {
  entries<K extends RecordKind>(kind: K): Iterable<readonly [string, SubjectState[K]]>;
}

/** The automaker that some records describe, or undefined if they contain no registration. */
export const automakerFrom = (id: string, source: RecordSource): Automaker | undefined =>
  finish(automakerFromInSteps(id, source));

/** `automakerFrom` in interruptible steps. */
export function* automakerFromInSteps(id: string, source: RecordSource): Steps<Automaker | undefined> {
  const [profile] = yield* sorted(source, 'automaker');
  if (!profile) return undefined;
  return {
    id,
    profile,
    strategy: (yield* sorted(source, 'strategy'))[0],
    targets: yield* sorted(source, 'target'),
    markets: yield* sorted(source, 'market'),
    partnerships: yield* sorted(source, 'partnership'),
    outlets: yield* sorted(source, 'outlets'),
    sites: yield* sorted(source, 'site'),
    figures: yield* sorted(source, 'figure'),
  };
}

export const automakerOf = (id: string, state: StreamState): Automaker | undefined =>
  finish(automakerInSteps(id, state));

/** `automakerOf` in interruptible steps. */
export function* automakerInSteps(id: string, state: StreamState): Steps<Automaker | undefined> {
  return state.stream === automakerStream(id) ? yield* automakerFromInSteps(id, state) : undefined;
}

/** Sorted by key, so that equal records give equal answers whatever their source. */
function* sorted<K extends RecordKind>(source: RecordSource, kind: K): Steps<SubjectState[K][]> {
  const entries: (readonly [string, SubjectState[K]])[] = [];
  for (const entry of source.entries(kind)) if (entries.push(entry) % EVENTS_A_STEP === 0) yield;
  return entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, record]) => record);
}
