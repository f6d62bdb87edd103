" Tests of the settings for Vim and Neovim, without a screen:
"   vim -Nu NONE -es -S test.vim
"   nvim -u NONE -es -S test.vim
" The program is $TREATYLINT, the release build or what is on the PATH. Ends with status 1 if anything fails, and prints what.

set nocompatible encoding=utf-8 nomore noswapfile hidden
set shellpipe=>%s\ 2>&1
scriptencoding utf-8

let s:here = expand('<sfile>:p:h')
let s:root = fnamemodify(s:here, ':h:h')
let s:faults = []
let s:count = 0

function s:say(...) abort
  1verbose echo join(a:000, "\n") . "\n"
endfunction

function s:same(what, want, got) abort
  let s:count += 1
  if a:want !=# a:got
    call add(s:faults, a:what . ': wanted ' . string(a:want) . ', got ' . string(a:got))
  endif
endfunction

function s:draft(lines) abort
  let path = tempname() . '.tdl'
  call writefile(a:lines, path)
  execute 'edit' fnameescape(path)
endfunction

" The groups of some words in the current buffer's line.
function s:groups(line, words) abort
  let start = match(getline(a:line), '\V' . escape(a:words, '\'))
  if start < 0
    return ['not there']
  endif
  let columns = range(start + 1, start + len(a:words))
  return uniq(map(columns, 'synIDattr(synID(a:line, v:val, 1), "name")'))
endfunction

" A page of lines, and under each what group its words have; `-` for none.
function s:page(rows) abort
  let [lines, wishes] = [[], []]
  for row in a:rows
    if row =~# '^> '
      call add(wishes, [len(lines)] + matchlist(row, '^> \(.*\) => \(\S*\)$')[1:2])
    else
      call add(lines, row)
    endif
  endfor
  call s:draft(lines)
  for [line, words, group] in wishes
    let found = map(s:groups(line, words), 'v:val ==# "" || v:val ==# "tdlHead" ? "-" : v:val')
    call s:same(getline(line) . "\n    " . words, [group], found)
  endfor
endfunction

function s:settings() abort
  call s:draft(['treaty "Pact"'])
  call s:same('filetype', 'tdl', &filetype)
  call s:same('commentstring', '// %s', &commentstring)
  call s:same('compiler', 'treatylint', b:current_compiler)
  call s:same('makeprg', 'treatylint', matchstr(&makeprg, '^\S*'))
  call s:same('a hyphen stands in a word', 1, 'on-site' =~# '^\k\+$')
  call s:same('syntax', 'tdl', b:current_syntax)
  set filetype=text
  call s:same('undone', [&g:makeprg, 0], [&makeprg, exists('b:current_compiler')])
  call s:same('a hyphen stands in no word', 0, 'on-site' =~# '^\k\+$')
endfunction

function s:declarations() abort
  call s:page([
        \ '// A comment on top.',
        \ '> // A comment on top. => tdlComment',
        \ 'treaty "Pact"      // the one line that is needed',
        \ '> treaty => tdlDeclaration',
        \ '> "Pact" => tdlTitle',
        \ '> // the one line that is needed => tdlComment',
        \ '  stage: in force',
        \ '> stage => tdlField',
        \ '> in force => tdlConstant',
        \ '  colour: red',
        \ '> colour => -',
        \ 'party ATL: Republic of Atlantis',
        \ '> party => tdlDeclaration',
        \ '> ATL => tdlId',
        \ '> Republic of Atlantis => tdlValue',
        \ '  also: Atlantis, which shall be named so',
        \ '> also => tdlField',
        \ '> Atlantis, which shall be named so => tdlValue',
        \ '    and shall go on // see',
        \ '> and shall go on => tdlMore',
        \ '> // see => tdlComment',
        \ '  source: https://example.org/a//b',
        \ '> https://example.org/a//b => tdlValue',
        \ '  @note: which shall stay',
        \ '>   @note => tdlAnnotation',
        \ '> which shall stay => tdlNoteValue',
        \ '',
        \ '// Blank lines and comments between fields.',
        \ 'profile ATL',
        \ '> profile => tdlDeclaration',
        \ '',
        \ '  practises: cyber attack (much),',
        \ '> practises => tdlField',
        \ '> (much) => tdlConstant',
        \ '    Article 2(1) (little)',
        \ '> Article 2(1) => tdlReference',
        \ 'mechanism: traffic monitoring',
        \ '> mechanism => tdlDeclaration',
        \ '> traffic monitoring => tdlValue',
        \ '  confidence: 30-45%',
        \ '> 30-45% => tdlFigure',
        \ '  delay: unknown',
        \ '> unknown => tdlConstant',
        \ 'use "parties.tdl"',
        \ '> use => tdlDeclaration',
        \ '> "parties.tdl" => tdlTitle',
        \ '',
        \ '   Each Party shall reply.',
        \ '> shall => tdlModal',
        \ 'source: a line of the text',
        \ '> source => -',
        \ 'party to this Treaty: it shall',
        \ '> party => -',
        \ '> shall => tdlModal',
        \ ])
endfunction

function s:text() abort
  call s:page([
        \ 'treaty "Pact"',
        \ '@allow vague-term: it shall stay // why',
        \ '> @allow => tdlAllow',
        \ '> vague-term => tdlRule',
        \ '> it shall stay => tdlNoteValue',
        \ '> // why => tdlComment',
        \ '@expect vague-time',
        \ '> @expect => tdlAllow',
        \ '> vague-time => tdlRule',
        \ '',
        \ 'Article 5 bis. Restraint',
        \ '> Article 5 bis => tdlHeading',
        \ '> . Restraint => -',
        \ '1. No Party shall conduct it; see https://example.org. // here, shall',
        \ '> 1. => tdlMark',
        \ '> shall => tdlModal',
        \ '> //example.org => -',
        \ '> // here, shall => tdlComment',
        \ '   @verified by: Article 3(2), which shall',
        \ '>    @verified by => tdlAnnotation',
        \ '> Article 3(2) => tdlReference',
        \ '> , which shall => tdlNoteValue',
        \ '   @ and shall go on',
        \ '>    @ => tdlCarried',
        \ '> and shall go on => tdlNoteValue',
        \ '   @alow vague-term: it shall',
        \ '> @alow vague-term: it shall => tdlBadAnnotation',
        \ '  // indented',
        \ '> // indented => tdlComment',
        \ '\// no comment',
        \ '> \// => tdlEscape',
        \ '> no comment => -',
        \ '\@note: a line of \[text\]',
        \ '> \@ => tdlEscape',
        \ '> note => -',
        \ '> \[ => tdlEscape',
        \ 'Article [3] [4]',
        \ '> Article => tdlHeading',
        \ '> [ => tdlBracket',
        \ '> 3 => tdlHeading',
        \ '[BOR: Article XII',
        \ '> [ => tdlBracket',
        \ '> BOR: => tdlOwner',
        \ '> Article XII => tdlHeading',
        \ 'PART ONE',
        \ '> PART ONE => tdlHeading',
        \ 'Technical Annex: figures',
        \ '> Technical Annex => tdlHeading',
        \ 'Annex [A]',
        \ '> Annex => tdlHeading',
        \ 'Protocol I',
        \ '> Protocol I => tdlHeading',
        \ 'Option A:',
        \ '> Option A => tdlHeading',
        \ 'Article 5 shall apply to the banks.',
        \ '> Article 5 => tdlReference',
        \ 'Article 5, paragraph 2, and',
        \ '> Article 5, paragraph 2 => tdlReference',
        \ 'article 5',
        \ '> article 5 => tdlReference',
        \ '  (a) in words;',
        \ '> (a) => tdlMark',
        \ '2   a   Each Party',
        \ '> 2   a => tdlMark',
        \ '[ATL: 4. Each Party',
        \ '> ATL: => tdlOwner',
        \ '> 4. => tdlMark',
        \ '1,000 tonnes and U.S. ships',
        \ '> 1,000 => -',
        \ 'U.S. ships',
        \ '> U.S. => -',
        \ 'It shall not, may not, should not and undertakes not to reply, by 1 May, the marshall a must-have.',
        \ '> shall not => tdlModal',
        \ '> may not => tdlModal',
        \ '> should not => tdlModal',
        \ '> undertakes not to => tdlModal',
        \ '> May => -',
        \ '> marshall => -',
        \ '> must-have => -',
        \ 'Under Article 5(2)(a), paragraph 3 of Article 4, Annex II and 30 days after a part of it',
        \ '> Article 5(2)(a), paragraph 3 of Article 4, Annex II => tdlReference',
        \ '> 30 days => -',
        \ '> a part of it => -',
        \ 'Each Party [ATL, BOR: shall / CAL: should] reply [or answer].',
        \ '> ATL, BOR: => tdlOwner',
        \ '> / => tdlSlash',
        \ '> CAL: => tdlSlashOwner',
        \ '> ] => tdlBracket',
        \ '> or answer => -',
        \ 'it shall [ATL, DOR: stop /',
        \ '> / => tdlSlash',
        \ '    BOR: go / CAL: wait /',
        \ '> BOR: => tdlSlashOwner',
        \ '> CAL: => tdlSlashOwner',
        \ '(a) neither] and',
        \ '> (a) => tdlMark',
        \ '[ATL propose; BOR, DOR oppose: , or prepare]',
        \ '> ATL propose; BOR, DOR oppose: => tdlOwner',
        \ '[shall/should/may] and/or',
        \ '> / => tdlSlash',
        \ '> and/or => -',
        \ 'as held ([1986] ICJ 14), of Benzo[a]pyrene, [X] hours [...].',
        \ '> [1986] => tdlLiteral',
        \ '> [a] => tdlLiteral',
        \ '> [X] => tdlBlank',
        \ '> [...] => tdlBlank',
        \ '[Note by the Chair: this shall be [last]',
        \ '> [Note by the Chair: this shall be [last] => tdlNote',
        \ 'in the next lines.] Each Party shall {it shall}',
        \ '> in the next lines.] => tdlNote',
        \ '> shall => tdlModal',
        \ '> {it shall} => tdlNote',
        \ '[Note: never closed',
        \ '',
        \ '“Network” and "the word shall" mean the cost.[1]',
        \ '> “Network” => tdlTerm',
        \ '> "the word shall" => tdlTerm',
        \ '> [1] => tdlFootnote',
        \ ])
endfunction

" What the reader knows, read off its source.
function s:known(file, start, end) abort
  let text = join(readfile(s:root . '/src/syntax/' . a:file), "\n")
  let text = text[stridx(text, a:start):]
  let text = text[: stridx(text, a:end)]
  let words = []
  call substitute(text, '"\([^"]*\)"', '\=add(words, submatch(1))[-1]', 'g')
  return uniq(sort(words))
endfunction

function s:reader() abort
  let keywords = s:known('tree.rs', 'fn keyword(', "\n    }\n")
  let fields = s:known('heads.rs', 'pub fn fields(', "\n}\n")
  let notes = s:known('notes.rs', 'pub const NOTES', "\n];\n")
  call s:same('words found in the source', [1, 1, 1], [len(keywords) >= 8, len(fields) >= 20, len(notes) >= 15])
  let tails = {'treaty': ' "X"', 'use': ' "x.tdl"', 'mechanism': ': x', 'profile': ' X'}
  for keyword in keywords
    call s:page([keyword . get(tails, keyword, ' X: x'), '> ' . keyword . ' => tdlDeclaration'])
  endfor
  for field in fields
    call s:page(['party ATL: Atlantis', '  ' . field . ': a value', '> ' . field . ' => tdlField'])
  endfor
  for note in notes
    let rule = note =~# '^allow$\|^expect$'
    call s:page(['@' . note . (rule ? ' vague-term' : '') . ': x', '> @' . note . ' => ' . (rule ? 'tdlAllow' : 'tdlAnnotation')])
  endfor
endfunction

function s:program() abort
  for path in [$TREATYLINT, s:root . '/target/release/treatylint', exepath('treatylint')]
    if executable(path)
      return fnamemodify(path, ':p')
    endif
  endfor
  return ''
endfunction

function s:make() abort
  call s:draft(['treaty "Pact"', '  excerpt: yes', '', 'Article 1', '“Ça”: each Party shall report promptly.', '', 'Each Party shall endeavour to attend.'])
  silent make
  let found = map(getqflist(), '[v:val.lnum, v:val.vcol, v:val.col, v:val.type, matchstr(v:val.text, "\\[\\zs[a-z-]*\\ze\\]"), v:val.bufnr == bufnr("%")]')
  call s:same('the quickfix list', [[5, 1, 31, 'n', 'vague-time', 1], [7, 1, 18, 'w', 'hedged-obligation', 1]], found)
endfunction

" The block of the page, run as it is. What Neovim 0.8 brought is put in its place in older ones.
function s:server() abort
  call s:draft(['treaty "Pact"', '  excerpt: yes', '', 'Article 1', 'Each Party shall report promptly.'])
  let page = readfile(s:here . '/README.md')
  let from = index(page, '```lua')
  let g:block = join(page[from + 1 : index(page, '```', from) - 1], "\n")
  lua << LUA
vim.fs = vim.fs or { dirname = function(path) return vim.fn.fnamemodify(path, ":h") end }
vim.lsp.start = vim.lsp.start or function(config)
  vim.lsp.buf_attach_client(0, vim.lsp.start_client(config))
end
assert(loadstring(vim.g.block))()
vim.wait(10000, function() return #vim.diagnostic.get(0) > 0 end, 20)
local found = {}
for _, one in ipairs(vim.diagnostic.get(0)) do
  table.insert(found, one.lnum .. " " .. one.col .. " " .. one.code)
end
vim.g.found = found
vim.lsp.stop_client(vim.lsp.get_active_clients())
LUA
  call s:same('the findings of the language server', ['4 24 vague-time'], g:found)
endfunction

function s:all() abort
  execute 'set runtimepath^=' . fnameescape(s:here)
  filetype plugin on
  syntax on
  call s:settings()
  call s:declarations()
  call s:text()
  call s:reader()
  let program = s:program()
  if empty(program)
    call s:say('skipped: no treatylint for :make')
    return
  endif
  let $PATH = fnamemodify(program, ':h') . ':' . $PATH
  call s:make()
  if has('nvim')
    call s:server()
  endif
endfunction

try
  call s:all()
catch
  call add(s:faults, v:throwpoint . ': ' . v:exception)
endtry
call call('s:say', s:faults + [s:count - len(s:faults) . ' passed, ' . len(s:faults) . ' failed'])
if empty(s:faults)
  qall!
endif
cquit
