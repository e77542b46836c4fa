// Keeps the reference servers to this machine: they listen on every interface, with no option for it.
import { Server } from 'node:net'

type Listen = (this: Server, ...args: unknown[]) => Server

let isDone = false

/** From now on, a server of this process that is given a port and no host listens on 127.0.0.1. */
export function listenOnLoopbackOnly(): void {
  if (isDone) return
  isDone = true
  const prototype = Server.prototype as unknown as { listen: Listen }
  const { listen } = prototype
  prototype.listen = function (port, ...rest) {
    const needsHost = typeof port === 'number' && typeof rest[0] !== 'string'
    return listen.call(this, port, ...(needsHost ? ['127.0.0.1'] : []), ...rest)
  }
}
