// Lays expressions out on lines, as a formatter would: on one line where they fit, else what they
// are made of a line each.

import { LINE_WIDTH } from './layout.ts'
import { propertyName } from './names.ts'

/** An expression. Atoms are code already, and never broken. */
export type ValueExpression =
  | { kind: 'atom'; code: string }
  | { kind: 'call'; callee: string; args: readonly ValueExpression[] }
  | { kind: 'list'; items: readonly ValueExpression[] }
  /** An object that stands on one line where it fits. */
  | { kind: 'options'; entries: readonly (readonly [name: string, value: ValueExpression])[] }
  /** A function without parameters that returns an expression. */
  | { kind: 'thunk'; body: ValueExpression }
  /** A function without parameters that returns an object, with a line for each of its fields. */
  | { kind: 'fields'; fields: readonly (readonly [name: string, value: ValueExpression])[] }

/** An expression that is a name or a literal. */
export function code(text: string): ValueExpression {
  return { kind: 'atom', code: text }
}

/** A call. */
export function call(callee: string, ...args: ValueExpression[]): ValueExpression {
  return { kind: 'call', callee, args }
}

/** A function without parameters. */
export function thunk(body: ValueExpression): ValueExpression {
  return { kind: 'thunk', body }
}

/**
 * Declares an exported constant whose value nobody misses where nobody uses it.
 *
 * @param type Code, which is never broken.
 * @param value A call.
 */
export function layOutConstant(name: string, type: string, value: ValueExpression): string {
  const head = `export const ${name}: ${type} =`
  const pure = value.kind === 'call' ? { ...value, callee: `${PURE} ${value.callee}` } : value
  if (pure.kind !== 'call') return `${head} ${layOutValue(pure, head.length + 1, 0)}`
  const column = head.length + 1
  const line = layOutValue(pure, column, 0)
  // A formatter breaks behind the `=` only where not even the name of what is called fits before.
  const fits = column + (line.split('\n')[0] ?? '').length <= LINE_WIDTH
  return fits ? `${head} ${line}` : `${head}\n  ${layOutValue(pure, 2, 2)}`
}

/** What tells a bundler that a call does nothing but give its value. */
const PURE = '/* @__PURE__ */'

/**
 * Lays an expression out behind text that ends at `column`.
 *
 * @param indent The indentation of the line that the expression begins on.
 * @param behind How much has to fit behind it on its last line.
 */
export function layOutValue(
  value: ValueExpression,
  column: number,
  indent: number,
  behind = 0,
): string {
  const flat = oneLine(value)
  if (flat !== undefined && (column + flat.length + behind <= LINE_WIDTH || isEmpty(value))) {
    return flat
  }
  const inner = indent + 2
  const lines = (parts: readonly string[]): string =>
    `\n${parts.map((part) => `${' '.repeat(inner)}${part},\n`).join('')}${' '.repeat(indent)}`
  switch (value.kind) {
    case 'atom':
      return value.code
    case 'list':
      return `[${lines(value.items.map((item) => layOutValue(item, inner, inner, 1)))}]`
    case 'options': {
      const entries = value.entries.map(([name, entry]) => {
        const head = `${name}: `
        return head + layOutValue(entry, inner + head.length, inner, 1)
      })
      return `{${lines(entries)}}`
    }
    case 'thunk':
      return `() => ${layOutValue(value.body, column + '() => '.length, indent, behind)}`
    case 'fields': {
      const fields = value.fields.map(([name, field]) => {
        const head = `${fieldName(name)}: `
        return head + layOutValue(field, inner + head.length, inner, 1)
      })
      return `() => ({${lines(fields)}})`
    }
    case 'call': {
      const hugged = layOutHugged(value.callee, value.args, column, indent)
      if (hugged !== undefined) return hugged
      const args = value.args.map((arg) => layOutValue(arg, inner, inner, 1))
      return `${value.callee}(${lines(args)})`
    }
  }
}

/**
 * A call that stands on the line it begins on up to the opening of its last argument, or `undefined`
 * where that cannot be.
 */
function layOutHugged(
  callee: string,
  args: readonly ValueExpression[],
  column: number,
  indent: number,
): string | undefined {
  const last = args.at(-1)
  if (!last || last.kind === 'atom' || last.kind === 'call' || isEmpty(last)) return undefined
  const others = args.slice(0, -1).map(oneLine)
  if (others.includes(undefined)) return undefined
  const head = `${callee}(${others.map((other) => `${other}, `).join('')}`
  if (last.kind === 'thunk') {
    const { body } = last
    if (body.kind === 'atom' || column + head.length + '() =>'.length > LINE_WIDTH) return undefined
    const space = ' '.repeat(indent)
    const text = layOutValue(body, indent + 2, indent + 2, 1)
    return `${head}() =>\n${space}  ${text},\n${space})`
  }
  const opening = { list: '[', options: '{', fields: '() => ({' }[last.kind]
  if (column + head.length + opening.length > LINE_WIDTH) return undefined
  // Laid out as if nothing of it fitted beside its opening, which it does not.
  return `${head}${layOutValue(last, LINE_WIDTH, indent)})`
}

/** The expression on one line, or `undefined` where it has fields, which take a line each. */
function oneLine(value: ValueExpression): string | undefined {
  switch (value.kind) {
    case 'atom':
      return value.code
    case 'options': {
      const values = value.entries.map(([, entry]) => oneLine(entry))
      if (values.includes(undefined)) return undefined
      return `{ ${value.entries.map(([name], i) => `${name}: ${values[i]}`).join(', ')} }`
    }
    case 'fields':
      return value.fields.length === 0 ? '() => ({})' : undefined
    case 'thunk': {
      const body = oneLine(value.body)
      return body === undefined ? undefined : `() => ${body}`
    }
    case 'list': {
      const items = allOnOneLine(value.items)
      return items === undefined ? undefined : `[${items}]`
    }
    case 'call': {
      const args = allOnOneLine(value.args)
      return args === undefined ? undefined : `${value.callee}(${args})`
    }
  }
}

/** Whether there is nothing in it that could take a line. */
function isEmpty(value: ValueExpression): boolean {
  return (
    (value.kind === 'list' && value.items.length === 0) ||
    (value.kind === 'fields' && value.fields.length === 0)
  )
}

function allOnOneLine(values: readonly ValueExpression[]): string | undefined {
  const texts = values.map(oneLine)
  return texts.includes(undefined) ? undefined : texts.join(', ')
}

/** In an object literal, `__proto__` by itself would set the prototype. */
function fieldName(name: string): string {
  return name === '__proto__' ? "['__proto__']" : propertyName(name)
}
