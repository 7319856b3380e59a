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

/** What rows hold that are counted in a total, and are nothing that the ledger tells apart. */
export const RESTS = ['brands', 'powertrains', 'bodies'] as const;
/** Of `brands`: "others". Of `powertrains`: those without a plug. Of `bodies`: sedans and the like. */
export type Rest = (typeof RESTS)[number];

/** What a label of a row or a column says of the figures beside or below it. */
export interface Meaning {
  readonly measure?: Measure;
  readonly basis?: Basis;
  readonly vehicles?: Vehicles;
  /** The brand or group, by the id that figures name it by. */
  readonly entity?: string;
  readonly market?: string;
  readonly period?: EdtfDate;
  /** A period that moves along with the month of the release; it goes before `period`. */
  readonly span?: Span;
  /** How much it grew on the same period of the year before, in percent. */
  readonly isGrowth?: true;
  /** Of everything: no brand, all vehicles. */
  readonly isTotal?: true;
  /** A part of what stands above it. */
  readonly isPart?: true;
  /** Counted in totals, and not recorded by itself. */
  readonly rest?: Rest;
  /** Says nothing that can be recorded. */
  readonly isIgnored?: true;
}

/** A label as it was understood: what it means, and what it says of the period together with others. */
export interface Understood {
  readonly meaning: Meaning;
  readonly words: PeriodWords;
  /** The numbers at it are in thousands or ten thousands. */
  readonly scale?: number;
  /** The numbers at it are percents, printed or not. */
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
 * What a label means in a release about a month, `2026-03`. What no rule knows is a brand. `known` goes first: what an
 * analyst has said before of labels of this automaker.
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

/** The head of a column of brands or models: what stands below it is none of a market, whatever it is called. */
export const isHeadOfBrands = (head: string): boolean =>
  /^(?:brand|make|marque|model|nameplate)s?(?: names?)?$|^(?:品牌|车型)$/i.test(head.trim());

/** A label that is the name of a market as that of a brand: a brand may be called like a country. */
export function asBrand(label: string, understood: Understood): Understood {
  const { market, measure, ...rest } = understood.meaning;
  return market === undefined || measure !== 'market-units'
    ? understood
    : { ...understood, meaning: { ...rest, entity: slugOf(label.trim()) } };
}

/** "Change on last year" is about this one. */
function ownPeriod({ isYearBefore: _before, ...words }: PeriodWords): PeriodWords {
  return words;
}

/** What two labels say of one cell: the second one goes before. A period is what the words of both come to. */
export function together(first: Understood, second: Understood, month: string): Understood {
  const words = bothPeriods(first.words, second.words);
  const { period: told } = { ...first.meaning, ...second.meaning };
  // What an analyst has said of a label is no matter of words.
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

/** What a label means by itself. */
export const meaningOf = (
  label: string,
  month: string,
  known: Readonly<Record<string, Meaning>> = {},
): Meaning => understand(label, month, known).meaning;

const isAside = (text: string): boolean =>
  /\brank|\bshare|\bno\.?$|^notes?\b|remarks?$|占比|份额|排名|备注/i.test(text);

/** Heads that only say what kind of thing stands below them. */
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

/** The market that a label names and nothing else, but for "sales" and the like. */
const marketIn = (text: string): string | undefined =>
  marketFromWords(
    text.replace(/^(?:sales|deliveries|registrations) in\s+|\s+(?:market|sales|deliveries)$/gi, ''),
  );

/** Labels are the same however they are spaced and written. */
export const labelKey = (label: string): string => label.trim().replaceAll(/\s+/g, ' ').toLowerCase();

function basisOf(text: string): Basis | undefined {
  if (/\bexport|出口/i.test(text)) return 'exports';
  if (/\bdeliver|交付/i.test(text)) return 'deliveries';
  if (/\bwholesale|批发/i.test(text)) return 'wholesale';
  if (/\bregistration|上险/i.test(text)) return 'registrations';
  // "Production and sales" is the name of a table that has both.
  return /\bproduc(?:tion|ed)\b|产量/i.test(text) && !/\bsales\b|销量|产销/i.test(text)
    ? 'production'
    : undefined;
}

/** 1,000 of "in thousands", 10,000 of "万辆"; undefined where single vehicles are counted. */
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
