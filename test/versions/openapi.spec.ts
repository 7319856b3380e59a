import { jest } from '@jest/globals';
import * as later from './market-entered-v2.js';

// A possible future catalogue: MarketEntered has a second version with a renamed field and a new one.
jest.unstable_mockModule('../../src/domain/events/market-entered.js', () => later);
const { eventSchemas } = await import('../../src/api/openapi-events.js');

describe('the schema of a type with a second version', () => {
  const schemas = eventSchemas();
  it('takes data of either, the newest first, and says which versions there are', () => {
    expect(schemas['MarketEntered']).toMatchObject({
      properties: {
        version: { enum: [1, 2] },
        data: {
          anyOf: [
            { $ref: '#/components/schemas/MarketEnteredData' },
            { $ref: '#/components/schemas/MarketEnteredDataV1' },
          ],
        },
      },
    });
    expect(schemas['MarketEnteredData']).toMatchObject({ required: ['channel', 'market'] });
    expect(schemas['MarketEnteredDataV1']).toMatchObject({ properties: { partner: { type: 'string' } } });
  });
  it('is plain for a type with one version', () => {
    expect(schemas['StrategyRevised']).toMatchObject({
      properties: { version: { enum: [1] }, data: { $ref: '#/components/schemas/StrategyRevisedData' } },
    });
  });
});
