import { eventsOfSite } from '../expansion/sites.js';
import { daysOf } from '../ledger/edtf.js';
import { eventsOfStay, leftOn } from '../state/market-stays.js';
import type { MarketRecord, SiteRecord } from '../state/records.js';
import { withoutCapital } from '../words/values.js';
import type { Thesis } from './thesis.js';

interface Left {
  readonly of: number;
  readonly left: number;
}

export const resilience: Thesis = {
  id: 'resilience',
  question: 'Are markets without local production left more often?',
  claim: 'Without local manufacturing and supply chains, brand loyalty and resilience suffer.',
  measure:
    'the part of the logged markets that were left, with and without a site that started there (before the exit, where there was one), of each automaker',
  rule: 'supports where markets without a site were left more often, contradicts where those with one were; undecided without an exit or without markets of both kinds',
  cases: (world) =>
    world.flatMap(({ automaker: { id, profile, markets, sites } }) => {
      const abroad = markets.filter(({ market, stays }) => market !== profile.homeMarket && stays.length > 0);
      if (abroad.length === 0) return [];
      const local = new Set(abroad.filter((record) => hadSite(record, sites)).map(({ market }) => market));
      const left = (isLocal: boolean) => {
        const of = abroad.filter(({ market }) => local.has(market) === isLocal);
        // An exit counts even if the automaker came back later.
        return { of: of.length, left: of.filter(({ stays }) => stays.some(({ exited }) => exited)).length };
      };
      const [withSite, without] = [left(true), left(false)];
      const isTold = withSite.of > 0 && without.of > 0 && withSite.left + without.left > 0;
      const difference = without.left * withSite.of - withSite.left * without.of;
      return {
        name: id,
        finding: !isTold || difference === 0 ? 'undecided' : difference > 0 ? 'supports' : 'contradicts',
        shows: leftInWords(without, withSite),
        events: [
          ...abroad.flatMap(({ stays }) => stays.flatMap(eventsOfStay)),
          ...sites.flatMap(eventsOfSite),
        ],
      };
    }),
};

/** Says of a kind of markets of which there are none that none is logged. */
function leftInWords(without: Left, withSite: Left): string {
  if (without.of === 0) return `${leftOf(withSite, 'with a site')}; no other is logged.`;
  return withSite.of === 0
    ? `${leftOf(without, 'without a site')}; none counts as one with a site.`
    : `${leftOf(without, 'without a site')}; ${withoutCapital(leftOf(withSite, 'with one'))}.`;
}

/** An exit that nobody logged may have happened all the same. */
function leftOf({ of, left }: Left, kind: string): string {
  if (of === 1) return `The one logged market ${kind} ${left === 1 ? 'was left' : 'is not logged as left'}`;
  return `Of ${of} logged markets ${kind} ${left === 0 ? 'none is logged as left' : left === 1 ? 'one was left' : `${left} were left`}`;
}

/** A site that started only after the last exit did not keep the automaker there. */
function hadSite({ market, stays }: MarketRecord, sites: readonly SiteRecord[]): boolean {
  const lastExit = stays
    .flatMap((stay) => leftOn(stay) ?? [])
    .map((left) => daysOf(left).last)
    .sort()
    .at(-1);
  return sites.some(({ market: of, started, firstStarted = started }) => {
    if (of !== market || !firstStarted) return false;
    return lastExit === undefined || daysOf(firstStarted.occurredOn).first <= lastExit;
  });
}
