import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { companyFromSlug } from '../../domain/words/values.js';

const Names = createContext<ReadonlyMap<string, string>>(new Map());

/** Provides the names of plants, by `automaker/site`. */
export const SiteNames = Names.Provider;

/** The name of an automaker's plant; without one, its slug in words, without the code of its market. */
export const nameOfSite = (names: ReadonlyMap<string, string>, automaker: string, site: string): string =>
  names.get(`${automaker}/${site}`) ?? companyFromSlug(site.replace(/-[a-z]{2}$/, ''));

/** The names of the plants of one automaker. */
export function useSiteNames(automaker: string): (site: string) => string {
  const names = useContext(Names);
  return (site) => nameOfSite(names, automaker, site);
}
