import { STREAM_KINDS } from '../../domain/ledger/streams.js';

const PREFIX = /^([A-Za-z0-9][A-Za-z0-9._-]{0,99})?$/;

/**
 * Whether a text may stand in front of the names of a ledger's streams. One with the name of a kind of streams in it could
 * make the streams of one ledger look like those of another.
 */
export function isStreamPrefix(text: string): boolean {
  return PREFIX.test(text) && !STREAM_KINDS.some((kind) => text.includes(kind));
}

/** The names of our streams on the server. A ledger that shares a server with others has a prefix of its own. */
export class StreamNames {
  /** What the names of all streams of the ledger begin with. */
  readonly prefixes: string[];

  constructor(private readonly prefix: string) {
    this.prefixes = STREAM_KINDS.map((kind) => prefix + kind);
  }

  onServer(stream: string): string {
    const name = this.prefix + stream;
    // What the filter leaves out would be written and never be seen again.
    if (!this.prefixes.some((prefix) => name.startsWith(prefix)))
      throw new RangeError(`${stream} is not the name of a stream of the ledger`);
    return name;
  }

  ofServer(name: string): string {
    return name.slice(this.prefix.length);
  }
}
