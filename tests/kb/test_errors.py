"""The tree of errors: drawn, coded, and said in two languages."""

import kb.errors
from kb.errors import KbError, ModelMismatchError, NotFoundError, Text


def tree(top: type[KbError]) -> list[type[KbError]]:
    return [top, *(each for below in top.__subclasses__() for each in tree(below))]


def test_every_error_is_drawn_at_the_top_of_its_module() -> None:
    assert kb.errors.__doc__ is not None
    assert [each.__name__ for each in tree(KbError) if each.__name__ not in kb.errors.__doc__] == []


def test_every_error_has_a_code_of_its_own() -> None:
    codes = [each.code for each in tree(KbError)]
    assert len(set(codes)) == len(codes)


def test_a_message_says_where_what_and_what_to_do() -> None:
    error = NotFoundError("dokumen 4", Text("tidak ada", "is not there"), Text("periksa nomor", "check the number"))
    assert str(error) == "dokumen 4: tidak ada; periksa nomor"
    assert error.say("en") == "dokumen 4: is not there; check the number"


def test_a_model_mismatch_names_both_models_and_the_cure() -> None:
    assert str(ModelMismatchError("gudang", "a", "b")) == (
        "gudang: gudang dibuat dengan model 'a', tetapi yang dimuat 'b'; jalankan `kb reindex`"
    )
