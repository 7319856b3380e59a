import { readFile } from 'node:fs/promises';

/** Where what is shipped beside the software lies: the same distance from here in `src` and in `dist`. */
const SHIPPED = new URL('../../', import.meta.url);

/** The licence as it goes into every snapshot. */
export const licenceText = (): Promise<string> => readFile(new URL('LICENSE', SHIPPED), 'utf8');

/** The program that checks a snapshot without this software. */
export const verifierText = (): Promise<string> =>
  readFile(new URL('data/verify-snapshot.mjs', SHIPPED), 'utf8');
