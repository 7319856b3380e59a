import { STREAM_KINDS } from '../../domain/ledger/streams.js';

const PREFIX = /^([A-Za-z0-9][A-Za-z0-9._-]{0,99})?$/;

/**
 * Whether a text is a valid prefix of a ledger's stream names. A prefix that contains the name of a stream
 * kind could make the streams of one ledger look like those of another.
 */
export function isStreamPrefix(text: string): boolean {
  return PREFIX.test(text) && !STREAM_KINDS.some((kind) => text.includes(kind));
}

/** Maps the tracker's stream names to names on the server. A ledger on a shared server has its own prefix. */
export class StreamNames {
  /** The prefixes of all stream names of the ledger. */
  readonly prefixes: string[];

  constructor(private readonly prefix: string) {
    this.prefixes = STREAM_KINDS.map((kind) => prefix + kind);
  }

  onServer(stream: string): string {
    const name = this.prefix + (stream.includes(NUL) ? decoded(stream) : stream);
    // A stream that the filter excludes would be written but never read.
    if (!this.prefixes.some((prefix) => name.startsWith(prefix)))
      throw new RangeError(`${stream} is not the name of a stream of the ledger`);
    return name;
  }

  /** Another program's name may have a NUL character, which PostgreSQL does not keep: it is encoded. */
  ofServer(name: string): string {
    const stream = name.slice(this.prefix.length);
    return stream.includes('\0') ? encodeURIComponent(stream) : stream;
  }
}

const NUL = encodeURIComponent('\0');

function decoded(stream: string): string {
  try {
    return decodeURIComponent(stream);
  } catch {
    return stream;
  }
}
