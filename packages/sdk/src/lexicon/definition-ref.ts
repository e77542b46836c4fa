// References to definitions (https://atproto.com/specs/lexicon#ref).

import { isNsid } from '../syntax/index.ts'

/** Which definition of which document. */
export interface DefinitionRef {
  nsid: string
  name: string
}

/** What a definition may be called. The specification does not say; every name in use is one. */
const NAME = /^[a-zA-Z][a-zA-Z0-9_-]{0,127}$/

/** Whether a definition may have this name. */
export function isDefinitionName(name: string): boolean {
  return NAME.test(name)
}

/**
 * Reads `nsid`, `nsid#name` or, in the document `from`, `#name`. Nothing where it is none of these.
 * The documents of the reference implementation write `lex:` before it.
 */
export function readRef(text: string, from: string): DefinitionRef | undefined {
  const [before = '', name = 'main', ...rest] = text.replace(/^lex:/, '').split('#')
  const nsid = before === '' && text.startsWith('#') ? from : before
  return rest.length === 0 && isDefinitionName(name) && isNsid(nsid) ? { nsid, name } : undefined
}

/** The `$type` of the values of a definition. */
export function typeOf({ nsid, name }: DefinitionRef): string {
  return name === 'main' ? nsid : `${nsid}#${name}`
}
