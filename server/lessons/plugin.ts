/**
 * `GET /api/lessons`: the course, for tools and for the test that names agree everywhere.
 *
 * In: the lessons' own descriptions. Out: ids, groups, titles in both languages.
 * Knows nothing of prose, code or labs.
 */
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { COURSE } from '../../lessons/index.ts';

const LessonView = Type.Object({
  id: Type.String(),
  order: Type.Integer(),
  group: Type.String(),
  title: Type.Object({ en: Type.String(), 'zh-CN': Type.String() }),
});

export const lessonsPlugin: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    '/api/lessons',
    { schema: { tags: ['lessons'], summary: 'List the lessons', response: { 200: Type.Array(LessonView) } } },
    async () =>
      COURSE.flatMap(({ id, group, title, steps }, order) =>
        steps > 0 ? [{ id, order, group, title }] : [],
      ),
  );
};
