import { automakerFrom, type Automaker } from '../../../src/domain/state/automaker.js';
import { progressOf, type Progress } from '../../../src/domain/goals/progress.js';
import type { Proposal } from '../../../src/domain/ledger/proposal.js';
import { givenIn, proposal } from '../given-when-then.js';
import { figure, goal } from './goal.js';

const TODAY = '2026-11-29';

function automaker(id: string, group: string | undefined, proposals: readonly Proposal[]): Automaker {
  const registered = proposal('AutomakerRegistered', '2014', {
    name: id,
    homeMarket: 'CN',
    ...(group !== undefined && { group }),
  });
  const { state } = givenIn(`automaker-${id}`, registered, ...proposals);
  const found = automakerFrom(id, state);
  if (!found) throw new Error(`${id} is not registered`);
  return found;
}

function progress(of: Automaker, relatives: readonly Automaker[]): Progress {
  const [record] = of.targets;
  if (!record) throw new Error(`${of.id} has no goal`);
  return progressOf({ ...of, relatives }, record, TODAY);
}

describe('one promise that is recorded for a brand and for its group', () => {
  const terms = {
    measure: 'overseas-markets',
    threshold: 8,
    unit: 'markets',
    deadline: '2025',
    wording: 'eight markets by 2025',
  };
  const told = figure({ measure: 'overseas-markets', value: 20, asOf: '2024-04-24', entity: 'brand-zeekr' });

  it('has one verdict, by what both streams know of the brand', () => {
    const brand = automaker('zeekr', 'geely', [goal(terms, '2023-09')]);
    const group = automaker('geely', undefined, [goal({ ...terms, entity: 'brand-zeekr' }, '2023-09'), told]);
    const [ofBrand, ofGroup] = [progress(brand, [group]), progress(group, [brand])];
    expect(ofBrand).toMatchObject({ status: 'achieved', value: { value: 20 } });
    expect([ofGroup.status, ofGroup.statusAsOf, ofGroup.value?.value]).toEqual([
      'achieved',
      '2024-04-24',
      20,
    ]);
  });

  it('counts what was logged in the stream of the brand', () => {
    const entries = ['NO', 'SE', 'NL'].map((market) => proposal('MarketEntered', '2024-05-01', { market }));
    const brand = automaker('zeekr', 'geely', [goal(terms, '2023-09'), ...entries]);
    const group = automaker('geely', undefined, [goal({ ...terms, entity: 'brand-zeekr' }, '2023-09')]);
    expect(progress(group, [brand]).logged?.count).toBe(3);
    expect(progress(group, []).logged).toBeUndefined();
  });

  it('is left alone where the brand belongs to another group', () => {
    const brand = automaker('zeekr', 'volvo', [goal(terms, '2023-09')]);
    const group = automaker('geely', undefined, [goal({ ...terms, entity: 'brand-zeekr' }, '2023-09'), told]);
    expect(progress(brand, [group]).value).toBeUndefined();
  });
});
