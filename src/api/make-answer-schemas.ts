/**
 * Generates `src/api/answer-schemas.ts`: the answer of each API route as JSON Schema, derived from the return
 * type of its handler. No route is described anywhere else, so that the description always matches the
 * answer.
 *
 * `npm run schemas`; with `--check` it only checks that the file is up to date.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import ts from 'typescript';
import { eventSchemas } from './openapi-events.js';

type Schema = Record<string, unknown>;

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const FILE = `${ROOT}src/api/answer-schemas.ts`;
const VERBS = ['Get', 'Post'];
/** Names of the document's other schemas, which come from the event catalogue. */
const TAKEN: ReadonlySet<string> = new Set([...Object.keys(eventSchemas()), 'Problem']);

/** The content of the file for the current types. */
async function answerSchemas(): Promise<string> {
  const { program, checker } = compiled();
  const sources = program
    .getSourceFiles()
    .filter(({ fileName }) => fileName.startsWith(`${ROOT}src/`) && !fileName.includes('/src/pages/'));
  const schemas = new AnswerSchemas(
    checker,
    sources.flatMap(({ statements }) => statements.filter(isWordList)),
  );
  const routes: Record<string, Schema> = {};
  for (const source of sources)
    for (const statement of source.statements)
      if (ts.isClassDeclaration(statement) && isDecorated(statement, ['Controller']))
        for (const member of statement.members)
          if (ts.isMethodDeclaration(member) && isDecorated(member, VERBS)) {
            const name = `${statement.name?.text}.${member.name.getText()}`;
            const answer = schemas.answerOf(member, name);
            if (answer) routes[name] = answer;
          }
  const sorted = (all: object): string =>
    JSON.stringify(Object.fromEntries(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1))));
  const text = `// Made by src/api/make-answer-schemas.ts from the types of the handlers: npm run schemas.
import type { Schema } from './json-schema.js';

/** What each route answers in JSON, by controller and handler. */
export const ANSWERS: Readonly<Record<string, Schema>> = ${sorted(routes)};

/** Types that answers are made of, by name. */
export const ANSWER_PARTS: Readonly<Record<string, Schema>> = ${sorted(schemas.parts)};
`;
  return format(text, { ...(await resolveConfig(FILE)), parser: 'typescript' });
}

function compiled(): { program: ts.Program; checker: ts.TypeChecker } {
  const read = ts.readConfigFile(`${ROOT}tsconfig.build.json`, (file) => ts.sys.readFile(file));
  const { options, fileNames } = ts.parseJsonConfigFileContent(read.config, ts.sys, ROOT);
  const program = ts.createProgram(fileNames, { ...options, noEmit: true });
  return { program, checker: program.getTypeChecker() };
}

const isWordList = (node: ts.Statement): node is ts.TypeAliasDeclaration =>
  ts.isTypeAliasDeclaration(node) && !node.typeParameters && !TAKEN.has(node.name.text);

const isDecorated = (node: ts.HasDecorators, names: readonly string[]): boolean =>
  (ts.getDecorators(node) ?? []).some(
    ({ expression }) => ts.isCallExpression(expression) && names.includes(expression.expression.getText()),
  );

class AnswerSchemas {
  readonly parts: Record<string, Schema> = {};
  private readonly named = new Map<ts.Type, string>();
  private readonly path: string[] = [];

  constructor(
    private readonly checker: ts.TypeChecker,
    words: readonly ts.TypeAliasDeclaration[],
  ) {
    // TypeScript drops the alias of a union of strings that is derived from an array, so it is restored here.
    for (const { name } of words) {
      const type = checker.getTypeAtLocation(name);
      const isOfWords =
        type.isUnion() && type.types.length > 2 && type.types.every((each) => each.isStringLiteral());
      if (isOfWords && !this.named.has(type) && ![...this.named.values()].includes(name.text))
        this.named.set(type, name.text);
    }
  }

  /** The answer of a handler; undefined if the handler writes its answer itself. */
  answerOf(handler: ts.MethodDeclaration, name: string): Schema | undefined {
    const signature = this.checker.getSignatureFromDeclaration(handler);
    const answer = signature && this.checker.getAwaitedType(signature.getReturnType());
    if (!answer || (answer.flags & ts.TypeFlags.Void) !== 0) return undefined;
    this.path.splice(0, Infinity, name);
    return this.schemaOf(answer);
  }

  private schemaOf(type: ts.Type): Schema {
    const name = this.nameOf(type);
    if (name === undefined) return this.inlined(type);
    if (!(name in this.parts) && !TAKEN.has(name)) {
      // Registered before its content is visited, because a type may contain itself.
      this.parts[name] = {};
      const description = told(type.aliasSymbol ?? type.symbol, this.checker);
      this.parts[name] = { ...(description && { description }), ...this.inlined(type) };
    }
    return { $ref: `#/components/schemas/${name}` };
  }

