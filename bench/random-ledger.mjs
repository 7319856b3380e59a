// Generates a valid ledger of any size: many automakers, of which a few dozen are active at a time. It is
// deterministic: the same parameters give the same lines.

export const MARKETS = [
  'NO',
  'SE',
  'DK',
  'NL',
  'DE',
  'FR',
  'ES',
  'IT',
  'GB',
  'PL',
  'TH',
  'MY',
  'ID',
  'AU',
  'NZ',
  'BR',
  'MX',
  'AE',
  'EG',
  'ZA',
];
const MEASURES = ['overseas-units', 'total-units', 'local-production-units'];

/** mulberry32: small, fast, and identical on every platform. */
function random(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** A name that resembles no other one, so that no duplicate warning has to be confirmed. */
function nameOf(kind, index) {
  const next = random(index * 2 + kind.length);
  return Array.from({ length: 12 }, () => Math.floor(next() * 36).toString(36)).join('');
}

const evidence = (index) => [
  {
    url: `https://news.example.com/2025/${index % 1000}/an-automaker-expands-abroad-${index}`,
    publisher: 'Example News Agency',
    publishedOn: '2025-09-15',
    grade: ['confirmed', 'reported', 'rumoured'][index % 3],
    note: 'what the analyst remarks about this source',
  },
];

const DAYS = 4800;

/** The day of an event. Events are ordered by date, over thirteen years. */
const dayOf = (day) =>
  new Date(Date.UTC(2012, 0, 1) + Math.min(DAYS, Math.floor(day)) * 86_400_000).toISOString().slice(0, 10);

/**
 * Events of one automaker, starting with the registration. Each is valid after the ones before it, and none is
 * one that the ledger asks about: a market is entered before anything happens there, and a figure dates from
 * the end of its period.
 */
function* eventsOf(automaker, seed, count) {
  const pace = DAYS / count;
  const next = random(seed);
  const entered = new Set();
  yield { type: 'AutomakerRegistered', occurredOn: '2010', data: { name: automaker, homeMarket: 'CN' } };
  for (let index = 0; ; index++) {
    const on = dayOf(index * pace);
    const market = MARKETS[Math.floor(next() * MARKETS.length)];
    const event = (type, data) => ({ type, occurredOn: on, data, evidence: evidence(index) });
    const dice = next();
    if (dice >= 0.4 && dice < 0.88 && !entered.has(market)) {
      entered.add(market);
      yield event('MarketEntered', { market, entryMode: 'export-importer' });
    } else if (dice < 0.4) {
      const measure = MEASURES[Math.floor(next() * MEASURES.length)];
      yield event('FigureReported', {
        measure,
        value: 1000 + index,
        period: `${dayOf(index * pace - 30)}/${on}`,
        basis: 'deliveries',
        entity: `unit-${nameOf('unit', index)}`,
      });
    } else if (dice < 0.6)
      yield event('ServiceCenterOpened', { market, city: `City ${index}`, operator: 'own' });
    else if (dice < 0.7) yield event('StoreOpened', { market, city: `City ${index}`, count: 2 });
    else if (dice < 0.72)
      yield event('PartnerSigned', {
        partnership: `partner-${index}`,
        partner: nameOf('partner', index),
        roles: ['importer', 'distributor'],
        markets: [market],
      });
    else if (dice < 0.88)
      yield event('ProductionAnnounced', {
        site: nameOf('site', index),
        name: `Site ${index}`,
        market,
        mode: 'ckd',
        annualCapacity: 10_000,
      });
    else if (dice < 0.995)
      yield event('TargetSet', {
        target: `target-${index}`,
        measure: 'overseas-units',
        threshold: 50_000 + index,
        unit: 'units',
        deadline: '2030/2033',
        wording: 'fifty thousand a year by the early 2030s',
      });
    else
      yield event('StrategyDeclared', {
        approach: 'blended',
        elements: [`element ${index}`],
        rationale: 'a blend of exports and localisation',
      });
  }
}

/**
 * Lines of an import: `count` events, at most `perAutomaker` for each automaker, with `active` automakers at
 * a time. One automaker gets `busiest` of the events, spread over the whole ledger.
 */
export function* randomLines(count, { active = 50, perAutomaker = 500, busiest = 0 } = {}) {
  if (busiest > 0) {
    const others = randomLines(count - busiest, { active, perAutomaker });
    const events = eventsOf('maker-busiest', 0, busiest);
    const apart = count / busiest;
    for (let line = 0; line < count; line++)
      yield line % apart < 1
        ? { stream: 'automaker-maker-busiest', ...events.next().value }
        : others.next().value;
    return;
  }
  let made = 0;
  let automakers = 0;
  while (made < count) {
    const group = Array.from({ length: active }, () => {
      const name = `maker-${automakers++}`;
      return { stream: `automaker-${name}`, events: eventsOf(name, automakers, perAutomaker) };
    });
    for (let round = 0; round < perAutomaker && made < count; round++) {
      for (const { stream, events } of group) {
        if (made++ >= count) return;
        yield { stream, ...events.next().value };
      }
    }
  }
}
