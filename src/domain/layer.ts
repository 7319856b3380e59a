/**
 * A map that can lie over another one: reads fall through, writes stay on top until they are merged. It lets the fold
 * try events on a state of any size at the cost of what they touch.
 */
export class Layer<V> {
  /** Made at the first write: most layers of a draft are never written to. */
  private own: Map<string, V> | undefined;

  constructor(private readonly below?: Layer<V>) {}

  get(key: string): V | undefined {
    return this.own?.get(key) ?? this.below?.get(key);
  }

  set(key: string, value: V): void {
    this.own ??= new Map();
    this.own.set(key, value);
  }

  *entries(): Generator<[string, V]> {
    const { own, below } = this;
    if (own) yield* own;
    if (!below) return;
    if (!own) {
      yield* below.entries();
      return;
    }
    for (const entry of below.entries()) if (!own.has(entry[0])) yield entry;
  }

  /** Moves what was written here into the layer below. */
  merge(): void {
    if (!this.own) return;
    for (const [key, value] of this.own) this.below?.set(key, value);
    this.own = undefined;
  }
}
