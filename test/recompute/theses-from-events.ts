import type { Check } from './progress.js';
import type { ReadingJson } from './readings.js';
import type { ThesisJson } from './theses.js';

/**
 * Recomputes the cases of five theses from events as the API returns them, without any code of the tracker:
 * production sites and partners, sales channels, promises, and duties. Numbers of flows come from answers
 * with proofs, which are checked elsewhere.
 */

export interface EventJson {
  readonly stream: string;
  readonly type: string;
  readonly occurredOn: string;
  readonly day: string;
  readonly standing: string;
  // The data of events of all types is read without types.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly data: any;
}

export interface World {
  /** Oldest first. */
  readonly events: readonly EventJson[];
  readonly automakers: readonly string[];
  readonly on: string;
  readonly statusOf: (automaker: string, target: string) => string | undefined;
  readonly readingOf: (automaker: string, reading: string) => ReadingJson | undefined;
  /** Units abroad over the last twelve months with figures. */
  readonly unitsAbroad: (automaker: string) => (Range & { readonly last: string }) | undefined;
}

interface Range {
  readonly lo: number;
  readonly hi: number;
}
type Finding = 'supports' | 'contradicts' | 'undecided';
type Cases = ReadonlyMap<string, Finding>;

const homeOf = (world: World, automaker: string): string | undefined =>
  world.events.find(
    ({ type, stream }) => type === 'AutomakerRegistered' && stream === `automaker-${automaker}`,
  )?.data.homeMarket;

const of = (world: World, automaker: string): readonly EventJson[] =>
  world.events.filter(({ stream, standing }) => stream === `automaker-${automaker}` && standing === 'stands');

interface Plant {
  readonly market: string;
  readonly runs: boolean;
  readonly ownership?: string;
  readonly process?: string;
  readonly partner?: string;
}

/** The latest state of each site. Details from a start stay valid until a later event changes them. */
function plantsAbroad(world: World, automaker: string): readonly Plant[] {
  const plants = new Map<string, Plant>();
  for (const { type, data } of of(world, automaker)) {
    const before = plants.get(data.site);
    if (type === 'ProductionAnnounced')
      plants.set(data.site, { ...before, ...data, runs: before?.runs ?? false });
    if (type === 'ProductionStarted')
      plants.set(data.site, { ...before, ...data, runs: data.stage !== 'trial' });
    if (type === 'ProductionEnded' && before) plants.set(data.site, { ...before, runs: false });
  }
  const home = homeOf(world, automaker);
  return [...plants.values()].filter(({ market, runs }) => runs && market !== home);
}

/** Percentage of the plants that are run by or with partners. */
function partnerRun(plants: readonly Plant[]): Range | undefined {
  if (plants.length === 0) return undefined;
  const isOwn = ({ ownership }: Plant) => ownership === 'own';
  const isPartners = ({ ownership, process, partner }: Plant) =>
    ownership === undefined ? process !== undefined && partner !== undefined : ownership !== 'own';
  const [own, partners] = [plants.filter(isOwn).length, plants.filter(isPartners).length];
  return { lo: (100 * partners) / plants.length, hi: (100 * (plants.length - own)) / plants.length };
}

const besides = ({ lo, hi }: Range, line: number): Finding =>
  lo > line ? 'supports' : hi < line ? 'contradicts' : 'undecided';

function assetLightLeads(world: World): Cases {
  return new Map(
    world.automakers.flatMap((automaker): [string, Finding][] => {
      const part = partnerRun(plantsAbroad(world, automaker));
      return part ? [[automaker, besides(part, 50)]] : [];
    }),
  );
}

function halfAbroad(world: World): Cases {
  const cases = new Map<string, Finding>();
  for (const automaker of world.automakers) {
    // eslint-disable-next-line @typescript-eslint/no-explicit-any
    const terms = new Map<string, any>();
    for (const { type, data } of of(world, automaker))
      if (type === 'TargetSet' || type === 'TargetRevised') terms.set(data.target, data);
    for (const [target, { measure, threshold, entity, market }] of terms) {
      if (measure !== 'overseas-sales-share' || threshold < 50 || entity || market) continue;
      const status = world.statusOf(automaker, target) ?? '';
      const isGood = ['achieved', 'met-when-set', 'on-track'].includes(status);
      const isOpen = ['not-enough-evidence', 'not-comparable', 'between-bands'].includes(status);
      cases.set(`${automaker}: ${target}`, isGood ? 'supports' : isOpen ? 'undecided' : 'contradicts');
    }
  }
  return cases;
}

interface Pair {
  readonly automaker: string;
  readonly first: Range;
  readonly second: Range;
  readonly last?: string;
}

