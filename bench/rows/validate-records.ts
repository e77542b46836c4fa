import type { Row } from '../harness/row.ts'
import { validationCases } from './validation-cases.ts'

/** Other records against their lexicons. */
export const validateRecords: Row = {
  name: 'validate-records',
  title: 'Likes and profiles against their lexicons. @atcute/lexicons makes code at run time.',
  cases: async (corpus) => [
    ...(await validationCases('like', corpus)),
    ...(await validationCases('profile', corpus)),
  ],
}
