import { endsOf, type ForecastMethod } from './method.js';

/** The last value stays: the benchmark that a method has to beat before anybody is shown what it says. */
export const persistence: ForecastMethod = {
  name: 'persistence',
  version: 1,
  formula: 'y(t) = last value',
  source: 'The naive forecast: Hyndman & Athanasopoulos, Forecasting: Principles and Practice, ch. 5.2',
  fit: (points) => {
    const { last } = endsOf(points);
    return { applies: true, parameters: { last: last.value }, at: () => last.value };
  },
};
