import { COVERAGES } from '../domain/measures/coverage.js';
import { AS_OF, DAY, FLAG, listOf, MEASURE, NUMBER, object, oneOf, PERIMETER, TEXT } from './json-schema.js';

const SPAN = object({ first: DAY, last: DAY });
const PERIMETER_SCHEMA = object({}, PERIMETER);

const RHYTHM = object(
  { newest: DAY, usualDelayInDays: NUMBER },
  { usualIntervalInDays: NUMBER, next: object({ end: DAY, dueOn: DAY }) },
);

const ROW = object(
  {
    measure: MEASURE,
    perimeter: PERIMETER_SCHEMA,
    isDue: FLAG,
    months: {
      ...listOf(object({ coverage: oneOf(COVERAGES) }, { lo: NUMBER, hi: NUMBER })),
      description: 'One for each month of the answer, oldest first',
    },
  },
  { rhythm: RHYTHM },
);

/** What `/coverage` answers. */
export const COVERAGE_SCHEMA = object(
  {
    asOf: AS_OF,
    months: listOf(SPAN),
    automakers: listOf(object({ automaker: TEXT, name: TEXT, rows: listOf(ROW) })),
  },
  { next: TEXT },
);

const NARROWED = object({ first: DAY, last: DAY }, { width: NUMBER, widthThen: NUMBER, target: TEXT });

/** What `/coverage/worklist` answers. */
export const WORKLIST_SCHEMA = object(
  {
    asOf: AS_OF,
    missing: listOf(
      object(
        {
          automaker: TEXT,
          name: TEXT,
          measure: MEASURE,
          perimeter: PERIMETER_SCHEMA,
          first: DAY,
          last: DAY,
          lo: NUMBER,
          isDue: FLAG,
          score: NUMBER,
          narrows: listOf(NARROWED),
        },
        { hi: NUMBER },
      ),
    ),
  },
  {
    automakersLeftOut: {
      ...NUMBER,
      description: 'Automakers that were not looked at, because so much is recorded of others',
    },
  },
);
