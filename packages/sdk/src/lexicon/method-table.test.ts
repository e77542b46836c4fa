import { describe, expect, it } from 'vitest'
import { comAtproto } from '../../lexicons/com.atproto.ts'
import * as getBlob from '../../lexicons/com.atproto.sync.getBlob.ts'
import * as importRepo from '../../lexicons/com.atproto.repo.importRepo.ts'
import * as createRecord from '../../lexicons/com.atproto.repo.createRecord.ts'
import * as resolveHandle from '../../lexicons/com.atproto.identity.resolveHandle.ts'
import * as uploadBlob from '../../lexicons/com.atproto.repo.uploadBlob.ts'
import { expandMethods } from './method-table.ts'

describe('expandMethods', () => {
  it('reads a query that answers with JSON', () => {
    expect(expandMethods('com.example.thing', 'getThing')).toEqual({
      getThing: { nsid: 'com.example.thing.getThing', type: 'query', output: 'application/json' },
    })
  })

  it('reads a procedure that takes and answers with JSON', () => {
    expect(expandMethods('com.example.thing', '!putThing')).toEqual({
      putThing: {
        nsid: 'com.example.thing.putThing',
        type: 'procedure',
        input: 'application/json',
        output: 'application/json',
      },
    })
  })

  it('reads bodies that are not JSON', () => {
    expect(expandMethods('com.example', '!convert<image/*>text/plain getFile>*/*')).toEqual({
      convert: {
        nsid: 'com.example.convert',
        type: 'procedure',
        input: 'image/*',
        output: 'text/plain',
      },
      getFile: { nsid: 'com.example.getFile', type: 'query', output: '*/*' },
    })
  })

  it('leaves the output out where a method answers with no body', () => {
    const { ping, load } = expandMethods('com.example', '!ping> !load<a/b>')
    expect(ping).toEqual({ nsid: 'com.example.ping', type: 'procedure', input: 'application/json' })
    expect(load).toEqual({ nsid: 'com.example.load', type: 'procedure', input: 'a/b' })
    expect(ping).not.toHaveProperty('output')
  })

  it('agrees with the descriptors that the modules of the methods export', () => {
    const methods = Object.entries(comAtproto).flatMap(([service, table]) =>
      Object.values(expandMethods(`com.atproto.${service}`, table)),
    )
    for (const { main } of [createRecord, getBlob, importRepo, resolveHandle, uploadBlob]) {
      expect(methods).toContainEqual(main)
    }
    expect(new Set(methods.map(({ nsid }) => nsid)).size).toBe(methods.length)
    expect(methods.length).toBeGreaterThan(70)
  })
})
