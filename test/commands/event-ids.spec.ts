import fc from 'fast-check';
import { v5 as uuidV5 } from 'uuid';
import { idForContent, idForKey } from '../../src/commands/recording/event-ids.js';

const NAMESPACE = '6f0d1f8e-3f0b-5a8e-9d0e-0f6b1d1a7c55';

describe('ids that are made from names', () => {
  it('are the version 5 UUIDs of RFC 9562, as the uuid package makes them', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), (stream, content) => {
        expect(idForContent(stream, content)).toBe(uuidV5(`${stream}\n${content}`, NAMESPACE));
        expect(idForKey('a', stream, content, 3)).toBe(uuidV5(`a\n${stream}\n${content}\n3`, NAMESPACE));
      }),
    );
  });

  it('are others for each attempt', () => {
    const ids = [0, 1, 2].flatMap((attempt) => [
      idForContent('automaker-a', 'x', attempt),
      idForKey('a', 'automaker-a', 'x', 0, attempt),
    ]);
    expect(new Set(ids).size).toBe(6);
    expect(idForContent('automaker-a', 'x', 0)).toBe(idForContent('automaker-a', 'x'));
  });
});
