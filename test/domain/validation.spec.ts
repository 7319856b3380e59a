import { isURL, validateSync } from 'class-validator';
import fc from 'fast-check';
import { definitionOf, EVENT_TYPES, type EventType } from '../../src/domain/events/catalogue.js';
import { Evidence } from '../../src/domain/ledger/evidence.js';
import {
  Amount,
  AnyObject,
  Count,
  Country,
  Currency,
  DateOrInterval,
  EventId,
  ManyOf,
  Market,
  Markets,
  OneOf,
  Optional,
  Part,
  Parts,
  Percent,
  PositiveAmount,
  Rate,
  Slug,
  Slugs,
  Text,
  Texts,
  Url,
} from '../../src/domain/events/fields.js';
import { type FieldsClass } from '../../src/domain/events/field-kind.js';
import { Investment } from '../../src/domain/events/investment.js';
import { normalize, problemsOfProposal, Proposal, readData } from '../../src/domain/ledger/proposal.js';
import { fieldsOf, inDeclaredOrder, problemsOf } from '../../src/domain/events/validation.js';
import { proposal } from './given-when-then.js';
import { RUNS } from './random-history.js';
import { FULL_DATA } from './sample-events.js';

/** One field of each kind. */
class Kinds {
  @Text('', 10) text!: string;
  @Texts('', 2) texts!: string[];
  @Slug('') slug!: string;
  @Slugs('', 2) slugs!: string[];
  @Country('') country!: string;
  @Market('') market!: string;
  @Markets('') markets!: string[];
  @OneOf(['a', 'b'], '') oneOf!: string;
  @ManyOf(['a', 'b'], '') manyOf!: string[];
  @Count('') count!: number;
  @Amount('') amount!: number;
  @PositiveAmount('') positive!: number;
  @Percent('') percent!: number;
  @Rate('') rate!: number;
  @DateOrInterval('') date!: string;
  @Url('') url!: string;
  @EventId('') id!: string;
  @Currency('') currency!: string;
  @AnyObject('') object!: object;
  @Part(Investment, '') part!: Investment;
  @Parts(Investment, '', 2) parts!: Investment[];
  @Optional() @Text('', 10) optional?: string;
}

const UUID = '00000000-0000-4000-8000-000000000001';
const money = { amount: 1, currency: 'EUR' };
/** The result of JSON.parse for 1e400: the only non-finite number that JSON can produce. */
const INFINITE = JSON.parse('1e400') as number;
const HIGH = '\ud83d';
const long = (length: number) => 'a'.repeat(length);

