import type { LedgerLine } from '../../formats/ledger-line.js';
import type { BufferedFile } from './buffered-file.js';

/**
 * The refused lines of an import as they stood in its file, byte for byte, under the header of their table and with
 * one kind of line end, so that they can be mended and imported again. Where they cannot be written, the import goes
 * on and `fault` says why.
 */
export class RejectedLinesFile {
  private file: BufferedFile | undefined;
  private end: Buffer = Buffer.from('\n');
  private wrong: string | undefined;

  /** @param create makes the file, when the first line comes. */
  constructor(private readonly create: () => Promise<BufferedFile>) {}

  /** Where the lines are; undefined where there are none. */
  get path(): string | undefined {
    return this.file?.path;
  }

  /** Why not all of the lines could be written; undefined where they could. */
  get fault(): string | undefined {
    return this.wrong;
  }

  async add({ bytes, end, header }: LedgerLine): Promise<void> {
    // What is too long to be kept has no line to give back.
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

  /** Adds lines as another has put them together. */
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
