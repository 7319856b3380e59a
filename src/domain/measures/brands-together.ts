const JOINED = '+';

/** The brands of an entity: the entity itself, or each of several brands counted together. */
export const brandsIn = (entity: string): readonly string[] => entity.split(JOINED);

/** The entity for several brands counted together; a single brand stays itself. */
export const togetherOf = (brands: readonly string[]): string => [...new Set(brands)].sort().join(JOINED);

/** Whether an entity is several brands counted together. */
export const isTogether = (entity: string): boolean => entity.includes(JOINED);
