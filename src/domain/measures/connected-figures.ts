import { PerObjectMemo } from '../state/per-object-memo.js';
import type { FigureRecord } from '../state/records.js';
import { brandsIn, isTogether } from './brands-together.js';
import { isBrandOrModel } from './whole-inequalities.js';

/**
 * Whether nothing connects an entity with what else is counted of the automaker: it is neither the automaker itself nor
 * one of its brands or models, and no figure counts it together with another one.
 */
export const standsAlone = (figures: readonly FigureRecord[], entity: string | undefined): boolean =>
  entity !== undefined && !isBrandOrModel(entity) && !isTogether(entity) && !joinedIn(figures).has(entity);

const joined = new PerObjectMemo<readonly FigureRecord[], ReadonlySet<string>>();

/** The entities that some figure counts together with others. */
const joinedIn = (figures: readonly FigureRecord[]): ReadonlySet<string> =>
  joined.of(
    figures,
    '',
    () => new Set(figures.flatMap(({ entity = '' }) => (isTogether(entity) ? brandsIn(entity) : []))),
  );

const connected = new PerObjectMemo<readonly FigureRecord[], readonly FigureRecord[]>();

/** The figures that parts and wholes can connect with an entity. The same array if all of them are. */
export const connectedFigures = (
  figures: readonly FigureRecord[],
  entity: string | undefined,
): readonly FigureRecord[] =>
  connected.of(figures, entity ?? '', () => {
    const own = new Set([entity, ...brandsIn(entity ?? '')]);
    const isAlone = standsAlone(figures, entity);
    const found = figures.filter(
      (each) => own.has(each.entity) || (!isAlone && !standsAlone(figures, each.entity)),
    );
    return found.length === figures.length ? figures : found;
  });
