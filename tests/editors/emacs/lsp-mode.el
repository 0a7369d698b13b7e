;;; lsp-mode.el --- Emacs with lsp-mode as docs/editors/emacs.md sets it up -*- lexical-binding: t; -*-

;;; Commentary:

;; Loaded behind smoke.el, whose words it uses.

;;; Code:

(require 'lsp-mode)

(defun smoke-lsp-open (path)
  "Open PATH of the project as a user does, with its server."
  (switch-to-buffer (find-file-noselect (expand-file-name path smoke-project)))
  ;; What is deferred waits for a window, which batch mode has not.
  (lsp)
  (smoke-eventually (format "a server for %s" path)
                    (lambda () (seq-some (lambda (it) (eq (lsp--workspace-status it) 'initialized)) (lsp-workspaces)))))

(defun smoke-lsp-shown ()
  "The findings of this buffer as the table of truth writes them."
  (sort (mapcar (lambda (it)
                  (let ((range (lsp:diagnostic-range it)))
                    (list (1+ (lsp:position-line (lsp:range-start range)))
                          (let ((region (lsp--range-to-region range)))
                            (buffer-substring-no-properties (car region) (cdr region)))
                          (lsp:diagnostic-code? it))))
                (gethash (lsp--fix-path-casing (buffer-file-name)) (lsp-diagnostics t)))
        (lambda (a b) (string< (format "%04d %S" (car a) a) (format "%04d %S" (car b) b)))))

(defun smoke-lsp-version ()
  "The version of lsp-mode, as its package says."
  (if-let ((found (cadr (assq 'lsp-mode package-alist)))) (package-version-join (package-desc-version found)) "?"))

(defun smoke-lsp-run ()
  "All tests; the arguments are the workspace and the table of truth."
  (let* ((work (pop command-line-args-left))
         (spec "specs/002-delivery-notices/spec.md")
         (tasks "specs/002-delivery-notices/tasks.md"))
    (setq smoke-truth (expand-file-name (pop command-line-args-left))
          smoke-project (file-name-as-directory (expand-file-name "parcels" work))
          make-backup-files nil create-lockfiles nil auto-save-default nil
          ;; Nobody sits there to answer.
          lsp-auto-guess-root t
          lsp-enable-file-watchers nil
          lsp-restart 'auto-restart)

    (smoke-test "lsp-mode: diagnostics are those of the table"
      (smoke-lsp-open tasks)
      (let ((expected (smoke-true tasks)))
        (ignore-errors
          (smoke-eventually "the findings" (lambda () (equal expected (smoke-lsp-shown)))))
        (smoke-same expected (smoke-lsp-shown) tasks)))

    (smoke-test "lsp-mode: hover on a requirement shows its tasks"
      (smoke-lsp-open spec)
      (smoke-go "- **FR-001**" "FR-001")
      (let ((text (format "%S" (lsp-request "textDocument/hover" (lsp--text-document-position-params)))))
        (unless (string-search "T008" text) (error "No T008 in %s" text))))

    (smoke-test "lsp-mode: definition of a requirement in a task is its line"
      (smoke-lsp-open tasks)
      (smoke-go "T011 [P] [US2]" "FR-003")
      (lsp-find-definition)
      (smoke-same (list "spec.md" 71) (list (file-name-nondirectory buffer-file-name) (line-number-at-pos)) "place"))

    (smoke-test "lsp-mode: definition of an id in a comment of the code is its line"
      (smoke-lsp-open "services/intake/parcels/store.py")
      (smoke-go "up to date (FR-008)" "FR-008")
      (lsp-find-definition)
      (smoke-same (list "spec.md" 65) (list (file-name-nondirectory buffer-file-name) (line-number-at-pos)) "place"))

    (smoke-test "lsp-mode: a code action writes the missing tasks, and the finding goes away"
      (smoke-lsp-open spec)
      (smoke-eventually "the finding" (lambda () (seq-some (lambda (it) (equal (nth 1 it) "User Story 3")) (smoke-lsp-shown))))
      (smoke-go "### User Story 3" "User Story 3")
      (lsp-execute-code-action
       (seq-find (lambda (it) (string-prefix-p "Write the missing tasks" (lsp:code-action-title it)))
                 (lsp-code-actions-at-point)))
      (smoke-eventually "its end"
                        (lambda () (not (seq-some (lambda (it) (equal (nth 1 it) "User Story 3")) (smoke-lsp-shown))))))

    (smoke-test "lsp-mode: a rename reaches the task list"
      (smoke-lsp-open spec)
      (smoke-go "- **FR-003**" "FR-003")
      (lsp-rename "FR-033")
      (with-current-buffer (find-file-noselect (expand-file-name tasks smoke-project))
        (unless (string-search "FR-033" (buffer-string)) (error "The task list names no FR-033"))))

    (princ (format "lsp-mode %s: %d passed, %d failed\n" (smoke-lsp-version) smoke-passed smoke-failures))
    (kill-emacs (if (zerop smoke-failures) 0 1))))

;;; lsp-mode.el ends here
