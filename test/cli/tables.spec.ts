import { coloured } from '../../src/cli/colours.js';
import { facts, table } from '../../src/cli/tables.js';

describe('tables', () => {
  it('puts numbers to the right, with thousands separators, and a dash where there is nothing', () => {
    expect(
      table(
        ['name', 'units'],
        [
          ['a', 1_234_567.891],
          ['bcd', undefined],
        ],
      ),
    ).toBe('name         units\n──────────────────\na     1,234,567.89\nbcd              –\n');
  });

  it('breaks long texts at words and slugs at hyphens, never ids, and is at most 120 wide', () => {
    const id = '00000000-0000-4000-8000-000000000001';
    const text = 'a sentence of many words '.repeat(10);
    const lines = table(['id', 'what', 'slug'], [[id, text, 'a-slug-of-many-parts-'.repeat(4)]]).split('\n');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(120);
    expect(lines.join('\n')).toContain(id);
    expect(lines.join(' ').match(/sentence/g)).toHaveLength(10);
  });

  it('says so where there is nothing to show, and leaves facts without a value out', () => {
    expect(table(['a'], [])).toBe('(none)\n');
    expect(
      facts([
        ['a', 'b'],
        ['long name', 1000],
        ['c', undefined],
      ]),
    ).toBe('a          b\nlong name  1,000\n');
  });
});

describe('colours', () => {
  it.each([
    [{ isTerminal: true, noColour: undefined }, '\u001b[31mmissed\u001b[39m'],
    [{ isTerminal: true, noColour: '' }, '\u001b[31mmissed\u001b[39m'],
    [{ isTerminal: true, noColour: '1' }, 'missed'],
    [{ isTerminal: false, noColour: undefined }, 'missed'],
  ])('%j', (terms, shown) => {
    expect(coloured('missed', terms)).toBe(shown);
    expect(coloured('no status', terms)).toBe('no status');
  });
});
