import type { FastifyInstance } from 'fastify';

/**
 * Records the methods of each path, so that a known path with another method gives 405 instead of 404. Must
 * start before routes are registered. Only refused requests pay for the search.
 */
export function watchRoutes(fastify: FastifyInstance): (path: string) => readonly string[] {
  const routes = new Map<string, { pattern: RegExp; methods: Set<string> }>();
  fastify.addHook('onRoute', ({ url, method }) => {
    const route = routes.get(url) ?? { pattern: patternOf(url), methods: new Set() };
    for (const each of [method].flat()) route.methods.add(each);
    routes.set(url, route);
  });
  return (path) => {
    const found = [...routes.values()].filter(({ pattern }) => pattern.test(path));
    return [...new Set(found.flatMap(({ methods }) => [...methods]))].sort();
  };
}

/** A route's template as a regular expression: `:name` is one segment, `*` the whole rest. */
function patternOf(template: string): RegExp {
  const parts = template
    .split(/(:[A-Za-z_]\w*|\*)/)
    .map((part) =>
      part === '*' ? '.*' : part.startsWith(':') ? '[^/]+' : part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'),
    );
  return new RegExp(`^${parts.join('')}$`);
}
