import { Readable } from 'node:stream';
import type { ImportReport } from '../commands/import/import-reports.js';
import type { ImportCounts } from '../commands/import/import-events.js';
import { MEDIA_TYPES } from '../formats/ledger-line.js';
import { bytesOf } from './import-source.js';
import type { FileImport } from './file-import.js';
import { request, type RemoteOptions } from './remote.js';

/** Streams a file to a server, and downloads the lines that it refused. */
export async function sendImport(options: RemoteOptions, each: FileImport): Promise<ImportCounts> {
  const { file, format, restore, dryRun, refused, onProgress, onWarned } = each;
  const bytes = Readable.from(bytesOf(file, onProgress), { objectMode: false });
  try {
    const init = {
      method: 'POST',
      headers: { 'Content-Type': MEDIA_TYPES[format] },
      body: Readable.toWeb(bytes) as ReadableStream<Uint8Array>,
      // `fetch` requires this option for a streamed body.
      duplex: 'half',
    } as const;
    const query = new URLSearchParams({
      ...(restore && { restore: 'true' }),
      ...(dryRun && { dryRun: 'true' }),
    });
    const response = await request(
      options,
      `/api/imports${query.size > 0 ? `?${query.toString()}` : ''}`,
      init,
    );
    // The tracker's server answers with its own type.
    const report = (await response.json()) as ImportReport;
    for (const reason of report.refusals) await refused.addReason(reason);
    for (const warned of report.warned) onWarned(warned);
    if (report.refusedLines !== undefined) {
      const lines = await request(options, `/api/imports/${encodeURIComponent(report.id)}/refused`);
      const pieces = lines.body as AsyncIterable<Uint8Array> | null;
      for await (const piece of pieces ?? []) await refused.addLines(piece);
    }
    if (report.refusedLinesError !== undefined) refused.noteMissing(report.refusedLinesError);
    return report;
  } finally {
    bytes.destroy();
  }
}
