import { Module } from '@nestjs/common';
import { GetOverlapHandler } from './get-overlap.js';
import { OverlapController } from './overlap.controller.js';
import { ReadersModule } from '../readers.module.js';

/** The markets that automakers share. */
@Module({ imports: [ReadersModule], controllers: [OverlapController], providers: [GetOverlapHandler] })
export class OverlapModule {}
