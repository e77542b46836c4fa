// Keeps the reference servers to this machine: they listen on every interface, with no option for it.
import { Server } from 'node:net'

type Listen = (this: Server, ...args: unknown[]) => Server

let isDone = false

/** From now on, a server of this process that is given a port and no host listens on 127.0.0.1. */
export function listenOnLoopbackOnly(): void {
  if (isDone) return
  isDone = true
  const listen = Server.prototype.listen as unknown as Listen
  const onLoopback: Listen = function (port, ...rest) {
    const namesHost = typeof rest[0] === 'string'
    return listen.call(
      this,
      port,
      ...(typeof port === 'number' && !namesHost ? ['127.0.0.1'] : []),
      ...rest,
    )
  }
  Server.prototype.listen = onLoopback as typeof Server.prototype.listen
}
