/** Pieces that schemas of what is read, and of what is taken away from here, are put together from. */
export type Schema = Record<string, unknown>;

export const TEXT: Schema = { type: 'string' };
export const COUNT: Schema = { type: 'integer', minimum: 0 };
export const FLAG: Schema = { type: 'boolean' };
export const INSTANT: Schema = { type: 'string', format: 'date-time' };
export const listOf = (items: Schema): Schema => ({ type: 'array', items });
export const oneOf = (values: readonly string[]): Schema => ({ type: 'string', enum: values });

/** An object whose properties are all there, but for the optional ones, and that has no others. */
export function object(properties: Record<string, Schema>, optional: Record<string, Schema> = {}): Schema {
  return {
    type: 'object',
    required: Object.keys(properties),
    properties: { ...properties, ...optional },
    additionalProperties: false,
  };
}

/** A body that is JSON. */
export const jsonBody = (schema: Schema): Record<string, unknown> => ({ 'application/json': { schema } });
