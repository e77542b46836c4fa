// The references in a document: where they stand, and whether a value can do without them.

import type { LexiconDocument } from './lexicon-document.ts'

/** A reference where it stands. */
export interface PlacedRef {
  ref: string
  /** A union may point at fewer kinds of definitions than a ref. */
  from: 'ref' | 'union'
  path: (string | number)[]
  /** Whether every value of the definition holds a value of the other one. */
  isInevitable: boolean
}

/** Every reference in one of a document's definitions. The document is one of the language. */
export function refsOf(document: LexiconDocument, name: string): PlacedRef[] {
  const found: PlacedRef[] = []
  visit(document.defs[name], ['defs', name], true, found)
  return found
}

interface Node {
  type?: string
  ref?: string
  refs?: string[]
  closed?: boolean
  minLength?: number
  required?: string[]
  nullable?: string[]
  properties?: Record<string, Node>
}

/** Which parts of a node hold others. */
const PARTS = ['record', 'parameters', 'input', 'output', 'message', 'schema', 'items'] as const

type Inner = Node & { [part in (typeof PARTS)[number]]?: Inner }

function visit(
  node: Inner | undefined,
  path: (string | number)[],
  isInevitable: boolean,
  found: PlacedRef[],
): void {
  if (!node) return
  const { type, ref, refs = [], closed, minLength = 0, properties = {} } = node
  if (type === 'ref' && ref) found.push({ ref, from: 'ref', path: [...path, 'ref'], isInevitable })
  if (type === 'union') {
    const isOnly = closed === true && refs.length === 1
    for (const [i, member] of refs.entries()) {
      const place = [...path, 'refs', i]
      found.push({ ref: member, from: 'union', path: place, isInevitable: isInevitable && isOnly })
    }
  }
  for (const part of PARTS) {
    visit(node[part], [...path, part], isInevitable && (type !== 'array' || minLength > 0), found)
  }
  for (const name of Object.keys(properties)) {
    const isThere = node.required?.includes(name) === true && !node.nullable?.includes(name)
    visit(properties[name], [...path, 'properties', name], isInevitable && isThere, found)
  }
}
