import { expect, test } from 'vitest';
import { isLoopbackHost } from '../../../src/web/loopback.ts';

test.each(['localhost', 'localhost:4004', '127.0.0.1:4005', '[::1]:80', '[::1]'])('%s is this machine', (host) => {
  expect(isLoopbackHost(host)).toBe(true);
});

test.each([undefined, '', 'evil.example', 'localhost.evil.example:80', '127.0.0.1.evil.example', '192.168.0.1:4004'])(
  '%s is not',
  (host) => {
    expect(isLoopbackHost(host)).toBe(false);
  },
);
