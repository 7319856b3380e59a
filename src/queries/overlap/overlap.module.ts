import { Module } from '@nestjs/common';
import { GetOverlapHandler } from './get-overlap.js';
import { OverlapController } from './overlap.controller.js';
import { ReadersModule } from '../readers.module.js';

/** Where automakers sell beside each other. */
@Module({ imports: [ReadersModule], controllers: [OverlapController], providers: [GetOverlapHandler] })
export class OverlapModule {}
