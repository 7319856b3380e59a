import { Body, Controller, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Author, RequireRole } from '../../access/require-role.js';
import { isSlug } from '../../domain/events/fields.js';
import { InvalidRequest } from '../../problems/request-problems.js';
import { ReleaseDesk, type RecordedRelease, type ReleasePreview } from './release-desk.js';
import { releaseRequestFrom } from './release-request.js';

/**
 * Monthly releases of automakers: a whole table is pasted, its sums are checked, it is compared with the
 * ledger, and it is recorded with one source.
 */
@Controller('automakers/:automaker/releases')
@RequireRole('analyst')
export class ReleasesController {
  constructor(private readonly desk: ReleaseDesk) {}

  @Post()
  async paste(
    @Param('automaker') automaker: string,
    @Body() body: unknown,
    @Author() author: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReleasePreview | RecordedRelease> {
    if (!isSlug(automaker))
      throw new InvalidRequest([{ field: 'automaker', message: 'must be a slug, such as xpeng' }]);
    const request = releaseRequestFrom(body);
    if (!request.isRecorded) {
      void reply.status(200);
      return this.desk.preview(automaker, request, author);
    }
    const recorded = await this.desk.record(automaker, request, author);
    void reply.status(recorded.events.length > 0 ? 201 : 200);
    return recorded;
  }
}
