import { daysOf } from '../ledger/edtf.js';
import { isThereByRumour, loggedStays } from '../state/market-stays.js';
import type { MarketStay, PlannedEntry, SiteRecord } from '../state/records.js';
import { dateInWords, whenInWords } from '../words/dates.js';
import { listInWords } from '../words/values.js';

/** The parts of an automaker's presence in a market that the finding uses. */
export interface InMarket {
  readonly name: string;
  readonly present: boolean;
  readonly stays: readonly MarketStay[];
  readonly planned?: readonly PlannedEntry[];
  readonly sites: readonly Pick<SiteRecord, 'status'>[];
}

/**
 * What is known of a market: how many sell and build there, who sells there by figures alone, and whose logged
 * entry is the first, if known.
 */
export function marketFinding(
  automakers: readonly InMarket[],
  soldByFigures: readonly string[] = [],
): string {
  const there = automakers.filter(({ present }) => present);
  const selling = there.filter((each) => !isThereByRumour(each));
  const rumoured = there.filter(isThereByRumour).map(({ name }) => name);
  const building = automakers.filter(({ sites }) => sites.some(({ status }) => status === 'running'));
  const planning = automakers.filter(({ present, planned = [] }) => !present && planned.length > 0);
  const sells =
    selling.length > 0 && `${counted(selling.length)} sell${selling.length === 1 ? 's' : ''} here`;
  const build = (who: string): string => `${who} build${building.length === 1 ? 's' : ''} here`;
  const builds = building.length > 0 && selling.length > 0 && build(`${building.length} of the ledger`);
  const both = [sells, builds].filter(Boolean).join(', and ');
  const standing =
    both !== ''
      ? `${both}, by what is logged; others may, too.`
      : building.length > 0
        ? `${build(counted(building.length))}, by what is logged; nobody is logged as selling here.`
        : planning.length > 0
          ? `Nobody is logged as selling here; ${counted(planning.length).toLowerCase()} announced an entry.`
          : 'Nobody is logged as selling or building here.';
  const figures =
    soldByFigures.length === 0
      ? ''
      : `Figures tell of sales here of ${listInWords(soldByFigures)}${selling.length > 0 ? ', too' : ''}, whose ${soldByFigures.length === 1 ? 'entry is' : 'entries are'} not logged.`;
  const rumours =
    rumoured.length === 0
      ? ''
      : `By rumour alone, ${listInWords(rumoured)} ${rumoured.length === 1 ? 'sells' : 'sell'} here.`;
  return [standing, figures, rumours, firstInWords(automakers)]
    .filter((sentence) => sentence !== '')
    .join(' ');
}

const counted = (count: number): string => (count === 1 ? 'One automaker' : `${count} automakers`);

/** Who came first and last. Names neither if another entry may have been earlier, or later. */
function firstInWords(automakers: readonly InMarket[]): string {
  const entries = automakers
    .flatMap(({ name, stays }) =>
      loggedStays({ stays })
        .filter(({ entered }) => !entered.isRumour)
        .map(({ entered }) => ({ name, on: entered.occurredOn, days: daysOf(entered.occurredOn) })),
    )
    .sort((a, b) => (a.days.last < b.days.last ? -1 : 1));
  const [first, ...rest] = entries;
  if (!first) return '';
  if (rest.length === 0) return `${first.name} came ${whenInWords(first.on)}.`;
  const others = rest.filter(({ name }) => name !== first.name);
  if (others.some(({ days }) => days.first <= first.days.last))
    return `The first entry that is logged is of ${dateInWords(first.on)}; who came first the dates do not tell.`;
  const last = others.at(-1);
  const isLast = last && others.every(({ name, days }) => name === last.name || days.last < last.days.first);
  return isLast
    ? `The first logged entry is that of ${first.name}, ${whenInWords(first.on)}; the last that of ${last.name}, ${whenInWords(last.on)}.`
    : `The first logged entry is that of ${first.name}, ${whenInWords(first.on)}.`;
}
