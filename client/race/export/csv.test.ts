import { describe, expect, it } from 'vitest';
import { resultFor, trackFor } from '../model/test-result.ts';
import { delaysCsv, figuresCsv } from './csv.ts';

const result = resultFor(
  [1_000, 2_000],
  [trackFor('polling', [2_400.04, null]), trackFor('sse', [1_200, 2_201])],
);

describe('a race as CSV', () => {
  it('has a row for each technique', () => {
    const [head, polling, sse, end] = figuresCsv(result).split('\r\n');
    expect(head).toMatch(/^technique,arrived,published,median_ms,max_ms,formula_median_ms,/);
    expect(polling).toMatch(
      /^polling,1,2,1400,1400,200,1,1,1000,400,130,120,6100,240,0.2,200,2000,direct,bursts,1$/,
    );
    expect(sse).toMatch(/^sse,2,2,200.5,201,/);
    expect(end).toBe('');
  });

  it('has the delay of each message, and nothing where there is none', () => {
    expect(delaysCsv(result)).toBe(
      'message,text,published_ms,polling_ms,sse_ms\r\n1,message 1,1000,1400,200\r\n2,message 2,2000,,201\r\n',
    );
  });

  it('quotes what was typed, and hands no formula to a spreadsheet', () => {
    const typed = resultFor([1], []);
    typed.messages = [
      { text: 'a "b", c', planned: 0, published: 1 },
      { text: '=1+1', planned: 0, published: null },
    ];
    expect(delaysCsv(typed).split('\r\n').slice(1, 3)).toEqual(['1,"a ""b"", c",1', "2,'=1+1,"]);
  });
});
