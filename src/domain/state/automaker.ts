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
export function automakerFrom(id: string, source: RecordSource): Automaker | undefined {
  const [profile] = sorted(source, 'automaker');
  if (!profile) return undefined;
  return {
    id,
    profile,
    strategy: sorted(source, 'strategy')[0],
    targets: sorted(source, 'target'),
    markets: sorted(source, 'market'),
    partnerships: sorted(source, 'partnership'),
    outlets: sorted(source, 'outlets'),
    sites: sorted(source, 'site'),
    figures: sorted(source, 'figure'),
  };
}

export const automakerOf = (id: string, state: StreamState): Automaker | undefined =>
  state.stream === automakerStream(id) ? automakerFrom(id, state) : undefined;

/** Sorted by key, so that equal records give equal answers whatever their source. */
function sorted<K extends RecordKind>(source: RecordSource, kind: K): SubjectState[K][] {
  return [...source.entries(kind)].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, record]) => record);
}
