;;; smoke.el --- Emacs with Eglot as docs/editors/emacs.md sets it up -*- lexical-binding: t; -*-

;;; Code:

(require 'cl-lib)
(require 'eglot)
(require 'flymake)

(defconst smoke-patience 15.0 "Seconds; a test waits for something to become true, never for time to pass.")
(defvar smoke-failures 0)
(defvar smoke-passed 0)
(defvar smoke-project nil)
(defvar smoke-truth nil)

(defmacro smoke-test (name &rest body)
  "Run BODY as the test NAME."
  (declare (indent 1))
  `(condition-case failure
       (progn ,@body (cl-incf smoke-passed) (princ (format "ok    %s\n" ,name)))
     (error (cl-incf smoke-failures)
            (princ (format "FAIL  %s\n      %s\n" ,name (error-message-string failure))))))

(defun smoke-idle ()
  "What Eglot's idle timer does, which never runs in batch mode: tell the server of edits."
  (dolist (buffer (buffer-list))
    (with-current-buffer buffer
      ;; One that was killed cannot be told.
      (when (and (bound-and-true-p eglot--managed-mode) (jsonrpc-running-p (eglot-current-server)))
        (eglot--signal-textDocument/didChange)))))

(defun smoke-eventually (what condition)
  "Wait until CONDITION answers, or say WHAT did not happen."
  (let ((end (+ (float-time) smoke-patience)) answer)
    (while (and (not (setq answer (funcall condition))) (< (float-time) end))
      (smoke-idle)
      (accept-process-output nil 0.05))
    (or answer (error "Not within %s s: %s" smoke-patience what))))

(defun smoke-same (expected actual what)
  "Fail unless EXPECTED equals ACTUAL, which is WHAT."
  (unless (equal expected actual)
    (error "%s\nexpected: %S\nactual:   %S" what expected actual)))

(defun smoke-open (path)
  "Open PATH of the project as a user does, with its server."
  (switch-to-buffer (find-file-noselect (expand-file-name path smoke-project)))
  ;; What the command loop does after a file was opened.
  (run-hooks 'post-command-hook)
  (smoke-eventually (format "a server for %s" path) #'eglot-current-server)
  (unless flymake-mode (flymake-mode 1))
  ;; In batch mode nothing starts it.
  (flymake-start)
  (current-buffer))

(defun smoke-go (line token)
  "Put point at TOKEN in the first line that has LINE in it."
  (goto-char (point-min))
  (search-forward line)
  (beginning-of-line)
  (search-forward token (line-end-position))
  (goto-char (match-beginning 0)))

(defun smoke-shown ()
  "The findings of this buffer as the table of truth writes them."
  (sort (mapcar (lambda (it)
                  (let ((text (flymake-diagnostic-text it)))
                    (list (line-number-at-pos (flymake-diagnostic-beg it))
                          (buffer-substring-no-properties (flymake-diagnostic-beg it) (flymake-diagnostic-end it))
                          (and (string-match "\\[\\([a-z-]+\\)\\]" text) (match-string 1 text)))))
                (flymake-diagnostics))
        (lambda (a b) (string< (format "%04d %S" (car a) a) (format "%04d %S" (car b) b)))))

(defun smoke-true (path)
  "What the table of truth says of PATH: lines, texts and codes."
  (let (rows)
    (with-temp-buffer
      (insert-file-contents smoke-truth)
      (while (re-search-forward
              (concat "^| `parcels/" (regexp-quote path) "` | \\([0-9]+\\) | \\([a-z-]+\\) | `\\(.*\\)` |$") nil t)
        (push (list (string-to-number (match-string 1)) (match-string 3) (match-string 2)) rows)))
    (or (nreverse rows) (error "No row for %s" path))))

(defun smoke-has (text)
  "Whether a finding of this buffer covers TEXT."
  (seq-some (lambda (it) (equal (nth 1 it) text)) (smoke-shown)))

(defun smoke-request (method params)
  "The server's answer to METHOD with PARAMS."
  (jsonrpc-request (eglot-current-server) method params))

(defun smoke-eldoc ()
  "What eldoc asks after each command.
Eglot of Emacs 28 sees what came together with an answer, such as an edit, only when more comes."
  (smoke-request :textDocument/hover (eglot--TextDocumentPositionParams)))

(defun smoke-act (title)
  "Choose the code action at point whose name begins with TITLE."
  (cl-letf (((symbol-function 'completing-read)
             (lambda (_prompt choices &rest _)
               (or (seq-find (lambda (it) (string-prefix-p title it)) (all-completions "" choices))
                   (error "No action %s among %S" title (all-completions "" choices)))))
            ;; As from a key, not from a menu.
            (last-nonmenu-event ?a))
    (eglot-code-actions (point) (1+ (point)) nil t))
  (smoke-eldoc))

(defun smoke-run ()
  "All tests; the arguments are the workspace and the table of truth."
  (let* ((work (pop command-line-args-left))
         (spec "specs/002-delivery-notices/spec.md")
         (tasks "specs/002-delivery-notices/tasks.md"))
    ;; Nobody sits there to answer.
    (fset 'y-or-n-p (lambda (&rest _) t))
    (setq smoke-truth (expand-file-name (pop command-line-args-left))
          smoke-project (file-name-as-directory (expand-file-name "parcels" work))
          eglot-confirm-server-initiated-edits nil
          make-backup-files nil create-lockfiles nil auto-save-default nil)

    (smoke-test "no server where no specifications are"
      (switch-to-buffer (find-file-noselect (expand-file-name "elsewhere/README.md" work)))
      (run-hooks 'post-command-hook)
      (smoke-same 'markdown-mode major-mode "mode")
      (smoke-same nil (eglot-current-server) "server"))

    (dolist (path (list "specs/001-parcel-intake/spec.md" "specs/001-parcel-intake/tasks.md"
                        "specs/002-delivery-notices/plan.md" spec tasks))
      (smoke-test (format "diagnostics of %s" path)
        (smoke-open path)
        (let ((expected (smoke-true path)) actual)
          (ignore-errors
            (smoke-eventually
             "the findings of the table"
             (lambda ()
               (equal expected (setq actual (smoke-shown))))))
          (smoke-same expected actual path))))

    (smoke-test "no diagnostics and no hover in ordinary Markdown"
      (smoke-open "docs/notes.md")
      (smoke-go "Call FR-999" "FR-999")
      (smoke-same nil (smoke-request :textDocument/hover (eglot--TextDocumentPositionParams)) "hover")
      (smoke-same nil (smoke-shown) "findings"))

    (smoke-test "hover on a requirement shows its tasks"
      (smoke-open spec)
      (smoke-go "- **FR-001**" "FR-001")
      (let ((text (format "%S" (smoke-request :textDocument/hover (eglot--TextDocumentPositionParams)))))
        (dolist (part '("T008" "T010" "services/notifier/src/plan_notices.ts"))
          (unless (string-search part text) (error "%s is not in %s" part text)))))

    (smoke-test "definition of a requirement in a task is its line, and of a path the file"
      (smoke-open tasks)
      (smoke-go "T011 [P] [US2]" "FR-003")
      (xref-find-definitions "FR-003")
      (smoke-same (list "spec.md" 71) (list (file-name-nondirectory buffer-file-name) (line-number-at-pos)) "place")
      (smoke-open tasks)
      (smoke-go "T007 [US1]" "services/notifier/src/compose.ts")
      (xref-find-definitions "compose.ts")
      (smoke-same "compose.ts" (file-name-nondirectory buffer-file-name) "file")
      (xref-pop-marker-stack)
      (smoke-same "tasks.md" (file-name-nondirectory buffer-file-name) "the way back"))

    (smoke-test "definition of an id in a comment of the code is its line, and a name is left to others"
      (switch-to-buffer (find-file-noselect (expand-file-name "services/intake/parcels/store.py" smoke-project)))
      (smoke-go "up to date (FR-008)" "FR-008")
      (let ((this-command 'xref-find-definitions))
        (call-interactively this-command))
      (smoke-same (list "spec.md" 65) (list (file-name-nondirectory buffer-file-name) (line-number-at-pos)) "place")
      (smoke-same "001-parcel-intake" (file-name-nondirectory (directory-file-name default-directory)) "feature")
      (xref-pop-marker-stack)
      (smoke-same "store.py" (file-name-nondirectory buffer-file-name) "the way back")
      (smoke-go "def " "def")
      (smoke-same nil (eq 'spec-analyzer (xref-find-backend)) "backend of a word of the language"))

    (smoke-test "a code action writes the missing tasks, and the finding goes away"
      (smoke-open spec)
      (smoke-eventually "the finding" (lambda () (smoke-has "User Story 3")))
      (smoke-go "### User Story 3" "User Story 3")
      (smoke-act "Write the missing tasks")
      (smoke-eventually "its end" (lambda () (not (smoke-has "User Story 3"))))
      (with-current-buffer (find-file-noselect (expand-file-name tasks smoke-project))
        (unless (string-search "[US3]" (buffer-string)) (error "No task of US3"))))

    (smoke-test "a rename reaches the task list"
      (smoke-idle)
      (smoke-open spec)
      (smoke-go "- **FR-003**" "FR-003")
      (eglot-rename "FR-033")
      (with-current-buffer (find-file-noselect (expand-file-name tasks smoke-project))
        (unless (string-search "FR-033" (buffer-string)) (error "The task list names no FR-033"))))

    (smoke-test "ticking changes one character"
      (smoke-open tasks)
      (smoke-go "- [ ] T010" "T010")
      (let ((before (line-end-position)))
        (spec-analyzer-tick)
        (smoke-eldoc)
        (smoke-eventually "a tick" (lambda () (save-excursion (goto-char (point-min))
                                                              (search-forward "- [x] T010" nil t))))
        (smoke-go "T010" "T010")
        (smoke-same before (line-end-position) "end of the line")))

    (smoke-test "the coverage is shown"
      (smoke-open spec)
      (spec-analyzer-coverage)
      (smoke-same "*spec-analyzer coverage*" (buffer-name) "buffer")
      (unless (string-search "002-delivery-notices" (buffer-string)) (error "%s" (buffer-string)))
      (kill-buffer))

    (smoke-test "the impact of a requirement is shown"
      (smoke-open spec)
      (smoke-go "- **FR-001**" "FR-001")
      (spec-analyzer-impact)
      (unless (string-search "plan_notices.ts" (buffer-string)) (error "%s" (buffer-string)))
      (kill-buffer))

    (smoke-test "a feature without a task list gets one"
      (smoke-open (expand-file-name "lockers/specs/001-lockers/spec.md" work))
      (smoke-go "# Feature Specification" "Feature")
      (smoke-act "Write tasks.md")
      (let ((list (find-file-noselect (expand-file-name "lockers/specs/001-lockers/tasks.md" work))))
        (smoke-eventually "a task list"
                          (lambda () (with-current-buffer list (string-search "T001" (buffer-string)))))))

    (smoke-test "a server that was killed comes back by itself"
      (smoke-open tasks)
      (let* ((server (eglot-current-server)))
        (smoke-eventually "Eglot trusts the server" (lambda () (not (eglot--inhibit-autoreconnect server))))
        (signal-process (jsonrpc--process server) 'KILL)
        (smoke-eventually "another server"
                          (lambda () (and (eglot-current-server) (not (eq server (eglot-current-server))))))
        (smoke-eventually "the findings" (lambda () (smoke-has "FR-014")))))

    (princ (format "Emacs %s: %d passed, %d failed\n" emacs-version smoke-passed smoke-failures))
    (kill-emacs (if (zerop smoke-failures) 0 1))))

;;; smoke.el ends here
