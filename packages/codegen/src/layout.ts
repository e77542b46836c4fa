// Lays type expressions out on lines, as a formatter would: on one line where they fit, else one
// part a line.

import { docComment } from './doc-comment.ts'

/** A type expression. Atoms are code already, and never broken. */
export type TypeExpression =
  | { kind: 'atom'; code: string }
  | { kind: 'union'; members: TypeExpression[] }
  | { kind: 'array'; items: TypeExpression }
  | { kind: 'object'; fields: Field[] }

/** A property of an object type. Its name is code already, with the `?` of an optional one. */
export interface Field {
  comment: string[]
  name: string
  type: TypeExpression
}

/** How wide the code may be. */
export const LINE_WIDTH = 100

/** A type expression that is a name or a literal. */
export function atom(code: string): TypeExpression {
  return { kind: 'atom', code }
}

/** A union, flat and without repetition; of one member it is that member, of none `never`. */
export function union(members: TypeExpression[]): TypeExpression {
  const flat = members.flatMap((member) => (member.kind === 'union' ? member.members : [member]))
  const seen = new Set<string>()
  const unique = flat.filter((member) => {
    if (member.kind !== 'atom') return true
    const isNew = !seen.has(member.code)
    seen.add(member.code)
    return isNew
  })
  const [first] = unique
  if (!first) return atom('never')
  return unique.length === 1 ? first : { kind: 'union', members: unique }
}

/**
 * Lays an expression out behind text that ends at `column`.
 *
 * @param indent The indentation of the line that the expression begins on.
 */
export function layOut(type: TypeExpression, column: number, indent = 0): string {
  const flat = oneLine(type)
  if (flat !== undefined && column + flat.length <= LINE_WIDTH) return flat
  switch (type.kind) {
    case 'atom':
      return type.code
    case 'union':
      return layOutMembers(type.members, indent + 2)
    case 'array': {
      if (type.items.kind !== 'union') return `${layOut(type.items, column, indent)}[]`
      return `(${layOutMembers(type.items.members, indent + 2)}\n${' '.repeat(indent)})[]`
    }
    case 'object': {
      const fields = type.fields.map((field) => layOutField(field, indent + 2))
      return ['{', ...fields, `${' '.repeat(indent)}}`].join('\n')
    }
  }
}

function layOutMembers(members: TypeExpression[], indent: number): string {
  // What a member breaks into stands behind its `| `.
  return members
    .map((member) => `\n${' '.repeat(indent)}| ${layOut(member, indent + 2, indent + 2)}`)
    .join('')
}

function layOutField({ comment, name, type }: Field, indent: number): string {
  const space = ' '.repeat(indent)
  const head = `${space}${name}:`
  const body = layOut(type, head.length + 1, indent)
  return [...docComment(comment, indent), `${head}${body.startsWith('\n') ? '' : ' '}${body}`].join(
    '\n',
  )
}

/** The expression on one line, or `undefined` where it holds an object, whose properties take a line each. */
function oneLine(type: TypeExpression): string | undefined {
  switch (type.kind) {
    case 'atom':
      return type.code
    case 'union': {
      const members = type.members.map(oneLine)
      return members.includes(undefined) ? undefined : members.join(' | ')
    }
    case 'array': {
      const items = oneLine(type.items)
      return items && (type.items.kind === 'union' ? `(${items})[]` : `${items}[]`)
    }
    case 'object':
      return undefined
  }
}
