import { Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { RequireRole } from '../../access/require-role.js';
import { ownerOf } from '../../domain/ledger/streams.js';
import { NotFound } from '../../problems/not-found.js';
import { HttpProblem } from '../../problems/http-problem.js';
import { ReadModel, type RebuildReport } from '../../read-model/read-model.js';
import { ParkedStreamRow } from '../../read-model/row-entities.js';
import { NoEarlierGeneration, RebuildUnderWay } from '../../read-model/generations.js';
import { AnswersQuestions } from '../../api/question.js';

/** Another rebuild is running. */
export class RebuildRefused extends HttpProblem {
  readonly status = 409;
  readonly slug = 'rebuild-under-way';
  readonly title = 'The views are being rebuilt';
}

/** The state of the stored views, and what an admin can do with them. */
@Controller('views')
@AnswersQuestions()
export class RebuildController {
  constructor(private readonly views: ReadModel) {}

  @Get()
  @RequireRole('reader')
  async status() {
    const parked = await this.views.rows.getRepository(ParkedStreamRow).find({ order: { stream: 'ASC' } });
    return { ...this.views.status, parked };
  }

  /** Rebuilds the views beside the live ones, compares both, and switches. */
  @Post('rebuild')
  @HttpCode(200)
  @RequireRole('admin')
  rebuild(): Promise<RebuildReport> {
    return told(() => this.views.rebuild());
  }

  /** Goes back to the views before the last switch, after bringing them up to date. */
  @Post('rollback')
  @HttpCode(200)
  @RequireRole('admin')
  rollBack(): Promise<{ generation: number }> {
    return told(async () => ({ generation: await this.views.rollBack() }));
  }

  /** Applies a parked stream again, from its start. */
  @Post('parked/:stream/retry')
  @HttpCode(200)
  @RequireRole('admin')
  async retry(@Param('stream') stream: string): Promise<{ stream: string; parked: false }> {
    const row =
      ownerOf(stream) && (await this.views.rows.getRepository(ParkedStreamRow).findOneBy({ stream }));
    if (!row) throw new NotFound({ detail: `The stream ${stream} is not parked.` });
    await this.views.unpark(stream);
    return { stream, parked: false };
  }
}

/** Converts the expected errors of a rebuild or rollback to HTTP problems. */
async function told<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof RebuildUnderWay)
      throw new RebuildRefused({ detail: 'Wait until the rebuild that is under way has ended.' });
    if (error instanceof NoEarlierGeneration)
      throw new NotFound({ detail: 'There are no earlier views to go back to.' });
    throw error;
  }
}
