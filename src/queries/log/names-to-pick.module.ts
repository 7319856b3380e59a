import { Module } from '@nestjs/common';
import { ListNamesToPickHandler } from './names-to-pick.js';
import { ReadersModule } from '../readers.module.js';

/** The options that the form for logging offers. */
@Module({ imports: [ReadersModule], providers: [ListNamesToPickHandler] })
export class NamesToPickModule {}
