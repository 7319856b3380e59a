import { partsMayBear } from '../goals/by-wholes.js';
import { brandsIn } from '../measures/brands-together.js';
import { standsAloneAmong } from '../measures/connected-figures.js';
import { solidFigures } from '../measures/comparability.js';
import { MEASURES } from '../measures/measures.js';
import type { Automaker } from '../state/automaker.js';
import type { AnyRecord, FigureRecord, RecordKind, TargetRecord } from '../state/records.js';

/** A record that differs between two states of an automaker. */
export interface ChangedRecord {
  readonly kind: RecordKind;
  readonly key: string;
  readonly before?: AnyRecord;
  readonly after?: AnyRecord;
}

/**
 * Which goals may have another verdict or value in one of two states of an automaker than in the other. Judging takes long where
 * there are thousands of goals, and a goal that counts units over a time looks at figures of its own entity alone. Others also
 * look at what was logged by the day of asking: they are always among them.
 */
export function touchedGoals(
  changed: readonly ChangedRecord[],
  automakers: readonly (Automaker | undefined)[],
): (goal: TargetRecord) => boolean {
  const own = new Set(changed.flatMap(({ kind, key }) => (kind === 'target' ? [key] : [])));
  // What is recorded of an automaker itself, its home market among it, has a part in everything.
  const isAny = changed.some(({ kind }) => kind === 'automaker');
  const figures = changed.flatMap(({ kind, before, after }) =>
    // A record of this kind has this shape.
    kind === 'figure' ? ([before, after].filter(Boolean) as FigureRecord[]) : [],
  );
  const entities = new Set(figures.map(({ entity }) => entity));
  const isAnyFigure =
    figures.some(bearsOnOthers) ||
    (figures.length > 0 && automakers.some((each) => each && haveParts(each, figures)));
  return ({ target, versions }) => {
    const terms = versions.at(-1)?.terms;
    if (!terms || isAny || own.has(target) || MEASURES[terms.measure].nature !== 'flow') return true;
    return (
      isAnyFigure ||
      entities.has(terms.entity) ||
      brandsIn(terms.entity ?? '').some((each) => entities.has(each))
    );
  };
}

/** Whether parts and wholes may connect one of the figures with another entity than its own. */
function haveParts({ figures: all }: Automaker, figures: readonly FigureRecord[]): boolean {
  const standsAlone = standsAloneAmong(all);
  return figures.some(({ entity }) => !standsAlone(entity)) && partsMayBear(solidFigures(all));
}

/** Whether a figure puts others right, or says what they add up to. */
const bearsOnOthers = ({ reports }: FigureRecord): boolean =>
  reports.some(({ restates, sumOf }) => restates !== undefined || sumOf !== undefined);
