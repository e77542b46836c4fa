import { expect, test } from 'vitest'

import { pdsEndpoint, serviceEndpoint } from './index.ts'

const document = {
  id: 'did:web:services.example.com',
  service: [
    { id: '#bsky_fg', type: 'BskyFeedGenerator', serviceEndpoint: 'https://feed.example.com' },
    {
      id: 'did:web:services.example.com#atproto_labeler',
      type: 'AtprotoLabeler',
      serviceEndpoint: 'https://labels.example.com',
    },
  ],
}

test('a service is found by the end of its id and its type', () => {
  expect(serviceEndpoint(document, 'bsky_fg', 'BskyFeedGenerator')).toBe('https://feed.example.com')
  expect(serviceEndpoint(document, 'atproto_labeler', 'AtprotoLabeler')).toBe(
    'https://labels.example.com',
  )
  expect(serviceEndpoint(document, 'bsky_fg', 'AtprotoLabeler')).toBeUndefined()
  expect(pdsEndpoint(document)).toBeUndefined()
})

test.each([undefined, null, 1, 'text', {}, { service: {} }, { service: [null] }])(
  'no PDS is found in %j',
  (value) => expect(pdsEndpoint(value)).toBeUndefined(),
)
