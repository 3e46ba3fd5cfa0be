/** How every command of every program here ends, and what it says where it does not get through. */
import { CommanderError, type Command } from 'commander';

/** 0: done. 1: something was refused, or is to be mended. 2: what was typed cannot be read, or the graph cannot be asked. */
export const EXIT = { fine: 0, refused: 1, stopped: 2 } as const;

/** Runs a program, by the words given or those of the process. Words it cannot read end it with 2, before anything is asked. */
export async function runProgram(program: Command, words?: readonly string[]): Promise<void> {
  for (const command of withSubcommands(program)) command.exitOverride();
  try {
    await (words ? program.parseAsync(words, { from: 'user' }) : program.parseAsync());
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // Told already; where help was asked for, that is all there was to do.
    process.exitCode = error.exitCode === 0 ? EXIT.fine : EXIT.stopped;
  }
}

export function withSubcommands(program: Command): Command[] {
  return [program, ...program.commands.flatMap(withSubcommands)];
}

/** What stops a command is told without a stack, and ends it with 2. */
export function guarded<Args extends unknown[]>(
  action: (...args: Args) => Promise<void>,
  told: (error: Error) => readonly string[] = ({ message }) => [message],
) {
  return async (...args: Args): Promise<void> => {
    try {
      await action(...args);
    } catch (error) {
      if (error instanceof CommanderError) throw error;
      process.exitCode = EXIT.stopped;
      for (const line of error instanceof Error ? told(error) : ['unknown fault']) console.error(line);
    }
  };
}
