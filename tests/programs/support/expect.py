"""What a step of a program is to show. A failure names the step by its line and has both texts."""


class begins:
    """A text of which only the beginning is known, and some parts that come after it."""

    def __init__(self, text, *parts):
        self.text, self.parts = text, parts

    def __eq__(self, other):
        return other.startswith(self.text) and all(part in other for part in self.parts)

    def __str__(self):
        return ' … '.join((self.text, *self.parts, ''))


def expect(expected, *actual):
    """The values, as print writes them, are the expected text."""
    shown = ' '.join(map(str, actual))
    if shown != expected:
        wanted = str(expected)
        alike = next((at for at, (a, b) in enumerate(zip(shown, wanted)) if a != b), min(len(shown), len(wanted)))
        raise AssertionError(f'\nexpected: {wanted}\n  actual: {shown}\n          {" " * alike}^')


def equal(actual, expected):
    """A value is equal to another one."""
    if actual != expected:
        raise AssertionError(f'\nexpected: {expected!r}\n  actual: {actual!r}')
