#!/usr/bin/env node
/** primary-school: the system of a primary school, small and real, for those who build one. */
import { Command } from 'commander';
import { runProgram } from '../cli/ending.ts';
import { commands } from './commands.ts';

const program = new Command('primary-school').description(
  '小学学籍系统示例 / the system of a primary school',
);
for (const command of commands()) program.addCommand(command);
await runProgram(program);
