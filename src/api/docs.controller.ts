import { createReadStream } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Controller, Get, Inject, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { RequireRole } from '../access/require-role.js';
import { NotFound } from '../problems/not-found.js';

/** Injection token of the function that creates the OpenAPI document. */
export const API_DOCUMENT = Symbol('API document');

/** The files of Swagger UI that the page loads, with their media types. */
const ASSETS: ReadonlyMap<string, string> = new Map([
  ['swagger-ui.css', 'text/css'],
  ['swagger-ui-bundle.js', 'text/javascript'],
]);

const PAGE = `<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="color-scheme" content="light">
  <title>Try the API · Market Expansion Tracker</title>
  <link rel="stylesheet" href="/docs/swagger-ui.css">
</head>
<body>
  <p><a href="/docs">All routes as a list, without script</a></p>
  <main id="swagger-ui"></main>
  <script src="/docs/swagger-ui-bundle.js"></script>
  <script src="/docs/start.js"></script>
</body>
</html>
`;

const START =
  "SwaggerUIBundle({ url: '/docs/json', dom_id: '#swagger-ui', deepLinking: true, validatorUrl: null });\n";

/** The OpenAPI document, and a Swagger UI page for trying requests. Everything is served from this host. */
@Controller('docs')
@RequireRole('anyone')
export class DocsController {
  private document: object | undefined;

  constructor(@Inject(API_DOCUMENT) private readonly makeDocument: () => object) {}

  @Get('explorer')
  async page(@Res() reply: FastifyReply): Promise<void> {
    await reply.type('text/html; charset=utf-8').send(PAGE);
  }

  /** Created at the first request, so that it does not delay the start. */
  @Get('json')
  json(): object {
    return (this.document ??= this.makeDocument());
  }

  @Get(':asset')
  async asset(@Param('asset') asset: string, @Res() reply: FastifyReply): Promise<void> {
    if (asset === 'start.js') {
      await reply.type('text/javascript; charset=utf-8').send(START);
      return;
    }
    const type = ASSETS.get(asset);
    if (type === undefined) throw new NotFound({ detail: `The documentation has no file ${asset}.` });
    const folder = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
    await reply
      .type(`${type}; charset=utf-8`)
      .header('Cache-Control', 'public, max-age=86400')
      .send(createReadStream(join(folder, asset)));
  }
}
