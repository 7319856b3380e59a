/** Building blocks for schemas of answers and of downloads. */
export type Schema = Record<string, unknown>;

export const TEXT: Schema = { type: 'string' };
export const COUNT: Schema = { type: 'integer', minimum: 0 };
export const FLAG: Schema = { type: 'boolean' };
export const INSTANT: Schema = { type: 'string', format: 'date-time' };
export const listOf = (items: Schema): Schema => ({ type: 'array', items });
export const oneOf = (values: readonly string[]): Schema => ({ type: 'string', enum: values });

/** An object with the given required and optional properties, and no others. */
export function object(properties: Record<string, Schema>, optional: Record<string, Schema> = {}): Schema {
  return {
    type: 'object',
    required: Object.keys(properties),
    properties: { ...properties, ...optional },
    additionalProperties: false,
  };
}

/** A JSON request body. */
export const jsonBody = (schema: Schema): Record<string, unknown> => ({ 'application/json': { schema } });
