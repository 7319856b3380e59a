import type { Automaker } from '../state/automaker.js';
import type { SiteRecord } from '../state/records.js';

/** Who runs a site: the automaker alone, a partner (alone or with it), or nobody says. */
export type SiteOperator = 'own' | 'partner-run' | 'unknown';

/**
 * From the mode: a contract manufacturer and a joint venture are partners by their nature; kits are put together by a
 * partner where one is named.
 */
export function operatorOf({ mode, partner }: SiteRecord): SiteOperator {
  if (mode === undefined) return 'unknown';
  switch (mode) {
    case 'owned-plant':
      return 'own';
    case 'contract':
    case 'joint-venture-plant':
      return 'partner-run';
    case 'ckd':
    case 'skd':
      return partner === undefined ? 'unknown' : 'partner-run';
  }
}

/** Sites abroad where cars are built. */
export const runningAbroad = ({ sites, profile }: Automaker): SiteRecord[] =>
  sites.filter(({ status, market }) => status === 'running' && market !== profile.homeMarket);

/** The events that a site rests on. */
export const eventsOfSite = ({ announced, started, ended }: SiteRecord): string[] =>
  [announced, started, ended].flatMap((occurrence) => occurrence?.event ?? []);
