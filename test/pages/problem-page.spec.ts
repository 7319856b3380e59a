import { StoreUnavailable } from '../../src/problems/server-problems.js';
import { renderProblem } from '../../src/pages/problem/problem-page.js';
import { sentencesOf } from './visible-text.js';

describe('the page of a problem', () => {
  it('of a store tells readers what to do, and only whoever runs the server of its files', () => {
    const detail = 'views-1.sqlite is damaged: no such table. `tracker rebuild` makes the views anew.';
    const html = renderProblem(new StoreUnavailable({ detail }), {
      site: 'https://example.com',
      path: '/timeline',
      query: {},
      clocks: {},
      today: '2026-12-01',
      principal: null,
    });
    const told = sentencesOf(html).join('\n');
    expect(told).toContain('The ledger is not reached just now');
    expect(told).toContain('Nothing that was recorded is lost. Try again in a moment.');
    expect(told).not.toContain('sqlite');
    expect(html).toMatch(/<summary>For whoever runs this server<\/summary><p><code>views-1\.sqlite/);
  });
});
