import type { Automaker } from '../../domain/state/automaker.js';
import type { RecordKind, SubjectState } from '../../domain/state/records.js';

type Listed = Extract<RecordKind, 'target' | 'market' | 'partnership' | 'outlets' | 'site' | 'figure'>;
type Lists = Pick<Automaker, 'targets' | 'markets' | 'partnerships' | 'outlets' | 'sites' | 'figures'>;

/** Records of an automaker that change one by one, sorted by key within their kind. */
export class SortedRecords<K extends Listed> {
  private readonly keys = new Map<Listed, string[]>();
  private readonly records = new Map<Listed, SubjectState[K][]>();
  /** The lists as they were handed out last, by kind: what did not change stays the same object. */
  private readonly lists = new Map<Listed, readonly SubjectState[K][]>();

  /** Puts a record, or takes it away. Returns the one before. */
  put(kind: K, key: string, record: SubjectState[K] | undefined): SubjectState[K] | undefined {
    const keys = this.keys.get(kind) ?? [];
    const records = this.records.get(kind) ?? [];
    this.keys.set(kind, keys);
    this.records.set(kind, records);
    this.lists.delete(kind);
    let [low, high] = [0, keys.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((keys[middle] ?? '') < key) low = middle + 1;
      else high = middle;
    }
    const isKnown = keys[low] === key;
    const then = isKnown ? records[low] : undefined;
    keys.splice(low, isKnown ? 1 : 0, ...(record ? [key] : []));
    records.splice(low, isKnown ? 1 : 0, ...(record ? [record] : []));
    return then;
  }

  all(): Lists {
    return {
      targets: this.list('target'),
      markets: this.list('market'),
      partnerships: this.list('partnership'),
      outlets: this.list('outlets'),
      sites: this.list('site'),
      figures: this.list('figure'),
    };
  }

  private list<L extends Listed>(kind: L): readonly SubjectState[L][] {
    const list = this.lists.get(kind) ?? [...(this.records.get(kind) ?? [])];
    this.lists.set(kind, list);
    // Each kind has lists of its own.
    return list as unknown as readonly SubjectState[L][];
  }
}
