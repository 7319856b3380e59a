import { assetLightLeads } from './asset-light-leads.js';
import { establishedBlend } from './established-blend.js';
import { exportNotEnough } from './export-not-enough.js';
import { fasterToMarket } from './faster-to-market.js';
import { globalBrand } from './global-brand.js';
import { halfAbroad } from './half-abroad.js';
import { lessCapital } from './less-capital.js';
import { lessExposed } from './less-exposed.js';
import { partnerLimits } from './partner-limits.js';
import { resilience } from './resilience.js';
import type { Thesis } from './thesis.js';

/** The tested claims about expansion abroad: who leads, its benefits, its costs, its direction. */
export const THESES: readonly Thesis[] = [
  assetLightLeads,
  halfAbroad,
  establishedBlend,
  exportNotEnough,
  lessCapital,
  lessExposed,
  fasterToMarket,
  resilience,
  partnerLimits,
  globalBrand,
];
