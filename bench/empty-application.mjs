// The bound for rows that go over HTTP: the same framework, platform and DTO validation, with an empty
// handler and no store. If APPEND_TO names a file, a command appends each event to a table in it and flushes
// to disk before it answers. No application that is equally durable can do less.
import 'reflect-metadata';
import { Body, Controller, Get, Module, Post, ValidationPipe } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers';
import { NestFactory } from '@nestjs/core';
import { CommandBus, CommandHandler, CqrsModule } from '@nestjs/cqrs';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Type } from 'class-transformer';
import {
  IsArray,
  IsIn,
  IsObject,
  IsOptional,
  IsString,
  IsUrl,
  Length,
  ValidateNested,
} from 'class-validator';

import { openDatabase } from '../dist/event-store/sqlite/driver.js';

const decorate = (decorators, target, key, type) => {
  if (type) Reflect.defineMetadata('design:type', type, target, key);
  for (const decorator of decorators) decorator(target, key);
};

class EvidenceDto {}
decorate([IsUrl()], EvidenceDto.prototype, 'url', String);
decorate([IsString(), Length(1, 200)], EvidenceDto.prototype, 'publisher', String);
decorate([IsOptional(), IsString()], EvidenceDto.prototype, 'publishedOn', String);
decorate([IsIn(['confirmed', 'reported', 'rumoured'])], EvidenceDto.prototype, 'grade', String);
decorate([IsOptional(), IsString()], EvidenceDto.prototype, 'note', String);

class EventDto {}
decorate([IsString()], EventDto.prototype, 'type', String);
decorate([IsString()], EventDto.prototype, 'occurredOn', String);
decorate([IsObject()], EventDto.prototype, 'data', Object);
decorate(
  [IsArray(), ValidateNested({ each: true }), Type(() => EvidenceDto)],
  EventDto.prototype,
  'evidence',
  Array,
);
decorate([IsOptional(), IsString()], EventDto.prototype, 'note', String);

const size = Number(process.env.BODY_SIZE ?? 2000);
const answer = { filler: 'x'.repeat(size) };

/**
 * One command for each event, as with Nest's CQRS. The appends of one turn of the event loop share a
 * transaction.
 */
class Append {
  constructor(event) {
    this.event = event;
  }
}
class AppendHandler {
  waiting = [];
  execute({ event }) {
    return new Promise((resolve) => {
      this.waiting.push({ event, resolve });
      if (this.waiting.length === 1) setImmediate(() => this.flush());
    });
  }
  flush() {
    const group = this.waiting.splice(0);
    database.exec('BEGIN IMMEDIATE');
    for (const { event } of group) insert.run(randomUUID(), event.type, JSON.stringify(event));
    database.exec('COMMIT');
    for (const { resolve } of group) resolve();
  }
}
CommandHandler(Append)(AppendHandler);
const file = process.env.APPEND_TO;
const database = file === undefined ? undefined : openDatabase(file);
database?.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
  CREATE TABLE events (position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, type TEXT NOT NULL, body TEXT NOT NULL) STRICT`);
const insert = database?.prepare('INSERT INTO events (id, type, body) VALUES (?, ?, ?)');

class EmptyController {
  constructor(commands) {
    this.commands = commands;
  }
  async record(event) {
    if (this.commands) await this.commands.execute(new Append(event));
    return { ok: true };
  }
  read() {
    return answer;
  }
}
Controller('api')(EmptyController);
const method = (name, decorator, types) => {
  const descriptor = Object.getOwnPropertyDescriptor(EmptyController.prototype, name);
  Reflect.defineMetadata('design:paramtypes', types, EmptyController.prototype, name);
  decorator(EmptyController.prototype, name, descriptor);
};
Body()(EmptyController.prototype, 'record', 0);
method('record', Post('events'), [EventDto]);
method('read', Get('read'), []);

class EmptyModule {}
if (database) {
  Reflect.defineMetadata('design:paramtypes', [CommandBus], EmptyController);
  Module({ imports: [CqrsModule], controllers: [EmptyController], providers: [AppendHandler] })(EmptyModule);
} else Module({ controllers: [EmptyController] })(EmptyModule);

const app = await NestFactory.create(EmptyModule, new FastifyAdapter(), { logger: false });
app.useGlobalPipes(new ValidationPipe({ transform: true, whitelist: true, forbidNonWhitelisted: true }));
await app.listen(Number(process.env.PORT), '127.0.0.1');
