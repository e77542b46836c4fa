// Where in a JSON text a value stands, for messages that an editor can follow.

/** A place in a text, both numbers counted from 1. */
export interface TextPosition {
  line: number
  /** In UTF-16 units, as editors count. */
  column: number
}

/**
 * The position of a value in a text that is known to be JSON, or of the innermost one around it
 * where there is no such value.
 *
 * @param path The way to it, as of `CodegenError`.
 */
export function findPosition(text: string, path: string): TextPosition {
  const wanted = pathSegments(path)
  // The way to the value that comes next: a number in an array, a name in an object.
  const current: (string | number)[] = []
  // How many of the outermost segments are as wanted.
  let matching = 0
  let found = { depth: 0, offset: 0 }
  const enter = (segment: string | number): void => {
    if (matching === current.length && wanted[matching] === segment) matching++
    current.push(segment)
  }
  const leave = (): void => {
    current.pop()
    matching = Math.min(matching, current.length)
  }
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    const last = current.at(-1)
    if (token === '}' || token === ']') {
      leave()
    } else if (token === ',') {
      leave()
      enter(typeof last === 'number' ? last + 1 : NO_NAME_YET)
    } else if (last === NO_NAME_YET && token !== ':') {
      leave()
      enter(JSON.parse(token) as string)
    } else if (token !== ':') {
      // Of names that come twice, the last one counts, as it does for JSON.parse.
      if (matching === current.length && matching >= found.depth) {
        found = { depth: matching, offset: index }
      }
      if (token === '{') enter(NO_NAME_YET)
      if (token === '[') enter(0)
    }
  }
  return positionAt(text, found.offset)
}

/** What is wrong with a text that JSON.parse refused with this error, and where. */
export function explainError(text: string, { message }: Error): TextPosition & { message: string } {
  return {
    ...positionAt(text, errorOffset(text, message)),
    // The rest quotes the text, or says where.
    message: message.replace(/(?: in JSON)? at position .*|, (?:\.\.\.)?".*/s, ''),
  }
}

function errorOffset(text: string, message: string): number {
  const stated = /at position (\d+)/.exec(message)?.[1]
  if (stated !== undefined) return Number(stated)
  if (!isUnexpected(message)) return text.length
  // V8 names an unexpected token and not its place: it follows the longest beginning without one.
  let [low, high] = [0, text.length]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (isUnexpected(parseError(text.slice(0, middle)))) high = middle - 1
    else low = middle
  }
  return low
}

function isUnexpected(message: string): boolean {
  return message.startsWith('Unexpected token')
}

function parseError(text: string): string {
  try {
    JSON.parse(text)
    return ''
  } catch (error) {
    return (error as Error).message
  }
}

function positionAt(text: string, offset: number): TextPosition {
  const before = text.slice(0, offset).split('\n')
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 }
}

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g

// Stands for the name of a property that has not been read: any string could be a name.
const NO_NAME_YET = -1

/** `defs.main["a b"].refs[0]` → `['defs', 'main', 'a b', 'refs', 0]`. */
function pathSegments(path: string): (string | number)[] {
  return Array.from(path.matchAll(SEGMENT), ([, name, index, quoted]) => {
    if (index !== undefined) return Number(index)
    return quoted === undefined ? (name ?? '') : (JSON.parse(quoted) as string)
  })
}

const SEGMENT = /([\w$-]+)|\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]/g
