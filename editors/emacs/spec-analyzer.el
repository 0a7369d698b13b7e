;;; spec-analyzer.el --- Spec-driven development: Spec Kit, Kiro, OpenSpec -*- lexical-binding: t; -*-

;; Package-Requires: ((emacs "28.1"))
;; SPDX-License-Identifier: MIT OR Apache-2.0

;;; Commentary:

;; Starts `spec-analyzer lsp' for Markdown, and only in projects that have spec documents.  For Eglot and for lsp-mode.
;; All answers are the server's.

;;; Code:

(require 'project)
(require 'seq)

(defvar eglot-server-programs)
(declare-function eglot-ensure "eglot")
(declare-function eglot-current-server "eglot")
(declare-function eglot--TextDocumentPositionParams "eglot")
(declare-function eglot--TextDocumentIdentifier "eglot")
(declare-function eglot--signal-textDocument/didChange "eglot")
(declare-function jsonrpc-request "jsonrpc")
(declare-function lsp-register-client "lsp-mode")
(declare-function make-lsp-client "lsp-mode")
(declare-function lsp-stdio-connection "lsp-mode")
(declare-function lsp-activate-on "lsp-mode")

(defgroup spec-analyzer nil
  "Spec-driven development."
  :group 'tools)

(defcustom spec-analyzer-command '("spec-analyzer" "lsp")
  "The program that serves spec documents, and its arguments."
  :type '(repeat string)
  :risky t)

(defcustom spec-analyzer-other-markdown-command '("marksman" "server")
  "The server that Eglot starts for Markdown where no spec documents are."
  :type '(repeat string)
  :risky t)

(defun spec-analyzer-root (&optional file)
  "The directory above FILE, or above this buffer's file, that has spec documents, or nil."
  (let ((file (or file buffer-file-name)))
    (and file
         (locate-dominating-file
          file
          (lambda (directory)
            (and (file-directory-p directory)
                 (not (file-equal-p directory "~"))
                 (seq-some (lambda (shape) (file-expand-wildcards (expand-file-name shape directory)))
                           '(".specify" "specs/*/spec.md" ".kiro/specs" "openspec/specs" "openspec/changes"))))))))

(defun spec-analyzer--project (directory)
  "A project around DIRECTORY where no version control says so."
  (let ((root (spec-analyzer-root (expand-file-name "spec.md" directory))))
    (and root (cons 'transient root))))

(add-hook 'project-find-functions #'spec-analyzer--project 90)

(defun spec-analyzer--contact (&rest _)
  "What Eglot starts for Markdown here."
  (if (spec-analyzer-root) spec-analyzer-command spec-analyzer-other-markdown-command))

;;;###autoload
(defun spec-analyzer-eglot-ensure ()
  "Start Eglot in Markdown of projects that have spec documents."
  (when (spec-analyzer-root)
    (require 'eglot)
    (eglot-ensure)))

(with-eval-after-load 'eglot
  (add-to-list 'eglot-server-programs '((markdown-mode gfm-mode markdown-ts-mode) . spec-analyzer--contact)))

(with-eval-after-load 'lsp-mode
  (lsp-register-client
   (make-lsp-client :new-connection (lsp-stdio-connection (lambda () spec-analyzer-command))
                    :activation-fn (lambda (file _mode)
                                     (and (derived-mode-p 'markdown-mode) (spec-analyzer-root file) t))
                    ;; Beside marksman and the like, not instead of them.
                    :add-on? t
                    :server-id 'spec-analyzer)))

(defun spec-analyzer--ask (command &rest arguments)
  "The server's answer to COMMAND with ARGUMENTS."
  ;; The server answers for the text that it knows.
  (when (fboundp 'eglot--signal-textDocument/didChange)
    (eglot--signal-textDocument/didChange))
  (jsonrpc-request (or (eglot-current-server) (user-error "Spec-analyzer does not run for this buffer; M-x eglot starts it"))
                   :workspace/executeCommand
                   (list :command command :arguments (apply #'vector arguments))))

(defun spec-analyzer--show (title text &optional mode)
  "Show TEXT in a buffer called TITLE, in MODE or as Markdown."
  (pop-to-buffer (get-buffer-create (format "*spec-analyzer %s*" title)))
  (let ((inhibit-read-only t))
    (erase-buffer)
    (insert text)
    (goto-char (point-min)))
  (funcall (or mode (if (fboundp 'markdown-mode) 'markdown-mode 'text-mode)))
  (view-mode))

(defun spec-analyzer-tick ()
  "Tick or untick the task or checklist item at point (Eglot)."
  (interactive)
  (spec-analyzer--ask "spec-analyzer.tick" (eglot--TextDocumentPositionParams)))

(defun spec-analyzer-matrix ()
  "Show the features in work with their tasks, code and tests (Eglot)."
  (interactive)
  (spec-analyzer--show "matrix" (spec-analyzer--ask "spec-analyzer.showMatrix")))

(defun spec-analyzer-coverage ()
  "Show how much is specified, planned, implemented and tested (Eglot)."
  (interactive)
  (spec-analyzer--show "coverage" (spec-analyzer--ask "spec-analyzer.showCoverage")))

(defun spec-analyzer-impact ()
  "Show what a change of the item at point may reach (Eglot)."
  (interactive)
  (spec-analyzer--show "impact" (spec-analyzer--ask "spec-analyzer.showImpact" (eglot--TextDocumentPositionParams))))

(defun spec-analyzer-archive ()
  "Show what archiving this OpenSpec change would write (Eglot)."
  (interactive)
  (spec-analyzer--show "archive" (spec-analyzer--ask "spec-analyzer.previewArchive" (eglot--TextDocumentIdentifier))
                       'diff-mode))

(provide 'spec-analyzer)
;;; spec-analyzer.el ends here
