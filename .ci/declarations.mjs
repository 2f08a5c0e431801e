/**
 * What the editor knows of a lab: the declarations of `@types/node`, `@types/ws` and `eventsource-parser`,
 * cut to what a lab offers and to the types that this mentions.
 *
 * In: the names that the guest has (`offers.json`, written by the sandbox's build). Out: texts by file name.
 */
import { readFile } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import ts from 'typescript';
import { inRoot } from './paths.mjs';

/** Where the editor's language service finds the files. */
const HOME = 'file:///node_modules/';

/** Modules that no lab has, but whose types are mentioned, get a name that nobody would import. */
const HIDDEN = 'internal:';

/** A program's own five names; they are no globals of the guest. */
const COMMONJS = ['require', 'module', 'exports', '__filename', '__dirname'];

const NOTICE = `/*! From @types/node and @types/ws (MIT, DefinitelyTyped contributors), undici-types (MIT, Matteo Collina
 * and undici contributors) and eventsource-parser (MIT, Espen Hovlandsdal), shortened. */
`;

/** What a lab adds to Node. */
const ADDITIONS = `declare namespace NodeJS {
  interface ProcessEnv {
    /** Origin of the page that belongs to this lab, such as \`http://localhost:8080\`. */
    PAGE_ORIGIN?: string;
  }
}
`;

/**
 * @typedef {object} Offers
 * @property {Record<string, string[]>} modules what each module exports
 * @property {string[]} globals
 * @property {string[]} process members of `process`
 */

/**
 * @param {Offers} offers
 * @returns {Record<string, string>} declaration files by name
 */
export function labDeclarations(offers) {
  const { program, packages } = readDeclarations(offers);
  const reached = reach(program, offers, packages);
  const files = { [`${HOME}lab/index.d.ts`]: ADDITIONS };
  for (const source of program.getSourceFiles()) {
    const text = printReached(source, reached);
    if (text === '') continue;
    const path = source.fileName.split('/node_modules/').at(-1);
    const name = packages.get(source.fileName);
    // What is left of a module may have no `export` any more that says that it is one.
    const isModule = ts.isExternalModule(source);
    files[HOME + path] = NOTICE + (name ? asAmbient(name, text) : isModule ? `${text}export {};\n` : text);
  }
  return files;
}

const OPTIONS = {
  target: ts.ScriptTarget.ESNext,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  lib: ['lib.esnext.d.ts'],
  types: [],
  noEmit: true,
};

/** The whole declarations, and which package each package's file belongs to. */
function readDeclarations({ modules }) {
  const node = 'node_modules/@types/node';
  const names = Object.keys(modules).filter((name) => !builtinModules.includes(name));
  const found = names.map((name) => {
    // As `require` sees it: that declaration serves `import` too.
    const { resolvedModule } = ts.resolveModuleName(
      name,
      inRoot('server.cts'),
      OPTIONS,
      ts.sys,
      undefined,
      undefined,
      ts.ModuleKind.CommonJS,
    );
    return [resolvedModule.resolvedFileName, name];
  });
  const packages = new Map(found);
  const program = ts.createProgram([inRoot(node, 'index.d.ts'), ...packages.keys()], OPTIONS);
  return { program, packages };
}

