import { BOUNDS, COUNT, DAY, INSTANT, listOf, NUMBER, object, TEXT } from './json-schema.js';
import { METHOD_NAMES } from '../domain/forecast/method.js';
import { MEASURE_NAMES, UNITS } from '../domain/measures/measures.js';
import { CHOOSING_RULES } from '../domain/measures/flows.js';

const POINT = object({ day: DAY, value: NUMBER });

const VALUE = object(
  {
    on: DAY,
    yearsAhead: NUMBER,
    inDeadline: { type: 'boolean' },
    value: NUMBER,
    errors: { ...COUNT, description: 'Past errors of forecasts about as far ahead' },
    independent: { ...COUNT, description: 'How many of them do not overlap in time' },
    bands: listOf(
      object({ percent: { enum: [50, 80, 95] }, lo: NUMBER, hi: NUMBER, given: COUNT, held: COUNT }),
    ),
  },
  { chance: { ...BOUNDS, description: 'To be at the threshold or beyond, from 0 to 1' } },
);

const PAST_ERROR = object({
  knownOn: INSTANT,
  from: DAY,
  day: DAY,
  yearsAhead: NUMBER,
  forecast: NUMBER,
  error: { ...NUMBER, description: '(outcome − forecast) / changePerYear of the origin' },
});

const METHOD = object(
  {
    method: { enum: METHOD_NAMES },
    version: COUNT,
    formula: TEXT,
    source: TEXT,
    values: listOf(VALUE),
    pastErrors: listOf(PAST_ERROR),
  },
  {
    inapplicable: { ...TEXT, description: 'Why the method does not apply' },
    parameters: { type: 'object', additionalProperties: NUMBER },
    score: object({
      origins: COUNT,
      meanError: NUMBER,
      persistence: NUMBER,
      nearer: COUNT,
      beatsPersistence: { type: 'boolean' },
    }),
    reachesOn: DAY,
  },
);

const ORIGIN = object({
  knownOn: INSTANT,
  newest: DAY,
  points: listOf(POINT),
  events: listOf(TEXT),
  changePerYear: NUMBER,
  outcomes: listOf(object({ day: DAY, value: NUMBER, yearsAhead: NUMBER })),
});

/** What `/forecast` answers. */
export const FORECAST_SCHEMA = object(
  {
    asOf: object(
      { trueOn: DAY, position: COUNT },
      {
        knownOn: TEXT,
        publicOn: DAY,
        undated: COUNT,
        beforeRecording: object({ publicOn: DAY, sentence: TEXT }, { firstRecordedAt: TEXT }),
        parked: { type: 'array', items: TEXT },
      },
    ),
    automaker: TEXT,
    target: TEXT,
    on: DAY,
    status: { enum: ['forecast', 'not-enough-evidence', 'not-applicable'] },
    reasons: listOf(TEXT),
    words: listOf(TEXT),
    measure: { enum: MEASURE_NAMES },
    unit: { enum: UNITS },
    threshold: NUMBER,
    points: listOf(object({ day: DAY, value: NUMBER, lo: NUMBER, hi: NUMBER, events: listOf(TEXT) })),
    leftOut: COUNT,
    changePerYear: NUMBER,
    origins: listOf(ORIGIN),
    methods: listOf(METHOD),
    rule: { enum: CHOOSING_RULES },
    version: COUNT,
  },
  {
    deadline: object({ words: TEXT, early: DAY, late: DAY }),
    ceiling: object({ value: NUMBER, stated: TEXT }),
    perimeter: object({}, { entity: TEXT, market: TEXT, basis: TEXT }),
    vintages: COUNT,
    pace: { type: 'object', description: 'As in the progress of the target' },
  },
);
