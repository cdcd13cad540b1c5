"""`python -m unify` is `unify`."""

from unify.cli.main import run

if __name__ == "__main__":
    run()