/** Statements, and parts of import and export lists, that what a lab offers leads to. */
function reach(program, offers, packages) {
  const checker = program.getTypeChecker();
  const reached = new Set();
  const modules = new Set();
  const offered = new Set(Object.keys(offers.modules).flatMap((name) => [name, `node:${name}`]));
  const isOurs = (node) => !program.isSourceFileDefaultLibrary(node.getSourceFile());
  const members = { Process: new Set(offers.process), BuiltInModule: offered };
  const isLacking = (node) => {
    const known = ts.isTypeElement(node) ? members[node.parent.name?.text] : undefined;
    const name = node.name?.text;
    return known !== undefined && name !== undefined && !known.has(name);
  };

  /** @param {boolean} asType reached through a name in a type: variables of that name are not meant */
  function keepSymbol(symbol, asType, asWhole = !asType) {
    for (const declaration of symbol?.declarations ?? []) {
      const isValue = ts.isVariableDeclaration(declaration) || ts.isFunctionDeclaration(declaration);
      if (isOurs(declaration) && !(asType && isValue)) keep(declaration);
      if (asWhole && isObject(symbol, declaration)) keepAll(declaration.body);
    }
    if (symbol && symbol.flags & ts.SymbolFlags.Alias) {
      keepSymbol(checker.getImmediateAliasedSymbol(symbol), asType, asWhole);
    }
  }

  /** A namespace that declares an object, such as `fs.constants`, not one of types beside a class. */
  function isObject(symbol, declaration) {
    const { ValueModule, Class, Function } = ts.SymbolFlags;
    const isOnly = symbol.flags & ValueModule && !(symbol.flags & (Class | Function));
    return (
      isOnly &&
      isOurs(declaration) &&
      ts.isModuleDeclaration(declaration) &&
      ts.isIdentifier(declaration.name)
    );
  }

  /** Keeps the statement of a declaration, what is around it, and all that it mentions. */
  function keep(declaration) {
    if (ts.isSourceFile(declaration)) return;
    let node = declaration;
    if (isListed(declaration)) reached.add(declaration);
    while (!isStatement(node)) node = node.parent;
    keepAround(node);
    if (reached.has(node)) return;
    reached.add(node);
    const from = node.moduleSpecifier;
    if (from) keepModule(checker.getSymbolAtLocation(from));
    // Their contents are reached one by one.
    if (!ts.isModuleDeclaration(node) && !isList(node)) visit(node);
  }

  function keepAround(node) {
    for (let each = node.parent; each && !ts.isSourceFile(each); each = each.parent) reached.add(each);
  }

  /** A module, with what it passes on from others. */
  function keepModule(symbol) {
    for (const declaration of symbol?.declarations ?? []) {
      if (modules.has(declaration) || !isOurs(declaration)) continue;
      const body = ts.isSourceFile(declaration) ? declaration : declaration.body;
      modules.add(declaration);
      reached.add(declaration);
      for (const statement of body.statements) {
        const passesOn = ts.isExportDeclaration(statement) && !statement.exportClause;
        const isWhole = ts.isExportAssignment(statement) && statement.isExportEquals;
        if (isWhole || passesOn) keep(statement);
      }
    }
  }

  /** All statements of a file or a namespace, and of the namespaces in it. */
  function keepAll({ statements }) {
    for (const statement of statements) {
      keep(statement);
      if (ts.isModuleDeclaration(statement)) keepAll(statement.body);
    }
  }

  function visit(node) {
    if (isLacking(node)) return;
    if (ts.isIdentifier(node)) {
      const symbol = checker.getSymbolAtLocation(node);
      const isLeft = ts.isQualifiedName(node.parent) && node.parent.left === node;
      keepSymbol(symbol, isInType(node), !isLeft && !isInType(node));
    } else if (ts.isImportTypeNode(node)) {
      keepModule(checker.getSymbolAtLocation(node.argument.literal));
    } else if (ts.isExternalModuleReference(node)) {
      keepModule(checker.getSymbolAtLocation(node.expression));
    }
    ts.forEachChild(node, visit);
  }

  for (const symbol of checker.getAmbientModules()) {
    const name = symbol.name.slice(1, -1);
    if (!offered.has(name)) continue;
    keepModule(symbol);
    const names = offers.modules[name.replace('node:', '')];
    for (const member of checker.getExportsOfModule(symbol)) {
      if (member.name === 'default' || names.includes(member.name)) keepSymbol(member, false);
    }
  }
  for (const file of packages.keys()) keepAll(program.getSourceFile(file));
  for (const source of program.getSourceFiles()) {
    if (!isOurs(source)) continue;
    for (const statement of globalsIn(source)) {
      const names = valuesOf(statement);
      const extendsLanguage =
        ts.isInterfaceDeclaration(statement) &&
        checker.getSymbolAtLocation(statement.name).declarations.some((each) => !isOurs(each));
      const isOffered = names.some((name) => offers.globals.includes(name) || COMMONJS.includes(name));
      if (extendsLanguage || isOffered) keep(statement);
    }
  }
  const isEmpty = (source) => source.statements.every((each) => !reached.has(each) || passesEmpty(each));
  /** `export *` from a file of which nothing is left. */
  const passesEmpty = (node) => {
    if (!ts.isExportDeclaration(node) || !node.moduleSpecifier) return false;
    const [source] = checker.getSymbolAtLocation(node.moduleSpecifier)?.declarations ?? [];
    return source !== undefined && ts.isSourceFile(source) && isEmpty(source);
  };
  const has = (node) => reached.has(node) && !passesEmpty(node);
  return { has, isEmpty, isLacking, offered };
}

