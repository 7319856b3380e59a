import { BASES, MEASURE_NAMES, UNITS, VEHICLES } from '../domain/measures/measures.js';

/** Pieces that the schemas of answers are put together from. */
export type Schema = Record<string, unknown>;

export const TEXT: Schema = { type: 'string' };
export const NUMBER: Schema = { type: 'number' };
export const COUNT: Schema = { type: 'integer', minimum: 0 };
export const FLAG: Schema = { type: 'boolean' };
export const DAY: Schema = { type: 'string', format: 'date' };
export const INSTANT: Schema = { type: 'string', format: 'date-time' };
/** A date as events hold it. */
export const EDTF: Schema = {
  type: 'string',
  description: 'An EDTF date, such as 2025, 2025-03 or 2029/2036',
};
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

export const BOUNDS = object({ lo: NUMBER, hi: NUMBER });

/** What an answer stands on. A clock that is not asked for is left out. */
export const AS_OF = object(
  { trueOn: DAY, position: COUNT },
  {
    knownOn: TEXT,
    publicOn: DAY,
    undated: COUNT,
    beforeRecording: {
      ...object({ publicOn: DAY, sentence: TEXT }, { firstRecordedAt: INSTANT }),
      description:
        'Where nothing had been recorded by then: since when it has been, and the same day on the public clock',
    },
    parked: { ...listOf(TEXT), description: 'Streams that the answer does not hold whole' },
  },
);

export const MEASURE = oneOf(MEASURE_NAMES);
export const UNIT = oneOf(UNITS);

/** The properties of a perimeter, all of them optional. */
export const PERIMETER: Record<string, Schema> = {
  entity: TEXT,
  market: TEXT,
  basis: oneOf(BASES),
  vehicles: oneOf(VEHICLES),
  countedBy: TEXT,
};

/** A body that is JSON. */
export const jsonBody = (schema: Schema): Record<string, unknown> => ({ 'application/json': { schema } });
