// One validation of one value: what it looks for and what it has found.

import type { Issue, IssueCode } from './issue.ts'

/** How deep a value may be nested, as in the data model; deeper ones could exhaust the stack. */
export const MAX_DEPTH = 128

/** How many issues are gathered. A hostile value can have any number of them. */
const MAX_ISSUES = 100

/** How a value is checked. */
export interface ValidationOptions {
  /**
   * Refuses fields that the lexicon does not name, and members of unions that it does not name. The
   * protocol lets both pass, so that a lexicon can grow; refuse them in what you write yourself.
   */
  strict?: boolean | undefined
  /** Accepts the form of a blob reference that old records carry (`{ cid, mimeType }`). */
  legacyBlobs?: boolean | undefined
  /** Stops at the first issue, for when nobody reads the others. */
  firstOnly?: boolean | undefined
}

// Most values have none, and most others have one: an array that grows is larger from the start.
const NO_ISSUES: Issue[] = []

/** The state of a validation. */
export class Validation {
  issues: Issue[] = NO_ISSUES
  readonly strict: boolean
  readonly legacyBlobs: boolean
  /** Whether the first fault ends it: nobody asks for more, or there are enough. */
  stops: boolean
  readonly #isSilent: boolean

  constructor({ strict, legacyBlobs, firstOnly }: ValidationOptions = {}, isSilent = false) {
    this.strict = strict === true
    this.legacyBlobs = legacyBlobs === true
    this.stops = firstOnly === true || isSilent
    this.#isSilent = isSilent
  }

  /** Takes note of a fault of the value at hand, or of one of its fields. False, to be returned. */
  fail(code: IssueCode, expected: string, field?: string): false {
    if (!this.#isSilent) {
      const path = field === undefined ? [] : [field]
      const issue = { code, path, message: `expected ${expected}` }
      if (this.issues.length === 0) this.issues = [issue]
      else this.issues.push(issue)
      this.stops ||= this.issues.length === MAX_ISSUES
    }
    return false
  }

  /** Puts a key before the paths of all issues from a position on: those of the value at that key. */
  under(key: string | number, from: number): void {
    for (let i = from; i < this.issues.length; i++) {
      const issue = this.issues[i]!
      // A new array takes less time than room at the front of the old one, and one of a known length
      // less than a spread.
      const { path } = issue
      issue.path = path.length === 0 ? [key] : path.length === 1 ? [key, path[0]!] : [key, ...path]
    }
  }
}

/** For when only the answer counts. Nothing in it changes. */
export const SILENT: Validation = /* @__PURE__ */ new Validation({}, true)
