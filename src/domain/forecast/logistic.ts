import { fitCurve } from './growth-curve.js';
import type { ForecastMethod } from './method.js';

/** Growth that is slow, then fast, then slow again, symmetric about half of the ceiling. */
export const logistic: ForecastMethod = {
  name: 'logistic',
  version: 1,
  formula:
    'y(t) = ceiling / (1 + exp(−z)), z = start + slopePerYear × years from the last point; start and, by least squares, slopePerYear are of ln(y / (ceiling − y))',
  source: 'Fisher & Pry 1971, Technological Forecasting and Social Change 3',
  isScaled: false,
  fit: (points, ceiling) =>
    fitCurve(
      { straighten: (p) => Math.log(p / (1 - p)), bend: (z) => 1 / (1 + Math.exp(0 - z)) },
      points,
      ceiling,
    ),
};
