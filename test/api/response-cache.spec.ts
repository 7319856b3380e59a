import { Clock } from '../../src/clock/clock.js';
import type { ReadModel } from '../../src/read-model/read-model.js';
import { ResponseCache, rendered, type RenderedAnswer } from '../../src/api/response-cache.js';

const MIB = 1024 ** 2;

describe('answers that are kept', () => {
  it('take a bounded part of memory, addresses included, however many are asked for', () => {
    const answers = keptAnswers();
    const small = rendered({ events: [] });
    for (let index = 0; index < 200_000; index++) {
      keepIn(answers, `/api/events?automaker=none-${index}${'&'.repeat(400)}`, small);
      if (index % 10_000 === 0) expect(answers.size).toBeLessThanOrEqual(32 * MIB);
    }
    expect(answers.size).toBeLessThanOrEqual(32 * MIB);
    expect(answers.find('/api/events?automaker=none-0' + '&'.repeat(400))).toBeUndefined();
    expect(answers.find('/api/events?automaker=none-199999' + '&'.repeat(400))).toBe(small);
  });

  it('leave out addresses that are padded', () => {
    const answers = keptAnswers();
    keepIn(answers, `/api/events?${'&'.repeat(14_000)}`, rendered({}));
    expect(answers.size).toBe(0);
  });

  it('leave out an answer for which too many others would have to go', () => {
    const answers = keptAnswers();
    keepIn(answers, '/api/automakers', rendered({ name: 'x'.repeat(4 * MIB) }));
    expect(answers.size).toBe(0);
  });

  it('are counted once where one address is kept again', () => {
    const answers = keptAnswers();
    keepIn(answers, '/api/automakers', rendered({}));
    const { size } = answers;
    keepIn(answers, '/api/automakers', rendered({}));
    expect(answers.size).toBe(size);
  });

  it('go when something is recorded', () => {
    const status = { position: 1, parked: 0 };
    const answers = keptAnswers(status);
    keepIn(answers, '/api/automakers', rendered({}));
    status.position = 2;
    expect(answers.find('/api/automakers')).toBeUndefined();
    expect(answers.size).toBe(0);
  });
});

function keptAnswers(status = { position: 1, parked: 0 }): ResponseCache {
  const views = { rows: {}, status } as unknown as ReadModel;
  return new ResponseCache(views, new Clock());
}

function keepIn(answers: ResponseCache, url: string, answer: RenderedAnswer): void {
  answers.find(url);
  answers.keep(url, answer, answers.standing);
}
