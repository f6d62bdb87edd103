" treatylint, a linter for treaty drafts

if exists('current_compiler')
  finish
endif
let current_compiler = 'treatylint'

CompilerSet makeprg=treatylint\ --format\ short\ --quiet\ --fail-on\ never\ %:S
CompilerSet errorformat=%f:%l:%v:\ %trror%m,%f:%l:%v:\ %tarning%m,%f:%l:%v:\ %tote%m
