// The messages of Jetstream, whichever version they are of.
import type { JetstreamEvent } from './jetstream-event.ts'
import { parseMessage } from './jetstream-reader.ts'
import { jetstreamTools } from './jetstream-tools.ts'
import { readVersion1 } from './jetstream-version1.ts'
import { createReader2 } from './jetstream-version2.ts'

const readVersion2 = /* @__PURE__ */ createReader2(jetstreamTools)

/**
 * Reads a message of either version of Jetstream, for those who bring their own socket.
 *
 * @throws {FirehoseError} `invalid-frame`; `error-frame` for what the service says before it closes
 *   the connection.
 */
export function readJetstreamMessage(text: string): JetstreamEvent {
  const message = parseMessage(text)
  return message['$type'] === undefined ? readVersion1(message) : readVersion2(message)
}
