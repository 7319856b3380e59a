import { Brackets, type SelectQueryBuilder } from 'typeorm';
import type { TimelineRow } from '../../read-model/rows.js';

/** A coarse filter for rows that may contain a word. The words that a row displays decide. */
export interface WordFilter {
  /** Without case and accents. */
  readonly word: string;
  /** What the word names: a row about one of these displays the word. */
  readonly markets: readonly string[];
  readonly streams: readonly string[];
  readonly types: readonly string[];
  /** JSON fragments that are displayed as the word. */
  readonly fragments: readonly string[];
}

/** Restricts a query to rows that may contain all words. */
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

/** Numbers are displayed with commas and recorded without. */
const asRecorded = (word: string): string => word.replace(/(?<=\d),(?=\d{3})/g, '');

/** A LIKE pattern for all forms of a word, given JSON escapes and limited case folding in SQL. */
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
