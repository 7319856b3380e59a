import type { Basis, Measure, Vehicles } from '../measures/measures.js';
import type { EdtfDate } from '../ledger/edtf.js';
import { marketFromWords } from '../ledger/peoples-words.js';
import {
  bothPeriods,
  periodFromWords,
  periodOfSpan,
  periodWordsIn,
  type PeriodWords,
  type Span,
} from './period-words.js';

/** Kinds of rows that count towards a total but that the ledger does not record separately. */
export const RESTS = ['brands', 'powertrains', 'bodies'] as const;
/** `brands`: "others". `powertrains`: vehicles without a plug. `bodies`: body types such as sedans. */
export type Rest = (typeof RESTS)[number];

/** What the label of a row or column says about the figures beside or below it. */
export interface Meaning {
  readonly measure?: Measure;
  readonly basis?: Basis;
  readonly vehicles?: Vehicles;
  /** Id of the brand or group, as figures use it. */
  readonly entity?: string;
  readonly market?: string;
  readonly period?: EdtfDate;
  /** A period relative to the month of the release. Takes precedence over `period`. */
  readonly span?: Span;
  /** The figures are growth over the same period of the previous year, in percent. */
  readonly isGrowth?: true;
  /** The figures cover all brands and all vehicles. */
  readonly isTotal?: true;
  /** The figures are part of the row above. */
  readonly isPart?: true;
  /** The figures count towards totals but are not recorded separately. */
  readonly rest?: Rest;
  /** The figures are not recorded. */
  readonly isIgnored?: true;
}

/** An interpreted label: its meaning, and its period words, which combine with other labels. */
export interface Understood {
  readonly meaning: Meaning;
  readonly words: PeriodWords;
  /** The label's numbers are in thousands or ten thousands. */
  readonly scale?: number;
  /** The label's numbers are percentages, with or without a percent sign. */
  readonly isInPercent?: true;
}

const VEHICLES: readonly (readonly [RegExp, Vehicles])[] = [
  [
    /\bbevs?\s*(?:\+|&|and|\/)\s*phevs?\b|\bxevs?\b|\bnevs?\b|new[- ]energy|electrified|新能源/i,
    'new-energy',
  ],
  [/\bphevs?\b|plug-?\s?in|\berevs?\b|range[- ]extend|插电|插混|增程/i, 'plug-in-hybrid'],
  [
    /\bb?evs?\b|battery[- ]electric|(?:pure|fully|all)[- ]electric|electric (?:cars|vehicles)|纯电/i,
    'battery-electric',
  ],
  [/passenger|乘用车/i, 'passenger'],
  [/commercial|商用车/i, 'commercial'],
];

const RESTS_IN_WORDS: readonly (readonly [RegExp, Rest])[] = [
  [/^(?:all )?others?$|^other (?:brands?|models?|vehicles?|makes?)$|^(?:the )?rest$|^其[他它]$/i, 'brands'],
  [
    /\bice\b|combustion|petrol|gasoline|diesel|\bfuel(?:[- ]powered)?\b|\bm?hevs?\b|(?<!plug-?\s?in )\bhybrids?\b|燃油|汽油|柴油|混动/i,
    'powertrains',
  ],
  [/^(?:sedans?|suvs?|mpvs?|pick-?ups?|trucks?|buses|coaches|vans?|轿车|皮卡|货车|客车)$/i, 'bodies'],
];

/**
 * Interprets a label in a release about a month, `2026-03`. A label that matches no rule is taken for a
 * brand. `known` takes precedence: an analyst's earlier interpretations of this automaker's labels.
 */
export function understand(
  label: string,
  month: string,
  known: Readonly<Record<string, Meaning>> = {},
): Understood {
  const told = known[labelKey(label)];
  if (told)
    return {
      meaning: told.span === undefined ? told : { ...told, period: periodOfSpan(told.span, month) },
      words: {},
    };
  const text = label.trim();
  if (/month[- ]on[- ]month|month[- ]over[- ]month|\bm[- /]?o[- /]?m\b|环比/i.test(text) || isAside(text))
    return { meaning: { isIgnored: true }, words: {} };
  const counted = whatIsCounted(text);
  const words = counted.isGrowth ? ownPeriod(periodWordsIn(text)) : periodWordsIn(text);
  const period = periodFromWords(words, month);
  const scale = scaleIn(text);
  const meaning: Meaning = { ...(period !== undefined && { period }), ...counted };
  const isNamed = Object.keys(meaning).length > 0 || scale !== undefined || isPlainWord(text);
  const entity = isNamed ? '' : slugOf(text);
  return {
    meaning: entity === '' ? meaning : { ...meaning, entity },
    words,
    ...(scale !== undefined && { scale }),
    ...(text.includes('%') && { isInPercent: true as const }),
  };
}

/** Whether this heads a column of brands or models: no label in such a column is a market. */
export const isHeadOfBrands = (head: string): boolean =>
  /^(?:brand|make|marque|model|nameplate)s?(?: names?)?$|^(?:品牌|车型)$/i.test(head.trim());

/** Reads a label that looks like a market as a brand, since brands may share a country's name. */
export function asBrand(label: string, understood: Understood): Understood {
  const { market, measure, ...rest } = understood.meaning;
  return market === undefined || measure !== 'market-units'
    ? understood
    : { ...understood, meaning: { ...rest, entity: slugOf(label.trim()) } };
}

