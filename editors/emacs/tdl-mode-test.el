;;; tdl-mode-test.el --- Tests of tdl-mode  -*- lexical-binding: t; -*-

;;; Commentary:

;; emacs -Q --batch -L editors/emacs -l tdl-mode-test -f ert-run-tests-batch-and-exit
;;
;; The program is $TREATYLINT, the release build or what is on the path.

;;; Code:

(require 'compile)
(require 'ert)
(require 'imenu)
(require 'package)
(require 'seq)
(require 'tdl-mode)

(defconst tdl-test--root (expand-file-name "../../" (file-name-directory (or load-file-name buffer-file-name))))

(defconst tdl-test--program
  (seq-find (lambda (path) (and path (file-executable-p path)))
            (list (getenv "TREATYLINT") (expand-file-name "target/release/treatylint" tdl-test--root) (executable-find "treatylint"))))

(defmacro tdl-test--with (lines &rest body)
  "Run BODY in a coloured buffer of LINES."
  (declare (indent 1))
  `(with-temp-buffer
     (insert (mapconcat #'identity ,lines "\n") "\n")
     (tdl-mode)
     (font-lock-ensure)
     (goto-char (point-min))
     ,@body))

(defun tdl-test--faces (line words)
  "The faces that WORDS in LINE have, each once."
  (save-excursion
    (goto-char (point-min))
    (forward-line (1- line))
    (if (let ((case-fold-search nil)) (search-forward words (line-end-position) t))
        (delete-dups (mapcar (lambda (at) (let ((face (get-text-property at 'face)))
                                            (if (memq face '(nil default)) '- face)))
                             (number-sequence (match-beginning 0) (1- (match-end 0)))))
      '(not-there))))

(defun tdl-test--page (rows)
  "Check ROWS: lines, and behind each lists of words and their face."
  (let ((lines (seq-filter #'stringp rows)) (line 0) (faults nil))
    (tdl-test--with lines
      (dolist (row rows)
        (if (stringp row)
            (setq line (1+ line))
          (let* ((short (cadr row))
                 (wanted (pcase short
                           ('- '-) ('delimiter 'font-lock-comment-delimiter-face)
                           (_ (intern (format "font-lock-%s-face" short)))))
                 (got (tdl-test--faces line (car row))))
            (unless (or (equal got (list wanted))
                        ;; The slashes of a comment have a face of their own.
                        (and (eq short 'comment) (equal got '(font-lock-comment-delimiter-face font-lock-comment-face))))
              (push (list (nth (1- line) lines) (car row) :wanted wanted :got got) faults))))))
    (should (equal (nreverse faults) nil))))

(ert-deftest tdl-declarations ()
  (tdl-test--page
   '("// A comment on top."
     ("// A comment on top." comment)
     "treaty \"Pact\"      // the one line that is needed"
     ("treaty" keyword) ("\"Pact\"" string) ("// the one line that is needed" comment)
     "  stage: in force"
     ("stage" variable-name) ("in force" constant)
     "  colour: red"
     ("colour" -)
     "party ATL: Republic of Atlantis"
     ("party" keyword) ("ATL" type) ("Republic of Atlantis" string)
     "  also: Atlantis, which shall be named so"
     ("also" variable-name) ("Atlantis, which shall be named so" string)
     "    and shall go on // see"
     ("and shall go on" string) ("// see" comment)
     "  source: https://example.org/a//b"
     ("https://example.org/a//b" string)
     "  @note: which shall stay"
     ("@note" preprocessor) ("which shall stay" string)
     ""
     "// Blank lines and comments between fields."
     "profile ATL"
     ("profile" keyword) ("ATL" type)
     ""
     "  practises: cyber attack (much),"
     ("practises" variable-name) ("(much)" constant)
     "    Article 2"
     ("Article 2" string)
     "mechanism: traffic monitoring"
     ("mechanism" keyword) ("traffic monitoring" string)
     "  delay: unknown // yet"
     ("unknown" constant) ("// yet" comment)
     "use \"parties.tdl\""
     ("use" keyword) ("\"parties.tdl\"" string)
     ""
     "   Each Party shall reply."
     ("shall" keyword)
     "  source: a line of the text"
     ("source" -)
     "party BOR: Kingdom of Boreas"
     ("party" keyword) ("BOR" type) ("Kingdom of Boreas" string)
     "party to this Treaty: it shall"
     ("party" -) ("shall" keyword))))

(ert-deftest tdl-without-declarations ()
  (tdl-test--page '("Article 1" ("Article 1" function-name) "Each Party shall reply." ("shall" keyword))))

(ert-deftest tdl-annotations-comments-escapes ()
  (tdl-test--page
   '("treaty \"Pact\""
     "@allow vague-term: it shall stay // why"
     ("@allow" preprocessor) ("vague-term" function-name) ("it shall stay" string) ("// why" comment)
     "@expect vague-time"
     ("@expect" preprocessor) ("vague-time" function-name)
     ""
     "1. No Party shall conduct it; see https://example.org. // here, shall"
     ("shall" keyword) ("https://example.org" -) ("// here, shall" comment)
     "   @verified by: Article 3, which shall"
     ("@verified by" preprocessor) ("Article 3, which shall" string)
     "   @ and shall go on"
     ("@" preprocessor) ("and shall go on" string)
     "   @alow vague-term: it shall"
     ("@alow vague-term: it shall" -)
     "  // indented"
     ("// indented" comment)
     "\\// no comment, a//b"
     ("\\//" warning) (" no comment, a//b" -)
     "\\@note: a line of \\[text\\]"
     ("\\@" warning) ("note" -) ("\\[" warning) ("\\]" warning))))

(ert-deftest tdl-headings-marks ()
  (tdl-test--page
   '("treaty \"Pact\""
     ""
     "Article 5 bis. Restraint"
     ("Article 5 bis" function-name) (". Restraint" -)
     "ARTICLE XII"
     ("ARTICLE XII" function-name)
     "Article [3] [4]"
     ("Article [3] [4]" function-name)
     "[BOR: Article 3"
     ("[" builtin) ("BOR:" type) ("Article 3" function-name)
     "PART ONE"
     ("PART ONE" function-name)
     "Technical Annex: figures"
     ("Technical Annex" function-name)
     "Annex [A]"
     ("Annex" function-name)
     "Annex"
     ("Annex" function-name)
     "Protocol I"
     ("Protocol I" function-name)
     "Option A:"
     ("Option A" function-name)
     "Article 5 shall apply to the banks."
     ("Article 5" constant) ("shall" keyword)
     "Article 5(1) says so."
     ("Article 5(1)" constant)
     "Part of the text"
     ("Part of" -)
     "  (a) in words;"
     ("(a)" constant)
     "(iv) in both"
     ("(iv)" constant)
     "2   a   Each Party"
     ("2   a" constant)
     "[ATL: 4. Each Party"
     ("ATL:" type) ("4." constant)
     "1,000 tonnes"
     ("1,000" -)
     "U.S. ships"
     ("U.S." -))))

(ert-deftest tdl-inside-a-line ()
  (tdl-test--page
   '("treaty \"Pact\""
     ""
     "It shall not, may not, should not and undertakes not to reply, by 1 May, the marshall a must-have."
     ("shall not" keyword) ("may not" keyword) ("should not" keyword) ("undertakes not to" keyword) ("May" -) ("marshall" -)
     ("must-have" -)
     "Under Article 5(2)(a), paragraph 3 of Article 4, Annex II, Articles 2 to 5 and 30 days after a part of it"
     ("Article 5(2)(a)" constant) ("paragraph 3" constant) ("Article 4" constant) ("Annex II" constant) ("Articles 2 to 5" constant)
     ("30 days" -) ("a part of it" -)
     "Each Party [ATL, BOR: shall / CAL: should] reply [or answer]."
     ("[" builtin) ("ATL, BOR:" type) ("/" builtin) ("CAL:" type) ("]" builtin) ("or answer" -)
     "it shall [ATL, DOR: stop /"
     ("/" builtin)
     "    BOR: go / CAL: wait /"
     ("BOR:" type) ("CAL:" type)
     "(a) neither] and"
     ("(a)" constant)
     "[ATL propose; BOR, DOR oppose: , or prepare]"
     ("ATL propose; BOR, DOR oppose:" type)
     "as held ([1986] ICJ 14), of Benzo[a]pyrene, [X] hours [...]."
     ("[1986]" -) ("[a]" -) ("[X]" constant) ("[...]" constant)
     "[Note by the Chair: this shall be [last]"
     ("[Note by the Chair: this shall be [last]" comment)
     "in the next lines.] Each Party shall {it shall}"
     ("in the next lines.]" comment) ("shall" keyword) ("{it shall}" comment)
     "[Note: never closed"
     ""
     "“Network” and \"the word shall\" mean what they mean."
     ("“Network”" string) ("\"the word shall\"" string))))

(defun tdl-test--known (file start end)
  "The strings in FILE of the reader's source between START and END."
  (with-temp-buffer
    (insert-file-contents (expand-file-name (concat "src/syntax/" file) tdl-test--root))
    (let ((from (search-forward start)) (words nil))
      (search-forward end)
      (narrow-to-region from (point))
      (goto-char from)
      (while (re-search-forward "\"\\([^\"]+\\)\"" nil t)
        (push (match-string 1) words))
      (delete-dups words))))

(ert-deftest tdl-knows-what-the-reader-knows ()
  (let ((keywords (tdl-test--known "tree.rs" "fn keyword(" "\n    }\n"))
        (fields (tdl-test--known "heads.rs" "pub fn fields(" "\n}\n"))
        (notes (tdl-test--known "notes.rs" "pub const NOTES" "\n];\n")))
    (should (>= (length keywords) 8))
    (should (>= (length fields) 20))
    (should (>= (length notes) 15))
    (dolist (word keywords)
      (tdl-test--page `(,word (,word keyword))))
    (dolist (field fields)
      (tdl-test--page `("party ATL: Atlantis" ,(format "  %s: value" field) (,field variable-name))))
    (dolist (note notes)
      (tdl-test--page `(,(format (if (member note '("allow" "expect")) "@%s vague-term: why" "@%s: value") note)
                        (,(concat "@" note) preprocessor))))))

(ert-deftest tdl-colours-what-is-written-later ()
  (tdl-test--with '("treaty \"Pact\"" "" "Each Party shall reply.")
    (should (equal (tdl-test--faces 3 "shall") '(font-lock-keyword-face)))
    (insert "// ")
    (font-lock-ensure)
    (should (equal (tdl-test--faces 1 "treaty") '(font-lock-comment-face)))
    (goto-char (point-max))
    (insert "[Note: it shall\n")
    (font-lock-ensure)
    (should (equal (tdl-test--faces 4 "shall") '(font-lock-keyword-face)))
    (insert "end here]\n")
    (font-lock-ensure)
    (should (equal (tdl-test--faces 4 "shall") '(font-lock-comment-face)))))

(ert-deftest tdl-comments ()
  (tdl-test--with '("Each Party shall reply.")
    (comment-region (point-min) (line-end-position))
    (should (looking-at "// Each Party"))
    (uncomment-region (point-min) (line-end-position))
    (should (looking-at "Each Party"))
    (end-of-line)
    (call-interactively #'comment-dwim)
    (should (looking-back "reply\\.[ \t]+// " (point-min)))))

(ert-deftest tdl-index ()
  (tdl-test--with '("treaty \"Pact\"" "profile ATL" "  practises: cyber attack," "    Article 9" ""
                    "PART I" "" "Article 1 // the first" "Definitions" "" "Article 2. Restraint" "1. It shall not." ""
                    "Article 3" "Each Party shall reply." "" "[Article 4]" "Annex A")
    (should (equal (mapcar #'car (funcall imenu-create-index-function))
                   '("PART I" "Article 1 Definitions" "Article 2. Restraint" "Article 3" "Article 4]" "Annex A")))
    (imenu "Article 2. Restraint")
    (should (looking-at "Article 2"))))

(ert-deftest tdl-eglot ()
  (defvar eglot-server-programs)
  (let ((eglot-server-programs nil) (tdl-program "some/treatylint") (features features))
    (provide 'eglot)
    (run-hook-with-args 'after-load-functions "eglot.el")
    (should (equal (funcall (cdr (assq 'tdl-mode eglot-server-programs)) nil) '("some/treatylint" "lsp")))))

(defconst tdl-test--draft
  '("treaty \"Pact\"" "  excerpt: yes" "" "Article 1" "“Ça” – 🌐: each Party shall report promptly." "" "Each Party shall endeavour to attend."))

(defmacro tdl-test--in-file (&rest body)
  "Run BODY in a file of the test draft."
  `(progn
     (skip-unless tdl-test--program)
     (let* ((folder (make-temp-file "tdl" t)) (tdl-program tdl-test--program) (coding-system-for-write 'utf-8))
       (unwind-protect
           (let ((file (expand-file-name "a draft.tdl" folder)))
             (write-region (concat (mapconcat #'identity tdl-test--draft "\n") "\n") nil file nil 'quiet)
             (with-current-buffer (find-file-noselect file)
               (unwind-protect (progn ,@body) (set-buffer-modified-p nil) (kill-buffer))))
         (delete-directory folder t)))))

(declare-function eglot-current-server "eglot")
(declare-function eglot-shutdown "eglot")
(declare-function flymake-start "flymake")
(declare-function flymake-diagnostics "flymake")
(declare-function flymake-diagnostic-beg "flymake")
(declare-function flymake-diagnostic-end "flymake")

(defun tdl-test--eglot ()
  "Load eglot, if it can be had: Emacs 29 has it, Debian has a package of it for Emacs 28."
  (unless (locate-library "eglot")
    (let ((package-directory-list '("/usr/share/emacs/site-lisp/elpa" "/usr/share/emacs/site-lisp/elpa-src")))
      (package-initialize)))
  (require 'eglot nil t))

(ert-deftest tdl-eglot-findings ()
  (skip-unless (tdl-test--eglot))
  (defvar eglot-sync-connect)
  (tdl-test--in-file
   (let ((eglot-sync-connect 10) (inhibit-message t) (end (+ (float-time) 10)))
     (call-interactively 'eglot)
     (unwind-protect
         (progn
           (flymake-start)
           (while (and (not (flymake-diagnostics)) (< (float-time) end))
             (accept-process-output nil 0.05))
           (should (equal (mapcar (lambda (found) (buffer-substring-no-properties (flymake-diagnostic-beg found) (flymake-diagnostic-end found)))
                                  (flymake-diagnostics))
                          '("promptly" "endeavour to"))))
       (eglot-shutdown (eglot-current-server))))))

(ert-deftest tdl-compile ()
  (tdl-test--in-file
   (should (eq major-mode 'tdl-mode))
   (let ((compilation-ask-about-save nil) (draft (current-buffer)) (inhibit-message t) (found nil))
     (compile compile-command)
     (while (get-buffer-process "*compilation*")
       (accept-process-output nil 0.05))
     (dotimes (_ 2)
       (next-error)
       (with-current-buffer draft
         (push (list (line-number-at-pos) (buffer-substring (point) (+ (point) 8))) found)))
     (should (equal (nreverse found) '((5 "promptly") (7 "endeavou")))))))

(ert-deftest tdl-flymake ()
  (tdl-test--in-file
   (let ((told 'waiting))
     ;; What is on disk does not count.
     (goto-char (point-max))
     (insert "\nEach Party shall endeavour to help.\n")
     (should (memq #'tdl-flymake flymake-diagnostic-functions))
     ;; The first run gives way to the second.
     (tdl-flymake (lambda (&rest _) (setq told 'late)))
     (tdl-flymake (lambda (found &rest _) (setq told found)))
     (with-timeout (20 (error "No answer"))
       (while (eq told 'waiting)
         (accept-process-output nil 0.05)))
     (should (equal (mapcar (lambda (one) (buffer-substring (flymake-diagnostic-beg one) (flymake-diagnostic-end one))) told)
                    '("promptly" "endeavour to" "endeavour to")))
     (should (equal (mapcar #'flymake-diagnostic-type told) '(:note :warning :warning)))
     (should (string-suffix-p " [vague-time]" (flymake-diagnostic-text (car told))))
     ;; And as flymake itself asks for it.
     (flymake-mode 1)
     (flymake-start)
     (with-timeout (20 (error "No answer"))
       (while (null (flymake-diagnostics))
         (accept-process-output nil 0.05)))
     (should (= (length (flymake-diagnostics)) 3)))))

(ert-deftest tdl-flymake-without-a-program ()
  (tdl-test--with '("treaty \"Pact\"")
    (let ((tdl-program "no-such-treatylint"))
      (should-error (tdl-flymake #'ignore)))
    ;; What answers in no JSON is told and does not stay silent.
    (let ((tdl-program "cat") (told nil))
      (tdl-flymake (lambda (&rest all) (setq told all)))
      (with-timeout (20 (error "No answer"))
        (while (null told)
          (accept-process-output nil 0.05)))
      (should (eq (car told) :panic)))
    ;; Nor does one that reads nothing of a draft that no pipe holds.
    (insert (make-string 300000 ?x))
    (let ((tdl-program "false") (told nil))
      (tdl-flymake (lambda (&rest all) (setq told all)))
      (with-timeout (20 (error "No answer"))
        (while (null told)
          (accept-process-output nil 0.05)))
      (should (eq (car told) :panic)))))

(ert-deftest tdl-file ()
  (let ((file (locate-library "tdl-mode.el")) (inhibit-message t)
        (byte-compile-error-on-warn t)
        (byte-compile-dest-file-function (lambda (_) (expand-file-name "tdl-mode-test.elc" temporary-file-directory))))
    (should (byte-compile-file file))
    (delete-file (expand-file-name "tdl-mode-test.elc" temporary-file-directory))
    (with-temp-buffer
      (insert-file-contents file)
      (let ((package (package-buffer-info)))
        (should (eq (package-desc-name package) 'tdl-mode))
        (should (equal (package-desc-version package) '(0 1 0)))))))

(provide 'tdl-mode-test)
;;; tdl-mode-test.el ends here
