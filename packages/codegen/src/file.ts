// The parts that every generated file is put together from.

import { docComment, oneParagraph } from './doc-comment.ts'
import type { Imports } from './imports.ts'
import { LINE_WIDTH, layOut } from './layout.ts'
import type { TypeExpression } from './layout.ts'

/** How every generated file begins, so that a stale one can be told from a file of somebody's own. */
export const GENERATED = '// Generated from the lexicon'

/**
 * Puts a file together.
 *
 * @param origin What follows {@link GENERATED} in the first line.
 * @param declarations Exported declarations, to be set apart by blank lines.
 */
export function fileText(
  origin: string,
  description: string | undefined,
  imports: Imports,
  declarations: string[],
): string {
  const text = oneParagraph(description)
  const header = [`${GENERATED}${origin}. Do not edit.`, ...(text ? [`// ${text}`] : [])]
  const blocks = [
    header.join('\n'),
    imports.lines().join('\n'),
    ...(declarations.length > 0 ? declarations : ['export {}']),
  ]
  return `${blocks.filter(Boolean).join('\n\n')}\n`
}

/** An exported type alias. */
export function typeDeclaration(name: string, comment: string[], type: TypeExpression): string {
  const head = `export type ${name} =`
  return [...docComment(comment), joinLines(head, layOut(type, head.length + 1))].join('\n')
}

/** An exported constant that holds a string. */
export function constDeclaration(name: string, comment: string[], literal: string): string {
  return [...docComment(comment), joinLines(`export const ${name} =`, literal)].join('\n')
}

function joinLines(head: string, body: string): string {
  if (body.startsWith('\n')) return head + body
  const isTooLong = !body.includes('\n') && head.length + 1 + body.length > LINE_WIDTH
  return head + (isTooLong ? '\n  ' : ' ') + body
}
