import { open, rm, type FileHandle } from 'node:fs/promises';

/** So many bytes are gathered before they are written. */
const GATHERED = 64 * 1024;

/**
 * A new file that is written piece by piece. What the file system refuses rejects the call that meets it, and nothing
 * else: a stream would raise it where nobody listens.
 */
export class BufferedFile {
  private pieces: Buffer[] = [];
  private gathered = 0;

  private constructor(
    readonly path: string,
    private readonly handle: FileHandle,
  ) {}

  /** Makes a file for its owner alone. Rejects with EEXIST where there is one of the name. */
  static async create(path: string): Promise<BufferedFile> {
    return new BufferedFile(path, await open(path, 'wx', 0o600));
  }

  async write(piece: Uint8Array | string): Promise<void> {
    const bytes = Buffer.from(piece);
    this.pieces.push(bytes);
    this.gathered += bytes.length;
    if (this.gathered >= GATHERED) await this.flush();
  }

  /** Writes what is left and closes the file, also where that fails. */
  async close(): Promise<void> {
    try {
      await this.flush();
    } finally {
      await this.handle.close();
    }
  }

  /** Closes and removes the file. */
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

/** Whether the file system gave a certain answer, such as ENOENT. */
export function isFileError(error: unknown, code: string): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === code;
}
