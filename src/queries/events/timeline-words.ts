import { Brackets, type SelectQueryBuilder } from 'typeorm';
import type { TimelineRow } from '../../read-model/rows.js';

/** Lets rows through that may hold a word; whether they do is seen from what they tell. */
export interface WordFilter {
  /** Without case and accents. */
  readonly word: string;
  /** What it names: a row that is about one of them tells the word. */
  readonly markets: readonly string[];
  readonly streams: readonly string[];
  readonly types: readonly string[];
  /** Pieces of a body that is told with the word. */
  readonly fragments: readonly string[];
}

/** Lets only rows through that may hold all words. */
export function withWords(query: SelectQueryBuilder<TimelineRow>, words: readonly WordFilter[]): void {
  const like = query.dataSource.options.type === 'postgres' ? 'ILIKE' : 'LIKE';
  words.forEach(({ word, markets, streams, types, fragments }, index) => {
    query.andWhere(
      new Brackets((any) => {
        const [name, parameters] = [`word${index}`, { [`word${index}`]: `%${patternOf(word)}%` }];
        any.where(`t.body ${like} :${name} ESCAPE '!'`, parameters);
        markets.forEach((market, number) => {
          const of = `${name}market${number}`;
          any.orWhere(`t.markets LIKE :${of}`, { [of]: `%,${market},%` });
        });
        fragments.forEach((fragment, number) => {
          const of = `${name}fragment${number}`;
          any.orWhere(`t.body LIKE :${of}`, { [of]: `%${fragment}%` });
        });
        if (streams.length > 0)
          any.orWhere(`t.stream IN (:...${name}streams)`, { [`${name}streams`]: streams });
        if (types.length > 0) any.orWhere(`t.type IN (:...${name}types)`, { [`${name}types`]: types });
      }),
    );
  });
}

const WITHOUT_CASE = /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}/u;

/** Digits are told with commas and recorded without. */
const asRecorded = (word: string): string => word.replace(/(?<=\d),(?=\d{3})/g, '');

/** A pattern that lets through whatever may be the word: JSON writes some signs otherwise, and databases know no case of others. */
function patternOf(word: string): string {
  return asRecorded(word)
    .replace(/["\\]/g, '%')
    .replace(/[!_]/g, (sign) => `!${sign}`)
    .replace(/[^\x20-\x7e]/gu, (sign) => (WITHOUT_CASE.test(sign) ? sign : '_'));
}

/** The same for a row that is not stored. */
export function mayHold(row: TimelineRow, words: readonly WordFilter[]): boolean {
  return words.every(
    ({ word, markets, streams, types, fragments }) =>
      new RegExp(regularOf(word), 'iu').test(row.body) ||
      markets.some((market) => row.markets.includes(`,${market},`)) ||
      streams.includes(row.stream) ||
      types.includes(row.type) ||
      fragments.some((fragment) => row.body.includes(fragment)),
  );
}

const regularOf = (word: string): string =>
  [...asRecorded(word)]
    .map((sign) => (/[\p{L}\p{N} -]/u.test(sign) ? (/[\x20-\x7e]/.test(sign) ? sign : '.') : '.*'))
    .join('');
