"""How other ways of searching are driven, with one made by the test."""

import json
import sys
from pathlib import Path

import numpy as np
import pytest

from api.library import Library
from bench.peers import environments
from bench.peers.environments import PEERS, Driven, Peer
from bench.peers.passages import lend, read_passages, texts_of

WAY = """\
import sys
sys.path.insert(0, {folder!r})
from wire import drive

class Way:
    def __init__(self, model, work):
        print("a library that prints")
        if model == "broken":
            raise ValueError("no such model")
    def index(self, ids, texts):
        self.texts = dict(zip(ids, texts))
    def search(self, text, k):
        return [key for key, held in self.texts.items() if text in held][:k]

drive(Way)
"""


@pytest.fixture
def peer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Peer:
    """A way whose script lies in a folder of the test's own."""
    (tmp_path / "way.py").write_text(WAY.format(folder=str(environments.HERE)))
    monkeypatch.setattr(environments, "HERE", tmp_path)
    return Peer("way", "way.py")


def test_a_way_takes_in_finds_and_is_timed(peer: Peer, tmp_path: Path) -> None:
    passages = tmp_path / "passages.json"
    passages.write_text('{"p1": "rumah aman", "p2": "aman"}')
    with Driven(peer, Path(sys.executable), "model", tmp_path / "work") as way:
        assert way.index(passages) >= 0.0
        assert way.search({"q": "aman", "r": "rumah"}, 5) == {"q": ["p1", "p2"], "r": ["p1"]}
        assert way.search({"q": "aman"}, 1) == {"q": ["p1"]}
        assert len(way.time(["aman", "rumah"], 1)) == 2
        assert way.memory() > 1.0


def test_a_way_that_does_not_start_says_why(peer: Peer, tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="no such model"):
        Driven(peer, Path(sys.executable), "broken", tmp_path / "work")


def test_the_vectors_lent_are_found_by_the_text_however_a_peer_asks(shelf: Library, tmp_path: Path) -> None:
    from bench.peers.shared import key_of

    home = shelf.settings.home
    texts = texts_of(home, read_passages(home), is_titled=True)
    # The toy embedder's vectors are shorter than the bundled model's
    folder = lend(tmp_path / "lent", home, texts, shelf.embedder.dim)
    keys = json.loads((folder / "texts.json").read_text("utf-8"))
    assert keys == [key_of(text) for text in texts.values()]
    assert any("\n" in text for text in texts.values())
    assert keys == [key_of("passage: " + text.replace("\n", " ")) for text in texts.values()]
    assert len(np.load(folder / "vectors.npy")) == len(keys)


@pytest.mark.parametrize("peer", PEERS, ids=lambda peer: peer.script)
def test_a_peers_script_is_there_and_compiles(peer: Peer) -> None:
    file = Path(environments.__file__).parent / peer.script
    compile(file.read_text("utf-8"), str(file), "exec")
