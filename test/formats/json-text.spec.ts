import fc from 'fast-check';
import { repeatedName } from '../../src/domain/ledger/repeated-name.js';
import { parseJson, UnusableJson } from '../../src/formats/json-text.js';

describe('JSON that says something twice', () => {
  it.each([
    ['{"a":1,"a":2}', 'a'],
    ['{"a" : 1, "b":2, "a"\n:\t2}', 'a'],
    ['{"data":{"market":"NO","market":"SE"}}', 'market'],
    ['[{"a":1},{"b":[{"c":1,"c":1}]}]', 'c'],
    ['{"type":1,"t\\u0079pe":2}', 'type'],
    ['{"a":"b\\":","a":2}', 'a'],
    ['{"":1,"":2}', ''],
  ])('is refused by the name: %s', (text, name) => {
    expect(() => parseJson(text)).toThrow(new UnusableJson(`says ${JSON.stringify(name)} twice`));
  });

  it.each([
    '{"a":{"a":{"a":1}},"b":[{"a":1},{"a":1}]}',
    '{"a":"\\"a\\":1","b":"{\\"a\\": 1}"}',
    '{"a\\"":1,"a":2,"a\\\\":3}',
    '["a:","b\\":", ":"]',
    '" : "',
  ])('is not what says it in different places, or in a text: %s', (text) => {
    expect(parseJson(text)).toEqual(JSON.parse(text));
  });

  it('is never what JSON.stringify has written', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value);
        let names = 0;
        JSON.parse(text, function (this: unknown, _, content: unknown) {
          if (typeof content === 'object' && content !== null && !Array.isArray(content))
            names += Object.keys(content).length;
          return content;
        });
        expect(repeatedName(text, names)).toBeUndefined();
      }),
    );
  });
});
