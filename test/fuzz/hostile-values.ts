import fc from 'fast-check';

/** Texts that may break parsers, databases, terminals or pages, and also plain ones. */
export const hostileText = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    'null',
    'undefined',
    'NaN',
    '__proto__',
    'constructor',
    'toString',
    '../../etc/passwd',
    '%00',
    '%2e%2e%2f',
    '\u0000',
    'a\u0000b',
    '\ud800',
    'a\udc00b',
    '\ufffd',
    '\ufeffBOM',
    '\u202eoverride',
    '\u2066isolate\u2069',
    '\u001b[31mred',
    '\u0007',
    '\u0085',
    'line\nbreak',
    'carriage\rreturn',
    'tab\there',
    'Zu\u0308rich',
    ' Z\u00fcrich\u00a0',
    'Z\u00fcrich\u200b',
    '=HYPERLINK("https://example.com")',
    '"quoted, text"',
    "Robert'); DROP TABLE events;--",
    '<script>alert(1)</script>',
    '{{7*7}}',
    '\u{1f468}\u200d\u{1f469}\u200d\u{1f467}',
    'x'.repeat(300),
    'x'.repeat(20_000),
  ),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
);

/** Dates and instants that are valid, look valid, or never existed. */
export const hostileDate = fc.oneof(
  fc.constantFrom(
    '0000',
    '000X',
    '0000/2025',
    '0205-03',
    '9999',
    '10000',
    '-0001',
    '2025-02-30',
    '2025-13',
    '2025-00',
    '2025-02-29',
    '2024-02-29',
    '2025-01-31T24:00:00Z',
    '2026-02-30T00:00:00.000Z',
    '2099-01-01T00:00:00.000Z',
    '2025/2024',
    '2025/',
    '../2025-03',
    '2025~',
    '2025?',
    '2025%',
    '20XX',
    '2025-XX',
    '2025-21',
    '[2025..2026]',
    'Y170000002',
    '2025-1-1',
    '1.1.2025',
  ),
  fc
    .date({ noInvalidDate: true, min: new Date('1799-01-01'), max: new Date('2201-12-31') })
    .map((date) => date.toISOString().slice(0, 10)),
);

/** Numbers at the limits of JSON and databases. */
export const hostileNumber = fc.oneof(
  fc.constantFrom(0, -0, -1, 1, 0.1, 1e-300, 1e300, 1e21, 2 ** 31, 2 ** 53, 2 ** 53 + 2, -(2 ** 63), 67.052),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);

const leaf = fc.oneof(hostileText, hostileDate, hostileNumber, fc.boolean(), fc.constant(null));

/** Any JSON, some of it nested, some with names that objects already have. */
export const hostileJson: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: leaf },
  { weight: 1, arbitrary: fc.array(leaf, { maxLength: 4 }) },
  { weight: 1, arbitrary: fc.dictionary(fc.oneof(hostileText, fc.constant('market')), leaf, { maxKeys: 4 }) },
);

/** JSON as text: deeply nested, or with keys that an object literal cannot have. */
export const hostileJsonText = fc.oneof(
  hostileJson.map((value) => JSON.stringify(value)),
  fc.integer({ min: 1, max: 20_000 }).map((depth) => '['.repeat(depth) + ']'.repeat(depth)),
  fc.integer({ min: 1, max: 5000 }).map((depth) => '{"a":'.repeat(depth) + '1' + '}'.repeat(depth)),
  fc.constantFrom(
    '',
    '{',
    '[]',
    '{}',
    '"',
    '{"a":1,}',
    '{"__proto__":{"type":"MarketEntered"}}',
    '1e999',
    '\ufeff{}',
  ),
);
