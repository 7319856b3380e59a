/** One thing that is wrong with an input: where, and how to mend it. */
export interface FieldError {
  /** Path of the field, such as `data.market` or `evidence[0].url`. Empty for the whole value. */
  readonly field: string;
  /** A phrase that follows the field's name: "must be …". */
  readonly message: string;
}

/** One for all: most values have none, and an import looks at millions of them. */
export const NO_PROBLEMS: readonly FieldError[] = [];

/** A constructor without parameters: a class whose fields are declared with these decorators. */
export type FieldsClass<T extends object = object> = new () => T;

/**
 * The kinds of field that event data is made of, as class-validator decorators.
 *
 * One declaration serves all: what is accepted, what the refusal says, the JSON Schema of the API, the column of
 * an import and the input of a form. `describe` texts are shown to people.
 */
export interface FieldKind {
  readonly name: string;
  readonly schema: Readonly<Record<string, unknown>>;
  /** What is wrong with a value, each with the path of the part that is; nothing where it is right. */
  problems(value: unknown, path: string): readonly FieldError[];
  /** The value with the fields of its parts in the order of their declaration. Absent where there are no parts. */
  ordered?(value: unknown): unknown;
  /** Of dates: whether one may say only by when, `../2025-03`. */
  readonly hasOpenStarts?: true;
  /** The kind of the items of a list. */
  readonly items?: FieldKind;
  /** The declared fields of a part. */
  readonly fields?: FieldsClass;
}
