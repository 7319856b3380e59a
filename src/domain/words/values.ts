/**
 * The one place that words values of the ledger: codes that programs read, as people read them. Everything that ends up in a
 * sentence, whoever writes it, passes through here.
 */

import { brandsIn, isTogether } from '../measures/brands-together.js';

/** Codes whose words are not just the code with blanks for hyphens. */
const WORDS: Readonly<Record<string, string>> = {
  // Approaches.
  'asset-light': 'asset-light',
  'export-led': 'export-led',
  'localised-manufacturing': 'local manufacturing',
  // Ways of entering.
  distributor: 'a distributor',
  'own-subsidiary': 'an own subsidiary',
  'direct-sales': 'direct sales',
  'export-importer': 'an importer',
  'joint-venture': 'a joint venture',
  licensing: 'a licence',
  // Ways of building.
  ckd: 'CKD kits',
  skd: 'SKD kits',
  full: 'full manufacturing',
  own: 'an own plant',
  joint: 'a joint venture',
  contract: 'contract manufacturing',
  'joint-venture-plant': 'a joint-venture plant',
  'owned-plant': 'an own plant',
  // Bases.
  'sales-and-cooperation': 'sales and cooperation',
  // Vehicles.
  passenger: 'passenger cars',
  commercial: 'commercial vehicles',
  'new-energy': 'new-energy vehicles',
  'battery-electric': 'battery-electric vehicles',
  'plug-in-hybrid': 'plug-in hybrids',
  all: 'all vehicles',
  // Powertrains.
  bev: 'battery-electric',
  phev: 'plug-in hybrid',
  hev: 'hybrid',
  erev: 'range-extended',
  ice: 'combustion',
  // Partners.
  'after-sales': 'after-sales service',
  'contract-manufacturer': 'contract manufacturer',
  'equity-investor': 'shareholder',
  // Readings and their units.
  hhi: 'Herfindahl index',
  'service-centers': 'service centers',
};

/** Names of what companies register without one: their slugs say what kind of thing they are. */
const KINDS = /^(?:brand|model|group|associate|company)-/;
const NAMES: ReadonlyMap<string, string> = new Map([
  ['lynkco', 'Lynk & Co'],
  ['sgmw', 'SGMW'],
  ['mg', 'MG'],
  ['mg4', 'MG4'],
  ['ex5', 'EX5'],
  ['baic', 'BAIC'],
  ['byd', 'BYD'],
  ['jac', 'JAC'],
  ['gac', 'GAC'],
  ['saic', 'SAIC'],
  ['gwm', 'GWM'],
  ['nio', 'NIO'],
  ['xpeng', 'XPeng'],
  ['ora', 'ORA'],
]);

/** A code within a sentence: "joint-venture-plant" as "a joint-venture plant", "late fact" as it is. */
export const valueInWords = (code: string): string =>
  Object.hasOwn(WORDS, code) ? (WORDS[code] ?? code) : code.replaceAll('-', ' ');

/** A slug that names something for want of a name: "the-hague-store" as "the hague store". */
export const slugInSentence = (slug: string): string =>
  slug.replaceAll('-', ' ').replace(/\b(ckd|skd|hhi)\b/g, (letters) => letters.toUpperCase());

export const withCapital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

/** What a partner is, without an article, as in a list: "importer and distributor". */
export const roleInWords = (role: string): string => valueInWords(role).replace(/^an? /, '');

/** A brand, model or group by its slug, where the ledger has no name of it: "brand-lynkco" as "Lynk & Co"; several as "Lynk & Co and Zeekr together". */
export function companyFromSlug(slug: string): string {
  if (isTogether(slug)) return `${listInWords(brandsIn(slug).map(companyFromSlug))} together`;
  const bare = slug.replace(KINDS, '');
  const wordOf = slug.startsWith('model-') ? modelWord : withCapital;
  return NAMES.get(bare) ?? bare.split('-').map(wordOf).join(' ');
}

/** What tells models of one brand apart is written in capitals: "G6", "EX2", "Aion UT". */
const modelWord = (word: string): string =>
  NAMES.get(word) ?? (/\d/.test(word) || word.length < 3 ? word.toUpperCase() : withCapital(word));

/** A plant by its name; where only its slug is known, by the words of that, without the code of its market. */
export function siteName({ site, name, market }: { site: string; name: string; market: string }): string {
  return name === site ? companyFromSlug(site.replace(new RegExp(`-${market.toLowerCase()}$`), '')) : name;
}

/** "a, b and c". */
export function listInWords(items: readonly string[]): string {
  if (items.length < 2) return items[0] ?? '';
  return `${items.slice(0, -1).join(', ')} and ${items.at(-1) ?? ''}`;
}

/** "an" before a vowel that is heard, "a" elsewhere. */
export const withArticle = (words: string): string => `${/^[aeio]/i.test(words) ? 'an' : 'a'} ${words}`;
