// com.atproto.temp: methods that may go away.
import { expect } from 'vitest'
import type { Scenarios } from './scenario.ts'

export const temp: Scenarios<'temp'> = {
  async checkSignupQueue({ enter }) {
    const { atproto } = await enter()
    expect((await atproto.temp.checkSignupQueue()).data).toEqual({ activated: true })
  },
}
