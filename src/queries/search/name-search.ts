import { Injectable } from '@nestjs/common';
import { isCountry } from '../../domain/events/fields.js';
import { REGIONS } from '../../domain/ledger/regions.js';
import { isNow, type Clocks } from '../../domain/ledger/clocks.js';
import { asSearched } from '../../domain/search/wanted-words.js';
import { automakerStream } from '../../domain/ledger/streams.js';
import type { RecordKind } from '../../domain/state/records.js';
import { companyFromSlug, listInWords } from '../../domain/words/values.js';
import { AutomakerIndex } from '../automakers/automaker-index.js';
import { ConditionReader } from '../condition-reader.js';
import { AutomakerReader } from '../automaker-reader.js';
import { CompanyReader } from '../company-reader.js';
import { marketsOf } from '../markets/market-presence.js';
import { marketName } from '../names.js';
import type { WordMeanings } from './event-search.js';
import { FoundNames } from './found-names.js';
import { namesOf, nameToFind, namesToFind, type FoundName } from './names-to-find.js';

export interface NamesFound {
  readonly names: readonly FoundName[];
  /** What single words name: events about those are displayed with the word. */
  readonly meanings: ReadonlyMap<string, WordMeanings>;
}

/** Finds automakers, goals, markets, companies, partners and plants by name, yielding to other work. */
@Injectable()
export class NameSearch {
  constructor(
    private readonly states: AutomakerReader,
    private readonly conditions: ConditionReader,
    private readonly companies: CompanyReader,
    private readonly index: AutomakerIndex,
  ) {}

  async find(words: readonly string[], clocks: Clocks): Promise<NamesFound> {
    const found = new FoundNames(words);
    const followed = new Set<string>();
    const streams = new Map<string, string[]>(words.map((word) => [word, []]));
    for await (const { id, name, markets } of this.offered(found, words, clocks)) {
      for (const market of markets) followed.add(market);
      const names = namesOf({ id, name }).map(asSearched);
      for (const word of words)
        if (names.some((each) => each.includes(word))) streams.get(word)?.push(automakerStream(id));
    }
    for (const market of await this.conditions.markets(clocks)) followed.add(market);
    for await (const [company, { names, aliases = [], registered }] of this.companies.every(clocks)) {
      found.offer(
        nameToFind(
          {
            kind: 'company',
            name: names[0] ?? companyFromSlug(company),
            company,
            ...(aliases.length > 0 && { about: `also ${listInWords(aliases)}` }),
            ...(registered && { event: registered.event }),
          },
          [company, ...names, ...aliases],
        ),
      );
    }
    for (const market of followed)
      found.offer(nameToFind({ kind: 'market', name: marketName(market), market }, namesOfMarket(market)));
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

  /** Adds the matching names of all automakers to `found`, and yields every automaker. */
  private async *offered(
    found: FoundNames,
    words: readonly string[],
    clocks: Clocks,
  ): AsyncGenerator<{ readonly id: string; readonly name: string; readonly markets: Iterable<string> }> {
    // Reading all records with names is faster than computing all outlines.
    if (isNow(clocks) && this.index.isAtHand) {
      for await (const names of this.index.names(words)) for (const each of names) found.offer(each);
      for (const { id, summary, markets } of await this.index.all())
        yield { id, name: summary.name, markets };
      return;
    }
    for await (const automaker of this.states.every(clocks, '', NAMED)) {
      for (const each of namesToFind(automaker)) found.offer(each);
      yield { id: automaker.id, name: automaker.profile.name, markets: marketsOf(automaker) };
    }
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

/** If a word names more than this, it is too unspecific. */
const MOST_MEANT = 20;

const inChinese = new Intl.DisplayNames('zh', { type: 'region', fallback: 'none' });

function namesOfMarket(market: string): string[] {
  const chinese = /^[A-Z]{2}$/.test(market) ? inChinese.of(market) : undefined;
  return [marketName(market), market, ...(chinese === undefined ? [] : [chinese])];
}
