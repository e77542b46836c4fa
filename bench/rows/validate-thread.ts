import type { Row } from '../harness/row.ts'
import { validationCases } from './validation-cases.ts'

/** What an app gets for a long discussion. */
export const validateThread: Row = {
  name: 'validate-thread',
  title:
    'The views of a discussion of 150 posts, which hold records of no known type. @atcute/lexicons makes code at run time.',
  cases: async (corpus) => validationCases('thread', corpus, false),
}
