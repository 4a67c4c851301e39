ARG A=b
from a as b
  copy --from=b \
  # why
  /x /y
from ${A}
run ls
# choices: 0a1b2c3d4e5f