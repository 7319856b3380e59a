import { readFileSync } from 'node:fs';
import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

/** Time limit for each probe of a server. */
const PATIENCE_MS = 1500;
/**
 * The first bytes that an HTTP/2 client sends. A TLS server answers them with an alert or closes the
 * connection.
 */
const PREFACE = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0';
const NO_TLS = new Set(['ERR_SSL_WRONG_VERSION_NUMBER', 'ERR_SSL_PACKET_LENGTH_TOO_LONG', 'EPROTO']);
const UNTRUSTED = new Set([
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'CERT_HAS_EXPIRED',
  'CERT_SIGNATURE_FAILURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

/**
 * Explains why the servers of a connection string do not answer, one sentence for each, as far as an outside
 * probe can tell. The client itself only reports "unavailable".
 */
export async function whyUnreachable(url: string): Promise<string> {
  const [, addresses = '', options = ''] = /\/\/(?:[^@]*@)?([^/?]+)\/?\??(.*)$/.exec(url) ?? [];
  const found = await Promise.all(
    addresses.split(',').map(async (address) => {
      const [host = '', port = '2113'] = address.split(':');
      return `${host}:${port} ${await seenAt(host, Number(port), new URLSearchParams(options))}`;
    }),
  );
  return found.join('; ');
}

async function seenAt(host: string, port: number, options: URLSearchParams): Promise<string> {
  const given = new Map([...options].map(([name, value]) => [name.toLowerCase(), value]));
  if (given.get('tls') === 'false') return plain(host, port);
  const ca = given.get('tlscafile');
  let authority: Buffer | undefined;
  try {
    authority = ca === undefined ? undefined : readFileSync(ca);
  } catch {
    return 'was not asked: the file of tlsCAFile cannot be read';
  }
  return encrypted(host, port, authority);
}

function plain(host: string, port: number): Promise<string> {
  return answerOf(connectTcp({ host, port }), 'connect', (socket, resolve) => {
    socket.write(PREFACE);
    socket.once('data', (bytes: Buffer) =>
      // The record type of a TLS alert.
      resolve(bytes[0] === 0x15 ? SPEAKS_TLS : 'answers, but not as a KurrentDB that is ready'),
    );
    socket.once('close', () => resolve(SPEAKS_TLS));
  });
}

const SPEAKS_TLS = 'hangs up on a client without TLS: leave tls=false out if it speaks TLS';

function encrypted(host: string, port: number, ca: Buffer | undefined): Promise<string> {
  return answerOf(
    connectTls({
      host,
      port,
      ...(ca && { ca }),
      ALPNProtocols: ['h2'],
      servername: isName(host) ? host : '',
    }),
    'secureConnect',
    (_, resolve) => resolve('answers, but not as a KurrentDB that is ready'),
  );
}

const isName = (host: string): boolean => !/^[\d.]+$/.test(host);

function answerOf(
  socket: Socket,
  connected: 'connect' | 'secureConnect',
  ask: (socket: Socket, resolve: (seen: string) => void) => void,
): Promise<string> {
  return new Promise<string>((resolve) => {
    const timer = setTimeout(() => resolve('does not answer'), PATIENCE_MS);
    timer.unref();
    socket.once(connected, () => ask(socket, resolve));
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(meaning(error.code ?? '')));
  }).finally(() => socket.destroy());
}

function meaning(code: string): string {
  if (code === 'ECONNREFUSED') return 'refuses connections: nothing listens there';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'is a name that nobody knows';
  if (code === 'ECONNRESET') return 'hangs up';
  if (NO_TLS.has(code)) return 'does not speak TLS: add ?tls=false if that is meant';
  if (UNTRUSTED.has(code))
    return `has a certificate that is not trusted here (${code}): name its authority with tlsCAFile`;
  return `cannot be spoken to (${code})`;
}
