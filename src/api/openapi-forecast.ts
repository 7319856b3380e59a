import { BOUNDS, COUNT, DAY, listOf, NUMBER, object, oneOf, PERIMETER, TEXT } from './json-schema.js';
import { LEVELS } from '../domain/forecast/bands.js';
import { ORIGIN_CLOCKS } from '../domain/forecast/past-errors.js';
import { SCALES } from '../domain/forecast/scale.js';
import { METHOD_NAMES } from '../domain/forecast/method.js';
import { MEASURE_NAMES, UNITS } from '../domain/measures/measures.js';
import { CHOOSING_RULES } from '../domain/measures/flows.js';

const POINT = object({ day: DAY, value: NUMBER });

const PERCENT = { enum: LEVELS };

const VALUE = object(
  {
    on: DAY,
    yearsAhead: NUMBER,
    inDeadline: { type: 'boolean' },
    value: NUMBER,
    errors: { ...COUNT, description: 'Past errors of forecasts about as far ahead' },
    independent: { ...COUNT, description: 'How many of them do not overlap in time' },
    accuracy: object(
      {
        crpsScored: { ...COUNT, description: 'Forecasts whose spread could be scored' },
        coverage: {
          ...listOf(object({ percent: PERCENT, given: COUNT, held: COUNT })),
          description: 'How bands did, also those that are not shown: so many that were scored, and held',
        },
      },
      {
        mase: {
          ...NUMBER,
          description: 'Mean absolute error in mean absolute changes from a point to the next',
        },
        crps: {
          ...NUMBER,
          description: 'Mean continuous ranked probability score, in the unit of the measure',
        },
      },
    ),
    bands: {
      ...listOf(object({ percent: PERCENT, lo: NUMBER, hi: NUMBER })),
      description: 'Only where enough such bands were scored and held what they say',
    },
  },
  { chance: { ...BOUNDS, description: 'To be at the threshold or beyond, from 0 to 1' } },
);

const MOMENT = {
  ...TEXT,
  description:
    'What was recorded by this instant, or had been published by this day, is used and nothing else',
};

const PAST_ERROR = object(
  {
    at: MOMENT,
    from: DAY,
    day: DAY,
    yearsAhead: NUMBER,
    forecast: NUMBER,
    outcome: NUMBER,
    error: { ...NUMBER, description: 'Outcome less forecast, both in logarithms or log-odds' },
  },
  { scaledError: { ...NUMBER, description: '|outcome − forecast| / meanChange of the origin' } },
);

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
  at: MOMENT,
  newest: DAY,
  points: listOf(POINT),
  events: listOf(TEXT),
  meanChange: { ...NUMBER, description: 'Mean absolute change from a point to the next' },
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
    on: DAY,
    status: { enum: ['forecast', 'not-enough-evidence', 'not-applicable'] },
    reasons: listOf(TEXT),
    words: listOf(TEXT),
    measure: { enum: MEASURE_NAMES },
    unit: { enum: UNITS },
    scale: oneOf(SCALES),
    points: listOf(object({ day: DAY, value: NUMBER, lo: NUMBER, hi: NUMBER, events: listOf(TEXT) })),
    leftOut: COUNT,
    origins: listOf(ORIGIN),
    methods: listOf(METHOD),
    rule: { enum: CHOOSING_RULES },
    version: COUNT,
  },
  {
    target: TEXT,
    threshold: NUMBER,
    originClock: {
      ...oneOf(ORIGIN_CLOCKS),
      description: 'What the origins stand on; `published` is pseudo-real-time',
    },
    deadline: object({ words: TEXT, early: DAY, late: DAY }),
    ceiling: object({ value: NUMBER, stated: TEXT }),
    perimeter: object({}, PERIMETER),
    vintages: COUNT,
    pace: { type: 'object', description: 'As in the progress of the target' },
  },
);
