import type { LedgerLine } from '../../formats/ledger-line.js';
import type { BufferedFile } from './buffered-file.js';

/**
 * Stores the refused lines of an import byte for byte, with the header of their table and uniform line ends,
 * so that they can be corrected and imported again. If they cannot be written, the import continues and
 * `fault` tells why.
 */
export class RejectedLinesFile {
  private file: BufferedFile | undefined;
  private end: Buffer = Buffer.from('\n');
  private wrong: string | undefined;

  /** @param create creates the file when the first line arrives. */
  constructor(private readonly create: () => Promise<BufferedFile>) {}

  /** The path of the file; undefined if no line was written. */
  get path(): string | undefined {
    return this.file?.path;
  }

  /** Why some lines could not be written; undefined if all were. */
  get fault(): string | undefined {
    return this.wrong;
  }

  async add({ bytes, end, header }: LedgerLine): Promise<void> {
    // The bytes of an overlong line were not kept, so there is nothing to write.
    if (bytes.length === 0) return;
    await this.attempt(async () => {
      if (!this.file) {
        this.file = await this.create();
        this.end = header ? endOf(header) : Buffer.from(end || '\n');
        if (header) await this.file.write(header);
      }
      await this.file.write(bytes);
      await this.file.write(this.end);
    });
  }

  /** Adds lines that another file has already assembled. */
  async addAll(bytes: Uint8Array): Promise<void> {
    await this.attempt(async () => {
      this.file ??= await this.create();
      await this.file.write(bytes);
    });
  }

  async close(): Promise<void> {
    const { file } = this;
    if (file) await this.attempt(() => file.close(), true);
  }

  async discard(): Promise<void> {
    await this.file?.discard();
  }

  private async attempt(work: () => Promise<void>, always = false): Promise<void> {
    if (this.wrong !== undefined && !always) return;
    try {
      await work();
    } catch (error) {
      this.wrong ??= error instanceof Error ? error.message : String(error);
    }
  }
}

function endOf(header: Buffer): Buffer {
  if (header.at(-1) === 13) return Buffer.from('\r');
  return Buffer.from(header.at(-2) === 13 ? '\r\n' : '\n');
}
