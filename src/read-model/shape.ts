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
export function misfitOf(value: unknown, shape: AnyShape): string | undefined {
  if (typeof shape === 'string') return isOf(value, shape) ? undefined : '';
  if (isListShape(shape)) {
    if (!Array.isArray(value)) return '';
    for (let index = 0; index < value.length; index++) {
      const misfit = misfitOf(value[index], shape[0]);
      if (misfit !== undefined) return `[${index}]${misfit}`;
    }
    return undefined;
  }
  if (!isOf(value, 'object')) return '';
  const fields = value as Readonly<Record<string, unknown>>;
  for (const field in shape) {
    const due = shape[field];
    const found = fields[field];
    if (due === undefined || (found === undefined && due instanceof Optional)) continue;
    const misfit = misfitOf(found, due instanceof Optional ? due.shape : due);
    if (misfit !== undefined) return `.${field}${misfit}`;
  }
  return undefined;
}

const isListShape = (shape: AnyShape): shape is readonly [AnyShape] => Array.isArray(shape);

function isOf(value: unknown, kind: AnyShape & string): boolean {
  if (kind === 'list') return Array.isArray(value);
  if (kind === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value);
  return typeof value === kind;
}