const isList = (node) => ts.isImportDeclaration(node) || ts.isExportDeclaration(node);

const isListed = (node) => ts.isImportSpecifier(node) || ts.isExportSpecifier(node);

const isStatement = (node) => ts.isSourceFile(node.parent) || ts.isModuleBlock(node.parent);

/** Whether a name stands for a type; names behind `typeof` or `extends` of a class stand for values. */
function isInType(node) {
  let outer = node;
  while (ts.isQualifiedName(outer.parent) && outer.parent.right === outer) outer = outer.parent;
  const { parent } = outer;
  if (ts.isTypeReferenceNode(parent) || ts.isImportTypeNode(parent)) return !parent.isTypeOf;
  return ts.isExpressionWithTypeArguments(parent) && ts.isInterfaceDeclaration(parent.parent.parent);
}

/** Statements that declare globals: those of a script, and those in the `global` blocks of modules. */
function globalsIn(source) {
  const { statements } = source;
  if (ts.isExternalModule(source)) return globalBlocks(statements);
  const isModule = (each) => ts.isModuleDeclaration(each) && ts.isStringLiteral(each.name);
  const inModules = statements.filter(isModule).flatMap((each) => globalBlocks(each.body.statements));
  return [...statements.filter((each) => !isModule(each)), ...inModules];
}

function globalBlocks(statements) {
  const blocks = statements.filter(
    (each) => ts.isModuleDeclaration(each) && ts.isGlobalScopeAugmentation(each),
  );
  return blocks.flatMap((each) => [...each.body.statements]);
}

/** Names that a statement gives to values. */
function valuesOf(statement) {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.map(({ name }) => name.text);
  }
  const named = ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement);
  return named && statement.name ? [statement.name.text] : [];
}

/** The text of a file without what nothing leads to; empty when that is all of it. */
function printReached(source, { has, isEmpty, isLacking, offered }) {
  if (isEmpty(source)) return '';
  const { text } = source;
  const cuts = [];
  const cut = (start, end, instead = '') => void cuts.push({ start, end, instead });
  const hideModule = (literal) => {
    const { text: name } = literal;
    const isAmbient = !name.startsWith('.') && name !== 'undici-types';
    if (isAmbient && !offered.has(name)) cut(literal.getStart() + 1, literal.getStart() + 1, HIDDEN);
  };
  function prune(node) {
    if (isLacking(node) || (isStatement(node) && !has(node))) return cut(node.pos, node.end);
    if (isListed(node) && !has(node)) {
      const { elements } = node.parent;
      const next = elements[elements.indexOf(node) + 1];
      return cut(node.pos, next ? next.pos : node.parent.end - 1);
    }
    const isModuleName =
      ts.isStringLiteral(node) &&
      (ts.isModuleDeclaration(node.parent) ||
        isList(node.parent) ||
        ts.isExternalModuleReference(node.parent) ||
        (ts.isLiteralTypeNode(node.parent) && ts.isImportTypeNode(node.parent.parent)));
    if (isModuleName) hideModule(node);
    ts.forEachChild(node, prune);
  }
  ts.forEachChild(source, prune);
  let printed = '';
  let at = 0;
  for (const { start, end, instead } of cuts.sort((a, b) => a.start - b.start)) {
    printed += text.slice(at, start) + instead;
    at = end;
  }
  return (printed + text.slice(at)).replace(/^\/\/\/.*$/gm, '').trim() + '\n';
}

/** A package's file as the declaration of a module, which is found without a `node_modules`. */
function asAmbient(name, text) {
  return `declare module "${name}" {\n${text.replace(/^(export )?declare /gm, '$1')}}\n`;
}

/** Reads what the sandbox's build wrote. */
export async function readOffers(folder = inRoot('dist/server/sandbox')) {
  return JSON.parse(await readFile(join(folder, 'offers.json'), 'utf8'));
}
