import type { FigureRecord } from '../records.js';

/**
 * What follows from the figures of an automaker alone, worked out once for them and each name: a series and its pages ask
 * for the same many times. It goes away with the figures.
 */
export class KnownOfFigures<T> {
  private readonly known = new WeakMap<readonly FigureRecord[], Map<string, T>>();

  of(figures: readonly FigureRecord[], name: string, workOut: () => T): T {
    const ofThese = this.known.get(figures) ?? new Map<string, T>();
    this.known.set(figures, ofThese);
    const known = ofThese.get(name);
    if (known !== undefined) return known;
    const found = workOut();
    ofThese.set(name, found);
    return found;
  }
}
