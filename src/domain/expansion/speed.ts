import type { Automaker } from '../state/automaker.js';
import { dayNumber, daysOf, hasOpenStart, type Day, type EdtfDate } from '../ledger/edtf.js';
import type { Occurrence } from '../state/occurrence.js';
import { grouped } from '../state/grouped.js';
import type { PartnershipRecord, SiteRecord } from '../state/records.js';
import { identityOf } from '../ledger/text.js';
import type {
  ExpansionContext,
  ExpansionInput,
  ExpansionNumber,
  ExpansionReading,
} from './expansion-reading.js';
import { kaplanMeier, medianDays } from './kaplan-meier.js';
import { signatureOf } from '../state/partnerships.js';

/** The waiting times that are measured. */
const WAITS = [
  'announcement-to-production',
  'signature-to-production',
  'entry-to-first-service-center',
] as const;

/**
 * Median waiting times in days: from the announcement of a site, or the signature of its partner, to
 * production; and from the entry into a market to its first service center. The estimate is Kaplan–Meier with
 * open cases censored. Dates known only to the month or year give bounds: the estimates for the shortest and
 * longest times. Also gives the fraction of announced sites that started.
 */
export function speed({ automaker, on }: ExpansionContext): ExpansionReading {
  // Partners are found without spelling variants. Indexed because each of many sites looks for its own.
  const byPartner = grouped(automaker.partnerships, ({ partner }) => identityOf(partner));
  const inputs = [
    ...automaker.sites.flatMap((site) => siteCases(byPartner, site, on)),
    ...automaker.markets.flatMap(({ market, stays }) =>
      serviceCases(automaker, market, stays[0]?.entered, on),
    ),
  ];
  const announced = automaker.sites.filter((site) => {
    const announcement = announcementOf(site);
    return announcement && !isBefore(site.firstStarted ?? site.started, announcement);
  });
  const started = announced.filter((site) => site.started).length;
  const waiting = announced.filter((site) => site.status === 'announced').length;
  return {
    reading: 'speed',
    automaker: automaker.id,
    on,
    numbers: [
      ...WAITS.flatMap((wait) => medianOf(wait, inputs)),
      ...(announced.length > 0
        ? [
            {
              name: 'announced-sites-started',
              unit: 'percent' as const,
              lo: (100 * started) / announced.length,
              // Sites still awaited may start yet.
              hi: (100 * (started + waiting)) / announced.length,
              formula:
                '100 × announced sites that started / announced sites; hi: if all that are still awaited start',
            },
          ]
        : []),
    ],
    inputs: [
      ...inputs,
      ...announced.map((site) => ({
        name: site.site,
        group: site.started ? 'started' : site.status === 'announced' ? 'awaited' : 'never-started',
        events: [site.announced, site.started].flatMap((occurrence) => occurrence?.event ?? []),
      })),
    ],
    missing: WAITS.filter((wait) => medianOf(wait, inputs).length === 0).map(
      (wait) => `From ${wait.replaceAll('-', ' ')}: ${whyNoMedian(wait, inputs)}.`,
    ),
    source: 'Kaplan & Meier 1958',
    version: 4,
  };
}

/** One case that happened is an anecdote, and no median. */
const LEAST_HAPPENED = 2;

function medianOf(wait: (typeof WAITS)[number], inputs: readonly ExpansionInput[]): ExpansionNumber[] {
  const cases = inputs.filter(({ group }) => group === wait);
  const happened = cases.filter((each) => each.happened).length;
  if (happened < LEAST_HAPPENED) return [];
  const ends = ['lo', 'hi'] as const;
  // A longer observation of open cases can move the median either way, so their ends are tried separately.
  const medians = ends.flatMap((ended) =>
    ends.map((open) =>
      medianDays(
        kaplanMeier(
          cases.map((each) => ({
            days: (each.happened ? each[ended] : each[open]) ?? 0,
            happened: each.happened === true,
          })),
        ),
      ),
    ),
  );
  const known = medians.filter((days) => days !== undefined);
  if (known.length === 0) return [];
  return [
    {
      name: `median-days.${wait}`,
      unit: 'days',
      lo: Math.min(...known),
      ...(known.length === medians.length && { hi: Math.max(...known) }),
      formula: `Kaplan–Meier median of ${cases.length} cases, of which ${happened} happened; with the shortest and longest times that the dates allow`,
    },
  ];
}

function whyNoMedian(wait: (typeof WAITS)[number], inputs: readonly ExpansionInput[]): string {
  const cases = inputs.filter(({ group }) => group === wait);
  const happened = cases.filter((each) => each.happened).length;
  if (cases.length === 0) return 'no case is logged';
  if (happened === 0) return 'no case is logged as having happened';
  return happened === 1
    ? 'only one case is logged as having happened'
    : 'more than half of the cases are open';
}

/** Days between two dates: the fewest and the most that the dates allow, never negative. */
function daysBetween(from: EdtfDate, to: EdtfDate): { lo: number; hi: number } {
  const [a, b] = [daysOf(from), daysOf(to)];
  return {
    lo: Math.max(0, dayNumber(b.first) - dayNumber(a.last)),
    hi: Math.max(0, dayNumber(b.last) - dayNumber(a.first)),
  };
}

/** A waiting time; none if its earliest start is unknown. */
function waited(
  wait: (typeof WAITS)[number],
  name: string,
  from: Occurrence,
  to: Occurrence | undefined,
  until: EdtfDate,
): ExpansionInput[] {
  if (hasOpenStart(from.occurredOn)) return [];
  return [
    {
      name,
      group: wait,
      ...daysBetween(from.occurredOn, to?.occurredOn ?? until),
      happened: to !== undefined,
      events: [from.event, ...(to ? [to.event] : [])],
    },
  ];
}

/** A rumour announces nothing, so nothing can be late on it. */
const announcementOf = ({ announced }: SiteRecord): Occurrence | undefined =>
  announced?.isRumour ? undefined : announced;

function siteCases(
  byPartner: ReadonlyMap<string, readonly PartnershipRecord[]>,
  site: SiteRecord,
  on: Day,
): ExpansionInput[] {
  const { ended, partner, market } = site;
  const announced = announcementOf(site);
  const started = site.firstStarted ?? site.started;
  const until = started ? on : (ended?.occurredOn ?? on);
  const ofPartner = partner === undefined ? undefined : byPartner.get(identityOf(partner));
  const partnership = ofPartner?.find(({ markets }) => markets.includes(market));
  const signed = partnership && signatureOf(partnership);
  return [
    // An announcement after the start is about something else, such as more capacity or another model.
    ...(announced && !isBefore(started, announced)
      ? waited('announcement-to-production', site.site, announced, started, until)
      : []),
    ...(signed && !isBefore(started, signed)
      ? waited('signature-to-production', site.site, signed, started, until)
      : []),
  ];
}

const isBefore = (a: Occurrence | undefined, b: Occurrence): boolean =>
  a !== undefined && daysOf(a.occurredOn).last < daysOf(b.occurredOn).first;

function serviceCases(
  { outlets, profile }: Automaker,
  market: string,
  entered: Occurrence | undefined,
  on: Day,
): ExpansionInput[] {
  if (!entered || market === profile.homeMarket) return [];
  const first = outlets.find(
    (each) => each.outlet === 'service-center' && each.market === market,
  )?.firstOpened;
  return waited('entry-to-first-service-center', market, entered, first, on);
}
