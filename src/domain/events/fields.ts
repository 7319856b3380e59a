import {
  isInt,
  isISO31661Alpha2,
  isISO4217CurrencyCode,
  isNumber,
  isURL,
  isUUID,
  ValidateBy,
  ValidateIf,
} from 'class-validator';
import { date, occurrence } from './date-kinds.js';
import { inDeclaredOrder, problemsOf } from './validation.js';
import { NO_PROBLEMS, type FieldKind, type FieldsClass } from './field-kind.js';
import { numberMeant } from './number-meant.js';
import { IDENTIFIERS, type IdentifierKind, type IdentifierName } from './identifier-checks.js';
import { brandsIn, togetherOf } from '../measures/brands-together.js';
import { isRegion, REGIONS } from '../ledger/regions.js';
import { marketMeant } from '../ledger/peoples-words.js';
import { choiceMeant } from './everyday-words.js';

/** An optional field. It may be absent, but null is refused. */
export const Optional = (): PropertyDecorator => ValidateIf((_, value) => value !== undefined);

function field(kind: FieldKind, description: string): PropertyDecorator {
  return ValidateBy(
    {
      name: kind.name,
      constraints: [kind],
      validator: {
        validate: (value) => kind.problems(value, '').length === 0,
        defaultMessage: (args) =>
          kind
            .problems(args?.value, args?.property ?? '')
            .map((problem) => `${problem.field} ${problem.message}`)
            .join('; '),
      },
    },
    { context: { description } },
  );
}

function simple(
  name: string,
  schema: Record<string, unknown>,
  message: string,
  accepts: (value: unknown) => boolean,
): FieldKind {
  return {
    name,
    schema,
    problems: (value, path) => (accepts(value) ? NO_PROBLEMS : [{ field: path, message }]),
  };
}

const PRINTED = /\S/;
// The expression matches control characters on purpose.
// eslint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;
const SURROGATE = /[\ud800-\udfff]/;
const LONE_SURROGATE = /\p{Surrogate}/u;

function isText(value: unknown, max: number): value is string {
  return (
    typeof value === 'string' &&
    value.length <= max &&
    PRINTED.test(value) &&
    !CONTROL.test(value) &&
    // Surrogate pairs are valid. Iterating by characters is much slower, so it is done only if there are
    // surrogates.
    !(SURROGATE.test(value) && LONE_SURROGATE.test(value))
  );
}

const text = (max: number): FieldKind =>
  simple(
    'text',
    { type: 'string', minLength: 1, maxLength: max },
    `must be a text of 1 to ${max} characters without control characters`,
    (value) => isText(value, max),
  );

const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
/** Whether `value` is a valid id of an automaker, a target, a partnership or a site. */
export const isSlug = (value: unknown): value is string =>
  typeof value === 'string' && value.length <= 64 && SLUG.test(value);

const slug = simple(
  'slug',
  { type: 'string', pattern: SLUG.source, maxLength: 64 },
  'must be a slug: at most 64 lower-case letters, digits and single hyphens, such as half-overseas',
  isSlug,
);

const BRANDS = /^[a-z0-9]+(?:-[a-z0-9]+)*(?:\+[a-z0-9]+(?:-[a-z0-9]+)*){0,9}$/;

/** A brand or group, or several brands with a common figure. */
const entity: FieldKind = {
  name: 'entity',
  schema: { type: 'string', pattern: BRANDS.source, maxLength: 300, examples: ['brand-zeekr'] },
  problems: (value, path) => {
    const message = problemOfEntity(value);
    return message === undefined ? NO_PROBLEMS : [{ field: path, message }];
  },
};

function problemOfEntity(value: unknown): string | undefined {
  if (typeof value !== 'string' || !BRANDS.test(value) || !brandsIn(value).every(isSlug))
    return 'must be a slug, such as brand-zeekr, or those of several brands together, such as brand-lynkco+brand-zeekr';
  const inOrder = togetherOf(brandsIn(value));
  return value === inOrder
    ? undefined
    : `must name each brand once, in the order of the alphabet: ${inOrder}`;
}

/** ISO 3166-1 alpha-2, and the user-assigned code XK for Kosovo. */
export const isCountry = (value: unknown): value is string =>
  typeof value === 'string' &&
  value.length === 2 &&
  value === value.toUpperCase() &&
  (isISO31661Alpha2(value) || value === 'XK');

/** A country, or a region from the table of regions, such as EU. */
export const isMarket = (value: unknown): value is string => isRegion(value) || isCountry(value);

