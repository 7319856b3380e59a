/**
 * What JSON of a type looks like, as a value: `satisfies ShapeOf<T>` and the compiler keeps it as the type is.
 * `'object'` and `'list'` leave open what is inside.
 */
export type ShapeOf<T> = T extends string
  ? 'string'
  : T extends number
    ? 'number'
    : T extends boolean
      ? 'boolean'
      : T extends readonly (infer Item)[]
        ? 'list' | readonly [ShapeOf<Item>]
        : 'object' | FieldsOf<T>;

export type FieldsOf<T> = {
  readonly [Field in keyof T]-?: Partial<Pick<T, Field>> extends Pick<T, Field>
    ? Optional<ShapeOf<NonNullable<T[Field]>>>
    : ShapeOf<T[Field]>;
};

/** The shape of a field that may be missing. */
export class Optional<S> {
  constructor(readonly shape: S) {}
}

export const optional = <S>(shape: S): Optional<S> => new Optional(shape);

/** Any shape, for whoever holds values against it. */
export type AnyShape =
  'string' | 'number' | 'boolean' | 'object' | 'list' | readonly [AnyShape] | FieldShapes;

export interface FieldShapes {
  readonly [field: string]: AnyShape | Optional<AnyShape>;
}

/** Where a value is not of a shape, such as `.versions[2].terms`; undefined if it is of it. */
export type Misfit = (value: unknown) => string | undefined;

/** Prepares to hold values against a shape: rows are read by the thousand. */
export function misfitOf(shape: AnyShape): Misfit {
  if (typeof shape === 'string') return (value) => (isOf(value, shape) ? undefined : '');
  if (isListShape(shape)) return misfitOfList(shape[0]);
  const fields = Object.entries(shape).map(([field, due]) => ({
    field,
    isOptional: due instanceof Optional,
    misfit: misfitOf(due instanceof Optional ? due.shape : due),
  }));
  return (value) => {
    if (!isOf(value, 'object')) return '';
    const found = value as Readonly<Record<string, unknown>>;
    for (const { field, isOptional, misfit } of fields) {
      const each = found[field];
      if (each === undefined && isOptional) continue;
      const within = misfit(each);
      if (within !== undefined) return `.${field}${within}`;
    }
    return undefined;
  };
}

function misfitOfList(shape: AnyShape): Misfit {
  const misfit = misfitOf(shape);
  return (value) => {
    if (!Array.isArray(value)) return '';
    for (let index = 0; index < value.length; index++) {
      const within = misfit(value[index]);
      if (within !== undefined) return `[${index}]${within}`;
    }
    return undefined;
  };
}

const isListShape = (shape: AnyShape): shape is readonly [AnyShape] => Array.isArray(shape);

function isOf(value: unknown, kind: AnyShape & string): boolean {
  if (kind === 'list') return Array.isArray(value);
  if (kind === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value);
  return typeof value === kind;
}
