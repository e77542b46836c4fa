// What every schema offers. A schema is a check, a closure; nothing is compiled from text.

import { ValidationError } from './lexicon-error.ts'
import type { Issues } from './lexicon-error.ts'
import type { StandardSchema } from './standard-schema.ts'
import { SILENT, Validation } from './validation.ts'
import type { ValidationOptions } from './validation.ts'

/**
 * Whether a value is valid, at a depth below the value that the validation began with. False after a
 * call of `fail`.
 */
export type Check = (value: unknown, validation: Validation, depth: number) => boolean

/** What most strings of a format are, which a look tells: it takes less time than a call of a check. */
export interface CommonStrings {
  /** Of the strings within the limits, it matches valid ones only. */
  readonly pattern: RegExp
  /** In UTF-16 units. */
  readonly minLength: number
  readonly maxLength: number
}

/** Reads all texts of one name in a query string, at least one. */
export type FromTexts = (texts: readonly string[]) => unknown

/** The outcome of a validation that does not throw. */
export type ValidationResult<Value> =
  | { success: true; value: Value; issues?: undefined }
  | { success: false; issues: Issues }

/**
 * Describes values, and tells them from others. A valid value comes back as it is, the same object:
 * no default is filled in and no unknown field taken out, because a record that changes has another
 * CID (https://atproto.com/specs/lexicon#authority-and-control).
 *
 * @example
 * ```ts
 * import { main as post } from 'atproto.ts/lexicons/app.bsky.feed.post'
 *
 * const result = post.safeParse(await response.json())
 * if (result.success) console.log(result.value.text)
 * else for (const { path, message } of result.issues) console.log(path, message)
 * ```
 */
export class Schema<Value> {
  /** @internal Ask for it at every call: a schema replaces its check when it is first used. */
  check: Check

  /** The `$type` of the values, where they have one. */
  readonly type: string | undefined

  /** @internal The value that texts of a query string stand for, or a text where they stand for none. */
  readonly fromTexts: FromTexts

  /** @internal What most values are, where they are strings of a format. */
  readonly common: CommonStrings | undefined

  /** @internal */
  constructor(
    check: Check,
    type?: string,
    fromTexts: FromTexts = singleText,
    common?: CommonStrings,
  ) {
    this.check = check
    this.type = type
    this.fromTexts = fromTexts
    this.common = common
  }

  /** Whether a value is valid. */
  is(value: unknown, options?: ValidationOptions): value is Value {
    return this.check(value, options ? new Validation(options, true) : SILENT, 0)
  }

  /**
   * Gives a valid value back.
   *
   * @throws {@link ValidationError} with everything that is wrong with it, or the first fault only
   */
  parse(value: unknown, options?: ValidationOptions): Value {
    const result = this.safeParse(value, options)
    if (result.success) return result.value
    throw new ValidationError(result.issues, this.type)
  }

  /** Gives a valid value back, or what is wrong with it. */
  safeParse(value: unknown, options?: ValidationOptions): ValidationResult<Value> {
    const validation = new Validation(options)
    if (this.check(value, validation, 0)) return { success: true, value: value as Value }
    return { success: false, issues: validation.issues as Issues }
  }

  /** For libraries that take schemas of any make: https://standardschema.dev. */
  get '~standard'(): StandardSchema<Value> {
    return { version: 1, vendor: 'atproto.ts', validate: (value) => this.safeParse(value) }
  }
}

function singleText(texts: readonly string[]): unknown {
  return texts.length === 1 ? texts[0] : texts
}

/** A schema that is not made before it is needed, so that modules may refer to one another. */
export function lazy<Value>(get: () => Schema<Value>): Schema<Value> {
  let schema: Schema<Value> | undefined
  return new Schema((value, validation, depth) =>
    (schema ??= get()).check(value, validation, depth),
  )
}

/** Accepts `null` besides the values of a schema. */
export function nullable<Value>(schema: Schema<Value>): Schema<Value | null> {
  return new Schema(
    (value, validation, depth) => value === null || schema.check(value, validation, depth),
  )
}

/** Whether a value has fields. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
