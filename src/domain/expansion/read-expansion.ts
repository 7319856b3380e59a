import { assetLight } from './asset-light.js';
import type { ExpansionContext, ExpansionReading, ExpansionReadingName } from './expansion-reading.js';
import { exposure } from './exposure.js';
import { localisationDepth } from './localisation-depth.js';
import { marketConcentration } from './market-concentration.js';
import { partnerDependence } from './partner-dependence.js';
import { speed } from './speed.js';

const READINGS: Readonly<Record<ExpansionReadingName, (context: ExpansionContext) => ExpansionReading>> = {
  'asset-light': assetLight,
  'partner-dependence': partnerDependence,
  'market-concentration': marketConcentration,
  'localisation-depth': localisationDepth,
  exposure,
  speed,
};

/** One of the six readings of an expansion, on the day of its context. */
export const readExpansion = (name: ExpansionReadingName, context: ExpansionContext): ExpansionReading =>
  READINGS[name](context);
