import { StreamsInUse } from '../../src/commands/import/streams-in-use.js';

/** The streams that are no longer in use after each chunk. */
const leftBy = (chunks: readonly (readonly string[])[]): (readonly string[])[] => {
  const inUse = new StreamsInUse();
  return chunks.map((streams) => inUse.next(streams));
};

describe('streams that an import is done with', () => {
  it('are those that ten chunks in a row did not name, told once', () => {
    const left = leftBy([['a', 'b'], ...Array.from({ length: 30 }, () => ['b'])]);
    expect(left.flatMap((streams, chunk) => streams.map((stream) => [stream, chunk]))).toEqual([['a', 10]]);
  });

  it('are none where the chunks go round, however many streams there are', () => {
    const chunks = Array.from({ length: 100 }, (_, chunk) => [`x${chunk % 10}`, `y${chunk % 10}`]);
    expect(leftBy(chunks).flat()).toEqual([]);
  });

  it('are in use again once a line names them', () => {
    const quiet = Array.from({ length: 10 }, () => ['b']);
    expect(leftBy([['a'], ...quiet, ['a'], ...quiet]).flat()).toEqual(['a', 'a']);
  });
});
