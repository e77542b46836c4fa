import type { Row } from '../harness/row.ts'
import { validationCases } from './validation-cases.ts'

/** A post against its lexicon. */
export const validatePost: Row = {
  name: 'validate-post',
  title:
    'One post against its lexicon, valid or with a fault. @atcute/lexicons and zod make code at run time.',
  cases: async (corpus) => validationCases('post', corpus),
}
