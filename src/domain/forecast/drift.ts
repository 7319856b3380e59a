import { yearsBetween } from '../ledger/edtf.js';
import { endsOf, type ForecastMethod } from './method.js';

/** The line through the first and the last point goes on. */
export const drift: ForecastMethod = {
  name: 'drift',
  version: 1,
  formula:
    'y(t) = last value + perYear × years from the last point; perYear = (last − first) / years between',
  source:
    'The random walk with drift: Hyndman & Athanasopoulos, Forecasting: Principles and Practice, ch. 5.2',
  fit: (points) => {
    const { first, last } = endsOf(points);
    const perYear = (last.value - first.value) / yearsBetween(first.day, last.day);
    return {
      applies: true,
      parameters: { last: last.value, perYear },
      at: (day) => last.value + perYear * yearsBetween(last.day, day),
    };
  },
};
