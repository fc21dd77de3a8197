"""A rectangle in a PDF page's own space: points, y upwards, before rotation and cropping."""

from typing import NamedTuple, Self


class Matrix(NamedTuple):
    """How a space is placed in another: x' = a x + c y + e, y' = b x + d y + f. Source: ISO 32000-1, 8.3.4."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def then(self, outer: "Matrix") -> "Matrix":
        """The matrix that places by this one first and then by `outer`."""
        return Matrix(
            self.a * outer.a + self.b * outer.c,
            self.a * outer.b + self.b * outer.d,
            self.c * outer.a + self.d * outer.c,
            self.c * outer.b + self.d * outer.d,
            self.e * outer.a + self.f * outer.c + outer.e,
            self.e * outer.b + self.f * outer.d + outer.f,
        )


class Rectangle(NamedTuple):
    """left <= right, bottom <= top."""

    left: float
    bottom: float
    right: float
    top: float

    def is_beside(self, other: "Rectangle") -> bool:
        """Whether the two have no point in common."""
        return self.right < other.left or self.left > other.right or self.top < other.bottom or self.bottom > other.top

    def shared_with(self, other: Self) -> "Rectangle":
        """What the two have in common; upside down, and so beside everything, if nothing."""
        return Rectangle(
            max(self.left, other.left),
            max(self.bottom, other.bottom),
            min(self.right, other.right),
            min(self.top, other.top),
        )

    def grown(self, points: float) -> "Rectangle":
        """The rectangle with `points` more on each side."""
        return Rectangle(self.left - points, self.bottom - points, self.right + points, self.top + points)

    def placed(self, matrix: Matrix) -> "Rectangle":
        """The smallest upright rectangle around this one where `matrix` places it."""
        corners = [(x, y) for x in (self.left, self.right) for y in (self.bottom, self.top)]
        xs = [matrix.a * x + matrix.c * y + matrix.e for x, y in corners]
        ys = [matrix.b * x + matrix.d * y + matrix.f for x, y in corners]
        return Rectangle(min(xs), min(ys), max(xs), max(ys))
