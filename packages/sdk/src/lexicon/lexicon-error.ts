// What goes wrong with lexicons, and with values that one of them describes.

import { AtprotoError } from '../base/index.ts'
import { formatPath } from './issue.ts'
import type { Issue, IssueCode } from './issue.ts'

/** At least one issue. */
export type Issues = [Issue, ...Issue[]]

/**
 * A lexicon document that is not valid, or that is not there. `code` and `path` are those of the
 * first issue.
 */
export class LexiconError extends AtprotoError<Pick<Issue, 'code' | 'path'> & { issues: Issues }> {
  static override readonly id: string = 'LexiconError'

  declare readonly code: IssueCode

  /** The way to the first fault. */
  declare readonly path: readonly (string | number)[]

  /** Everything that was found wrong, at most 100 issues. */
  declare readonly issues: Issues

  /** @param subject What the message begins with: the document's or the record's NSID. */
  constructor(issues: Issues, subject = '') {
    const [{ code, path, message }] = issues
    const more = issues.length > 1 ? ` (and ${issues.length - 1} more)` : ''
    const where = [subject, formatPath(path)].filter(Boolean).join(' at ')
    super(`${where && `${where}: `}${message}${more}`, { code, path, issues })
  }
}

/** A value that is not what its schema says. The message names the field. */
export class ValidationError extends LexiconError {
  static override readonly id = 'ValidationError'
}
