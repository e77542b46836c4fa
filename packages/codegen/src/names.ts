// Names and literals of the generated code. Whatever comes out of a document passes through here
// before it becomes part of the code.

/** `com.atproto.repo.getRecord` → `ComAtprotoRepoGetRecord`. */
export function pascalCase(name: string): string {
  return name
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')
}

/** `reasonSpam` stays, `some-token` → `someToken`. */
export function camelCase(name: string): string {
  const pascal = pascalCase(name)
  return pascal.charAt(0).toLowerCase() + pascal.slice(1)
}

/** A name that a `const` may have: `delete` → `delete_`. */
export function constName(name: string): string {
  const camel = camelCase(name)
  return RESERVED_WORDS.has(camel) ? `${camel}_` : camel
}

/** A string literal in the formatter's preferred quotes, with everything escaped that needs it. */
export function quote(text: string): string {
  const json = JSON.stringify(text).replaceAll(/[\u007F-\u009F\u2028\u2029\uFEFF]/g, escapeUnit)
  const singles = text.split("'").length
  const doubles = text.split('"').length
  if (singles > doubles) return json
  return `'${json.slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`
}

/** The name of a property: quoted only where it must be. */
export function propertyName(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : quote(name)
}

/** The names that one scope has given away. */
export class Names {
  readonly #taken: Set<string>

  constructor(taken: Iterable<string> = []) {
    this.#taken = new Set(taken)
  }

  /** The wanted name, or the same with the first free number behind it. */
  allocate(wanted: string): string {
    let name = wanted
    for (let n = 2; this.#taken.has(name); n++) name = `${wanted}${n}`
    this.#taken.add(name)
    return name
  }
}

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
}

// What a `const` in a module cannot be called (ECMAScript, strict code), plus `undefined`, which
// TypeScript keeps for itself.
const RESERVED_WORDS: ReadonlySet<string> = new Set(
  `arguments await break case catch class const continue debugger default delete do else enum eval
   export extends false finally for function if implements import in instanceof interface let new
   null package private protected public return static super switch this throw true try typeof
   undefined var void while with yield`.split(/\s+/),
)
