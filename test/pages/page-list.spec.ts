import { pageRoutes } from './page-list.js';

describe('the list of pages', () => {
  it('comes from the routes that are registered', () => {
    expect(pageRoutes()).toEqual(
      expect.arrayContaining([
        '/',
        '/automakers/:automaker/targets/:target',
        '/log',
        '/at/:state/*',
        '/glossary',
      ]),
    );
    expect(pageRoutes().filter((route) => /charts|embed|oembed|assets/.test(route))).toEqual([]);
  });
});
