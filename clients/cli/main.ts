#!/usr/bin/env node
import { runProgram } from './ending.ts';
import { xueji } from './program.ts';

await runProgram(xueji());
