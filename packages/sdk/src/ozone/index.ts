export { Ozone } from './ozone.ts'
export type { OzoneOptions } from './ozone.ts'
