/**
 * Options of a connection string that the client understands, without the one that makes it hide conflicts.
 */
const OPTIONS = new Set(
  [
    'tls',
    'tlsVerifyCert',
    'tlsCAFile',
    'userCertFile',
    'userKeyFile',
    'nodePreference',
    'maxDiscoverAttempts',
    'discoveryInterval',
    'gossipTimeout',
    'defaultDeadline',
    'keepAliveInterval',
    'keepAliveTimeout',
    'connectionName',
  ].map((option) => option.toLowerCase()),
);

const HOST = String.raw`(?:[A-Za-z0-9._-]+)(?::\d{1,5})?`;
const SHAPE = new RegExp(
  String.raw`^(?:kurrentdb|esdb)(?:\+discover)?://(?<credentials>.+@)?${HOST}(?:,${HOST})*/?(?:\?(?<options>.*))?$`,
);

/**
 * The fault of a KurrentDB connection string, as the end of a sentence; undefined when the string is usable.
 * It quotes nothing of the string, which may contain a password, as the client's own messages do.
 */
export function connectionStringFault(url: string): string | undefined {
  const found = SHAPE.exec(url)?.groups;
  if (!found)
    return 'must be a connection string, such as kurrentdb://user:password@host:2113 or kurrentdb://localhost:2113?tls=false';
  const { credentials, options = '' } = found;
  // The client silently truncates a password at a second colon and a user name at the first @.
  if (credentials !== undefined && !/^[^:@/?#\s]+:[^:@/?#\s]+@$/.test(credentials))
    return 'must have its credentials as user:password@, with : @ / ? # in them percent-encoded';
  for (const option of options === '' ? [] : options.split('&')) {
    const name = option.split('=', 1)[0] ?? '';
    if (name.toLowerCase() === 'throwonappendfailure')
      return 'must not set throwOnAppendFailure: a conflict that is not thrown would be taken for success';
    if (!OPTIONS.has(name.toLowerCase()) || !/^[^=]+=[^=?]+$/.test(option))
      return 'has an option that the client does not know or that has no value; see docs/server-tier.md';
  }
  return undefined;
}

/**
 * Whether the client will not send the credentials of the string, because the connection is not encrypted.
 */
export function credentialsAreIgnored(url: string): boolean {
  return /\/\/.+@/.test(url) && /[?&]tls=false(&|$)/i.test(url);
}

/** The credentials of a connection string, decoded. */
export function credentialsOf(
  url: string,
): { readonly username: string; readonly password: string } | undefined {
  const found = /\/\/([^:@/]+):([^:@/]+)@/.exec(url);
  return found?.[1] === undefined || found[2] === undefined
    ? undefined
    : { username: decodeURIComponent(found[1]), password: decodeURIComponent(found[2]) };
}

const KEEP_ALIVE_TIMEOUT = /([?&]keepAliveTimeout=)(-?\d+)/i;
/** The client's default, in milliseconds. */
const KEEP_ALIVE_MS = 10_000;
/** Stands for "never": Node's timers accept only slightly more. */
const NEVER_MS = 2_000_000_000;

/**
 * The connection string for the n-th client of a process, with a keep-alive timeout that is n milliseconds
 * longer. In grpc-js, clients with equal options share one connection, so a new client would hang on the
 * connection of the client that it replaces.
 */
export function ownConnection(url: string, n: number): string {
  const given = Number(KEEP_ALIVE_TIMEOUT.exec(url)?.[2] ?? KEEP_ALIVE_MS);
  const timeout = `keepAliveTimeout=${(given < 0 ? NEVER_MS : given) + n}`;
  if (KEEP_ALIVE_TIMEOUT.test(url)) return url.replace(/keepAliveTimeout=-?\d+/i, timeout);
  return url + (url.includes('?') ? '&' : '?') + timeout;
}
