import { statSync } from 'node:fs';

/** Throws an error with the code EISDIR where a folder lies in the place of a file: what reads it would not say which. */
export function refuseFolder(file: string): void {
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory() !== true) return;
  throw Object.assign(new Error(`${file} is a folder, where a file belongs. Move it away.`), {
    code: 'EISDIR',
  });
}
