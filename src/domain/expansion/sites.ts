import type { Automaker } from '../state/automaker.js';
import type { SiteRecord } from '../state/records.js';

/** Who runs a site: the automaker alone, a partner (alone or with it), or nobody says. */
export type SiteOperator = 'own' | 'partner-run' | 'unknown';

/**
 * From the ownership: a contract manufacturer and a joint venture are partners by their nature. Where nobody tells it, a
 * partner that is named runs the site.
 */
export function operatorOf({ process, ownership, partner }: SiteRecord): SiteOperator {
  if (ownership !== undefined) return ownership === 'own' ? 'own' : 'partner-run';
  return process === undefined || partner === undefined ? 'unknown' : 'partner-run';
}

/** Sites abroad where cars are built. */
export const runningAbroad = ({ sites, profile }: Automaker): SiteRecord[] =>
  sites.filter(({ status, market }) => status === 'running' && market !== profile.homeMarket);

/** The events that a site rests on. */
export const eventsOfSite = ({ announced, revisions = [], tried, started, ended }: SiteRecord): string[] =>
  [announced, ...revisions, tried, started, ended].flatMap((occurrence) => occurrence?.event ?? []);
