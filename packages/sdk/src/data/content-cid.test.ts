import { expect, test } from 'vitest'
import { describePlatforms } from '../../test/platforms.ts'

describePlatforms(
  () => import('./content-cid.ts'),
  (module) => {
    test('names a value by its DAG-CBOR, whatever the order of its keys', () => {
      const cid = 'bafyreifa2oxz5bxfkf7xfg5nazl6frxtw7idrgmjjsgwwm3vsb2mre5v4m'
      expect(module().cidForCbor({ a: 1, b: 2 })).toBe(module().cidForCbor({ b: 2, a: 1 }))
      expect(module().cidForCbor({})).toBe(
        'bafyreigbtj4x7ip5legnfznufuopl4sg4knzc2cof6duas4b3q2fy6swua',
      )
      expect(module().cidForCbor({ a: 1, b: 2 })).toBe(cid)
    })

    test('names bytes as they are', () => {
      expect(module().cidForRaw(new Uint8Array())).toBe(
        'bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku',
      )
    })
  },
)
