import { Beside } from './beside.js';

/**
 * Callers can choose names freely, such as an entity, so the memory is bounded: beyond this many names, all
 * entries of an object are dropped.
 */
const MOST_NAMES = 200;

/** Returns the limit for an object. An object with many parts may need a larger one. */
type MostNames<Source> = (source: Source) => number;

/**
 * Caches values computed from an immutable object alone, such as the figures of an automaker, by name. A
 * series and its pages request the same value many times. The entries are garbage collected with the object.
 */
export class PerObjectMemo<Source extends object, T> {
  private readonly known = new Beside<Source, Map<string, T>>();

  constructor(private readonly mostNames: MostNames<Source> = () => MOST_NAMES) {}

  /** The cached value, if there is one. */
  find(source: Source, name: string): T | undefined {
    return this.known.get(source)?.get(name);
  }

  of(source: Source, name: string, workOut: () => T): T {
    const ofThis = this.known.of(source, () => new Map<string, T>());
    const known = ofThis.get(name);
    if (known !== undefined) return known;
    const found = workOut();
    if (ofThis.size >= this.mostNames(source)) ofThis.clear();
    ofThis.set(name, found);
    return found;
  }
}
