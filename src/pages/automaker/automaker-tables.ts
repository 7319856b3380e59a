import type { AutomakerAnswer } from '../../queries/automakers/get-automaker.js';
import type { ExpansionAnswer } from '../../queries/expansion/get-expansion.js';
import { marketName } from '../../queries/names.js';
import type { DataTable } from '../page.js';
import { leftOn } from '../../domain/state/market-stays.js';
import { siteInWords } from '../design/words.js';
import { eventsIn } from '../take-away/events-in.js';

export function goalsTable({ progress }: AutomakerAnswer): DataTable {
  return {
    name: 'goals',
    caption: 'Goals and how far they are',
    events: () => eventsIn(progress),
    columns: ['Target', 'Measure', 'Status', 'At least', 'At most', 'Goal', 'Unit', 'Deadline', 'Wording'],
    rows: progress.map(({ target, status, value, terms }) => [
      target,
      terms.measure,
      status,
      value?.lo,
      value?.hi,
      terms.threshold,
      terms.unit,
      terms.deadline,
      terms.wording,
    ]),
  };
}

export function staysTable({ markets }: AutomakerAnswer): DataTable {
  return {
    name: 'markets',
    caption: 'Markets entered and left',
    events: () => eventsIn(markets.map(({ stays }) => stays)),
    columns: ['Code', 'Market', 'Entered', 'How', 'With', 'Left'],
    rows: markets.flatMap(({ market, stays }) =>
      stays.map((stay) => [
        market,
        marketName(market),
        stay.entered?.occurredOn,
        stay.entryMode,
        stay.partner,
        leftOn(stay),
      ]),
    ),
  };
}

export function partnersTable({ partnerships }: AutomakerAnswer): DataTable {
  return {
    name: 'partners',
    caption: 'Partnerships',
    events: () => eventsIn(partnerships),
    columns: ['Partner', 'Roles', 'Markets', 'Signed', 'Ended', 'Share (%)'],
    rows: partnerships.map(({ partner, roles, scope, markets, signed, ended, equityShare }) => [
      partner,
      roles.join(' '),
      scope ?? markets.join(' '),
      signed?.occurredOn,
      ended?.occurredOn,
      equityShare,
    ]),
  };
}

export function sitesTable({ sites }: AutomakerAnswer): DataTable {
  return {
    name: 'production',
    caption: 'Production sites',
    events: () => eventsIn(sites),
    columns: ['Site', 'Market', 'Status', 'How', 'With', 'Units a year', 'Announced', 'Started', 'Ended'],
    rows: sites.map((site) => [
      site.name,
      marketName(site.market),
      site.status,
      siteInWords(site),
      site.partner,
      site.annualCapacity,
      site.announced?.occurredOn,
      site.started?.occurredOn,
      site.ended?.occurredOn,
    ]),
  };
}

export function readingsTable({ readings }: ExpansionAnswer): DataTable {
  return {
    name: 'readings',
    caption: 'Six readings of the expansion',
    events: () => eventsIn(readings),
    columns: ['Reading', 'Number', 'Unit', 'At least', 'At most', 'Formula'],
    rows: readings.flatMap(({ reading, numbers }) =>
      numbers.map(({ name, unit, lo, hi, formula }) => [reading, name, unit, lo, hi, formula]),
    ),
  };
}
