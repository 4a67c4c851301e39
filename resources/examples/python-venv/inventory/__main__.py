"""Prints which packages came along into the image, as a table."""

from importlib.metadata import distributions

from rich.console import Console
from rich.table import Table


def main():
    table = Table("Package", "Version", title="What this image carries")
    for package in sorted(distributions(), key=lambda each: each.name.lower()):
        table.add_row(package.name, package.version)
    Console().print(table)


if __name__ == "__main__":
    main()
