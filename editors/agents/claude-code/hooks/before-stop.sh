#!/bin/sh
# Before an agent stops: new findings from a warning upward, said to it once. Exit code 2 lets it go on, with what stands on
# standard error; 0 lets it stop. It never stands in the way where there are no spec documents, no git or no program.
case $(cat) in
  # It was held back already: it has seen this.
  *'"stop_hook_active":true'* | *'"stop_hook_active": true'*) exit 0 ;;
esac
cd "${CLAUDE_PROJECT_DIR:-.}" 2>/dev/null || exit 0
found=$(spec-analyzer check --since HEAD --format github --fail-on warning 2>/dev/null)
[ $? -eq 1 ] || exit 0
{
  echo 'spec-analyzer: what this change brings (`spec-analyzer explain CODE` says more; nothing has to be deleted):'
  printf '%s\n' "$found" | sed -n 's/^::\(error\|warning\) file=\([^,]*\),line=\([0-9]*\).*,title=\([a-z-]*\)::/\2:\3: \1[\4]: /p'
} >&2
exit 2
