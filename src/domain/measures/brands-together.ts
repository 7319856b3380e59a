const JOINED = '+';

/** The brands that an entity stands for: itself, or each of several that are counted together. */
export const brandsIn = (entity: string): readonly string[] => entity.split(JOINED);

/** Several brands as the one entity that they are together; one brand as itself. */
export const togetherOf = (brands: readonly string[]): string => [...new Set(brands)].sort().join(JOINED);

/** Whether an entity is several brands together. */
export const isTogether = (entity: string): boolean => entity.includes(JOINED);
