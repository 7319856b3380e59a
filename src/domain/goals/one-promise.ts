import type { Automaker } from '../state/automaker.js';
import { PerObjectMemo } from '../state/per-object-memo.js';
import type { FigureRecord, TargetTerms } from '../state/records.js';

/** What a goal is judged by: everything known of a brand, from its own stream and from that of its group. */
export interface Promised {
  readonly automaker: Automaker;
  readonly terms: TargetTerms;
}

/** An entity's id may be that of the brand's own stream, or have a prefix for its kind. */
const PREFIX = /^(?:brand|associate)-/;

/** The id of the automaker that an entity is, if the ledger tracks it separately. */
export const automakerOfEntity = (entity: string): string => entity.replace(PREFIX, '');

/**
 * A promise has the same verdict whether it was recorded for a brand, or for its group with the brand as
 * entity: both are judged by what both streams know of the brand. All other goals are judged by their own
 * stream.
 */
export function promised(automaker: Automaker, terms: TargetTerms): Promised {
  const { relatives = [], profile } = automaker;
  if (terms.entity === undefined) {
    const group = relatives.find(({ id }) => id === profile.group);
    return group ? { automaker: brandOf(automaker, group), terms } : { automaker, terms };
  }
  const brand = relatives.find(
    (each) => each.id === automakerOfEntity(terms.entity ?? '') && each.profile.group === automaker.id,
  );
  if (!brand) return { automaker, terms };
  const { entity: _entity, ...own } = terms;
  return { automaker: brandOf(brand, automaker), terms: own };
}

const views = new PerObjectMemo<
  readonly FigureRecord[],
  { readonly group: readonly FigureRecord[]; readonly view: readonly FigureRecord[] }
>();

/** A brand, with its group's figures of it as its own. */
function brandOf(brand: Automaker, group: Automaker): Automaker {
  const known = views.of(brand.figures, group.id, () => viewOf(brand, group));
  const { view } = known.group === group.figures ? known : viewOf(brand, group);
  return { ...brand, figures: view };
}

function viewOf(brand: Automaker, group: Automaker) {
  const told = group.figures.filter(
    ({ entity }) => entity !== undefined && automakerOfEntity(entity) === brand.id,
  );
  const own = told.map(({ entity: _entity, ...figure }): FigureRecord => figure);
  return { group: group.figures, view: own.length > 0 ? joined([...brand.figures, ...own]) : brand.figures };
}

/** Merges figures of the same measure, perimeter and period, with all their reports. */
function joined(figures: readonly FigureRecord[]): readonly FigureRecord[] {
  const byKey = new Map<string, FigureRecord>();
  for (const figure of figures) {
    const { reports, growths = [], ...what } = figure;
    const key = JSON.stringify([
      what.measure,
      what.market,
      what.basis,
      what.vehicles,
      what.countedBy,
      what.first,
      what.last,
    ]);
    const same = byKey.get(key);
    const all = [...(same?.growths ?? []), ...growths];
    byKey.set(
      key,
      same
        ? { ...same, reports: [...same.reports, ...reports], ...(all.length > 0 && { growths: all }) }
        : figure,
    );
  }
  return [...byKey.values()];
}
