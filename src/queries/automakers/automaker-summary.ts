import type { Automaker } from '../../domain/state/automaker.js';
import type { RecordKind } from '../../domain/state/records.js';

/** A one-line summary of an automaker. */
export interface AutomakerSummary {
  readonly id: string;
  readonly name: string;
  readonly homeMarket: string;
  readonly group?: string;
  readonly approach?: string;
  readonly targets: number;
  readonly marketsPresent: number;
  readonly partnershipsRunning: number;
  readonly sitesRunning: number;
}

/** The kinds of records that a summary uses. */
export const SUMMED_UP: readonly RecordKind[] = [
  'automaker',
  'strategy',
  'target',
  'market',
  'partnership',
  'site',
];

export function summaryOf({
  id,
  profile,
  strategy,
  targets,
  markets,
  partnerships,
  sites,
}: Automaker): AutomakerSummary {
  const { name, homeMarket, group } = profile;
  const approach = strategy?.versions.at(-1)?.approach;
  return {
    id,
    name,
    homeMarket,
    ...(group !== undefined && { group }),
    ...(approach !== undefined && { approach }),
    targets: targets.filter(({ withdrawn }) => !withdrawn).length,
    marketsPresent: markets.filter(({ present }) => present).length,
    partnershipsRunning: partnerships.filter(({ ended }) => !ended).length,
    sitesRunning: sites.filter(({ status }) => status === 'running').length,
  };
}
