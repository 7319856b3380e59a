/** The values kept beside one object, by their keeper. */
type Shelf = Map<object, unknown>;

/** The constructor returns the given object, so that a subclass adds its private field to it. */
// eslint-disable-next-line @typescript-eslint/no-extraneous-class
class Given {
  constructor(object: object) {
    return object;
  }
}

class Shelved extends Given {
  readonly #shelf: Shelf = new Map();

  static find(object: object): Shelf | undefined {
    return #shelf in object ? object.#shelf : undefined;
  }

  static of(object: object): Shelf {
    return (#shelf in object ? object : new Shelved(object)).#shelf;
  }
}

/**
 * Keeps a value beside an immutable object for as long as the object lives. It works like a WeakMap, but V8 marks
 * the values of a WeakMap only in the final pause of a collection: docs/decisions/values-beside-objects.md.
 */
export class Beside<Source extends object, Value> {
  get(source: Source): Value | undefined {
    // Only `set` puts something under this keeper.
    return Shelved.find(source)?.get(this) as Value | undefined;
  }

  /** The kept value, or the computed one, which is kept from then on. */
  of(source: Source, workOut: (source: Source) => Value): Value {
    const known = this.get(source);
    if (known !== undefined) return known;
    const found = workOut(source);
    this.set(source, found);
    return found;
  }

  set(source: Source, value: Value): void {
    Shelved.of(source).set(this, value);
  }
}
