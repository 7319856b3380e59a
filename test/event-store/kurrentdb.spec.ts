import { jest } from '@jest/globals';
import { eventStoreContract } from './contract.js';
import { KurrentDouble } from './kurrentdb-double/double.js';
import { kurrentFixture } from './kurrentdb-server.js';
import { REAL_SERVER } from './ledger-place.js';

jest.setTimeout(60_000);

// Each test has its own streams, so a real server need not be empty.
const real = REAL_SERVER;
if (real !== undefined) {
  eventStoreContract('KurrentDB on the server of KURRENTDB_URL', () => kurrentFixture(() => real));
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