/** Valid and invalid values for each kind of field. */
const EDGES: Readonly<Record<string, { good: readonly unknown[]; bad: readonly unknown[] }>> = {
  text: {
    good: ['a', long(10), ' a ', 'a\nb\tc\r', '小鹏汽车', '🚗', '<b>&"', '0', 'é'],
    bad: [
      '',
      ' ',
      '\n\t',
      '\u3000',
      long(11),
      long(1_000_000),
      'a\u0000b',
      'a\u001b[0m',
      '\u007f',
      `a${HIGH}b`,
    ],
  },
  texts: { good: [['a'], ['a', 'b']], bad: [[], ['a', 'b', 'c'], [''], ['a', 1], [['a']], { 0: 'a' }, 'a'] },
  slug: {
    good: ['a', '0', 'half-overseas', 'a-1-b', long(64)],
    bad: ['', 'A', 'a b', '-a', 'a-', 'a--b', 'a_b', 'ä', 'a/b', '../a', long(65), 'a\n', 'а', '__proto__'],
  },
  slugs: { good: [['a', 'b-c']], bad: [['A'], [], ['a', 'b', 'c']] },
  country: {
    good: ['NO', 'CN', 'XK', 'GB'],
    bad: ['no', 'No', 'NOR', 'EU', 'UK', 'XX', 'N', '', ' NO', 'NO\n'],
  },
  market: { good: ['EU', 'NO', 'XK'], bad: ['eu', 'EUR', 'ZZ', '', ['NO']] },
  markets: { good: [['EU', 'NO']], bad: [['EU', 'no'], [], 'EU'] },
  oneOf: { good: ['a', 'b'], bad: ['c', '', 'A', ['a'], 'toString', 0] },
  manyOf: { good: [['a'], ['a', 'b']], bad: [[], ['c'], ['a', 'b', 'a'], 'a'] },
  count: { good: [1, 3.0, 1_000_000_000], bad: [0, -1, 1.5, 1_000_000_001, '1', INFINITE, 1e21, true, '٣'] },
  amount: { good: [0, 0.1, 1e12], bad: [-0.01, 1e12 + 1, INFINITE, '0', ''] },
  positive: { good: [5e-324, 1, 1e12], bad: [0, -0, -1, 1e13] },
  percent: { good: [0, 100, 33.333], bad: [-1, 100.000001, '50', '50 %'] },
  rate: { good: [-1000, 0, 20.7, 1000], bad: [-1000.1, 1001] },
  date: {
    good: ['2025', '2025-09~', '2030/2033', '203X'],
    bad: ['', '2025-13', '2033/2030', 2025, '2025/..'],
  },
  url: {
    good: [
      'https://example.com',
      'http://example.com/a?b=c#d',
      'https://例子.com/',
      `https://example.com/${long(2000)}`,
    ],
    bad: [
      '',
      'example.com',
      '//example.com',
      'ftp://example.com',
      'javascript:alert(1)',
      'data:text/html,x',
      'https://',
      'https://a b.com',
      'https://example.com/\u0000',
      `https://example.com/${long(2048)}`,
    ],
  },
  id: { good: [UUID, UUID.toUpperCase()], bad: ['', 'x', UUID.slice(1), `${UUID} `, `{${UUID}}`] },
  currency: { good: ['EUR', 'CNY'], bad: ['eur', 'EU', 'XXY', '', '€'] },
  object: { good: [{}, { a: 1 }], bad: [[], 'a', 1, true] },
  part: {
    good: [money],
    bad: [{}, [money], { amount: 1 }, { ...money, more: 1 }, { ...money, amount: '1' }, 'EUR 1'],
  },
  parts: { good: [[money], [money, money]], bad: [[], [money, money, money], [{}], money, [null]] },
  optional: { good: [undefined, 'a'], bad: ['', 1] },
};

/** JSON values that no field accepts in place of another kind of value. */
const NEVER = [null, true, [[]], [null], { a: 1, b: {} }, '\u0000', HIGH, INFINITE, -INFINITE, long(100_000)];

const valid = (): Record<string, unknown> =>
  Object.fromEntries(Object.entries(EDGES).map(([name, { good }]) => [name, good[0]]));
