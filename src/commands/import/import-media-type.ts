import { HttpProblem } from '../../problems/http-problem.js';

/** The media types of a ledger in a request body. */
export const IMPORT_TYPES = [
  'application/x-ndjson',
  'application/jsonl',
  'application/cloudevents+x-ndjson',
  'text/csv',
] as const;

const SEND =
  'Send UTF-8, as application/x-ndjson (one event a line, also as CloudEvents) or as text/csv, without Content-Encoding: curl -H "Content-Type: text/csv" --data-binary @FILE';

/** The body of an import has a media type that cannot be read. */
export class UnsupportedImport extends HttpProblem {
  readonly status = 415;
  readonly slug = 'unsupported-media-type';
  readonly title = 'The kind of body is not supported';
  override readonly headers = { 'Accept-Post': IMPORT_TYPES.join(', '), 'Accept-Encoding': 'identity' };
}

/**
 * The format of an import's body, from its headers. Throws UnsupportedImport, which lists the supported
 * types.
 */
export function importFormat(headers: {
  readonly 'content-type'?: string | undefined;
  readonly 'content-encoding'?: string | undefined;
}): 'csv' | 'jsonl' {
  const encoding = headers['content-encoding'] ?? 'identity';
  if (encoding.trim().toLowerCase() !== 'identity') throw unsupported(`Content-Encoding "${encoding}"`);
  const given = headers['content-type'];
  if (given === undefined) throw unsupported('A body without Content-Type');
  const [type = '', ...parameters] = given.split(';').map((part) => part.trim().toLowerCase());
  if (!(IMPORT_TYPES as readonly string[]).includes(type)) throw unsupported(`A body of type "${given}"`);
  const charset = parameters.find((parameter) => parameter.startsWith('charset='))?.slice('charset='.length);
  if (charset !== undefined && !UTF_8.has(charset.replaceAll('"', '')))
    throw unsupported(`The charset ${charset}`);
  return type === 'text/csv' ? 'csv' : 'jsonl';
}

const UTF_8: ReadonlySet<string> = new Set(['utf-8', 'utf8', 'us-ascii']);

const unsupported = (what: string): UnsupportedImport =>
  new UnsupportedImport({ detail: `${what} is not read here. ${SEND}` });
