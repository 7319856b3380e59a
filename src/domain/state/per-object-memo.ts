/** What a question may name freely, such as an entity, must not fill the memory: beyond so many names all is forgotten. */
const MOST_NAMES = 200;

/** Of what is asked of each of many things that the object has, there may be as many names and more. */
type MostNames<Source> = (source: Source) => number;

/**
 * What follows from an immutable object alone, such as the figures of an automaker: worked out once for each name, because
 * a series and its pages ask for the same many times. It goes away with the object.
 */
export class PerObjectMemo<Source extends object, T> {
  private readonly known = new WeakMap<Source, Map<string, T>>();

  constructor(private readonly mostNames: MostNames<Source> = () => MOST_NAMES) {}

  /** What was worked out, where it was. */
  find(source: Source, name: string): T | undefined {
    return this.known.get(source)?.get(name);
  }

  of(source: Source, name: string, workOut: () => T): T {
    const ofThis = this.known.get(source) ?? new Map<string, T>();
    this.known.set(source, ofThis);
    const known = ofThis.get(name);
    if (known !== undefined) return known;
    const found = workOut();
    if (ofThis.size >= this.mostNames(source)) ofThis.clear();
    ofThis.set(name, found);
    return found;
  }
}
