import { Ajv2020 } from 'ajv/dist/2020.js';
import type { TestServer } from '../e2e/server.js';

interface Operation {
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema: object }>> }>
  >;
}

export interface DescribedRoute {
  readonly path: string;
  readonly method: string;
  readonly operation: Operation;
}

/** The answers of all routes as the OpenAPI document of a server describes them. */
export class DescribedAnswers {
  readonly routes: readonly DescribedRoute[];
  private readonly ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });

  private constructor(document: { readonly paths: Readonly<Record<string, Record<string, Operation>>> }) {
    this.ajv.addSchema(document, 'api');
    this.routes = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.entries(operations).map(([method, operation]) => ({ path, method, operation })),
    );
  }

  static async of(server: TestServer): Promise<DescribedAnswers> {
    return new DescribedAnswers((await server.get('/docs/json')).body);
  }

  /**
   * The differences between an answer and the description of its route. `path` is written as in the document.
   */
  faultsIn(path: string, body: unknown, { method = 'get', status = '200' } = {}): string[] {
    const parts = ['paths', path, method, 'responses', status, 'content', 'application/json', 'schema'];
    const pointer = parts.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1')));
    const validate = this.ajv.compile({ $ref: `api#/${pointer.join('/')}` });
    validate(body);
    // A mismatch in a union gives errors for every member; the first ones are enough.
    return (validate.errors ?? [])
      .slice(0, 12)
      .map(({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`);
  }
}