const wrongIn = (value: object): string[] =>
  [...new Set(problemsOf(Kinds, value).map(({ field }) => field.split(/[.[]/)[0] ?? ''))].sort();

/** The fields that class-validator itself rejects with the same decorators. */
function wrongByClassValidator(fields: FieldsClass, value: object): string[] {
  const instance: object = Object.assign(new fields(), value);
  return [...new Set(validateSync(instance).map(({ property }) => property))].sort();
}

describe('each kind of field', () => {
  it('is looked at here', () => {
    expect([...fieldsOf(Kinds).keys()].sort()).toEqual(Object.keys(EDGES).sort());
    expect(problemsOf(Kinds, valid())).toEqual([]);
  });
  it.each(Object.keys(EDGES))(
    '%s takes what is good and refuses what is bad, as class-validator does',
    (name) => {
      const { good = [], bad = [] } = EDGES[name] ?? {};
      for (const [values, expected] of [
        [good, []],
        [bad, [name]],
        [
          NEVER.filter((each) => name !== 'object' || !(each instanceof Object) || Array.isArray(each)),
          [name],
        ],
      ] as const) {
        for (const value of values) {
          const given = { ...valid(), [name]: value };
          expect([value, wrongIn(given)]).toEqual([value, expected]);
          expect([value, wrongByClassValidator(Kinds, given)]).toEqual([value, expected]);
        }
      }
    },
  );
  it.each(Object.keys(EDGES))('%s that is left out is missing, unless it is optional', (name) => {
    const { [name]: _, ...rest } = valid();
    expect(wrongIn(rest)).toEqual(name === 'optional' ? [] : [name]);
    expect(wrongByClassValidator(Kinds, rest)).toEqual(name === 'optional' ? [] : [name]);
  });
  it('tells where in a list or a part the problem is, and how to mend it', () => {
    const given = { ...valid(), parts: [money, { amount: 0, more: 1 }], markets: ['NO', 'no'] };
    expect(problemsOf(Kinds, given, 'data')).toEqual([
      { field: 'data.markets[1]', message: expect.stringContaining('such as NO, or one of the regions EU') },
      { field: 'data.parts[1].more', message: 'is not a known field; known are amount, currency' },
      { field: 'data.parts[1].amount', message: 'must be a number above 0 and at most 1000000000000' },
      { field: 'data.parts[1].currency', message: 'is missing' },
    ]);
  });
  it('is known by its own name alone, not by what every object has', () => {
    const given = JSON.parse(`{"__proto__": {"text": "a"}, "constructor": 1, "toString": "a"}`) as object;
    const unknown = problemsOf(Kinds, given).filter(({ message }) => message.startsWith('is not a known'));
    expect(unknown.map(({ field }) => field)).toEqual(['__proto__', 'constructor', 'toString']);
    const inherited = Object.create(valid()) as object;
    expect(problemsOf(Investment, JSON.parse('{"amount":1,"__proto__":{"currency":"EUR"}}'))).not.toEqual([]);
    expect(Object.keys(inherited)).toEqual([]);
  });
  it('is part of an object: nothing else is one', () => {
    for (const value of [null, undefined, 'a', 1, true, []])
      expect(problemsOf(Kinds, value)).toEqual([{ field: '', message: 'must be an object' }]);
  });
});

describe('the data of every type of event', () => {
  it.each(EVENT_TYPES)('%s: a full example is valid, and stays what it is in recorded form', (type) => {
    expect(readData(type, FULL_DATA[type])).not.toHaveProperty('problems');
    const shuffled = Object.fromEntries(Object.entries(FULL_DATA[type]).reverse());
    const { data } = definitionOf(type);
    expect(inDeclaredOrder(data, shuffled)).toEqual(FULL_DATA[type]);
    expect(JSON.stringify(inDeclaredOrder(data, shuffled))).toBe(
      JSON.stringify(inDeclaredOrder(data, FULL_DATA[type])),
    );
  });

  const json = fc.oneof(
    fc.constantFrom(...NEVER),
    fc.constantFrom(...Object.values(EDGES).flatMap(({ good, bad }) => [...good, ...bad])),
    fc.jsonValue({ maxDepth: 2 }),
  );
  it.each(EVENT_TYPES)('%s: what is found wrong is what class-validator finds wrong', (type) => {
    const { data: fields } = definitionOf(type);
    const names = [...fieldsOf(fields).keys()];
    const replaced = fc.dictionary(fc.constantFrom(...names), json, { maxKeys: 3 });
    const removed = fc.subarray(names);
    const good: object = FULL_DATA[type];
    fc.assert(
      fc.property(replaced, removed, fc.boolean(), (values, missing, removes) => {
        const given: Record<string, unknown> = { ...good, ...values };
        if (removes) for (const name of missing) Reflect.deleteProperty(given, name);
        const ours = new Set(problemsOf(fields, given).map(({ field }) => field.split(/[.[]/)[0] ?? ''));
        expect([...ours].sort()).toEqual(wrongByClassValidator(fields, given));
      }),
      { numRuns: Math.ceil(RUNS / 2) },
    );
  });
  it.each(EVENT_TYPES)('%s: an unknown field is refused, as with forbidNonWhitelisted', (type) => {
    const { data: fields } = definitionOf(type);
    const given: object = { ...FULL_DATA[type], surprise: 1 };
    expect(problemsOf(fields, given).map(({ field }) => field)).toEqual(['surprise']);
    const instance: object = Object.assign(new fields(), given);
    const errors = validateSync(instance, { whitelist: true, forbidNonWhitelisted: true });
    expect(errors.map(({ property }) => property)).toEqual(['surprise']);
  });
  it('is looked at for any JSON without a throw', () => {
    fc.assert(
      fc.property(fc.constantFrom<EventType>(...EVENT_TYPES), fc.jsonValue(), (type, data) => {
        expect(readData(type, data)).toBeInstanceOf(Object);
        expect(Array.isArray(problemsOfProposal({ type, data }))).toBe(true);
        expect(problemsOfProposal(data)).not.toEqual([]);
      }),
      { numRuns: RUNS },
    );
  });
});

describe('an address', () => {
  class Source {
    @Url('') url!: string;
  }
  it('is one exactly where class-validator says so, however plain it is', () => {
    const letters = fc.constantFrom(...'aA0-._~/:?#@%é ', 'xn--', '..', '//');
    const label = fc.array(letters, { maxLength: 6 }).map((parts) => parts.join(''));
    const plain = fc.stringMatching(/^[a-z0-9-]{1,64}$/);
    const host = fc
      .array(fc.oneof(plain, label), { minLength: 1, maxLength: 6 })
      .map((parts) => parts.join('.'));
    const path = fc.array(label, { maxLength: 3 }).map((parts) => parts.map((part) => `/${part}`).join(''));
    const scheme = fc.constantFrom('http://', 'https://', 'HTTPS://', 'ftp://', '//', '');
    const address = fc.oneof(
      fc.tuple(scheme, host, path).map((parts) => parts.join('')),
      fc.webUrl(),
    );
    fc.assert(
      fc.property(address, (url) => {
        const accepted = isURL(url, { protocols: ['http', 'https'], require_protocol: true });
        expect(problemsOf(Source, { url }).length === 0).toBe(url.trim() !== '' && accepted);
      }),
      { numRuns: RUNS },
    );
  });
});

describe('a proposal', () => {
  const entered = proposal('MarketEntered', '2021', { market: 'NO' });
  const wrong = (value: unknown) => problemsOfProposal(value).map(({ field }) => field);

  it('has a date and a source', () => {
    expect(wrong(entered)).toEqual([]);
    expect(wrong({ ...entered, occurredOn: undefined })).toEqual(['occurredOn']);
    expect(wrong({ ...entered, evidence: [] })).toEqual(['evidence']);
    expect(wrong({ ...entered, evidence: undefined })).toEqual(['evidence']);
    expect(wrong({ ...entered, evidence: [{}] })).toEqual([
      'evidence[0].url',
      'evidence[0].publisher',
      'evidence[0].grade',
    ]);
  });
  it('of a registration needs no source, and of an act no date', () => {
    const name = { name: 'XPeng', homeMarket: 'CN' };
    expect(wrong({ type: 'AutomakerRegistered', occurredOn: '2014', data: name })).toEqual([]);
    const act = proposal('EventRetracted', undefined, FULL_DATA.EventRetracted);
    expect(wrong(act)).toEqual([]);
    expect(wrong({ ...act, occurredOn: '2021' })).toEqual(['occurredOn']);
  });
  it('is of a type that there is, with the data of that type', () => {
    expect(wrong({ ...entered, type: 'MarketSold' })).toEqual(['type']);
    expect(wrong({ ...entered, type: 'constructor' })).toEqual(['type']);
    expect(wrong({ ...entered, data: { market: 'no', more: 1 } })).toEqual(['data.more', 'data.market']);
    expect(wrong({ ...entered, data: null })).toEqual(['data', 'data']);
    expect(wrong({ ...entered, id: UUID })).toEqual(['id']);
    expect(wrong({ ...entered, duplicateOf: 'all' })).toEqual(['duplicateOf']);
  });
  it('is one and the same in its recorded form, in whichever order its fields come', () => {
    const source = { grade: 'reported', publisher: 'P', url: 'https://example.com' } as Evidence;
    const one = { ...entered, evidence: [source], note: 'n' };
    const other = Object.fromEntries(Object.entries(one).reverse()) as unknown as Proposal;
    expect(JSON.stringify(normalize(other))).toBe(JSON.stringify(normalize(one)));
    expect(Object.keys(normalize(one).evidence?.[0] ?? {})).toEqual(['url', 'publisher', 'grade']);
  });
});
