import { endsOf, type ForecastMethod } from './method.js';

/** The last value stays. This is the benchmark: a method must beat it before its values are shown. */
export const persistence: ForecastMethod = {
  name: 'persistence',
  version: 2,
  formula: 'z(t) = last z, of z = ln y or ln(share / (100 − share))',
  source: 'The naive forecast: Hyndman & Athanasopoulos, Forecasting: Principles and Practice, ch. 5.2',
  isScaled: true,
  fit: (points) => {
    const { last } = endsOf(points);
    return { applies: true, parameters: { last: last.value }, at: () => last.value };
  },
};
