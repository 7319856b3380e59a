import { jest } from '@jest/globals';
import { eventStoreContract } from './contract.js';
import { KurrentDouble } from './kurrentdb-double/double.js';
import { kurrentFixture } from './kurrentdb-server.js';

jest.setTimeout(60_000);

/** A real server instead of the double. Each test has streams of its own there, so it need not be empty. */
const REAL = process.env['KURRENTDB_URL'];

if (REAL !== undefined && REAL !== '') {
  eventStoreContract('KurrentDB on the server of KURRENTDB_URL', () => kurrentFixture(() => REAL));
} else {
  describe.each([
    ['BatchAppend', true],
    ['Append', false],
  ])('a server that offers %s', (path, batchAppend) => {
    let double: KurrentDouble;
    beforeAll(async () => {
      double = await KurrentDouble.start({ batchAppend });
    });
    afterAll(() => double.stop());

    eventStoreContract(`KurrentDB through ${path}`, () => kurrentFixture(() => double.url));
  });
}