/** "Change on last year" is a figure of this year. */
function ownPeriod({ isYearBefore: _before, ...words }: PeriodWords): PeriodWords {
  return words;
}

/** Combines the two labels of a cell. The second takes precedence; both give the period. */
export function together(first: Understood, second: Understood, month: string): Understood {
  const words = bothPeriods(first.words, second.words);
  const { period: told } = { ...first.meaning, ...second.meaning };
  // A period that an analyst assigned to a label takes precedence over words.
  const isSaid = [first, second].some(
    ({ meaning, words: own }) => meaning.period !== undefined && Object.keys(own).length === 0,
  );
  const period = isSaid ? told : (periodFromWords(words, month) ?? told);
  return {
    ...first,
    ...second,
    meaning: { ...first.meaning, ...second.meaning, ...(period !== undefined && { period }) },
    words: isSaid ? {} : words,
  };
}

export const meaningOf = (
  label: string,
  month: string,
  known: Readonly<Record<string, Meaning>> = {},
): Meaning => understand(label, month, known).meaning;

const isAside = (text: string): boolean =>
  /\brank|\bshare|\bno\.?$|^notes?\b|remarks?$|占比|份额|排名|备注/i.test(text);

/** Headings that only name the kind of thing below them. */
const isPlainWord = (text: string): boolean =>
  !/\p{L}/u.test(text) ||
  /^(?:(?:brand|make|model|category|segment|type|item|powertrain|region|market|period|unit|volume|vehicle|car|figure|actual|amount|number)s?(?: name)?|by .*|品牌|车型|项目|类别|单位.*|数量|销量|辆|台)$/i.test(
    text,
  );

function whatIsCounted(text: string): Meaning {
  const isGrowth =
    /\byoy\b|\by[-/]?(?:o[-/]?)?y\b|year[- ](?:on|over)[- ]year|\bgrowth\b|\bch(?:an)?ge?\b\.?|\bvs\b|\bvar\.?\b|同比|增幅|增长|增减|[+±]\s*\/?\s*[-–]|^[+±Δ∆]?\s*(?:in\s*)?%(?:\s*(?:ch(?:an)?ge?\.?))?$/i.test(
      text,
    );
  const vehicles = VEHICLES.find(([words]) => words.test(text))?.[1];
  const isExport = /\bexport|出口/i.test(text);
  const isAbroad =
    isExport || /overseas|abroad|international|outside (?:of )?(?:mainland )?china|海外/i.test(text);
  const isPart =
    /^\s*(?:[-–•·>]\s*)?(?:\(?o\/?\.?w\.?\b|of which|thereof|including|incl\.?|其中|davon|dont)/i.test(text);
  const isTotal =
    /\b(?:sub-?\s?)?total\b|\ball brands\b|\bgroup\b|\bsum\b|\boverall\b|合计|总计|总销量|总量|^(?:monthly |total )?(?:sales|deliveries|wholesales?|production)\b/i.test(
      text,
    );
  const basis = basisOf(text);
  const rest = vehicles === undefined ? RESTS_IN_WORDS.find(([words]) => words.test(text))?.[1] : undefined;
  const market = isAbroad || vehicles !== undefined ? undefined : marketIn(text);
  return {
    ...(isGrowth && { isGrowth }),
    ...(vehicles !== undefined && { vehicles }),
    ...(isAbroad && { measure: 'overseas-units' as const }),
    ...(market !== undefined && { measure: 'market-units' as const, market }),
    ...(isPart && { isPart }),
    ...(isTotal && vehicles === undefined && !isAbroad && { isTotal }),
    ...(basis !== undefined && { basis }),
    ...(rest !== undefined && { rest }),
  };
}

/** The market, if the label consists of its name alone, apart from words such as "sales". */
const marketIn = (text: string): string | undefined =>
  marketFromWords(
    text.replace(/^(?:sales|deliveries|registrations) in\s+|\s+(?:market|sales|deliveries)$/gi, ''),
  );

/** Normalizes a label: spacing and case do not matter. */
export const labelKey = (label: string): string => label.trim().replaceAll(/\s+/g, ' ').toLowerCase();

function basisOf(text: string): Basis | undefined {
  if (/\bexport|出口/i.test(text)) return 'exports';
  if (/\bdeliver|交付/i.test(text)) return 'deliveries';
  if (/\bwholesale|批发/i.test(text)) return 'wholesale';
  if (/\bregistration|上险/i.test(text)) return 'registrations';
  // A table of both is often titled "Production and sales".
  return /\bproduc(?:tion|ed)\b|产量/i.test(text) && !/\bsales\b|销量|产销/i.test(text)
    ? 'production'
    : undefined;
}

/** 1,000 for "in thousands", 10,000 for "万辆"; undefined if the numbers count single vehicles. */
function scaleIn(text: string): number | undefined {
  if (/万[辆台]|10[,.]?000 (?:units|vehicles|cars)|ten thousand/i.test(text)) return 10_000;
  return /\bthousands?\b|千[辆台]|['’]000|\bin 1[,.]?000|\(k\)|\bk units\b/i.test(text) ? 1000 : undefined;
}

const slugOf = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 60);
