import { statSync, type Stats } from 'node:fs';

/**
 * Throws an error with a system error code when the path is not a regular file. A reader would not report
 * that, or would wait for ever.
 */
export function refuseOtherThanFile(file: string): void {
  const found = statSync(file, { throwIfNoEntry: false });
  if (!found || found.isFile()) return;
  const code = found.isDirectory() ? 'EISDIR' : 'EINVAL';
  refuse(`${file} is ${kindOf(found)}, where a file belongs. Move it away.`, code);
}

/** Throws an error with a system error code when a file lies in the place of a folder. */
export function refuseOtherThanFolder(folder: string): void {
  const found = statSync(folder, { throwIfNoEntry: false });
  if (!found || found.isDirectory()) return;
  refuse(
    `${folder} is ${kindOf(found)}, where a folder belongs. Name another one, or move it away.`,
    'ENOTDIR',
  );
}

function kindOf(found: Stats): string {
  if (found.isDirectory()) return 'a folder';
  return found.isFile() ? 'a file' : 'a pipe or a device';
}

function refuse(message: string, code: string): never {
  throw Object.assign(new Error(message), { code, syscall: 'open' });
}
