import type { Automaker } from '../state/automaker.js';
import type { SiteRecord } from '../state/records.js';

/** Who runs a site: the automaker alone, a partner (alone or jointly), or unknown. */
export type SiteOperator = 'own' | 'partner-run' | 'unknown';

/**
 * Derived from the ownership: contract manufacturers and joint ventures are partners by nature. If no
 * ownership is stated, a named partner runs the site.
 */
export function operatorOf({ process, ownership, partner }: SiteRecord): SiteOperator {
  if (ownership !== undefined) return ownership === 'own' ? 'own' : 'partner-run';
  return process === undefined || partner === undefined ? 'unknown' : 'partner-run';
}

/** Sites abroad where cars are being built. */
export const runningAbroad = ({ sites, profile }: Automaker): SiteRecord[] =>
  sites.filter(({ status, market }) => status === 'running' && market !== profile.homeMarket);

/** The events behind a site. */
export const eventsOfSite = ({ announced, revisions = [], tried, started, ended }: SiteRecord): string[] =>
  [announced, ...revisions, tried, started, ended].flatMap((occurrence) => occurrence?.event ?? []);
