import { open, rm, type FileHandle } from 'node:fs/promises';

/** Bytes that are collected before they are written. */
const GATHERED = 64 * 1024;

/**
 * A new file that is written piece by piece. An error of the file system rejects the call that meets it; a
 * Node stream would instead emit an error event without a listener.
 */
export class BufferedFile {
  private pieces: Buffer[] = [];
  private gathered = 0;

  private constructor(
    readonly path: string,
    private readonly handle: FileHandle,
  ) {}

  /** Creates a file that only its owner can read. Rejects with EEXIST when the file exists. */
  static async create(path: string): Promise<BufferedFile> {
    return new BufferedFile(path, await open(path, 'wx', 0o600));
  }

  async write(piece: Uint8Array | string): Promise<void> {
    const bytes = Buffer.from(piece);
    this.pieces.push(bytes);
    this.gathered += bytes.length;
    if (this.gathered >= GATHERED) await this.flush();
  }

  /** Writes the remaining bytes and closes the file, even if the write fails. */
  async close(): Promise<void> {
    try {
      await this.flush();
    } finally {
      await this.handle.close();
    }
  }

  /** Closes and deletes the file. */
  async discard(): Promise<void> {
    await this.handle.close();
    await rm(this.path, { force: true });
  }

  private async flush(): Promise<void> {
    const bytes = Buffer.concat(this.pieces);
    this.pieces = [];
    this.gathered = 0;
    if (bytes.length > 0) await this.handle.appendFile(bytes);
  }
}

/** Whether an error has a certain code of the file system, such as ENOENT. */
export function isFileError(error: unknown, code: string): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === code;
}