const sign = (a: Range, b: Range): number => (a.lo > b.hi ? 1 : a.hi < b.lo ? -1 : 0);
const days = (day: string): number => Date.parse(`${day}T00:00:00Z`) / 86_400_000;

function pairs(all: readonly Pair[], together: boolean): Cases {
  const cases = new Map<string, Finding>();
  for (let a = 0; a < all.length; a++)
    for (let b = a + 1; b < all.length; b++) {
      const [one, other] = [all[a], all[b]];
      if (!one || !other) continue;
      const isFar =
        one.last !== undefined &&
        other.last !== undefined &&
        Math.abs(days(one.last) - days(other.last)) > 366;
      const product = sign(one.first, other.first) * (isFar ? 0 : sign(one.second, other.second));
      const finding = product === 0 ? 'undecided' : product > 0 === together ? 'supports' : 'contradicts';
      cases.set(`${one.automaker} and ${other.automaker}`, finding);
    }
  return cases;
}

function globalBrand(world: World): Cases {
  const all = world.automakers.flatMap((automaker): Pair[] => {
    const units = world.unitsAbroad(automaker);
    if (!units) return [];
    // A running plant does at least kit assembly.
    const markets = new Set(plantsAbroad(world, automaker).map(({ market }) => market)).size;
    const first = { lo: markets, hi: markets };
    return [{ automaker, first, second: units, last: units.last }];
  });
  return pairs(all, true);
}

/** Each market of an automaker, with the partners that it uses there, if known. */
function waysIn(
  world: World,
  automaker: string,
): ReadonlyMap<string, { partners: string[]; isOwn: boolean }> {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  const stays = new Map<string, any>();
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  const signed = new Map<string, any>();
  for (const { type, data, day } of of(world, automaker)) {
    if (type === 'MarketEntered') stays.set(data.market, data);
    if (type === 'MarketEntryChanged') stays.set(data.market, { ...stays.get(data.market), ...data });
    if (type === 'MarketExited' && day <= world.on && !data.entity) stays.delete(data.market);
    if (type === 'PartnerSigned' && data.stage !== 'memorandum') signed.set(data.partnership, data);
    if (type === 'PartnershipEnded') signed.delete(data.partnership);
  }
  stays.delete(homeOf(world, automaker) ?? '');
  return new Map(
    [...stays].map(([market, { entryMode, partner }]) => {
      const others = [...signed.values()].filter(
        ({ markets = [], roles = [] }) =>
          markets.includes(market) &&
          ['importer', 'distributor', 'joint-venture'].some((role) => roles.includes(role)),
      );
      const isOwn = entryMode === 'own-subsidiary' || entryMode === 'direct-sales';
      const partners = [...(partner ? [partner] : []), ...others.map((each) => each.partner as string)];
      return [market, { partners, isOwn }];
    }),
  );
}

/** Markets abroad and those with an unknown sales channel, compared with the ones that the reading counts. */
function marketsOf(world: World): Check[] {
  return world.automakers.flatMap((automaker) => {
    const ways = [...waysIn(world, automaker)];
    const inputs = (world.readingOf(automaker, 'partner-dependence')?.inputs ?? []).filter(({ group }) =>
      group.endsWith('market'),
    );
    const told = inputs.map(({ name, group, partners = [] }) => {
      const way = group === 'unknown-market' ? 'untold' : partners.length === 0 ? 'own' : 'partners';
      return `${name} ${way}`;
    });
    const again = ways.map(([market, { partners, isOwn }]) => {
      const way = isOwn ? 'own' : partners.length > 0 ? 'partners' : 'untold';
      return `${market} ${way}`;
    });
    return [
      {
        what: `markets of ${automaker}`,
        told: told.sort().join(', '),
        recomputed: again.sort().join(', '),
      },
    ];
  });
}

/**
 * The share of markets that would be lost with the partner who serves the most markets alone. The upper bound
 * includes the markets with an unknown channel.
 */
function partnerLimits(world: World): Cases {
  return new Map(
    world.automakers.flatMap((automaker): [string, Finding][] => {
      const inputs = world.readingOf(automaker, 'partner-dependence')?.inputs ?? [];
      const nameIn = new Map(inputs.map(({ name, partners = [] }) => [name, partners]));
      const ways = [...waysIn(world, automaker)];
      if (ways.length === 0) return [];
      const carried = new Map<string, number>();
      for (const [market, { partners, isOwn }] of ways) {
        // The ledger's company events determine which names mean the same partner.
        const names = nameIn.get(market) ?? [];
        if (isOwn || partners.length === 0 || names.length !== 1) continue;
        const name = (names[0] ?? '').toLowerCase();
        carried.set(name, (carried.get(name) ?? 0) + 1);
      }
      const untold = ways.filter(([, { partners, isOwn }]) => partners.length === 0 && !isOwn).length;
      const most = Math.max(0, ...carried.values());
      const loss = { lo: (100 * most) / ways.length, hi: (100 * (most + untold)) / ways.length };
      // Each of fewer than four markets is more than a quarter by itself.
      return [[automaker, ways.length < 4 ? 'undecided' : besides(loss, 25)]];
    }),
  );
}