const country = suggesting(
  simple(
    'market',
    { type: 'string', pattern: '^[A-Z]{2}$', examples: ['NO'] },
    'must be an ISO 3166-1 alpha-2 country code in capitals, such as NO for Norway',
    isCountry,
  ),
  marketMeant,
);

const market = suggesting(
  simple(
    'market',
    { type: 'string', pattern: '^[A-Z]{2,8}$', examples: ['EU', 'NO', 'EUROPE'] },
    `must be an ISO 3166-1 alpha-2 country code in capitals, such as NO, or one of the regions ${[...REGIONS.keys()].join(', ')}`,
    isMarket,
  ),
  marketMeant,
);

/** A market before regions were introduced: a country, or EU. */
const marketOrEu = simple(
  'market',
  { type: 'string', pattern: '^[A-Z]{2}$', examples: ['EU'] },
  'must be an ISO 3166-1 alpha-2 country code in capitals, such as NO, or EU',
  (value) => value === 'EU' || isCountry(value),
);

const oneOf = (values: readonly string[]): FieldKind =>
  suggesting(
    simple('oneOf', { type: 'string', enum: [...values] }, `must be one of ${values.join(', ')}`, (value) =>
      values.includes(value as string),
    ),
    (text) => choiceMeant(text, values),
  );

/** Adds the nearest valid value to the error message of a kind, if there is one. */
function suggesting(kind: FieldKind, suggest: (text: string) => string | undefined): FieldKind {
  return {
    ...kind,
    problems: (value, path) => {
      const found = kind.problems(value, path);
      const near = found.length > 0 && typeof value === 'string' ? suggest(value) : undefined;
      return near === undefined
        ? found
        : found.map(({ field, message }) => ({ field, message: `${message}; the nearest is ${near}` }));
    },
  };
}

const LARGEST = 1_000_000_000_000;
/** Says which number a text stands for, if one was written in its place. */
function meaning(kind: FieldKind): FieldKind {
  return {
    ...kind,
    problems: (value, path) => {
      const found = kind.problems(value, path);
      const meant = found.length > 0 ? numberMeant(value) : undefined;
      return meant === undefined
        ? found
        : found.map(({ field, message }) => ({
            field,
            message: `${message}, and is a text: write ${meant} without marks if that is meant`,
          }));
    },
  };
}

const number = (min: number, max: number, aboveMin: boolean): FieldKind =>
  meaning(
    simple(
      'number',
      { type: 'number', [aboveMin ? 'exclusiveMinimum' : 'minimum']: min, maximum: max },
      `must be a number ${aboveMin ? 'above' : 'of at least'} ${min} and at most ${max}`,
      (value) =>
        isNumber(value, { allowNaN: false, allowInfinity: false }) &&
        value <= max &&
        (aboveMin ? value > min : value >= min),
    ),
  );

const count = meaning(
  simple(
    'integer',
    { type: 'integer', minimum: 1, maximum: 1_000_000_000 },
    'must be a whole number from 1 to 1000000000',
    (value) => isInt(value) && (value as number) >= 1 && (value as number) <= 1_000_000_000,
  ),
);

const URL_TERMS = { protocols: ['http', 'https'], require_protocol: true };
/**
 * Simple addresses, which nearly all sources have. `isURL` accepts them too, but takes twenty times as long.
 */
const PLAIN_URL =
  /^https?:\/\/(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,4}[a-z]{2,20}(?:\/[A-Za-z0-9._~-]+)*\/?$/;

const isHttpUrl = (value: string): boolean => PLAIN_URL.test(value) || isURL(value, URL_TERMS);

const httpUrl = simple(
  'url',
  { type: 'string', format: 'uri', maxLength: 2048 },
  'must be an absolute http or https URL of at most 2048 characters',
  (value) => isText(value, 2048) && isHttpUrl(value),
);

/** A valid stream name: an automaker or company by its slug, a market by its code. */
const STREAM = /^(?:(?:automaker|company)-(?=.{1,64}$)[a-z0-9]+(?:-[a-z0-9]+)*|market-[A-Z]{2,8})$/;
const streamName = simple(
  'stream',
  { type: 'string', pattern: STREAM.source, examples: ['automaker-xpeng'] },
  'must name a stream, such as automaker-xpeng, market-NO or company-renault',
  (value) => typeof value === 'string' && STREAM.test(value),
);

const uuid = simple(
  'uuid',
  { type: 'string', format: 'uuid' },
  'must be the id (UUID) of a recorded event',
  (value) => isUUID(value, 'all'),
);

