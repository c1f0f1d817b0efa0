# label: slow
"""The first steps of docs/quickstart.md with nothing built yet: clone, install, build, run, open the page."""
from quickstart_test import BLOCKS, check_page, follow


def test_it_works_from_source(tmp_path):
    check_page(tmp_path, follow(tmp_path, BLOCKS[:2], builds=True))
