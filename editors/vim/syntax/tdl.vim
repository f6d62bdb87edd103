" TDL treaty drafts. Patterns are very magic and stand between two ~. Of two that begin together the later one counts.

if exists('b:current_syntax')
  finish
endif

let s:save_cpo = &cpo
set cpo&vim

syntax case match
syntax iskeyword @,48-57,192-255,_,-
syntax sync minlines=200

" Words that may begin with a capital or stand in capitals: \c would hold for the whole pattern.
function s:both(words) abort
  let capital = substitute(a:words, '\v(^|\|)\zs\l', '[\U&\L&]', 'g')
  return '%(' . capital . '|' . toupper(a:words) . ')'
endfunction

let s:id = '\u[[:alnum:]_-]*'
" `ATL, BOR:`, `ATL propose; BOR oppose:`
let s:side = '\u%(\k|'')*%(\s*%(,|/|\&|and>)\s*\u%(\k|'')*)*%(\s+%(propose|oppose|reserve|support)s?>)?'
let s:who = s:side . '%(;\s*' . s:side . ')*\s*:%(\s|$)@='

" Declarations: up to a line in the first column that is none, or a blank line with no field behind it.

let s:fields = 'short title|stage|binding|date|language|extends|excerpt|members|powers|run by|observes|attributes to|confidence|delay|sees'
      \ . '|evidence|access|practises|abstains from|depends on|controls|hosts|gain|loss|text|also|source'
let s:shape = '%(treaty%(\s+"|\s*$|\s+//)|%(party|group|body|reservation)\s+' . s:id . '\s*:|mechanism%(\s+' . s:id . ')?\s*:|profile\s+' . s:id
      \ . '\s*%($|//)|use\s+")'
let s:goes_on = '%(\s+\S|//|%(\s*\n)+\s+%(\l+ ?)+\s*:)'
execute 'syntax region tdlHead start=~\v^' . s:shape . '@=~ end=~\v$\n%(' . s:goes_on . ')@!~ keepend'
      \ . ' contains=tdlDeclaration,tdlField,tdlMore,tdlComment,tdlAnnotation,tdlAllow,tdlCarried,tdlBadAnnotation'