  private inlined(type: ts.Type): Schema {
    const { flags } = type;
    if ((flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) !== 0) return {};
    if (type.isStringLiteral() || type.isNumberLiteral()) return { const: type.value };
    if ((flags & ts.TypeFlags.BooleanLiteral) !== 0)
      return { const: this.checker.typeToString(type) === 'true' };
    if ((flags & ts.TypeFlags.Null) !== 0) return { type: 'null' };
    if ((flags & ts.TypeFlags.StringLike) !== 0) return { type: 'string' };
    if ((flags & ts.TypeFlags.NumberLike) !== 0) return { type: 'number' };
    if ((flags & ts.TypeFlags.BooleanLike) !== 0) return { type: 'boolean' };
    if (type.isUnion()) return this.union(type.types);
    if (type.isIntersection()) {
      const primitive = type.types.find((each) => (each.flags & ts.TypeFlags.StringLike) !== 0);
      if (primitive) return this.inlined(primitive);
    }
    if ((flags & ts.TypeFlags.NonPrimitive) !== 0) return { type: 'object' };
    if ((flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection)) !== 0) return this.object(type);
    throw this.fault(type, 'has no form in JSON');
  }

  private union(types: readonly ts.Type[]): Schema {
    const told = types.filter(({ flags }) => (flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Void)) === 0);
    const literals = told.flatMap((each) =>
      each.isStringLiteral() || each.isNumberLiteral() ? [each.value] : [],
    );
    const booleans = told.filter(({ flags }) => (flags & ts.TypeFlags.BooleanLiteral) !== 0);
    const others = told.filter(
      (each) => !each.isStringLiteral() && !each.isNumberLiteral() && !booleans.includes(each),
    );
    // The compiler orders the members of a union by the order in which it met them, so they are sorted here.
    const members = [
      ...(literals.length > 1
        ? [{ enum: [...literals].sort() }]
        : literals.map((value) => ({ const: value }))),
      ...(booleans.length === 2 ? [{ type: 'boolean' }] : booleans.map((each) => this.inlined(each))),
      ...others.map((each) => this.schemaOf(each)).sort((a, b) => (text(a) < text(b) ? -1 : 1)),
    ];
    const [only, ...more] = members.filter(
      (each, index) => members.findIndex((other) => text(other) === text(each)) === index,
    );
    if (!only) throw new Error(`${this.path.join('.')}: a union of nothing`);
    return more.length === 0 ? only : { anyOf: [only, ...more] };
  }

  private object(type: ts.Type): Schema {
    if (this.checker.isTupleType(type)) {
      const items = this.checker
        .getTypeArguments(type as ts.TypeReference)
        .map((each) => this.schemaOf(each));
      return { type: 'array', prefixItems: items, minItems: items.length, maxItems: items.length };
    }
    if (this.checker.isArrayType(type)) {
      const [item] = this.checker.getTypeArguments(type as ts.TypeReference);
      return { type: 'array', items: item ? this.within('[]', () => this.schemaOf(item)) : {} };
    }
    const toJson = type.getProperty('toJSON');
    if (toJson) {
      const [signature] = this.checker.getSignaturesOfType(
        this.checker.getTypeOfSymbol(toJson),
        ts.SignatureKind.Call,
      );
      if (signature) return this.schemaOf(signature.getReturnType());
    }
    if (
      ['Map', 'Set', 'ReadonlyMap', 'ReadonlySet', 'Promise'].includes(
        this.checker.typeToString(type).replace(/<.*/, ''),
      )
    )
      throw this.fault(type, 'has no form in JSON');
    const [properties, required]: [Record<string, Schema>, string[]] = [{}, []];
    for (const property of inSteadyOrder(this.checker.getPropertiesOfType(type))) {
      if (!isWritten(property)) continue;
      const value = this.checker.getTypeOfSymbol(property);
      if (
        value.getCallSignatures().length > 0 ||
        (value.flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Never)) !== 0
      )
        continue;
      const description = told(property, this.checker);
      const isAbsent = (property.flags & ts.SymbolFlags.Optional) !== 0 || mayBeUndefined(value);
      const meant = property.getJsDocTags(this.checker).find(({ name }) => name === 'schema');
      const schema: Schema = meant
        ? { $ref: `#/components/schemas/${ts.displayPartsToString(meant.text)}` }
        : this.within(property.name, () => this.schemaOf(withoutUndefined(value, this.checker)));
      properties[property.name] = { ...schema, ...(description && { description }) };
      if (!isAbsent) required.push(property.name);
    }
    const index = this.checker.getIndexInfoOfType(type, ts.IndexKind.String);
    const more = index
      ? this.within('[key]', () => this.schemaOf(withoutUndefined(index.type, this.checker)))
      : false;
    return {
      type: 'object',
      ...(required.length > 0 && { required: required.sort() }),
      ...(Object.keys(properties).length > 0 && { properties }),
      additionalProperties: more,
    };
  }

  /** A type with a name and without type parameters is described once, under that name. */
  private nameOf(type: ts.Type): string | undefined {
    const known = this.named.get(type);
    if (known !== undefined) return known;
    const symbol = type.aliasSymbol ?? (type.isClassOrInterface() ? type.symbol : undefined);
    const declaration = symbol?.declarations?.[0];
    if (!symbol || !declaration?.getSourceFile().fileName.startsWith(`${ROOT}src/`)) return undefined;
    const parameters = type.aliasTypeArguments ?? (type as ts.InterfaceType).typeParameters ?? [];
    const isPlain =
      (type.flags & (ts.TypeFlags.Object | ts.TypeFlags.Union | ts.TypeFlags.Intersection)) !== 0;
    if (parameters.length > 0 || !isPlain || type.getProperty('toJSON')) return undefined;
    const file = declaration.getSourceFile().fileName.replace(/^.*\/|\.tsx?$/g, '');
    const inFile = `${symbol.name}In${file.replace(/(^|-)(\w)/g, (_, __, letter: string) => letter.toUpperCase())}`;
    const isFree = !TAKEN.has(symbol.name) && ![...this.named.values()].includes(symbol.name);
    const name = ofEvents(declaration) ?? (isFree ? symbol.name : inFile);
    this.named.set(type, name);
    return name;
  }

  private within<T>(step: string, work: () => T): T {
    this.path.push(step);
    const result = work();
    this.path.pop();
    return result;
  }

  private fault(type: ts.Type, what: string): Error {
    return new Error(`${this.path.join('.')}: ${this.checker.typeToString(type)} ${what}`);
  }
}

