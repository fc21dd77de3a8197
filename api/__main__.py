"""`python -m api` is `kb`, for processes that start one another by the same Python."""

from api.cli import main

main(prog_name="kb")
