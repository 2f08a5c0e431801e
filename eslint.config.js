import js from '@eslint/js';
import reactHooks from 'eslint-plugin-react-hooks';
import globals from 'globals';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', 'tests/legacy/pasted/'] },
  js.configs.recommended,
  ...tseslint.configs.strict,
  {
    rules: {
      'no-empty': ['error', { allowEmptyCatch: false }],
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-invalid-void-type': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-restricted-syntax': [
        'error',
        { selector: 'TSEnumDeclaration', message: 'Use a string union or an `as const` object.' },
        {
          selector: 'ExportDefaultDeclaration',
          message: 'Use a named export, so that one thing has one name.',
        },
      ],
    },
  },
  {
    files: ['client/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': reactHooks },
    rules: reactHooks.configs.recommended.rules,
  },
  { files: ['*.config.{js,ts}', 'lessons/**/*.{js,ts}'], rules: { 'no-restricted-syntax': 'off' } },
  { files: ['.ci/**/*.mjs', 'client/share/project/*.mjs'], languageOptions: { globals: globals.node } },
  {
    // Learners' code, also as it was written ten years ago, with parts that only a patch or another document uses.
    files: ['lessons/**/*.js'],
    rules: {
      '@typescript-eslint/no-require-imports': 'off',
      '@typescript-eslint/no-unused-vars': 'off',
      '@typescript-eslint/no-dynamic-delete': 'off',
    },
  },
  {
    files: ['lessons/**/*.js', 'public/*.js'],
    ignores: ['lessons/**/server.js'],
    languageOptions: {
      globals: {
        ...globals.browser,
        ActiveXObject: 'readonly',
        CollectGarbage: 'readonly',
        XDomainRequest: 'readonly',
      },
    },
  },
  // Scripts of one page share their globals.
  { files: ['lessons/fallback/{client,transports}.js'], rules: { 'no-undef': 'off' } },
  { files: ['lessons/**/server.js'], languageOptions: { globals: globals.node } },
);
