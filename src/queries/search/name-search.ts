import { Injectable } from '@nestjs/common';
import { isCountry } from '../../domain/events/fields.js';
import { REGIONS } from '../../domain/ledger/regions.js';
import type { Clocks } from '../../domain/ledger/clocks.js';
import { chineseNameOf } from '../../domain/search/chinese-names.js';
import { asSearched } from '../../domain/search/wanted-words.js';
import { automakerStream } from '../../domain/ledger/streams.js';
import type { RecordKind } from '../../domain/state/records.js';
import type { Automaker } from '../../domain/state/automaker.js';
import { goalInSentence, goalTitle } from '../../domain/words/goals.js';
import { companyFromSlug, listInWords, siteName, roleInWords } from '../../domain/words/values.js';
import { AutomakerReader } from '../automaker-reader.js';
import { CompanyReader } from '../company-reader.js';
import { marketsOf } from '../markets/market-presence.js';
import { marketName, NAMING } from '../names.js';
import type { WordMeanings } from './event-search.js';
import { FoundNames, type FoundName } from './found-names.js';

export interface NamesFound {
  readonly names: readonly FoundName[];
  /** What single words name: events about those are told with the word. */
  readonly meanings: ReadonlyMap<string, WordMeanings>;
}

/** Finds automakers, goals, markets, companies, partners and plants by their names, in turns. */
@Injectable()
export class NameSearch {
  constructor(
    private readonly states: AutomakerReader,
    private readonly companies: CompanyReader,
  ) {}

  async find(words: readonly string[], clocks: Clocks): Promise<NamesFound> {
    const found = new FoundNames(words);
    const followed = new Set<string>();
    const streams = new Map<string, string[]>(words.map((word) => [word, []]));
    for await (const automaker of this.states.every(clocks, '', NAMED)) {
      for (const market of marketsOf(automaker)) followed.add(market);
      const names = namesOf(automaker).map(asSearched);
      for (const word of words)
        if (names.some((name) => name.includes(word))) streams.get(word)?.push(automakerStream(automaker.id));
      offerAutomaker(found, automaker);
    }
    for (const market of await this.states.marketsWithConditions(clocks)) followed.add(market);
    for await (const [company, { names, aliases = [], registered }] of this.companies.every(clocks)) {
      found.offer(
        {
          kind: 'company',
          name: names[0] ?? companyFromSlug(company),
          company,
          ...(aliases.length > 0 && { about: `also ${listInWords(aliases)}` }),
          ...(registered && { event: registered.event }),
        },
        [company, ...names, ...aliases],
      );
    }
    for (const market of followed)
      found.offer({ kind: 'market', name: marketName(market), market }, namesOfMarket(market));
    const meanings = words.map((word): [string, WordMeanings] => [
      word,
      {
        streams: (streams.get(word) ?? []).slice(0, MOST_MEANT),
        markets: MARKETS.filter((market) =>
          namesOfMarket(market).some((name) => asSearched(name).startsWith(word)),
        ).slice(0, MOST_MEANT),
      },
    ]);
    return { names: found.all(), meanings: new Map(meanings) };
  }
}

/** The kinds of records that have names, or are about markets. */
const NAMED: readonly RecordKind[] = ['automaker', 'target', 'market', 'partnership', 'site', 'outlets'];

const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];

/** Every market that an event may name. */
const MARKETS: readonly string[] = [
  ...REGIONS.keys(),
  ...LETTERS.flatMap((first) => LETTERS.map((second) => first + second)).filter(isCountry),
];

/** A word that names more than so many says nothing of which. */
const MOST_MEANT = 20;

const namesOf = ({ id, profile }: Automaker): string[] => [profile.name, chineseNameOf(id) ?? '', id];

function offerAutomaker(found: FoundNames, automaker: Automaker): void {
  const { id, profile, targets, partnerships, sites } = automaker;
  const names = namesOf(automaker);
  found.offer(
    {
      kind: 'automaker',
      name: profile.name,
      about: `at home in ${marketName(profile.homeMarket)}`,
      automaker: id,
    },
    names,
  );
  for (const { target, versions } of targets) {
    const terms = versions.at(-1)?.terms;
    if (!terms) continue;
    found.offer(
      {
        kind: 'goal',
        name: `${profile.name}: ${goalTitle(terms, NAMING)}`,
        about: goalInSentence(terms, NAMING),
        automaker: id,
        target,
      },
      [...names, target.replaceAll('-', ' '), ...versions.map(({ terms: { wording } }) => wording)],
    );
  }
  for (const { partner, roles } of partnerships)
    found.offer(
      {
        kind: 'partner',
        name: partner,
        about: `${listInWords(roles.map(roleInWords))} for ${profile.name}`,
        automaker: id,
      },
      names,
    );
  for (const site of sites)
    found.offer(
      {
        kind: 'plant',
        name: siteName(site),
        about: `of ${profile.name} in ${marketName(site.market)}`,
        automaker: id,
        market: site.market,
      },
      [...names, site.site, site.partner ?? ''],
    );
}

const inChinese = new Intl.DisplayNames('zh', { type: 'region', fallback: 'none' });

function namesOfMarket(market: string): string[] {
  const chinese = /^[A-Z]{2}$/.test(market) ? inChinese.of(market) : undefined;
  return [marketName(market), market, ...(chinese === undefined ? [] : [chinese])];
}
