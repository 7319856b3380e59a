import { nameOfSite } from '../design/site-names.js';
import { companyName, formulaInWords, remarkOf } from '../design/words.js';

/** Names for cases: automakers by id, plants and goals by `automaker/slug`. */
export interface CaseNames {
  readonly automakers: ReadonlyMap<string, string>;
  readonly sites: ReadonlyMap<string, string>;
  readonly goals: ReadonlyMap<string, string>;
}

const SLUG = /^[a-z0-9-]+/;

/** The automakers in names of cases: "xpeng in EU", "geely: medea-dz", "geely and gwm". */
export const automakersIn = (names: readonly string[]): string[] => [
  ...new Set(names.flatMap((name) => name.split(' and ').flatMap((part) => SLUG.exec(part) ?? []))),
];

/**
 * "xpeng in EU" as "XPeng in the European Union", "geely: medea-dz" as "Geely: Médéa". Text that is not a
 * slug stays unchanged.
 */
export const caseInWords = (name: string, names: CaseNames): string =>
  name
    .split(' and ')
    .map((part) => {
      const [, automaker, subject] = /^([a-z0-9-]+)(?:: ([a-z0-9-]+))?$/.exec(part) ?? [];
      if (automaker === undefined) return remarkOf(part.replace(SLUG, (slug) => automakerName(slug, names)));
      return subject === undefined
        ? automakerName(automaker, names)
        : `${automakerName(automaker, names)}: ${subjectName(automaker, subject, names)}`;
    })
    .join(' and ');

/**
 * "saic: built in 0 markets" as "SAIC Motor: no plant abroad is logged": names instead of ids, and zero as
 * absence.
 */
export function showsInWords(name: string, shows: string, names: CaseNames): string {
  const [automaker = ''] = SLUG.exec(name) ?? [];
  return formulaInWords(shows)
    .replace(
      /(^|; )([a-z0-9-]+)(?=: )/g,
      (_, before: string, slug: string) => before + automakerName(slug, names),
    )
    .replace(/(?<=since then )[a-z0-9-]+(?:, [a-z0-9-]+)*/, (slugs) =>
      slugs
        .split(', ')
        .map((slug) => nameOfSite(names.sites, automaker, slug))
        .join(', '),
    )
    .replace(/\bbuilt in 0 markets/g, 'no plant abroad is logged');
}

const automakerName = (id: string, { automakers }: CaseNames): string =>
  automakers.get(id) ?? companyName(id);

const subjectName = (automaker: string, subject: string, { goals, sites }: CaseNames): string =>
  goals.get(`${automaker}/${subject}`) ?? nameOfSite(sites, automaker, subject);
