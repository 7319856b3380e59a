/** The single place that turns codes of the ledger into words. Every sentence gets its words from here. */

import { brandsIn, isTogether } from '../measures/brands-together.js';
import type { CompanyKind } from '../state/choices.js';

/** Codes whose words are more than the code with spaces for hyphens. */
const WORDS: Readonly<Record<string, string>> = {
  // Approaches
  'asset-light': 'asset-light',
  'export-led': 'export-led',
  'localised-manufacturing': 'local manufacturing',
  // Ways of entering a market
  distributor: 'a distributor',
  'own-subsidiary': 'an own subsidiary',
  'direct-sales': 'direct sales',
  'export-importer': 'an importer',
  'joint-venture': 'a joint venture',
  licensing: 'a licence',
  // Ways of building vehicles
  ckd: 'CKD kits',
  skd: 'SKD kits',
  full: 'full manufacturing',
  own: 'an own plant',
  joint: 'a joint venture',
  contract: 'contract manufacturing',
  'joint-venture-plant': 'a joint-venture plant',
  'owned-plant': 'an own plant',
  // Bases
  'sales-and-cooperation': 'sales and cooperation',
  // Vehicles
  passenger: 'passenger cars',
  commercial: 'commercial vehicles',
  'new-energy': 'new-energy vehicles',
  'battery-electric': 'battery-electric vehicles',
  'plug-in-hybrid': 'plug-in hybrids',
  all: 'all vehicles',
  // Powertrains
  bev: 'battery-electric',
  phev: 'plug-in hybrid',
  hev: 'hybrid',
  erev: 'range-extended',
  ice: 'combustion',
  // Partners
  'after-sales': 'after-sales service',
  'contract-manufacturer': 'contract manufacturer',
  // Either side may hold the shares: Geely holds some of Daimler, Volkswagen some of XPeng.
  'equity-investor': 'a shareholding',
  // Readings and their units
  hhi: 'Herfindahl index',
  'service-centers': 'service centers',
};

/** Slug prefixes that give the kind of a company registered without a name. */
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

/** A code as words within a sentence: "joint-venture-plant" becomes "a joint-venture plant". */
export const valueInWords = (code: string): string =>
  Object.hasOwn(WORDS, code) ? (WORDS[code] ?? code) : code.replaceAll('-', ' ');

/** A slug as words, for something without a name: "the-hague-store" becomes "the hague store". */
export const slugInSentence = (slug: string): string =>
  slug.replaceAll('-', ' ').replace(/\b(ckd|skd|hhi)\b/g, (letters) => letters.toUpperCase());

export const withCapital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);
export const withoutCapital = (words: string): string => words.charAt(0).toLowerCase() + words.slice(1);

/** A partner's role without an article, as in a list: "importer and distributor". */
export const roleInWords = (role: string): string => valueInWords(role).replace(/^an? /, '');

/**
 * Names a brand, model or group by its slug, if the ledger has no name for it: "brand-lynkco" becomes "Lynk &
 * Co". Several brands become "Lynk & Co and Zeekr together".
 */
export function companyFromSlug(slug: string): string {
  if (isTogether(slug)) return `${listInWords(brandsIn(slug).map(companyFromSlug))} together`;
  const bare = slug.replace(KINDS, '');
  const wordOf = slug.startsWith('model-') ? modelWord : withCapital;
  return NAMES.get(bare) ?? bare.split('-').map(wordOf).join(' ');
}

/** Short or numbered parts of a model's name are in capitals: "G6", "EX2", "Aion UT". */
const modelWord = (word: string): string =>
  NAMES.get(word) ?? (/\d/.test(word) || word.length < 3 ? word.toUpperCase() : withCapital(word));

/** The name of a plant. If only its slug is known, the words of the slug, without the market code. */
export function siteName({ site, name, market }: { site: string; name: string; market: string }): string {
  return name === site ? companyFromSlug(site.replace(new RegExp(`-${market.toLowerCase()}$`), '')) : name;
}

/** Where a site is: "at Graz, Austria"; a site that has only the name of its country is "in Ukraine". */
export function atSite(name: string, place: string): string {
  const country = place.replace(/^the /, '');
  const isNamedAfterIt = name === country || name.startsWith(`${country} (`);
  return isNamedAfterIt ? `in ${place}${name.slice(country.length)}` : `at ${name}, ${place}`;
}

/** Joins items: "a, b and c". */
export function listInWords(items: readonly string[]): string {
  if (items.length < 2) return items[0] ?? '';
  return `${items.slice(0, -1).join(', ')} and ${items.at(-1) ?? ''}`;
}

/** Adds "an" before a spoken vowel, "a" otherwise. */
export const withArticle = (words: string): string => `${/^[aeio]/i.test(words) ? 'an' : 'a'} ${words}`;

/** What a company is, with its article. */
export const COMPANY_KIND_WORDS: Readonly<Record<CompanyKind, string>> = {
  group: 'a group of companies',
  brand: 'a brand',
  'joint-venture': 'a joint venture',
  dealer: 'a dealer',
  manufacturer: 'a manufacturer',
  supplier: 'a supplier',
  investor: 'an investor',
  other: 'a company',
};
