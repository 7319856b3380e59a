import { Fragment, type VNode } from 'preact';
import { isPlainObject } from '../../domain/events/fields.js';
import { Section } from '../design/section.js';

export interface RouteOfApi {
  readonly method: string;
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  /** The query parameters. */
  readonly parameters: readonly {
    readonly name: string;
    readonly about: string;
    readonly isRequired: boolean;
  }[];
}

const TAGS: readonly (readonly [tag: string, title: string, lead: string])[] = [
  ['ask', 'Ask', 'How far automakers are, where they are, with whom, under which conditions.'],
  ['audit', 'Audit', 'What changed, why, and proof that nobody rewrote it.'],
  ['record', 'Record', 'Needs a key with the role of an analyst.'],
  ['operate', 'Operate', 'Health, numbers about the server, and its views.'],
];

/** Every route of the API with its answer and its parameters. */
export function DocsPage({ routes }: { routes: readonly RouteOfApi[] }): VNode {
  return (
    <>
      <header class="page-head">
        <h1>The API</h1>
        <p class="lead">
          What pages show, programs can ask for: JSON over HTTP, the same answers for the same clocks.{' '}
          <a href="/docs/json">The OpenAPI document</a> has all schemas;{' '}
          <a href="/docs/explorer">requests can be tried</a> with script.
        </p>
        <p>
          Every question takes <code>trueOn</code>, <code>knownOn</code> and <code>publicOn</code>:{' '}
          <a href="/methods#clocks">the three clocks</a>. Lists are told page by page, with <code>limit</code>{' '}
          and <code>cursor</code>. Errors are problem documents (RFC 9457) that say how to mend the request.
        </p>
      </header>
      {TAGS.map(([tag, title, lead]) => (
        <Section key={tag} id={tag} title={title} lead={lead}>
          {routes
            .filter((route) => route.tag === tag)
            .map((route) => (
              <Route key={`${route.method} ${route.path}`} route={route} />
            ))}
        </Section>
      ))}
    </>
  );
}

function Route({ route: { method, path, summary, parameters } }: { route: RouteOfApi }): VNode {
  return (
    <div class="route">
      <h3>
        <code>
          {method} <Path path={path} />
        </code>
      </h3>
      <p>{summary}.</p>
      {parameters.length > 0 && (
        <details>
          <summary>{parameters.length === 1 ? '1 parameter' : `${parameters.length} parameters`}</summary>
          <dl class="small">
            {parameters.map(({ name, about, isRequired }) => (
              <div key={name}>
                <dt>
                  <code>{name}</code>
                  {isRequired && ', needed'}
                </dt>
                <dd>{about}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </div>
  );
}

/** A path that breaks between its parts where the line is too short for it. */
function Path({ path }: { path: string }): VNode {
  return (
    <>
      {path.split(/(?=\/)/).map((part, index) => (
        <Fragment key={index}>
          {index > 0 && <wbr />}
          {part}
        </Fragment>
      ))}
    </>
  );
}

/** The routes of an OpenAPI document, in its order. */
export function routesIn(document: object): RouteOfApi[] {
  const paths = 'paths' in document && isPlainObject(document.paths) ? document.paths : {};
  return Object.entries(paths).flatMap(([path, methods]) =>
    isPlainObject(methods)
      ? Object.entries(methods).flatMap(([method, operation]) =>
          isPlainObject(operation) ? [routeOf(path, method, operation)] : [],
        )
      : [],
  );
}

function routeOf(path: string, method: string, operation: Readonly<Record<string, unknown>>): RouteOfApi {
  const { tags, summary, parameters } = operation;
  const [tag] = Array.isArray(tags) ? (tags as readonly unknown[]) : [];
  return {
    method: method.toUpperCase(),
    path,
    tag: typeof tag === 'string' ? tag : 'operate',
    summary: textIn(summary),
    parameters: (Array.isArray(parameters) ? (parameters as readonly unknown[]) : [])
      .filter(isPlainObject)
      .filter((each) => each['in'] === 'query')
      .map((each) => ({
        name: textIn(each['name']),
        about: textIn(each['description']),
        isRequired: each['required'] === true,
      })),
  };
}

const textIn = (value: unknown): string => (typeof value === 'string' ? value : '');