syntax match tdlDeclaration ~\v^%(treaty|party|group|body|mechanism|profile|reservation|use)>~ contained nextgroup=tdlId,tdlTitle,tdlColon skipwhite
execute 'syntax match tdlId ~\v' . s:id . '~ contained nextgroup=tdlColon skipwhite'
syntax match tdlTitle ~\v"[^"]*"~ contained
syntax match tdlColon ~:~ contained nextgroup=tdlValue skipwhite
execute 'syntax match tdlField ~\v^\s+\zs%(' . s:fields . ')\ze\s*:%(\s|$)~ contained nextgroup=tdlColon skipwhite'
syntax match tdlValue ~\v%(//)@!\S.{-}\ze%(\s+//.*)?$~ contained contains=tdlConstant,tdlFigure,tdlReference
" The next line of a value.
execute 'syntax match tdlMore ~\v^\s+%(\@|//|%(\l+ ?)+\s*:)@!\zs\S.{-}\ze%(\s+//.*)?$~ contained contains=tdlConstant,tdlReference'
syntax match tdlConstant ~\v%(:\s*)@20<=\c%(draft|negotiation|adopted|in force|yes|no|machine|person|state|before use|during use|after use|public|shared with parties|secret|none|little|partial|extensive|unknown|any)\ze\s*%(//.*)?$~ contained
syntax match tdlConstant ~\v\(%(much|little)\)\ze\s*%(,|//|$)~ contained
syntax match tdlFigure ~\v<\d+%([.,-]\d+)*%(\%|>)~ contained

" Annotations

let s:notes = 'verified by|consequence|in return for|binds|benefits|act|effect|means|target|threshold|excludes|told apart by|proposed by'
      \ . '|source|note'
syntax match tdlBadAnnotation ~\v^\s*\@\S.*~ contains=tdlComment
execute 'syntax match tdlAnnotation ~\v^\s*\@%(' . s:notes . ')\ze\s*:~ nextgroup=tdlNoteColon skipwhite'
syntax match tdlNoteColon ~:~ contained nextgroup=tdlNoteValue skipwhite
syntax match tdlAllow ~\v^\s*\@%(allow|expect)\ze\s+[[:alnum:]_-]+\s*%(:|$|//)~ nextgroup=tdlRule skipwhite
syntax match tdlRule ~\v[[:alnum:]_-]+~ contained nextgroup=tdlNoteColon skipwhite
syntax match tdlCarried ~\v^\s*\@\ze\s~ nextgroup=tdlNoteValue skipwhite
syntax match tdlNoteValue ~\v%(//)@!\S.{-}\ze%(\s+//.*)?$~ contained contains=tdlReference

" Inside a line

syntax match tdlModal ~\v<%(shall%(\s+%(not|never|in no case|under no circumstances|%(refrain|abstain|desist) from|endeavou?r to|be %(free|entitled|permitted|allowed) to|have the right to))?|%(must|may|should)%(\s+not)?|cannot)>~
syntax match tdlModal ~\v<%(undertakes?|agrees?|obliged|pledges?%( itself| themselves)?|commits? %(itself|themselves))\s+%(%(not|never)\s+)?to>~
syntax match tdlModal ~\v<%(%(is|are) %(bound|required|entitled|encouraged|invited|urged) to|%(has|have|reserves?) the right to|%(is|are) %(strictly )?%(prohibited|forbidden|banned))>~

let s:subs = '%(\s?\([[:alnum:]]{1,5}\))'
let s:refnum = '%(%(\d+%(\.\d+)*%(\s?%(bis|ter|quater|quinquies)>|[A-Ka-k]|-\a)?|[IVXL]{1,8}|[A-Z]|\l\))[[:alnum:]]@!' . s:subs . '*|' . s:subs . '+)'
let s:time = '%(\d+\s+%(hour|day|week|month|year|minute|per cent|percent|January|February|March|April|May|June|July|August|September|October|November|December|members|States))@!'
let s:step = s:both('articles?|art\.?|paragraphs?|para\.|sub-?paragraphs?|annex%(es)?|appendix|schedule|part|chapter|sections?|points?|item'
      \ . '|rules?|regulation')
let s:one = s:step . '\s+' . s:refnum . '%(%(,? %(and|or|and/or|to|through) |, |-|–)' . s:time . s:refnum . ')*'
execute 'syntax match tdlReference ~\v<' . s:one . '%(,? %(%(of|in|to) )?%(the )?' . s:one . ')*~'

syntax match tdlTerm ~\v"[^"[:space:]][^"]{0,100}"~ contains=tdlEscape,tdlLiteral,tdlBracket
syntax match tdlTerm ~\v“[^“”]{1,100}”~ contains=tdlEscape,tdlLiteral,tdlBracket
syntax match tdlTerm ~\v„[^„”“]{1,100}[”“]~ contains=tdlEscape,tdlLiteral,tdlBracket
syntax match tdlTerm ~\v«[^«»]{1,100}»~ contains=tdlEscape,tdlLiteral,tdlBracket

syntax match tdlBracket ~[][]~ nextgroup=tdlOwner
execute 'syntax match tdlOwner ~\v%(\[)@1<=' . s:who . '~ contained'
execute 'syntax match tdlSlashOwner ~\v' . s:who . '~ contained'
syntax match tdlSlash ~\v\s@1<=/\ze%(\s[^[]*\]|\s*$)~ nextgroup=tdlSlashOwner skipwhite skipnl
syntax match tdlSlash ~\v%(shall|should|may|will|must)@6<=/\ze%(shall|should|may|will|must)~
execute 'syntax match tdlSlash ~\v\s@1<=/\ze\s+' . s:who . '~ nextgroup=tdlSlashOwner skipwhite'
syntax match tdlBlank ~\v\[\s*%([.…_*? -]*|[XxYyNZz0-9/]*[XxYyNZz][XxYyNZz0-9/]*|\c%(date|number|name|place|amount|time|to be %(completed|determined|decided|agreed)|tbd|tbc|year))\s*\]~
" Brackets that nobody negotiates.
syntax match tdlLiteral ~\v\[\d{4}\]\ze\s*\u|[[:alnum:]]@1<=\[[^][]{1,3}\]\a@=|\d@1<=\s*\[%([EFSRAC]|EN|FR)\]|\[%(sic|source)\]~
syntax match tdlFootnote ~\v[[:alpha:].,;)"”]@4<=\[\d{1,3}\]\ze%($|[[:space:].,;:\])])~
" Words to the reader. A blank line ends one that is never closed.
syntax region tdlNote start=~\v\[\c%(note|nb|placeholder|footnote|chair['’]s|secretariat|drafting|deleted|reserved|editorial)\ze[[:space:]:.,;\]]~ skip=~\v\\[][]|\[[^][]*\]~ end=~\]~ end=~^\s*$~
syntax match tdlNote ~{[^{}]*}~

syntax match tdlEscape ~\v\\%([][@]|//)~
syntax match tdlComment ~\v%(^|\s)@1<=//.*~ contains=@Spell

" Headings and marks open a line, or stand behind the brackets that do.

function s:opens(group, pattern, ...) abort
  let options = ' ' . join(a:000)
  execute 'syntax match' a:group '~\v^\s*%(#+\s*|\*\*)?\zs' . a:pattern . '~' . options
  execute 'syntax match tdlLead ~\v^\s*%(#+\s*|\*\*)?%(\[%(\u[^][:]*:\s)?\s*)+%(' . a:pattern . ')@=~ contains=tdlBracket nextgroup=' . a:group
  execute 'syntax match' a:group '~\v' . a:pattern . '~ contained' . options
endfunction

let s:suffix = '%(bis|ter|quater|quinquies|sexies|septies|octies)>'
let s:number = '%(\d{1,5}%([A-Ka-k]|\.\d{1,3})?%(-[A-Z])?>%(\s?' . s:suffix . ')?|[IVXLC]+>%(\s' . s:suffix . ')?|' . s:both('one|two|three|four|five|six|seven'
      \ . '|eight|nine|ten|eleven|twelve|first|second|third|fourth|fifth|sixth') . '>|[A-Z]>)'
let s:group = '%(\[\s*' . s:number . '\s*\]|' . s:number . ')%(\s*\[\s*%(' . s:number . '|' . s:suffix . ')\s*\])*'
let s:article = 'Article|ARTICLE|Art\.|ART\.|Rule|RULE|Regulation|REGULATION'
let s:division = 'Part|PART|Title|TITLE|Chapter|CHAPTER|Section|SECTION|Book|BOOK'
let s:kind = '%(' . s:both('technical|verification|confidentiality|financial|statistical|implementation') . '\s+)?'
let s:annex = s:kind . '%(Annexes|ANNEXES|Annexe|ANNEXE|Annex|ANNEX)|Appendix|APPENDIX|Schedule|SCHEDULE|Attachment|ATTACHMENT'
" Never a comma, `(1)` or a small letter.
let s:headend = '%(\s*%($|\]\s*$|\*|[.:–—-]\d@!)|\s+%([[:upper:]"“„«‘''[/]|\(%(\d+\)|\l{1,4}\))@!)|\[%(\[?\d)@!)@='
call s:opens('tdlHeading', '%(' . s:article . '|' . s:division . '|' . s:annex . ')\s+' . s:group . s:headend, 'contains=tdlBracket')
call s:opens('tdlHeading', '%(' . s:annex . ')\a@!%(\s*%($|\s//|[]/*]|:\s|[–—-]\s))@=')
call s:opens('tdlHeading', '%(Protocol|PROTOCOL)\s+%([IVXLC]+|\d+|[A-Z])%(\s*%($|\s//))@=')
call s:opens('tdlHeading', '%(Ad|AD|Re|RE)\s+%(' . s:article . ')\s+' . s:group)
call s:opens('tdlHeading', '%(Option|OPTION|Alternative|ALTERNATIVE|Variant|VARIANT|Alt\.)\s+%(\(\w{1,3}\)|\w{1,4})%(\s*:)@=')

" Marks: what has the shape of one. Whether it is the next one of an open list, only the reader knows.

let s:digits = '\d{1,4}%([A-Ka-k]\a@!)?\d@!%(\s?' . s:suffix . ')?'
let s:letter = '%([ivxl]{1,8}|[IVXL]{1,8}|\a)\a@!'
let s:further = '%(\(%(' . s:digits . '|' . s:letter . '|\l\l)\)%(\.\d@!)?|%(' . s:letter . '|\l\l)\)|' . s:letter . '\.%(\s|$|\u%(\u\.)@!\.@!)@=|' . s:letter . '%(\t|\s\s)@=)'
call s:opens('tdlMark', '%(\d{1,3}%(\.\d{1,3}){1,4}\.?%(\s|$)@=|' . s:digits . '%(\.\d@!|\s?\)|%(\t|\s\s|\s*$|\s\u\l)@=)|' . s:further
      \ . '|[–—•·*▪◦-]%(\s+\S)@=)%(\s*' . s:further . ')?')

highlight default link tdlComment Comment
highlight default link tdlDeclaration Keyword
highlight default link tdlId Type
highlight default link tdlTitle String
highlight default link tdlField Identifier
highlight default link tdlValue String
highlight default link tdlMore String
highlight default link tdlConstant Constant
highlight default link tdlFigure Number
highlight default link tdlAnnotation PreProc
highlight default link tdlAllow PreProc
highlight default link tdlCarried PreProc
highlight default link tdlRule Function
highlight default link tdlNoteValue String
highlight default link tdlHeading Title
highlight default link tdlMark Number
highlight default link tdlModal Statement
highlight default link tdlReference Underlined
highlight default link tdlTerm String
highlight default link tdlBracket Delimiter
highlight default link tdlOwner Tag
highlight default link tdlSlashOwner tdlOwner
highlight default link tdlSlash Operator
highlight default link tdlBlank Todo
highlight default link tdlFootnote Special
highlight default link tdlNote Comment
highlight default link tdlEscape SpecialChar

let b:current_syntax = 'tdl'

let &cpo = s:save_cpo
unlet s:save_cpo
delfunction s:both
delfunction s:opens
