import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PROGRAM = `
  import { runGym } from './src/cli/gym.ts';
  await runGym([], (line) => process.stdout.write(line + '\\n'));
`;

/** Starts the gym as a process of its own, and gives its answers in turn. */
function aProcess(): {
  readonly say: (text: string) => void;
  readonly end: () => void;
  readonly answers: AsyncIterator<string>;
  readonly exit: Promise<unknown>;
} {
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', PROGRAM], {
    cwd: ROOT,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  return {
    say: (text) => child.stdin.write(`${text}\n`),
    end: () => child.stdin.end(),
    answers: createInterface({ input: child.stdout })[Symbol.asyncIterator](),
    exit: once(child, 'exit').then(([code]) => code as unknown),
  };
}

async function nextAnswer(answers: AsyncIterator<string>): Promise<unknown> {
  const next: IteratorResult<string, unknown> = await answers.next();
  return JSON.parse(next.value as string);
}

describe('the gym as a process', () => {
  it('answers each line with one line while the pipe is open, and ends on close', async () => {
    const { say, answers, exit } = aProcess();
    say('{"do":"reset","seed":1}');
    expect(await nextAnswer(answers)).toMatchObject({ episode: 1, observation: { day: 0 } });
    say('');
    say('{"do":"step","episode":1,"order":{"regimen":{"metformin":1000}},"days":28}');
    expect(await nextAnswer(answers)).toMatchObject({ episode: 1, observation: { day: 28 } });
    say('what?');
    expect(await nextAnswer(answers)).toHaveProperty('error');
    say('{"do":"close"}');
    expect(await exit).toBe(0);
  });

  it('ends when its input ends', async () => {
    const { say, end, answers, exit } = aProcess();
    say('{"do":"describe"}');
    expect(await nextAnswer(answers)).toHaveProperty('drugs');
    end();
    expect(await exit).toBe(0);
  });
});
