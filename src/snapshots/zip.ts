/** A file of an archive. Its bytes are generated on demand. */
export interface ZipEntry {
  readonly name: string;
  readonly chunks: AsyncIterable<Uint8Array>;
}

/** Zip archives store local time. A date made of local parts is stored the same in every time zone. */
const SAME_TIME = new Date(2000, 0, 1);
const LEVEL = 6;

/** A zip archive of files that are generated one after another. The same files give the same bytes. */
export async function* zipOf(entries: AsyncIterable<ZipEntry>): AsyncGenerator<Uint8Array> {
  // Loaded on first use, to keep the start fast.
  const { Zip, ZipDeflate } = await import('fflate');
  let ready: Uint8Array[] = [];
  let failure: Error | null = null;
  const zip = new Zip((error, chunk) => {
    failure ??= error;
    ready.push(chunk);
  });
  const taken = (): readonly Uint8Array[] => {
    if (failure) throw failure;
    const chunks = ready;
    ready = [];
    return chunks;
  };
  for await (const { name, chunks } of entries) {
    const file = new ZipDeflate(name, { level: LEVEL });
    file.mtime = SAME_TIME;
    zip.add(file);
    for await (const chunk of chunks) {
      file.push(chunk);
      yield* taken();
    }
    file.push(new Uint8Array(), true);
  }
  zip.end();
  yield* taken();
}
