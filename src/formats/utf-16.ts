/** Converts UTF-16 with a byte order mark to UTF-8; all other bytes stay unchanged. */
export async function* asUtf8(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let held: Uint8Array | undefined = new Uint8Array(0);
  let decoder: TextDecoder | undefined;
  for await (const chunk of bytes) {
    if (held) {
      held = Buffer.concat([held, chunk]);
      if (held.length < MARK) continue;
      const encoding = encodingOf(held);
      if (encoding !== undefined) decoder = new TextDecoder(encoding);
      yield decoder ? Buffer.from(decoder.decode(held, { stream: true })) : held;
      held = undefined;
    } else yield decoder ? Buffer.from(decoder.decode(chunk, { stream: true })) : chunk;
  }
  if (held && held.length > 0) yield held;
  const rest = decoder?.decode();
  if (rest !== undefined && rest !== '') yield Buffer.from(rest);
}

/** Length of the UTF-16 byte order mark. */
const MARK = 2;

function encodingOf([first, second]: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : undefined;
}
