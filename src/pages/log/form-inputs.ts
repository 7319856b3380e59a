import { Identifiers } from '../../domain/events/identifiers.js';
import { ArchivedCopy, Evidence } from '../../domain/ledger/evidence.js';
import type { FieldsClass } from '../../domain/events/field-kind.js';
import { Growth } from '../../domain/events/growth.js';
import { RelativeTo } from '../../domain/events/relative-to.js';
import { Investment } from '../../domain/events/investment.js';
import { fieldsOf, type DeclaredField } from '../../domain/events/validation.js';
import { textOf, type FormValues } from '../form-body.js';

/** One input of a form, derived from a declared field. */
export interface FormInput {
  /** Path of the field, as in problem reports: `data.market`, `evidence[0].url`. */
  readonly name: string;
  readonly label: string;
  readonly hint: string;
  readonly required: boolean;
  readonly kind: 'line' | 'text' | 'lines' | 'number' | 'date' | 'url' | 'choice' | 'choices';
  /** The options, if it is a choice. */
  readonly options?: readonly string[];
}

/** Classes of nested fields, by their name in the schema. */
const PARTS: Readonly<Record<string, FieldsClass>> = {
  Investment,
  Evidence,
  RelativeTo,
  Growth,
  Identifiers,
  ArchivedCopy,
};
/** Texts that may have this length or more get a text area instead of a line. */
const LONG_TEXT = 301;

/** The inputs for a class of declared fields, including nested ones, in the order of declaration. */
export function inputsOf(fields: FieldsClass, prefix: string, required = true): FormInput[] {
  return [...fieldsOf(fields).values()].flatMap((field): FormInput[] => {
    const name = `${prefix}.${field.name}`;
    const part = partOf(field);
    if (part) {
      const inputs = inputsOf(part, name, required && !field.optional);
      // The labels of nested fields include their part, to distinguish the source's address from its archived
      // copy's.
      return inputs.map((input) => ({ ...input, label: `${field.name}.${input.label}` }));
    }
    return [
      {
        name,
        label: field.name,
        hint: field.description,
        required: required && !field.optional,
        ...kindOf(field),
      },
    ];
  });
}

function kindOf({ kind }: DeclaredField): Pick<FormInput, 'kind' | 'options'> {
  const { schema, name } = kind;
  if (isTexts(schema['enum'])) return { kind: 'choice', options: schema['enum'] };
  if (schema['type'] === 'array') {
    const items = schema['items'];
    const options = typeof items === 'object' && items !== null && 'enum' in items ? items.enum : undefined;
    return isTexts(options) ? { kind: 'choices', options } : { kind: 'lines' };
  }
  if (schema['type'] === 'number' || schema['type'] === 'integer') return { kind: 'number' };
  if (name === 'edtf') return { kind: 'date' };
  if (name === 'url') return { kind: 'url' };
  return { kind: Number(schema['maxLength'] ?? 0) >= LONG_TEXT ? 'text' : 'line' };
}

/**
 * The form's values as data of a class. Empty fields are omitted. Text that is not a number stays text, so
 * that the validation of events can report the problem.
 */
export function dataFrom(
  fields: FieldsClass,
  prefix: string,
  values: FormValues,
): Record<string, unknown> | undefined {
  const data: Record<string, unknown> = {};
  for (const field of fieldsOf(fields).values()) {
    const name = `${prefix}.${field.name}`;
    const part = partOf(field);
    const value = part ? dataFrom(part, name, values) : valueFrom(field, textOf(values, name));
    if (value !== undefined) data[field.name] = value;
  }
  return Object.keys(data).length === 0 ? undefined : data;
}

function valueFrom({ kind }: DeclaredField, text: string): unknown {
  if (text === '') return undefined;
  switch (kind.schema['type']) {
    case 'array':
      return text
        .split(/[\n,]/)
        .map((item) => item.trim())
        .filter((item) => item !== '');
    case 'number':
    case 'integer':
      return /^-?\d+(\.\d+)?$/.test(withoutGroups(text)) ? Number(withoutGroups(text)) : text;
    default:
      return text;
  }
}

/** Removes digit grouping, because people often type "45,008" or "45 008" instead of 45008. */
const withoutGroups = (text: string): string => text.replace(/(?<=\d)[,\s](?=\d{3}(?!\d))/g, '');

/** Data as the values of a form, for a correction. */
export function valuesFrom(
  fields: FieldsClass,
  prefix: string,
  data: object,
): Record<string, string | string[]> {
  const values: Record<string, string | string[]> = {};
  const given = data as Readonly<Record<string, unknown>>;
  for (const field of fieldsOf(fields).values()) {
    const name = `${prefix}.${field.name}`;
    const value = given[field.name];
    const part = partOf(field);
    if (part && typeof value === 'object' && value !== null)
      Object.assign(values, valuesFrom(part, name, value));
    else if (Array.isArray(value)) values[name] = value.map(String);
    else if (typeof value === 'string' || typeof value === 'number') values[name] = String(value);
  }
  return values;
}

function partOf({ kind }: DeclaredField): FieldsClass | undefined {
  const ref = kind.schema['$ref'];
  return typeof ref === 'string' ? PARTS[ref.slice(ref.lastIndexOf('/') + 1)] : undefined;
}

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((each) => typeof each === 'string');
