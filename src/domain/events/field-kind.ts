/** One error of an input: the field, and how to correct it. */
export interface FieldError {
  /** Path of the field, such as `data.market` or `evidence[0].url`. Empty for the whole value. */
  readonly field: string;
  /** A phrase that follows the field's name: "must be …". */
  readonly message: string;
}

/** A shared empty list, because most values have no problems and an import checks millions. */
export const NO_PROBLEMS: readonly FieldError[] = [];

/** A class whose fields are declared with these decorators. Its constructor takes no parameters. */
export type FieldsClass<T extends object = object> = new () => T;

/**
 * The kinds of fields in event data, as class-validator decorators.
 *
 * One declaration serves all purposes: validation, its messages, the JSON Schema of the API, the column of an
 * import and the input of a form. People see the `describe` texts.
 */
export interface FieldKind {
  readonly name: string;
  readonly schema: Readonly<Record<string, unknown>>;
  /** The errors of a value, each with the path of the wrong part; an empty list if it is valid. */
  problems(value: unknown, path: string): readonly FieldError[];
  /** The value with the fields of its parts in declaration order. Absent if there are no parts. */
  ordered?(value: unknown): unknown;
  /** For dates: whether an open start such as `../2025-03` is allowed. */
  readonly hasOpenStarts?: true;
  /** The kind of a list's items. */
  readonly items?: FieldKind;
  /** The declared fields of a part. */
  readonly fields?: FieldsClass;
}
