;;; spec-analyzer.el --- Spec-driven development: Spec Kit, Kiro, OpenSpec -*- lexical-binding: t; -*-

;; Package-Requires: ((emacs "28.1"))
;; SPDX-License-Identifier: MIT OR Apache-2.0

;;; Commentary:

;; Starts `spec-analyzer lsp' for Markdown, and only in projects that have spec documents.  For Eglot and for lsp-mode.
;; Sources belong to the servers of their languages; there it is asked only by `M-.' and `M-?'.
;; All answers are the server's.

;;; Code:

(require 'project)
(require 'seq)
(require 'xref)

(defvar eglot-server-programs)
(declare-function eglot-ensure "eglot")
(declare-function eglot-current-server "eglot")
(declare-function eglot--TextDocumentPositionParams "eglot")
(declare-function eglot--TextDocumentIdentifier "eglot")
(declare-function eglot--signal-textDocument/didChange "eglot")
(declare-function eglot--capabilities "eglot")
(declare-function eglot--path-to-uri "eglot")
(declare-function eglot--uri-to-path "eglot")
(declare-function eglot-path-to-uri "eglot")
(declare-function eglot-uri-to-path "eglot")
(declare-function jsonrpc-notify "jsonrpc")
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
                                     (and (derived-mode-p 'markdown-mode 'prog-mode) (spec-analyzer-root file) t))
                    ;; Beside marksman and the like, not instead of them.
                    :add-on? t
                    :server-id 'spec-analyzer)))

;; Eglot has one server per buffer, in sources that of the language.  The one that runs for the spec documents is asked
;; first there, and has an answer only where an id is.

(defun spec-analyzer--server ()
  "The server that Eglot runs for the spec documents around this buffer, or nil."
  (when-let ((root (and (featurep 'eglot) (spec-analyzer-root))))
    (seq-some (lambda (buffer)
                (with-current-buffer buffer
                  (and (bound-and-true-p eglot--managed-mode)
                       (derived-mode-p 'markdown-mode)
                       (equal root (spec-analyzer-root))
                       (eglot-current-server))))
              (buffer-list))))

(defun spec-analyzer--position (server)
  "Point as SERVER counts."
  (let ((before (buffer-substring-no-properties (line-beginning-position) (point))))
    (list :line (1- (line-number-at-pos nil t))
          :character (pcase (plist-get (eglot--capabilities server) :positionEncoding)
                       ("utf-8" (string-bytes (encode-coding-string before 'utf-8)))
                       ("utf-32" (length before))
                       (_ (/ (length (encode-coding-string before 'utf-16le)) 2))))))

(defun spec-analyzer--places (method &optional context)
  "The answer to METHOD, with CONTEXT, for point in a source: cross references."
  (when-let ((server (and buffer-file-name (derived-mode-p 'prog-mode) (spec-analyzer--server))))
    (let* ((uri (funcall (if (fboundp 'eglot-path-to-uri) #'eglot-path-to-uri #'eglot--path-to-uri) buffer-file-name))
           (document (list :uri uri))
           (text (save-restriction (widen) (buffer-substring-no-properties (point-min) (point-max)))))
      ;; It answers for the text as it is here, saved or not.
      (jsonrpc-notify server :textDocument/didOpen
                      (list :textDocument (list :uri uri :languageId "plaintext" :version 0 :text text)))
      (unwind-protect
          (mapcar #'spec-analyzer--xref
                  (jsonrpc-request server method
                                   (append (list :textDocument document :position (spec-analyzer--position server))
                                           (and context (list :context context)))))
        (jsonrpc-notify server :textDocument/didClose (list :textDocument document))))))

(defun spec-analyzer--xref (place)
  "A cross reference to PLACE, a location or a link of the protocol."
  (let* ((uri (or (plist-get place :targetUri) (plist-get place :uri)))
         (path (funcall (if (fboundp 'eglot-uri-to-path) #'eglot-uri-to-path #'eglot--uri-to-path) uri))
         (start (plist-get (or (plist-get place :targetSelectionRange) (plist-get place :range)) :start))
         (line (1+ (plist-get start :line)))
         (summary (with-temp-buffer
                    (insert-file-contents path)
                    (forward-line (1- line))
                    (buffer-substring (point) (line-end-position)))))
    (xref-make summary (xref-make-file-location path line 0))))

(defun spec-analyzer--xref-backend ()
  "This backend, where point is on an id."
  (and (spec-analyzer--places :textDocument/definition) 'spec-analyzer))

(cl-defmethod xref-backend-identifier-at-point ((_backend (eql spec-analyzer)))
  "What is under point; the server looks for itself."
  (or (thing-at-point 'symbol t) ""))

(cl-defmethod xref-backend-identifier-completion-table ((_backend (eql spec-analyzer)))
  "None: only what is at point is known."
  nil)

(cl-defmethod xref-backend-definitions ((_backend (eql spec-analyzer)) _identifier)
  "The item that the id at point means."
  (spec-analyzer--places :textDocument/definition))

(cl-defmethod xref-backend-references ((_backend (eql spec-analyzer)) _identifier)
  "Everything that names the item that the id at point means."
  (spec-analyzer--places :textDocument/references '(:includeDeclaration t)))

(defun spec-analyzer--before-others ()
  "Let `M-.' ask for ids before it asks for symbols."
  (add-hook 'xref-backend-functions #'spec-analyzer--xref-backend -90 t))

(add-hook 'prog-mode-hook #'spec-analyzer--before-others)

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
