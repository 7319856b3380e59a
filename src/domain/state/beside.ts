/** What is kept beside an object, by the keeper of each. */
type Shelf = Map<object, unknown>;

/** Its constructor returns an object that there is, so that a subclass adds its private field to that one. */
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
 * A value kept beside an immutable object for as long as the object lives, unseen by whoever looks at it: like a WeakMap, which
 * nobody should use where values are large. The collector marks what a WeakMap holds only at the end, while everything waits:
 * of some hundred automakers with the numbers that were worked out of them that took half a second each time.
 */
export class Beside<Source extends object, Value> {
  get(source: Source): Value | undefined {
    // Only `set` puts something under this keeper.
    return Shelved.find(source)?.get(this) as Value | undefined;
  }

  set(source: Source, value: Value): void {
    Shelved.of(source).set(this, value);
  }
}
