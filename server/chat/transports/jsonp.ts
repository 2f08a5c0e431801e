import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { CodedError } from '../../errors/index.ts';
import { CALLBACK, CallbackQuery, HoldQuery, JsonpSendQuery } from '../protocol.ts';
import { hold, Params, receive, tags, type TransportOptions } from '../receiving.ts';
import { scriptSafe } from '../script-framing.ts';
import { send } from '../sending.ts';

const JAVASCRIPT = 'application/javascript; charset=utf-8';
const callable = new RegExp(CALLBACK);

/**
 * A script that calls the page's function. The comment in front keeps a hostile page from choosing the first bytes of
 * what other programs may take for a file of their own (CVE-2014-4671).
 */
function call(callback: string, json: string): string {
  return `/**/${callback}(${scriptSafe(json)});\n`;
}

/**
 * JSONP: a script element is let across origins by every browser, but it can only GET, and its page learns of no
 * status. So a request is held as in long polling, saying something is a GET too (the member's key, which no other
 * site knows, is what keeps it from being forged), and errors are told to the function.
 */
export const jsonp: FastifyPluginAsyncTypebox<TransportOptions> = async (app, { rooms }) => {
  app.setErrorHandler((error: CodedError, request, reply) => {
    const { callback } = request.query as { callback?: unknown };
    // Without a function to call there is only the status: the app's own handler says it.
    if (typeof callback !== 'string' || !callable.test(callback)) throw error;
    const { code, message } =
      error instanceof CodedError ? error : { code: 'BAD_REQUEST', message: String(error) };
    return reply
      .code(200)
      .type(JAVASCRIPT)
      .header('cache-control', 'no-store')
      .send(call(callback, JSON.stringify({ error: { code, message } })));
  });

  app.get(
    '/jsonp',
    {
      exposeHeadRoute: false,
      schema: {
        tags,
        summary: 'JSONP: long polling by script elements',
        description: 'Calls callback({ cursor, events }), or callback({ error }).',
        params: Params,
        querystring: Type.Intersect([HoldQuery, CallbackQuery]),
        produces: ['application/javascript'],
      },
    },
    (request, reply) => {
      const { callback } = request.query;
      hold(receive(rooms, request), request, reply, JAVASCRIPT, (body) => call(callback, body));
    },
  );

  app.get(
    '/jsonp/send',
    {
      exposeHeadRoute: false,
      schema: {
        tags,
        summary: 'JSONP: say something',
        description: 'Calls callback({ seq, id }), or callback({ error }).',
        params: Params,
        querystring: JsonpSendQuery,
        produces: ['application/javascript'],
      },
    },
    async (request, reply) => {
      const { callback, t: _t, ...body } = request.query;
      const sent = send(rooms, request.params.room, body);
      return reply
        .type(JAVASCRIPT)
        .header('cache-control', 'no-store')
        .header('x-content-type-options', 'nosniff')
        .send(call(callback, JSON.stringify(sent)));
    },
  );
};
