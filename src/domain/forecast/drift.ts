import { yearsBetween } from '../ledger/edtf.js';
import { endsOf, type ForecastMethod } from './method.js';

/** Continues the line through the first and last points on the series' scale: growth at its mean rate. */
export const drift: ForecastMethod = {
  name: 'drift',
  version: 2,
  formula:
    'z(t) = last z + perYear × years from the last point, of z = ln y or ln(share / (100 − share)); perYear = (last z − first z) / years between',
  source:
    'The random walk with drift: Hyndman & Athanasopoulos, Forecasting: Principles and Practice, ch. 5.2',
  isScaled: true,
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
