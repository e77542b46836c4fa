export { pdsEndpoint } from './did-document.ts'
export type { DidDocument } from './did-document.ts'
