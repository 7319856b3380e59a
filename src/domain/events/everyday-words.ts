import { lettersOf, nearest } from '../ledger/resemblance.js';

/**
 * Common words for the ledger's choices, by their letters. If a word has several meanings, the first one that
 * the field allows is used.
 */
const MEANT: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    'put-off': ['postponed', 'delayed', 'deferred', 'on hold', 'pushed back', 'suspended'],
    enlarged: ['expanded', 'increased', 'raised', 'doubled'],
    reduced: ['cut', 'decreased', 'lowered', 'halved', 'downsized'],
    'brought-forward': ['accelerated', 'advanced', 'pulled forward', 'earlier'],
    denied: ['not planned', 'rejected', 'refuted'],
    'at-least': ['more than', 'over', 'above', 'minimum', 'no fewer than', 'exceeding'],
    'more-than': ['at least', 'over', 'above', 'minimum', 'no fewer than', 'exceeding'],
    'less-than': ['fewer than', 'under', 'below', 'up to', 'at most', 'nearly', 'almost'],
    'up-to': ['less than', 'fewer than', 'under', 'below', 'at most', 'maximum'],
    about: ['approximately', 'approx', 'around', 'circa', 'roughly', 'some', 'nearly', 'almost'],
    between: ['range', 'from to'],
    bev: ['battery electric', 'electric', 'ev', 'pure electric', 'battery'],
    phev: ['plug-in hybrid', 'plug-in', 'plugin'],
    erev: ['range extender', 'extended range', 'reev'],
    hev: ['hybrid', 'full hybrid', 'mild hybrid'],
    ice: ['combustion', 'petrol', 'gasoline', 'diesel'],
    'battery-electric': ['bev', 'electric', 'ev', 'pure electric', 'battery'],
    'plug-in-hybrid': ['phev', 'plug-in', 'plugin', 'hybrid'],
    'new-energy': ['nev', 'electrified', 'xev'],
    passenger: ['cars', 'passenger cars', 'light vehicles'],
    commercial: ['trucks', 'vans', 'buses'],
    distributor: ['dealer', 'dealership', 'retailer', 'dealers', 'agency'],
    'own-subsidiary': ['subsidiary', 'national sales company', 'nsc', 'own sales company'],
    'direct-sales': ['direct', 'online', 'own stores', 'own retail'],
    'export-importer': ['importer', 'export', 'general importer'],
    importer: ['import', 'general importer'],
    'after-sales': ['service', 'maintenance', 'repair', 'spare parts'],
    'joint-venture': ['jv', 'joint'],
    joint: ['jv', 'joint venture'],
    contract: ['contract manufacturer', 'contract manufacturing', 'partner', 'third party'],
    own: ['wholly owned', 'automaker', 'self', 'company'],
    assembler: ['assembly', 'manufacturing', 'production', 'manufacturer', 'kits'],
    'contract-manufacturer': ['contract manufacturing', 'contract'],
    'equity-investor': ['equity', 'investor', 'shareholder', 'investment', 'stake'],
    charging: ['charger', 'chargers'],
    finance: ['financing', 'bank', 'leasing', 'insurance'],
    logistics: ['shipping', 'transport'],
    full: ['cbu', 'full production', 'complete'],
    tariff: ['duty', 'customs', 'customs duty', 'import duty', 'tax'],
    'countervailing-duty': ['anti-subsidy', 'antisubsidy duty', 'cvd'],
    subsidy: ['incentive', 'bonus', 'grant', 'rebate'],
    regulation: ['rule', 'law', 'ban', 'sanctions', 'standard'],
    'local-content': ['localisation', 'localization', 'local parts'],
    proposed: ['draft', 'planned', 'announced'],
    provisional: ['temporary', 'preliminary'],
    'in-force': ['effective', 'law', 'final', 'active', 'definitive'],
    ended: ['expired', 'repealed', 'lifted', 'abolished'],
    monthly: ['month', 'every month'],
    quarterly: ['quarter', 'every quarter'],
    'half-yearly': ['semi-annual', 'half year', 'biannual'],
    yearly: ['annual', 'annually', 'year'],
    none: ['never', 'no longer', 'stopped'],
    memorandum: ['mou', 'loi', 'letter of intent', 'framework'],
    signed: ['contract', 'agreement'],
    trial: ['pilot', 'test', 'pre-series'],
    series: ['mass', 'mass production', 'serial', 'volume'],
    mooted: ['considered', 'possible', 'exploring', 'rumoured', 'rumored'],
    stated: ['said', 'aim', 'target', 'goal'],
    planned: ['plan', 'expected'],
    committed: ['firm', 'binding', 'guaranteed'],
    automaker: ['company', 'manufacturer'],
    executive: ['ceo', 'chairman', 'manager', 'cfo'],
    authority: ['government', 'ministry', 'regulator'],
    press: ['media', 'journalist', 'analyst', 'newspaper', 'source'],
    confirmed: ['official', 'company', 'certain'],
    reported: ['media', 'news', 'press'],
    rumoured: ['rumored', 'rumor', 'rumour', 'unconfirmed', 'speculation'],
    deliveries: ['delivered', 'delivery'],
    wholesale: ['wholesales', 'dispatches', 'shipments'],
    exports: ['exported', 'export'],
    registrations: ['registered', 'registration'],
    production: ['produced', 'output', 'built'],
    sales: ['sold', 'retail'],
  })
    .flatMap(([value, words]) => words.map((word) => [value, word] as const))
    .reduce(
      (known, [value, word]) => known.set(lettersOf(word), [...(known.get(lettersOf(word)) ?? []), value]),
      new Map<string, readonly string[]>(),
    ),
);

/** The choice that another word means: by a known meaning, or by similar spelling. */
export function choiceMeant(text: string, choices: readonly string[]): string | undefined {
  const meant = MEANT.get(lettersOf(text))?.find((value) => choices.includes(value));
  return meant ?? nearest(text, choices);
}
