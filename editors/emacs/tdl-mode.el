;;; tdl-mode.el --- Treaty drafts in TDL  -*- lexical-binding: t; -*-

;; Version: 0.1.0
;; Package-Requires: ((emacs "27.1"))
;; Keywords: languages, tools
;; URL: https://github.com/treatylint/treatylint
;; SPDX-License-Identifier: MIT OR Apache-2.0

;;; Commentary:

;; Colours, comments and an index of articles for drafts in TDL, the treaty drafting language, and what treatylint finds in them:
;;
;; - `M-x compile' lints the draft as it is on disk, and `M-g n' walks the findings;
;; - `M-x flymake-mode' lints it as it is in the buffer;
;; - `M-x eglot' starts the language server (Emacs 29, or the package eglot).
;;
;; To use it:
;;
;;     (add-to-list 'load-path "~/treatylint/editors/emacs")
;;     (require 'tdl-mode)

;;; Code:

(require 'flymake)
(require 'json)
(require 'rx)

(defgroup tdl nil
  "Treaty drafts in TDL."
  :group 'text
  :link '(url-link "https://github.com/treatylint/treatylint"))

(defcustom tdl-program "treatylint"
  "The program that lints drafts: a name on the path, or a path."
  :type 'string)

;;; Words and shapes

(rx-define tdl-gap (any " \t\u00a0"))
(rx-define tdl-id (seq (any upper) (* (any alnum "_-"))))

(rx-define tdl-field
  (or "short title" "stage" "binding" "date" "language" "extends" "excerpt" "members" "powers" "run by" "observes" "attributes to"
      "confidence" "delay" "sees" "evidence" "access" "practises" "abstains from" "depends on" "controls" "hosts" "gain" "loss" "text"
      "also" "source"))
(rx-define tdl-constant
  (or "draft" "negotiation" "adopted" "in force" "yes" "no" "machine" "person" "state" "before use" "during use" "after use" "public"
      "shared with parties" "secret" "none" "little" "partial" "extensive" "unknown" "any"))
(rx-define tdl-note
  (or "verified by" "consequence" "in return for" "binds" "benefits" "act" "effect" "means" "target" "threshold" "excludes"
      "told apart by" "proposed by" "source" "note"))

;; Who proposes: `ATL, BOR:', `ATL propose; BOR oppose:'.
(rx-define tdl-name (seq (any upper) (* (any alnum "'-"))))
(rx-define tdl-side
  (seq tdl-name (* (* tdl-gap) (or "," "/" "&" "and ") (* tdl-gap) tdl-name)
       (? " " (or "propose" "oppose" "reserve" "support") (? "s"))))
(rx-define tdl-who (seq tdl-side (* ";" (* tdl-gap) tdl-side) (* tdl-gap) ":"))

;; What may stand before a heading or a mark.
(rx-define tdl-lead
  (seq bol (* tdl-gap) (? (or (seq (+ "#") (* tdl-gap)) "**"))
       (* "[" (? (any upper) (* (not (any "[]:\n"))) ":" (or tdl-gap eol)) (* tdl-gap))))

(rx-define tdl-suffix (seq (or "bis" "ter" "quater" "quinquies" "sexies" "septies" "octies") symbol-end))
(rx-define tdl-number
  (or (seq (repeat 1 5 digit) (? (or (any "A-Ka-k") (seq "." (repeat 1 3 digit)))) (? "-" (any "A-Z")) symbol-end
           (? (? tdl-gap) tdl-suffix))
      (seq (any "IVXLC") (* (any "IVXLC")) symbol-end (? tdl-gap tdl-suffix))
      (seq (any "A-Z") symbol-end)
      (seq (or "One" "Two" "Three" "Four" "Five" "Six" "Seven" "Eight" "Nine" "Ten" "Eleven" "Twelve" "First" "Second" "Third"
               "Fourth" "Fifth" "Sixth" "ONE" "TWO" "THREE" "FOUR" "FIVE" "SIX" "SEVEN" "EIGHT" "NINE" "TEN" "ELEVEN" "TWELVE"
               "FIRST" "SECOND" "THIRD" "FOURTH" "FIFTH" "SIXTH")
           symbol-end)))
(rx-define tdl-numbers
  (seq (or tdl-number (seq "[" (* tdl-gap) tdl-number (* tdl-gap) "]"))
       (* (* tdl-gap) "[" (* tdl-gap) (or tdl-number tdl-suffix) (* tdl-gap) "]")))
(rx-define tdl-article (or "Article" "ARTICLE" "Art." "ART." "Rule" "RULE" "Regulation" "REGULATION"))
(rx-define tdl-division (or "Part" "PART" "Title" "TITLE" "Chapter" "CHAPTER" "Section" "SECTION" "Book" "BOOK"))
(rx-define tdl-annex
  (or (seq (? (or "Technical" "TECHNICAL" "Verification" "VERIFICATION" "Confidentiality" "CONFIDENTIALITY" "Financial" "FINANCIAL"
                  "Statistical" "STATISTICAL" "Implementation" "IMPLEMENTATION")
              (+ tdl-gap))
           (or "Annexes" "ANNEXES" "Annexe" "ANNEXE" "Annex" "ANNEX"))
      "Appendix" "APPENDIX" "Schedule" "SCHEDULE" "Attachment" "ATTACHMENT"))

(defconst tdl--heading
  (rx tdl-lead
      (or (seq (group-n 1 (or tdl-article tdl-division tdl-annex) (+ tdl-gap) tdl-numbers)
               ;; Never a comma, `(1)' or a small letter.
               (or (seq (* tdl-gap) (or eol "*" (seq "]" (* tdl-gap) eol) (seq (any ".:–—-") (or eol (not digit)))))
                   (seq (+ tdl-gap) (any upper "\"“„«‘'[/"))
                   (seq "[" alpha)))
          (seq (group-n 1 tdl-annex) (* tdl-gap) (or eol "//" (any "]/*") (seq (any ":–—-") tdl-gap)))
          (seq (group-n 1 (or "Protocol" "PROTOCOL") (+ tdl-gap) (or (+ (any "IVXLC")) (+ digit) (any "A-Z")))
               (* tdl-gap) (or eol "//"))
          (seq (group-n 1 (or "Ad" "AD" "Re" "RE") (+ tdl-gap) tdl-article (+ tdl-gap) tdl-numbers))))
  "A heading; its first group is the word and the number.")

(defconst tdl--option
  (rx tdl-lead
      (group (or "Option" "OPTION" "Alternative" "ALTERNATIVE" "Variant" "VARIANT" "Alt.") (+ tdl-gap)
             (or (repeat 1 4 alnum) (seq "(" (repeat 1 3 alnum) ")")))
      (* tdl-gap) ":")
  "What opens an option.")

;; What has the shape of a mark.  Whether it is the next one of an open list, only the reader knows.
(rx-define tdl-digits (seq (repeat 1 4 digit) (? (any "A-Ka-k")) (? (? tdl-gap) tdl-suffix)))
(rx-define tdl-letters (or (repeat 1 8 (any "ivxl")) (repeat 1 8 (any "IVXL")) (any "A-Za-z")))
(rx-define tdl-two-gaps (or "\t" (seq tdl-gap tdl-gap)))
(rx-define tdl-letter-mark
  (or (seq "(" (or tdl-digits tdl-letters (= 2 (any "a-z"))) ")" (? "."))
      (seq (or tdl-letters (= 2 (any "a-z"))) ")")
      (seq tdl-letters tdl-two-gaps)))

(defconst tdl--mark
  (rx tdl-lead
      (group (or (seq (repeat 1 3 digit) (repeat 1 4 "." (repeat 1 3 digit)) (? ".") (or tdl-gap eol))
                 (seq tdl-digits (or (seq "." (or tdl-gap alpha eol)) (seq (? tdl-gap) ")") tdl-two-gaps))
                 (seq tdl-letters "." (or tdl-gap eol))
                 tdl-letter-mark
                 (seq (any "–—•·*▪◦-") (+ tdl-gap)))
             (? (* tdl-gap) tdl-letter-mark)))
  "One or two marks at the beginning of a line.")

(defconst tdl--modal
  (rx symbol-start
      (or (seq "shall"
               (? " " (or "not" "never" "in no case" "under no circumstances" (seq (or "refrain" "abstain" "desist") " from")
                          "endeavour to" "endeavor to" (seq "be " (or "free" "entitled" "permitted" "allowed") " to")
                          "have the right to")))
          (seq (or "must" "may" "should") (? " not"))
          "cannot"
          (seq (or "undertake" "undertakes" "agree" "agrees" "obliged" (seq "pledge" (? "s") (? " " (or "itself" "themselves")))
                   (seq "commit" (? "s") " " (or "itself" "themselves")))
               (? " " (or "not" "never")) " to")
          (seq (or "is" "are") " " (or "bound" "required" "entitled" "encouraged" "invited" "urged") " to")
          (seq (or "is" "are") " " (? "strictly ") (or "prohibited" "forbidden" "banned"))
          (seq (or "has" "have" "reserve" "reserves") " the right to"))
      symbol-end)
  "What makes a sentence a norm.")

(rx-define tdl-points (seq (? tdl-gap) "(" (repeat 1 5 alnum) ")"))
(rx-define tdl-place
  (or (seq (or (seq (+ digit) (* "." (+ digit)) (? (or (seq (? tdl-gap) (or "bis" "ter" "quater" "quinquies")) (any "A-Ka-k"))))
               (repeat 1 8 (any "IVXL"))
               (any "A-Z"))
           symbol-end (* tdl-points))
      (+ tdl-points)))

(defconst tdl--reference
  (rx symbol-start
      (or (seq (or (seq (any "Aa") "rticle") (seq (any "Aa") "rt" (? ".")) (seq (any "Pp") "aragraph") (seq (any "Pp") "ara.")
                   (seq (any "Ss") "ub" (? "-") "paragraph") (seq (any "Aa") "nnex") (seq (any "Aa") "ppendix")
                   (seq (any "Ss") "chedule") (seq (any "Pp") "art") (seq (any "Cc") "hapter") (seq (any "Ss") "ection")
                   (seq (any "Pp") "oint") (seq (any "Ii") "tem") (seq (any "Rr") "ule") (seq (any "Rr") "egulation"))
               (+ tdl-gap) tdl-place)
          (seq (or (seq (any "Aa") "rticles") (seq (any "Pp") "aragraphs") (seq (any "Ss") "ub" (? "-") "paragraphs")
                   (seq (any "Aa") "nnexes") (seq (any "Ss") "ections") (seq (any "Pp") "oints") (seq (any "Rr") "ules"))
               (+ tdl-gap) tdl-place (* (group (or ", " " and " ", and " " or " ", or " " to " " through " "-" "–")) tdl-place))))
  "A reference to places in a treaty; its group is what joins the last one.")

(defconst tdl--blank
  (rx "[" (* tdl-gap)
      (or (* (any ".…_*? -")) (+ (any "XxYyNZz0-9/")) "date" "number" "name" "place" "amount" "time" "year" "tbd" "TBD" "tbc" "TBC"
          (seq "to be " (or "completed" "determined" "decided" "agreed")))
      (* tdl-gap) "]")
  "A bracket that holds nothing yet.")

(defconst tdl--note
  (rx (or (seq "[" (or "Note" "NOTE" "note" "NB" "Placeholder" "PLACEHOLDER" "placeholder" "Footnote" "footnote" "Chair's" "Chair’s"
                       "Secretariat" "Drafting" "drafting" "Deleted" "deleted" "Reserved" "reserved" "Editorial" "editorial")
               (or "]"
                   (seq (any " :.,;")
                        (* (or (not (any "[]\\\n")) (seq "\\" (any "[]\\")) (seq "[" (* (not (any "[]\n"))) "]")
                               (seq "\n" (not (any "\n")))))
                        "]")))
          (seq "{" (* (not (any "{}\n"))) "}")))
  "Words to the reader.")

;;; Where the text begins

(defconst tdl--declaration
  (rx bol (group (or "treaty" "party" "group" "body" "mechanism" "profile" "reservation" "use"))
      (or (seq (* tdl-gap) (or eol "//"))
          (seq (+ tdl-gap) (any "\"“„«‘'"))
          (seq (+ tdl-gap) (group tdl-id) (or tdl-gap ":" "\"" eol))
          (seq (* tdl-gap) ":")))
  "What is a declaration above the text, or promises to become one.")

(defconst tdl--field
  (rx bol (+ tdl-gap) (group tdl-field) (* tdl-gap) (group ":") (or tdl-gap eol))
  "A field of a declaration.")

(defvar-local tdl--text-start nil
  "Where the text begins, behind the tick of the buffer at which that was so.")

(defun tdl--text-start ()
  "Where the text begins: behind the declarations."
  (let ((tick (buffer-chars-modified-tick)))
    (unless (eq tick (car tdl--text-start))
      (setq tdl--text-start (cons tick (tdl--find-text))))
    (cdr tdl--text-start)))

(defun tdl--find-text ()
  "Look for the first line that cannot stand above the text."
  (save-excursion
    (save-restriction
      (widen)
      (goto-char (point-min))
      (let ((declared nil) (blank nil) (case-fold-search nil))
        (while (and (not (eobp))
                    (cond ((looking-at (rx (* tdl-gap) eol)) (setq blank t))
                          ((looking-at (rx (* tdl-gap) (or "//" "@"))) t)
                          ((looking-at tdl--declaration) (setq blank nil declared t))
                          ((and declared (looking-at (rx tdl-gap)) (or (not blank) (looking-at tdl--field)))
                           (setq blank nil)
                           t)))
          (forward-line))
        (point)))))

;;; Colours

(defun tdl--in-head (regexp)
  "A matcher of REGEXP above the text."
  (lambda (limit)
    (re-search-forward regexp (min limit (max (point) (tdl--text-start))) t)))

(defun tdl--in-text (regexp)
  "A matcher of REGEXP in the text."
  (lambda (limit)
    (goto-char (max (point) (min limit (tdl--text-start))))
    (re-search-forward regexp limit t)))

(defun tdl--next-reference (limit)
  "Look for a reference before LIMIT; in `Article 3 and 30 days' the days are none."
  (when (funcall (tdl--in-text tdl--reference) limit)
    (when (and (match-beginning 1)
               (looking-at-p (rx " " (or "hour" "day" "week" "month" "year" "minute" "per" "January" "February" "March" "April" "May" "June"
                                       "July" "August" "September" "October" "November" "December" "members" "States"))))
      (set-match-data (list (match-beginning 0) (match-beginning 1)))
      (goto-char (match-end 0)))
    t))

(defconst tdl-font-lock-keywords
  `((,(rx bol (* tdl-gap) (group "@" (or "allow" "expect")) (+ tdl-gap) (group (+ (any alnum "_-"))) (* tdl-gap)
          (or eol "//" (seq ":" (group (* nonl)))))
     (1 'font-lock-preprocessor-face)
     (2 'font-lock-function-name-face)
     (3 'font-lock-string-face keep t))
    (,(rx bol (* tdl-gap) (group "@" tdl-note) (* tdl-gap) ":" (group (* nonl)))
     (1 'font-lock-preprocessor-face)
     (2 'font-lock-string-face keep))
    (,(rx bol (* tdl-gap) (group "@") (group tdl-gap (* nonl)))
     (1 'font-lock-preprocessor-face)
     (2 'font-lock-string-face keep))
    ;; No annotation that is known: no words of the treaty all the same.
    (,(rx bol (* tdl-gap) (group "@" alpha (* nonl))) (1 'default keep))
    ;; Above the text
    (,(tdl--in-head tdl--declaration)
     (1 'font-lock-keyword-face)
     (2 'font-lock-type-face nil t)
     (,(rx (+ nonl)) (goto-char (match-end 1)) nil (0 'font-lock-string-face keep)))
    (,(tdl--in-head (rx bol (+ tdl-gap) tdl-field (* tdl-gap) ":" (+ tdl-gap) (group tdl-constant) (* tdl-gap) (or eol "//")))
     (1 'font-lock-constant-face))
    (,(tdl--in-head (rx (group "(" (or "much" "little") ")") (* tdl-gap) (or "," "//" eol))) (1 'font-lock-constant-face))
    (,(tdl--in-head tdl--field) (1 'font-lock-variable-name-face))
    ;; What is neither a field nor the next line of a value: `colour: red'.
    (,(tdl--in-head (rx bol (+ tdl-gap) (group (any "a-z") (* (any "a-z ")) ":") (or tdl-gap eol))) (1 'default))
    (,(tdl--in-head (rx bol tdl-gap (* nonl))) (0 'font-lock-string-face keep))
    ;; Declarations that come too late
    (,(tdl--in-text (rx bol (group (or (seq (group-n 2 (or "party" "group" "body" "reservation")) (+ tdl-gap) (group-n 3 tdl-id))
                                       (seq (group-n 2 "mechanism") (? (+ tdl-gap) (group-n 3 tdl-id)))))
                        (* tdl-gap) ":" (+ tdl-gap) (group-n 4 (+ nonl))))
     (2 'font-lock-keyword-face)
     (3 'font-lock-type-face nil t)
     (4 'font-lock-string-face keep))
    ;; The text
    (,(tdl--in-text tdl--note) (0 'font-lock-comment-face t))
    (,(tdl--in-text tdl--heading) (1 'font-lock-function-name-face))
    (,(tdl--in-text tdl--option) (1 'font-lock-function-name-face))
    (,(tdl--in-text tdl--mark) (1 'font-lock-constant-face))
    (,(rx "\\" (or (any "[]@") "//")) (0 'font-lock-warning-face))
    ;; Brackets that nobody negotiates: `[1986] ICJ', `Benzo[a]pyrene', `17993:2002 [E]'.
    (,(tdl--in-text (rx (or (seq (group-n 1 "[" (= 4 digit) "]") (* tdl-gap) (any upper))
                            (seq alnum (group-n 1 "[" (repeat 1 3 (not (any "[]\n"))) "]") alpha)
                            (seq digit (* tdl-gap) (group-n 1 "[" (or (any "EFSRAC") "EN" "FR") "]"))
                            (group-n 1 "[" (or "sic" "source") "]"))))
     (1 'default))
    (,(tdl--in-text tdl--blank) (0 'font-lock-constant-face))
    (,(tdl--in-text (rx (group (any "[")) (? (group tdl-who) (or tdl-gap eol))))
     (1 'font-lock-builtin-face)
     (2 'font-lock-type-face nil t))
    (,(tdl--in-text (rx tdl-gap (group "/") (or (seq (* tdl-gap) "\n" (* tdl-gap)) (+ tdl-gap)) (group tdl-who) (or tdl-gap eol)))
     (1 'font-lock-builtin-face)
     (2 'font-lock-type-face))
    (,(tdl--in-text (rx "]")) (0 'font-lock-builtin-face))
    (,(tdl--in-text (rx (or (seq "\"" (not (any "\" \n")) (repeat 0 100 (not (any "\"\n"))) "\"")
                            (seq "“" (repeat 1 100 (not (any "“”\n"))) "”")
                            (seq "„" (repeat 1 100 (not (any "„”“\n"))) (any "”“"))
                            (seq "«" (repeat 1 100 (not (any "«»\n"))) "»"))))
     (0 'font-lock-string-face keep))
    (tdl--next-reference (0 'font-lock-constant-face))
    (,(tdl--in-text tdl--modal) (0 'font-lock-keyword-face)))
  "The colours of drafts.")

(defvar font-lock-beg)
(defvar font-lock-end)

(defun tdl--whole-paragraphs ()
  "Colour whole paragraphs: words to the reader may run over lines."
  (let ((start font-lock-beg) (end font-lock-end))
    (save-excursion
      (goto-char start)
      (setq font-lock-beg (if (re-search-backward (rx bol (* tdl-gap) "\n") nil t) (point) (point-min)))
      (goto-char end)
      (setq font-lock-end (if (re-search-forward (rx bol (* tdl-gap) "\n") nil t) (point) (point-max))))
    (setq font-lock-beg (min start font-lock-beg)
          font-lock-end (max end font-lock-end))
    (not (and (= start font-lock-beg) (= end font-lock-end)))))

(defconst tdl--syntax-propertize
  (syntax-propertize-rules
   ;; At the start of a line and behind white space, so that there is none in https://example.org.
   ((rx (or bol tdl-gap) (group "/") "/") (1 "<")))
  "Where comments begin.")

(defvar tdl-mode-syntax-table
  (let ((table (make-syntax-table text-mode-syntax-table)))
    (modify-syntax-entry ?\n ">" table)
    (modify-syntax-entry ?- "_" table)
    table)
  "The syntax of drafts.")

;;; The index of articles

(defun tdl--index ()
  "The headings of the text with their titles, and where they are."
  (let ((index nil) (case-fold-search nil))
    (save-excursion
      (goto-char (tdl--text-start))
      (while (re-search-forward tdl--heading nil t)
        (let* ((start (match-beginning 1))
               (bare (save-excursion (goto-char (match-end 1)) (looking-at (rx (* (any " \t]")) (or eol "//")))))
               (line (tdl--words start))
               ;; A title that stands on the next line
               (below (and bare (save-excursion (and (zerop (forward-line)) (looking-at (rx (any "[" upper))) (tdl--words (point)))))))
          (push (cons (if (and below (not (string-match-p (rx "." eos) below)) (not (string-match-p tdl--heading below)))
                          (concat line " " below)
                        line)
                      start)
                index))))
    (nreverse index)))

(defun tdl--words (start)
  "The words from START to the end of its line, without a comment."
  (let ((line (buffer-substring-no-properties start (save-excursion (goto-char start) (line-end-position)))))
    (string-trim (replace-regexp-in-string (rx (or bos tdl-gap) "//" (* nonl) eos) "" line))))

;;; Findings while writing

(defvar-local tdl--process nil
  "The program that looks at the buffer just now.")

(defun tdl-flymake (report &rest _)
  "Lint the buffer and tell REPORT what is found."
  (unless (executable-find tdl-program)
    (error "There is no program %s" tdl-program))
  (when (process-live-p tdl--process)
    (kill-process tdl--process))
  (let ((draft (current-buffer)))
    (save-restriction
      (widen)
      (setq tdl--process
            (make-process
             :name "tdl-flymake" :noquery t :connection-type 'pipe :coding 'utf-8-unix
             :buffer (generate-new-buffer " *tdl-flymake*")
             :command (list tdl-program "--format" "json" "--fail-on" "never"
                            "--stdin-filename" (or buffer-file-name "draft.tdl") "-")
             :sentinel
             (lambda (process _)
               (when (memq (process-status process) '(exit signal))
                 (unwind-protect
                     ;; Another run may have begun since.
                     (when (and (buffer-live-p draft) (eq process (buffer-local-value 'tdl--process draft)))
                       (tdl--report report draft (process-buffer process)))
                   (kill-buffer (process-buffer process)))))))
      ;; A program that ends before it has read all breaks the pipe; what it said is told when it ends.
      (ignore-errors
        (process-send-region tdl--process (point-min) (point-max))
        (process-send-eof tdl--process)))))

(defun tdl--report (report draft output)
  "Tell REPORT what OUTPUT says of the buffer DRAFT."
  (condition-case wrong
      (let* ((json-object-type 'alist) (json-array-type 'list) (json-key-type 'symbol)
             (found (with-current-buffer output (goto-char (point-min)) (json-read))))
        (funcall report (with-current-buffer draft
                          (save-excursion
                            (save-restriction
                              (widen)
                              (mapcar #'tdl--diagnostic (alist-get 'diagnostics found)))))))
    (error (funcall report :panic :explanation (format "%s: %s" (error-message-string wrong)
                                                       (with-current-buffer output (buffer-string)))))))

(defun tdl--diagnostic (found)
  "What flymake shows of FOUND, a finding."
  (let* ((span (alist-get 'span found))
         (start (tdl--place (alist-get 'start span)))
         (end (tdl--place (alist-get 'end span))))
    (flymake-make-diagnostic (current-buffer) start (max end (min (1+ start) (point-max)))
                             (pcase (alist-get 'severity found) ("error" :error) ("warning" :warning) (_ :note))
                             (format "%s [%s]" (alist-get 'message found) (alist-get 'code found)))))

(defun tdl--place (place)
  "The position of PLACE, a line and a column in characters, both from 1."
  (goto-char (point-min))
  (forward-line (1- (alist-get 'line place)))
  (min (+ (point) (1- (alist-get 'column place))) (line-end-position)))

;;; The mode

;;;###autoload
(define-derived-mode tdl-mode text-mode "TDL"
  "Major mode for treaty drafts in TDL."
  (setq-local comment-start "// "
              comment-start-skip "//+[ \t]*"
              comment-end ""
              syntax-propertize-function tdl--syntax-propertize
              font-lock-defaults '(tdl-font-lock-keywords)
              imenu-create-index-function #'tdl--index
              ;; Columns count characters.
              compilation-error-screen-columns nil)
  (add-hook 'font-lock-extend-region-functions #'tdl--whole-paragraphs nil t)
  (add-hook 'flymake-diagnostic-functions #'tdl-flymake nil t)
  (when buffer-file-name
    (setq-local compile-command
                (format "%s --format short --quiet --fail-on never %s"
                        (shell-quote-argument tdl-program) (shell-quote-argument buffer-file-name)))))

;;;###autoload
(add-to-list 'auto-mode-alist '("\\.tdl\\'" . tdl-mode))

(defvar compilation-error-screen-columns)
(defvar eglot-server-programs)
(with-eval-after-load 'eglot
  (add-to-list 'eglot-server-programs (cons 'tdl-mode (lambda (&rest _) (list tdl-program "lsp")))))

(provide 'tdl-mode)
;;; tdl-mode.el ends here
