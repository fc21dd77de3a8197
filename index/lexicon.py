"""What is known of the words of a collection, as far as one viewer may see it."""

from collections.abc import Callable, Mapping

from index.spelling import Speller
from index.stemming import is_known

FEWEST_PASSAGES, WORDS_FOR_ONE_MORE = 3, 2_000


class Lexicon:
    """What is known of the words of the documents that one viewer may see: others must not show through in a score.

    n: passages. df: passages that hold a stem, None where the store is asked. mean_words: of text and of headings.
    """

    def __init__(
        self,
        n: int,
        df: Mapping[str, int] | None,
        mean_words: tuple[float, float],
        vocabulary: Callable[[], Mapping[str, int]],
    ) -> None:
        self.n, self.df, self.mean_words = n, df, mean_words
        self._vocabulary = vocabulary
        self._speller: Speller | None = None

    def speller(self) -> Speller:
        """The speller over these words, made when the first unknown word is met: half a second for 50,000 words."""
        if self._speller is None:
            self._speller = Speller(self._vocabulary())
        return self._speller


def likely_words(vocabulary: Mapping[str, int]) -> Mapping[str, int]:
    """The words of a collection (stem -> passages that hold it) that a misspelt word may be taken for.

    A handful of documents holds most of its words once. In a large collection a word that one or two passages hold and
    the language does not know is a slip of a scan more often than a word.
    """
    fewest = min(FEWEST_PASSAGES, 1 + len(vocabulary) // WORDS_FOR_ONE_MORE)
    return {stem: n for stem, n in vocabulary.items() if n >= fewest or is_known(stem)}
