import type { FastifyInstance } from 'fastify';

/**
 * Remembers which methods each path answers, so that a known path with another method is 405 and not 404. Has to
 * watch before routes are registered. Only refused requests pay for the search.
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

/** A route's template as a pattern: `:name` is one segment, `*` all that follows. */
function patternOf(template: string): RegExp {
  const parts = template
    .split(/(:[A-Za-z_]\w*|\*)/)
    .map((part) =>
      part === '*' ? '.*' : part.startsWith(':') ? '[^/]+' : part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'),
    );
  return new RegExp(`^${parts.join('')}$`);
}
