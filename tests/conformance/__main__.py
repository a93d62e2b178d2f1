"""`make conformance`: writes conformance/v1/*.json from the packs' examples and generated cases."""

from tests.conformance.making import write_all

if __name__ == "__main__":
    write_all()
