// The places of records in a repository (https://atproto.com/specs/repository#repository-paths).

import { isNsid, isRecordKey } from '../syntax/index.ts'
import { RepoError } from './repo-error.ts'

const SLASH = 0x2f

/** Checks paths one after the other. In a repository neighbours nearly always share a collection. */
export class PathChecker {
  #collection: string | undefined

  /**
   * Refuses what is not an NSID, a slash and a record key.
   *
   * @throws {RepoError} `invalid-path`
   */
  check(path: string): void {
    const slash = this.#isKnown(path) ? this.#collection!.length : this.#findCollection(path)
    if (slash < 0 || !isRecordKey(path.slice(slash + 1))) {
      throw new RepoError(`Not the path of a record: ${JSON.stringify(path.slice(0, 100))}`, {
        code: 'invalid-path',
        path,
      })
    }
  }

  #isKnown(path: string): boolean {
    const collection = this.#collection
    return (
      collection !== undefined &&
      path.charCodeAt(collection.length) === SLASH &&
      path.startsWith(collection)
    )
  }

  #findCollection(path: string): number {
    const slash = path.indexOf('/')
    const collection = path.slice(0, slash)
    if (slash < 0 || !isNsid(collection)) return -1
    this.#collection = collection
    return slash
  }
}