/** The catalogue's schema for a class of fields. */
const ofEvents = (declaration: ts.Declaration): string | undefined => {
  const isOfEvents = /\/domain\/(events\/|ledger\/evidence\.ts)/.test(declaration.getSourceFile().fileName);
  if (!isOfEvents || !ts.isClassDeclaration(declaration)) return undefined;
  const name = declaration.name?.text ?? '';
  return [name.replace(/(V\d+)?$/, 'Data$1'), name].find((each) => TAKEN.has(each));
};

const text = (schema: Schema): string => JSON.stringify(schema);

/** Getters, methods and private members do not appear in JSON or in the public type. */
const isWritten = (property: ts.Symbol): boolean =>
  (property.flags & (ts.SymbolFlags.Accessor | ts.SymbolFlags.Method)) === 0 &&
  !property.name.startsWith('__') &&
  !(property.declarations ?? []).some(
    (each) =>
      (ts.getCombinedModifierFlags(each) & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected)) !== 0,
  );

/**
 * Properties in the order of declaration. Properties of a record over string literals have no declaration,
 * and their order depends on other files, so they are sorted.
 */
const inSteadyOrder = (properties: readonly ts.Symbol[]): readonly ts.Symbol[] =>
  properties.every(({ declarations }) => declarations === undefined)
    ? [...properties].sort((a, b) => (a.name < b.name ? -1 : 1))
    : properties;

const mayBeUndefined = (type: ts.Type): boolean =>
  type.isUnion() && type.types.some(({ flags }) => (flags & ts.TypeFlags.Undefined) !== 0);

const withoutUndefined = (type: ts.Type, checker: ts.TypeChecker): ts.Type =>
  mayBeUndefined(type) && !(type as ts.UnionType).types.some(({ flags }) => (flags & ts.TypeFlags.Null) !== 0)
    ? checker.getNonNullableType(type)
    : type;

const told = (symbol: ts.Symbol | undefined, checker: ts.TypeChecker): string =>
  ts.displayPartsToString(symbol?.getDocumentationComment(checker)).replace(/\s+/g, ' ');

const schemas = await answerSchemas();
if (!process.argv.includes('--check')) writeFileSync(FILE, schemas);
else if (readFileSync(FILE, 'utf8') !== schemas) {
  process.stderr.write(
    'src/api/answer-schemas.ts is not what the types of the handlers say: npm run schemas\n',
  );
  process.exitCode = 1;
}
