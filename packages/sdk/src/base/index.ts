export { AtprotoError } from './errors.ts'
export type { AtprotoErrorOptions } from './errors.ts'
