import { expect, onTestFinished, test } from 'vitest'

import { IdentityWorld, plcDocument } from '../../test/identity-world.ts'
import type { WorldFacts } from '../../test/identity-world.ts'

const DID = 'did:plc:aaaaaaaaaaaaaaaaaaaaaaaa'
const OTHER = 'did:plc:bbbbbbbbbbbbbbbbbbbbbbbb'
const HANDLE = 'alice.example.com'
const TXT = `_atproto.${HANDLE}`
const WELL_KNOWN = `${HANDLE}/.well-known/atproto-did`

async function open(facts: WorldFacts) {
  const world = await IdentityWorld.open(facts)
  onTestFinished(() => world[Symbol.asyncDispose]())
  return world
}

test.each<[string, string, WorldFacts]>([
  ['a handle', HANDLE, { txt: { [TXT]: [`did=${DID}`] } }],
  ['a DID', DID, { txt: { [TXT]: [`did=${DID}`] } }],
  ['a handle by its host', HANDLE, { web: { [WELL_KNOWN]: DID } }],
  [
    'a handle where DNS and host disagree',
    HANDLE,
    { txt: { [TXT]: [`did=${DID}`] }, web: { [WELL_KNOWN]: OTHER } },
  ],
  ['a DID whose handle leads nowhere', DID, {}],
  ['a handle that is ambiguous', HANDLE, { txt: { [TXT]: [`did=${DID}`, `did=${OTHER}`] } }],
  ['a handle of nobody', 'bob.example.com', {}],
  ['a handle that is none', 'alice', {}],
  ['a DID of nobody', OTHER, {}],
])('the end of the explanation is what resolving ends in: %s', async (_, identifier, facts) => {
  const web = { [DID]: plcDocument(DID, { handle: HANDLE }), ...facts.web }
  const world = await open({ ...facts, web })
  const { identity, error } = await world.resolver().explain(identifier)
  const resolved = await world
    .resolver()
    .resolve(identifier)
    .catch((failure: unknown) => failure)
  expect(identity ?? error).toEqual(resolved)
})

test('every step says what was asked, how long it took and what came of it', async () => {
  const world = await open({
    txt: { [TXT]: [`did=${DID}`] },
    web: { [DID]: plcDocument(DID, { handle: 'bob.example.com' }), [WELL_KNOWN]: '<html>' },
  })
  const { steps, identity } = await world.resolver().explain(HANDLE)
  expect(steps).toHaveLength(4)
  expect(steps).toEqual(
    expect.arrayContaining([
      { step: 'dns', source: TXT, milliseconds: expect.any(Number), outcome: DID },
      {
        step: 'well-known',
        source: `https://${WELL_KNOWN}`,
        milliseconds: expect.any(Number),
        outcome: expect.stringContaining('is no DID'),
        error: expect.objectContaining({ code: 'not-a-did' }),
      },
      {
        step: 'document',
        source: `https://plc.test/${DID}`,
        milliseconds: expect.any(Number),
        outcome: 'a DID document',
      },
      {
        step: 'agreement',
        source: DID,
        milliseconds: expect.any(Number),
        outcome: `${DID} claims ["at://bob.example.com"]: its handle is handle.invalid`,
      },
    ]),
  )
  expect(steps.map(({ step }) => step).slice(2)).toEqual(['document', 'agreement'])
  expect(identity?.handle).toBe('handle.invalid')
})

test('the steps up to a failure are there', async () => {
  const world = await open({ txt: { [TXT]: [`did=${DID}`] } })
  const { steps, error, identity } = await world.resolver().explain(HANDLE)
  expect(identity).toBeUndefined()
  expect(error?.code).toBe('did-not-found')
  expect(steps.at(-1)).toMatchObject({ step: 'document', error: { code: 'did-not-found' } })
})

test('an explanation keeps nothing, and believes nothing that was kept', async () => {
  const world = await open({ txt: { [TXT]: [`did=${DID}`] }, web: { [DID]: plcDocument(DID) } })
  const resolver = world.resolver()
  await resolver.explain(HANDLE)
  await resolver.resolve(HANDLE)
  await resolver.explain(HANDLE)
  expect(world.questions.filter((question) => question === DID)).toHaveLength(3)
})
