/**
 * A map that can lie over another one: reads fall through, writes stay on top until they are merged. It lets the fold
 * try events on a state of any size at the cost of what they touch.
 */
export class Layer<V> {
  /** A first entry is kept by itself: most layers of a draft never hold another one, and a map costs more than the entry. */
  private lone: readonly [string, V] | undefined;
  private own: Map<string, V> | undefined;

  constructor(private readonly below?: Layer<V>) {}

  get(key: string): V | undefined {
    const { lone, own } = this;
    if (lone?.[0] === key) return lone[1];
    return own?.get(key) ?? this.below?.get(key);
  }

  set(key: string, value: V): void {
    if (this.own) this.own.set(key, value);
    else if (!this.lone || this.lone[0] === key) this.lone = [key, value];
    else {
      this.own = new Map([this.lone, [key, value]]);
      this.lone = undefined;
    }
  }

  *entries(): Generator<readonly [string, V]> {
    const { lone, own, below } = this;
    if (lone) yield lone;
    if (own) yield* own;
    if (!below) return;
    if (!lone && !own) {
      yield* below.entries();
      return;
    }
    for (const entry of below.entries()) if (entry[0] !== lone?.[0] && !own?.has(entry[0])) yield entry;
  }

  /** Moves what was written here into the layer below. */
  merge(): void {
    if (this.lone) this.below?.set(this.lone[0], this.lone[1]);
    if (this.own) for (const [key, value] of this.own) this.below?.set(key, value);
    this.lone = undefined;
    this.own = undefined;
  }
}