function lessExposed(world: World): Cases {
  const all = world.automakers.flatMap((automaker): Pair[] => {
    const first = partnerRun(plantsAbroad(world, automaker));
    const duty = world.readingOf(automaker, 'exposure')?.numbers.find(({ name }) => name === 'duty');
    const { lo = Number.NEGATIVE_INFINITY, hi = Number.POSITIVE_INFINITY } = duty ?? {};
    return first && duty ? [{ automaker, first, second: { lo, hi } }] : [];
  });
  return pairs(all, false);
}

const UNION = 'AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE'.split(' ');
const LATEST = '9999-12-31';

/** The last day of a year, month or day. */
function lastDayOf(date: string): string {
  const [year = '', month = '12', day] = date.replace(/[~?%]/g, '').split('/').at(-1)?.split('-') ?? [];
  if (day !== undefined) return `${year}-${month}-${day}`;
  return new Date(Date.UTC(Number(year), Number(month), 0)).toISOString().slice(0, 10);
}

/**
 * The total duty on an automaker's cars in a market: for each kind, the newest duty that names the automaker,
 * or otherwise the highest of the others.
 */
function dutyIn(world: World, market: string, automaker: string): number {
  const where = [market, ...(UNION.includes(market) ? ['EU'] : [])].map((code) => `market-${code}`);
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  const law = new Map<string, any>();
  for (const { type, stream, data, occurredOn, standing } of world.events) {
    if (type !== 'MarketConditionChanged' || !where.includes(stream) || standing !== 'stands') continue;
    const { kind, appliesTo, stage = 'in-force', effectiveOn = occurredOn } = data;
    const since = lastDayOf(effectiveOn ?? LATEST);
    if (!['in-force', 'ended'].includes(stage) || since > world.on) continue;
    if (/\((?:proposed|under consideration|draft)\b/i.test(appliesTo)) continue;
    law.set(`${stream} ${kind} ${appliesTo}`, { ...data, since, isOver: stage === 'ended' });
  }
  return ['tariff', 'countervailing-duty'].reduce((sum, kind) => {
    const there = [...law.values()].filter(
      (each) => each.kind === kind && each.rate !== undefined && !each.isOver,
    );
    const named = there.filter(({ automakers = [] }) => automakers.includes(automaker));
    const newest = named.sort((a, b) => (a.since < b.since ? -1 : 1)).at(-1);
    // "Tesla: China-built BEVs" applies to Tesla; "Other makers: ..." applies to all that are not named.
    const open = there.filter(({ appliesTo }) => !/^[A-Z][\w-]*( [A-Z][\w-]*)*:/.test(appliesTo));
    const most: number = newest ? newest.rate : Math.max(0, ...open.map(({ rate }) => rate as number));
    return sum + most;
  }, 0);
}

/** The maximum duty in each market, by the reading and recomputed from the events. */
const dutiesOf = (world: World): Check[] =>
  world.automakers.flatMap((automaker) =>
    (world.readingOf(automaker, 'exposure')?.inputs ?? [])
      .filter(({ group }) => group === 'market')
      .map(({ name, rate }) => ({
        what: `duty of ${automaker} in ${name}`,
        told: rate?.hi,
        recomputed: dutyIn(world, name, automaker),
      })),
  );

const THESES: Readonly<Record<string, (world: World) => Cases>> = {
  'asset-light-leads': assetLightLeads,
  'half-abroad': halfAbroad,
  'less-exposed': lessExposed,
  'partner-limits': partnerLimits,
  'global-brand': globalBrand,
};

const inWords = (cases: Cases): string =>
  [...cases]
    .map(([name, finding]) => `${name}: ${finding}`)
    .sort()
    .join('; ');

/** The cases of the five theses, as answered and recomputed from the events. */
export const thesesFromEvents = (world: World, theses: readonly ThesisJson[]): Check[] => [
  ...Object.entries(THESES).map(([id, again]) => ({
    what: id,
    told: inWords(
      new Map(
        (theses.find((thesis) => thesis.id === id)?.cases ?? []).map(({ name, finding }) => [
          name,
          finding as Finding,
        ]),
      ),
    ),
    recomputed: inWords(again(world)),
  })),
  ...marketsOf(world),
  ...dutiesOf(world),
];
