// Walks through the pages of a list.
import type { XrpcResponse } from './response.ts'

/**
 * Yields the items of all pages of a list, asking for a page when the one before is used up.
 * The end is a page without a cursor; an empty page with one is not. A cursor that comes a second
 * time also ends the list, because it would only bring the same pages again.
 *
 * @param fetchPage Asks for the page at a cursor; the first time without one.
 * @param items Picks the items out of a page.
 * @throws whatever `fetchPage` throws.
 * @example
 * ```ts
 * const pages = (cursor?: string) => atproto.repo.listRecords({ repo, collection, cursor })
 * for await (const record of paginate(pages, (page) => page.records)) console.log(record.uri)
 * ```
 */
export async function* paginate<Page extends { cursor?: string | undefined }, Item>(
  fetchPage: (cursor: string | undefined) => Promise<XrpcResponse<Page>>,
  items: (page: Page) => Iterable<Item>,
): AsyncGenerator<Item, void, undefined> {
  const seen = new Set<string>()
  for (let cursor: string | undefined; ; seen.add(cursor)) {
    const { data } = await fetchPage(cursor)
    yield* items(data)
    cursor = data.cursor
    if (!cursor || seen.has(cursor)) return
  }
}
