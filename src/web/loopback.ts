/**
 * Whether a Host header names this machine.
 *
 * A page of another site can make its name point to this machine (DNS rebinding) and is then of our origin: the Host
 * header still tells.
 */
export function isLoopbackHost(host: string | undefined): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes((host ?? '').replace(/:\d+$/, ''));
}
