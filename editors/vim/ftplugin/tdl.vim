" TDL treaty drafts

if exists('b:did_ftplugin')
  finish
endif
let b:did_ftplugin = 1

setlocal commentstring=//\ %s comments=:// iskeyword+=-
compiler treatylint

let b:undo_ftplugin = 'setlocal commentstring< comments< iskeyword< makeprg< errorformat< | unlet! b:current_compiler'
