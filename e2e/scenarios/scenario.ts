// The form of a scenario, which tries one method.
import type { TriedMethod } from '../methods.ts'
import type { Stage } from '../stage.ts'

/**
 * Calls its method through the SDK and checks that it did what it says. The test that runs it checks
 * besides that the PDS answered that very call with success.
 */
export type Scenario = (stage: Stage) => Promise<void>

/** One scenario for each method of a service that the table calls tried: no more, no fewer. */
export type Scenarios<Service extends string> = {
  [
    Nsid in TriedMethod as Nsid extends `com.atproto.${Service}.${infer Name}` ? Name : never
  ]: Scenario
}

/** A post's record, made now. */
export function post(text: string) {
  const createdAt = new Date().toISOString()
  return { $type: 'app.bsky.feed.post', text, createdAt } as const
}
