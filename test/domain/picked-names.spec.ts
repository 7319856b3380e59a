import { idFor, idNamed } from '../../src/domain/ledger/picked-names.js';

const THINGS = [
  { id: 'xpeng', names: ['XPeng', '小鹏汽车'] },
  { id: 'gwm', names: ['Great Wall Motor'] },
  { id: 'lynkco', names: ['Lynk & Co'] },
  { id: 'magna-graz', names: ['Magna Steyr'] },
  { id: 'magna-eu', names: ['Magna Steyr'] },
];

describe('names that people pick', () => {
  it.each([
    ['xpeng', 'xpeng'],
    ['XPENG', 'xpeng'],
    [' XPeng ', 'xpeng'],
    ['小鹏汽车', 'xpeng'],
    ['great wall motor', 'gwm'],
    ['Lynk & Co', 'lynkco'],
    ['Magna Graz', 'magna-graz'],
  ])('%s is %s', (text, id) => {
    expect(idNamed(text, THINGS)).toBe(id);
  });

  it('name nothing where nothing, or more than one thing, is called so', () => {
    expect(idNamed('BYD', THINGS)).toBeUndefined();
    expect(idNamed('Magna Steyr', THINGS)).toBeUndefined();
  });

  it.each([
    ['Half of sales abroad', 'half-of-sales-abroad'],
    ['half-overseas', 'half-overseas'],
    ['Škoda, Mladá Boleslav', 'skoda-mlada-boleslav'],
    ['  100 stores in France!  ', '100-stores-in-france'],
    ['小鹏', '小鹏'],
    ['a'.repeat(80), 'a'.repeat(64)],
  ])('%s makes the id %s', (text, id) => {
    expect(idFor(text)).toBe(id);
  });
});
