import type { FoundKind } from '../../domain/search/found-kinds.js';
import { chineseNameOf } from '../../domain/search/chinese-names.js';
import { asSearched } from '../../domain/search/wanted-words.js';
import type { Automaker } from '../../domain/state/automaker.js';
import { goalInSentence, goalTitle } from '../../domain/words/goals.js';
import { listInWords, roleInWords, siteName } from '../../domain/words/values.js';
import { marketName, NAMING } from '../names.js';

/** Something with a name, and where it appears. */
export interface FoundName {
  readonly kind: FoundKind;
  readonly name: string;
  /** A short description. */
  readonly about?: string;
  readonly automaker?: string;
  readonly target?: string;
  readonly market?: string;
  readonly company?: string;
  /** The event that introduces it. */
  readonly event?: string;
}

/** A name with all texts by which it is found. */
export interface NameToFind {
  readonly found: FoundName;
  /** The name and additional texts in the form that search compares, one per line. */
  readonly searched: string;
}

export const nameToFind = (found: FoundName, beside: readonly string[] = []): NameToFind => ({
  found,
  searched: [found.name, ...beside].map(asSearched).join('\n'),
});

/** All names of an automaker. */
export const namesOf = ({ id, name }: { readonly id: string; readonly name: string }): string[] => [
  name,
  chineseNameOf(id) ?? '',
  id,
];

/** An automaker and its goals, partners and plants, by name. A generator, because there may be very many. */
export function* namesToFind(automaker: Automaker): Generator<NameToFind> {
  const { id, profile, targets, partnerships, sites } = automaker;
  const { name } = profile;
  const names = namesOf({ id, name });
  yield nameToFind(
    { kind: 'automaker', name, about: `at home in ${marketName(profile.homeMarket)}`, automaker: id },
    names,
  );
  for (const { target, versions } of targets) {
    const terms = versions.at(-1)?.terms;
    if (!terms) continue;
    const wordings = versions.map(({ terms: { wording } }) => wording);
    yield nameToFind(
      {
        kind: 'goal',
        name: `${name}: ${goalTitle(terms, NAMING)}`,
        about: goalInSentence(terms, NAMING),
        automaker: id,
        target,
      },
      [...names, target.replaceAll('-', ' '), ...wordings],
    );
  }
  for (const { partner, roles } of partnerships)
    yield nameToFind(
      {
        kind: 'partner',
        name: partner,
        about: `${listInWords(roles.map(roleInWords))} for ${name}`,
        automaker: id,
      },
      names,
    );
  for (const site of sites)
    yield nameToFind(
      {
        kind: 'plant',
        name: siteName(site),
        about: `of ${name} in ${marketName(site.market)}`,
        automaker: id,
        market: site.market,
      },
      [...names, site.site, site.partner ?? ''],
    );
}
