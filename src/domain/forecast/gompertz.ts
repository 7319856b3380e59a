import { fitCurve } from './growth-curve.js';
import type { ForecastMethod } from './method.js';

/** Growth that slows earlier than logistic growth: it is fastest at 37 % of the ceiling. */
export const gompertz: ForecastMethod = {
  name: 'gompertz',
  version: 1,
  formula:
    'y(t) = ceiling × exp(−exp(−z)), z = start + slopePerYear × years from the last point; start and, by least squares, slopePerYear are of −ln(−ln(y / ceiling))',
  source: 'Franses 1994, Technological Forecasting and Social Change 46',
  isScaled: false,
  fit: (points, ceiling) =>
    fitCurve(
      { straighten: (p) => 0 - Math.log(0 - Math.log(p)), bend: (z) => Math.exp(0 - Math.exp(0 - z)) },
      points,
      ceiling,
    ),
};
