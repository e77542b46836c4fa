// What a resolver goes by to ask the network.
import type { ResolveTxt } from './dns-over-https.ts'

/** @internal Is told of every question that is asked, and of its answer. */
export type Watch = (
  step: 'dns' | 'well-known' | 'document',
  source: string,
  answer: Promise<unknown>,
) => void

/** @internal The settings of a resolver, every one of them decided. */
export interface Network {
  /** The base URL of the PLC directory, without a slash at its end. */
  plcUrl: string
  /** Asks hosts that the program chose itself. */
  fetch: typeof globalThis.fetch
  /** Asks hosts that strangers chose. */
  publicFetch: typeof globalThis.fetch
  dns: ResolveTxt
  /** How long one source may take, in milliseconds. */
  timeout: number
  allowLoopback: boolean
  /** Where somebody watches, questions are asked to their ends. */
  watch: Watch | undefined
}