/** Codes of the standard for no currency and for tests. */
const NO_MONEY: ReadonlySet<string> = new Set(['XXX', 'XTS']);
const currency = simple(
  'currency',
  { type: 'string', pattern: '^[A-Z]{3}$', examples: ['EUR'] },
  'must be an ISO 4217 currency code in capitals, such as EUR',
  (value) =>
    typeof value === 'string' &&
    value === value.toUpperCase() &&
    isISO4217CurrencyCode(value) &&
    !NO_MONEY.has(value),
);

function identifier(name: IdentifierName): FieldKind {
  const { pattern, example, isSound }: IdentifierKind = IDENTIFIERS[name];
  const digits = isSound
    ? ', with check digits that agree with the rest: look for a slip of the keyboard'
    : '';
  return simple(
    name,
    { type: 'string', pattern: pattern.source, examples: [example] },
    `must look like ${example}${digits}`,
    (value) => typeof value === 'string' && pattern.test(value) && isSound?.(value) !== false,
  );
}

const SHA_256 = /^[0-9a-f]{64}$/;
const sha256 = simple(
  'sha256',
  { type: 'string', pattern: SHA_256.source },
  'must be a SHA-256 as 64 lower-case hexadecimal digits',
  (value) => typeof value === 'string' && SHA_256.test(value),
);

const LANGUAGE = /^[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-[A-Z]{2})?$/;
const language = simple(
  'language',
  { type: 'string', pattern: LANGUAGE.source, examples: ['zh'] },
  'must be a language tag such as en, zh or zh-Hant',
  (value) => typeof value === 'string' && LANGUAGE.test(value),
);

const anyObject = simple('object', { type: 'object' }, 'must be an object', isPlainObject);

export function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function list(of: FieldKind, max: number, min = 1): FieldKind {
  return {
    name: 'list',
    items: of,
    schema: { type: 'array', items: of.schema, minItems: min, maxItems: max },
    problems: (value, path) =>
      Array.isArray(value) && value.length >= min && value.length <= max
        ? value.flatMap((item, index) => of.problems(item, `${path}[${index}]`))
        : [{ field: path, message: `must be a list of ${min} to ${max} items` }],
    ...(of.ordered && {
      ordered: (value: unknown) => (Array.isArray(value) ? value.map((item) => of.ordered?.(item)) : value),
    }),
  };
}

/** The kind of a value that consists of declared fields. */
function part(fields: FieldsClass): FieldKind {
  return {
    name: 'part',
    fields,
    schema: { $ref: `#/components/schemas/${fields.name}` },
    problems: (value, path) => problemsOf(fields, value, path),
    ordered: (value) => (isPlainObject(value) ? inDeclaredOrder(fields, value) : value),
  };
}

export const Text = (description: string, max = 1000) => field(text(max), description);
export const Texts = (description: string, max = 50) => field(list(text(300), max), description);
export const Slug = (description: string) => field(slug, description);
export const Entity = (description: string) => field(entity, description);
export const Slugs = (description: string, max = 50) => field(list(slug, max), description);
export const Country = (description: string) => field(country, description);
export const Market = (description: string) => field(market, description);
export const MarketOrEu = (description: string) => field(marketOrEu, description);
export const MarketsOrEu = (description: string) => field(list(marketOrEu, 250), description);
export const Markets = (description: string) => field(list(market, 250), description);
export const OneOf = (values: readonly string[], description: string) => field(oneOf(values), description);
export const ManyOf = (values: readonly string[], description: string) =>
  field(list(oneOf(values), values.length), description);
export const Count = (description: string) => field(count, description);
export const Amount = (description: string) => field(number(0, LARGEST, false), description);
export const PositiveAmount = (description: string) => field(number(0, LARGEST, true), description);
export const Percent = (description: string) => field(number(0, 100, false), description);
export const Rate = (description: string) => field(number(-1000, 1000, false), description);
export const DateOrInterval = (description: string) => field(date, description);
export const Occurrence = (description: string) => field(occurrence, description);
export const Url = (description: string) => field(httpUrl, description);
export const EventId = (description: string) => field(uuid, description);
export const StreamName = (description: string) => field(streamName, description);
export const EventIds = (description: string, max = 50) => field(list(uuid, max), description);
export const Identifier = (name: IdentifierName, description: string) => field(identifier(name), description);
export const Sha256 = (description: string) => field(sha256, description);
export const Language = (description: string) => field(language, description);
export const Currency = (description: string) => field(currency, description);
export const AnyObject = (description: string) => field(anyObject, description);
export const Part = (fields: FieldsClass, description: string) => field(part(fields), description);
export const Parts = (fields: FieldsClass, description: string, max = 50, min = 1) =>
  field(list(part(fields), max, min), description);
