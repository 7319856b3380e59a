import { readFile } from 'node:fs/promises';

/**
 * Folder of the files shipped with the software. The relative path is the same from `src` and from `dist`.
 */
const SHIPPED = new URL('../../', import.meta.url);

/** The licence, which is part of every snapshot. */
export const licenceText = (): Promise<string> => readFile(new URL('LICENSE', SHIPPED), 'utf8');

/** The program that checks a snapshot without this software. */
export const verifierText = (): Promise<string> =>
  readFile(new URL('data/verify-snapshot.mjs', SHIPPED), 'utf8');
