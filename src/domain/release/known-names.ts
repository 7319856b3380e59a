import { marketFromWords } from '../ledger/peoples-words.js';
import { companyFromSlug } from '../words/values.js';
import { labelKey, type Meaning } from './label-meaning.js';
import type { ReadRelease } from './release-figures.js';

/** How an automaker's own releases may name it and its home market. */
export interface NamesInReleases {
  readonly name: string;
  readonly homeMarket: string;
}

const OF_ALL = ['', ' total', ' group', ' group total', ' sales', ' deliveries'];
const AT_HOME = [
  'domestic',
  'domestic sales',
  'home market',
  'domestic market',
  '国内',
  '国内销量',
  'local sales',
];

/** Labels specific to an automaker: its own name is its total, "domestic" its home market. */
export function labelsOfItself(
  automaker: string,
  { name, homeMarket }: NamesInReleases,
): Readonly<Record<string, Meaning>> {
  const labels: Record<string, Meaning> = {};
  for (const own of [name, automaker])
    for (const more of OF_ALL) labels[labelKey(`${own}${more}`)] = { isTotal: true };
  for (const label of AT_HOME) labels[label] = { measure: 'market-units', market: homeMarket };
  return labels;
}

/** Labels of brands named like a country. They mean the brand if the automaker's figures use it. */
export function labelsOfNamesakes(entities: ReadonlySet<string>): Readonly<Record<string, Meaning>> {
  const labels: Record<string, Meaning> = {};
  for (const entity of entities) {
    const name = companyFromSlug(entity);
    if (marketFromWords(name) !== undefined) labels[labelKey(name)] = { entity };
  }
  return labels;
}

/** Uses the brand ids of existing figures: "MG" becomes `brand-mg` if that is known and `mg` is not. */
export function withKnownBrands(release: ReadRelease, entities: ReadonlySet<string>): ReadRelease {
  const known = (entity: string): string => {
    if (entities.has(entity)) return entity;
    const kinds = [...entities].filter((each) => each.slice(each.indexOf('-') + 1) === entity);
    return kinds.length === 1 && kinds[0] !== undefined ? kinds[0] : entity;
  };
  const named = <T extends { readonly entity?: string }>(thing: T): T =>
    thing.entity === undefined ? thing : { ...thing, entity: known(thing.entity) };
  return {
    ...release,
    figures: release.figures.map(named),
    labels: release.labels.map((label) => ({ ...label, meaning: named(label.meaning) })),
  };
}
