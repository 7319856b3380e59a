/**
 * A map that can lie over another one: reads fall through, writes stay on top until they are merged. It lets the fold
 * try events on a state of any size at the cost of what they touch.
 */
export class Layer<V> {
  private readonly own = new Map<string, V>();

  constructor(private readonly below?: Layer<V>) {}

  get(key: string): V | undefined {
    return this.own.get(key) ?? this.below?.get(key);
  }

  set(key: string, value: V): void {
    this.own.set(key, value);
  }

  *entries(): Generator<[string, V]> {
    yield* this.own;
    if (!this.below) return;
    for (const entry of this.below.entries()) if (!this.own.has(entry[0])) yield entry;
  }

  /** Moves what was written here into the layer below. */
  merge(): void {
    for (const [key, value] of this.own) this.below?.set(key, value);
    this.own.clear();
  }

  /** What was written to this layer itself. */
  changes(): ReadonlyMap<string, V> {
    return this.own;
  }
}
