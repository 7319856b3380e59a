import { PerObjectMemo } from '../state/per-object-memo.js';
import type { FigureRecord } from '../state/records.js';
import { brandsIn, isTogether } from './brands-together.js';
import { isBrandOrModel } from './whole-inequalities.js';

/**
 * Tells of an entity whether nothing connects it with what else is counted of the automaker: it is neither the
 * automaker itself nor one of its brands or models, and no figure counts it together with another one.
 */
export function standsAloneAmong(figures: readonly FigureRecord[]): (entity: string | undefined) => boolean {
  const joined = new Set(figures.flatMap(({ entity = '' }) => (isTogether(entity) ? brandsIn(entity) : [])));
  return (entity) =>
    entity !== undefined && !isBrandOrModel(entity) && !isTogether(entity) && !joined.has(entity);
}

const connected = new PerObjectMemo<readonly FigureRecord[], readonly FigureRecord[]>();

/** The figures that parts and wholes can connect with an entity. The same array if all of them are. */
export const connectedFigures = (
  figures: readonly FigureRecord[],
  entity: string | undefined,
): readonly FigureRecord[] =>
  connected.of(figures, entity ?? '', () => {
    const own = new Set([entity, ...brandsIn(entity ?? '')]);
    const standsAlone = standsAloneAmong(figures);
    const isAlone = standsAlone(entity);
    const found = figures.filter((each) => own.has(each.entity) || (!isAlone && !standsAlone(each.entity)));
    return found.length === figures.length ? figures : found;
  });
