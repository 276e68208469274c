import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { branch, reset, step } from '../systems/cardio-renal-metabolic/environment/environment.ts';
import type { EpisodeOptions } from '../systems/cardio-renal-metabolic/environment/environment.ts';
import type { Episode } from '../systems/cardio-renal-metabolic/environment/episode.ts';
import { describeGym, openingAnswer, transitionAnswer } from './gym-answers.ts';
import { GymRequest, actionOf } from './gym-request.ts';
import type { GymOptions } from './gym-request.ts';

/** Episodes by number, for callers that cannot pass a state in and out. */
export interface GymDesk {
  /** The answer to one line; undefined when the desk is closed by it. */
  readonly answer: (line: string) => object | undefined;
}

type Handler<Do extends GymRequest['do']> = (request: Extract<GymRequest, { readonly do: Do }>) => object | undefined;

/** Opens a desk that answers lines of JSON. A line that it does not understand is answered with `{ error }`. */
export function openGymDesk(): GymDesk {
  const episodes = new Map<number, Episode>();
  let last = 0;

  function keep(episode: Episode): number {
    last += 1;
    episodes.set(last, episode);
    return last;
  }

  function find(number: number): Episode {
    const episode = episodes.get(number);
    if (episode === undefined)
      throw new TypeError(`there is no episode ${number}: "reset" opens one and says its number`);
    return episode;
  }

  const handlers: { readonly [Do in GymRequest['do']]: Handler<Do> } = {
    describe: () => describeGym(),
    reset: ({ seed, options }) => {
      const opening = reset(seed, optionsOf(options));
      return openingAnswer(keep(opening.episode), opening);
    },
    step: ({ episode, order, days }) => {
      const transition = step(find(episode), actionOf(order), days);
      episodes.set(episode, transition.episode);
      return transitionAnswer(episode, transition);
    },
    branch: ({ episode, orders, days }) => ({
      branches: branch(find(episode), orders.map(actionOf), days).map((transition) =>
        transitionAnswer(keep(transition.episode), transition),
      ),
    }),
    close: ({ episode }) => (episode === undefined ? undefined : { closed: episodes.delete(episode) }),
  };

  function handle(request: GymRequest): object | undefined {
    return (handlers[request.do] as Handler<GymRequest['do']>)(request);
  }

  return { answer: (line) => answered(line, handle) };
}

function answered(line: string, handle: (request: GymRequest) => object | undefined): object | undefined {
  try {
    return handle(GymRequest.parse(JSON.parse(line)));
  } catch (error) {
    if (error instanceof z.ZodError) return { error: z.prettifyError(error) };
    if (error instanceof SyntaxError) return { error: `a line is one object of JSON: ${error.message}` };
    if (error instanceof TypeError) return { error: error.message };
    throw error;
  }
}

function optionsOf({ before, ...options }: GymOptions): EpisodeOptions {
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  return before === undefined ? given : { ...given, before: actionOf(before) };
}

/** Speaks JSON lines on standard input and output until `close` or the end of the input. It takes no arguments. */
export async function runGym(args: readonly string[], print: (line: string) => void): Promise<void> {
  parseArgs({ args: [...args] });
  const desk = openGymDesk();
  const lines = createInterface({ input: process.stdin, crlfDelay: Infinity });
  for await (const line of lines) {
    if (line.trim() === '') continue;
    const answer = desk.answer(line);
    if (answer === undefined) break;
    print(JSON.stringify(answer));
  }
  // An open pipe would keep the process alive.
  process.stdin.destroy();
}
